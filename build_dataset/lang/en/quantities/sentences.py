"""A sentence for what is read between figures: each word as a letter for its class, each figure as one token."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from operator import itemgetter
from typing import NamedTuple

from build_dataset.document import Range, SegmentedText, Token
from build_dataset.extract.figures import Figure
from build_dataset.lang.en.attribution.lexicon import Lexicon
from build_dataset.lang.en.attribution.units import Unit

_CAN_BE_VERB = re.compile("[nekV]")
_NUMBERED_NAME = re.compile("N(?=-0)")
_start_of = itemgetter(0)
_end_of = itemgetter(1)

FIGURE = "#"
"""The letter of a figure."""

_BEFORE_NOUN = frozenset("dfptvV#")
"""Behind one of these a word that can be a verb is a noun (cut costs by 5%, a 5% increase)."""

_LONGEST_QUALIFIER = 4
_ARTICLES = frozenset({"a", "an", "another", "the"})


class Sentence(Unit):
    """A unit of the grammar in which figures are tokens; `Unit.shape` has the letter `FIGURE` for them."""

    __slots__ = ()

    def range(self, first: int, last: int) -> Range:
        """The place of the tokens `[first, last)` in the text."""
        return Range(self.tokens[first].start, self.tokens[last - 1].end)


class WordClasses(NamedTuple):
    """The classes of words, and what is different beside figures.

    `verbs` are verbs there, whatever class they have elsewhere; `functions` are no names where a sentence begins.
    """

    lexicon: Lexicon
    verbs: frozenset[str]
    functions: frozenset[str]

    def look_up(self, token: Token) -> tuple[str, str]:
        """A word in lower case and its letter."""
        return self.lexicon.memory.get(token.text) or self.lexicon.word(token.text)

    def in_context(self, tokens: Sequence[Token], lower: Sequence[str], shape: str) -> str:
        """The letters of a sentence, those mended whose class depends on what stands before them."""
        letters = list(shape)
        if letters[0] == "N":
            letters[0] = self.lexicon.initial_letter(lower[0], "N", frozenset())
            letters[0] = "p" if letters[0] == "N" and lower[0] in self.functions else letters[0]
        for match in _CAN_BE_VERB.finditer(shape):
            at = match.start()
            before = letters[at - 1] if at else ""
            if before == "i" or (lower[at] in self.verbs and before not in _BEFORE_NOUN):
                letters[at] = "v"  # "it pays": behind "it" or "they" no noun stands
        for match in _NUMBERED_NAME.finditer(shape):
            at = match.start()
            if tokens[at].end == tokens[at + 2].start - 1:
                letters[at + 1 : at + 3] = "NN"  # the TA-125
        return "".join(letters)


class Qualifiers:
    """Steps over the qualifiers and articles beside a figure."""

    def __init__(self, phrases: Iterable[str]) -> None:
        self._phrases = frozenset(phrases)
        self._last_words = frozenset(phrase.rpartition(" ")[2] for phrase in self._phrases)

    def before(self, sentence: Sentence, at: int) -> int:
        """The index one past what stands before the figure at `at`, its qualifier and article left out."""
        start = at
        while start > 0:
            shorter = self._without_phrase(sentence, start)
            if shorter == start and (
                sentence.shape[start - 1] == "a" or sentence.lower[start - 1] in _ARTICLES
            ):
                shorter = start - 1
            if shorter == start:
                break
            start = shorter
        return start

    def _without_phrase(self, sentence: Sentence, end: int) -> int:
        if sentence.lower[end - 1] not in self._last_words:
            return end
        for length in range(min(_LONGEST_QUALIFIER, end), 0, -1):
            if " ".join(sentence.lower[end - length : end]) in self._phrases:
                return end - length
        return end


def sentences(
    segmented: SegmentedText, figures: Sequence[Figure], words: WordClasses
) -> Iterator[tuple[Sentence, dict[int, Figure]]]:
    """The sentences that hold figures, with the figure of each token that is one.

    Args:
        segmented: the text.
        figures: in order, none overlapping another.
        words: the classes of words.
    """
    following = 0
    for sentence in segmented.sentences:
        if following == len(figures):
            return
        if figures[following].start >= sentence.end:
            continue
        first = following
        while following < len(figures) and figures[following].start < sentence.end:
            following += 1
        tokens = segmented.tokens[sentence.first : sentence.last]
        yield _sentence(segmented.text, tokens, figures[first:following], words)


def _sentence(
    text: str, tokens: Sequence[Token], figures: Sequence[Figure], words: WordClasses
) -> tuple[Sentence, dict[int, Figure]]:
    places: dict[int, Figure] = {}
    kept: list[Token] = []
    known: list[tuple[str, str]] = []
    done = 0
    for figure in figures:
        first = bisect_right(tokens, figure.start, done, key=_end_of)
        kept += tokens[done:first]
        known += map(words.look_up, tokens[done:first])
        places[len(kept)] = figure
        kept.append(Token(figure.start, figure.end, "", ""))
        known.append(("", FIGURE))
        done = bisect_left(tokens, figure.end, first, key=_start_of)
    kept += tokens[done:]
    known += map(words.look_up, tokens[done:])
    lower, letters = zip(*known, strict=True)
    shape = words.in_context(kept, lower, "".join(letters))
    return Sentence(tuple(kept), shape, lower, text), places
