"""Train the English tagger: `python -m build_dataset.lang.en.attribution.train TRAIN.jsonl`.

Writes `tagger.safetensors` beside this file and prints its checksum. Needs the extra `train`; MODEL_CARD.md says what
the file in the repository was trained on and how good it is.
"""

import hashlib
import sys
from pathlib import Path

from build_dataset.lang.en.attribution.lexicon import load_lexicon
from build_dataset.lang.pack import load_pack
from build_dataset.tagger.model import saved
from build_dataset.tagger.train.corpus import read
from build_dataset.tagger.train.export import exported
from build_dataset.tagger.train.network import Shape, TrainedNetwork
from build_dataset.tagger.train.training import trained
from build_dataset.tagger.train.vectors import words_and_vectors

TARGET = Path(__file__).with_name("tagger.safetensors")


def train(corpus: Path, shape: Shape | None = None) -> bytes:
    """The content of the tagger's file, trained on a file of annotated articles."""
    size = shape or Shape()
    articles = list(read(corpus, load_pack("en"), load_lexicon().word))
    words, vectors = words_and_vectors((key for article in articles for key in article.keys), size.vector)
    vocabulary = {word: row for row, word in enumerate(words, 1)}
    network = trained(lambda: TrainedNetwork(size, vectors), articles, vocabulary, report)
    return saved(*exported(network), words)


def report(epoch: int, loss: float) -> None:
    """Tell of an epoch."""
    print(f"epoch {epoch}: loss {loss:.3f}", flush=True)


def main() -> None:
    """Train on the file named on the command line."""
    content = train(Path(sys.argv[1]))
    TARGET.write_bytes(content)
    print(f"{TARGET}: {len(content) / 2**20:.1f} MiB, sha256 {hashlib.sha256(content).hexdigest()}")


if __name__ == "__main__":
    main()
