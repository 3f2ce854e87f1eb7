"""A sentence for what is read between figures: each word as a letter for its class, each figure as one token."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from build_dataset.document import Range, SegmentedText, Token
from build_dataset.extract.figures import Figure
from build_dataset.lang.en.attribution.lexicon import Lexicon
from build_dataset.lang.en.attribution.units import Unit

FIGURE = "#"
"""The letter of a figure."""

LONGEST_SENTENCE = 160
"""Tokens; a longer one is a table or a list, and is cut into pieces."""


class Sentence(Unit):
    """A unit of the grammar in which figures are tokens; `Unit.shape` has the letter `FIGURE` for them."""

    __slots__ = ()

    def range(self, first: int, last: int) -> Range:
        """The place of the tokens `[first, last)` in the text."""
        return Range(self.tokens[first].start, self.tokens[last - 1].end)


def sentences(
    segmented: SegmentedText, figures: Sequence[Figure], lexicon: Lexicon, verbs: frozenset[str]
) -> Iterator[tuple[Sentence, dict[int, Figure]]]:
    """The sentences that hold figures, with the figure of each token that is one.

    Args:
        segmented: the text.
        figures: in order, none overlapping another.
        lexicon: the classes of words.
        verbs: words that are verbs beside figures, whatever class they have elsewhere.
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
        yield _sentence(segmented.text, tokens, figures[first:following], lexicon, verbs)


def _sentence(
    text: str, tokens: Sequence[Token], figures: Sequence[Figure], lexicon: Lexicon, verbs: frozenset[str]
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
        word, letter = lexicon.memory.get(token.text) or lexicon.word(token.text)
        if letter == "N" and not kept:
            letter = lexicon.initial_letter(word, letter, frozenset())
        kept.append(token)
        lower.append(word)
        letters.append("v" if letter in "nekV" and word in verbs else letter)
        if letter == "0" and letters[-3:-1] == ["N", "-"] and kept[-3].end == token.start - 1:
            letters[-2:] = "NN"  # the TA-125
    return Sentence(tuple(kept), "".join(letters), tuple(lower), text), places


def in_order(figures: Sequence[Figure]) -> list[Figure]:
    """The figures that the dataset keeps, none overlapping the one before."""
    kept = sorted((one for one in figures if one.exclusion is None), key=lambda figure: figure.start)
    return kept[:1] + [second for first, second in pairwise(kept) if second.start >= first.end]
