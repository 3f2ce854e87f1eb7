"""Rows dealt by identifier into partitions on disk, so that both sides of a record meet in one of them.

Each batch of rows is cut into a piece for each partition, and all pieces go into one file, one after the other.
Writing needs one batch in memory, reading one partition; a list of the places of the pieces is kept.
"""

from array import array
from collections.abc import Sequence
from itertools import pairwise
from math import ceil
from pathlib import Path
from typing import BinaryIO
from zlib import crc32

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from build_dataset.errors import DatasetError
from build_dataset.examine.diff.folder import TableFiles

PARTITION_ROWS = 50_000
"""So many rows a partition has on average, at most."""
PARTITION_BYTES = 32 << 20
"""So many bytes a partition has on average, at most, by what Parquet says of its pages uncompressed."""

POSITION = "\x1fposition"
"""The column with the number of a row in its table; no other column has such a name."""


def partitions_for(*tables: TableFiles) -> int:
    """How many partitions keep each side of a partition small."""
    sizes = [1]
    for table in tables:
        sizes.append(ceil(_rows(table) / PARTITION_ROWS))
        sizes.append(ceil(sum(part.shard.uncompressed_bytes for part in table.parts) / PARTITION_BYTES))
    return max(sizes)


def _rows(table: TableFiles) -> int:
    return sum(part.shard.rows for part in table.parts)


class Partitions:
    """The rows of a table in partitions."""

    def __init__(self, table: TableFiles, columns: Sequence[str], number: int, path: Path) -> None:
        """Deal the rows.

        Args:
            table: where the rows stand.
            columns: what to keep of them, the key among it.
            number: how many partitions there are.
            path: the file to put them into.

        Raises:
            DatasetError: a file cannot be read, or a row has no identifier.
        """
        self.path, self.number = path, number
        fields = [_undictionaried(table.schema.field(column)) for column in columns]
        self.schema = pa.schema([*fields, pa.field(POSITION, pa.int64())])
        self.ends = array("q", [0])
        """Where the pieces end in the file, in bytes: partition by partition, batch by batch."""
        rows = max(1, _rows(table) // number)  # a batch is as large as a partition
        with path.open("wb") as out:
            for first, batch in table.batches(columns, rows):
                if batch[table.key].null_count:
                    raise DatasetError(f"{table.folder / table.name}: a row without {table.key}")
                positions = pa.array(np.arange(first, first + batch.num_rows))
                numbers = _numbers(batch[table.key], number)
                self._write(batch.append_column(POSITION, positions).cast(self.schema), numbers, out)

    def _write(self, batch: pa.RecordBatch, numbers: NDArray[np.int64], out: BinaryIO) -> None:
        """Write a batch, the rows of each partition together and in their order."""
        order = np.argsort(numbers, kind="stable")
        borders = np.searchsorted(numbers[order], np.arange(self.number + 1)).tolist()
        dealt = batch.take(pa.array(order))
        for start, end in pairwise(borders):
            size = out.write(dealt.slice(start, end - start).serialize()) if end > start else 0
            self.ends.append(self.ends[-1] + size)

    def read(self, partition: int) -> pa.Table:
        """The rows of one partition, in the order of the table."""
        batches = []
        with self.path.open("rb") as source:
            for piece in range(partition, len(self.ends) - 1, self.number):
                start, end = self.ends[piece : piece + 2]
                if end > start:
                    source.seek(start)
                    batches.append(
                        pa.ipc.read_record_batch(pa.py_buffer(source.read(end - start)), self.schema)
                    )
        return pa.Table.from_batches(batches, self.schema).combine_chunks()


def _undictionaried(field: pa.Field) -> pa.Field:
    """A column of plain values: a piece alone could not be read without its dictionary."""
    return field.with_type(field.type.value_type) if pa.types.is_dictionary(field.type) else field


def _numbers(identifiers: pa.Array, count: int) -> NDArray[np.int64]:
    """The partition of each identifier: the same on both sides, and in every run."""
    texts = identifiers.to_pylist()
    return np.fromiter((crc32(text.encode()) % count for text in texts), np.int64, len(texts))
