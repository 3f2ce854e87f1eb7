"""Units: what the grammar works on. A sentence with each quotation as one token and a letter for each word's class.

A sentence that ends inside a quotation goes on behind it: `"Ready? Go!" he said.` is one unit.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from build_dataset.document import Quotation, SegmentedText, Token
from build_dataset.lang.en.attribution.lexicon import Lexicon

_TO_MEND = re.compile(r"""(?:^|(?<=[.":;(\-Q]))N|(?<=y)0|(?<=[nN])-""")
"""Words at the beginning of a sentence, days behind months, apostrophes behind nouns."""
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
    if tokens and (at == len(pairs) or tokens[-1].start < pairs[at].start):
        run.extend(tokens)  # no quotation in this sentence
        return at
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
    memory = lexicon.memory
    known = [
        memory.get(form) or lexicon.word(form)
        if not tag
        else ("", _quotation_letter(text[start + 1 : end - 1]))
        for start, end, form, tag in tokens
    ]
    lower, letters = zip(*known, strict=True)
    shape = "".join(letters)
    for match in reversed(list(_TO_MEND.finditer(shape))):
        at = match.start()
        shape = shape[:at] + _mended(shape[at], lower[at], lexicon, common) + shape[at + 1 :]
    return Unit(tuple(tokens), shape, lower, text)


def _mended(letter: str, word: str, lexicon: Lexicon, common: frozenset[str]) -> str:
    """The letter of a word whose class depends on what stands before it."""
    if letter == "N":
        return lexicon.initial_letter(word, letter, common)
    if letter == "0":
        return "y"  # the day of a month
    return "u" if word == "'" else letter  # "the workers' union"


def _quotation_letter(inner: str) -> str:
    """`Q` for something uttered, `T` for a term or title that is part of a phrase."""
    inner = inner.strip(" '’”\"")
    return "Q" if inner[-1:] in _UTTERANCE_ENDS or inner.count(" ") >= _WORDS_OF_A_TERM else "T"
