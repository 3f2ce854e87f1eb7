"""A number with the sign before it and the unit behind it."""

import re
from decimal import Decimal
from typing import NamedTuple

from build_dataset.extract.figures import Exclusion
from build_dataset.extract.numerals import VULGAR_FRACTIONS
from build_dataset.extract.units import Unit
from build_dataset.lang.zh.quantities.behind import Found, UnitFinder
from build_dataset.lang.zh.quantities.context import Article
from build_dataset.lang.zh.quantities.data import QuantityData
from build_dataset.lang.zh.quantities.fractions import Fraction, FractionReader
from build_dataset.lang.zh.quantities.money import MoneyReader
from build_dataset.lang.zh.quantities.numbers import Number, NumberReader
from build_dataset.lang.zh.quantities.units import BLANK, alternatives
from build_dataset.schema import StatisticKind

HALF = Decimal("0.5")

_ONE = Decimal(1)
_TEN = Decimal(10)
_FIVE = Decimal(5)
DOZEN = Decimal(12)
_PARTS_OF_METER = re.compile(
    r"(?<=米)(?P<digits>\d{1,2}|[一二三四五六七八九]{1,2})(?=[的，。、；高长左以多到至”」）\s]|$)"
)
_TENTH_OF_TENTH = re.compile(
    r"(?<=成)[ ]?(?P<digit>[1-9一二三四五六七八九半])(?![\d.十百千万萬亿億个個名家位])"
)
_HUNDREDTHS = re.compile(r"(?<=秒)(?P<digits>\d{1,2})(?![\d.点:])")
_NEGATIVE = re.compile(r"[负負][ ]?$")
_BEFORE_MINUS = frozenset("负負-−－下 \u00a0\u3000")
"""What can stand right before a number that is below zero."""

_HYPHENS = frozenset("-−－")
_CLOSING = frozenset(")）]】")


_AND_SMALLER = re.compile(r"[零又]?(?=[\d一二两兩三四五六七八九十])")


class SmallerTime(NamedTuple):
    """The unit of time that a length goes on in, and how many of it the larger one has."""

    name: str
    times: int


SMALLER_TIMES = {
    "year": SmallerTime("month", 12),
    "week": SmallerTime("day", 7),
    "day": SmallerTime("hour", 24),
    "hour": SmallerTime("minute", 60),
    "minute": SmallerTime("second", 60),
}


class Term(NamedTuple):
    """A number with the unit about it; `start` includes a sign or currency before the number.

    `high` is there where the number names two neighbours (三四千). `surplus` says that 多 or 余 stands in it,
    `approximate` that 来 does, `exclusion` that the number or its unit is none for a dataset.
    """

    start: int
    end: int
    number: Number
    low: Decimal
    high: Decimal | None
    unit: Unit | None
    surplus: bool = False
    approximate: bool = False
    exclusion: Exclusion | None = None


class TermReader:
    """Reads the term that starts at a place."""

    def __init__(self, data: QuantityData) -> None:
        self._data = data
        self.numbers = NumberReader(data)
        self._fractions = FractionReader(self.numbers)
        self._money = MoneyReader(data)
        self.found = UnitFinder(data, self._money)
        beginning = rf"[\d{self.numbers.characters}]|{self.numbers.some}"
        self.sign = re.compile(rf"(?P<sign>{alternatives(data.currency_signs)}){BLANK}(?={beginning})")
        self.beginning = re.compile(rf"{beginning}|[{VULGAR_FRACTIONS}]|(?<!\d)\.\d")
        self._counted = data.only_measures | frozenset(data.units_themselves)
        self._below_zero = re.compile(rf"(?:{alternatives(data.below_zero)}){BLANK}$")

    def read(self, article: Article, start: int, *, signed: bool = True) -> Term | None:
        """The number that starts at `start`, its currency sign included, with its unit.

        Args:
            article: the text.
            start: where it starts.
            signed: whether a hyphen before it is a minus sign; in a range it is none.
        """
        text = article.text
        sign = self.sign.match(text, start)
        position = sign.end() if sign is not None else start
        first = self.numbers.read(text, position)
        begin = self._minus(text, start, first, hyphen=signed)
        fraction = self._fractions.read(text, position, first)
        if fraction is not None:
            return self._of_fraction(article, fraction, begin, negative=begin < start)
        if first is None or (first.spelled and not self._is_number(article, first)):
            return None
        first = self._dozens(article, first)
        return self._with_unit(article, first, sign, begin, negative=begin < start)

    def _is_number(self, article: Article, number: Number) -> bool:
        """Whether number characters are a number, by the words of the dictionary or by the unit behind."""
        if article.begins_number(number.start, number.end):
            return True
        text, end = article.text, number.end
        if text.startswith(self._data.dozen, end) and not text[end + 1 : end + 2].isalnum():
            return True
        token = article.tokens[article.token_at(number.start)]
        behind = text[end : token.end] if token.start == number.start else ""
        if behind in self._data.measured_nouns or (number.value >= _TEN and behind in self._counted):
            return True  # 十封信, 十万人
        match = self.found.unit.match(text, end) if token.start == number.start else None
        if match is None or token.end > match.end("unit"):
            return False
        written = match["unit"]
        return len(written) > 1 or self.found.units[written].kind is StatisticKind.MONEY

    def _dozens(self, article: Article, number: Number) -> Number:
        """五打鸡蛋 are 60; in 二打一 nothing is counted."""
        text, end = article.text, number.end + 1
        if not text.startswith(self._data.dozen, number.end) or number.high is not None:
            return number
        index = article.token_at(end)
        counted = index < len(article.tokens) and article.tokens[index].start == end
        if text[end : end + 1].isalnum() and not (counted and article.tokens[index].tag == "n"):
            return number
        return number._replace(end=end, value=number.value * DOZEN, large_scale=DOZEN)

    def begins_number(self, text: str, start: int) -> bool:
        """Whether digits, number characters or a currency stand at a place."""
        return self.beginning.match(text, start) is not None or self.sign.match(text, start) is not None

    def below_zero(self, text: str, start: int) -> int:
        """Where 零下 at a place ends, 0 where it does not stand there."""
        return next((start + len(word) for word in self._data.below_zero if text.startswith(word, start)), 0)

    def _with_unit(
        self, article: Article, number: Number, sign: re.Match[str] | None, start: int, *, negative: bool
    ) -> Term:
        text = article.text
        found = self.found.find(article, number, sign)
        unit = found.unit
        factor = (unit.factor if unit else _ONE) * (-1 if negative else 1)
        low = number.value * factor + (HALF if found.half else 0)
        high = None if number.high is None else number.high * factor
        if unit is not None and unit.kind is StatisticKind.PERCENT and number.serial:
            number = number._replace(serial=False)  # 七五折
        low, end = (
            (low, found.end) if high is not None or unit is None else self._finer(text, number, found, low)
        )
        if unit is not None and unit.name in SMALLER_TIMES and high is None and found.exclusion is None:
            low, unit, end = self._with_smaller_times(article, low, unit, end)
            if self.found.past(text, end):
                found = found._replace(exclusion=Exclusion.PAST)
        exclusion = Exclusion.VAGUE if number.vague else found.exclusion
        surplus = number.surplus or found.vague in self._data.surplus
        approximate = number.approximate or found.vague in self._data.approximate
        return Term(start, end, number, low, high, unit, surplus, approximate, exclusion)

    def _with_smaller_times(
        self, article: Article, low: Decimal, unit: Unit, end: int
    ) -> tuple[Decimal, Unit, int]:
        """18分39秒, 三年零六个月: a length of time that goes on in a smaller unit, in that unit."""
        while (smaller := SMALLER_TIMES.get(unit.name)) is not None:
            joint = _AND_SMALLER.match(article.text, end)
            number = self.numbers.read(article.text, joint.end()) if joint is not None else None
            if number is None or number.high is not None or number.scale > _TEN or number.vague:
                break
            found = self.found.find(article, number, None)
            if found.unit is None or found.unit.name != smaller.name or found.vague:
                break
            low, unit, end = low * smaller.times + number.value, found.unit, found.end
        return low, unit, end

    def _finer(self, text: str, number: Number, found: Found, low: Decimal) -> tuple[Decimal, int]:
        """What goes on behind the unit: 9秒83, 一米八, 五块六角, 三成五."""
        unit, end = found.unit, found.end
        if unit is None:
            return low, end
        if unit.kind is StatisticKind.MONEY:
            return self._money.smaller(text, low, end, unit)
        if unit.name == "second" and (match := _HUNDREDTHS.match(text, end)) is not None:
            return low + Decimal(f"0.{match['digits']}"), match.end()
        if unit.name == "meter" and number.value < _TEN and (match := _PARTS_OF_METER.match(text, end)):
            digits = "".join(str(self._data.digits.get(digit, digit)) for digit in match["digits"])
            return low + Decimal(f"0.{digits}"), match.end()
        if unit.factor == _TEN and (match := _TENTH_OF_TENTH.match(text, end)) is not None:
            digit = match["digit"]
            return low + (
                _FIVE if digit == "半" else Decimal(self._data.digits.get(digit, digit))
            ), match.end()
        return low, end

    def _of_fraction(self, article: Article, fraction: Fraction, start: int, *, negative: bool) -> Term:
        number, unit = fraction.number, fraction.unit
        sign = -1 if negative else 1
        end, exclusion = number.end, None if fraction.tied else Exclusion.BARE
        if unit.kind is StatisticKind.RATIO:
            measured = self.found.of_fraction(article, number)
            if measured.unit is not None:
                unit, end, exclusion = measured.unit, measured.end, measured.exclusion
        low = number.value * unit.factor * sign
        high = None if number.high is None else number.high * sign
        return Term(start, end, number, low, high, unit, number.surplus, number.approximate, exclusion)

    def _minus(self, text: str, start: int, number: Number | None, *, hyphen: bool) -> int:
        """Where the minus sign before a number stands; its start where there is none."""
        if not start or text[start - 1] not in _BEFORE_MINUS:
            return start
        negative = _NEGATIVE.search(text, max(0, start - 2), start)
        if negative is not None:
            return negative.start()
        below = self._below_zero.search(text, max(0, start - 4), start)
        if below is not None:
            return below.start()
        before, beyond = text[start - 1], text[max(0, start - 2) : start - 1]
        joined = (beyond.isascii() and beyond.isalnum()) or beyond in _CLOSING
        minus = hyphen and before in _HYPHENS and number is not None and number.digits != ""
        return start - 1 if minus and not joined else start
