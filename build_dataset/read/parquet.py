"""Parquet: one article a row, with the columns that `columns` knows or that the user names."""

from collections.abc import Iterator
from io import SEEK_END
from itertools import pairwise
from typing import Any, BinaryIO

import pyarrow as pa
import pyarrow.parquet as pq

from build_dataset.document import Document
from build_dataset.errors import SourceError
from build_dataset.options import Reading
from build_dataset.read.columns import CONTENT, columns_of
from build_dataset.read.json_file import read_entry
from build_dataset.read.reader import Part, SkippedSource, SourceFile

PART_BYTES = 1 << 20
"""A file is cut after the row group that makes a part so large, as it lies there."""
ROWS = 32
"""So many rows are held at once."""


class ParquetRows:
    """Reads each row as one article."""

    def parts(self, file: SourceFile, stream: BinaryIO, size: int) -> Iterator[Part]:
        """Runs of row groups of about a megabyte."""
        metadata = _opened(stream).metadata
        starts = [*_starts(metadata), size]
        start, rows, entry = 0, 0, 1
        for group, (_, end) in enumerate(pairwise(starts)):
            rows += metadata.row_group(group).num_rows
            if end - start >= PART_BYTES or end == size:
                yield Part(file, "parquet", start, end, entry)
                start, entry = end, rows + 1
        if not metadata.num_rows:
            raise SourceError("empty: there is no row in it")

    def read(self, stream: BinaryIO, part: Part, reading: Reading) -> Iterator[Document | SkippedSource]:
        """The article of each row, or why it has none."""
        content = _opened(stream)
        starts = _starts(content.metadata)
        groups = [group for group, start in enumerate(starts) if part.start <= start < part.end]
        number = part.entry
        # What the list of columns says would do too, but where that is damaged, asking for it ends the process.
        stored = min(part.end, stream.seek(0, SEEK_END)) - part.start
        for row in _rows(content, groups, stored, reading):
            yield read_entry(f"{part.file.source}#{number}", row, reading)
            number += 1


def _opened(stream: BinaryIO) -> pq.ParquetFile:
    try:
        return pq.ParquetFile(stream)
    except (pa.ArrowException, OSError, ValueError) as error:  # a name that is not UTF-8 is a ValueError
        raise _broken(error) from error


def _starts(metadata: pq.FileMetaData) -> list[int]:
    """Where the row groups begin; all with the first where they do not lie in order."""
    starts = [0]
    for group in range(1, metadata.num_row_groups):
        column = metadata.row_group(group).column(0)
        starts.append(min(filter(None, (column.dictionary_page_offset, column.data_page_offset)), default=0))
    if sorted(set(starts)) != starts:
        return [0] * len(starts)
    return starts[: metadata.num_row_groups]


def _rows(
    content: pq.ParquetFile, groups: list[int], stored: int, reading: Reading
) -> Iterator[dict[str, Any]]:
    names = content.schema_arrow.names
    if not columns_of(names, reading, CONTENT):
        listed = ", ".join(names[:20])
        raise SourceError(f"no text column; the columns are {listed}: name it with --column text=NAME")
    held = sum(content.metadata.row_group(group).total_byte_size for group in groups)
    if held > max(reading.limits.bytes, stored * reading.limits.expansion):
        limit = reading.limits.expansion
        raise SourceError(f"unpacks to more than {limit} times its size; raise --max-expansion to read it")
    try:
        for batch in content.iter_batches(ROWS, row_groups=groups, columns=columns_of(names, reading)):
            columns = map(_values, batch.columns)
            yield from (dict(zip(batch.schema.names, row, strict=True)) for row in zip(*columns, strict=True))
    except (pa.ArrowException, OSError) as error:
        raise _broken(error) from error


def _values(column: pa.Array) -> list[Any]:
    """What a column holds; where it says that it is strings and one is not UTF-8, that one as bytes."""
    try:
        return column.to_pylist()  # type: ignore[no-any-return]
    except UnicodeDecodeError:
        return [_string_or_bytes(value) for value in column.cast(pa.large_binary()).to_pylist()]


def _string_or_bytes(value: bytes | None) -> str | bytes | None:
    try:
        return None if value is None else value.decode()
    except UnicodeDecodeError:
        return value


def _broken(error: Exception) -> SourceError:
    return SourceError(f"broken Parquet: {str(error).partition(chr(10))[0]}")
