"""What a comparison of two dataset folders finds."""

from collections import Counter
from dataclasses import asdict, dataclass, field
from typing import Any, Literal, get_args

Change = Literal["added", "removed", "changed"]

CHANGES: tuple[Change, ...] = get_args(Change)
"""The kinds of change, in the order in which they are reported."""

Fields = dict[str, tuple[Any, Any]]
"""Column → the old and the new value, for the columns in which a record changed."""


@dataclass(slots=True)
class Counts:
    """How many records of a table differ."""

    added: int = 0
    removed: int = 0
    changed: int = 0
    unchanged: int = 0
    fields: Counter[str] = field(default_factory=Counter)
    """Column → number of changed records in which it differs."""

    @property
    def differing(self) -> int:
        """Records that are not the same in both folders."""
        return self.added + self.removed + self.changed

    @property
    def old(self) -> int:
        """Rows of the old table."""
        return self.removed + self.changed + self.unchanged

    @property
    def new(self) -> int:
        """Rows of the new table."""
        return self.added + self.changed + self.unchanged

    def as_json(self) -> dict[str, Any]:
        """The counts, fields by frequency."""
        return {**asdict(self), "fields": dict(self.by_frequency())}

    def by_frequency(self) -> list[tuple[str, int]]:
        """Column and number of changed records in which it differs, the most frequent first."""
        return sorted(self.fields.items(), key=lambda item: (-item[1], item[0]))


@dataclass(frozen=True, slots=True)
class Difference:
    """A record that is not the same in both folders."""

    table: str
    change: Change
    id: str
    label: str
    """A few words to recognise it by: source and title of an article, the beginning of a quote."""
    fields: Fields
    """Values as in JSON, a date as its ISO form; empty unless `change` is `changed`."""

    def as_json(self) -> dict[str, Any]:
        """The difference, without `fields` where a whole record was added or removed."""
        fields = {"fields": self.fields} if self.fields else {}
        return {"table": self.table, "change": self.change, "id": self.id, "label": self.label, **fields}


@dataclass(frozen=True, slots=True)
class ColumnDifference:
    """A column that only one folder has, or that has another type; None is the type of a missing one."""

    table: str
    column: str
    old: str | None
    new: str | None


@dataclass(frozen=True, slots=True)
class SettingDifference:
    """What a manifest says a folder was built with, where the other says something else."""

    name: str
    """Path in the manifest: `schema_version`, `built_with.pyarrow`, `options.engine`."""
    old: Any
    """A JSON value; None where it is missing."""
    new: Any


@dataclass(frozen=True, slots=True)
class FileDifference:
    """A file that only one folder has, or that has other bytes."""

    path: str
    """Relative to the folder, with `/`."""
    old: str | None
    """SHA-256, in hexadecimal; None where there is no such file."""
    new: str | None
