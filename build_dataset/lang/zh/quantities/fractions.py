"""Fractions: 三分之二, 百分之五, 一又二分之一, 四分一, 3/5."""

import re
from decimal import Decimal
from math import gcd
from typing import NamedTuple

from build_dataset.extract.numerals import VULGAR_FRACTIONS, quotient, vulgar_fraction
from build_dataset.extract.units import Unit
from build_dataset.lang.zh.quantities.numbers import Number, NumberReader
from build_dataset.schema import StatisticKind

_HUNDRED = Decimal(100)
_TEN = 10
_WHOLE = "百分百"
_RATIO = Unit(StatisticKind.RATIO, "")
_PERCENT = Unit(StatisticKind.PERCENT, "percent")
_PARTS = re.compile(r"[ \u00a0]{0,2}分[ ]{0,2}之[ ]{0,2}(?P<minus>[负負]?)")
_AND = re.compile(r"[ ]?又[ ]?")
_MORE = re.compile(rf"[ \u00a0]{{0,2}}[分又/／{VULGAR_FRACTIONS}]|份|[ ]\d")
"""How all fractions go on behind their first number."""

_SLASH = re.compile(r"(?P<over>\d{1,3})[/／](?P<under>\d{1,4})(?![\d/／.年月日])")
_NO_FRACTION = frozenset("/／-.")
_TIED = re.compile(r"[ ]?(?:的|左右|以上)")
_BEFORE_SHARE = frozenset("约近超占过达")
"""Behind one of these a fraction is a share: 约1/3."""

_CARDINAL_PART = re.compile(
    r"(?P<under>[二三四五六七八九十])[分份](?P<over>[一二三四五六七八九])(?![十百千万亿个個名家位点點秒角分])"
)
_WHOLE_AND_SLASH = re.compile(r"(?:[ ]|[ ]?又[ ]?)(?=\d{1,3}[/／]\d)")


class Fraction(NamedTuple):
    """A fraction as a number, with the unit that it has by itself; `tied` says that it stands in a sentence."""

    number: Number
    unit: Unit
    tied: bool = True


class FractionReader:
    """Reads the fraction that starts at a place."""

    def __init__(self, numbers: NumberReader) -> None:
        self._numbers = numbers

    def read(self, text: str, start: int, first: Number | None) -> Fraction | None:
        """The fraction at a place where `first` is the number that starts there, None where there is none."""
        if first is not None and _MORE.match(text, first.end) is None:
            return None
        simple = self._simple(text, start, first)
        if simple is not None or first is None or first.high is not None:
            return simple
        joint = _WHOLE_AND_SLASH.match(text, first.end) or _AND.match(text, first.end)
        if joint is None or joint.end() >= len(text):
            return self._with_vulgar(text, first, first.end)
        part = self._simple(text, joint.end(), self._number_at(text, joint.end()))
        if part is None or part.unit is not _RATIO:
            return None
        return _mixed(first, part.number.value, part.number.end)

    def _number_at(self, text: str, place: int) -> Number | None:
        known = text[place].isdecimal() or text[place] in self._numbers.characters
        return self._numbers.read(text, place) if known else None

    def _simple(self, text: str, start: int, first: Number | None) -> Fraction | None:
        slash = _SLASH.match(text, start)
        if slash is not None and text[max(0, start - 1) : start] not in _NO_FRACTION:
            return _slashed(text, start, slash)
        if text.startswith(_WHOLE, start):
            return Fraction(Number(start, start + len(_WHOLE), _HUNDRED), _PERCENT)
        if text[start] in VULGAR_FRACTIONS:
            value = vulgar_fraction(text[start])
            return Fraction(Number(start, start + 1, value, digits=text[start]), _RATIO)
        part = _CARDINAL_PART.match(text, start)
        if part is not None:
            under, over = (self._numbers.read(part[name], 0) for name in ("under", "over"))
            if under is not None and over is not None and 0 < over.value < under.value:
                return Fraction(Number(start, part.end(), quotient(over.value, under.value)), _RATIO)
        return None if first is None else self._parts(text, first)

    def _parts(self, text: str, under: Number) -> Fraction | None:
        """百分之十五, 三分之二."""
        parts = _PARTS.match(text, under.end)
        over = self._number_at(text, parts.end()) if parts is not None and parts.end() < len(text) else None
        if parts is None or over is None or under.value == 0:
            return None
        sign = -1 if parts["minus"] else 1
        over = over._replace(implied=False, value=over.value * sign)
        if under.value == _HUNDRED and (under.implied or not under.spelled):
            return Fraction(over, _PERCENT)
        return Fraction(over._replace(value=quotient(over.value, under.value), high=None), _RATIO)

    def _with_vulgar(self, text: str, first: Number, end: int) -> Fraction | None:
        """2½."""
        if first.spelled or text[end : end + 1] not in VULGAR_FRACTIONS or end >= len(text):
            return None
        return _mixed(first, vulgar_fraction(text[end]), end + 1)


def _mixed(whole: Number, part: Decimal, end: int) -> Fraction:
    return Fraction(whole._replace(end=end, value=whole.value + part, implied=False, serial=False), _RATIO)


def _slashed(text: str, start: int, match: re.Match[str]) -> Fraction | None:
    """3/5: below ten and in lowest terms, as 12/1 is a day; with 的 behind it whatever is less than one."""
    over, under = int(match["over"]), int(match["under"])
    tied = _TIED.match(text, match.end()) is not None or text[max(0, start - 1) : start] in _BEFORE_SHARE
    small = under <= _TEN and gcd(over, under) == 1
    if not 0 < over < under or not (tied or small):
        return None
    number = Number(start, match.end(), quotient(Decimal(over), Decimal(under)), digits=match.group())
    return Fraction(number, _RATIO, tied=tied)
