"""Two terms beside each other: a range, a change, or two figures."""

import re
from decimal import Decimal
from typing import NamedTuple

from build_dataset.extract.units import Unit
from build_dataset.lang.en.quantities.bounds import Bounds
from build_dataset.lang.en.quantities.context import Article, Place
from build_dataset.lang.en.quantities.conversion import conversion
from build_dataset.lang.en.quantities.data import QuantityData
from build_dataset.lang.en.quantities.nouns import NounReader
from build_dataset.lang.en.quantities.terms import Term, TermReader
from build_dataset.schema import StatisticKind

_CONNECTOR = re.compile(
    r"""
    (?: -?\s(?P<apart>to-?|and|or|up\sto|through|-|–|—|~)\s
      | (?P<tied>-to-|\sto-(?=\d)|-|‑|–|—|~|～)(?!\s)
    )
    (?:(?:about|around|roughly|nearly|almost|some|over|more\sthan|up\sto)\s|~)?
    """,
    re.IGNORECASE | re.VERBOSE,
)
LONGEST_STEP = 8
"""Words before "by" or "or" and a step in which the word of change is looked for (raised the wage by $1 to $8)."""

LONGEST_LIST = 5
"""Numbers of a list that are read ahead for the unit behind the last one."""

_LIST = re.compile(r"(?:,\s|,?\s(?P<last>and|or)\s)(?=[\w.])")
_SHARED = frozenset({StatisticKind.MEASURE, StatisticKind.MONEY, StatisticKind.PERCENT})
_STEPS = frozenset({Decimal(5), Decimal(10)})
_DASHES = frozenset("-‑–—~～")
_STEP_HEADS = frozenset({"by", "or"})
_CONVERTED = frozenset({StatisticKind.DURATION, StatisticKind.MEASURE})
_ARTICLE = re.compile(r"an?\s")
_RANGE_BEFORE = re.compile(r"\d\S*(?:\s[a-z]+)?\sto\s\S*\d\S*(?:\s[a-z]+){0,4},?\s(?:up|down)\sfrom\s$")
"""$1.72 to $1.74, up from: what follows is a range again."""


class Pair(NamedTuple):
    """Two terms; `change` says that they are two figures (from 10 years to 1 year), no range.

    `bounded` says that the words before both are bounds of the range and no qualifier.
    """

    low: Term
    high: Term
    change: bool
    bounded: bool = False


class RangeReader:
    """Reads what goes on behind a term."""

    def __init__(self, data: QuantityData, terms: TermReader, nouns: NounReader) -> None:
        self._bounds = Bounds(data)
        self._changes = data.rises | data.falls | data.moves
        self._range_verbs = data.range_verbs
        self._before_years = data.before_years
        self._terms = terms
        self._nouns = nouns

    def connector_end(self, text: str, term: Term) -> int:
        """Where the word or dash ends that could join a second term; 0 where there is none."""
        match = _CONNECTOR.match(text, term.behind)
        return match.end() if match is not None else 0

    def read(self, article: Article, first: Term, place: Place) -> Pair | None:
        """The pair that a term and what follows it make, None where the term stands alone."""
        bounded = self._bounded(article, first)
        if bounded is not None:
            return bounded
        connector = _CONNECTOR.match(article.text, first.behind)
        if connector is None:
            return None
        mark = (connector["apart"] or connector["tied"]).lower().strip().rstrip("-") or "-"
        second = self._second(article, first, mark, connector.end())
        if second is None or self._is_step(first, second, mark, place):
            return None
        low, high = _share_unit(first, second)
        low, converted = _in_one_unit(low, high)
        apart = mark in _DASHES and first.unit is not None and low.value > high.value > 0  # a 62%-32% split
        change = apart or self._is_change(article.text, low, converted, mark, place)
        return Pair(low, high if change else converted, change)

    def shared_unit(self, article: Article, term: Term, most: int = LONGEST_LIST) -> Unit | None:
        """The unit that stands once, behind the last number of a list: 5 and 10 percent; 3, 6 or 9 km."""
        joint = _LIST.match(article.text, term.end)
        if joint is None or most == 0 or term.unit is not None or term.year_like or term.number.fraction:
            return None
        if not self._terms.begins_number(article.text, joint.end()) or article.is_between(term.start):
            return None
        following = self._terms.read(article, joint.end())
        if following is None or following.start != following.number.start:
            return None
        if following.unit is None:
            return self.shared_unit(article, following, most - 1)
        shared = following.unit.kind in _SHARED and not following.hyphenated and following.number.scale == 1
        return following.unit if shared and joint["last"] else None

    def _bounded(self, article: Article, first: Term) -> Pair | None:
        """More than 10 and less than 40."""
        found = self._bounds.other_end(article.text, first.start, first.behind)
        if found is None or not self._terms.begins_number(article.text, found[0]):
            return None
        second = self._terms.read(article, found[0])
        if second is None or not self._units_agree(article.text, first, second):
            return None
        low, high = _share_unit(first, second)
        if not found[1]:  # at most 100 and at least 20
            low, high = low._replace(value=high.value), high._replace(value=low.value)
        return Pair(low, high, change=False, bounded=True) if low.value < high.value else None

    def _second(self, article: Article, first: Term, mark: str, start: int) -> Term | None:
        text = article.text
        if first.hyphenated and mark != "to":
            return None
        if (
            mark in _DASHES
            and start < len(text)
            and text[start].isalpha()
            and not self._terms.sign.match(text, start)
        ):
            return None
        if text[start : start + 1] in ("-", "−") and text[start + 1 : start + 2].isdecimal():
            start += 1  # from -5 to -20
        time = first.unit is not None and first.unit.kind is StatisticKind.DURATION
        if not self._terms.begins_number(text, start) and not (time and _ARTICLE.match(text, start)):
            return None
        second = self._terms.read(article, start)
        if second is None or second.number.fraction or first.number.fraction:
            return None
        if not self._units_agree(text, first, second):
            return None
        if mark == "and":
            return second if article.is_between(first.start) else None
        if mark == "or":
            return second if _are_neighbours(first.number.unscaled, second.number.unscaled) else None
        return second

    def _units_agree(self, text: str, first: Term, second: Term) -> bool:
        if first.unit is None:
            return True
        if second.unit is None:
            return self._nouns.read(text, second.end, len(text)) is None
        return first.unit.name == second.unit.name or _is_larger_unit(first.unit, second.unit)

    def _is_step(self, first: Term, second: Term, mark: str, place: Place) -> bool:
        """Rose 18 cents to $2.50, by $1 to $8, fell 0.4 percent to 13,176: a step and the level after it."""
        if mark != "to" or first.unit is None:
            return first.year_like and not second.year_like and place.before.at(0) in self._before_years
        if first.unit.kind is StatisticKind.PERCENT:
            return second.unit is None
        before = place.before
        near = LONGEST_STEP if before.at(0) in _STEP_HEADS and second.unit is not None else 2
        return before.at(0) != "from" and any(word in self._changes for word in before.lower[:near])

    def _is_change(self, text: str, first: Term, second: Term, mark: str, place: Place) -> bool:
        """From 10 years to 1 year is a change; from 5 to 7 percent, where nothing changes, a range."""
        if mark not in ("to", "up to") or _RANGE_BEFORE.search(text, max(0, first.start - 60), first.start):
            return False
        before = place.before
        if any(word in self._range_verbs for word in before.lower[:3]):
            return False
        if first.value > second.value:
            return True
        described = before.at(0) == "of" and "from" in before.lower[1:LONGEST_STEP]  # from a level of 3%
        begins = before.at(0) == "from" or described
        return begins and any(word in self._changes for word in before.lower[1 : 2 * LONGEST_STEP])


def _are_neighbours(first: Decimal, second: Decimal) -> bool:
    """Three or four; round ones in a step of five or ten: 10 or 15, 30 or 40."""
    step = second - first
    return step == 1 or (step in _STEPS and first % step == 0)


def _is_larger_unit(first: Unit, second: Unit) -> bool:
    """30 minutes to an hour, 800 grams to 1.2 kilograms."""
    if first.kind is not second.kind or first.kind not in _CONVERTED:
        return False
    ratio = conversion(second.name, first.name)
    return ratio is not None and ratio > 1


def _in_one_unit(low: Term, high: Term) -> tuple[Term, Term]:
    """Both ends of a range in the unit of the lower one."""
    if low.unit is None or high.unit is None or low.unit.name == high.unit.name:
        return low, high
    ratio = conversion(high.unit.name, low.unit.name)
    return low, high._replace(unit=low.unit, value=high.value * (ratio or 1))


def _share_unit(first: Term, second: Term) -> tuple[Term, Term]:
    """$3 to 5 billion: a scale and a unit that stand once count for both terms."""
    if first.number.scale == 1 and second.number.scale > 1 and first.number.unscaled < second.number.unscaled:
        first = first._replace(value=first.value * second.number.scale)
    unit = first.unit or second.unit
    if unit is not None and first.unit is None:
        first = first._replace(unit=unit, value=first.value * unit.factor)
    if unit is not None and second.unit is None:
        second = second._replace(unit=unit, value=second.value * unit.factor)
    return first, second
