"""Which texts are nearly copies of each other, and which quotes are the same words of the same speaker.

Articles are compared by their shingles, runs of words (Broder, "On the resemblance and containment of documents",
1997). MinHash keeps of each text a sketch of fixed size: the share of slots in which two sketches agree is about the
share of shingles that the texts have in common. Sketches are cut into bands, and only texts that agree in a whole band
are compared (Leskovec, Rajaraman and Ullman, "Mining of Massive Datasets", 3.4).

The limits were chosen on political news in English, articles in Chinese, and copies made of them: other date line,
title and spelling, up to 30 % cut off, a paragraph put in. Different articles there have at most 14 % in common,
versions of one at least 50 %.
"""

import re
from collections.abc import Sequence
from hashlib import blake2b
from typing import NamedTuple
from unicodedata import normalize

import numpy as np
from numpy.typing import NDArray
from rensa import RMinHash

SHINGLE = 5
"""Words in a shingle; a Chinese character or kana counts as a word."""
SHORT_TEXT = 40
"""A text of a smaller `length` is one shingle: its copies have the same words."""
BEGINNINGS = (4, 2)
"""One part in so many of a text are its beginnings: a notice at the end, which many articles have, is in neither."""

BANDS, BAND_SLOTS = 40, 3
"""Of texts that are half alike, 99.5 % agree in a band."""
SLOTS = BANDS * BAND_SLOTS
SLOT = np.dtype("<u2")
"""Half of a minimum is enough to tell two apart (b-bit minwise hashing; Li and König, WWW 2010)."""
SKETCH_BYTES = SLOT.itemsize * (SLOTS * (1 + len(BEGINNINGS)) + 1)

ALIKE = 0.5
"""Near-duplicates agree in so many slots,"""
BRIEF, BRIEF_ALIKE = 100, 0.7
"""in so many where one has fewer shingles than that (a form filled in for another day),"""
LEAD_ALIKE = 0.25
"""and the first quarter of one with the first half of the other in so many. One half: the quarter is in it."""

MOST_LEADERS = 256
"""So many different texts in one bucket share a notice, not a story: no further ones are compared there."""

SEED = 1
"""Another one would give other sketches."""

LONG_QUOTE = 10
"""Quotes of a smaller `length` ("No comment") are said more than once."""

CJK = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
WORD = re.compile(rf"[{CJK}]|[^\W_{CJK}]+")
CHARACTER = re.compile(f"[{CJK}]")
INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")

Slots = NDArray[np.uint16]
Rows = NDArray[np.int32]


def words(text: str) -> list[str]:
    """The words and characters of a text without what copies differ in: case, width, marks, blanks."""
    found: list[str] = WORD.findall(normalize("NFKC", text).casefold())
    return found


def length(found: Sequence[str]) -> int:
    """How long a text is in characters of Chinese, of which a word of letters is worth two."""
    return sum(1 if CHARACTER.match(word) else 2 for word in found)


def sketch(text: str) -> bytes:
    """How many shingles a text has, and MinHash sketches of it and of its beginnings: `SKETCH_BYTES` in all."""
    found = words(text) or [text]  # without a word it is like no other
    short = len(found) < SHORT_TEXT and length(found) < SHORT_TEXT
    size = len(found) if short else SHINGLE
    shingles = [" ".join(run) for run in zip(*(found[start:] for start in range(size)), strict=False)]
    parts = [shingles, *(shingles[: max(1, len(shingles) // share)] for share in BEGINNINGS)]
    slots = [min(len(shingles), 0xFFFF), *(slot & 0xFFFF for part in parts for slot in _minima(part))]
    return np.array(slots, SLOT).tobytes()


def _minima(shingles: Sequence[str]) -> list[int]:
    minimum = RMinHash(SLOTS, SEED)
    minimum.update(shingles)
    minima: list[int] = minimum.digest()
    return minima


def find_leaders(sketches: Slots) -> Rows:
    """The first text that each one is nearly a copy of.

    Each text is compared with those only that are copies of no earlier one, so that nothing refers to a copy, and what
    is found of a text does not change when others follow.

    Args:
        sketches: a row for each text, the earliest first.

    Returns:
        For each text the row of the earlier one; -1 where there is none.
    """
    buckets = _buckets(sketches)
    sizes = np.minimum(np.bincount(buckets[buckets >= 0]), MOST_LEADERS)
    ends = np.cumsum(sizes)
    free = ends - sizes  # where the next leader of each bucket is to stand
    starts = free.copy()
    held = np.empty(sizes.sum(), np.int32)
    leaders = np.full(len(sketches), -1, np.int32)
    for row in np.flatnonzero((buckets >= 0).any(axis=1)).tolist():
        mine = buckets[row][buckets[row] >= 0]
        known = [held[start:end] for start, end in zip(starts[mine], free[mine], strict=True)]
        leaders[row] = _first_alike(sketches, row, np.unique(np.concatenate(known)))
        if leaders[row] < 0:
            mine = mine[free[mine] < ends[mine]]
            held[free[mine]] = row
            free[mine] += 1
    return leaders


def _buckets(sketches: Slots) -> Rows:
    """For each text and band the number of the bucket that it shares with others; -1 where it is alone."""
    buckets = np.full((len(sketches), BANDS), -1, np.int32)
    known = 0
    for band in range(BANDS):
        start = 1 + band * BAND_SLOTS
        keys = np.zeros(len(sketches), np.uint64)
        for slot in range(start, start + BAND_SLOTS):
            keys = keys << np.uint64(8 * SLOT.itemsize) | sketches[:, slot]
        _, inverse, counts = np.unique(keys, return_inverse=True, return_counts=True)
        shared = counts > 1
        numbers = np.where(shared, np.cumsum(shared) - 1 + known, -1)
        buckets[:, band] = numbers[inverse]
        known += int(shared.sum())
    return buckets


def _first_alike(sketches: Slots, row: int, candidates: Rows) -> int:
    """The first of some texts that this one is nearly a copy of; -1 where it is of none."""
    own, others = sketches[row], sketches[candidates]
    whole, quarter, half = (slice(1 + part * SLOTS, 1 + (part + 1) * SLOTS) for part in range(3))
    least = np.where(np.minimum(others[:, 0], own[0]) < BRIEF, BRIEF_ALIKE, ALIKE)
    leads = np.maximum(
        _agreement(others[:, quarter], own[half]),
        _agreement(others[:, half], own[quarter]),
    )
    alike = (_agreement(others[:, whole], own[whole]) >= least) & (leads >= LEAD_ALIKE)
    return int(candidates[alike.argmax()]) if alike.any() else -1


def _agreement(others: Slots, own: Slots) -> NDArray[np.float64]:
    """In what share of their slots sketches agree with one."""
    share: NDArray[np.float64] = (others == own).mean(axis=1)
    return share


class Utterance(NamedTuple):
    """What tells whether two quotes are one: equal keys.

    With `anywhere`, the key is of the words alone, and holds for quotes of one speaker in all articles; without, it is
    of words and name, and holds for articles that are nearly copies of each other.
    """

    key: bytes
    anywhere: bool


def utterance(text: str, name: str | None, known: bool) -> Utterance:
    """The key of a quote.

    Args:
        text: its words.
        name: what its article calls the speaker; None where it names nobody.
        known: whether the name identifies the speaker in other articles too.
    """
    said = words(INVISIBLE.sub("", text))
    anywhere = known and length(said) >= LONG_QUOTE
    parts = [said] if anywhere else [said, words(INVISIBLE.sub("", name or ""))]
    content = "\x1f".join(" ".join(part) for part in parts)
    return Utterance(blake2b(content.encode("utf-8"), digest_size=16).digest(), anywhere)
