"""How good the extraction is on the articles that were annotated by hand: floors that must not sink."""

from pathlib import Path

import pytest

from build_dataset.document import Document
from build_dataset.examine.annotation import read_gold
from build_dataset.examine.evaluate import evaluate_extractions
from build_dataset.examine.scores import Evaluation
from build_dataset.pipeline import extract_article

ROOT = Path(__file__).parent.parent
GOLD = ROOT.parent / "shared" / "annotation" / "gold"


@pytest.fixture(scope="module")
def evaluation() -> Evaluation:
    if not GOLD.is_dir():
        pytest.skip("the annotated articles are not part of the repository; they lie in ../shared/annotation")
    gold = read_gold(GOLD)
    texts = {one.source: (ROOT / "seeds" / one.source).read_text(encoding="utf-8-sig") for one in gold}
    return evaluate_extractions((extract_article(Document(*article)) for article in texts.items()), gold)


def test_quotes_are_found(evaluation: Evaluation) -> None:
    assert (evaluation.quotes.all.f1("overlap") or 0) >= 0.9


def test_quotes_have_the_right_speaker(evaluation: Evaluation) -> None:
    assert (evaluation.quotes.all.accuracy("speaker") or 0) >= 0.9


def test_statistics_are_found_with_value_and_unit(evaluation: Evaluation) -> None:
    assert (evaluation.statistics.all.f1("joint") or 0) >= 0.9


def test_articles_say_of_themselves_what_the_text_says(evaluation: Evaluation) -> None:
    assert [one for one in evaluation.differences if one.table == "articles"] == []
