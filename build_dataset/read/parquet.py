"""Parquet: one article a row, with the columns that `columns` knows or that the user names."""

from collections.abc import Iterator
from io import SEEK_END
from typing import Any, BinaryIO

import pyarrow as pa
import pyarrow.parquet as pq

from build_dataset.document import Document
from build_dataset.errors import SourceError
from build_dataset.options import Reading
from build_dataset.read.columns import CONTENT, columns_of
from build_dataset.read.json_file import read_entry
from build_dataset.read.reader import Part, SkippedSource, SourceFile

PART_BYTES = 64 << 20
"""A file is cut after the row group that makes a part so large, unpacked."""
ROWS = 32
"""So many rows are held at once."""


class ParquetRows:
    """Reads each row as one article."""

    def parts(self, file: SourceFile, stream: BinaryIO, size: int) -> Iterator[Part]:
        """Runs of row groups of some megabytes. Each stands for the whole file: where a group lies is not asked.

        The file says it, column by column; but where that list is damaged, asking for it ends the process.
        """
        metadata = _opened(stream).metadata
        if not metadata.num_rows:
            raise SourceError("empty: there is no row in it")
        held, first, row = 0, 1, 1
        for group in map(metadata.row_group, range(metadata.num_row_groups)):
            held, row = held + group.total_byte_size, row + group.num_rows
            if held >= PART_BYTES:
                yield Part(file, "parquet", 0, size, first, row - first)
                held, first = 0, row
        if row > first:
            yield Part(file, "parquet", 0, size, first, row - first)

    def read(self, stream: BinaryIO, part: Part, reading: Reading) -> Iterator[Document | SkippedSource]:
        """The article of each row, or why it has none."""
        size = stream.seek(0, SEEK_END)
        content = _opened(stream)
        metadata, groups, row = content.metadata, [], 1
        last = part.entry + (metadata.num_rows if part.entries is None else part.entries)
        for group in range(metadata.num_row_groups):
            if part.entry <= row < last:
                groups.append(group)
            row += metadata.row_group(group).num_rows
        for number, values in enumerate(_rows(content, groups, size, reading), start=part.entry):
            yield read_entry(f"{part.file.source}#{number}", values, reading)


def _opened(stream: BinaryIO) -> pq.ParquetFile:
    try:
        return pq.ParquetFile(stream)
    except (pa.ArrowException, OSError, ValueError) as error:  # a name that is not UTF-8 is a ValueError
        raise _broken(error) from error


def _rows(
    content: pq.ParquetFile, groups: list[int], size: int, reading: Reading
) -> Iterator[dict[str, Any]]:
    names = content.schema_arrow.names
    if not columns_of(names, reading, CONTENT):
        listed = ", ".join(names[:20])
        raise SourceError(f"no text column; the columns are {listed}: name it with --column text=NAME")
    held = sum(content.metadata.row_group(group).total_byte_size for group in groups)
    if held > max(reading.limits.bytes, size * reading.limits.expansion):
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
