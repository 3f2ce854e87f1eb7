"""Two bounds that make one range: 大于10小于20, 20岁以上50岁以下, 不高于5不低于3."""

import re

from build_dataset.extract.units import Unit
from build_dataset.lang.zh.quantities.context import Article
from build_dataset.lang.zh.quantities.data import QuantityData
from build_dataset.lang.zh.quantities.terms import Term, TermReader
from build_dataset.lang.zh.quantities.units import alternatives
from build_dataset.schema import Qualifier

_COMPARED = {
    "大": Qualifier.AT_LEAST,
    "高": Qualifier.AT_LEAST,
    "多": Qualifier.AT_LEAST,
    "小": Qualifier.AT_MOST,
}
_COMPARED |= {"低": Qualifier.AT_MOST, "少": Qualifier.AT_MOST}
_LONGEST_WORD = 6


class BoundsReader:
    """Reads the second bound behind a first one."""

    def __init__(self, data: QuantityData, terms: TermReader, measure: re.Pattern[str]) -> None:
        self._terms = terms
        self._measure = measure
        self._sides = {
            word: side
            for table in (data.bounds_before, data.bounds_behind)
            for side, words in table.items()
            for word in words
        }
        before = alternatives(word for words in data.bounds_before.values() for word in words)
        behind = alternatives(word for words in data.bounds_behind.values() for word in words)
        self._before = re.compile(rf"(?P<word>{before}|比)[ ]?$")
        self._behind = re.compile(rf"[ ]?(?P<word>{behind})")
        self._joint = re.compile(
            rf"(?:的?同时)?[ ]?[，,、]?[ ]?(?:并且|且|并|和|而|但|又)?[ ]?(?P<word>{before}|比)?[ ]?"
        )

    def read(self, article: Article, first: Term) -> Term | None:
        """The term that bounds from the other side, None where there is none right behind."""
        text = article.text
        before = self._before.search(text, max(0, first.start - _LONGEST_WORD), first.start)
        side, end = self._side(text, first, before["word"] if before is not None else None)
        if side is None:
            return None
        joint = self._joint.match(text, end)
        if joint is None or not self._terms.begins_number(text, joint.end()):
            return None
        second = self._terms.read(article, joint.end(), signed=False)
        if second is None or second.high is not None or not _agree(first.unit, second.unit):
            return None
        other, _ = self._side(text, second, joint["word"])
        lower, upper = (first, second) if side is Qualifier.AT_LEAST else (second, first)
        return second if other not in (None, side) and lower.low < upper.low else None

    def _side(self, text: str, term: Term, word: str | None) -> tuple[Qualifier | None, int]:
        """From which side a term bounds, by the word before it or behind it, and where that ends."""
        measured = self._measure.match(text, term.end) if term.unit is None else None
        end = term.end if measured is None else measured.end()
        if word == "比":
            return _COMPARED.get(text[end : end + 1]), end + 1
        if word is not None:
            return self._sides[word], end
        behind = self._behind.match(text, end)
        return (None, end) if behind is None else (self._sides[behind["word"]], behind.end())


def _agree(first: Unit | None, second: Unit | None) -> bool:
    return first is None or second is None or first.name == second.name
