"""The best stretch of a row of scores."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from build_dataset.tagger.spans import best_stretches

SCORES = st.integers(1, 9).flatmap(
    lambda columns: st.lists(
        st.lists(st.integers(-9, 9), min_size=columns, max_size=columns), min_size=1, max_size=4
    )
)


@given(SCORES)
def test_no_stretch_has_a_higher_sum(rows: list[list[int]]) -> None:
    found = best_stretches(np.array(rows, np.float64))

    for row, start, end, total in zip(rows, *found, strict=True):
        sums = [sum(row[a:b]) for a in range(len(row)) for b in range(a + 1, len(row) + 1)]
        assert total == max(0, *sums)
        assert sum(row[start:end]) == total


def test_a_dip_is_bridged_and_a_stray_left_out() -> None:
    found = best_stretches(np.array([[5.0, -1.0, 4.0, -9.0, 2.0]]))

    assert (found.start[0], found.end[0]) == (0, 3)


def test_where_nothing_is_above_zero_the_highest_counts_from_a_least_value_on() -> None:
    scores = np.array([[-9.0, -2.0, -5.0], [-9.0, -4.0, -5.0]])

    found = best_stretches(scores, least=-3.0)

    assert [(start, end) for start, end, _ in zip(*found, strict=True)] == [(1, 2), (1, 1)]
