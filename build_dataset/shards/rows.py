"""Rows that are put aside in Arrow files, uncompressed, and mapped into memory later: only what is touched is read."""

from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa


def shards(folder: Path) -> list[Path]:
    """The shards in a folder, which are called by their numbers, in order."""
    return sorted(place for place in folder.iterdir() if place.name.isdigit())


def table_file(place: Path, table: str) -> Path:
    """The file of a shard that holds its rows of a table."""
    return place / f"{table}.arrow"


class RowWriters:
    """Tables written piece by piece, each into a file of its own in one folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.rows: dict[str, int] = {}
        """Table → how many of its rows are written."""
        self._writers: dict[str, Any] = {}
        self._open = ExitStack()

    def __enter__(self) -> "RowWriters":
        return self

    def __exit__(self, *_error: object) -> None:
        self._open.close()

    def write(self, table: str, rows: pa.Table) -> None:
        """Add rows to a table."""
        if table not in self._writers:
            sink = self._open.enter_context(pa.OSFile(str(table_file(self.folder, table)), "wb"))
            self._writers[table] = self._open.enter_context(pa.ipc.new_file(sink, rows.schema))
        self._writers[table].write_table(rows)
        self.rows[table] = self.rows.get(table, 0) + rows.num_rows


def write_rows(path: Path, table: pa.Table) -> None:
    """Write rows into one file."""
    with pa.OSFile(str(path), "wb") as sink, pa.ipc.new_file(sink, table.schema) as writer:
        writer.write_table(table)


def read_rows(path: Path) -> pa.Table:
    """All rows of a file."""
    with pa.memory_map(str(path)) as source:
        return pa.ipc.open_file(source).read_all()


def take_rows(path: Path, wanted: Sequence[int]) -> pa.Table:
    """Some rows of a file, in the order in which they are asked for.

    They are taken batch by batch: of a table in several batches Arrow would copy all rows first.
    """
    rows = np.asarray(wanted, np.int64)
    with pa.memory_map(str(path)) as source:
        file = pa.ipc.open_file(source)
        batches = [file.get_batch(number) for number in range(file.num_record_batches)]
    if len(batches) == 1:
        return pa.Table.from_batches([batches[0].take(pa.array(rows))])
    starts = np.cumsum([0, *(batch.num_rows for batch in batches)])
    batch_of = np.searchsorted(starts, rows, side="right") - 1
    pieces = [
        batches[number].take(pa.array(rows[batch_of == number] - starts[number]))
        for number in np.unique(batch_of)
    ]
    found = pa.Table.from_batches(pieces, file.schema).combine_chunks()
    order = np.argsort(np.argsort(batch_of, kind="stable"), kind="stable")
    return found.take(pa.array(order))
