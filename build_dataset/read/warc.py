"""Web archives (ISO 28500): one article a page that a crawler kept, in a file that is compressed or not.

A compressed archive is a row of gzip members, a record each, so that one that is damaged costs itself only: reading
goes on where the next one begins. A file that ends too early is said to, and nothing is made of half a page.
"""

import base64
import hashlib
import io
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import BinaryIO, NamedTuple

from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType

from build_dataset.document import Document
from build_dataset.errors import SourceError
from build_dataset.options import Limits, Reading
from build_dataset.read.html_file import page_document
from build_dataset.read.plain_text import text_document
from build_dataset.read.reader import Part, SkippedSource, SourceFile, too_large, whole
from build_dataset.schema import ArticleFlag

PART_BYTES = 4 << 20
"""An archive is cut after the record that makes a part so large, as it lies there."""
BLOCK = 1 << 16
OK = 200
CUT = "cut off: the file ends in the middle of this record"
LARGE = "too large"
ALTERED = "its bytes are not those that the archive has a digest of: altered, or badly archived"
ZLIB = b"\x78"
"""What `deflate` begins with; some servers send it without."""
MAGIC = b"\x1f\x8b\x08"
VERSION = b"WARC/"
LONGEST_HEADER = 1 << 16

SILENT = WarcRecordType.warcinfo | WarcRecordType.request | WarcRecordType.metadata
"""Records about other records: no source is lost with them."""
PAGES = ("text/html", "application/xhtml+xml")
_LENGTH = re.compile(rb"\r?\ncontent-length:[ \t]*(\d{1,18})[ \t]*\r?\n", re.IGNORECASE)
_BROTLI = re.compile(rb"\ncontent-encoding:[^\n]*\bbr\b", re.IGNORECASE)
_HEADER_END = re.compile(rb"\r?\n\r?\n")


@dataclass(frozen=True, slots=True)
class Raw:
    """The bytes of a record; `trouble` says why there are none."""

    start: int
    content: bytes = b""
    trouble: str = ""


class CompressedArchive:
    """Reads each gzip member of a file as one record."""

    def parts(self, file: SourceFile, stream: BinaryIO, size: int) -> Iterator[Part]:
        """Runs of records of some megabytes; one part where all records lie in one member."""
        start, entry = 0, 1
        for number, raw in enumerate(_members(stream, 0, size, Limits().bytes), start=1):
            if raw.start == 0 and _record_end(raw.content) < len(raw.content.rstrip()):
                yield from whole(file, "gzip", size)
                return
            if raw.start - start >= PART_BYTES:
                yield Part(file, "warc.gz", start, raw.start, entry)
                start, entry = raw.start, number
        yield Part(file, "warc.gz", start, size, entry)

    def read(self, stream: BinaryIO, part: Part, reading: Reading) -> Iterator[Document | SkippedSource]:
        """The article of each page, or why there is none."""
        for raw in _members(stream, part.start, part.end, reading.limits.bytes):
            yield from _read(raw, part.file, reading)


class Archive:
    """Reads the records of a file that is not compressed."""

    def parts(self, file: SourceFile, _stream: BinaryIO, size: int) -> Iterator[Part]:
        """The whole file."""
        return whole(file, "warc", size)

    def read(self, stream: BinaryIO, part: Part, reading: Reading) -> Iterator[Document | SkippedSource]:
        """The article of each page, or why there is none."""
        for raw in _records(_Ahead(stream), reading.limits.bytes):
            yield from _read(raw, part.file, reading)


def _members(stream: BinaryIO, start: int, end: int, most: int) -> Iterator[Raw]:
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


class _Ahead:
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


def _records(stream: _Ahead, most: int) -> Iterator[Raw]:
    """The records of an archive, by the lengths that they state; none of more than `most` bytes is held."""
    lost = False
    while head := stream.look(LONGEST_HEADER):
        if head[:1] in b"\r\n":
            stream.take(1)
            continue
        start = stream.position
        size = _record_end(head) if head.startswith(VERSION) else 0
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


def _pass_over(stream: _Ahead) -> None:
    """Go to the next line that a record can begin with."""
    while head := stream.look(BLOCK):
        at = head.find(VERSION, 1)
        if at >= 0:
            stream.take(at)
            return
        stream.take(max(len(head) - len(VERSION) + 1, 1))


def _record_end(head: bytes) -> int:
    """How long a record is that begins so: its header and what that says of the rest; 0 if it says nothing."""
    end = _HEADER_END.search(head, 0, LONGEST_HEADER)
    length = end and _LENGTH.search(head, 0, end.end())
    return end.end() + int(length[1]) if end and length else 0


def _read(raw: Raw, file: SourceFile, reading: Reading) -> Iterator[Document | SkippedSource]:
    """The articles of the records in some bytes: of one record, in all archives as they should be."""
    place = f"{file.source}#offset={raw.start}"
    trouble = raw.trouble
    if trouble == LARGE:
        trouble = str(too_large(reading.limits))
    elif not trouble and not 0 < _record_end(raw.content) <= len(raw.content):
        trouble = "damaged: no whole record of a web archive is here"
    if trouble:
        yield SkippedSource(place, trouble)
        return
    try:
        for record in ArchiveIterator(io.BytesIO(raw.content), parse_http=False):
            if not record.record_type & SILENT:
                name = (record.record_id or "").strip("<>") or f"offset={raw.start}"
                yield _article(record, raw.content, f"{file.source}#{name}", reading)
    except (OSError, ValueError) as error:
        yield SkippedSource(place, f"damaged: {error}")


def _article(record: WarcRecord, content: bytes, source: str, reading: Reading) -> Document | SkippedSource:
    """The article of a record, or why it has none. `content`: its bytes, as archived."""
    address = record.headers.get("WARC-Target-URI")
    try:
        document = _document(record, content, source, reading)
    except (SourceError, OSError, ValueError) as error:
        reason = str(error) if isinstance(error, SourceError) else f"damaged: {error}"
        return SkippedSource(source, f"{reason} ({address})" if address else reason)
    if record.headers.get("WARC-Truncated"):
        return replace(document, flags=(*document.flags, ArticleFlag.TRUNCATED))
    return document


def _document(record: WarcRecord, content: bytes, source: str, reading: Reading) -> Document:
    """The article of a page, or of a text that was kept as it is.

    Raises:
        SourceError: it is neither.
    """
    kind, address = record.record_type, record.headers.get("WARC-Target-URI")
    if kind == WarcRecordType.revisit:
        raise SourceError("kept before: a revisit record points to another one")
    if kind == WarcRecordType.response:
        answer = _response(record, content, reading.limits)
    elif kind in (WarcRecordType.resource, WarcRecordType.conversion):
        answer = _Answer(_media(record.headers.get("Content-Type")), None, _within(record, reading.limits))
        if answer.media == "text/plain":
            return text_document(source, answer.body, url=address)
    else:
        raise SourceError(f"no page: a {kind} record")
    if answer.media and answer.media not in PAGES:
        raise SourceError(f"not HTML: {answer.media}")
    page = page_document(source, answer.body, reading, url=address, charset=answer.charset)
    return replace(page, warnings=(*page.warnings, ALTERED)) if answer.altered else page


class _Answer(NamedTuple):
    media: str
    charset: str | None
    body: bytes
    altered: bool = False


def _response(record: WarcRecord, content: bytes, limits: Limits) -> _Answer:
    """What a server answered.

    Raises:
        SourceError: it is no page: another status than 200, or nothing in it.
    """
    # Brotli is undone by the library; the other codings are here, where a body that is cut off is noticed.
    record.parse_http(auto_decode="all" if _BROTLI.search(content, 0, LONGEST_HEADER) else "transfer")
    if record.http_headers is None:
        raise SourceError("damaged: a response without the answer of a server")
    status = record.http_headers.status_code
    if status != OK:
        raise SourceError(f"no page: the server answered {status}")
    sent = _within(record, limits)
    body = _decoded(sent, record.http_headers.get("Content-Encoding") or "", limits)
    stated = record.headers.get("WARC-Payload-Digest")
    altered = stated and not any(_has_digest(one, stated) for one in (_payload(content), sent, body))
    return _Answer(_media(record.http_content_type), record.http_charset, body, bool(altered))


def _payload(content: bytes) -> bytes:
    """The body of an answer as it is archived; crawlers differ in whether their digest is of that."""
    header = _HEADER_END.search(content)
    answer = header and _HEADER_END.search(content, header.end())
    return content[answer.end() : _record_end(content)] if answer else b""


def _has_digest(content: bytes, stated: str) -> bool:
    """Whether a digest such as `sha1:MKFU…` is of a content; one of an unknown kind is taken for right."""
    algorithm, _, digest = stated.partition(":")
    try:
        found = hashlib.new(algorithm.replace("-", ""), content, usedforsecurity=False)
    except ValueError:
        return True
    return digest.strip().lower() in (found.hexdigest(), base64.b32encode(found.digest()).decode().lower())


def _media(stated: str | None) -> str:
    return (stated or "").partition(";")[0].strip().lower()


def _within(record: WarcRecord, limits: Limits) -> bytes:
    body = record.reader.read(limits.bytes + 1)
    if len(body) > limits.bytes:
        raise too_large(limits)
    return body


def _decoded(body: bytes, codings: str, limits: Limits) -> bytes:
    """A body without the codings that its server applied (RFC 9110, 8.4). One that lacks them is taken as it is."""
    for coding in reversed([one.strip().lower() for one in codings.split(",")]):
        if coding in ("gzip", "x-gzip") and body.startswith(MAGIC):
            body = _inflated(body, 31, limits)
        elif coding == "deflate":
            body = _inflated(body, 15 if body[:1] == ZLIB else -15, limits)
    return body


def _inflated(body: bytes, window: int, limits: Limits) -> bytes:
    unpacking = zlib.decompressobj(window)
    try:
        content = unpacking.decompress(body, limits.bytes + 1)
    except zlib.error as error:
        raise SourceError("damaged: its compressed body cannot be read") from error
    if len(content) > limits.bytes:
        raise too_large(limits)
    if not unpacking.eof:
        raise SourceError("cut off: its compressed body ends too early")
    return content
