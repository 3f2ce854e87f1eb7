"""The unit behind a number, and what the words about it make of 度, 块, 折."""

import re
from decimal import Decimal
from typing import NamedTuple

from build_dataset.extract.figures import Exclusion
from build_dataset.extract.units import Unit
from build_dataset.lang.zh.quantities.context import Article
from build_dataset.lang.zh.quantities.data import QuantityData
from build_dataset.lang.zh.quantities.money import MoneyReader
from build_dataset.lang.zh.quantities.numbers import Number
from build_dataset.lang.zh.quantities.units import BLANK, alternatives, units_of
from build_dataset.schema import StatisticKind

_ONE = Decimal(1)
_TEN = Decimal(10)
_BETWEEN = re.compile(r"[个個](?P<more>[半多來来])(?P<unit>小时|小時|月|钟头|鐘頭|世纪|世紀|星期|礼拜|禮拜)")
_AND_A_HALF = re.compile("半(?![年场夜导])")
_MINUTES = re.compile(r"分(?=\d{1,2}秒)")
_BLANK_MATCH = re.compile(BLANK)
_DEGREES = frozenset({"度", "°"})
_WEIGHT = frozenset("两兩")
_LENGTHS = frozenset({"kilometer", "meter"})
_BASES = frozenset({StatisticKind.DURATION, StatisticKind.MEASURE})
_HALVED = frozenset({StatisticKind.DURATION, StatisticKind.MEASURE, StatisticKind.RATIO})


class Found(NamedTuple):
    """A unit about a number: where it ends, 多 or 来 between the two, and whether 半 adds a half."""

    unit: Unit | None
    end: int
    vague: str = ""
    half: bool = False
    exclusion: Exclusion | None = None


class UnitFinder:
    """Finds the unit behind a number."""

    def __init__(self, data: QuantityData, money: MoneyReader) -> None:
        self._data = data
        self._money = money
        self.units = units_of(data)
        self._ages = frozenset(spelling for spellings in data.ages.values() for spelling in spellings)
        vague = "".join(data.surplus + data.approximate)
        parted = frozenset(spelling for spellings in data.percent.values() for spelling in spellings)
        spellings = alternatives(self.units, spaced=parted)
        self.unit = re.compile(rf"{BLANK}(?P<vague>[{vague}]?){BLANK}(?P<unit>{spellings})")
        self._rates = {spelling: unit.name for spelling, unit in self.units.items() if unit.kind in _BASES}
        self._rates |= {spelling: name for name, words in data.rate_units.items() for spelling in words}
        self._rate = re.compile(rf"[ ]?[/／每][ ]?(?P<unit>{alternatives(self._rates)})(?![A-Za-z0-9])")
        self._homes = {
            code: re.compile(alternatives(words)) for code, words in data.traditional_homes.items()
        }
        self._symbol = re.compile(rf"[ ]?(?P<unit>{alternatives(data.duration_symbols)})(?![A-Za-z0-9])")
        self.not_duration = re.compile(alternatives(data.not_duration))
        self._past = re.compile(rf"(?:{alternatives(data.past)})(?![后後])")
        self._temperature = re.compile(alternatives(data.temperature_words))
        self._fahrenheit = re.compile(alternatives(data.fahrenheit_words))
        self._electricity = re.compile(alternatives(data.electricity_words))
        self._speed = re.compile(rf"(?P<word>{alternatives(data.speeds)})[^，。；,;\d]{{0,4}}$")

    def find(self, article: Article, number: Number, sign: re.Match[str] | None) -> Found:
        """The unit of a number that may have a currency sign before it."""
        text, end = article.text, number.end
        match = self.unit.match(text, end)
        if sign is not None:
            return self._currency(sign, end, match)
        between = _BETWEEN.match(text, end)
        if between is not None:  # 四个半小时, 两个多月
            unit = self.units[text[end] + between["unit"]]
            half = between["more"] == "半"
            found = Found(unit, between.end(), "" if half else between["more"], half=half)
            return self._excluded(text, found, "")
        if match is not None and self._is_unit(article, number, match):
            written = _written(match)
            unit = self._at_home(article, self._in_context(text, number.start, written), written)
            rate = self._rate.match(text, match.end()) if unit.kind is StatisticKind.MEASURE else None
            if rate is not None:  # 7.5克/立方厘米
                rated = unit._replace(name=f"{unit.name} per {self._rates[rate['unit']]}")
                return Found(rated, rate.end(), match["vague"])
            half = _AND_A_HALF.match(text, match.end()) if unit.kind in _HALVED else None
            end = match.end() if half is None else half.end()
            return self._excluded(text, Found(unit, end, match["vague"], half=half is not None), written)
        if _MINUTES.match(text, end):
            return Found(Unit(StatisticKind.DURATION, "minute"), end + 1)
        percent = self._tenths(text, number)
        if percent is not None:
            return percent
        symbol = self._symbol.match(text, end) if number.digits else None
        if symbol is not None:
            return Found(
                Unit(StatisticKind.DURATION, self._data.duration_symbols[symbol["unit"]]), symbol.end()
            )
        return Found(None, end)

    def of_fraction(self, article: Article, number: Number) -> Found:
        """四分之一公升: the unit behind a fraction, if it is one of measure or time."""
        match = self.unit.match(article.text, number.end)
        if match is None or match["vague"] or not self._is_unit(article, number, match):
            return Found(None, number.end)
        unit = self.units[_written(match)]
        return Found(unit, match.end()) if unit.kind in _HALVED else Found(None, number.end)

    def past(self, text: str, end: int) -> bool:
        """Whether 前 stands behind a length of time: it says how long ago."""
        return self._past.match(text, end) is not None

    def is_named(self, text: str, end: int) -> bool:
        """Whether what stands behind a number begins a word that is no unit (年级)."""
        match = self.unit.match(text, end)
        return match is not None and self.not_duration.match(text, match.start("unit")) is not None

    def speed(self, text: str, start: int, unit: Unit) -> Unit:
        """时速350公里: a length behind a word of speed is one."""
        match = self._speed.search(text, max(0, start - 10), start) if unit.name in _LENGTHS else None
        if match is None:
            return unit
        return unit._replace(name=f"{unit.name} per {self._data.speeds[match['word']]}")

    def _excluded(self, text: str, found: Found, written: str) -> Found:
        if written in self._ages:
            return found._replace(exclusion=Exclusion.AGE)
        past = found.unit is not None and found.unit.kind is StatisticKind.DURATION
        return found._replace(exclusion=Exclusion.PAST) if past and self.past(text, found.end) else found

    def _currency(self, sign: re.Match[str], end: int, match: re.Match[str] | None) -> Found:
        """¥300元: the name behind belongs to the sign before."""
        unit = Unit(StatisticKind.MONEY, self._data.currency_signs[sign["sign"]])
        named = match is not None and self.units[_written(match)].kind is StatisticKind.MONEY
        return Found(unit, match.end() if named and match is not None else end)

    def _tenths(self, text: str, number: Number) -> Found | None:
        """三成 is 30 percent, 八折 is 80 percent of a price, 75折 and 七五折 are 75."""
        behind = _BLANK_MATCH.match(text, number.end)
        end = number.end if behind is None else behind.end()
        if _follows(text, end, self._data.tenths, self._data.not_tenths):
            return Found(Unit(StatisticKind.PERCENT, "percent", _TEN), end + 1)
        if _follows(text, end, self._data.discount, self._data.not_discounts):
            factor = _TEN if number.value < _TEN else _ONE
            return Found(Unit(StatisticKind.PERCENT, "percent", factor), end + 1)
        return None

    def _is_unit(self, article: Article, number: Number, match: re.Match[str]) -> bool:
        """Whether the characters behind a number are a unit here and no part of another word."""
        text, written, start = article.text, _written(match), match.start("unit")
        following = text[match.end() : match.end() + 1]
        if written[-1].isascii() and written[-1].isalpha() and following.isascii() and following.isalnum():
            return False
        kind = self.units[written].kind
        if kind is StatisticKind.DURATION and self.not_duration.match(text, start):
            return False
        if kind is StatisticKind.DURATION and self.past(text, match.end()):
            return True
        if written in _WEIGHT and start != number.end:
            return False
        if written == "度" and number.spelled and number.value < _TEN:
            return self._temperature.search(text, max(0, number.start - 10), number.start) is not None
        if written in self._data.shapes and number.spelled and number.value < _TEN:
            return self._money.spends(text, number.start) or self._money.goes_on(text, match.end())
        if written in self._data.loose_money:
            return self._money.is_money(text, number.start, number.value, match.end())
        if kind is StatisticKind.MONEY and (article.verb_at(start) or self._money.goes_on(text, match.end())):
            return True  # 元降至, 毛五: cut wrongly
        return len(written) > 1 or article.ends_word(start, match.end())

    def _at_home(self, article: Article, unit: Unit, written: str) -> Unit:
        """元 and 塊 in traditional characters: the money of the place that the article names most often."""
        if written not in self._data.unnamed_money or not article.is_traditional:
            return unit
        homes = {code: len(words.findall(article.text)) for code, words in self._homes.items()}
        return unit._replace(name=max(homes, key=homes.__getitem__))

    def _in_context(self, text: str, start: int, written: str) -> Unit:
        """What the words before make of 度 (temperature, electricity) and of a length (speed)."""
        unit = self.units[written]
        if written not in _DEGREES:
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


def _written(match: re.Match[str]) -> str:
    """The spelling that a unit stands under, without blanks inside it."""
    return match["unit"].replace(" ", "")


def _follows(text: str, end: int, word: str, not_before: str) -> bool:
    """Whether a word stands at a place and does not run on into another one."""
    return text.startswith(word, end) and (not text[end + 1 : end + 2] or text[end + 1] not in not_before)
