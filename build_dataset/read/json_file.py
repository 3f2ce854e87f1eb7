"""JSON: a document with one article, or with a list of them, at its top or one or two levels down.

Crawlers write it: one object an article, an array of them, or an object with an array for each publisher.
"""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO

from build_dataset.document import Document
from build_dataset.errors import SourceError
from build_dataset.options import Reading
from build_dataset.read.columns import CONTENT, USUAL, columns_of
from build_dataset.read.encoding import decode
from build_dataset.read.entry import entry_document
from build_dataset.read.reader import Part, SkippedSource, SourceFile, read_whole, whole

TIMES = 20
"""A document is held as a whole, and may be so many times as large as one article; JSON Lines may be of any size."""
LEVELS = 2
"""So many objects may stand round the lists of articles."""


class JsonDocuments:
    """Reads each object of a document that can be an article."""

    def parts(self, file: SourceFile, _stream: BinaryIO, size: int) -> Iterator[Part]:
        """The whole file: a document is not cut."""
        return whole(file, "json", size)

    def read(self, stream: BinaryIO, part: Part, reading: Reading) -> Iterator[Document | SkippedSource]:
        """The article of each object, or why it has none."""
        content, encoding = parse(read_whole(stream, reading.limits, TIMES))
        if isinstance(content, dict) and columns_of(content, reading, CONTENT):
            yield entry_document(part.file.source, content, reading, encoding)
            return
        entries = list(_entries(content, LEVELS))
        if not entries:
            raise SourceError(
                "no article in it: an object with a text, or a list of such objects, was expected"
            )
        for number, entry in enumerate(entries, start=1):
            yield read_entry(f"{part.file.source}#{number}", entry, reading, encoding)


def parse(content: bytes) -> tuple[Any, str]:
    """What a JSON document says, and the encoding it is in.

    Raises:
        SourceError: it is none.
    """
    try:
        decoded = decode(content)
        return json.loads(decoded.text, object_pairs_hook=_object), decoded.encoding
    except json.JSONDecodeError as error:
        place = f"column {error.colno}" if error.lineno == 1 else f"line {error.lineno}, column {error.colno}"
        raise SourceError(f"not JSON: {error.msg} at {place}") from error
    except (RecursionError, ValueError) as error:
        raise SourceError(f"not JSON that can be read: {error}") from error


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """The pairs of an object; of two values for the text of an article none is taken for the right one."""
    fields = dict(pairs)
    if len(fields) < len(pairs):
        counts = Counter(name for name, _ in pairs)
        double = next((name for name in USUAL["text"] if counts[name] > 1), None)
        if double:
            raise SourceError(f"field {double} is there twice; leave one of them out")
    return fields


def read_entry(
    source: str, entry: Any, reading: Reading, encoding: str | None = None
) -> Document | SkippedSource:
    """The article of an object, or why it has none."""
    if not isinstance(entry, Mapping):
        return SkippedSource(source, 'not a JSON object; write {"text": …}')
    try:
        return entry_document(source, entry, reading, encoding)
    except SourceError as error:
        return SkippedSource(source, str(error))


def _entries(content: Any, levels: int) -> Iterator[Any]:
    if isinstance(content, list):
        yield from content
    elif isinstance(content, Mapping) and levels:
        for value in content.values():
            if isinstance(value, list | Mapping):
                yield from _entries(value, levels - 1)
