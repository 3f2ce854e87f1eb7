"""The records of a table, compared partition by partition."""

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import pyarrow as pa

from build_dataset.examine.diff.differences import Change, Counts, Fields
from build_dataset.examine.diff.folder import TableFiles
from build_dataset.examine.diff.pairing import Pairing, pair
from build_dataset.examine.diff.partitions import POSITION, Partitions, partitions_for
from build_dataset.examine.diff.store import Found, Store

LABELS = {
    "articles": ("source", "title"),
    "quotes": ("text",),
    "statistics": ("text", "subject"),
    "speakers": ("name", "role"),
}
"""Table → the columns that a person recognises a record by."""
LABEL_CHARACTERS = 80
"""So much of each of them."""

ROWS_AT_ONCE = 250
"""So many pairs of rows are compared, and held as Python objects, at a time."""


def compare_table(old: TableFiles, new: TableFiles, store: Store) -> Counts:
    """Count the differences between two tables, and put the records that differ into `store`.

    Only columns that both tables have are compared. Files that both have are left out: their records are
    unchanged.

    Raises:
        DatasetError: a file cannot be read, or a row has no identifier.
    """
    same = _contents(old) & _contents(new)
    counts = Counts(unchanged=sum(part.shard.rows for part in old.parts))
    old, new = old.without(same), new.without(same)
    counts.unchanged -= sum(part.shard.rows for part in old.parts)
    if old.parts or new.parts:
        comparison = _TableComparison(old, new, store, counts)
        comparison.run()
    return counts


def _contents(table: TableFiles) -> Counter[str]:
    return Counter(part.shard.sha256 for part in table.parts)


class _TableComparison:
    """Two tables, and where their differences are counted and put."""

    def __init__(self, old: TableFiles, new: TableFiles, store: Store, counts: Counts) -> None:
        self.old, self.new = old, new
        self.store, self.counts = store, counts
        self.common = [column for column in new.schema.names if column in old.schema.names]
        self.labels = LABELS[new.name]

    def run(self) -> None:
        """Deal the rows of both sides, and compare partition by partition."""
        number = partitions_for(self.old, self.new)
        with TemporaryDirectory(prefix="build-dataset-diff-") as aside:
            old = Partitions(self.old, self._columns(self.old), number, Path(aside, "old"))
            new = Partitions(self.new, self._columns(self.new), number, Path(aside, "new"))
            for partition in range(number):
                self._compare(old.read(partition), new.read(partition))

    def _columns(self, table: TableFiles) -> list[str]:
        return [name for name in table.schema.names if name in self.common or name in self.labels]

    def _compare(self, old: pa.Table, new: pa.Table) -> None:
        pairing = pair(old.select(self.common), new.select(self.common), self.new.key)
        self._alone("removed", old, pairing.removed)
        self._alone("added", new, pairing.added)
        self.counts.removed += len(pairing.removed)
        self.counts.added += len(pairing.added)
        self._changed(old, new, pairing)

    def _alone(self, change: Change, table: pa.Table, rows: Sequence[int]) -> None:
        for start in range(0, len(rows), ROWS_AT_ONCE):
            chosen = table.take(rows[start : start + ROWS_AT_ONCE])
            self._keep(change, chosen, [{}] * chosen.num_rows)

    def _changed(self, old: pa.Table, new: pa.Table, pairing: Pairing) -> None:
        for start in range(0, len(pairing.both), ROWS_AT_ONCE):
            old_rows, new_rows = zip(*pairing.both[start : start + ROWS_AT_ONCE], strict=True)
            after = new.take(new_rows)
            changes = changed_fields(old.take(old_rows), after, self.common)
            self.counts.changed += len(changes)
            self.counts.unchanged += after.num_rows - len(changes)
            for fields in changes.values():
                self.counts.fields.update(fields.keys())
            if changes:
                self._keep("changed", after.take(list(changes)), list(changes.values()))

    def _keep(self, change: Change, rows: pa.Table, fields: Sequence[Fields]) -> None:
        """Put those rows aside that are among the first."""
        end = self.store.wants(self.new.name, change)
        places = [row for row, position in enumerate(rows[POSITION].to_pylist()) if position < end]
        if places:
            found = self._found(rows.take(places), [fields[place] for place in places])
            self.store.add(self.new.name, change, found)

    def _found(self, rows: pa.Table, fields: Sequence[Fields]) -> Iterator[Found]:
        shown = [column for column in self.labels if column in rows.column_names]
        described = rows.select([POSITION, self.new.key, *shown]).to_pylist()
        for row, changed in zip(described, fields, strict=True):
            label = " · ".join(_short(row[column]) for column in shown if row[column])
            yield Found(row[POSITION], row[self.new.key], label, changed)


def changed_fields(old: pa.Table, new: pa.Table, columns: Sequence[str]) -> dict[int, Fields]:
    """Row → what changed in it, for rows that stand in the same place on both sides; rows in order."""
    changes: dict[int, Fields] = {}
    for column in columns:
        if old[column].equals(new[column]):  # in most columns, without a look at single values
            continue
        values = zip(old[column].to_pylist(), new[column].to_pylist(), strict=True)
        for row, (before, after) in enumerate(values):
            if before != after:
                changes.setdefault(row, {})[column] = (before, after)
    return dict(sorted(changes.items()))


def _short(value: object) -> str:
    words = str(value)
    return words if len(words) <= LABEL_CHARACTERS else f"{words[: LABEL_CHARACTERS - 1]}…"
