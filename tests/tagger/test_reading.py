"""How a text is cut for an encoder."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from build_dataset.tagger.reading import MOST_PIECES, PIECES, chunks

TOKENS = st.lists(st.tuples(st.integers(1, 6), st.booleans()), max_size=400)


@given(TOKENS)
def test_every_token_is_read_once_and_in_order(tokens: list[tuple[int, bool]]) -> None:
    found = chunks([length for length, _ in tokens], [begins for _, begins in tokens])

    assert [token for start, end in found for token in range(start, end)] == list(range(len(tokens)))


@given(TOKENS)
def test_no_stretch_is_longer_than_can_be_read(tokens: list[tuple[int, bool]]) -> None:
    lengths = [length for length, _ in tokens]

    assert all(
        sum(lengths[start:end]) <= MOST_PIECES for start, end in chunks(lengths, [b for _, b in tokens])
    )


@given(TOKENS)
def test_stretches_are_cut_between_sentences_and_filled(tokens: list[tuple[int, bool]]) -> None:
    lengths, begins = [length for length, _ in tokens], [first for _, first in tokens]
    found = chunks(lengths, begins)

    for (start, end), (_, following) in pairwise(found):
        assert begins[end] or sum(lengths[start:end]) > MOST_PIECES - 6
        assert sum(lengths[start:following]) > PIECES


def test_an_empty_text_has_none() -> None:
    assert chunks([], []) == []
