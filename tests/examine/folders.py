"""Dataset folders made of any rows, and the records that differ between two of them, found the plain way."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from build_dataset.examine.diff import CHANGES, Change, Difference, compare
from build_dataset.schema import TABLES
from build_dataset.schema.derived import arrow_schema
from build_dataset.write.parquet import file_name, write_parquet

Rows = list[dict[str, Any]]


def make_folder(folder: Path, table: str, files: Sequence[pa.Table]) -> Path:
    """A folder whose `table` consists of these files; the other tables are empty."""
    for name in TABLES:
        (folder / name).mkdir(parents=True)
        if name != table:
            write_parquet(name, arrow_schema(name).empty_table(), folder / name / file_name(0, 1))
    for number, rows in enumerate(files):
        pq.write_table(rows, folder / table / file_name(number, len(files)))
    (folder / "manifest.json").write_text(json.dumps({"format": "build-dataset"}), encoding="utf-8")
    return folder


def read(folder: Path, table: str) -> Rows:
    """The rows of a table."""
    return [row for file in sorted((folder / table).iterdir()) for row in pq.read_table(file).to_pylist()]


def write(folder: Path, table: str, *files: Rows) -> None:
    """Put rows in the place of a table, in so many files."""
    for path in (folder / table).iterdir():
        path.unlink()
    for number, rows in enumerate(files):
        made = pa.Table.from_pylist(rows, schema=arrow_schema(table))
        write_parquet(table, made, folder / table / file_name(number, len(files)))


def differences(old: Path, new: Path) -> list[Difference]:
    """All records that differ; the counts say the same."""
    with compare(old, new) as comparison:
        found = list(comparison.records())
        for table, counts in comparison.counts.items():
            listed = [one for one in found if one.table == table]
            assert counts.differing == len(listed)
            for change in CHANGES:
                assert getattr(counts, change) == sum(one.change == change for one in listed)
            assert counts.fields == Counter(name for one in listed for name in one.fields)
    return found


Found = dict[str, tuple[Change, dict[str, tuple[Any, Any]]]]
"""Identifier → kind of change, changed fields."""


def plain_difference(old: Mapping[str, Any], new: Mapping[str, Any]) -> Found:
    """What differs between two tables in memory, identifier → row."""
    found: Found = {key: ("removed", {}) for key in old.keys() - new.keys()}
    found |= {key: ("added", {}) for key in new.keys() - old.keys()}
    for key in old.keys() & new.keys():
        before, after = old[key], new[key]
        fields = {name: (before[name], after[name]) for name in before if before[name] != after[name]}
        if fields:
            found[key] = ("changed", fields)
    return found


def as_plain(found: Sequence[Difference]) -> Found:
    """Differences in the form of `plain_difference`."""
    return {one.id: (one.change, one.fields) for one in found}
