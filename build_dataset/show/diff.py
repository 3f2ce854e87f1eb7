"""A comparison of two dataset folders, to read or as JSON; in parts, for it may be long."""

import json
from collections.abc import Iterator
from itertools import groupby, takewhile
from textwrap import indent
from typing import Any

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from build_dataset.examine.diff import ColumnDifference, Comparison, Difference
from build_dataset.schema import TABLES
from build_dataset.show.terminal import as_json, one_line, visible

VALUE_CHARACTERS = 60
"""So much of a value is shown, around the place where it begins to differ."""
BEFORE = 20
"""So much of it stands before that place."""


def json_parts(comparison: Comparison) -> Iterator[str]:
    """One JSON object, in parts to be printed a line each.

    It is `Comparison.as_json` with one more entry, `records`: a list of `Difference.as_json`.
    """
    yield from json_with_records(as_json(comparison.as_json()), comparison)


def json_with_records(head: str, comparison: Comparison) -> Iterator[str]:
    """A JSON object with one more entry, the records that differ, in parts to be printed a line each."""
    yield head.removesuffix("\n}") + ","
    yield '  "records": ['
    waiting = None
    for record in comparison.records():
        if waiting is not None:
            yield f"{waiting},"
        waiting = indent(as_json(record.as_json()), "    ")
    if waiting is not None:
        yield waiting
    yield "  ]\n}"


def display(comparison: Comparison, console: Console) -> None:
    """Print what the folders are, the counts by table and column, and the records that differ."""
    for line in _heading(comparison):
        console.print(line, soft_wrap=True)
    console.print(_counts(comparison))
    for line in _changed_columns(comparison):
        console.print(line, soft_wrap=True)
    for (table, change), records in groupby(comparison.records(), lambda one: (one.table, one.change)):
        total = getattr(comparison.counts[table], change)
        console.print(Text(f"\n{table}, {change} ({total:,})", "bold"))
        shown = 0
        for record in records:
            console.print(_record(record), soft_wrap=True)
            shown += 1
        if shown < total:
            console.print(f"  … and {total - shown:,} more; --limit N shows more")


def _heading(comparison: Comparison) -> Iterator[Text]:
    same = "the same records" if comparison.equal else "not the same"
    yield Text(one_line(f"{comparison.old} → {comparison.new}: {same}"), "bold")
    for setting in comparison.settings:
        yield Text(f"{one_line(setting.name)}: {_json(setting.old)} → {_json(setting.new)}")
    for column in comparison.columns:
        yield Text(f"column {column.table}.{one_line(column.column)}: {_types(column)}")
    if comparison.files:
        yield Text(f"files that differ: {', '.join(_files(comparison))}")


def _types(column: ColumnDifference) -> str:
    if column.old is None:
        return f"only in the new table ({one_line(column.new or '')})"
    if column.new is None:
        return f"only in the old table ({one_line(column.old)})"
    return one_line(f"{column.old} → {column.new}")


def _files(comparison: Comparison) -> Iterator[str]:
    """The files beside the tables by name, those of a table by their number."""
    paths = [file.path for file in comparison.files]
    yield from (one_line(path) for path in paths if path.split("/")[0] not in TABLES)
    for table in TABLES:
        number = sum(path.startswith(f"{table}/") for path in paths)
        if number:
            yield f"{table}/ ({number:,})"


def _counts(comparison: Comparison) -> Table:
    columns = ("old", "new", "added", "removed", "changed", "unchanged")
    table = Table(box=box.SIMPLE_HEAD, padding=(0, 1))
    table.add_column("")
    for name in columns:
        table.add_column(name, justify="right")
    for name, counts in comparison.counts.items():
        table.add_row(name, *(f"{getattr(counts, column):,}" for column in columns))
    return table


def _changed_columns(comparison: Comparison) -> Iterator[Text]:
    """Which columns changed in how many records."""
    for table, counts in comparison.counts.items():
        if counts.fields:
            columns = ", ".join(f"{one_line(name)} {number:,}" for name, number in counts.by_frequency())
            yield Text(f"{table} changed in: {columns}")


def _record(record: Difference) -> Text:
    shown = Text(f"  {one_line(record.id)}")
    shown.append(f"  {one_line(record.label)}", "dim")
    width = max(map(len, record.fields), default=0)
    for name, (old, new) in record.fields.items():
        before, after = excerpts(_json(old), _json(new))
        shown.append(f"\n    {one_line(name):<{width}}  ").append(before, "red")
        shown.append(" → ").append(after, "green")
    return shown


def excerpts(old: str, new: str) -> tuple[str, str]:
    """Of two texts, the same piece around the first place where they differ; all of them if they are short."""
    if max(len(old), len(new)) <= VALUE_CHARACTERS:
        return old, new
    alike = takewhile(lambda pair: pair[0] == pair[1], zip(old, new, strict=False))
    start = max(0, sum(1 for _ in alike) - BEFORE)
    return _excerpt(old, start), _excerpt(new, start)


def _excerpt(text: str, start: int) -> str:
    end = start + VALUE_CHARACTERS
    return f"{'…' if start else ''}{text[start:end]}{'…' if end < len(text) else ''}"


def _json(value: Any) -> str:
    """A value as JSON: null is not the word null, and blanks show."""
    return visible(json.dumps(value, ensure_ascii=False))
