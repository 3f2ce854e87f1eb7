"""What the words about a figure say: qualifier, subject, and what limits a percentage."""

import re

from build_dataset.document import Range
from build_dataset.extract.figures import Role
from build_dataset.lang.en.quantities.context import Article, Place, Words
from build_dataset.lang.en.quantities.data import QuantityData
from build_dataset.lang.en.quantities.nouns import NounReader
from build_dataset.lang.en.quantities.terms import SURPLUS, Term, alternatives
from build_dataset.schema import Qualifier, StatisticKind

LONGEST_CLAUSE = 240
"""Characters before a figure that are searched for its subject."""

LONGEST_HEADING = 60
"""Characters before a figure that stands behind a colon ("Attendance: 12,500")."""

_HEADING = re.compile(r"(?:^|[.;,\n])\s*(?P<words>[^\W\d_][^.:;,\n]{2,50}): $")
_LONGEST_QUALIFIER = 4
_ARTICLES = frozenset({"a", "an", "the", "another"})
_CLAUSE = re.compile(r"[;()\"“”—]\s*|[,:](?!\d)\s*|\b(?:that|which|while|but|and|as)\s")
_WORDS = re.compile(r"\S+")
_AFTER_ARTICLE = re.compile(r"(?:the|a|an|its|their|all|our|his|her)(?=\s)", re.IGNORECASE)


class Surroundings:
    """Reads the words about a figure."""

    def __init__(self, data: QuantityData, nouns: NounReader) -> None:
        self._data = data
        self._nouns = nouns
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
        if qualifier is not None and not self._is_span(last, before) and not self._is_topic(before):
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

    def role(self, text: str, end: int, place: Place) -> Role | None:
        """What limits a percentage: a share of a whole, a yearly growth."""
        words = text[end : min(end + 40, place.limit)].lower().split()
        if words[:1] == ["of"] and any(word.strip(".,;") in self._data.wholes for word in words[1:5]):
            return Role.SHARE
        if self._growth.search(" ".join(reversed(place.before.lower[:8]))):
            return Role.YEARLY_GROWTH
        return None

    def subject(self, article: Article, start: int, end: int, limit: int) -> Range | None:
        """The noun behind "of", the noun tied to the figure, or the words before the verb."""
        text = article.text
        if text[start - 2 : start] == ": ":
            heading = _HEADING.search(text, max(0, start - LONGEST_HEADING), start)
            if heading is not None:
                return Range(*heading.span("words"))
        if text.startswith(" of ", end):
            determiner = _AFTER_ARTICLE.match(text, end + len(" of "))
            end = determiner.end() if determiner is not None else end + len(" of")
        phrase = self._nouns.phrase(text, end, limit) if text[end : end + 1] == " " else None
        return Range(phrase.start, phrase.end) if phrase is not None else self.clause_subject(article, start)

    def clause_subject(self, article: Article, start: int) -> Range | None:
        """The words from the beginning of the clause to its verb."""
        end = start
        begin = max(article.sentence_start(start), start - LONGEST_CLAUSE)
        for mark in (*reversed(list(_CLAUSE.finditer(article.text, begin, start))), None):
            words = list(_WORDS.finditer(article.text, begin if mark is None else mark.end(), end))
            for index, word in enumerate(words):
                if index and word.group().lower() in self._data.figure_verbs:
                    return self._without_function_words(words[:index])
            end = begin if mark is None else mark.start()
        return None

    def _without_function_words(self, words: list[re.Match[str]]) -> Range | None:
        while words and words[0].group().lower() in self._data.phrase_ends:
            words = words[1:]
        while words and words[-1].group().lower() in self._data.phrase_ends:
            words = words[:-1]
        return Range(words[0].start(), words[-1].end()) if words else None
