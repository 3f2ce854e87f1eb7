"""Units: what the grammar works on. A sentence with each quotation as one token and a letter for each word's class.

A sentence that ends inside a quotation goes on behind it: `"Ready? Go!" he said.` is one unit.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from build_dataset.document import Quotation, SegmentedText, Token
from build_dataset.lang.en.attribution.lexicon import Lexicon

_INITIAL_AFTER = frozenset('.":;(-Q')
_UTTERANCE_ENDS = frozenset(".,!?;:。，！？—–-")
_WORDS_OF_A_TERM = 6
_LONGEST_UNIT = 500
"""Tokens of a sentence: beyond that it is a table, a list or an attack."""


class Unit(NamedTuple):
    """A sentence for the grammar: its tokens, their class letters in one string, and the tokens in lower case."""

    tokens: tuple[Token, ...]
    shape: str
    lower: tuple[str, ...]
    text: str

    def start(self, index: int) -> int:
        """Where the token begins in the text; past the last token, where the unit ends."""
        return self.tokens[index].start if index < len(self.tokens) else self.tokens[-1].end

    def end(self, index: int) -> int:
        """Where the token before `index` ends in the text."""
        return self.tokens[index - 1].end if index > 0 else self.tokens[0].start


def find_units(segmented: SegmentedText, lexicon: Lexicon) -> list[Unit]:
    """The units of a text, in order."""
    common = frozenset(filter(str.islower, {token.text for token in segmented.tokens}))
    return [_unit(segmented.text, tokens, lexicon, common) for tokens in _token_runs(segmented)]


def _token_runs(segmented: SegmentedText) -> Iterator[list[Token]]:
    """Tokens of each unit, quotations collapsed into one token with the tag `quotation`."""
    pairs = [quotation for quotation in segmented.quotations if quotation.opened and quotation.closed]
    at = 0
    run: list[Token] = []
    for sentence in segmented.sentences:
        while at < len(pairs) and pairs[at].end <= sentence.start:
            at += 1
        inside = at < len(pairs) and pairs[at].start < sentence.start
        if run and not inside:
            yield from _pieces(run)
            run = []
        at = _collect(segmented.tokens[sentence.first : sentence.last], pairs, at, run)
    yield from _pieces(run)


def _pieces(run: list[Token]) -> Iterator[list[Token]]:
    """A run as it is, or in pieces where it is too long to be a sentence: what looks at pairs of words stays quick."""
    for start in range(0, len(run), _LONGEST_UNIT):
        yield run[start : start + _LONGEST_UNIT]


def _collect(tokens: Sequence[Token], pairs: Sequence[Quotation], at: int, run: list[Token]) -> int:
    for token in tokens:
        while at < len(pairs) and token.start >= pairs[at].end:
            at += 1
        if at < len(pairs) and pairs[at].start <= token.start:
            if not run or run[-1].start != pairs[at].start:
                run.append(Token(pairs[at].start, pairs[at].end, "", "quotation"))
        else:
            run.append(token)
    return at


def _unit(text: str, tokens: list[Token], lexicon: Lexicon, common: frozenset[str]) -> Unit:
    letters: list[str] = []
    lower: list[str] = []
    previous = "."
    for token in tokens:
        if token.tag == "quotation":
            word, letter = "", _quotation_letter(text[token.start + 1 : token.end - 1].strip(" '’”\""))
        else:
            word, letter = lexicon.word(token.text)
            if letter == "N" and previous in _INITIAL_AFTER:
                letter = lexicon.initial_letter(word, letter, common)
            elif letter == "0" and previous == "y":
                letter = "y"  # the day of a month
            elif word == "'" and previous in "nN":
                letter = "u"  # "the workers' union"
        letters.append(letter)
        lower.append(word)
        previous = letter
    return Unit(tuple(tokens), "".join(letters), tuple(lower), text)


def _quotation_letter(inner: str) -> str:
    """`Q` for something uttered, `T` for a term or title that is part of a phrase."""
    return "Q" if inner[-1:] in _UTTERANCE_ENDS or inner.count(" ") >= _WORDS_OF_A_TERM else "T"
