"""Two terms beside each other: a range, or two figures."""

import re
from decimal import Decimal
from typing import NamedTuple

from build_dataset.extract.units import Unit
from build_dataset.lang.zh.quantities.bounds import BoundsReader
from build_dataset.lang.zh.quantities.context import Article
from build_dataset.lang.zh.quantities.data import QuantityData
from build_dataset.lang.zh.quantities.terms import Term, TermReader
from build_dataset.lang.zh.quantities.units import BLANK, alternatives
from build_dataset.schema import StatisticKind

_CONNECTOR = re.compile(rf"{BLANK}(?:[(（]含[)）])?(?P<mark>至|到|和|与|與|跟|、|[-–—－~～〜]{{1,2}}){BLANK}")
_BETWEEN = re.compile(rf"{BLANK}之?[间間]")
_RANGING = re.compile("不等|之[间間]|的?范围")
LONGEST_LIST = 5
"""Figures of a list that are read ahead for the unit behind the last one."""

_LIST = re.compile(rf"{BLANK}[、和及与與]{BLANK}")
_EACH = re.compile("分别|分別|各")
_SHARED = frozenset({StatisticKind.MEASURE, StatisticKind.MONEY, StatisticKind.PERCENT})
_TO = frozenset("至到")
_TWICE = frozenset("至到-–—~～")
_AND = frozenset("和与與跟")
_SHARES = frozenset({StatisticKind.PERCENT, StatisticKind.RATIO})
_TEN = Decimal(10)
_HYPHENS = frozenset("-–")


class Pair(NamedTuple):
    """Two terms; `change` says that they are two figures, no range, `bounded` that each has its own qualifier."""

    low: Term
    high: Term
    change: bool
    bounded: bool = False


class RangeReader:
    """Reads what goes on behind a term."""

    def __init__(self, data: QuantityData, terms: TermReader, measure: re.Pattern[str]) -> None:
        self._terms = terms
        self._measure = measure
        self._changes = re.compile(rf"(?:{alternatives([*data.rises, *data.falls])})了?[约近逾超]?$")
        self._bounds = BoundsReader(data, terms, measure)

    def read(self, article: Article, first: Term) -> Pair | None:
        """The pair that a term and what follows it make, None where the term stands alone."""
        if first.high is not None:
            return None
        second = self._bounds.read(article, first)
        if second is not None:
            return Pair(*_share_unit(first, second), change=False, bounded=True)
        return self._connected(article, first) or self._counted(article, first)

    def shared_unit(self, article: Article, term: Term, most: int = LONGEST_LIST) -> Unit | None:
        """The unit that stands once, behind the last of several figures: 分别增长5.1、6.2和7.3个百分点."""
        text = article.text
        mark = _LIST.match(text, term.end) if most and term.unit is None and term.number.digits else None
        if mark is None or not text[mark.end() : mark.end() + 1].isdecimal():
            return None
        listed = "." in term.number.digits or _EACH.search(text, max(0, term.start - 12), term.start)
        following = self._terms.read(article, mark.end(), signed=False) if listed else None
        if following is None:
            return None
        if following.unit is None:
            return self.shared_unit(article, following, most - 1)
        shared = following.unit.kind in _SHARED and following.number.scale == 1
        return following.unit if shared else None

    def _counted(self, article: Article, first: Term) -> Pair | None:
        """3家至5家, 5个到10个百分点: the measure word stands twice."""
        text = article.text
        measured = self._measure.match(text, first.end) if first.unit is None else None
        connector = _CONNECTOR.match(text, measured.end()) if measured is not None else None
        if measured is None or connector is None or connector["mark"] not in _TWICE:
            return None
        start = connector.end()
        second = (
            self._terms.read(article, start, signed=False) if self._terms.begins_number(text, start) else None
        )
        if second is None or second.high is not None:
            return None
        if not text.startswith(measured["word"], second.number.end):
            return None
        rated = second.unit is not None and second.unit.kind is StatisticKind.PERCENT
        changed = not rated and self._changes.search(text, max(0, first.start - 6), first.start)
        if changed or second.low < first.low:
            return Pair(first, second, change=True)
        return Pair(*_share_unit(first._replace(end=measured.end()), second), change=False)

    def _connected(self, article: Article, first: Term) -> Pair | None:
        """100至200元, 2、3级, 20和30之间."""
        connector = _CONNECTOR.match(article.text, first.end)
        if connector is None:
            return None
        text, start, mark = article.text, connector.end(), connector["mark"]
        below = self._terms.below_zero(text, start)  # 零下4到零下1度
        start = below or start
        if not self._terms.begins_number(text, start):
            return None
        if mark in _HYPHENS and text[start] in self._terms.numbers.characters and first.unit is None:
            return None
        second = self._terms.read(article, start, signed=False)
        if second is None or second.high is not None or not self._units_agree(text, first, second):
            return None
        if mark in _AND and _BETWEEN.match(text, second.end) is None:
            return None
        if mark == "、":
            return self._neighbours(text, first, second)
        changed = mark in _TO and self._is_change(text, first, second)
        low, high = _share_unit(first, second)
        falls = low.low > high.low and not low.low < 0 > high.low  # 零下5至零下10度
        ranging = _RANGING.match(text, second.end) is not None  # 罚200万元至10万元不等
        return Pair(low, high, changed or (falls and not ranging))

    def _is_change(self, text: str, first: Term, second: Term) -> bool:
        """上涨2美元至78美元: by so much to a new level, as each has its unit; 上涨2至3美元 is a range."""
        if first.unit is None or second.unit is None or first.unit.kind in _SHARES:
            return False
        if _RANGING.match(text, second.end) is not None:
            return False
        return self._changes.search(text, max(0, first.start - 6), first.start) is not None

    def _neighbours(self, text: str, first: Term, second: Term) -> Pair | None:
        """2、3级, 二、三十度: a digit and the next one are a range where one unit follows both."""
        digit, scale = first.low, second.number.scale
        listed = text[first.start - 1 : first.start] == "、" or text.startswith("、", second.end)
        measured = second.unit is not None or self._measure.match(text, second.end) is not None
        if listed or not measured or first.unit is not None or not 0 < digit < _TEN:
            return None
        if second.number.value != (digit + 1) * scale or (scale > 1 and not second.number.spelled):
            return None
        unit = second.unit
        low = digit * scale * (unit.factor if unit is not None else 1)
        return Pair(first._replace(low=low, unit=unit), second, change=False)

    def _units_agree(self, text: str, first: Term, second: Term) -> bool:
        if first.unit is None:
            return True
        if second.unit is None:
            return self._measure.match(text, second.end) is None
        return first.unit.name == second.unit.name


def _share_unit(first: Term, second: Term) -> tuple[Term, Term]:
    """100至200元, 3到5亿: a unit or scale that stands once counts for both terms."""
    unit = first.unit or second.unit
    if first.unit is None and unit is not None:
        first = first._replace(unit=unit, low=first.low * unit.factor)
    if second.unit is None and unit is not None:
        second = second._replace(unit=unit, low=second.low * unit.factor)
    if first.end == first.number.end and first.number.scale < second.number.scale:
        raised = first.low * (second.number.scale if first.low < 10 else second.number.large_scale)
        if first.low < raised < second.low:
            first = first._replace(low=raised)
    return first, second
