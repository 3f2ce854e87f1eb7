"""Which encoding bytes are in that say nothing of it and are not UTF-8.

The order of likelihood is that of `chardet`, whose models of letter pairs tell languages and alphabets apart. They
are weak where a text has little beyond ASCII, as English has; there the places that the characters stand in decide
(`misreadings`).
"""

import codecs
import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

import chardet

from build_dataset.read.misreadings import (
    MOST_MISREAD,
    READ_RIGHT,
    common_ideographs,
    is_possible,
    misread_share,
    typographic_share,
)

SAMPLE = 1 << 16
"""Bytes from the first one beyond ASCII on that the models see."""
WIDE_SAMPLE = 4_000
"""Characters of supposed UTF-16 that are looked at."""
LEAST_PLAUSIBLE = 0.97
"""Share of the characters of a text that news is written with; in the wrong byte order hardly any are."""
LEAST_WIDE = 4
"""So many characters can be told from chance."""

USUAL = ("cp1252", "gb18030", "mac-roman")
"""What English and Chinese come in. They are tried first for texts with nothing beyond ASCII but typographic marks, and
where the models are not sure."""
MOSTLY_MARKS = 0.5
"""Share of typographic marks among the characters beyond ASCII, from which on the models of letters say nothing."""
SURE = 0.1
"""Confidence of the models: below it they saw a few accented letters, and guess."""
_MODELS = (
    *("gb18030", "big5hkscs", "cp932", "euc_jis_2004", "cp949"),
    *(f"cp125{number}" for number in range(8)),
    *("koi8-r", "koi8-u", "mac-roman", "iso8859-2", "iso8859-5", "iso8859-7", "iso8859-9", "iso8859-15"),
)
_CODECS = {"euc_jis_2004": "euc_jp"}
"""The codec in use for a model, where it has another name."""
ENCODINGS = tuple(_CODECS.get(name, name) for name in _MODELS)
"""What is told apart, by the names of Python's codecs."""
_BEYOND_ASCII = re.compile(rb"[\x80-\xff]")
_BETWEEN_IDEOGRAPHS = r"\u2010-\u2026\u3000-\u301f\uff01-\uff5e"
_WITHOUT_NULS = re.compile(f"[{_BETWEEN_IDEOGRAPHS}]")
_WITH_NULS = re.compile(
    rf"[\t\n\r\x20-\x7e\xa0-\u024f\u0300-\u036f\u0370-\u06ff\u2009\u200b-\u206f\u20a0-\u20bf\u2100-\u22ff\ufeff"
    rf"{_BETWEEN_IDEOGRAPHS}\u3041-\u30ff\uac00-\ud7a3\U0001f000-\U0001faff\U00020000-\U0003ffff]"
)


def read_as(content: bytes, encoding: str, most: float = MOST_MISREAD) -> str | None:
    """The text if all bytes are valid in that encoding, and no larger share of it than `most` is misplaced."""
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        return None
    return text if is_possible(text) and misread_share(text) <= most else None


def detect(content: bytes) -> tuple[str, str] | None:
    """The text of bytes that are not UTF-8, and the encoding they are in; None where there is no telling."""
    reading = _by_marks(content) or _by_letters(content)
    return reading and (reading.text, reading.encoding)


class _Reading(NamedTuple):
    """What bytes say in an encoding that they are valid in, and the share of it that is misplaced."""

    share: float
    text: str
    encoding: str


def _readings(content: bytes, encodings: Iterable[str]) -> Iterator[_Reading]:
    for encoding in encodings:
        text = read_as(content, encoding)
        if text is not None:
            yield _Reading(misread_share(text), text, encoding)


def _by_marks(content: bytes) -> _Reading | None:
    """The usual encoding in which hardly anything beyond ASCII but typographic marks comes out.

    None where the usual one before it gives letters that stand well: `LIBERTÉ` and not `LIBERT…`.
    """
    for reading in _readings(content, USUAL):
        if typographic_share(reading.text) >= MOSTLY_MARKS:
            return reading
        if reading.share <= READ_RIGHT:
            break
    return None


def _by_letters(content: bytes) -> _Reading | None:
    """The likeliest encoding that reads right, else the one that reads best."""
    best: _Reading | None = None
    for reading in _readings(content, _likely(content)):
        if reading.share <= READ_RIGHT:
            return reading
        if best is None or reading.share < best.share:
            best = reading
    return best


def _likely(content: bytes) -> list[str]:
    """Encodings, the likeliest first: by the models of letters, where these are sure."""
    found = chardet.detect_all(
        _sample(content), compat_names=False, include_encodings=_MODELS, ignore_threshold=True
    )
    names = [_CODECS.get(name, name) for one in found if (name := one["encoding"])]
    sure = bool(found) and found[0]["confidence"] >= SURE
    order = (*names, *USUAL) if sure else (*USUAL, *names)
    return [name for name in dict.fromkeys(order) if name in ENCODINGS]


def _sample(content: bytes) -> bytes:
    """A stretch with the first bytes beyond ASCII in it; it begins with ASCII, so no character is cut at its start."""
    first = _BEYOND_ASCII.search(content)
    start = max(0, first.start() - 200) if first else 0
    return content[start : start + SAMPLE]


def detect_wide(content: bytes) -> str | None:
    """UTF-16 or UTF-32 without a byte order mark: which of them bytes are in, None for neither.

    All must be characters that news is written with. Western text has its NULs besides; where there are none, only
    ideographs and what stands between them will do.
    """
    plausible = _WITH_NULS if b"\0" in content else _WITHOUT_NULS
    for encoding, width in (("utf-32-le", 4), ("utf-32-be", 4), ("utf-16-le", 2), ("utf-16-be", 2)):
        if len(content) % width == 0:
            text = _decoded_sample(content[: WIDE_SAMPLE * width], encoding)
            others = plausible.sub("", text)
            good = len(text) - len(others) + sum(character in common_ideographs() for character in others)
            if len(text) >= LEAST_WIDE and good >= LEAST_PLAUSIBLE * len(text):
                return encoding
    return None


def _decoded_sample(sample: bytes, encoding: str) -> str:
    """The text of bytes whose last character may be cut; empty if they are in another encoding."""
    try:
        return codecs.getincrementaldecoder(encoding)().decode(sample)
    except UnicodeDecodeError:
        return ""
