"""References within a table: what a row repeats stands before it, and repeats nothing itself.

Passes over two columns, some files at a time: only the rows that others refer to are held.
"""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from build_dataset.schema import TABLES
from build_dataset.schema.derived import KEYS
from build_dataset.validate.finding import Finding
from build_dataset.write.parquet import read_columns

COLUMN = "duplicate_of"


def check_duplicates(folder: Path) -> Iterator[Finding]:
    """Follow the references of articles and quotes to the rows that they repeat."""
    for table, model in TABLES.items():
        if COLUMN in model.model_fields:
            yield from _check(folder, table)


def _check(folder: Path, table: str) -> Iterator[Finding]:
    firsts = _firsts(folder, table)
    keys = firsts[KEYS[table]].combine_chunks()
    for rows in _rows(folder, table):
        rows = rows.filter(rows[COLUMN].is_valid())
        first = firsts.take(pc.index_in(rows[COLUMN], value_set=keys))
        for key, of, row, of_row, chained in zip(
            *(rows[column].to_pylist() for column in (KEYS[table], COLUMN, "row")),
            first["row"].to_pylist(),
            first["chained"].to_pylist(),
            strict=True,
        ):
            if of_row is None:
                yield Finding("references_resolve", table, key, f"{COLUMN} {of} is not in {table}")
            elif of_row >= row:
                yield Finding("duplicates_follow", table, key, f"{COLUMN} {of} does not stand before it")
            elif chained:
                yield Finding("duplicates_follow", table, key, f"{COLUMN} {of} is itself a duplicate")


def _firsts(folder: Path, table: str) -> pa.Table:
    """The rows that others refer to: key, number, and whether they refer to another themselves."""
    columns = (rows[COLUMN] for rows in read_columns(folder, table, COLUMN))
    named = pa.chunked_array(
        [chunk for column in columns for chunk in column.drop_null().chunks], pa.string()
    ).unique()
    there = []
    for rows in _rows(folder, table):
        found = rows.filter(pc.is_in(rows[KEYS[table]], value_set=named))
        there.append(found.append_column("chained", found[COLUMN].is_valid()).drop_columns(COLUMN))
    return pa.concat_tables(there)


def _rows(folder: Path, table: str) -> Iterator[pa.Table]:
    """Key, reference and number of each row, some files at a time."""
    number = 0
    for rows in read_columns(folder, table, KEYS[table], COLUMN):
        yield rows.append_column("row", pa.array(np.arange(number, number + rows.num_rows)))
        number += rows.num_rows
