"""How an article is marked on the review page where its records overlap."""

from build_dataset.examine.review import ReviewedArticle
from build_dataset.show.review.pieces import Marking, Piece
from tests.show.test_extraction import SPEAKER, TEXT, article, quote, statistic


def pieces(reviewed: ReviewedArticle) -> list[Piece]:
    numbers = {one.quote_id: f"1.{number}" for number, one in enumerate(reviewed.quotes, start=1)}
    (found,) = Marking(reviewed, numbers, {SPEAKER: "Ana Ruiz"}).passages()
    assert "".join(piece.text for piece in found) == TEXT
    return found


def test_a_quote_in_a_quote_has_its_own_label_and_type() -> None:
    outer, inner = quote(1, (0, 60), type="indirect"), quote(2, (1, 6), type="direct")

    found = pieces(ReviewedArticle(article(), [outer, inner], []))

    assert [piece.kinds for piece in found] == [("indirect",), ("direct",), ("indirect",), ()]
    assert [[label.number for label in piece.labels] for piece in found] == [["1.1"], ["1.2"], [], []]
    assert [piece.ends for piece in found] == [0, 1, 1, 0]
    assert found[1].title == "quote 1.1: indirect, Ana Ruiz; quote 1.2: direct, Ana Ruiz"


def test_only_the_first_span_of_a_quote_has_its_name() -> None:
    found = pieces(ReviewedArticle(article(), [quote(1, (1, 6), (23, 33))], []))

    assert [label.first for piece in found for label in piece.labels] == [True, False]


def test_figures_that_overlap_are_both_there() -> None:
    wide, narrow = statistic("30 million euros"), statistic("30 million")
    narrow = narrow.model_copy(update={"statistic_id": "sta_" + "1" * 20, "confidence": 0.95})

    found = [piece for piece in pieces(ReviewedArticle(article(), [], [wide, narrow])) if piece.figure]

    assert [piece.text for piece in found] == ["30 million", " euros"]
    assert [piece.figure for piece in found] == [narrow.statistic_id, wide.statistic_id]
    assert found[0].figures == ((wide.statistic_id, True), (narrow.statistic_id, False))


def test_a_title_says_what_a_figure_is() -> None:
    (figure,) = [
        piece
        for piece in pieces(ReviewedArticle(article(), [], [statistic("30 million euros")]))
        if piece.figure
    ]

    assert figure.title == "figure: money, 30,000,000, EUR, unsure: 0.50"
