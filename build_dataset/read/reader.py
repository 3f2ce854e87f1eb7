"""What a reader of a format provides, and what it gives.

A format is one module with one `Reader`. A file is cut into parts that can be read on their own, so that
several workers can share a large one; a format whose files cannot be cut gives one part. Reading a part gives
a `Document` for each text and a `SkippedSource` for each entry without one: a bad entry stops no other.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from build_dataset.document import Document


@dataclass(frozen=True, slots=True)
class SkippedSource:
    """A source that gives no article, and why, in words for its owner."""

    source: str
    reason: str


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file to read: where it is, its name in the dataset, and the format that reads it."""

    path: Path
    source: str
    format: str


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a file: bytes `start` to `end`. `entry` is the number of its first entry, from 1."""

    file: SourceFile
    start: int
    end: int
    entry: int = 1


class Reader(Protocol):
    """A format that articles come in."""

    def parts(self, file: SourceFile) -> Iterator[Part]:
        """The pieces of a file, in order.

        Raises:
            OSError: the file cannot be opened or read.
        """

    def read(self, part: Part, content: bytes) -> Iterator[Document | SkippedSource]:
        """What a piece of a file holds, in order.

        Args:
            part: where the bytes are from.
            content: the bytes `part.start` to `part.end` of the file.
        """
