"""From the trained network to the file of integers that the tagger reads."""

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from build_dataset.tagger.model import Settings
from build_dataset.tagger.network import COARSE, EXACT, FINE, LARGEST, UNIT
from build_dataset.tagger.train.network import PLACES, AttributionNetwork, Block, TrainedNetwork

Doubles = NDArray[np.float64]

_LARGEST_WEIGHT = 127
_PLACES = 128


def exported(network: TrainedNetwork) -> tuple[dict[str, NDArray[np.generic]], Settings]:
    """The arrays of the integer network, and the settings that go with them.

    The normalization is folded into the weights before it; weights are rounded to 8 bits, with a scale for each output.
    """
    tables = _first_layer(network)
    arrays: dict[str, NDArray[np.generic]] = {
        name: _rounded(tables[name] * COARSE, np.int8) for name in ("word", "suffix", "prefix")
    }
    arrays["word"] = arrays["word"][1:]  # the first row is that of unknown words, which adds nothing
    arrays |= {name: _rounded(tables[name] * FINE, np.int16) for name in ("class", "spelling", "place")}
    arrays |= _layers("text", network.text)
    heads, settings = around_cues(network)
    return arrays | heads, settings.model_copy(update={"text_dilations": tuple(network.shape.dilations)})


def around_cues(network: AttributionNetwork) -> tuple[dict[str, NDArray[np.generic]], Settings]:
    """The arrays of what finds cues and their parts, and the settings, those for the text left empty."""
    head, head_step = _linear("head", network.head)
    part, part_step = _linear("part", network.part)
    settings = Settings(
        text_dilations=(),
        cue_dilations=tuple(network.shape.cue_dilations),
        cue_step=head_step,
        part_step=part_step,
    )
    return {**_layers("cue", network.cue), **_cue_surroundings(network), **head, **part}, settings


def encoder_tables(features: nn.ModuleDict) -> dict[str, NDArray[np.generic]]:
    """What is added to an encoder's output for the class and the place of a token."""
    tables = {name: _array(table.weight) for name, table in features.items()}
    places = np.arange(_PLACES)
    place = sum(tables[name][places // step % size] for name, (step, size) in PLACES.items())
    return {"class": tables["class"].astype(np.float32), "place": np.asarray(place, np.float32)}


def _layers(name: str, blocks: nn.ModuleList) -> dict[str, NDArray[np.generic]]:
    return {
        f"{name}.{index}.{part}": array
        for index, block in enumerate(blocks)
        for part, array in _layer(block).items()
    }


def _first_layer(network: TrainedNetwork) -> dict[str, Doubles]:
    """What each value of each feature adds to the first layer; what all tokens share is part of the place."""
    norm = network.norm
    scale = _array(norm.weight) / np.sqrt(_array(norm.running_var) + norm.eps)
    weights = _array(network.input.weight) * scale[:, None]
    constant = (_array(network.input.bias) - _array(norm.running_mean)) * scale + _array(norm.bias)
    tables = {}
    at = network.shape.vector
    tables["word"] = _array(network.word.weight) @ weights[:, :at].T
    for name, size in network.shape.features.items():
        embedding = network.features[name]
        assert isinstance(embedding, nn.Embedding)
        tables[name] = _array(embedding.weight) @ weights[:, at : at + size].T
        at += size
    places = np.arange(_PLACES)
    tables["place"] = constant + sum(
        tables.pop(name)[places // step % size] for name, (step, size) in PLACES.items()
    )
    return tables


def _layer(block: Block) -> dict[str, NDArray[np.generic]]:
    norm = block.norm
    scale = _array(norm.weight) / np.sqrt(_array(norm.running_var) + norm.eps)
    weights = (_array(block.convolution.weight) * scale[:, None, None]).transpose(2, 1, 0)  # taps × in × out
    constant = (_array(block.convolution.bias) - _array(norm.running_mean)) * scale + _array(norm.bias)
    size = np.abs(weights)
    step = np.maximum(size.max(axis=(0, 1)), 1e-6) / _LARGEST_WEIGHT
    # Where many weights are large, coarser steps keep every sum exact; rounding adds at most half a step to each.
    most = EXACT / LARGEST - weights[..., 0].size
    step = np.maximum(step, size.sum(axis=(0, 1)) / most)
    return {
        "weights": _rounded(weights / step, np.int8),
        "factor": step.astype(np.float32),
        "summand": (constant * UNIT).astype(np.float32),
    }


def _linear(name: str, layer: nn.Linear) -> tuple[dict[str, NDArray[np.generic]], float]:
    """A last layer, and what a step of its scores is worth."""
    weights = _array(layer.weight).T
    step = float(np.abs(weights).max()) / _LARGEST_WEIGHT
    summand = _rounded(_array(layer.bias) / step * UNIT, np.int32)
    return {f"{name}.weights": _rounded(weights / step, np.int8), f"{name}.summand": summand}, step / UNIT


def _cue_surroundings(network: AttributionNetwork) -> dict[str, NDArray[np.generic]]:
    """The layer that looks at a token and its cue: all its summands in the same steps."""
    token, anchor = _array(network.token.weight).T, _array(network.anchor.weight).T
    step = max(np.abs(token).max(), np.abs(anchor).max()) / _LARGEST_WEIGHT
    distance = _array(network.distance.weight) + _array(network.token.bias)
    return {
        "token.weights": _rounded(token / step, np.int8),
        "token.factor": np.array([step], np.float32),
        "anchor.weights": _rounded(anchor / step, np.int8),
        "distance": _rounded(distance / step * UNIT, np.int32),
        "relation": _rounded(_array(network.relation.weight) / step * UNIT, np.int32),
    }


def _rounded(values: Doubles, kind: type[np.signedinteger]) -> NDArray[np.generic]:
    limits = np.iinfo(kind)
    return np.clip(np.rint(values), limits.min + 1, limits.max).astype(kind)


def _array(values: Tensor | None) -> Doubles:
    assert values is not None
    array: Doubles = values.detach().to(torch.float64).numpy()
    return array
