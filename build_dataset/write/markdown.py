"""Tables in Markdown, whatever the text in their cells."""

import re
from collections.abc import Sequence

SPECIAL = re.compile(r"([\\`*_{}\[\]<>|$~#!])")
"""What could begin formatting, a link, a tag or a formula, or end a cell."""


def table(head: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """A table; a column of numbers alone is aligned to the right."""
    columns = range(len(head))
    numbers = [bool(rows) and all(isinstance(row[column], int) for row in rows) for column in columns]
    lines = [head, ["---:" if number else "---" for number in numbers], *rows]
    return "\n".join("| " + " | ".join(_cell(value) for value in line) + " |" for line in lines)


def _cell(value: object) -> str:
    return f"{value:,}" if isinstance(value, int) else str(value)


def plain(text: str) -> str:
    """Text from a source as one line that shows as it is written."""
    line = " ".join("".join(char if char.isprintable() else " " for char in text).split())
    return SPECIAL.sub(r"\\\1", line)
