"""Sorted files into one order without holding them: range by range, each of some ten thousand rows."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from build_dataset.shards.rows import read_rows

RANGE_ROWS = 1 << 14
"""About as many rows are held at once."""
SAMPLED = 1 << 6
"""Of so many rows of a file one is looked at to see where ranges shall end."""

Order = Sequence[tuple[str, str]]
"""Columns and their directions, as Arrow sorts by."""


def merge_sorted(files: Sequence[Path], order: Order) -> Iterator[pa.Table]:
    """The rows of files that are sorted, in one order: what sorting all of them at once would give.

    Args:
        files: each holds sorted rows.
        order: what they are sorted by.

    Yields:
        The rows of a range after the other.
    """
    borders = _borders(files, order)
    starts = [_starts(path, borders, order) for path in files]
    for of_range in zip(*map(pairwise, starts), strict=True):
        rows = [
            read_rows(path).slice(start, end - start)
            for path, (start, end) in zip(files, of_range, strict=True)
        ]
        yield pa.concat_tables(rows).sort_by(order).combine_chunks()


def _borders(files: Sequence[Path], order: Order) -> pa.Table:
    """Keys between which there are about as many rows as are held at once, sorted."""
    sample = pa.concat_tables(_sample(path, order) for path in files).sort_by(order)
    step = RANGE_ROWS // SAMPLED
    return sample.take(pa.array(np.arange(step, sample.num_rows, step)))


def _sample(path: Path, order: Order) -> pa.Table:
    keys = read_rows(path).select([column for column, _ in order])
    return keys.take(pa.array(np.arange(SAMPLED // 2, keys.num_rows, SAMPLED)))


def _starts(path: Path, borders: pa.Table, order: Order) -> list[int]:
    """Where the ranges start in a file, and where the last one ends: what equals a border stands before it."""
    rows = read_rows(path)
    keys = pa.concat_tables([rows.select(borders.column_names), borders])
    sorted_keys = pc.sort_indices(keys, sort_keys=order).to_numpy()  # it is stable
    passed = np.flatnonzero(sorted_keys >= rows.num_rows) - np.arange(borders.num_rows)
    return [0, *passed.tolist(), rows.num_rows]
