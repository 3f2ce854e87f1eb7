"""Halves and doublings: 一半, 半年, 半成, 对折, 翻一番."""

import re
from decimal import Decimal

from build_dataset.extract.figures import Exclusion, Figure
from build_dataset.extract.units import Unit
from build_dataset.lang.zh.quantities.context import Article
from build_dataset.lang.zh.quantities.data import QuantityData
from build_dataset.lang.zh.quantities.numbers import Number
from build_dataset.lang.zh.quantities.surroundings import Surroundings
from build_dataset.lang.zh.quantities.terms import HALF, Term, TermReader
from build_dataset.schema import Qualifier, StatisticKind

_TWO = Decimal(2)
_FIVE = Decimal(5)
_FIFTY = Decimal(50)
_RATIO = Unit(StatisticKind.RATIO, "")
_TIMES = Unit(StatisticKind.RATIO, "times")
_PERCENT = Unit(StatisticKind.PERCENT, "percent")
_BARE = Unit(StatisticKind.COUNT, "")
_WHOLE = re.compile(r"(?<!另)一半|半数|半數")
_OF_UNIT = re.compile(
    r"(?<![上下前后大多过夜一二三四五六七八九十])半(?P<counter>[个個]?多?)"
    r"(?P<unit>年|月|小时|小時|钟头|鐘頭|世纪|公里|米|公斤|斤|吨|里)(?![报度决级终])"
)
_ALONE = re.compile(r"(?P<one>半[个個](?!\w))|(?P<hundred>(?<![千一两三四五六七八九])半百)")
_PRICE = re.compile(r"[对對]折(?![叠射合扣])")
_DOUBLED = re.compile(r"翻(?:了|了近|近|了约)?(?P<number>[一两兩二三四五六]|\d)?番(?![茄石禺邦])")

Found = tuple[Figure | None, int]
"""A figure, if there is one, and where reading goes on: the place itself where a reader has nothing to say."""


class HalfReader:
    """Reads halves and doublings."""

    def __init__(self, data: QuantityData, terms: TermReader, surroundings: Surroundings) -> None:
        self._digits = data.digits
        self._not_tenths = data.not_tenths
        self._tenths = data.tenths
        self._terms = terms
        self._surroundings = surroundings

    def read(self, article: Article, start: int) -> Found:
        """The half or the doubling at a place."""
        first = article.text[start]
        if first == "翻":
            return self._doubled(article, start)
        if first in "对對":
            return self._whole(article, start, _PRICE.match(article.text, start), _FIFTY, _PERCENT)
        whole = _WHOLE.match(article.text, start)
        if whole is not None or first != "半":
            return self._whole(article, start, whole, HALF, _RATIO)
        return self._of_unit(article, start)

    def _doubled(self, article: Article, start: int) -> Found:
        """翻番, 翻一番 is twice as much, 翻两番 four times."""
        match = _DOUBLED.match(article.text, start)
        number = match["number"] if match is not None else None
        times = int(self._digits.get(number, number)) if number is not None else 1
        return self._whole(article, start, match, _TWO**times, _TIMES)

    def _of_unit(self, article: Article, start: int) -> Found:
        """半年, 半个多月, 半成; 上半年 and 半决赛 are passed over."""
        text = article.text
        alone = _ALONE.match(text, start)
        if alone is not None:
            value = HALF if alone["one"] is not None else _FIFTY
            return self._made(article, start, alone.end(), value, _BARE, exclusion=Exclusion.BARE)
        if text.startswith(self._tenths, start + 1) and text[start + 2 : start + 3] not in (
            *self._not_tenths,
        ):
            return self._made(article, start, start + 2, _FIVE, _PERCENT)
        match = _OF_UNIT.match(text, start)
        if match is None:
            return self._of_measure(article, start)
        counter = match["counter"][:1] if match["unit"] == "月" else ""
        unit = self._terms.found.units.get(counter + match["unit"])
        if unit is None or self._terms.found.not_duration.match(text, match.start("unit")):
            return None, match.end()
        surplus = Qualifier.AT_LEAST if match["counter"].endswith("多") else None
        past = Exclusion.PAST if self._terms.found.past(text, match.end()) else None
        return self._made(article, start, match.end(), HALF, unit, inside=surplus, exclusion=past)

    def _of_measure(self, article: Article, start: int) -> Found:
        """半公升: a measure of two characters and more; of one character it begins other words (半升旗)."""
        match = self._terms.found.unit.match(article.text, start + 1)
        unit = None if match is None else self._terms.found.units.get(match["unit"])
        if (
            match is None
            or unit is None
            or unit.kind is not StatisticKind.MEASURE
            or len(match["unit"]) < _TWO
        ):
            return None, start + 1
        if match.start("unit") > start + 1 or article.text[start - 1 : start].isdecimal():
            return None, start + 1
        return self._made(article, start, match.end(), HALF * unit.factor, unit)

    def _whole(
        self, article: Article, start: int, match: re.Match[str] | None, value: Decimal, unit: Unit
    ) -> Found:
        return (None, start) if match is None else self._made(article, start, match.end(), value, unit)

    def _made(
        self,
        article: Article,
        start: int,
        end: int,
        value: Decimal,
        unit: Unit,
        *,
        inside: Qualifier | None = None,
        exclusion: Exclusion | None = None,
    ) -> Found:
        term = Term(start, end, Number(start, end, value, implied=True), value, None, unit)
        qualifier = self._surroundings.qualifier(article.text, term, term, unit, "", end) or inside
        subject = article.subject(start) if exclusion is None else None
        figure = Figure(
            start, end, value, None, unit.name or None, unit.kind, qualifier, subject, exclusion=exclusion
        )
        return figure, end
