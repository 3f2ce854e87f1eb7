"""From bytes to text: read in the encoding they are in, or refused.

What decides, the first that applies:

1. a byte order mark;
2. UTF-16 or UTF-32 without one, by the characters that come out (`detection`);
3. strict UTF-8: bytes beyond ASCII are hardly ever valid in it by chance, while what declares the encoding of a page is
   often wrong and detectors take English in UTF-8 for Windows-1252;
4. what is declared, if the text then reads right;
5. detection.
"""

import codecs
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from build_dataset.errors import SourceError
from build_dataset.read.detection import ENCODINGS, detect, detect_wide, read_as
from build_dataset.read.misreadings import misread_share, without_impossible

UNKNOWN = "cannot tell its encoding; save it as UTF-8"

MARKS = {
    codecs.BOM_UTF8: "utf-8",
    codecs.BOM_UTF32_LE: "utf-32-le",  # before UTF-16, whose mark it begins with
    codecs.BOM_UTF32_BE: "utf-32-be",
    codecs.BOM_UTF16_LE: "utf-16-le",
    codecs.BOM_UTF16_BE: "utf-16-be",
    b"\x84\x31\x95\x33": "gb18030",
}
"""Byte order marks: U+FEFF in each encoding."""

VALID_PER_SLIP = 3
"""Bytes are UTF-8 with slips if they hold so many valid characters beyond ASCII for each slip."""
BYTES_PER_SLIP = 500
"""A page in an encoding that it declares may have a slip in so many bytes, and one in any case."""
MOST_MISREAD = 0.3
"""Share of misplaced characters in a text whose encoding is declared: pages have scripts and slips of their own."""
HEAD = 8192
"""Bytes of a page that may declare its encoding: browsers look at 1,024, some pages have scripts before."""

_DECLARED = re.compile(
    rb"""<(?:meta\b[^>]*?\bcharset|\?xml\b[^>]*?\bencoding)\s*=\s*["']?\s*([\w:.-]+)""", re.IGNORECASE
)
_HEADER = re.compile(r"""\bcharset\s*=\s*["']?\s*([\w:.-]+)""", re.IGNORECASE)
_STANDS_FOR = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "big5": "big5hkscs",
    "cp950": "big5hkscs",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
}
"""What a declared encoding is read as: the superset of it that browsers read, https://encoding.spec.whatwg.org."""
_DECLARABLE = frozenset(
    {
        *ENCODINGS,
        *("cp866", "cp874", "cp1258", "mac-cyrillic"),
        *(f"iso8859-{number}" for number in (3, 4, 6, 8, 10, 13, 14, 16)),
    }
)


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text, and the encoding its bytes were in: a name of Python's codecs."""

    text: str
    encoding: str


def decode(content: bytes, declared: Sequence[str] = ()) -> Decoded:
    """The text of bytes, all of which are valid in the encoding.

    Args:
        content: a text in any encoding; a byte order mark at its start is dropped, a NUL stays.
        declared: encodings that something says it is in; names that nobody knows are ignored.

    Raises:
        SourceError: there is no telling what it is in, or it has bytes that are wrong.
    """
    mark = _mark(content)
    if mark:
        return _strictly(content, *mark)
    decoded = _decode_unicode(content)
    if decoded is None and _is_utf8_with_slips(content):
        return _strictly(content, 0, "utf-8")
    return decoded or _decode_declared(content, _codecs(declared)) or _detected(content)


def decode_page(content: bytes, header: str | None = None) -> Decoded:
    """The text of an HTML page: like `decode`, by what the page and its header declare, and lenient.

    Real pages have a few bytes that are wrong: a comment cut within a character, a line from somewhere else. They
    become U+FFFD, where the rest is UTF-8 or in the encoding that is declared.

    Args:
        content: the page.
        header: the HTTP header `Content-Type`, or the encoding alone.

    Raises:
        SourceError: there is no telling what it is in.
    """
    mark = _mark(content)
    if mark:
        length, encoding = mark
        return Decoded(content[length:].decode(encoding, "replace"), encoding)
    decoded = _decode_unicode(content)
    if decoded is None and _is_utf8_with_slips(content):
        return Decoded(content.decode("utf-8", "replace"), "utf-8")
    declared = _codecs(_declarations(content, header))
    return (
        decoded
        or _decode_declared(content, declared)
        or _decode_with_slips(content, declared)
        or _detected(content)
    )


def _mark(content: bytes) -> tuple[int, str] | None:
    """The byte order mark that a text begins with: its length, and the encoding that it stands for."""
    for mark, encoding in MARKS.items():
        if content.startswith(mark) and (encoding != "utf-32-le" or _or_none(content, encoding)):
            return len(mark), encoding
    return None


def _decode_unicode(content: bytes) -> Decoded | None:
    """UTF-8, UTF-16 or UTF-32 without a mark; Japanese in seven bits, since it is no other ASCII."""
    utf8 = _or_none(content, "utf-8")
    if utf8 and "\0" not in utf8.text:
        seven_bits = b"\x1b$" in content and utf8.text.isascii()
        return (seven_bits and _or_none(content, "iso2022_jp")) or utf8
    wide = detect_wide(content)
    return (wide and _or_none(content, wide)) or utf8


def _decode_declared(content: bytes, declared: Iterable[str]) -> Decoded | None:
    for encoding in declared:
        text = read_as(content, encoding, MOST_MISREAD)
        if text is not None:
            return Decoded(text, encoding)
    return None


def _decode_with_slips(content: bytes, declared: Iterable[str]) -> Decoded | None:
    for encoding in declared:
        text, slips = without_impossible(content.decode(encoding, "replace"))
        if slips <= 1 + len(content) // BYTES_PER_SLIP and misread_share(text) <= MOST_MISREAD:
            return Decoded(text, encoding)
    return None


def _is_utf8_with_slips(content: bytes) -> bool:
    """Whether bytes that are not UTF-8 are hardly anything else: by chance few pairs of bytes are valid in it."""
    text = content.decode("utf-8", "replace")
    slips = text.count("\ufffd")
    beyond_ascii = len(text) - slips - len(text.encode("ascii", "ignore"))
    return beyond_ascii >= VALID_PER_SLIP * slips > 0


def _declarations(content: bytes, header: str | None) -> Iterator[str]:
    """What the header, then what the page says of its encoding."""
    if header:
        found = _HEADER.search(header)
        if found or "/" not in header:
            yield found[1] if found else header
    for match in _DECLARED.finditer(content[:HEAD]):
        yield match[1].decode("ascii", "ignore")


def _codecs(names: Iterable[str]) -> list[str]:
    """Python's codecs for declared encodings, without those that a text would have been read in by now."""
    found = [codec for name in names if (codec := _codec(name.strip().lower())) is not None]
    return list(dict.fromkeys(found))


def _codec(name: str) -> str | None:
    for spelling in (name, name.removeprefix("x-"), name.replace("windows-", "cp")):
        try:
            codec = codecs.lookup(spelling).name
        except (LookupError, ValueError):
            continue
        codec = _STANDS_FOR.get(codec, codec)
        return codec if codec in _DECLARABLE else None
    return None


def _or_none(content: bytes, encoding: str) -> Decoded | None:
    try:
        return Decoded(content.decode(encoding), encoding)
    except UnicodeDecodeError:
        return None


def _strictly(content: bytes, start: int, encoding: str) -> Decoded:
    try:
        return Decoded(content[start:].decode(encoding), encoding)
    except UnicodeDecodeError as error:
        family = encoding.removesuffix("-le").removesuffix("-be").upper()
        raise SourceError(f"not {family} at byte {start + error.start}; save it as UTF-8") from error


def _detected(content: bytes) -> Decoded:
    nul = content.find(b"\0")
    if nul >= 0:
        raise SourceError(f"not text: byte {nul} is NUL")
    found = detect(content)
    if found is None:
        raise SourceError(UNKNOWN)
    return Decoded(*found)
