"""Where files end: a row that is added or taken out changes the files near it, and no other."""

from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from build_dataset.schema.identifiers import article_identifier
from build_dataset.write.cut import LEAST_BYTES, MOST_BYTES, cut, target_bytes

Rows = list[tuple[str, int]]

identifiers = st.integers(0, 10_000).map(lambda number: article_identifier(str(number)))
rows = st.lists(st.tuples(identifiers, st.integers(1, 3_000)), max_size=300)


def files(of: Rows, target: int) -> list[tuple[tuple[str, int], ...]]:
    return [tuple(of[start:end]) for start, end in pairwise([0, *cut(of, target)])]


def corpus(number: int, first: int = 0) -> Rows:
    return [(article_identifier(str(n)), 3_000 + 37 * n % 4_000) for n in range(first, first + number)]


@given(rows, st.integers(1, 20_000))
def test_every_row_is_in_one_file_and_no_file_is_too_large(of: Rows, target: int) -> None:
    made = files(of, target)

    assert [row for file in made for row in file] == of
    assert all(file for file in made) or not of
    for file in made:
        assert sum(size for _, size in file[:-1]) < 2 * target


@given(rows, rows, st.integers(1, 20_000))
def test_what_comes_after_leaves_all_but_the_last_file(of: Rows, more: Rows, target: int) -> None:
    assert files([*of, *more], target)[: len(files(of, target)) - 1] == files(of, target)[:-1]


@pytest.mark.parametrize("place", [0, 4_000, 19_999])
def test_a_row_in_between_changes_few_files(place: int) -> None:
    before = corpus(20_000)
    after = [*before[:place], *corpus(1, 99_999), *before[place:]]

    new = set(files(after, 1 << 20)) - set(files(before, 1 << 20))
    assert 1 <= len(new) <= 3
    assert len(files(before, 1 << 20)) > 60


def test_one_hundredth_more_changes_little() -> None:
    """The share of the bytes, in files that were not there before."""
    before = corpus(100_000)
    target = target_bytes(3 * sum(size for _, size in before))
    after = [*before, *corpus(1_000, 100_000)]
    known = set(files(before, target))

    assert target_bytes(3 * sum(size for _, size in after)) == target
    changed = sum(size for file in files(after, target) if file not in known for _, size in file)
    assert changed < 0.02 * sum(size for _, size in after)


def test_files_are_of_like_size() -> None:
    sizes = [sum(size for _, size in file) for file in files(corpus(50_000), 1 << 20)]

    assert all(size >= (1 << 20) // 4 for size in sizes[:-1])
    assert 0.5 < sum(sizes) / len(sizes) / (1 << 20) < 1.5


def test_the_size_of_files_follows_the_size_of_the_dataset_in_steps() -> None:
    steps = Counter(target_bytes(total) for total in range(0, 200 << 30, 50 << 20))

    assert min(steps) == LEAST_BYTES
    assert max(steps) == MOST_BYTES
    assert sorted(steps) == [1 << power for power in range(20, 27)]


def test_a_small_dataset_is_one_file() -> None:
    assert cut(corpus(40), target_bytes(40 * 5_000)) == [40]
    assert cut([], LEAST_BYTES) == [0]
