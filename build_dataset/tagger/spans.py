"""From scores to spans: the stretch of tokens whose scores sum up highest."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from build_dataset.tagger.features import Integers

Doubles = NDArray[np.float64]


class Stretches(NamedTuple):
    """The best stretch of each row: half-open column ranges, empty where there is none, and their sums."""

    start: Integers
    end: Integers
    sum: Doubles


def best_stretches(scores: Doubles, least: float = np.inf) -> Stretches:
    """The stretch of columns with the highest sum, of each row.

    Weak scores between strong ones are bridged and strays are left out (the maximum subarray of Bentley, Programming
    Pearls, 1984, for all rows at once). Sums of integers are exact; of two equal stretches the first is taken.

    Args:
        scores: rows × columns, above zero where a column belongs to a stretch.
        least: where no score of a row is above zero, its highest is a stretch if it is this high.
    """
    reached = np.cumsum(scores, axis=1)
    before = np.hstack([np.zeros((len(scores), 1), reached.dtype), reached[:, :-1]])
    gains = reached - np.minimum.accumulate(before, axis=1)
    last = gains.argmax(axis=1)
    rows = np.arange(len(scores))
    best = gains[rows, last]
    columns = np.arange(scores.shape[1])
    first = np.where(columns <= last[:, None], before, np.inf).argmin(axis=1)
    # Without a score above zero the sum is that of the highest one alone, so `first` and `last` are its place.
    found = (best > 0) | (best >= least)
    return Stretches(first, np.where(found, last + 1, first), np.where(found, best, 0))
