"""English numbers in words: "two hundred and five thousand", "three lakh crore", "two point five million"."""

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import NamedTuple

from build_dataset.extract.numerals import decimals
from build_dataset.lang.en.quantities.data import QuantityData

_ONE = Decimal(1)
_TEN = Decimal(10)
_HUNDRED = Decimal(100)
_THOUSAND = Decimal(1000)
_DOZEN = Decimal(12)
_LARGEST = _TEN**30

MOST_WORDS = 40
"""Words of one number; a longer row of number words is no number."""

WORD = re.compile(r"(?P<gap>\s{0,3}[-‑–]\s{0,3}|\s{1,3}|)(?P<and>and[\s-]{1,3}|&\s)?(?P<word>[A-Za-z]{1,20})")
ARTICLE = re.compile(r"an?\s{1,3}", re.IGNORECASE)
_POINT = re.compile(r"\s{1,3}point(?=\s)", re.IGNORECASE)
_AT = re.compile(r"\bat\s$", re.IGNORECASE)


class Spelled(NamedTuple):
    """A whole number in words, where it ends, and how it can be taken apart.

    `scale` is the factor of its last scale words where nothing follows them. `tail` is what stands behind the last
    "and" ("one hundred and three"), zero where there is none, `tail_scale` the scale before that "and".
    """

    end: int
    value: Decimal
    scale: Decimal
    tail: Decimal
    tail_scale: Decimal


class SpelledReader:
    """Reads numbers in words."""

    def __init__(self, data: QuantityData) -> None:
        self.numbers = decimals(data.numbers)
        self.scales = decimals(data.scales)
        self._dozens = decimals(data.dozens)
        self._ordinals: Mapping[str, Decimal] = decimals(data.ordinals)

    def read(self, text: str, start: int) -> Spelled | None:
        """The whole number in words that starts at a place, the longest reading; None where none does."""
        article = ARTICLE.match(text, start)
        first = WORD.match(text, start)
        if article is None and first is not None and first["word"].lower() not in self.numbers:
            return None  # several hundred, the million-dollar question
        words = _Sum()
        closed: _Sum | None = None
        begin = position = article.end() if article else start
        if article:
            words.begin_with_article()  # "a hundred" is one hundred
        end = closed_end = start
        for _ in range(MOST_WORDS):
            match = WORD.match(text, position)
            if match is None or (match["gap"] == "" and position != begin):
                break
            word = match["word"].lower()
            if not self._add(words, word, joined=match["and"] is not None):
                if word in self.scales and closed is not None:
                    words, end = closed, closed_end  # three million, five million
                break
            position = end = match.end()
            if words.group == 0:
                closed, closed_end = words.copy(), end
        if end == start:
            return None
        return Spelled(end, words.value, words.scale, words.tail, words.tail_scale)

    def is_ordinal(self, text: str, number: Spelled) -> bool:
        """Whether what follows makes it an ordinal: twenty-first, one hundred fifth; not so two fifth graders."""
        match = WORD.match(text, number.end)
        if match is None or match["gap"] == "" or text[match.end() : match.end() + 1] == "-":
            return False
        ordinal = self._ordinals.get(match["word"].lower())
        if ordinal is None:
            return False
        tail = number.value % _HUNDRED
        if match["word"].lower() == "second":  # a thirty-second video
            return number.value > _HUNDRED and tail >= 2 * _TEN and tail % _TEN == 0
        if ordinal >= _HUNDRED:
            return number.scale < ordinal
        if ordinal >= _TEN:
            return tail == 0
        return tail % _TEN == 0 and tail != _TEN

    def point(self, text: str, number: Spelled, start: int) -> tuple[Decimal, int] | None:
        """The part behind "point", as a fraction, and where it ends: "two point five", "nought point nought four".

        "At one point three men" is something else.
        """
        match = _POINT.match(text, number.end)
        if match is None or number.scale > _HUNDRED or (number.value == 1 and _AT.search(text, 0, start)):
            return None
        digits = ""
        position = match.end()
        for _ in range(12):
            word = WORD.match(text, position)
            value = self.numbers.get(word["word"].lower()) if word is not None else None
            if word is None or value is None or word["and"] or word["gap"] == "":
                break
            if value >= _TEN:
                if digits:
                    break
                tens = self.read(text, position + len(word["gap"]))
                if tens is None or tens.value >= _HUNDRED:
                    break
                digits, position = str(tens.value), tens.end
                break
            digits += str(value)
            position = word.end()
        return (Decimal(f"0.{digits}"), position) if digits else None

    def _add(self, words: "_Sum", word: str, *, joined: bool) -> bool:
        """Take one more word into the sum; False where it starts another number or is no number word."""
        number = self.numbers.get(word)
        if number is not None:
            return words.add(number, joined=joined)
        scale = self.scales.get(word) or (
            self.scales.get(word[:-1]) if words.started and word.endswith("s") else None
        )
        if scale is not None:
            return not joined and words.multiply(scale)
        dozen = self._dozens.get(word) or (self._dozens.get(word[:-1]) if words.started else None)
        return dozen is not None and not joined and words.multiply_tail(dozen)


class _Sum:
    """A spelled number while its words are read: closed groups of thousands, and the open group."""

    __slots__ = ("_before", "_floor", "_joined", "group", "open", "scale", "started", "tail_scale", "total")

    def __init__(self) -> None:
        self.total = Decimal(0)
        self.group = Decimal(0)
        self.scale = _ONE
        self.started = False
        self.open = True
        self._before = Decimal(0)
        self._floor = _LARGEST
        self._joined: Decimal | None = None
        self.tail_scale = _ONE

    @property
    def value(self) -> Decimal:
        return self.total + self.group

    @property
    def tail(self) -> Decimal:
        return Decimal(0) if self._joined is None else self.value - self._joined

    def copy(self) -> "_Sum":
        other = _Sum()
        for name in self.__slots__:
            setattr(other, name, getattr(self, name))
        return other

    def begin_with_article(self) -> None:
        self.group = _ONE
        self.open = False

    def add(self, number: Decimal, *, joined: bool) -> bool:
        """Add a number below one hundred where the open group has its place free."""
        if not self.open or (joined and not (self.total or self.group >= _HUNDRED)):
            return False
        free = _TEN if number < _TEN else _HUNDRED
        tail = self.group % _HUNDRED
        if self.started and (self.group % free != 0 or 0 < tail <= _TEN or number == 0):
            return False
        if self.started and number < _TEN and tail and tail < 2 * _TEN:
            return False
        if joined:
            self._joined, self.tail_scale = self.value, self.scale
        self.group += number
        if self.total or self.group >= _HUNDRED or not self.started:
            self.scale = _ONE
        self.started = True
        return True

    def multiply(self, scale: Decimal) -> bool:
        """Multiply by a scale word: the open group, or what was closed last where the group is empty."""
        if scale == _HUNDRED:
            if self.group >= _HUNDRED or (self.started and self.group == 0):
                return False
            self.group = (self.group or _ONE) * scale
            if self._joined is not None and self.total == self._joined:
                self._joined = None
        elif self.group == 0 and self.total:  # three lakh crore
            self.total = self._before + (self.total - self._before) * scale
        else:
            if self.total and scale >= self._floor:
                return False
            self._before = self.total
            self.total += (self.group or _ONE) * scale
            self.group = Decimal(0)
            self._floor = scale
            self._joined = None
        self.scale = scale if self.scale == 1 else self.scale * scale
        self.started = self.open = True
        return self.total < _LARGEST

    def multiply_tail(self, dozen: Decimal) -> bool:
        """Two dozen; two hundred dozens; one hundred and two dozen are a hundred and twenty-four."""
        tail = self.group % _HUNDRED
        if self.started and self.group == 0:
            return False
        self.group = self.group + tail * (dozen - 1) if tail else (self.group or _ONE) * dozen
        self.scale = dozen if self.scale == 1 else self.scale * dozen
        self.started = True
        self.open = False
        return True
