"""Fit the weights of `build_dataset/extract/confidence.yaml` on annotated articles, and print how reliable they are.

    python -m tests.bench.calibrate ../shared/corpora/polnear/dev.jsonl

A quote counts as right if its words, those of a paraphrase and a direct quote of one cue together, overlap those of an
annotated attribution by half or more (Jaccard) and their sources share a word, or neither has a source. The articles
must not be those that the tagger was trained on. The weights (logistic regression by Newton's method, ridge 30) are
fitted on all of them; the reliability is that of quotes whose article was left out (ten parts). The same file gives the
same weights.
"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import yaml

from build_dataset.document import Document
from build_dataset.extract.confidence import Weights, confidence, quote_features
from build_dataset.pipeline import extract_article
from tests.bench.attribution import by_cue, key_of

TARGET = Path(__file__).parents[2] / "build_dataset" / "extract" / "confidence.yaml"
SAME_CONSTRUCTION = {
    "verb": "tagger+verb_that",
    "verb_without_subject": "tagger+verb_clause",
    "channel": "according_to",
    "label": "tagger+verb_colon",
    "clause_and_colon": "tagger+verb_colon",
    "clause_and_quotation": "tagger+verb_quotation",
    "topic_and_quotation": "follows",
    "goes_on": "follows",
}
"""Rules of the Chinese pack, which has no annotated articles, and the English rule whose weight each takes."""
EVIDENCE = ("cue=", "saying=", "content=", "source=")
"""Features that only quotes of a tagger have."""
PARTS = 10
SURE = 0.9
RIDGE = 30.0
"""So much that what is stated errs to the low side, rather than to the high one, on a few hundred quotes a feature."""
Example = tuple[list[str], bool]


def examples(file: Path) -> Iterator[list[Example]]:
    """Features and rightness of every quote found in a file, article by article."""
    for line in file.read_text(encoding="utf-8").splitlines():
        article = json.loads(line)
        extraction = extract_article(Document(article["doc_id"], article["text"]))
        attributions = by_cue(extraction)
        yield [
            (
                quote_features(article["text"], quote, extraction.speakers),
                is_right(attributions[key_of(quote, number)], article["text"], article["attributions"]),
            )
            for number, quote in enumerate(extraction.quotes)
        ]


def is_right(attribution: dict[str, Any], text: str, gold: list[dict[str, Any]]) -> bool:
    """Whether an annotated attribution has the same content and source."""
    words = word_starts(text, attribution["spans"])
    source = word_starts(text, attribution["source"] or [])
    for one in gold:
        content = word_starts(text, one["content"])
        if len(words & content) * 2 >= len(words | content):
            annotated = word_starts(text, one["source"])
            return bool(source & annotated) or not (source or annotated)
    return False


def word_starts(text: str, spans: Any) -> set[int]:
    """Where the words begin that the spans hold."""
    return {
        at
        for start, end in spans
        for at in range(start, end)
        if text[at].isalnum() and (at == 0 or not text[at - 1].isalnum())
    }


def fit(data: list[Example], ridge: float = RIDGE, steps: int = 30) -> Weights:
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


def left_out(articles: list[list[Example]]) -> Iterator[tuple[float, bool]]:
    """The confidence of each quote by weights that its article had no part in, and whether it is right."""
    for part in range(PARTS):
        weights = fit([one for at, article in enumerate(articles) if at % PARTS != part for one in article])
        for article in articles[part::PARTS]:
            yield from ((confidence(features, weights), right) for features, right in article)


def reliability(stated: list[tuple[float, bool]]) -> str:
    """A table of stated against observed share of right quotes, and the expected calibration error."""
    bins: dict[int, list[tuple[float, bool]]] = {}
    for value, right in stated:
        bins.setdefault(min(9, int(value * 10)), []).append((value, right))
    lines = ["stated  quotes  mean stated  right"]
    error = 0.0
    for index, members in sorted(bins.items()):
        mean = sum(one for one, _ in members) / len(members)
        share = sum(ok for _, ok in members) / len(members)
        error += abs(mean - share) * len(members) / len(stated)
        lines.append(f"{index / 10:.1f}–{(index + 1) / 10:.1f} {len(members):7} {mean:12.3f} {share:6.3f}")
    sure = [right for value, right in stated if value >= SURE]
    lines.append(f"stated {SURE} or more: {len(sure)} quotes, {sum(sure) / len(sure):.3f} right")
    return "\n".join([*lines, f"expected calibration error {error:.3f}"])


def borrowed(weights: Weights, data: list[Example], rule: str) -> float:
    """The weight of a rule, and what the evidence of a tagger adds to it on average."""
    members = [features for features, _ in data if f"rule={rule}" in features]
    evidence = [
        sum(weights.features[name] for name in features if name.startswith(EVIDENCE)) for features in members
    ]
    return round(weights.features[f"rule={rule}"] + sum(evidence) / len(evidence), 3)


def main() -> None:
    """Fit, print how reliable the fit is, write the weights."""
    articles = list(examples(Path(sys.argv[1])))
    data = [one for article in articles for one in article]
    weights = fit(data)
    for rule, same in SAME_CONSTRUCTION.items():
        weights.features[f"rule={rule}"] = borrowed(weights, data, same)
    head = (
        "# Fitted by tests/bench/calibrate.py; see there. The logarithm of the odds that a quote is right.\n"
    )
    TARGET.write_text(head + yaml.safe_dump(weights.model_dump(), sort_keys=True), encoding="utf-8")
    print(f"{len(data)} quotes\n{reliability(list(left_out(articles)))}")


if __name__ == "__main__":
    main()
