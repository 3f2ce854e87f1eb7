"""How well figures are read on the public sets: floors that must not sink."""

from pathlib import Path

import pytest

from tests.bench import quantities, statements

SHARED = Path(__file__).parents[2] / "shared" / "corpora"
SETS = SHARED / "quantities"

pytestmark = pytest.mark.skipif(
    not SETS.is_dir(), reason="the sets are not part of the repository; they lie in ../shared/corpora"
)

FLOORS = {
    "newsquant_dev": 90,
    "pud_en_wiki": 90,
    "pud_zh_wiki": 85,
    **{f"rt_en_{kind}": 92 for kind in ("number", "percent", "currency", "dimension", "age", "temperature")},
    **{f"rt_zh_{kind}": 92 for kind in ("number", "percent", "currency", "dimension", "age", "temperature")},
    "rt_en_range": 85,
    "rt_zh_range": 85,
    "duckling_en": 88,
    "duckling_zh": 88,
    "jionlp_money": 88,
}
"""Set → joint F1 as the set counts."""

NEGATIVES = ("rt_en_datetime", "rt_zh_datetime", "rt_en_ordinal", "rt_zh_ordinal")


@pytest.mark.parametrize(("name", "floor"), FLOORS.items())
def test_place_value_and_unit_are_right(name: str, floor: int) -> None:
    assert quantities.score(name, sets=SETS)["joint_f1"] >= floor


def test_the_counted_noun_is_right() -> None:
    assert quantities.score("newsquant_dev", count_noun=True, sets=SETS)["joint_f1"] >= 86


@pytest.mark.parametrize("names", [("pud_en_wiki",), ("pud_zh_wiki",), NEGATIVES], ids=" ".join)
def test_hardly_a_date_or_an_ordinal_is_taken_for_a_figure(names: tuple[str, ...]) -> None:
    scores = [quantities.score(name, sets=SETS) for name in names]

    assert sum(one["neg_fa"] for one in scores) <= 0.03 * sum(one["neg"] for one in scores)


def test_subjects_have_the_right_head() -> None:
    found = statements.subjects(SETS)

    assert found.right >= 0.7 * found.figures


@pytest.mark.parametrize("name", [statements.NEWSQUANT, "PolNeAR dev"])
def test_hardly_a_sound_figure_is_flagged(name: str) -> None:
    texts = statements.texts(SETS, SHARED / "polnear" / "dev.jsonl")[name]
    flags = [flag for text in texts for flag in statements.flagged(text)]

    assert sum(flags) <= 0.005 * len(flags)
