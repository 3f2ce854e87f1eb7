"""Reads a text by the small network: words looked up or worked out, then convolutions."""

import numpy as np

from build_dataset.document import SegmentedText
from build_dataset.tagger.features import Layout, WordClasses, word_features
from build_dataset.tagger.network import Numbers, TextNetwork

_MEMORY = 50_000
"""Forms of words whose part of the first layer is kept."""


class WordReader:
    """Tokens → what the network knows of each."""

    def __init__(self, network: TextNetwork, vocabulary: dict[str, int], classes: WordClasses) -> None:
        self._network = network
        self._vocabulary = vocabulary
        self._classes = classes
        self._rows: dict[str, int] = {}
        self._words = np.zeros((1024, network.width), np.float32)

    def read(self, segmented: SegmentedText, places: Layout) -> Numbers:
        """Tokens × width, integers from 0."""
        return self._network.read(self._words_of(segmented), places.place)

    def _words_of(self, segmented: SegmentedText) -> Numbers:
        """What each token adds to the first layer by itself, looked up or worked out and remembered."""
        rows = self._rows
        if len(rows) > _MEMORY:
            rows.clear()
        numbers = [rows.get(token[2], -1) for token in segmented.tokens]
        if -1 in numbers:
            for token in segmented.tokens:
                if token.text not in rows:
                    self._remember(token.text)
            numbers = [rows[token[2]] for token in segmented.tokens]
        return self._words[numbers]

    def _remember(self, form: str) -> None:
        row = len(self._rows)
        if row >= len(self._words):
            self._words = np.concatenate([self._words, np.zeros_like(self._words)])
        key, features = word_features(form, self._classes)
        self._words[row] = self._network.word(self._vocabulary.get(key), features)
        self._rows[form] = row
