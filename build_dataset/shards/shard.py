"""One piece of the work: read some parts of the sources, extract, and put the rows aside in one step.

A shard of work is some Arrow files with a record of what they were made from. It is written under a name that nobody
else uses, and then committed to the store, so that it is there whole or not at all, and a second worker with the same
task changes nothing. Only about a megabyte of text is in memory at a time, however large a part is.
"""

import shutil
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from build_dataset.batch import Batch, process_batch
from build_dataset.document import Document
from build_dataset.errors import SourceError
from build_dataset.read.contents import hash_part, read_part
from build_dataset.read.reader import SkippedSource, SourceWarning
from build_dataset.records import CHILDREN
from build_dataset.shards.finished import ReadPart, ShardResult, write_record
from build_dataset.shards.known import Extraction
from build_dataset.shards.plan import ShardTask, check_version
from build_dataset.shards.rows import RowWriters

BATCH_CHARACTERS = 1 << 20
BATCH_DOCUMENTS = 512
"""What is extracted at once ends with the document that makes it so large."""

DEADLY = "extraction failed: it killed every worker that read it"
"""What a dataset says of such a source: how they died depends on where that was."""

PLACE_BITS = 32
"""Bits for the place of a document in its part: what stands before them is the number of the part."""


class _Entry(NamedTuple):
    """A document, the number of its file, and where it stands among all of the build."""

    file: int
    order: int
    document: Document


def run_shard(task: ShardTask) -> ShardResult:
    """Read the parts of a task, extract, and commit the rows to the store."""
    check_version(task)
    aside = task.store.scratch()
    try:
        result = _extract(task, aside)
        write_record(aside, task.key, result)
        task.store.commit(aside, task.name)
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    return result


def try_shard(task: ShardTask) -> None:
    """Do the work of a task, and commit nothing: to see whether it kills its worker."""
    with TemporaryDirectory() as aside:
        _extract(task, Path(aside))


def _extract(task: ShardTask, folder: Path) -> ShardResult:
    told = _Told([], [], [], [])
    extraction = Extraction(task.engine, task.reading.limits.seconds, task.cache)
    with RowWriters(folder) as rows:
        for entries in _batches(_entries(task, told)):
            batch = process_batch([entry.document for entry in entries], extraction)
            _add(rows, batch, entries)
            told.skipped.extend(batch.skipped)
    return ShardResult(
        task.number,
        {table: rows.rows[table] for table in ("articles", *CHILDREN)},
        tuple(told.read),
        tuple(told.skipped),
        tuple(told.warnings),
        extraction.reused,
        tuple(told.lost),
    )


class _Told(NamedTuple):
    """What is to be told of the sources beside their documents."""

    read: list[ReadPart]
    skipped: list[SkippedSource]
    warnings: list[SourceWarning]
    lost: list[SkippedSource]


def _entries(task: ShardTask, told: _Told) -> Iterator[_Entry]:
    """The documents of the parts; on the way it is noted what was read and what gives no document.

    The bytes are hashed before they are read: if they change in between, a later run finds others than those noted,
    and reads them again.
    """
    lost = dict(task.lost)
    for file, number, part in task.parts:
        try:
            told.read.append(ReadPart(file, *hash_part(part)))
        except SourceError as error:
            told.skipped.append(SkippedSource(part.file.source, str(error)))
            continue
        if number in lost:
            told.skipped.append(SkippedSource(part.file.source, DEADLY))
            told.lost.append(SkippedSource(part.file.source, lost[number]))
            continue
        for place, one in enumerate(read_part(part, task.reading)):
            if isinstance(one, Document):
                told.warnings.extend(SourceWarning(one.source, warning) for warning in one.warnings)
                yield _Entry(file, number << PLACE_BITS | place, one)
            else:
                told.skipped.append(one)


def _batches(entries: Iterable[_Entry]) -> Iterator[list[_Entry]]:
    """As many documents at a time as are extracted at once; one batch at least, which may be empty."""
    batch: list[_Entry] = []
    size, cut = 0, False
    for entry in entries:
        batch.append(entry)
        size += len(entry.document.text)
        if size >= BATCH_CHARACTERS or len(batch) == BATCH_DOCUMENTS:
            yield batch
            batch, size, cut = [], 0, True
    if batch or not cut:
        yield batch


def _add(rows: RowWriters, batch: Batch, entries: Sequence[_Entry]) -> None:
    """Write the rows of a batch of some documents."""
    before = {table: rows.rows.get(table, 0) for table in batch.tables}
    index = batch.tables["index"]
    for table in CHILDREN:
        index = _moved(index, f"{table}_first", before[table])
    document = index["document"].combine_chunks()
    for column in ("file", "order"):
        values = pa.array([getattr(entry, column) for entry in entries], pa.int64())
        index = index.append_column(column, values.take(document))
    speakers = _moved(batch.tables["local_speakers"], "article", before["articles"])
    for table, added in (batch.tables | {"index": index, "local_speakers": speakers}).items():
        rows.write(table, added)


def _moved(table: pa.Table, column: str, rows: int) -> pa.Table:
    """A table one of whose columns counts rows, as it is with so many more rows before."""
    place = table.schema.get_field_index(column)
    field = table.schema.field(place)
    return table.set_column(place, field, pc.add_checked(table[column], pa.scalar(rows, field.type)))
