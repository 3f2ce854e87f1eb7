"""English numbers: digits with scale words and letters, and what spelled.py and fractions.py read in words."""

import re
from decimal import Decimal
from typing import NamedTuple

from build_dataset.extract.numerals import (
    DIGIT_RUN,
    VULGAR_FRACTIONS,
    Digits,
    decimals,
    quotient,
    read_digits,
    vulgar_fraction,
)
from build_dataset.lang.en.quantities.data import QuantityData
from build_dataset.lang.en.quantities.fractions import FractionReader
from build_dataset.lang.en.quantities.powers import power_of_ten, with_decimals, with_power
from build_dataset.lang.en.quantities.spelled import WORD, Spelled, SpelledReader

_ONE = Decimal(1)
_TEN = Decimal(10)
_HUNDRED = Decimal(100)
_THOUSAND = Decimal(1000)

_SPACED_GROUPS = re.compile(r"(?:[\u00a0\u202f\u2009 ]\d{3}(?![\d,]))+(?:\.\d{1,6}(?![\d,.]\d))?")
_ADDEND = re.compile(r"\s(?P<and>and\s)?(?P<digits>\d{1,3})(?![\d.,]?\d|[-%$/:])")
_JOINT = re.compile(r"\s(?P<and>and\s)?(?=[A-Za-z])")
_ERROR = re.compile(r"\s?(?:±|\+/-)\s?\d{1,6}(?:\.\d{1,6})?(?:e-?\d{1,2})?(?![\d,.]\d)")
_REPEATED = re.compile(r"\s\((?=[\w])")
_END_OF_SENTENCE = re.compile(r"\s?(?:[,;.)\]]|$)")


class Number(NamedTuple):
    """A number at its place, its scale applied.

    `unscaled` and `scale` are the factors of `value`, `digits` the run as printed (empty where it is spelled).
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
        self._spelled = SpelledReader(data)
        self._fractions = FractionReader(data, self._spelled)
        self._scales = self._spelled.scales
        self._dozens = decimals(data.dozens)
        self._scale_letters = decimals(data.scale_letters)
        self._money_letters = decimals(data.money_scale_letters)
        self._decimal_letters = decimals(data.decimal_scale_letters)
        scale_words = "|".join(sorted([*self._scales, *self._dozens], key=len, reverse=True))
        self._scale_word = re.compile(rf"[\s-]{{0,2}}(?P<word>(?:{scale_words})s?)\b", re.IGNORECASE)
        letters = {*self._scale_letters, *self._money_letters, *self._decimal_letters}
        self._scale_letter = re.compile(
            rf"(?P<gap>\s{{0,2}})(?P<letter>{'|'.join(sorted(letters, key=len, reverse=True))})(?![A-Za-z0-9/²³])"
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
        number = self._read(text, start, money)
        if number is None:
            return None
        error = _ERROR.match(text, number.end) if number.digits else None
        if error is not None:  # 2.5±0.1 meters
            return number._replace(end=error.end())
        again = _REPEATED.match(text, number.end)
        if again is not None:  # thirty (30) days
            second = self._read(text, again.end(), money)
            if second is not None and second.value == number.value and text.startswith(")", second.end):
                return number._replace(end=second.end + 1)
        return number

    def ordinal_end(self, text: str, start: int) -> int:
        """Where the ordinal in words that begins at a place ends; the place itself where none does."""
        number = self._spelled.read(text, start)
        if number is None or not self._spelled.is_ordinal(text, number):
            return start
        last = WORD.match(text, number.end)
        return last.end() if last is not None else start

    def _read(self, text: str, start: int, money: bool) -> Number | None:
        character = text[start]
        if character.isdecimal() or character == "." or character in VULGAR_FRACTIONS:
            return self._read_digits(text, start, money)
        return self._read_words(text, start)

    # ------------------------------------------------------------ digits

    def _read_digits(self, text: str, start: int, money: bool) -> Number | None:
        fraction = self._read_fraction(text, start)
        if fraction is not None:
            return fraction
        run = DIGIT_RUN.match(text, start)
        digits = read_digits(run.group()) if run is not None else None
        if run is None or digits is None:
            return None
        digits, end = self._in_groups(text, run, digits)
        value, end = with_power(text, *with_decimals(text, digits.value, end, run.group()))
        scale, scaled = power_of_ten(text, end) or self._scale(text, end, money, run.group())
        number = Number(
            start,
            scaled,
            value * scale,
            value,
            scale,
            text[start : run.end()],
            digits.grouped,
            digits.decimal_comma,
            digits.broken,
        )
        if money and scale == 1:
            return number
        return self._with_smaller(text, number) or self._with_fraction(text, number)

    def _in_groups(self, text: str, run: re.Match[str], digits: Digits) -> tuple[Digits, int]:
        """1 234 567.89: blanks between the thousands."""
        if not run.group().isdecimal() or len(run.group()) > len("999"):
            return digits, run.end()
        groups = _SPACED_GROUPS.match(text, run.end())
        if groups is None:
            return digits, run.end()
        value = Decimal("".join(text[run.start() : groups.end()].split()))
        return Digits(value, grouped=True), groups.end()

    def _read_fraction(self, text: str, start: int) -> Number | None:
        if text[start] in VULGAR_FRACTIONS:
            value = vulgar_fraction(text[start])
            scale, end = self._scale(text, start + 1, False, text[start])
            return Number(start, end, value * scale, value, scale, text[start], fraction=scale == 1)
        found = self._fractions.digits(text, start)
        if found is None:
            return self._one_over(text, start)
        match, value = found
        return Number(start, match.end(), value, value, digits=match.group(), fraction=True)

    def _one_over(self, text: str, start: int) -> Number | None:
        if not text.startswith("1 over ", start):
            return None
        found = self._fractions.one_over(text, start + 1)
        if found is None:
            return None
        value = quotient(_ONE, found[0])
        return Number(start, found[1], value, value, digits="1", fraction=True)

    def _scale(self, text: str, end: int, money: bool, digits: str) -> tuple[Decimal, int]:
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
        factor = self._factor_of_letter(text, letter, money, digits)
        return (factor, letter.end()) if factor is not None else (scale, end)

    def _factor_of_letter(self, text: str, match: re.Match[str], money: bool, digits: str) -> Decimal | None:
        letter, attached = match["letter"], match["gap"] == ""
        if money and letter in self._money_letters and len(match["gap"]) < len("  "):
            return self._money_letters[letter]
        exact = "." in digits or "," in digits
        if letter in self._scale_letters:
            last = _END_OF_SENTENCE.match(text, match.end()) is not None
            if (
                attached
                or (money and match["gap"] == " ")
                or len(letter) > 1
                or (last and (exact or letter in "kK"))
            ):
                return self._scale_letters[letter]
        if exact and letter in self._decimal_letters:
            return self._decimal_letters[letter]
        return None

    def _with_smaller(self, text: str, number: Number) -> Number | None:
        """3 hundred and 21, 4 thousand 3 hundred, 6 crore and two hundred: what goes on with smaller scales."""
        floor, end, value = number.scale, number.end, number.value
        for _ in range(4):
            if floor < _HUNDRED or not text[end - 1].isalpha():
                break
            found = self._smaller(text, end, floor)
            if found is None:
                break
            added, floor, end = found
            value += added
        return number._replace(end=end, value=value, unscaled=value, scale=_ONE) if end > number.end else None

    def _smaller(self, text: str, end: int, floor: Decimal) -> tuple[Decimal, Decimal, int] | None:
        match = _ADDEND.match(text, end)
        if match is None:
            return self._smaller_in_words(text, end, floor)
        value = Decimal(match["digits"])
        scale, behind = self._scale(text, match.end(), False, "")
        if scale == 1 and match["and"] and 0 < value < _HUNDRED and floor <= _THOUSAND:
            return value, _ONE, match.end()
        if _HUNDRED <= scale < floor and value * scale < floor and text[behind - 1].isalpha():
            return value * scale, scale, behind
        return None

    def _smaller_in_words(self, text: str, end: int, floor: Decimal) -> tuple[Decimal, Decimal, int] | None:
        joint = _JOINT.match(text, end)
        spelled = self._spelled.read(text, joint.end()) if joint is not None else None
        if (
            joint is None
            or spelled is None
            or spelled.value >= floor
            or self._spelled.is_ordinal(text, spelled)
        ):
            return None
        if spelled.scale >= _HUNDRED or (joint["and"] and floor == _HUNDRED and spelled.value > 0):
            return spelled.value, spelled.scale, spelled.end
        return None

    # ------------------------------------------------------------ words

    def _read_words(self, text: str, start: int) -> Number | None:
        half = self._fractions.half(text, start)
        if half is not None:
            value = half.value * half.scale
            return Number(start, half.end, value, half.value, half.scale, fraction=half.scale == 1)
        spelled = self._spelled.read(text, start)
        fraction = (
            self._fractions.of_spelled(text, spelled)
            if spelled is not None
            else self._fractions.of_article(text, start)
        )
        if fraction is not None:
            value = fraction.value * fraction.scale
            share = fraction.scale == 1 and not fraction.mixed
            return Number(start, fraction.end, value, fraction.value, fraction.scale, fraction=share)
        if spelled is None or self._spelled.is_ordinal(text, spelled):
            return None
        return self._with_point(text, start, spelled)

    def _with_point(self, text: str, start: int, spelled: Spelled) -> Number:
        """Two point five million; one over twenty."""
        point = self._spelled.point(text, spelled, start)
        if point is not None:
            value = spelled.value + point[0]
            scale, end = self._scale(text, point[1], False, "")
            return Number(start, end, value * scale, value, scale)
        over = self._fractions.one_over(text, spelled.end) if spelled.value == 1 else None
        if over is not None:
            value = quotient(_ONE, over[0])
            return Number(start, over[1], value, value, fraction=True)
        unscaled = spelled.value / spelled.scale
        return self._with_fraction(text, Number(start, spelled.end, spelled.value, unscaled, spelled.scale))

    def _with_fraction(self, text: str, number: Number) -> Number:
        """Three and a fifth, two and a half million, 3 million and a half."""
        if not text.startswith("and", number.end + 1):
            return number
        fraction = self._fractions.behind(text, number.end)
        if fraction is None:
            return number
        if number.scale >= _THOUSAND:
            addend = fraction.value * (fraction.scale if fraction.scale > 1 else number.scale)
            value = number.value + addend
            return number._replace(end=fraction.end, value=value, unscaled=value / number.scale)
        value, scale, end = number.value + fraction.value, fraction.scale, fraction.end
        if scale == 1:
            scale, end = self._scale(text, end, False, "")
        return number._replace(end=end, value=value * scale, unscaled=value, scale=scale)
