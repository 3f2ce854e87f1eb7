"""Reads a text by a pretrained encoder, fine-tuned and kept in ONNX with weights of 8 bits.

Its floating point is not exact: what comes out is rounded to the integers that the rest of the tagger works on, so
that two processors of different kinds give the same records but for a rare near tie.
"""

from collections.abc import Mapping, Sequence
from importlib.resources.abc import Traversable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from build_dataset.document import SegmentedText
from build_dataset.errors import DatasetError
from build_dataset.tagger.features import Layout, WordClasses, word_features
from build_dataset.tagger.model import Tagger, cue_network, read_model
from build_dataset.tagger.network import LARGEST, UNIT, Numbers
from build_dataset.tagger.reading import chunks, is_sentence_start

MOST_OF_A_WORD = 6
"""Pieces of a word that are read: what is longer is an address or an attack."""
TABLES = ("class", "place")
"""What is added to the encoder's output for the class and the place of a token."""
_TOGETHER = 8
"""Stretches of text in one call."""
_MEMORY = 50_000


def load_encoder_tagger(folder: Traversable, classes: WordClasses) -> Tagger:
    """The tagger whose text an encoder reads.

    Args:
        folder: `text.onnx`, the pieces of words in `pieces.txt`, and the rest in `cues.safetensors`.
        classes: what the pack of its language says of words.

    Raises:
        DatasetError: what it runs with is not installed.
    """
    arrays, settings, _ = read_model(folder.joinpath("cues.safetensors"))
    tables = {name: arrays[name] for name in TABLES}
    reader = EncoderReader(folder.joinpath("text.onnx"), folder.joinpath("pieces.txt"), tables, classes)
    return Tagger(reader, cue_network(arrays, settings), settings)


class EncoderReader:
    """Tokens → what the encoder makes of each."""

    def __init__(
        self,
        model: Traversable,
        vocabulary: Traversable,
        tables: Mapping[str, NDArray[Any]],
        classes: WordClasses,
    ) -> None:
        try:
            import onnxruntime
            from tokenizers.implementations import BertWordPieceTokenizer
        except ImportError as error:
            raise DatasetError(
                f"--engine accurate needs {error.name}; install it with: pip install 'build-dataset[accurate]'"
            ) from error
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        self._session = onnxruntime.InferenceSession(
            model.read_bytes(), options, providers=["CPUExecutionProvider"]
        )
        words = vocabulary.read_text(encoding="utf-8").split("\n")
        numbers = {word: number for number, word in enumerate(words)}
        self._tokenizer = BertWordPieceTokenizer(numbers, lowercase=True)
        self._begin, self._end, self._unknown = (numbers[word] for word in ("[CLS]", "[SEP]", "[UNK]"))
        self._tables = tables
        self._classes = classes
        self._known: dict[str, tuple[list[int], int]] = {}

    def read(self, segmented: SegmentedText, places: Layout) -> Numbers:
        """Tokens × width, integers from 0."""
        words = [self._word(token.text) for token in segmented.tokens]
        pieces = [ids for ids, _ in words]
        rows = chunks([len(ids) for ids in pieces], is_sentence_start(places.place).tolist())
        values = self._encoded(pieces, rows)
        values += self._tables["class"][[number for _, number in words]]
        values += self._tables["place"][places.place]
        np.maximum(values, 0, out=values)
        values *= np.float32(UNIT)
        np.rint(values, out=values)
        return np.minimum(values, np.float32(LARGEST))

    def _word(self, form: str) -> tuple[list[int], int]:
        """The pieces of a word and the number of its class."""
        known = self._known.get(form)
        if known is None:
            key, features = word_features(form, self._classes)
            ids = self._tokenizer.encode(key, add_special_tokens=False).ids[:MOST_OF_A_WORD]
            known = ids or [self._unknown], features["class"]
            if len(self._known) >= _MEMORY:
                self._known.clear()
            self._known[form] = known
        return known

    def _encoded(self, pieces: Sequence[list[int]], rows: Sequence[tuple[int, int]]) -> Numbers:
        """What the encoder gives for the first piece of each token."""
        values = np.zeros((len(pieces), self._tables["class"].shape[1]), np.float32)
        order = sorted(rows, key=lambda row: sum(map(len, pieces[row[0] : row[1]])))
        for at in range(0, len(order), _TOGETHER):
            self._encode(pieces, order[at : at + _TOGETHER], values)
        return values

    def _encode(self, pieces: Sequence[list[int]], rows: Sequence[tuple[int, int]], values: Numbers) -> None:
        lines = [
            [self._begin, *(one for ids in pieces[start:end] for one in ids), self._end]
            for start, end in rows
        ]
        shape = (len(lines), max(map(len, lines)))
        ids, mask = np.zeros(shape, np.int64), np.zeros(shape, np.int64)
        for number, line in enumerate(lines):
            ids[number, : len(line)] = line
            mask[number, : len(line)] = 1
        (encoded,) = self._session.run(None, {"ids": ids, "mask": mask})
        for number, (start, end) in enumerate(rows):
            lengths = [len(one) for one in pieces[start:end]]
            first = 1 + np.cumsum([0, *lengths[:-1]])
            values[start:end] = encoded[number, first]
