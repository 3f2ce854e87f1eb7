"""Scores the extractor on annotated articles, without building a dataset.

    python -m tests.bench.accuracy [--gold FOLDER] [--texts FOLDER] [--errors N]

The scores are those of `build-dataset evaluate`, but for what only a build knows: names of a speaker from
other articles.
"""

import argparse
from pathlib import Path

from rich.console import Console

from build_dataset.document import Document
from build_dataset.examine.annotation import read_gold
from build_dataset.examine.evaluate import evaluate_extractions
from build_dataset.examine.scores import Evaluation
from build_dataset.pipeline import extract_article
from build_dataset.show.evaluation import differences, report

GOLD = Path("../shared/annotation/gold")
TEXTS = Path("seeds")


def score(gold_folder: Path = GOLD, texts: Path = TEXTS) -> Evaluation:
    """Extract the articles that gold exists for, and compare."""
    gold = read_gold(gold_folder)
    contents = {one.source: (texts / one.source).read_text(encoding="utf-8-sig") for one in gold}
    return evaluate_extractions(
        (extract_article(Document(source, text)) for source, text in contents.items()), gold
    )


def main() -> None:
    """Print the scores and, on request, the first differences."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--gold", type=Path, default=GOLD)
    parser.add_argument("--texts", type=Path, default=TEXTS)
    parser.add_argument("--errors", type=int, default=0, metavar="N")
    options = parser.parse_args()
    evaluation = score(options.gold, options.texts)
    console = Console(width=130, highlight=False, markup=False)
    console.print(report(evaluation))
    if options.errors:
        console.print(differences(evaluation.differences, options.errors))


if __name__ == "__main__":
    main()
