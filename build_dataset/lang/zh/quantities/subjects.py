"""What a Chinese figure is a figure of: the noun phrase before the word that states it (营收 in 公司营收为3亿元)."""

from bisect import bisect_right
from collections.abc import Sequence

from build_dataset.document import Range, SegmentedText, Token
from build_dataset.extract.figures import Figure
from build_dataset.lang.zh.quantities.context import CLAUSE_END
from build_dataset.lang.zh.quantities.data import QuantityData
from build_dataset.schema import StatisticKind

LONGEST_PHRASE = 16
"""Words of a noun phrase."""

SHORTEST_PHRASE = 2
"""Characters."""

LONGEST_STATEMENT = 8
"""Words between a noun phrase and its figure."""

_PHRASE_TAGS = frozenset({"a", "an", "b", "eng", "f", "i", "j", "l", "m", "uj", "vn"})
_STATING_TAGS = frozenset({"d", "p", "u", "ul", "uz", "ug"})
_SUFFIXES = "仅约超近达逾为占"
_CLOSED = frozenset("》”」)）")


class SubjectFinder:
    """Finds the noun phrase that a figure is of, in its own clause."""

    def __init__(self, data: QuantityData) -> None:
        qualifiers = (phrase for phrases in data.qualifiers.values() for phrase in phrases)
        self._stating = frozenset({*data.reached, *data.rises, *data.falls, *data.stating, *qualifiers})
        self._copulas = data.copulas
        self._measured = data.measured_words
        self._former_times = tuple(data.former_times)
        self._not_subjects = data.not_subjects

    def find(self, segmented: SegmentedText, figure: Figure) -> Range | None:
        """The phrase before the figure's verb, None where its clause has none.

        Args:
            segmented: the text.
            figure: a figure; of a count with a noun the noun is the subject.
        """
        if figure.kind is StatisticKind.COUNT and figure.unit is not None and figure.subject is not None:
            return figure.subject
        tokens = segmented.tokens
        at = bisect_right(tokens, figure.start - 1, key=lambda token: token.start)
        end = self._before_verb(tokens, at)
        start = self._phrase_start(tokens, end)
        return self._trimmed(segmented.text, tokens, start, end)

    def _before_verb(self, tokens: Sequence[Token], at: int) -> int:
        """One past the last token before the words that state the figure."""
        end, copula = self._before_share(tokens, at), False
        for _ in range(LONGEST_STATEMENT):
            token = tokens[end - 1] if end else None
            if token is None or token.text in self._measured or (copula and token.tag == "v"):
                break
            if token.text not in self._stating and token.tag not in _STATING_TAGS:
                break
            copula = token.text in self._copulas
            end -= 1
        return end

    def _before_share(self, tokens: Sequence[Token], at: int) -> int:
        """One past the verb of a share: 营收占总营收的14% is of 营收."""
        if at == 0 or tokens[at - 1].text != "的":
            return at
        verbs = (
            end
            for end in range(at, max(0, at - LONGEST_STATEMENT), -1)
            if tokens[end - 1].text in self._copulas
        )
        return next(verbs, at)

    def _phrase_start(self, tokens: Sequence[Token], end: int) -> int:
        start = end
        while start > 0 and end - start < LONGEST_PHRASE:
            token = tokens[start - 1]
            if token.text in self._not_subjects or token.text[0] in CLAUSE_END:
                break
            nominal = token.tag in _PHRASE_TAGS or token.tag[:1] == "n" or token.text in self._measured
            described = token.tag == "v" and start < end and tokens[start].tag in ("uj", "vn")
            if not nominal and not described:
                break
            start -= 1
        return start

    def _trimmed(self, text: str, tokens: Sequence[Token], start: int, end: int) -> Range | None:
        """The phrase from its first noun on; None where none is in it."""
        while start < end and not self._begins(tokens[start]):
            start += 1
        if start >= end or not any(self._is_noun(token) for token in tokens[start:end]):
            return None
        phrase = Range(tokens[start].start, tokens[end - 1].end)
        while phrase.end > phrase.start + 1 and text[phrase.end - 1] in _SUFFIXES:
            phrase = Range(phrase.start, phrase.end - 1)
        if text[phrase.end - 1] == "比" and text.startswith(self._former_times, phrase.end):
            phrase = Range(phrase.start, phrase.end - 1)  # 价格比上年
        return phrase

    def _begins(self, token: Token) -> bool:
        return self._is_noun(token) or token.tag in ("a", "b", "j", "eng", "vn", "an", "l")

    def _is_noun(self, token: Token) -> bool:
        return (
            token.tag[:1] == "n" or token.tag in ("vn", "j", "eng", "l", "an") or token.text in self._measured
        )
