"""Train the English taggers: `python -m build_dataset.lang.en.attribution.train TRAIN.jsonl [fast|accurate]`.

Writes `tagger.safetensors` or the folder `encoder` beside this file and prints checksums. Needs the extra `train`;
MODEL_CARD.md says what the files in the repository were trained on and how good they are.
"""

import hashlib
import sys
from pathlib import Path

from build_dataset.lang.en.attribution.lexicon import load_lexicon
from build_dataset.lang.pack import load_pack
from build_dataset.options import Engine
from build_dataset.tagger.model import saved
from build_dataset.tagger.train.corpus import Article, read
from build_dataset.tagger.train.encoder import SHAPE, EncoderNetwork, groups, vocabulary, write_onnx
from build_dataset.tagger.train.export import around_cues, encoder_tables, exported
from build_dataset.tagger.train.network import Shape, TrainedNetwork
from build_dataset.tagger.train.training import trained
from build_dataset.tagger.train.vectors import words_and_vectors

FOLDER = Path(__file__).parent


def train(articles: list[Article], target: Path) -> list[Path]:
    """Train the small network; the files written."""
    shape = Shape()
    words, vectors = words_and_vectors((key for article in articles for key in article.keys), shape.vector)
    numbers = {word: row for row, word in enumerate(words, 1)}
    network = trained(lambda: TrainedNetwork(shape, vectors), articles, numbers, report)
    target.write_bytes(saved(*exported(network), words))
    return [target]


def train_encoder(articles: list[Article], target: Path) -> list[Path]:
    """Fine-tune the encoder; the files written."""
    words = sorted({key for article in articles for key in article.keys})
    numbers = {word: row for row, word in enumerate(words, 1)}
    network = trained(lambda: EncoderNetwork(SHAPE, words), articles, numbers, report, groups)
    return write_encoder(network, target)


def write_encoder(network: EncoderNetwork, target: Path) -> list[Path]:
    """Write what reads with a trained encoder; the files written."""
    target.mkdir(exist_ok=True)
    text, pieces, cues = (target / name for name in ("text.onnx", "pieces.txt", "cues.safetensors"))
    write_onnx(network, text)
    pieces.write_text(vocabulary(), encoding="utf-8")
    arrays, settings = around_cues(network)
    cues.write_bytes(saved(arrays | encoder_tables(network.features), settings, []))
    return [text, pieces, cues]


def report(epoch: int, loss: float) -> None:
    """Tell of an epoch."""
    print(f"epoch {epoch}: loss {loss:.3f}", flush=True)


def main() -> None:
    """Train on the file named on the command line."""
    engine = Engine(sys.argv[2]) if len(sys.argv) > 2 else Engine.FAST
    articles = list(read(Path(sys.argv[1]), load_pack("en"), load_lexicon().word))
    if engine is Engine.ACCURATE:
        files = train_encoder(articles, FOLDER / "encoder")
    else:
        files = train(articles, FOLDER / "tagger.safetensors")
    for file in files:
        content = file.read_bytes()
        print(f"{file}: {len(content) / 2**20:.1f} MiB, sha256 {hashlib.sha256(content).hexdigest()}")


if __name__ == "__main__":
    main()
