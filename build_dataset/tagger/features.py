"""What the network sees of a token: the word, its class, spelling, ends, and where it stands."""

from collections.abc import Sequence
from typing import NamedTuple, Protocol
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from build_dataset.document import SegmentedText

Integers = NDArray[np.int64]

CLASSES = 'dipfcbshtwqxaygGvVkenN0uo"T,;:.()-*Q'
"""The letters that a language pack may give a word for its class."""
_MARKS = tuple(".,\"“”'’()-–—:;?!…$%―")
_AFFIXES = 3000
_AFFIX_LENGTH = 3

SIZES = {
    "class": len(CLASSES) + 1,
    "spelling": 8 + len(_MARKS),
    "suffix": _AFFIXES,
    "prefix": _AFFIXES,
    "place": 128,
}
"""How many values each feature has; that of the word itself is up to the vocabulary."""
UNKNOWN = 0
"""The row of a word outside the vocabulary."""


class WordClasses(Protocol):
    """What a language pack says of a word."""

    def __call__(self, form: str, /) -> tuple[str, str]:
        """The word in lower case, and the letter of its class."""


class Layout(NamedTuple):
    """Where the tokens of a text stand: arrays of one number a token.

    `place` is the feature; `sentence` and `paragraph` number the sentence (-1 in what is only about the
    article) and the paragraph.
    """

    place: Integers
    sentence: Integers
    paragraph: Integers


def word_features(form: str, classes: WordClasses) -> tuple[str, dict[str, int]]:
    """What a word shows by itself.

    Args:
        form: the word as written.
        classes: what the language pack says of it.

    Returns:
        The key under which the vocabulary may know it, and the value of each feature of `SIZES` but the place.
    """
    lower, letter = classes(form)
    return "0" if lower[0].isdigit() else lower, {
        "class": CLASSES.find(letter) + 1,
        "spelling": _spelling(form),
        "suffix": crc32(lower[-_AFFIX_LENGTH:].encode()) % _AFFIXES,
        "prefix": crc32(lower[:_AFFIX_LENGTH].encode()) % _AFFIXES,
    }


def _spelling(form: str) -> int:
    """Digits, capitals, or which mark it is."""
    if form.isdigit():
        return 1
    if form.islower():
        return 2
    if form.isupper():
        return 3 if len(form) > 1 else 4
    if form[0].isupper():
        return 5
    if any(map(str.isdigit, form)):
        return 6
    if any(map(str.isalpha, form)):
        return 7
    return 8 + _MARKS.index(form[0]) if form[0] in _MARKS else 0


def layout(segmented: SegmentedText) -> Layout:
    """Where each token stands: inside a quotation or one of its marks, at the edge of a sentence or paragraph."""
    tokens = segmented.tokens
    sentence = np.full(len(tokens), -1)
    for number, one in enumerate(segmented.sentences):
        sentence[one.first : one.last] = number
    starts = [token.start for token in tokens]
    paragraph = np.searchsorted([one.start for one in segmented.paragraphs], starts, side="right") - 1
    place = _quoted(segmented) + 4 * _edges(sentence) + 16 * _edges(paragraph) + 64 * (sentence < 0)
    return Layout(place, sentence, paragraph)


def _edges(numbers: Integers) -> Integers:
    """1 where a run of equal numbers begins, 2 where it ends, 3 where it is one token long."""
    changes = np.ones(len(numbers) + 1, np.int64)
    changes[1:-1] = numbers[1:] != numbers[:-1]
    return changes[:-1] + 2 * changes[1:]


def _quoted(segmented: SegmentedText) -> Integers:
    """1 inside a quotation, 2 for the mark that opens it, 3 for the one that closes it."""
    state = np.zeros(len(segmented.tokens), np.int64)
    if not segmented.quotations:
        return state
    starts = np.array([token.start for token in segmented.tokens])
    ends = np.array([token.end for token in segmented.tokens])

    def mark(value: int, ranges: Sequence[tuple[int, int]]) -> None:
        first = np.searchsorted(ends, [start for start, _ in ranges], side="right")
        last = np.searchsorted(starts, [end for _, end in ranges], side="left")
        for begin, end in zip(first, last, strict=True):
            state[begin:end] = value

    quotations = segmented.quotations
    mark(1, [(one.start, one.end) for one in quotations])
    mark(2, [(one.start, one.inner.start) for one in quotations])
    mark(3, [(one.inner.end, one.end) for one in quotations])
    return state
