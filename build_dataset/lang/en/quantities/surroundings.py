"""What the words about a figure say: qualifier, and what limits a percentage."""

import re

from build_dataset.extract.figures import Role
from build_dataset.lang.en.quantities.context import Place, Words
from build_dataset.lang.en.quantities.data import QuantityData
from build_dataset.lang.en.quantities.terms import SURPLUS, Term, alternatives
from build_dataset.schema import Qualifier, StatisticKind

_LONGEST_QUALIFIER = 4
_ARTICLES = frozenset({"a", "an", "the", "another"})


class Surroundings:
    """Reads the words about a figure."""

    def __init__(self, data: QuantityData) -> None:
        self._data = data
        self._before, self._behind = data.qualifier_of_phrases()
        phrases = alternatives(phrase for phrase in self._behind if phrase[0].isalpha())
        self._phrase_behind = re.compile(
            rf"(?P<close>-plus\b|\+)|[\s,]{{1,2}}(?P<phrase>{phrases})\b", re.IGNORECASE
        )
        self._growth = re.compile(alternatives(data.yearly_growth), re.IGNORECASE)

    def qualifier_before(self, before: Words, *, attributive: bool = False) -> Qualifier | None:
        """The qualifier in the words just before a figure, the longest first.

        An article may follow it ("about a third"), but not before an attribute ("over a 40-year career").
        """
        words = before.lower
        for first in (1, 0) if words and words[0] in _ARTICLES and not attributive else (0,):
            for length in range(min(_LONGEST_QUALIFIER, len(words) - first), 0, -1):
                phrase = " ".join(reversed(words[first : first + length]))
                if phrase in self._before:
                    return self._before[phrase]
        return None

    def qualifier(self, text: str, last: Term, before: Words) -> tuple[Qualifier | None, int]:
        """The qualifier about a figure, and where the one behind it ends (or the figure itself)."""
        behind = self._phrase_behind.match(text, last.end)
        end = behind.end() if behind is not None else last.end
        qualifier = self.qualifier_before(before, attributive=last.hyphenated)
        misread = self._is_span(last, before) or self._is_topic(before) or self._is_movement(before)
        if qualifier is not None and not misread:
            return qualifier, end
        surplus = SURPLUS.match(text, last.number.end) if last.unit is not None else None
        if surplus is not None:
            return (Qualifier.AT_LEAST if surplus["more"] else Qualifier.ABOUT), end
        if behind is not None:
            return self._behind[(behind["close"] or behind["phrase"]).lower()], end
        return None, end

    def _is_span(self, last: Term, before: Words) -> bool:
        """Fell over two years: "over" says when, but for "lasted over two years"."""
        if last.unit is None or last.unit.kind is not StatisticKind.DURATION:
            return False
        index = 1 if before.at(0) in _ARTICLES else 0
        return before.at(index) == "over" and before.at(index + 1) not in self._data.before_over

    def _is_topic(self, before: Words) -> bool:
        """A comment about half of the voters: "about" names a topic."""
        return before.at(0) == "about" and before.at(1) in self._data.before_topics

    def _is_movement(self, before: Words) -> bool:
        """The wage would go up to $8: where it leads."""
        return before.lower[:2] == ("to", "up") and before.at(2) in self._data.before_up_to

    def role(self, text: str, end: int, place: Place) -> Role | None:
        """What limits a percentage: a share of a whole, a yearly growth."""
        words = text[end : min(end + 40, place.limit)].lower().split()
        if words[:1] == ["of"] and any(word.strip(".,;") in self._data.wholes for word in words[1:5]):
            return Role.SHARE
        if self._growth.search(" ".join(reversed(place.before.lower[:8]))):
            return Role.YEARLY_GROWTH
        return None
