"""Rows dealt by identifier into partitions on disk, so that both sides of a record meet in one of them.

Each batch of rows becomes one Arrow file with a record batch for each partition. Writing needs one open file
and one batch in memory, reading a partition one open file and the partition, however many there are.
"""

from collections.abc import Sequence
from itertools import pairwise
from math import ceil
from pathlib import Path
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

ZSTD = pa.ipc.IpcWriteOptions(compression="zstd")


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

    def __init__(self, table: TableFiles, columns: Sequence[str], number: int, folder: Path) -> None:
        """Deal the rows.

        Args:
            table: where the rows stand.
            columns: what to keep of them, the key among it.
            number: how many partitions there are.
            folder: where to put them; it is made.

        Raises:
            DatasetError: a file cannot be read, or a row has no identifier.
        """
        self.folder = folder
        fields = [table.schema.field(column) for column in columns]
        self.schema = pa.schema([*fields, pa.field(POSITION, pa.int64())])
        folder.mkdir()
        rows = max(1, _rows(table) // number)  # a batch is as large as a partition
        for file, (first, batch) in enumerate(table.batches(columns, rows)):
            if batch[table.key].null_count:
                raise DatasetError(f"{table.folder / table.name}: a row without {table.key}")
            positions = pa.array(np.arange(first, first + batch.num_rows))
            numbers = _numbers(batch[table.key], number)
            self._write(
                folder / f"{file:08d}.arrow", batch.append_column(POSITION, positions), numbers, number
            )

    def _write(self, path: Path, batch: pa.RecordBatch, numbers: NDArray[np.int64], count: int) -> None:
        """Write a batch, the rows of each partition together and in their order."""
        order = np.argsort(numbers, kind="stable")
        borders = np.searchsorted(numbers[order], np.arange(count + 1)).tolist()
        dealt = batch.take(pa.array(order))
        with pa.OSFile(str(path), "wb") as sink, pa.ipc.new_file(sink, batch.schema, options=ZSTD) as writer:
            for start, end in pairwise(borders):
                writer.write_batch(dealt.slice(start, end - start))

    def read(self, number: int) -> pa.Table:
        """The rows of one partition, in the order of the table."""
        batches = []
        for path in sorted(self.folder.iterdir()):
            with pa.OSFile(str(path), "rb") as source:
                batches.append(pa.ipc.open_file(source).get_batch(number))
        return pa.Table.from_batches(batches, self.schema).combine_chunks()


def _numbers(identifiers: pa.Array, count: int) -> NDArray[np.int64]:
    """The partition of each identifier: the same on both sides, and in every run."""
    texts = identifiers.to_pylist()
    return np.fromiter((crc32(text.encode()) % count for text in texts), np.int64, len(texts))
