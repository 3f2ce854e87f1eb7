"""From a record of a web archive to the article of its page."""

import base64
import hashlib
import io
import re
import zlib
from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType

from build_dataset.document import Document
from build_dataset.errors import SourceError
from build_dataset.options import Limits, Reading
from build_dataset.read.html_file import page_document
from build_dataset.read.plain_text import text_document
from build_dataset.read.reader import SkippedSource, SourceFile, too_large
from build_dataset.read.warc.records import HEADER_END, LARGE, LONGEST_HEADER, MAGIC, Raw, record_end
from build_dataset.schema import ArticleFlag

SILENT = WarcRecordType.warcinfo | WarcRecordType.request | WarcRecordType.metadata
"""Records about other records: no source is lost with them."""
PAGES = ("text/html", "application/xhtml+xml")
OK = 200
ZLIB = b"\x78"
"""What `deflate` begins with; some servers send it without."""
ALTERED = "its bytes are not those that the archive has a digest of: altered, or badly archived"

_BROTLI = re.compile(rb"\ncontent-encoding:[^\n]*\bbr\b", re.IGNORECASE)


def articles(raw: Raw, file: SourceFile, reading: Reading) -> Iterator[Document | SkippedSource]:
    """The articles of the records in some bytes: of one record, in all archives as they should be."""
    place = f"{file.source}#offset={raw.start}"
    trouble = raw.trouble
    if trouble == LARGE:
        trouble = str(too_large(reading.limits))
    elif not trouble and not 0 < record_end(raw.content) <= len(raw.content):
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
    header = HEADER_END.search(content)
    answer = header and HEADER_END.search(content, header.end())
    return content[answer.end() : record_end(content)] if answer else b""


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
