"""Fit the weights of `build_dataset/extract/confidence.yaml` on annotated articles, and print how reliable they are.

    python tests/bench/calibrate.py ../shared/corpora/polnear/train.jsonl ../shared/corpora/polnear/dev.jsonl

A quote counts as right if its words overlap those of an annotated attribution by half or more (Jaccard) and their
sources share a word, or neither has a source. The first file fits (logistic regression by Newton's method, ridge 1),
the second is only measured on. The same files give the same weights.
"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import yaml

from build_dataset.document import Document, Extraction, Range, ResolvedQuote
from build_dataset.extract.confidence import Weights, confidence, quote_features
from build_dataset.pipeline import extract_article

TARGET = Path(__file__).parents[2] / "build_dataset" / "extract" / "confidence.yaml"
SAME_CONSTRUCTION = {
    "verb": "verb_that",
    "verb_without_subject": "verb_clause",
    "channel": "according_to",
    "label": "verb_colon",
    "clause_and_colon": "verb_colon",
    "clause_and_quotation": "verb_quotation",
    "topic_and_quotation": "follows",
    "goes_on": "follows",
}
"""Rules of the Chinese pack, which has no annotated articles, and the English rule whose weight each takes."""
Example = tuple[list[str], bool]


def examples(file: Path) -> Iterator[Example]:
    """Features and rightness of every quote found in the articles of a file."""
    for line in file.read_text(encoding="utf-8").splitlines():
        article = json.loads(line)
        extraction = extract_article(Document(article["doc_id"], article["text"]))
        for quote in extraction.quotes:
            yield (
                quote_features(quote, extraction.speakers),
                is_right(quote, extraction, article["attributions"]),
            )


def is_right(quote: ResolvedQuote, extraction: Extraction, attributions: list[dict[str, Any]]) -> bool:
    """Whether an annotated attribution has the same content and source."""
    text = extraction.document.text
    words = word_starts(text, quote.candidate.spans)
    for attribution in attributions:
        gold = word_starts(text, [Range(*span) for span in attribution["content"]])
        if len(words & gold) * 2 >= len(words | gold):
            source = word_starts(text, [Range(*span) for span in attribution["source"]])
            return bool(source & source_words(quote, extraction)) or not (source or quote.speaker is not None)
    return False


def source_words(quote: ResolvedQuote, extraction: Extraction) -> set[int]:
    """The words that name the source of a quote, or of the quote that it follows."""
    candidate = quote.candidate
    while candidate.source is None and candidate.follows is not None:
        candidate = extraction.quotes[candidate.follows].candidate
    source = candidate.source
    return (
        set() if source is None else word_starts(extraction.document.text, [Range(source.start, source.end)])
    )


def word_starts(text: str, spans: Any) -> set[int]:
    """Where the words begin that the spans hold."""
    return {
        at
        for start, end in spans
        for at in range(start, end)
        if text[at].isalnum() and (at == 0 or not text[at - 1].isalnum())
    }


def fit(data: list[Example], ridge: float = 1.0, steps: int = 30) -> Weights:
    """Penalised maximum likelihood."""
    names = sorted({name for features, _ in data for name in features})
    column = {name: index + 1 for index, name in enumerate(names)}
    matrix = np.zeros((len(data), len(names) + 1))
    matrix[:, 0] = 1
    for row, (features, _) in enumerate(data):
        for name in features:
            matrix[row, column[name]] = 1
    right = np.array([float(is_right) for _, is_right in data])
    penalty = np.full(len(names) + 1, ridge)
    penalty[0] = 0
    weights = np.zeros(len(names) + 1)
    for _ in range(steps):
        probability = 1 / (1 + np.exp(-matrix @ weights))
        gradient = matrix.T @ (right - probability) - penalty * weights
        curvature = (matrix * (probability * (1 - probability))[:, None]).T @ matrix + np.diag(penalty)
        weights = weights + np.linalg.solve(curvature, gradient)
    return Weights(
        bias=round(float(weights[0]), 3),
        features={name: round(float(weights[column[name]]), 3) for name in names},
    )


def reliability(data: list[Example], weights: Weights) -> str:
    """A table of stated against observed share of right quotes, and the expected calibration error."""
    bins: dict[int, list[tuple[float, bool]]] = {}
    for features, right in data:
        stated = confidence(features, weights)
        bins.setdefault(min(9, int(stated * 10)), []).append((stated, right))
    lines = ["stated  quotes  mean stated  right"]
    error = 0.0
    for index, members in sorted(bins.items()):
        mean = sum(one for one, _ in members) / len(members)
        share = sum(ok for _, ok in members) / len(members)
        error += abs(mean - share) * len(members) / len(data)
        lines.append(f"{index / 10:.1f}–{(index + 1) / 10:.1f} {len(members):7} {mean:12.3f} {share:6.3f}")
    return "\n".join([*lines, f"expected calibration error {error:.3f}"])


def main() -> None:
    """Fit on the first file, measure on the second, write the weights."""
    fitted, measured = (list(examples(Path(name))) for name in sys.argv[1:3])
    weights = fit(fitted)
    for rule, same in SAME_CONSTRUCTION.items():
        weights.features.setdefault(f"rule={rule}", weights.features[f"rule={same}"])
    head = (
        "# Fitted by tests/bench/calibrate.py; see there. The logarithm of the odds that a quote is right.\n"
    )
    TARGET.write_text(head + yaml.safe_dump(weights.model_dump(), sort_keys=True), encoding="utf-8")
    print(f"{len(fitted)} quotes fitted, {len(measured)} measured\n{reliability(measured, weights)}")


if __name__ == "__main__":
    main()
