"""What a figure is per: 5元/小时, 3000元每吨, 每人100元."""

import re

from build_dataset.lang.zh.quantities.context import CLAUSE_END, Article
from build_dataset.lang.zh.quantities.data import QuantityData
from build_dataset.lang.zh.quantities.surroundings import Surroundings
from build_dataset.lang.zh.quantities.units import alternatives, units_of
from build_dataset.schema import StatisticKind

_RATED = frozenset({StatisticKind.MONEY, StatisticKind.COUNT, StatisticKind.DURATION, StatisticKind.PERCENT})
"""A measure has the rate in its unit (kilometer per hour)."""

_BEHIND = re.compile(r"[ ]?[/／每][ ]?[一1]?[ ]?")
_FARTHEST = 8
_LONGEST_REST = 4


class RateReader:
    """Finds the unit or the noun that a figure is per."""

    def __init__(self, data: QuantityData, surroundings: Surroundings) -> None:
        self._surroundings = surroundings
        self._names = {spelling: unit.name for spelling, unit in units_of(data).items()}
        self._names |= {
            spelling: name for name, spellings in data.rate_units.items() for spelling in spellings
        }
        counted = [*data.measure_words, *data.units_themselves]
        self._themselves = frozenset([*data.units_themselves, *data.rate_words])
        self._word = re.compile(alternatives({*self._names, *counted}))
        self._not_rate = re.compile(alternatives(data.not_duration))
        self._before = re.compile(rf"每[一1]?(?P<words>[^每\d{CLAUSE_END}、]{{1,{_FARTHEST}}})$")

    def read(self, article: Article, start: int, end: int, kind: StatisticKind) -> str | None:
        """What a figure from `start` to `end` is per, None where it is no rate."""
        if kind not in _RATED:
            return None
        text = article.text
        behind = _BEHIND.match(text, end)
        if behind is not None:
            return self._at(article, behind.end())
        start = self._surroundings.start_before(text, start)
        before = self._before.search(text, max(0, start - _FARTHEST - 2), start)
        return None if before is None else self._between(article, before.start("words"), start)

    def _at(self, article: Article, place: int) -> str | None:
        """The unit or measure word at a place, or the noun where the dictionary sees a longer one (元/人次)."""
        word = self._word.match(article.text, place)
        if word is None or self._not_rate.match(article.text, place) is not None:
            return None
        return self._names.get(word.group(), word.group())

    def _between(self, article: Article, place: int, start: int) -> str | None:
        """每吨, 每张门票, 每天工作: the word behind 每; of a measure word its noun."""
        word = self._word.match(article.text, place, start)
        if word is None or start - word.end() > _LONGEST_REST:
            return None
        name = self._names.get(word.group())
        if name is not None or word.group() in self._themselves:
            return name or word.group()
        index = article.token_at(word.end())
        noun = article.tokens[index] if index < len(article.tokens) else None
        if noun is not None and noun.start == word.end() and noun.end <= start and noun.tag == "n":
            return noun.text
        return word.group()
