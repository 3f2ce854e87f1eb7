"""How a text is cut into stretches that an encoder can read."""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from build_dataset.tagger.features import Integers

PIECES = 160
"""Pieces of words that are read together, unless one sentence has more."""
MOST_PIECES = 500
"""Pieces that the encoder can read at once."""


def is_sentence_start(place: Integers) -> NDArray[np.bool_]:
    """Of each token, by the feature of its place, whether a sentence begins there."""
    return place // 4 % 2 > 0


def chunks(lengths: Sequence[int], begins: Sequence[bool]) -> list[tuple[int, int]]:
    """Stretches of tokens to be read together: whole sentences where that is possible.

    Args:
        lengths: how many pieces each token has.
        begins: whether a sentence begins at it.

    Returns:
        Half-open ranges that cover all tokens in order.
    """
    found: list[tuple[int, int]] = []
    size = 0
    for start, end in _sentences(lengths, begins):
        pieces = sum(lengths[start:end])
        if found and size + pieces <= PIECES:
            found[-1] = (found[-1][0], end)
            size += pieces
        else:
            found.append((start, end))
            size = pieces
    return found


def _sentences(lengths: Sequence[int], begins: Sequence[bool]) -> Iterator[tuple[int, int]]:
    """The sentences, those that are too long in parts."""
    start = size = 0
    for token, (length, first) in enumerate(zip(lengths, begins, strict=True)):
        if token > start and (first or size + length > MOST_PIECES):
            yield start, token
            start, size = token, 0
        size += length
    if lengths:
        yield start, len(lengths)
