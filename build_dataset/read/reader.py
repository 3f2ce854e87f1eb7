"""What a reader of a format provides, and what it gives.

A format is one module with one `Reader`. A file is cut into parts that can be read on their own, so that several
workers can share a large one; a format whose files cannot be cut gives one part. Reading a part gives a `Document`
for each text and a `SkippedSource` for each entry without one: a bad entry stops no other.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, Protocol

from build_dataset.document import Document
from build_dataset.errors import SourceError
from build_dataset.options import Limits, Reading

UNTIL_END = 1 << 62
"""Where a part ends whose size nobody knows: the content of a packed file."""


@dataclass(frozen=True, slots=True)
class SkippedSource:
    """A source that gives no article, and why, in words for its owner."""

    source: str
    reason: str


@dataclass(frozen=True, slots=True)
class SourceWarning:
    """What was wrong with a source that was read all the same."""

    source: str
    warning: str


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file to read: where it is (a path or an address), and its name in the dataset."""

    location: str
    source: str
    name: str
    """What tells its format where the content does not."""
    named: bool = True
    """Whether the user named it, and not the folder that it lies in."""
    layers: int = 0
    """How many times it was packed."""


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a file: what lies between the bytes `start` and `end` of it."""

    file: SourceFile
    format: str
    start: int
    end: int
    entry: int = 1
    """The number of its first line, row or record."""
    entries: int | None = None
    """How many of them it has, where the bytes do not say so."""


class Reader(Protocol):
    """A format that articles come in."""

    def parts(self, file: SourceFile, stream: BinaryIO, size: int) -> Iterator[Part]:
        """The pieces of a file, in order.

        Args:
            file: the file.
            stream: its content, at the beginning.
            size: its length in bytes.

        Raises:
            OSError: it cannot be read.
            SourceError: it is not what it looks like.
        """

    def read(self, stream: BinaryIO, part: Part, reading: Reading) -> Iterator[Document | SkippedSource]:
        """What a piece of a file holds, in order.

        Args:
            stream: the content of the file, at `part.start`.
            part: the piece.
            reading: how to read it.

        Raises:
            OSError: it cannot be read.
            SourceError: no more of it can be read; what came before counts.
        """


def whole(file: SourceFile, format_: str, size: int) -> Iterator[Part]:
    """The one part of a file that is not cut."""
    yield Part(file, format_, 0, size)


def read_whole(stream: BinaryIO, limits: Limits, times: int = 1) -> bytes:
    """All that a stream holds.

    Args:
        stream: at its beginning.
        limits: what an article may come in.
        times: so many times that is allowed.

    Raises:
        SourceError: it is more.
    """
    content = stream.read(times * limits.bytes + 1)
    if len(content) > times * limits.bytes:
        raise too_large(limits, times)
    return content


def too_large(limits: Limits, times: int = 1) -> SourceError:
    """What to say of more bytes than an article may come in, or so many times that."""
    return SourceError(f"larger than {times * limits.megabytes} MB; raise --max-megabytes to read it")
