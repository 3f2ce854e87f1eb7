"""The differences that were found, aside on disk until they are asked for in order."""

import json
import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from build_dataset.examine.diff.differences import Change, Difference, Fields

SETUP = """
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
CREATE TABLE differences (part TEXT, change TEXT, position INTEGER, record TEXT);
CREATE INDEX in_order ON differences (part, change, position);
"""
"""Neither journal nor waiting for the disk: nobody reads the file after a crash."""


class Found(NamedTuple):
    """A difference and the place of its row."""

    position: int
    id: str
    label: str
    fields: Fields


class Store:
    """Keeps the first differences of each kind and table, by the place of their rows."""

    def __init__(self, path: Path, limit: int | None) -> None:
        self.limit = limit
        self._database = sqlite3.connect(path, isolation_level=None)
        self._database.executescript(SETUP)

    def close(self) -> None:
        """Let go of the file."""
        self._database.close()

    def wants(self, table: str, change: Change) -> float:
        """The position from which on a difference of this kind is not among those that are kept."""
        if self.limit is None:
            return float("inf")
        if not self.limit:
            return 0
        last = self._database.execute(
            "SELECT position FROM differences WHERE part = ? AND change = ? ORDER BY position LIMIT 1 OFFSET ?",
            (table, change, self.limit - 1),
        ).fetchone()
        return float(last[0]) if last else float("inf")

    def add(self, table: str, change: Change, found: Iterable[Found]) -> None:
        """Keep these as well, as far as the limit allows."""
        self._database.execute("BEGIN")
        self._database.executemany(
            "INSERT INTO differences VALUES (?, ?, ?, ?)",
            ((table, change, one.position, json.dumps(one[1:], default=str)) for one in found),
        )
        self._database.execute("COMMIT")
        if self.limit is not None:
            self._database.execute(
                "DELETE FROM differences WHERE part = ? AND change = ? AND position > ?",
                (table, change, self.wants(table, change)),
            )

    def read(self, table: str, change: Change) -> Iterator[Difference]:
        """The differences of one kind, by the place of their rows."""
        found = self._database.execute(
            "SELECT record FROM differences WHERE part = ? AND change = ? ORDER BY position", (table, change)
        )
        for (record,) in found:
            identifier, label, fields = json.loads(record)
            values = {column: (old, new) for column, (old, new) in fields.items()}
            yield Difference(table, change, identifier, label, values)
