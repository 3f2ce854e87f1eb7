"""The records of a web archive, found in its bytes.

A compressed archive is a row of gzip members, a record each, so that one that is damaged costs itself only: reading
goes on where the next one begins. A file that ends too early is said to, and nothing is made of half a record.
"""

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

BLOCK = 1 << 16
MAGIC = b"\x1f\x8b\x08"
VERSION = b"WARC/"
LONGEST_HEADER = 1 << 14

CUT = "cut off: the file ends in the middle of this record"
LARGE = "too large"

_LENGTH = re.compile(rb"\r?\ncontent-length:[ \t]*(\d{1,18})[ \t]*\r?\n", re.IGNORECASE)
HEADER_END = re.compile(rb"\r?\n\r?\n")


@dataclass(frozen=True, slots=True)
class Raw:
    """The bytes of a record; `trouble` says why there are none."""

    start: int
    content: bytes = b""
    trouble: str = ""


def members(stream: BinaryIO, start: int, end: int, most: int) -> Iterator[Raw]:
    """The gzip members from `start` on, as long as they begin before `end`; beyond `most` bytes none is unpacked."""
    while start < end:
        raw, following = _member(stream, start, most)
        yield raw
        start = _next_member(stream, start + 1) if following is None else following


def _member(stream: BinaryIO, start: int, most: int) -> tuple[Raw, int | None]:
    """A member, and where the next one begins; None if that has to be looked for."""
    stream.seek(start)
    unpacking, pieces, size, read = zlib.decompressobj(31), [], 0, 0
    while not unpacking.eof:
        block = stream.read(BLOCK)
        if not block:
            return Raw(start, trouble=CUT), None
        read += len(block)
        try:
            pieces.append(unpacking.decompress(block, most + 1 - size))
        except zlib.error:
            return Raw(start, trouble="damaged: its compressed data cannot be read"), None
        size += len(pieces[-1])
        if size > most:
            return Raw(start, b"".join(pieces), LARGE), None
    return Raw(start, b"".join(pieces)), start + read - len(unpacking.unused_data)


def _next_member(stream: BinaryIO, start: int) -> int:
    """Where the next record begins that can be read; the end of the file where none does."""
    stream.seek(start)
    block = stream.read(BLOCK)
    while len(block) >= len(MAGIC):
        at = block.find(MAGIC)
        while at >= 0:
            if _begins_record(stream, start + at):
                return start + at
            at = block.find(MAGIC, at + 1)
        start += len(block) - len(MAGIC) + 1
        stream.seek(start)
        block = stream.read(BLOCK)
    return start + len(block)


def _begins_record(stream: BinaryIO, start: int) -> bool:
    stream.seek(start)
    try:
        return zlib.decompressobj(31).decompress(stream.read(512), len(VERSION)) == VERSION
    except zlib.error:
        return False


class Ahead:
    """A stream that can be looked ahead in, and what has been taken of it."""

    def __init__(self, stream: BinaryIO) -> None:
        self.stream = stream
        self.position = 0
        self.held = b""

    def look(self, size: int) -> bytes:
        """The next bytes, `size` of them or as many as there are."""
        while len(self.held) < size and (block := self.stream.read(max(BLOCK, size - len(self.held)))):
            self.held += block
        return self.held[:size]

    def take(self, size: int) -> bytes:
        """The next bytes, which are then past."""
        taken = self.look(size)
        self.held = self.held[size:]
        self.position += len(taken)
        return taken

    def skip(self, size: int) -> int:
        """Pass over so many bytes, without holding them; returns how many there were."""
        passed = 0
        while passed < size and (block := self.take(min(BLOCK, size - passed))):
            passed += len(block)
        return passed


def records(stream: Ahead, most: int) -> Iterator[Raw]:
    """The records of an archive, by the lengths that they state; none of more than `most` bytes is held."""
    lost = False
    while head := stream.look(BLOCK):
        between = len(head) - len(head.lstrip(b"\r\n"))
        if between:
            stream.take(between)
            continue
        start = stream.position
        size = record_end(head) if head.startswith(VERSION) else 0
        if not size:
            if not lost:
                yield Raw(start, trouble="damaged: no record of a web archive begins here")
            lost = True
            _pass_over(stream)
            continue
        lost = False
        if size > most:
            passed = stream.skip(size)
            yield Raw(start, head if passed == size else b"", LARGE if passed == size else CUT)
        else:
            content = stream.take(size)
            yield Raw(start, content, CUT if len(content) < size else "")


def _pass_over(stream: Ahead) -> None:
    """Go to the next line that a record can begin with: the last such before a blank line, which ends its header."""
    while head := stream.look(BLOCK):
        header = HEADER_END.search(head, 1)
        if not header:
            kept = LONGEST_HEADER if len(head) == BLOCK else 0  # a record may begin in what was looked at
            stream.take(len(head) - kept)
            continue
        at = head.rfind(b"\n" + VERSION, 0, header.start())
        if at >= 0:
            stream.take(at + 1)
            return
        behind = head[header.end() :]
        stream.take(len(head) - len(behind.lstrip(b"\r\n")) - 1)  # the line end before a record stays


def record_end(head: bytes) -> int:
    """How long a record is that begins so: its header and what that says of the rest; 0 if it says nothing."""
    end = HEADER_END.search(head, 0, LONGEST_HEADER)
    length = end and _LENGTH.search(head, 0, end.end())
    return end.end() + int(length[1]) if end and length else 0
