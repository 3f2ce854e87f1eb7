"""Scores the extractor on annotated articles, without building a dataset.

    python tests/bench/accuracy.py [--gold FOLDER] [--texts FOLDER] [--errors N]

The scores are those of `build-dataset evaluate`, but for what only a build knows: names of a speaker from
other articles.
"""

import argparse
from pathlib import Path

from rich.console import Console

from build_dataset.document import Document
from build_dataset.examine.annotation import read_gold
from build_dataset.examine.evaluate import evaluate_extractions
from build_dataset.pipeline import extract_article
from build_dataset.show.evaluation import differences, report


def main() -> None:
    """Print the scores and, on request, the first differences."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--gold", type=Path, default=Path("../shared/annotation/gold"))
    parser.add_argument("--texts", type=Path, default=Path("seeds"))
    parser.add_argument("--errors", type=int, default=0, metavar="N")
    options = parser.parse_args()

    gold = read_gold(options.gold)
    texts = {one.source: (options.texts / one.source).read_text(encoding="utf-8-sig") for one in gold}
    extractions = [extract_article(Document(source, text)) for source, text in texts.items()]
    evaluation = evaluate_extractions(extractions, gold)
    console = Console(width=130, highlight=False, markup=False)
    console.print(report(evaluation))
    if options.errors:
        console.print(differences(evaluation.differences, options.errors))


if __name__ == "__main__":
    main()
