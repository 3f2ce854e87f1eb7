"""One piece of the work: read some parts of the sources, extract, and put the rows aside in one step.

A shard of work is a folder of Arrow files. It is written beside its place and renamed, so that it is there
whole or not at all, and a second worker with the same task changes nothing.
"""

import os
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa

from build_dataset.batch import Batch, Reuse, process_batch
from build_dataset.cache import Cache
from build_dataset.document import Document
from build_dataset.options import Engine, Reading
from build_dataset.read.contents import part_digest, read_part
from build_dataset.read.location import trouble
from build_dataset.read.reader import Part, SkippedSource


class PlannedPart(NamedTuple):
    """A part of a source; `file` is the number of its file among all, which fixes the order of sources."""

    file: int
    part: Part


@dataclass(frozen=True, slots=True)
class ShardTask:
    """What to read, and where to put what comes of it."""

    number: int
    parts: tuple[PlannedPart, ...]
    folder: Path
    engine: Engine = Engine.FAST
    cache: Cache | None = None
    reading: Reading = field(default_factory=Reading)

    @property
    def place(self) -> Path:
        """The folder of this shard's rows."""
        return self.folder / f"{self.number:06d}"

    def alone(self, first: int) -> list["ShardTask"]:
        """A task for each part, numbered from `first`: to find the one that kills its worker."""
        return [replace(self, number=first + n, parts=(part,)) for n, part in enumerate(self.parts)]


class ReadFile(NamedTuple):
    """The bytes that a worker read of a file; `digest` is the SHA-256 of these bytes."""

    file: int
    bytes: int
    digest: str


@dataclass(frozen=True, slots=True)
class ShardResult:
    """What a shard tells the driver; the rows themselves stay in the shard's folder."""

    number: int
    articles: int
    read: tuple[ReadFile, ...]
    skipped: tuple[SkippedSource, ...]
    reused: Reuse


def run_shard(task: ShardTask) -> ShardResult:
    """Read the parts of a task, extract, and put the rows in the task's place."""
    documents: list[Document] = []
    orders: list[int] = []
    read: list[ReadFile] = []
    skipped: list[SkippedSource] = []
    for file, part in task.parts:
        try:
            read.append(ReadFile(file, part.end - part.start, part_digest(part)))
        except OSError as error:
            skipped.append(SkippedSource(part.file.source, trouble(error)))
            continue
        for entry, one in enumerate(read_part(part, task.reading), start=part.entry):
            if isinstance(one, Document):
                documents.append(one)
                orders.append(file << 32 | entry)
            else:
                skipped.append(one)
    batch = process_batch(documents, task.engine, task.cache)
    _commit(task.place, _tables(batch, orders))
    return ShardResult(
        task.number,
        batch.tables["articles"].num_rows,
        tuple(read),
        (*skipped, *batch.skipped),
        batch.reused,
    )


def _tables(batch: Batch, orders: list[int]) -> Mapping[str, pa.Table]:
    """The tables of a batch; the index says in which order the sources come, over all shards."""
    index = batch.tables["index"]
    order = pa.array(orders, pa.int64()).take(index["document"].combine_chunks())
    return {**batch.tables, "index": index.append_column("order", order)}


def _commit(place: Path, tables: Mapping[str, pa.Table]) -> None:
    aside = place.with_name(f"{place.name}.{os.getpid()}.tmp")
    aside.mkdir()
    for name, table in tables.items():
        write_rows(aside / f"{name}.arrow", table)
    try:
        aside.rename(place)
    except OSError:  # another worker was first with the same rows
        shutil.rmtree(aside)


def write_rows(path: Path, table: pa.Table) -> None:
    """Write rows aside, uncompressed, to be mapped into memory later."""
    with pa.OSFile(str(path), "wb") as sink, pa.ipc.new_file(sink, table.schema) as writer:
        writer.write_table(table)


def read_rows(path: Path) -> pa.Table:
    """Rows that were put aside, mapped: only what is touched is read."""
    with pa.memory_map(str(path)) as source:
        return pa.ipc.open_file(source).read_all()


def shards(folder: Path) -> list[Path]:
    """The shards that are whole, in order of their numbers."""
    return sorted(place for place in folder.iterdir() if place.is_dir() and place.suffix != ".tmp")


def rows(places: Iterable[Path], table: str) -> pa.Table:
    """A table of several shards, one after the other."""
    return pa.concat_tables([read_rows(place / f"{table}.arrow") for place in places])
