"""Measures what sentences say of their figures: subjects on annotated news, and how many figures are flagged.

    python -m tests.bench.statements [--errors N]

A subject is right where its head word is one of the annotated subject's words, inflection aside. NewsQuant writes a
subject without its function words and gives several where several will do ("price reductions, OCS"), so that the head
of the annotated one is not known. Of the figures of news that nobody found broken, at most one in two hundred may be
flagged.
"""

import argparse
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import inflection

from build_dataset.extract.statistics import assemble
from build_dataset.lang.pack import load_pack
from build_dataset.segment.text import segment
from tests.bench.quantities import SETS, convention_of, quantities, scorer

NEWSQUANT = "newsquant_dev"
POLNEAR = Path("../shared/corpora/polnear/dev.jsonl")

_AFTER_HEAD = frozenset(
    {
        "and",
        "as",
        "at",
        "between",
        "by",
        "for",
        "from",
        "in",
        "of",
        "on",
        "than",
        "that",
        "to",
        "which",
        "with",
    }
)
_WORD = re.compile(r"[\w&.+-]+")


class Subjects(NamedTuple):
    """How many figures with an annotated subject were found, how many of these have its head; the others."""

    figures: int
    right: int
    wrong: list[tuple[str, str, str | None]]


def subjects(sets: Path = SETS) -> Subjects:
    """Compare the subjects of NewsQuant."""
    module = scorer(sets)
    figures = right = 0
    wrong = []
    for record in module.load(sets / f"{NEWSQUANT}.jsonl"):
        text = record["text"]
        gold = [module.canon(one) for one in record["quantities"]]
        found = [module.canon(one) for one in quantities(text, "en", convention_of(NEWSQUANT))]
        for expected, actual in module.match(gold, found, False, "joint"):
            annotated, subject = gold[expected].get("subject"), found[actual]["subject"]
            if annotated is None:
                continue
            figures += 1
            if subject is not None and _head(subject) in _words(annotated):
                right += 1
            else:
                wrong.append((text, annotated, subject))
    return Subjects(figures, right, wrong)


def _head(phrase: str) -> str:
    """The last word of a phrase before its first preposition."""
    words = _WORD.findall(phrase)
    end = next((at for at, word in enumerate(words) if at and word.lower() in _AFTER_HEAD), len(words))
    return _singular(words[end - 1])


def _words(phrase: str) -> frozenset[str]:
    return frozenset(_singular(word) for word in _WORD.findall(phrase))


def _singular(word: str) -> str:
    return str(inflection.singularize(word.lower().removesuffix("s'").removesuffix("'s").rstrip(".")))


def texts(sets: Path = SETS, polnear: Path = POLNEAR) -> dict[str, list[str]]:
    """The texts of news in which figures are flagged."""
    paths = {NEWSQUANT: sets / f"{NEWSQUANT}.jsonl", "PolNeAR dev": polnear}
    return {name: [_text(line) for line in path.open(encoding="utf-8")] for name, path in paths.items()}


def _text(line: str) -> str:
    record: dict[str, Any] = json.loads(line)
    return str(record["text"])


def flagged(text: str) -> Iterator[bool]:
    """Whether each figure of a text is flagged."""
    pack = load_pack("en")
    segmented = segment(text, pack)
    for statistic in assemble(segmented, pack.quantities.figures(segmented)):
        yield bool(statistic.flags)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--errors", type=int, default=0, metavar="N")
    options = parser.parse_args()
    if not SETS.is_dir():
        sys.exit(f"There are no sets in {SETS}: nothing is measured.")
    measured = subjects()
    rate = 100 * measured.right / measured.figures
    print(
        f"Subjects on {NEWSQUANT}: {measured.right} of {measured.figures} have the head word, {rate:.1f} %."
    )
    for name, news in texts().items():
        flags = [flag for text in news for flag in flagged(text)]
        print(
            f"Flagged on {name}: {sum(flags)} of {len(flags)} figures, {100 * sum(flags) / len(flags):.2f} %."
        )
    for text, annotated, subject in measured.wrong[: options.errors]:
        print(f"{text}\n    annotated: {annotated}; found: {subject}")


if __name__ == "__main__":
    main()
