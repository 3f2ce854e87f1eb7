"""The network's arithmetic: exact, whatever adds the numbers up."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from build_dataset.tagger.features import Layout
from build_dataset.tagger.network import EXACT, LARGEST, CueNetwork, Layer, surroundings

WIDTH = 8


def layer(chance: np.random.Generator, dilation: int) -> Layer:
    weights = chance.integers(-127, 128, (3, WIDTH, WIDTH)).astype(np.float32)
    factor = chance.uniform(1e-4, 1e-3, WIDTH).astype(np.float32)
    return Layer(weights, factor, chance.normal(0, 9, WIDTH).astype(np.float32), dilation)


def by_hand(layer: Layer, values: NDArray[Any]) -> NDArray[np.float32]:
    """The same in integers, one product at a time, from the last to the first."""
    out = np.zeros_like(values)
    for at in range(len(values)):
        for column in range(WIDTH):
            total = 0
            for tap in (2, 1, 0):
                token = at + (tap - 1) * layer.dilation
                if 0 <= token < len(values):
                    for row in reversed(range(WIDTH)):
                        total += int(values[token, row]) * int(layer.weights[tap, row, column])
            scaled = np.float32(np.float32(total) * layer.factor[column]) + layer.summand[column]
            out[at, column] = min(values[at, column] + np.rint(max(scaled, np.float32(0))), LARGEST)
    return out


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 2**32 - 1), st.integers(1, 12), st.sampled_from((1, 2, 4)))
def test_a_layer_gives_what_integers_give_in_any_order(seed: int, tokens: int, dilation: int) -> None:
    chance = np.random.default_rng(seed)
    one = layer(chance, dilation)
    values = chance.integers(0, LARGEST + 1, (tokens, WIDTH)).astype(np.float32)

    assert np.array_equal(one(values), by_hand(one, values))


def arrays(rows: int) -> dict[str, NDArray[Any]]:
    """The arrays of a network with one layer around cues, every weight the largest."""
    return {
        "cue.0.weights": np.full((3, rows, WIDTH), 127, np.int8),
        "cue.0.factor": np.ones(WIDTH),
        "cue.0.summand": np.zeros(WIDTH),
        "distance": np.zeros((7, WIDTH), np.int8),
    }


def test_weights_whose_sums_could_be_inexact_are_refused() -> None:
    most = EXACT // (3 * 127 * LARGEST)
    CueNetwork(arrays(most), [1])

    with pytest.raises(ValueError, match=r"cue\.0\.weights"):
        CueNetwork(arrays(most + 1), [1])


def test_the_surroundings_of_a_cue_are_its_paragraph_within_the_window() -> None:
    paragraph = np.array([0, 0, 0, 1, 1, 1, 1, 1, 1, 2])
    layout = Layout(np.zeros(10, np.int64), paragraph, paragraph)

    around = surroundings(np.array([1, 7]), layout, window=3, gap=2)

    tokens = [around.token[(around.row == row) & (around.inside[:, 0] > 0)].tolist() for row in (0, 1)]
    assert tokens == [[0, 1, 2], [4, 5, 6, 7, 8]]
    assert len(around.token) == 3 + 2 + 5 + 2
    assert (around.column - 3 == around.token - np.array([1, 7])[around.row]).all()
