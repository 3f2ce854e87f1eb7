"""The network as it is trained: the same shape as `build_dataset.tagger.network`, in floating point."""

from abc import abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import torch
from torch import Tensor, nn
from torch.nn import functional

from build_dataset.tagger.features import CLASSES, SIZES
from build_dataset.tagger.network import RELATIONS
from build_dataset.tagger.train.batches import Batch

PLACES = {"quoted": (1, 4), "sentence_edge": (4, 4), "paragraph_edge": (16, 4), "excluded": (64, 2)}
"""What the place of a token is made of: divide by the first number, take the rest of dividing by the second."""

_NAME = CLASSES.index("N") + 1
FEATURES = {
    "class": 12,
    "spelling": 6,
    "suffix": 16,
    "prefix": 16,
    "quoted": 4,
    "sentence_edge": 4,
    "paragraph_edge": 4,
    "excluded": 2,
}
"""Dimensions of the vector of each feature."""


@dataclass(frozen=True, slots=True)
class Shape:
    """How large the network is and how it is trained; the values were chosen on the development articles."""

    vector: int = 64
    width: int = 96
    cue_width: int = 48
    window: int = 80
    dilations: Sequence[int] = (1, 2, 4, 8)
    cue_dilations: Sequence[int] = (1, 2, 4)
    features: Mapping[str, int] = field(default_factory=lambda: dict(FEATURES))
    dropout: float = 0.3
    cue_dropout: float = 0.1
    word_dropout: float = 0.1
    name_dropout: float = 0.3
    """How often a name is an unknown word: who is in the news this year is nothing to learn."""
    smoothing: float = 0.1
    """Share of each label that is spread over the others: annotators disagree."""
    learning_rate: float = 2e-3
    weight_decay: float = 1e-2
    epochs: int = 14
    tokens: int = 4500
    """Tokens of a batch."""


class Block(nn.Module):
    """A convolution of three taps whose outcome is added to what it saw."""

    def __init__(self, width: int, dilation: int, dropout: float) -> None:
        super().__init__()
        self.convolution = nn.Conv1d(width, width, 3, padding=dilation, dilation=dilation)
        self.norm = nn.BatchNorm1d(width)
        self.dropout = nn.Dropout(dropout)

    def forward(self, values: Tensor) -> Tensor:
        """`values` is 1 × width × positions, as is the result."""
        added: Tensor = self.dropout(functional.relu(self.norm(self.convolution(values))))
        return values + added


class AttributionNetwork(nn.Module):
    """What is the same whatever reads the text: text → cues; text around a cue → its parts."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.shape = shape
        self.head = nn.Linear(shape.width, 2)
        self.token = nn.Linear(shape.width, shape.cue_width)
        self.anchor = nn.Linear(shape.width, shape.cue_width, bias=False)
        self.distance = nn.Embedding(2 * shape.window + 1, shape.cue_width)
        self.relation = nn.Embedding(RELATIONS, shape.cue_width)
        for embedding in (self.distance, self.relation):
            nn.init.normal_(embedding.weight, std=0.1)
        self.cue = nn.ModuleList(
            Block(shape.cue_width, step, shape.cue_dropout) for step in shape.cue_dilations
        )
        self.part = nn.Linear(shape.cue_width, 3)

    @abstractmethod
    def read(self, batch: Batch) -> Tensor:
        """Tokens × width, none below zero: what the network knows of each token."""

    def parts(self, text: Tensor, batch: Batch) -> Tensor:
        """Positions × 3: outside, content, source."""
        mixed = (
            self.token(text)[batch.token]
            + self.anchor(text[batch.anchors])[batch.row]
            + self.distance(batch.column)
            + self.relation(batch.relation)
        )
        inside = batch.inside[None, None]
        around = functional.relu(mixed).T[None] * inside
        for block in self.cue:
            around = block(around) * inside
        scores: Tensor = self.part(around[0].T)
        return scores

    def loss(self, batch: Batch) -> Tensor:
        """What training makes small: surprise at the cues, at their kind, and at each token's part around them."""
        text = self.read(batch)
        heads = self.head(text)
        cues = functional.binary_cross_entropy_with_logits(heads[:, 0], batch.cue, reduction="none")
        kinds = functional.binary_cross_entropy_with_logits(heads[batch.anchors, 1], batch.of_saying.float())
        parts = functional.cross_entropy(
            self.parts(text, batch), batch.part, reduction="none", label_smoothing=self.shape.smoothing
        )
        number = len(batch.anchors)
        return (cues * batch.real).sum() / number + 0.3 * kinds + 0.1 * (parts * batch.inside).sum() / number


class TrainedNetwork(AttributionNetwork):
    """Word vectors and features → text, by convolutions."""

    def __init__(self, shape: Shape, vectors: Tensor) -> None:
        super().__init__(shape)
        self.word = nn.Embedding(len(vectors) + 1, shape.vector, padding_idx=0)
        with torch.no_grad():
            self.word.weight[1:] = vectors
        self.features = feature_vectors(shape.features)
        self.input = nn.Linear(shape.vector + sum(shape.features.values()), shape.width)
        self.norm = nn.BatchNorm1d(shape.width)
        self.text = nn.ModuleList(Block(shape.width, step, shape.dropout) for step in shape.dilations)
        self.dropout = nn.Dropout(shape.dropout)

    def read(self, batch: Batch) -> Tensor:
        """Tokens × width, none below zero: what the network knows of each token."""
        words = batch.features["word"]
        if self.training:
            is_name = batch.features["class"] == _NAME
            forgotten = torch.where(is_name, self.shape.name_dropout, self.shape.word_dropout)
            words = words * (torch.rand(len(words)) >= forgotten)
        values = with_places(batch.features)
        vectors = [self.word(words), *(self.features[name](values[name]) for name in self.shape.features)]
        text = self.norm(self.input(self.dropout(torch.cat(vectors, dim=1))))
        real = batch.real[None, None]
        text = functional.relu(text).T[None] * real
        for block in self.text:
            text = block(text) * real
        return text[0].T


def feature_vectors(sizes: Mapping[str, int]) -> nn.ModuleDict:
    """A table of vectors for each feature, of the dimensions given."""
    rows = {**SIZES, **{name: size for name, (_, size) in PLACES.items()}}
    return nn.ModuleDict({name: nn.Embedding(rows[name], size) for name, size in sizes.items()})


def with_places(features: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """The features, the place taken apart into what it is made of."""
    place = features["place"]
    return {**features, **{name: place // step % size for name, (step, size) in PLACES.items()}}
