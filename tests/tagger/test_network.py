"""The network's arithmetic: exact, whatever adds the numbers up."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from build_dataset.tagger.features import Layout
from build_dataset.tagger.network import EXACT, LARGEST, Layer, Network, surroundings

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


def arrays(weight: int) -> dict[str, NDArray[Any]]:
    """The arrays of a network with one layer for the text and one for the cue, every weight the same."""

    def table(rows: int) -> NDArray[Any]:
        return np.zeros((rows, WIDTH), np.int8)

    def full(*shape: int) -> NDArray[Any]:
        return np.full(shape, weight, np.int8)

    block = {"weights": full(3, WIDTH, WIDTH), "factor": np.ones(WIDTH), "summand": np.zeros(WIDTH)}
    return {
        **{name: table(4) for name in ("word", "suffix", "prefix", "class", "spelling", "place", "relation")},
        **{f"{name}.0.{part}": array for name in ("text", "cue") for part, array in block.items()},
        "distance": table(2 * 3 + 1),
        "head.weights": full(WIDTH, 2),
        "head.summand": np.zeros(2),
        "token.weights": full(WIDTH, WIDTH),
        "token.factor": np.ones(1),
        "anchor.weights": full(WIDTH, WIDTH),
        "part.weights": full(WIDTH, 3),
        "part.summand": np.zeros(3),
    }


def test_weights_whose_sums_could_be_inexact_are_refused() -> None:
    dilations = {"text": [1], "cue": [1]}
    Network(arrays(weight=1), dilations).check()

    many = arrays(weight=127)
    many["text.0.weights"] = np.full((3, 50, WIDTH), 127, np.int8)

    assert 3 * 50 * 127 * LARGEST >= EXACT
    with pytest.raises(ValueError, match=r"text\.0\.weights"):
        Network(many, dilations).check()


def test_the_surroundings_of_a_cue_are_its_paragraph_within_the_window() -> None:
    paragraph = np.array([0, 0, 0, 1, 1, 1, 1, 1, 1, 2])
    layout = Layout(np.zeros(10, np.int64), paragraph, paragraph)

    around = surroundings(np.array([1, 7]), layout, window=3, gap=2)

    tokens = [around.token[(around.row == row) & (around.inside[:, 0] > 0)].tolist() for row in (0, 1)]
    assert tokens == [[0, 1, 2], [4, 5, 6, 7, 8]]
    assert len(around.token) == 3 + 2 + 5 + 2
    assert (around.column - 3 == around.token - np.array([1, 7])[around.row]).all()
