"""Articles put one behind the other into batches of about the same number of tokens."""

import random
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from build_dataset.tagger.network import relation, surroundings
from build_dataset.tagger.train.corpus import CONTENT, SOURCE, Article

GAP = 8
"""Empty tokens between articles: as many as the widest convolution reaches."""
_GAP_AROUND = 4


class Batch(NamedTuple):
    """One step's worth of articles.

    `features` and `real` (0 in the gaps) have one value a token; `cue` says which tokens carry a cue. `anchors` are
    their numbers, `of_saying` whether they say. `token`, `row`, `column`, `relation`, `inside` and `part` have one
    value for each token around each cue.
    """

    features: Mapping[str, Tensor]
    real: Tensor
    cue: Tensor
    anchors: Tensor
    of_saying: Tensor
    token: Tensor
    row: Tensor
    column: Tensor
    relation: Tensor
    inside: Tensor
    part: Tensor


def batches(
    articles: Sequence[Article],
    vocabulary: Mapping[str, int],
    window: int,
    tokens: int,
    chance: random.Random,
) -> Iterator[Batch]:
    """All articles once, in random order, about `tokens` tokens at a time."""
    order = list(articles)
    chance.shuffle(order)
    pile: list[Article] = []
    size = 0
    for article in order:
        pile.append(article)
        size += len(article.keys)
        if size >= tokens:
            yield _batch(pile, vocabulary, window)
            pile, size = [], 0
    if any(article.attributions for article in pile):
        yield _batch(pile, vocabulary, window)


def _batch(pile: Sequence[Article], vocabulary: Mapping[str, int], window: int) -> Batch:
    starts = np.cumsum([0, *(len(article.keys) + GAP for article in pile)])
    total = int(starts[-1])
    names = list(pile[0].features)
    features = {name: np.zeros(total, np.int64) for name in (*names, "place", "word")}
    real, cue = np.zeros(total, np.float32), np.zeros(total, np.float32)
    found: dict[str, list[NDArray[Any]]] = {
        name: [] for name in ("anchors", "of_saying", "token", "row", "column", "relation", "inside", "part")
    }
    anchors = 0
    for start, article in zip(starts, pile, strict=False):
        here = slice(start, start + len(article.keys))
        for name in names:
            features[name][here] = article.features[name]
        features["place"][here] = article.layout.place
        features["word"][here] = [vocabulary.get(key, 0) for key in article.keys]
        real[here] = 1
        if not article.attributions:
            continue
        cues = np.array([one.cue for one in article.attributions])
        cue[start + cues] = 1
        around = surroundings(cues, article.layout, window, _GAP_AROUND)
        found["anchors"].append(start + cues)
        found["of_saying"].append(np.array([one.of_saying for one in article.attributions]))
        found["token"].append(start + around.token)
        found["row"].append(anchors + around.row)
        found["column"].append(around.column)
        found["relation"].append(relation(article.layout.sentence, around, cues))
        found["inside"].append(around.inside[:, 0])
        labels = np.zeros((len(cues), len(article.keys)), np.int64)
        for row, one in enumerate(article.attributions):
            labels[row, one.content] = CONTENT
            labels[row, one.source] = SOURCE
        found["part"].append(labels[around.row, around.token])
        anchors += len(cues)
    joined = {name: torch.from_numpy(np.concatenate(parts)) for name, parts in found.items()}
    return Batch(
        features={name: torch.from_numpy(values) for name, values in features.items()},
        real=torch.from_numpy(real),
        cue=torch.from_numpy(cue),
        **joined,
    )
