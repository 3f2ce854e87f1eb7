"""English numbers: digits with scale words and letters, spelled numbers, fractions."""

import re
from decimal import Decimal
from typing import NamedTuple

from build_dataset.extract.numerals import (
    DIGIT_RUN,
    VULGAR_FRACTIONS,
    decimals,
    quotient,
    read_digits,
    vulgar_fraction,
)
from build_dataset.lang.en.quantities.data import QuantityData

_ONE = Decimal(1)
_TWO = Decimal(2)
_TEN = Decimal(10)
_HUNDRED = Decimal(100)
_THOUSAND = Decimal(1000)

_WORD = re.compile(r"(?P<gap>\s?[-‑–]\s?|\s+|)(?P<and>and[\s-]+)?(?P<word>[A-Za-z]+)")
_ARTICLE = re.compile(r"an?\s+", re.IGNORECASE)
_AND_A_FRACTION = re.compile(r"[\s-]+and[\s-]+(?:a|one)[\s-]+(?P<part>half|quarter|third)\b", re.IGNORECASE)
_SPACED_GROUPS = re.compile(r"(?:[\u00a0\u202f\u2009 ]\d{3}(?![\d,]))+")
_SMALL_FRACTION = re.compile(r"(?P<whole>\d{1,3}\s)?(?P<over>\d{1,3})\s?[/⁄]\s?(?P<under>\d{1,3})(?![\d/⁄])")
_POWER = re.compile(r"\s?[×x]\s?10\^?(?P<exponent>[-−–⁻]?(?:[0-9]{1,2}|[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,2}))(?![0-9])")
_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻−–", "0123456789---")
_VULGAR = re.compile(f"\\s?[{VULGAR_FRACTIONS}]")


class Number(NamedTuple):
    """A number at its place, its scale applied.

    `unscaled` and `scale` are the factors of `value`, `digits` the run as printed (empty where it is spelled).
    `attached` says that a scale letter stands directly at the digits, which can also be a unit (`35m`).
    """

    start: int
    end: int
    value: Decimal
    unscaled: Decimal
    scale: Decimal = _ONE
    digits: str = ""
    grouped: bool = False
    decimal_comma: bool = False
    broken: bool = False
    fraction: bool = False

    @property
    def spelled(self) -> bool:
        """Whether it is written in words."""
        return not self.digits


class NumberReader:
    """Reads the number that starts at a place of the text."""

    def __init__(self, data: QuantityData) -> None:
        self._numbers = decimals(data.numbers)
        self._scales = decimals(data.scales)
        self._dozens = decimals(data.dozens)
        self._scale_letters = decimals(data.scale_letters)
        self._money_letters = decimals(data.money_scale_letters)
        self._denominators = decimals(data.denominators)
        self._ordinals = frozenset(data.ordinals) - {"second"}
        scale_words = "|".join(sorted([*self._scales, *self._dozens], key=len, reverse=True))
        self._scale_word = re.compile(rf"[\s-]{{0,2}}(?P<word>(?:{scale_words})s?)\b", re.IGNORECASE)
        letters = {*self._scale_letters, *self._money_letters}
        self._scale_letter = re.compile(
            rf"\s?(?P<letter>{'|'.join(sorted(letters, key=len, reverse=True))})(?![A-Za-z0-9/²³])"
        )

    def read(self, text: str, start: int, money: bool = False) -> Number | None:
        """The number that starts at `start`, the longest reading.

        Args:
            text: the article's text.
            start: where the number's first character stands, sign and currency left out.
            money: whether a currency stands before it, which makes `m` and `b` scales.

        Returns:
            The number, None where no quantity starts there (a version, a list, an ordinal, a name).
        """
        character = text[start]
        if character.isdecimal() or character == "." or character in VULGAR_FRACTIONS:
            return self._read_digits(text, start, money)
        return self._read_words(text, start)

    def _read_digits(self, text: str, start: int, money: bool) -> Number | None:
        fraction = self._read_fraction(text, start)
        if fraction is not None:
            return fraction
        run = DIGIT_RUN.match(text, start)
        if run is None:
            return None
        digits = read_digits(run.group())
        if digits is None:
            return None
        value, end, grouped = digits.value, run.end(), digits.grouped
        if run.group().isdecimal() and len(run.group()) <= len("999"):
            groups = _SPACED_GROUPS.match(text, end)
            if groups is not None:
                end = groups.end()
                value = Decimal("".join(text[start:end].split()))
                grouped = True
        vulgar = _VULGAR.match(text, end)
        if vulgar is not None:
            value += vulgar_fraction(vulgar.group()[-1])
            end = vulgar.end()
        scale, end = self._power(text, end) or self._scale(text, end, money)
        return Number(
            start,
            end,
            value * scale,
            value,
            scale,
            text[start : run.end()],
            grouped,
            digits.decimal_comma,
            digits.broken,
        )

    def _read_fraction(self, text: str, start: int) -> Number | None:
        if text[start] in VULGAR_FRACTIONS:
            value = vulgar_fraction(text[start])
            scale, end = self._scale(text, start + 1, money=False)
            return Number(start, end, value * scale, value, scale, text[start], fraction=scale == 1)
        match = _SMALL_FRACTION.match(text, start)
        if match is None:
            return None
        over, under = Decimal(match["over"]), Decimal(match["under"])
        if not 0 < over < under <= _HUNDRED:
            return None
        value = quotient(over, under) + (Decimal(match["whole"]) if match["whole"] else 0)
        return Number(start, match.end(), value, value, digits=match.group(), fraction=True)

    def _power(self, text: str, end: int) -> tuple[Decimal, int] | None:
        """× 10^6, × 10−30 (a superscript that lost its place)."""
        match = _POWER.match(text, end)
        if match is None:
            return None
        exponent = int(match["exponent"].translate(_SUPERSCRIPTS))
        return _TEN**exponent, match.end()

    def _scale(self, text: str, end: int, money: bool) -> tuple[Decimal, int]:
        """Scale words and letters behind digits, as a factor and where they end."""
        scale = _ONE
        while (match := self._scale_word.match(text, end)) is not None:
            word = match["word"].lower()
            factor = self._scales.get(word) or self._dozens.get(word)
            if factor is None:  # "hundreds" behind digits: the singular is meant
                factor = self._scales.get(word[:-1]) or self._dozens[word[:-1]]
            scale *= factor
            end = match.end()
            if scale > _THOUSAND**5:
                break
        if scale != 1:
            return scale, end
        letter = self._scale_letter.match(text, end)
        if letter is None:
            return scale, end
        attached = letter.end() - end == len(letter["letter"])
        if letter["letter"] in self._scale_letters and (attached or money or len(letter["letter"]) > 1):
            return self._scale_letters[letter["letter"]], letter.end()
        if money and letter["letter"] in self._money_letters:
            return self._money_letters[letter["letter"]], letter.end()
        return scale, end

    def _read_words(self, text: str, start: int) -> Number | None:
        fraction = self._fraction_in_words(text, start)
        if fraction is not None:
            return fraction
        article = _ARTICLE.match(text, start)
        first = _WORD.match(text, start)
        if article is None and first is not None and first["word"].lower() not in self._numbers:
            return None  # several hundred, the million-dollar question
        words = _Sum()
        closed: tuple[Decimal, Decimal, Decimal, int] | None = None
        position = article.end() if article else start
        if article:
            words.group = _ONE  # "a hundred" is one hundred
            words.open = False
        end = start
        while (match := _WORD.match(text, position)) is not None:
            word = match["word"].lower()
            if match["gap"] == "" and position not in (start, article.end() if article else start):
                break
            if not self._add(words, word, joined=match["and"] is not None):
                if word in self._scales and closed is not None:
                    words.total, words.group, words.scale, end = (
                        *closed[:3],
                        closed[3],
                    )  # three million, five million
                break
            position = end = match.end()
            if words.group == 0:
                closed = (words.total, words.group, words.scale, end)
        if end == start or self._is_ordinal(text, end):
            return None
        value = words.value
        part = _AND_A_FRACTION.match(text, end)
        if part is not None:
            addend = quotient(_ONE, self._denominators[part["part"].lower()])
            end = part.end()
            if words.scale > 1:
                return Number(
                    start, end, value + addend * words.scale, value / words.scale + addend, words.scale
                )
            scale, end = self._scale(text, end, money=False)
            return Number(start, end, (value + addend) * scale, value + addend, scale)
        return Number(start, end, value, value / words.scale, words.scale)

    def _is_ordinal(self, text: str, end: int) -> bool:
        """twenty-first, one hundred fifth; thirty-second is half a minute."""
        match = _WORD.match(text, end)
        return match is not None and match["gap"] != "" and match["word"].lower() in self._ordinals

    def _add(self, words: "_Sum", word: str, *, joined: bool) -> bool:
        """Take one more word into the sum; False where it starts another number or is no number word."""
        number = self._numbers.get(word)
        if number is not None:
            return words.add(number, joined=joined)
        scale = self._scales.get(word) or (
            self._scales.get(word[:-1]) if words.started and word.endswith("s") else None
        )
        if scale is not None:
            return not joined and words.multiply(scale)
        dozen = self._dozens.get(word)
        return dozen is not None and not joined and words.multiply(dozen)

    def _fraction_in_words(self, text: str, start: int) -> Number | None:
        """two-thirds, three quarters, a third, half, half a million, half a dozen."""
        first = _WORD.match(text, start)
        if first is None or first["gap"]:
            return None
        word = first["word"].lower()
        if word == "half":
            return self._half(text, start, first.end())
        over = _ONE if word in ("a", "an") else self._numbers.get(word)
        second = _WORD.match(text, first.end())
        if over is None or second is None or not second["gap"] or second["and"]:
            return None
        part = second["word"].lower()
        under = self._denominators.get(part)
        if (
            under is None
            or over == 0
            or over >= under
            or (part == "quarters" and over == _TWO)  # two quarters of growth: half a year
            or (part.endswith("s") != (over > 1) and part != "halves")
        ):
            return None
        value = quotient(over, under)
        return Number(start, second.end(), value, value, fraction=True)

    def _half(self, text: str, start: int, end: int) -> Number:
        half = quotient(_ONE, Decimal(2))
        article = _ARTICLE.match(text, end + 1) if text[end : end + 1] in (" ", "-") else None
        scale, scaled = self._scale(text, article.end() - 1 if article else end, money=False)
        if scale > 1:
            return Number(start, scaled, half * scale, half, scale)
        return Number(start, end, half, half, fraction=True)


class _Sum:
    """A spelled number while its words are read: closed groups of thousands, and the open group."""

    __slots__ = ("group", "open", "scale", "started", "total")

    def __init__(self) -> None:
        self.total = Decimal(0)
        self.group = Decimal(0)
        self.scale = _ONE
        self.started = False
        self.open = True

    @property
    def value(self) -> Decimal:
        return self.total + self.group

    def add(self, number: Decimal, *, joined: bool) -> bool:
        """Add a number below one hundred where the open group has its place free."""
        if not self.open or (joined and not (self.total or self.group >= _HUNDRED)):
            return False
        free = _TEN if number < _TEN else _HUNDRED
        tail = self.group % _HUNDRED
        if self.started and (self.group % free != 0 or 0 < tail <= _TEN or (number == 0)):
            return False
        if self.started and number < _TEN and tail and tail < 2 * _TEN:
            return False
        self.group += number
        if self.total or self.group >= _HUNDRED or not self.started:
            self.scale = _ONE
        self.started = True
        return True

    def multiply(self, scale: Decimal) -> bool:
        """Multiply by a scale word: the open group, or the whole where the group is empty."""
        if scale == _HUNDRED or scale == 12:
            if self.group >= _HUNDRED or (self.started and self.group == 0):
                return False
            self.group = (self.group or _ONE) * scale
        else:
            if self.group == 0 and self.total:
                self.total *= scale
            else:
                if self.total and self.total < scale * self.group:
                    return False
                self.total += (self.group or _ONE) * scale
            self.group = Decimal(0)
        self.scale = scale if self.scale == 1 else self.scale * scale
        self.started = self.open = True
        return self.total < _TEN**30
