"""Two dataset folders, compared: the whole of what is different."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeVar

import pyarrow as pa

from build_dataset.examine.diff.differences import (
    CHANGES,
    ColumnDifference,
    Counts,
    Difference,
    FileDifference,
    SettingDifference,
)
from build_dataset.examine.diff.folder import Folder, TableFiles, read_folder
from build_dataset.examine.diff.records import compare_table
from build_dataset.examine.diff.store import Store
from build_dataset.schema import TABLES

Value = TypeVar("Value")
Made = TypeVar("Made")


class Comparison:
    """What differs between two dataset folders, complete but for the records, which are read when asked for."""

    def __init__(self, old: Folder, new: Folder, counts: dict[str, Counts], store: Store) -> None:
        self.old, self.new = old.path, new.path
        self.counts = counts
        """Table → how many records differ."""
        self.columns = [one for table in TABLES for one in _columns(old.tables[table], new.tables[table])]
        """Columns that are not the same; records are compared in the others."""
        self.settings = _unequal(old.settings, new.settings, SettingDifference)
        """Versions and options that are not the same."""
        self.files = _unequal(old.hashes, new.hashes, FileDifference)
        """Files with other bytes, tables and manifest among them; none if the folders are identical."""
        self._store = store

    @property
    def equal(self) -> bool:
        """Whether the tables have the same columns and records, in whatever files and order."""
        return not self.columns and not any(counts.differing for counts in self.counts.values())

    def records(self) -> Iterator[Difference]:
        """The records that differ, as many as the limit allows.

        By table, then added, removed and changed, then in the order of the rows of the new table (removed
        ones: of the old table).
        """
        for table in TABLES:
            for change in CHANGES:
                yield from self._store.read(table, change)

    def as_json(self) -> dict[str, Any]:
        """All but the records, for `--json`."""
        return {
            "old": str(self.old),
            "new": str(self.new),
            "equal": self.equal,
            "settings": [asdict(one) for one in self.settings],
            "schema": [asdict(one) for one in self.columns],
            "files": [asdict(one) for one in self.files],
            "tables": {table: counts.as_json() for table, counts in self.counts.items()},
        }


@contextmanager
def compare(old: Path, new: Path, limit: int | None = None) -> Iterator[Comparison]:
    """Compare two dataset folders.

    Args:
        old: a local dataset folder.
        new: another one.
        limit: how many records of each kind of change in each table `Comparison.records` gives at most; all
            of them if None. They are counted in any case.

    Yields:
        the comparison, complete; its records can be read until the context ends.

    Raises:
        DatasetError: one of them is no dataset folder, or a table of it cannot be read.
    """
    before, after = read_folder(old), read_folder(new)
    with (
        TemporaryDirectory(prefix="build-dataset-diff-") as aside,
        closing(Store(Path(aside, "differences.sqlite"), limit)) as store,
    ):
        counts = {table: compare_table(before.tables[table], after.tables[table], store) for table in TABLES}
        yield Comparison(before, after, counts, store)


def _columns(old: TableFiles, new: TableFiles) -> Iterator[ColumnDifference]:
    types = _unequal(_types(old.schema), _types(new.schema), lambda *values: values)
    for column, before, after in types:
        yield ColumnDifference(new.name, column, before, after)


def _types(schema: pa.Schema) -> dict[str, str]:
    return {field.name: f"{field.type}{'' if field.nullable else ' not null'}" for field in schema}


def _unequal(
    old: Mapping[str, Value],
    new: Mapping[str, Value],
    make: Callable[[str, Value | None, Value | None], Made],
) -> list[Made]:
    """What has another value on the other side, or is missing there, by name."""
    names = sorted(old.keys() | new.keys())
    return [make(name, old.get(name), new.get(name)) for name in names if old.get(name) != new.get(name)]
