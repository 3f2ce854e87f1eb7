r"""JSON Lines: one article a line, an object with its text and what is known of it.

=========== ============================================ =====================
field       holds                                        becomes
=========== ============================================ =====================
`text`      the article; required                        `text`
`title`     a string                                     `title`
`authors`   a string or a list of strings                `byline`, role author
`date`      a date or a time, ISO 8601                   `published`
`url`       an http or https address                     `url`
`publisher` a string                                     `publisher`
`license`   a string                                     `license`
=========== ============================================ =====================

Other fields are ignored, and so is a value that is none of what the table says: the text is what counts.
"""

import json
import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from build_dataset.document import Document, SourceMetadata
from build_dataset.errors import SourceError
from build_dataset.read.plain_text import checked
from build_dataset.read.reader import Part, SkippedSource, SourceFile
from build_dataset.schema import Byline

PART_BYTES = 1 << 20
"""A file is cut at the first line end after as many bytes."""

ADDRESS = re.compile(r"https?://[^\s/?#]+\S*\Z", re.IGNORECASE)


class JsonLines:
    """Reads each line of a file as one article."""

    def parts(self, file: SourceFile) -> Iterator[Part]:
        """Runs of whole lines of about a megabyte."""
        with file.path.open("rb") as lines:
            start, end, first, number = 0, 0, 1, 0
            for number, line in enumerate(lines, start=1):
                end += len(line)
                if end - start >= PART_BYTES:
                    yield Part(file, start, end, first)
                    start, first = end, number + 1
            if end > start or number == 0:
                yield Part(file, start, end, first)

    def read(self, part: Part, content: bytes) -> Iterator[Document | SkippedSource]:
        """The article of each line that is not blank, or why it has none."""
        if not content:
            yield SkippedSource(part.file.source, "empty: there is no line in it")
        for number, line in enumerate(content.split(b"\n"), start=part.entry):
            if line and not line.isspace():
                source = f"{part.file.source}#{number}"
                try:
                    yield _document(source, _object(line.rstrip()))
                except SourceError as error:
                    yield SkippedSource(source, str(error))


def _object(line: bytes) -> dict[str, Any]:
    try:
        content = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise SourceError(f"not UTF-8 at byte {error.start} of the line; save it as UTF-8") from error
    except json.JSONDecodeError as error:
        raise SourceError(f"not JSON: {error.msg} at column {error.colno}") from error
    except (RecursionError, ValueError) as error:
        raise SourceError(f"not JSON that can be read: {error}") from error
    if not isinstance(content, dict):
        raise SourceError('not a JSON object; write {"text": …}')
    return content


def _document(source: str, fields: dict[str, Any]) -> Document:
    text = fields.get("text")
    if not isinstance(text, str):
        found = "is missing" if "text" not in fields else f"is {_json_type(text)}, not a string"
        raise SourceError(f"field text {found}")
    metadata = SourceMetadata(
        url=_address(fields.get("url")),
        title=_line(fields.get("title")),
        byline=_authors(fields.get("authors")),
        published=_day(fields.get("date")),
        publisher=_line(fields.get("publisher")),
        license=_line(fields.get("license")),
    )
    return Document(source, checked(text.removeprefix("\ufeff").replace("\r\n", "\n")), metadata)


def _json_type(value: object) -> str:
    names = {type(None): "null", bool: "true or false", int: "a number", float: "a number", list: "a list"}
    return names.get(type(value), "an object")


def _line(value: object) -> str | None:
    """A string with its blanks put right; None for anything else, and for what cannot be written."""
    if not isinstance(value, str):
        return None
    line = " ".join(value.split())
    try:
        return checked(line)
    except SourceError:
        return None


def _address(value: object) -> str | None:
    line = _line(value)
    return line if line and ADDRESS.match(line) else None


def _authors(value: object) -> tuple[Byline, ...]:
    names = [_line(name) for name in (value if isinstance(value, list) else [value])]
    return tuple(Byline(name=name, role="author") for name in names if name)


def _day(value: object) -> date | None:
    """The day of an ISO 8601 date or time, in the time zone it is given in."""
    if not isinstance(value, str):
        return None
    day = re.split(r"[T ]", value.strip(), maxsplit=1)[0]
    try:
        return date.fromisoformat(day)
    except ValueError:
        return None
