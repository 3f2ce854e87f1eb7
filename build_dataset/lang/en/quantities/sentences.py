"""A sentence for what is read between figures: each word as a letter for its class, each figure as one token."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from build_dataset.document import Range, SegmentedText, Token
from build_dataset.extract.figures import Figure
from build_dataset.lang.en.attribution.lexicon import Lexicon
from build_dataset.lang.en.attribution.units import Unit

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

    def read(self, text: str, *, first: bool, before: str) -> tuple[str, str]:
        """A word in lower case and its letter, given the letter before it."""
        word, letter = self.lexicon.memory.get(text) or self.lexicon.word(text)
        if letter == "N" and first:
            letter = self.lexicon.initial_letter(word, letter, frozenset())
            letter = "p" if letter == "N" and word in self.functions else letter
        is_verb = word in self.verbs and before not in _BEFORE_NOUN
        if letter in "nekV" and (is_verb or before == "i"):
            letter = "v"  # "it pays": behind "it" or "they" no noun stands
        return word, letter


class Qualifiers:
    """Steps over the qualifiers and articles beside a figure."""

    def __init__(self, phrases: Iterable[str]) -> None:
        self._phrases = frozenset(phrases)

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
    lower: list[str] = []
    letters: list[str] = []
    at = 0
    for token in tokens:
        while at < len(figures) and figures[at].end <= token.start:
            at += 1
        if at < len(figures) and token.end > figures[at].start:
            if places and places.get(len(kept) - 1) is figures[at]:
                continue
            places[len(kept)] = figures[at]
            kept.append(Token(figures[at].start, figures[at].end, "", ""))
            lower.append("")
            letters.append(FIGURE)
            continue
        word, letter = words.read(token.text, first=not kept, before=letters[-1] if letters else "")
        kept.append(token)
        lower.append(word)
        letters.append(letter)
        if letter == "0" and letters[-3:-1] == ["N", "-"] and kept[-3].end == token.start - 1:
            letters[-2:] = "NN"  # the TA-125
    return Sentence(tuple(kept), "".join(letters), tuple(lower), text), places
