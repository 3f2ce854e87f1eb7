"""The network in exact arithmetic: convolutions over the text, then over the surroundings of each cue.

Every number is an integer held in a 32-bit float. A sum of products of integers stays exact in whatever order a
machine adds it up as long as it is below 2**24, which `check` makes sure of; what comes after a sum (one product, one
addition, one rounding, each defined by IEEE 754) is the same everywhere too. So the same text gives the same scores
on every processor, at the speed of its matrix routines.

Dilated convolutions instead of recurrence are from Strubell et al., Fast and Accurate Entity Recognition with Iterated
Dilated Convolutions (EMNLP 2017); integers from Jacob et al., Quantization and Training of Neural Networks for
Efficient Integer-Arithmetic-Only Inference (CVPR 2018).
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from build_dataset.tagger.features import Integers, Layout

Numbers = NDArray[np.float32]
Arrays = Mapping[str, NDArray[np.generic]]

UNIT = 64
"""Steps of an activation in 1: what is 1.0 in training is 64 here."""
LARGEST = 1023
"""The largest activation; larger ones are cut off."""
FINE = 256
"""Steps of the first layer's summands in 1."""
COARSE = 32
"""Steps in 1 of the tables with many rows, which are kept in 8 bits."""
EXACT = 2**24
"""Integers below this are exact in 32-bit floats."""
_TABLES = ("word", "suffix", "prefix")
"""What stays in 8 bits: large, and only looked up."""
TEXT_TABLES = frozenset((*_TABLES, "class", "spelling", "place"))
"""What belongs to the reading of words."""
RELATIONS = 5
"""Sentence of a token against that of the cue: two or more before, one before, the same, one behind, more behind."""


class Layer(NamedTuple):
    """One convolution of three taps: weights (3 × in × out), a factor and a summand for each output, the dilation."""

    weights: Numbers
    factor: Numbers
    summand: Numbers
    dilation: int

    def __call__(self, values: Numbers) -> Numbers:
        """Add to `values` (tokens × in) what the layer makes of them."""
        reach = self.dilation
        count = len(values)
        padded = np.zeros((count + 2 * reach, values.shape[1]), np.float32)
        padded[reach : reach + count] = values
        sums: Numbers = padded[:count] @ self.weights[0]
        sums += values @ self.weights[1]
        sums += padded[2 * reach :] @ self.weights[2]
        sums *= self.factor
        sums += self.summand
        np.maximum(sums, 0, out=sums)
        np.rint(sums, out=sums)
        sums += values
        np.minimum(sums, LARGEST, out=sums)
        return sums


class Surroundings(NamedTuple):
    """The tokens around each cue, one cue after the other with gaps between.

    `token` is the number of the token at each position, `row` the cue it belongs to, `column` its distance from the
    cue plus the window, `inside` 0 in the gaps and 1 elsewhere.
    """

    token: Integers
    row: Integers
    column: Integers
    inside: Numbers


def surroundings(cues: Integers, layout: Layout, window: int, gap: int) -> Surroundings:
    """The tokens of each cue's paragraph at most `window` tokens from it, `gap` empty positions behind each cue's."""
    paragraph = layout.paragraph
    first = np.maximum(np.searchsorted(paragraph, paragraph[cues], side="left"), cues - window)
    last = np.minimum(np.searchsorted(paragraph, paragraph[cues], side="right"), cues + window + 1)
    lengths = last - first + gap
    row = np.repeat(np.arange(len(cues)), lengths)
    token = first[row] + np.arange(lengths.sum()) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    inside = token < last[row]
    token = np.where(inside, token, cues[row])
    return Surroundings(token, row, token - cues[row] + window, inside.astype(np.float32)[:, None])


def relation(sentence: Integers, around: Surroundings, cues: Integers) -> Integers:
    """Which sentence each position stands in, as seen from its cue's; see `RELATIONS`."""
    apart: Integers = np.clip(sentence[around.token] - sentence[cues][around.row], -2, 2)
    return apart + RELATIONS // 2


class _Weights:
    """Arrays as floats, layers made of them."""

    def __init__(self, arrays: Arrays) -> None:
        self._arrays = {name: array.astype(np.float32) for name, array in arrays.items()}
        for name, array in self._arrays.items():
            if name.endswith("weights"):
                axes = tuple(range(array.ndim - 1))
                if np.abs(array).sum(axis=axes).max() * LARGEST >= EXACT:
                    raise ValueError(f"the weights of {name} are too large for exact arithmetic")

    def _layers(self, name: str, dilations: Sequence[int]) -> list[Layer]:
        return [
            Layer(
                np.ascontiguousarray(self._arrays[f"{name}.{index}.weights"]),
                self._arrays[f"{name}.{index}.factor"],
                self._arrays[f"{name}.{index}.summand"],
                dilation,
            )
            for index, dilation in enumerate(dilations)
        ]


class TextNetwork(_Weights):
    """From words and where they stand to what is known of each token.

    Raises:
        ValueError: a layer's weights are so large that a sum could leave the integers that are exact.
    """

    def __init__(self, arrays: Arrays, dilations: Sequence[int]) -> None:
        super().__init__({name: array for name, array in arrays.items() if name not in _TABLES})
        self._tables = {name: arrays[name].astype(np.int8, copy=False) for name in _TABLES}
        self._text = self._layers("text", dilations)
        self.width = self._arrays["place"].shape[1]

    def word(self, row: int | None, features: Mapping[str, int]) -> Numbers:
        """What a word adds to the first layer, wherever it stands; `row` is that of the vocabulary."""
        arrays = self._arrays
        total = arrays["class"][features["class"]] + arrays["spelling"][features["spelling"]]
        for name, index in (("suffix", features["suffix"]), ("prefix", features["prefix"]), ("word", row)):
            if index is not None:
                total = total + np.float32(FINE // COARSE) * self._tables[name][index]
        return np.asarray(total, np.float32)

    def read(self, words: Numbers, place: Integers) -> Numbers:
        """The text, layer by layer.

        Args:
            words: tokens × width, what `word` gave for each.
            place: the place feature of each token.

        Returns:
            Tokens × width: what the network knows of each token.
        """
        values = words + self._arrays["place"][place]
        np.maximum(values, 0, out=values)
        values *= np.float32(UNIT / FINE)
        np.rint(values, out=values)
        np.minimum(values, LARGEST, out=values)
        for layer in self._text:
            values = layer(values)
        return values


class CueNetwork(_Weights):
    """From what is known of each token to cues, and to what belongs to each cue.

    Raises:
        ValueError: a layer's weights are so large that a sum could leave the integers that are exact.
    """

    def __init__(self, arrays: Arrays, dilations: Sequence[int]) -> None:
        super().__init__(arrays)
        self._cue = self._layers("cue", dilations)
        self._gap = max(dilations)
        self.window = (len(self._arrays["distance"]) - 1) // 2

    def cues(self, values: Numbers) -> Numbers:
        """Tokens × 2: how much speaks for a token being a cue, and for it being one of saying."""
        return np.asarray(values @ self._arrays["head.weights"] + self._arrays["head.summand"], np.float32)

    def parts(self, values: Numbers, cues: Integers, layout: Layout) -> tuple[Numbers, Surroundings]:
        """What speaks for each token around a cue being outside, content or source.

        Returns:
            Positions × 3, and which token each position is.
        """
        arrays = self._arrays
        around = surroundings(cues, layout, self.window, self._gap)
        apart = relation(layout.sentence, around, cues)
        mixed = (values @ arrays["token.weights"])[around.token]
        mixed += (values[cues] @ arrays["anchor.weights"])[around.row]
        mixed += arrays["distance"][around.column]
        mixed += arrays["relation"][apart]
        np.maximum(mixed, 0, out=mixed)
        mixed *= arrays["token.factor"]
        np.rint(mixed, out=mixed)
        np.minimum(mixed, LARGEST, out=mixed)
        mixed *= around.inside
        for layer in self._cue:
            mixed = layer(mixed)
            mixed *= around.inside
        return np.asarray(mixed @ arrays["part.weights"] + arrays["part.summand"], np.float32), around
