"""What goes to a terminal or into a pipe: results on stdout, progress and logs on stderr.

Text from a source may hold escape sequences that move the cursor, set the title or hide words. They are
shown, not sent.
"""

import json
import os
import re
import sys
from typing import TYPE_CHECKING, Any, TextIO

if TYPE_CHECKING:
    from rich.console import Console

PIPE_WIDTH = 140
"""Columns of a table that goes into a pipe or a file."""

_UNSAFE = re.compile(
    "["
    "\x00-\x08\x0b-\x1f\x7f"  # control characters but tab and line feed
    "\x80-\x9f"  # more of them: some terminals take U+009B for the start of an escape sequence
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # reorder the characters around them
    "\u2028\u2029"  # line and paragraph separator
    "\ud800-\udfff"  # surrogates: no encoding has them
    "\ufff9-\ufffb\U000e0000-\U000e007f"  # annotations and tags: invisible
    "]"
)


def visible(text: str) -> str:
    """`text` with every character that a terminal would obey made visible; tab and line feed stay."""
    return _UNSAFE.sub(lambda match: picture(match[0]), text)


def one_line(text: str) -> str:
    """`text` made visible and on one line."""
    return " ".join(visible(text).split())


def picture(character: str) -> str:
    """What is shown in the place of a character that must not be sent or could not be seen."""
    code = ord(character)
    if code < 0x20:
        return chr(0x2400 + code)  # ␀ … ␟
    return "␡" if code == 0x7F else f"⟨U+{code:04X}⟩"


def as_json(content: Any) -> str:
    """`content` as indented JSON in which no character is one that a terminal would obey."""
    text = json.dumps(content, ensure_ascii=False, indent=2, allow_nan=False)
    return _UNSAFE.sub(lambda match: _escape(match[0]), text)


def _escape(character: str) -> str:
    return json.dumps(character)[1:-1]


def prepare_streams() -> None:
    """Print what the encoding of a stream has no character for as an escape instead of failing."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="backslashreplace")


def write(text: str) -> None:
    """Print a result."""
    sys.stdout.write(text if text.endswith("\n") else text + "\n")


def log(message: str) -> None:
    """Print a line about the run, not a result."""
    sys.stderr.write(f"{one_line(message)}\n")


def results() -> "Console":
    """The console for results: as wide as the terminal or COLUMNS, else `PIPE_WIDTH`."""
    return _console(sys.stdout)


def logs() -> "Console":
    """The console for progress and logs."""
    return _console(sys.stderr)


def _console(stream: TextIO) -> "Console":
    from rich.console import Console

    width = None if stream.isatty() or "COLUMNS" in os.environ else PIPE_WIDTH
    return Console(file=stream, width=width, highlight=False, emoji=False, markup=False)
