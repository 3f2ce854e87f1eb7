"""A number with the sign before it and the unit behind it."""

import re
from collections.abc import Iterable
from decimal import Decimal
from typing import NamedTuple

from build_dataset.extract.numerals import quotient
from build_dataset.extract.units import Unit
from build_dataset.lang.zh.quantities.context import Article
from build_dataset.lang.zh.quantities.data import QuantityData
from build_dataset.lang.zh.quantities.numbers import Number, NumberReader
from build_dataset.schema import StatisticKind

BLANK = r"[ \u00a0\u3000]?"
HALF = Decimal("0.5")

_ONE = Decimal(1)
_TEN = Decimal(10)
_HUNDRED = Decimal(100)
_CENT = Decimal("0.01")
_FRACTION = re.compile(rf"{BLANK}分之{BLANK}")
_SMALL_FRACTION = re.compile(r"(?P<over>\d{1,2})[/／](?P<under>\d{1,3})(?![\d/])(?=的|左右|以上)")
_HALF_BETWEEN = re.compile(r"[个個]半(?P<unit>小时|小時|月|钟头|鐘頭|世纪|星期|礼拜)")
_AND_A_HALF = re.compile("半(?![年场夜导])")
_MINUTES = re.compile(r"分(?=\d{1,2}秒)")
_PARTS_OF_METER = re.compile(
    r"(?<=米)(?P<digits>\d{1,2}|[一二三四五六七八九]{1,2})(?=[的，。、；高长左以多”」）\s]|$)"
)
_TENTH_OF_TENTH = re.compile(r"(?<=成)(?P<digit>[1-9一二三四五六七八九])(?![\d.十百千万萬亿億个個名家位])")
_HUNDREDTHS = re.compile(r"(?<=秒)(?P<digits>\d{1,2})(?![\d.点:])")


class Found(NamedTuple):
    """A unit about a number: where it ends, 多 or 来 between the two, and whether 半 adds a half."""

    unit: Unit | None
    end: int
    vague: str = ""
    half: bool = False


class Term(NamedTuple):
    """A number with the unit about it; `start` includes a sign or currency before the number.

    `high` is there where the number names two neighbours (三四千). `surplus` says that 多 or 余 stands in it,
    `approximate` that 来 does.
    """

    start: int
    end: int
    number: Number
    low: Decimal
    high: Decimal | None
    unit: Unit | None
    surplus: bool = False
    approximate: bool = False


class TermReader:
    """Reads the term that starts at a place."""

    def __init__(self, data: QuantityData) -> None:
        self._data = data
        vague = "".join(data.surplus + data.approximate)
        self.numbers = NumberReader(data)
        self.units = _units(data)
        self.unit = re.compile(rf"{BLANK}(?P<vague>[{vague}]?)(?P<unit>{alternatives(self.units)})")
        self._symbol = re.compile(rf"[ ]?(?P<unit>{alternatives(data.duration_symbols)})(?![A-Za-z0-9])")
        self.not_duration = re.compile(alternatives(data.not_duration))
        self.sign = re.compile(
            rf"(?P<sign>{alternatives(data.currency_signs)}){BLANK}(?=[\d{self.numbers.characters}])"
        )
        self._parts = _parts(data)
        self._part = re.compile(
            rf"(?P<digit>[\d{''.join(data.digits)}])(?P<unit>{alternatives(self._parts)}|分)"
        )
        self._money_words = re.compile(alternatives(data.money_words))
        self._temperature = re.compile(alternatives(data.temperature_words))
        self._fahrenheit = re.compile(alternatives(data.fahrenheit_words))
        self._electricity = re.compile(alternatives(data.electricity_words))
        self._below_zero = re.compile(rf"(?:{alternatives(data.below_zero)}){BLANK}$")
        self._speed = re.compile(rf"(?P<word>{alternatives(data.speeds)})[^，。；,;\d]{{0,4}}$")

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
        fraction = _SMALL_FRACTION.match(text, position)
        if fraction is not None and 0 < int(fraction["over"]) < int(fraction["under"]):
            value = quotient(Decimal(fraction["over"]), Decimal(fraction["under"]))
            number = Number(position, fraction.end(), value, digits=fraction.group())
            return Term(start, fraction.end(), number, value, None, Unit(StatisticKind.RATIO, ""))
        first = self.numbers.read(text, position)
        if first is None:
            return None
        parts = _FRACTION.match(text, first.end)
        if parts is not None:
            return self._fraction(text, start, first, parts.end())
        if first.spelled and not article.begins_number(position):
            return None
        begin = self._minus(text, start, first) if signed else start
        return self._with_unit(article, first, sign, begin, negative=begin < start)

    def is_named(self, text: str, end: int) -> bool:
        """Whether what stands behind a number begins a word that is no unit (年级, 个月前)."""
        match = self.unit.match(text, end)
        return match is not None and self.not_duration.match(text, match.start("unit")) is not None

    def begins_number(self, text: str, start: int) -> bool:
        """Whether digits, number characters or a currency stand at a place."""
        if start >= len(text):
            return False
        return (
            text[start].isdecimal()
            or text[start] in self.numbers.characters
            or self.sign.match(text, start) is not None
        )

    def below_zero(self, text: str, start: int) -> int:
        """Where 零下 at a place ends, 0 where it does not stand there."""
        return next((start + len(word) for word in self._data.below_zero if text.startswith(word, start)), 0)

    def speed(self, text: str, start: int, unit: Unit) -> Unit:
        """时速350公里: a length behind a word of speed is one."""
        if unit.name not in ("kilometer", "meter"):
            return unit
        match = self._speed.search(text, max(0, start - 10), start)
        return (
            unit
            if match is None
            else unit._replace(name=f"{unit.name} per {self._data.speeds[match['word']]}")
        )

    def _with_unit(
        self, article: Article, number: Number, sign: re.Match[str] | None, start: int, *, negative: bool
    ) -> Term:
        text = article.text
        found = self._find_unit(article, number, sign)
        unit, end = found.unit, found.end
        factor = (unit.factor if unit else _ONE) * (-1 if negative else 1)
        low = number.value * factor + (HALF if found.half else 0)
        high = None if number.high is None else number.high * factor
        hundredths = _HUNDREDTHS.match(text, end) if unit is not None and unit.name == "second" else None
        if hundredths is not None:  # 9秒83
            low, end = low + Decimal(f"0.{hundredths['digits']}"), hundredths.end()
        parts = _PARTS_OF_METER.match(text, end) if unit is not None and unit.name == "meter" else None
        if parts is not None and number.value < _TEN:  # 一米八, 1米75
            digits = "".join(str(self._data.digits.get(digit, digit)) for digit in parts["digits"])
            low, end = low + Decimal(f"0.{digits}"), parts.end()
        if unit is not None and unit.kind is StatisticKind.MONEY and high is None:
            low, end = self._smaller_money(text, low, end, unit)
        fifth = _TENTH_OF_TENTH.match(text, end) if unit is not None and unit.factor == _TEN else None
        if fifth is not None and high is None:  # 三成五
            low, end = low + Decimal(str(self._data.digits.get(fifth["digit"], fifth["digit"]))), fifth.end()
        surplus = number.surplus or found.vague in self._data.surplus
        approximate = number.approximate or found.vague in self._data.approximate
        return Term(start, end, number, low, high, unit, surplus, approximate)

    def _fraction(self, text: str, start: int, under: Number, position: int) -> Term | None:
        """百分之十五, 三分之二."""
        over = self.numbers.read(text, position) if position < len(text) else None
        if over is None or under.value == 0:
            return None
        over = over._replace(implied=False)
        if under.value == _HUNDRED:
            return Term(start, over.end, over, over.value, over.high, Unit(StatisticKind.PERCENT, "percent"))
        value = quotient(over.value, under.value)
        return Term(start, over.end, over, value, None, Unit(StatisticKind.RATIO, ""))

    def _minus(self, text: str, start: int, number: Number) -> int:
        """Where the minus sign before a number stands; its start where there is none."""
        below = self._below_zero.search(text, max(0, start - 4), start)
        if below is not None:
            return below.start()
        before, beyond = text[start - 1 : start], text[start - 2 : start - 1]
        if before and before in "负負":
            return start - 1
        joined = beyond.isascii() and beyond.isalnum()
        return start - 1 if before and before in "-−－" and number.digits and not joined else start

    # ------------------------------------------------------------ units

    def _find_unit(self, article: Article, number: Number, sign: re.Match[str] | None) -> Found:
        text, end = article.text, number.end
        match = self.unit.match(text, end)
        if sign is not None:
            return self._currency(sign, end, match)
        between = _HALF_BETWEEN.match(text, end)
        if between is not None:  # 四个半小时
            return Found(self.units[text[end] + between["unit"]], between.end(), half=True)
        if match is not None and self._is_unit(article, number, match):
            unit = self._in_context(text, number.start, match["unit"])
            half = _AND_A_HALF.match(text, match.end())
            if half is not None and unit.kind in (StatisticKind.DURATION, StatisticKind.MEASURE):
                return Found(unit, half.end(), match["vague"], half=True)
            return Found(unit, match.end(), match["vague"])
        if _MINUTES.match(text, end):
            return Found(Unit(StatisticKind.DURATION, "minute"), end + 1)
        percent = self._tenths(text, number)
        if percent is not None:
            return Found(percent, end + 1)
        symbol = self._symbol.match(text, end) if number.digits else None
        if symbol is not None:
            return Found(
                Unit(StatisticKind.DURATION, self._data.duration_symbols[symbol["unit"]]), symbol.end()
            )
        return Found(None, end)

    def _currency(self, sign: re.Match[str], end: int, match: re.Match[str] | None) -> Found:
        """¥300元: the name behind belongs to the sign before."""
        unit = Unit(StatisticKind.MONEY, self._data.currency_signs[sign["sign"]])
        named = match is not None and self.units[match["unit"]].kind is StatisticKind.MONEY
        return Found(unit, match.end() if named and match is not None else end)

    def _tenths(self, text: str, number: Number) -> Unit | None:
        """三成 is 30 percent, 八折 is 80 percent of a price, 75折 is 75."""
        if _follows(text, number.end, self._data.tenths, self._data.not_tenths):
            return Unit(StatisticKind.PERCENT, "percent", _TEN)
        if _follows(text, number.end, self._data.discount, self._data.not_discounts):
            return Unit(StatisticKind.PERCENT, "percent", _TEN if number.value < _TEN else _ONE)
        return None

    def _is_unit(self, article: Article, number: Number, match: re.Match[str]) -> bool:
        """Whether the characters behind a number are a unit here and no part of another word."""
        text, written = article.text, match["unit"]
        following = text[match.end() : match.end() + 1]
        if written[-1].isascii() and written[-1].isalpha() and following.isascii() and following.isalnum():
            return False
        if self.units[written].kind is StatisticKind.DURATION and self.not_duration.match(
            text, match.start("unit")
        ):
            return False
        if written == "度" and number.spelled and number.value < _TEN:
            return self._temperature.search(text, max(0, number.start - 10), number.start) is not None
        if written in self._data.loose_money:
            return self._is_money(text, number, match.end())
        if self.units[written].kind is StatisticKind.MONEY and article.verb_at(match.start("unit")):
            return True  # 元降至: cut wrongly
        return len(written) > 1 or article.ends_word(match.start("unit"), match.end())

    def _is_money(self, text: str, number: Number, end: int) -> bool:
        """两万块, 一块二毛, 花了30块: but not 30块芯片, 一块纸片."""
        if self._part.match(text, end) is not None:
            return True
        alone = not text[end : end + 1].isalnum()
        return alone and number.value > 1 and (number.value >= _HUNDRED or self._spends(text, number.start))

    def _spends(self, text: str, start: int) -> bool:
        return self._money_words.search(text, max(0, start - 10), start) is not None

    def _in_context(self, text: str, start: int, written: str) -> Unit:
        """What the words before make of 度 (temperature, electricity) and of a length (speed)."""
        unit = self.units[written]
        if written != "度":
            return self.speed(text, start, unit)
        before = max(0, start - 14)
        for words, name in (
            (self._fahrenheit, "fahrenheit"),
            (self._temperature, "celsius"),
            (self._electricity, "kilowatt-hour"),
        ):
            if words.search(text, before, start):
                return unit._replace(name=name)
        return unit

    def _smaller_money(self, text: str, low: Decimal, end: int, unit: Unit) -> tuple[Decimal, int]:
        """五块六角七分: what follows in smaller coins."""
        while (match := self._part.match(text, end)) is not None:
            part = self._parts.get(match["unit"], unit._replace(factor=_CENT))
            if part.name != unit.name:
                break
            digit = self._data.digits.get(match["digit"])
            low += Decimal(match["digit"] if digit is None else digit) * part.factor
            end = match.end()
        return low, end


def alternatives(spellings: Iterable[str]) -> str:
    """A pattern of all spellings, the longest first."""
    return "|".join(
        re.escape(spelling) for spelling in sorted(spellings, key=lambda word: (-len(word), word))
    )


def _follows(text: str, end: int, word: str, not_before: str) -> bool:
    """Whether a word stands at a place and does not run on into another one."""
    return text.startswith(word, end) and (not text[end + 1 : end + 2] or text[end + 1] not in not_before)


def _units(data: QuantityData) -> dict[str, Unit]:
    times = {spelling: Unit(StatisticKind.RATIO, "times") for spelling in data.times}
    return data.units() | times | _parts(data)


def _parts(data: QuantityData) -> dict[str, Unit]:
    return {
        spelling: Unit(StatisticKind.MONEY, code, factor)
        for code, parts in data.currency_parts.items()
        for spelling, factor in parts.items()
    }
