"""Quantities in two or three units that are one figure: 5 ft 2 in, 3 dollars 50 cents, $20 and 43c."""

import re
from collections.abc import Callable
from decimal import Decimal
from typing import NamedTuple

from build_dataset.extract.units import Unit
from build_dataset.lang.en.quantities.context import Article
from build_dataset.lang.en.quantities.conversion import conversion
from build_dataset.lang.en.quantities.data import QuantityData
from build_dataset.lang.en.quantities.nouns import NounReader
from build_dataset.lang.en.quantities.numbers import Number
from build_dataset.lang.en.quantities.term import Term
from build_dataset.schema import StatisticKind

MOST_PARTS = 3

_SMALLER_TIMES = {"year": "month", "week": "day", "day": "hour", "hour": "minute", "minute": "second"}
_ANOTHER_TIME = re.compile(r"\s(?:ago|later|after|before|earlier)\b")
"""Behind the second length of time it says when something was: worked two years and six months later left."""

_ONE = Decimal(1)
_TEN = Decimal(10)
_HUNDRED = Decimal(100)
_JOINT = re.compile(r"(?P<comma>,)?\s{1,2}(?P<and>and\s)?(?=[\w.½¼¾])|(?=\d)")
_FEET_AND_INCHES = re.compile(r"['’′]\s?(?P<inches>\d{1,2}(?:\.\d)?)(?:\"|''|’’|″|”)")
_TIED_INCHES = re.compile(r"-(?P<inches>\d{1,2})(?:-inch)?(?![\d,.]\d|[\w%-])")
_INCHES_IN_WORDS = re.compile(r"\s(?P<inches>\d{1,2})\sin\b(?!\s(?:the|an?|his|her|their|its|\d|[A-Z]))")
_INCHES = Decimal(12)
_FOOT = Unit(StatisticKind.MEASURE, "foot")
_END_OF_CLAUSE = re.compile(r"\s?(?:[.,;:!?)](?=\s|$|[\"”’)])|$)")


class Feet(NamedTuple):
    """A length in feet and where it ends."""

    end: int
    value: Decimal
    unit: Unit = _FOOT


def feet_and_inches(text: str, number: Number) -> Feet | None:
    """5'2": the marks of feet and inches, which mean something else where they stand alone."""
    if text[number.end : number.end + 1] not in ("'", "’", "′"):
        return None
    match = _FEET_AND_INCHES.match(text, number.end)
    if match is None or Decimal(match["inches"]) >= _INCHES:
        return None
    return Feet(match.end(), number.value + Decimal(match["inches"]) / _INCHES)


class CompoundReader:
    """Reads the smaller units that go on with a term."""

    def __init__(
        self, data: QuantityData, nouns: NounReader, part: Callable[[Article, int], Term | None]
    ) -> None:
        self._data = data
        self._nouns = nouns
        self._part = part
        self._chains = {
            name: (number, index)
            for number, chain in enumerate([*data.compound_measures, *data.metric_compounds])
            for index, name in enumerate(chain)
        }
        self._metric = len(data.compound_measures)

    def read(self, article: Article, term: Term, unit: Unit) -> Term:
        """The term with its smaller units added, in its own unit; the term itself where there are none."""
        if article.is_between(term.start):
            return term
        if unit.kind is StatisticKind.MONEY:
            return self._money(article, term, unit)
        if unit.kind is StatisticKind.DURATION:
            return self._time(article, term, unit)
        if unit.name not in self._chains or unit.kind is not StatisticKind.MEASURE:
            return term
        tied = _with_inches(article.text, term) if unit.name == "foot" else None
        return tied if tied is not None else self._measure(article, term, unit)

    def _time(self, article: Article, term: Term, unit: Unit) -> Term:
        """14 minutes 32.9 seconds, two years and six months: a length that goes on in a smaller unit, in that unit."""
        while unit.name in _SMALLER_TIMES and not term.hyphenated and not term.number.fraction:
            joint = _JOINT.match(article.text, term.end)
            if joint is None or joint["comma"] or joint.end() == term.end:
                break
            part = self._part(article, joint.end())
            if part is None or part.unit is None or part.unit.name != _SMALLER_TIMES[unit.name]:
                break
            ratio = conversion(unit.name, part.unit.name)
            if ratio is None or part.hyphenated or _ANOTHER_TIME.match(article.text, part.end):
                break
            unit, value = part.unit, term.value * ratio + part.value
            term = term._replace(value=value, unit=unit, end=part.end, per=part.per, rate_end=part.rate_end)
        return term

    def _measure(self, article: Article, term: Term, unit: Unit) -> Term:
        """Feet and inches, pounds and ounces; metric units only without a word between."""
        chain, index = self._chains[unit.name]
        whole = term
        for _ in range(MOST_PARTS - 1):
            joint = _JOINT.match(article.text, whole.end)
            if joint is None or (chain >= self._metric and (joint["and"] or joint["comma"])):
                break
            part = self._part(article, joint.end())
            if part is None or part.unit is None or part.start != joint.end() or part.hyphenated:
                break
            found, smaller = self._chains.get(part.unit.name, (-1, -1))
            if found != chain or smaller <= index or part.number.fraction or whole.number.scale != 1:
                break
            ratio = conversion(part.unit.name, unit.name)
            if ratio is None:
                break
            added = part.value * ratio
            index = smaller
            whole = whole._replace(
                value=whole.value + added, end=part.end, per=part.per, rate_end=part.rate_end
            )
        return whole

    def _money(self, article: Article, term: Term, unit: Unit) -> Term:
        """3 dollars 50 cents, $20 and 43c; 15 dollars and 50 where nothing is counted."""
        plain = term.value % 1 == 0 and term.value > 0 and unit.factor == 1
        if not plain or term.number.scale != 1 or term.behind > term.end:
            return term
        joint = _JOINT.match(article.text, term.end)
        if joint is None or joint.end() == term.end:
            return term
        part = self._part(article, joint.end())
        if part is None or part.start != joint.end() or not 0 < part.number.value < _HUNDRED:
            return term
        if part.number.scale != 1 or part.number.value % 1 != 0:
            return term
        cents = self._cents(article, term, unit, part, joint)
        if cents is None:
            return term
        return term._replace(value=term.value + cents, end=part.end, per=part.per, rate_end=part.rate_end)

    def _cents(
        self, article: Article, term: Term, unit: Unit, part: Term, joint: re.Match[str]
    ) -> Decimal | None:
        if part.unit is not None:
            small = part.unit.kind is StatisticKind.MONEY and part.unit.factor == _ONE / _HUNDRED
            same = part.unit.name in (unit.name, "USD")
            return part.value if small and same else None
        if joint["comma"] or (part.number.value < _TEN and part.number.digits):
            return None
        named = term.end > term.number.end  # "$20 43" are two columns of a table
        if not (joint["and"] or named) or _END_OF_CLAUSE.match(article.text, part.end) is None:
            return None
        return part.number.value / _HUNDRED


def _with_inches(text: str, term: Term) -> Term | None:
    """A 6-foot-4 guard; 5 ft 2 in."""
    match = (_TIED_INCHES if term.hyphenated else _INCHES_IN_WORDS).match(text, term.end)
    if match is None or Decimal(match["inches"]) >= _INCHES:
        return None
    return term._replace(value=term.value + Decimal(match["inches"]) / _INCHES, end=match.end())
