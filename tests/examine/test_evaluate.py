"""Scores that can be counted by hand."""

from typing import Any

import pytest

from build_dataset.errors import DatasetError
from build_dataset.examine.annotation import AnnotatedArticle, FoundArticle
from build_dataset.examine.evaluate import evaluate
from build_dataset.examine.scores import Evaluation

TEXT = "“Rain will come on Monday,” said Ana Ruiz. She hopes it ends by noon. Floods cost 30 million euros."
RAIN, NOON, COST = (1, 26), (53, 69), (83, 99)


def quote(span: tuple[int, int], speaker: str | None = "Ana Ruiz", **more: Any) -> dict[str, Any]:
    return {"spans": [span], "type": "direct", "speaker": speaker, **more}


def figure(span: tuple[int, int] = COST, **more: Any) -> dict[str, Any]:
    return {"span": span, "value": 30e6, "unit": "EUR", "kind": "money", **more}


def annotated(**parts: Any) -> AnnotatedArticle:
    return AnnotatedArticle.model_validate({"source": "rain.txt", "language": "en", **parts})


def score(gold: AnnotatedArticle, found: AnnotatedArticle, text: str = TEXT) -> Evaluation:
    return evaluate([FoundArticle(found, text)], [gold])


def test_gold_scored_against_itself_is_all_right() -> None:
    gold = annotated(
        article={"title": None, "byline": [{"name": "Leo Park", "role": "reporter"}]},
        quotes=[quote(RAIN), quote(NOON, type="indirect")],
        speakers=[{"name": "Ana Ruiz", "kind": "person"}],
        statistics=[figure()],
    )

    result = score(gold, gold)

    assert result.differences == []
    assert {name: table.all.f1(way) for name, table in result.tables().items() for way in table.ways} == {
        "quotes": 1.0,
        "statistics": 1.0,
        "speakers": 1.0,
    }
    assert all(
        table.all.accuracy(attribute) == 1
        for table in result.tables().values()
        for attribute in table.all.judged
    )


def test_an_empty_prediction_misses_everything() -> None:
    result = score(annotated(quotes=[quote(RAIN)], statistics=[figure()]), annotated())

    assert (result.quotes.all.expected, result.quotes.all.found) == (1, 0)
    assert result.quotes.all.precision("overlap") is None
    assert result.quotes.all.recall("overlap") == 0
    assert result.statistics.all.f1("joint") == 0
    assert [one.problem for one in result.differences] == ["missed", "missed"]


def test_overlap_asks_for_half_of_the_union_and_exact_for_the_same_span() -> None:
    gold = annotated(quotes=[quote((0, 20))])

    half = score(gold, annotated(quotes=[quote((0, 10))])).quotes.all
    less = score(gold, annotated(quotes=[quote((0, 9))])).quotes.all

    assert (half.hits["overlap"], half.hits["exact"]) == (1, 0)
    assert (less.hits["overlap"], less.expected, less.found) == (0, 1, 1)


def test_the_spans_of_one_quote_count_together() -> None:
    gold = annotated(quotes=[{**quote((0, 0)), "spans": [(0, 10), (20, 30)]}])

    whole = score(gold, annotated(quotes=[{**quote((0, 0)), "spans": [(20, 30), (0, 10)]}])).quotes.all
    first = score(gold, annotated(quotes=[quote((0, 10))])).quotes.all
    across = score(gold, annotated(quotes=[quote((0, 30))])).quotes.all

    assert whole.hits["exact"] == 1
    assert (first.hits["overlap"], first.hits["exact"]) == (1, 0)
    assert (across.hits["overlap"], across.hits["exact"]) == (1, 0)


def test_quotes_are_matched_one_to_one_the_best_overlap_first() -> None:
    gold = annotated(quotes=[quote((0, 20), "A"), quote((20, 40), "B")])
    found = annotated(quotes=[quote((0, 14), "C"), quote((0, 19), "A"), quote((20, 40), "B")])

    scores = score(gold, found).quotes.all

    assert (scores.expected, scores.found, scores.hits["overlap"], scores.hits["joint"]) == (2, 3, 2, 2)
    assert scores.precision("overlap") == pytest.approx(2 / 3)
    assert scores.recall("overlap") == 1
    assert scores.f1("overlap") == pytest.approx(4 / 5)


@pytest.mark.parametrize(
    ("gold_speaker", "found_speaker", "is_right"),
    [
        ("Ana Ruiz", "Ana Ruiz", True),
        ("Ana Ruiz", "ana  RUIZ", True),
        ("Ana Ruiz", "Ms. Ruiz", True),  # an alias in the gold
        ("Ana Ruiz", "Ana Ruiz García", True),  # the gold's name is an alias here
        ("Ana Ruiz", "Ruiz", False),
        ("Ana Ruiz", None, False),
        (None, "Ana Ruiz", False),
        (None, None, True),
    ],
)
def test_a_speaker_is_right_by_any_shared_name(
    gold_speaker: str | None, found_speaker: str | None, is_right: bool
) -> None:
    gold = annotated(
        quotes=[quote(RAIN, gold_speaker)],
        speakers=[{"name": "Ana Ruiz", "aliases": ["Ms. Ruiz"], "kind": "person"}],
    )
    found = annotated(
        quotes=[quote(RAIN, found_speaker)],
        speakers=[{"name": "Ana Ruiz García", "aliases": ["Ana Ruiz"], "kind": "person"}],
    )

    scores = score(gold, found).quotes.all

    assert scores.accuracy("speaker") == is_right
    assert (scores.hits["overlap"], scores.hits["joint"]) == (1, is_right)


def test_type_mention_and_cue_are_judged_on_matched_quotes() -> None:
    gold = annotated(quotes=[quote(RAIN, cue_span=(28, 32), speaker_span=(33, 41)), quote(NOON)])
    found = annotated(quotes=[quote(RAIN, type="mixed", cue_span=(28, 32), speaker_span=(33, 36))])

    scores = score(gold, found).quotes.all

    assert scores.judged == {"type": 1, "speaker": 1, "mention": 1, "cue": 1}
    assert scores.right == {"type": 0, "speaker": 1, "mention": 0, "cue": 1}


class TestOptionalItems:
    def test_are_not_missed(self) -> None:
        scores = score(annotated(quotes=[quote(RAIN, optional=True)]), annotated()).quotes.all

        assert (scores.expected, scores.found) == (0, 0)

    def test_are_not_rewarded(self) -> None:
        scores = score(
            annotated(quotes=[quote(RAIN, optional=True)]), annotated(quotes=[quote(RAIN)])
        ).quotes.all

        assert (scores.expected, scores.found, scores.hits["overlap"]) == (0, 0, 0)

    def test_a_part_of_one_is_ignored_and_a_longer_one_is_false(self) -> None:
        gold = annotated(quotes=[quote((10, 20), optional=True)])

        assert score(gold, annotated(quotes=[quote((10, 12))])).quotes.all.found == 0
        assert score(gold, annotated(quotes=[quote((0, 40))])).quotes.all.found == 1

    def test_do_not_take_a_found_item_from_a_required_one(self) -> None:
        gold = annotated(quotes=[quote((0, 20), optional=True), quote((0, 16))])

        scores = score(gold, annotated(quotes=[quote((0, 20))])).quotes.all

        assert (scores.expected, scores.found, scores.hits["overlap"]) == (1, 1, 1)

    def test_a_speaker_of_ignored_quotes_alone_is_not_false(self) -> None:
        gold = annotated(quotes=[quote(RAIN, "Crowd", optional=True)])
        found = annotated(
            quotes=[quote(RAIN, "Crowd"), quote(NOON, "Bo Li")],
            speakers=[{"name": "Crowd", "kind": "unnamed"}, {"name": "Bo Li", "kind": "person"}],
        )

        scores = score(gold, found).speakers.all

        assert (scores.expected, scores.found, scores.hits["name"]) == (0, 1, 0)

    def test_hold_for_statistics_too(self) -> None:
        gold = annotated(statistics=[figure(optional=True)])

        assert score(gold, annotated(statistics=[figure()])).statistics.all.found == 0


class TestStatistics:
    def test_any_shared_character_makes_a_pair(self) -> None:
        scores = score(
            annotated(statistics=[figure((10, 20))]),
            annotated(statistics=[figure((19, 40)), figure((41, 44))]),
        ).statistics.all

        assert (scores.expected, scores.found) == (1, 2)
        assert scores.hits == {"overlap": 1, "exact": 0, "joint": 1}

    @pytest.mark.parametrize(
        ("change", "wrong"),
        [
            ({"value": 30}, "value"),
            ({"value_max": 40e6}, "value"),
            ({"unit": "USD"}, "unit"),
            ({"unit": None}, "unit"),
            ({"kind": "count"}, "kind"),
            ({"qualifier": "about"}, "qualifier"),
            ({"flags": ["implausible"]}, "flags"),
        ],
    )
    def test_each_attribute_is_judged(self, change: dict[str, Any], wrong: str) -> None:
        result = score(annotated(statistics=[figure()]), annotated(statistics=[figure(**change)]))

        scores = result.statistics.all
        assert [name for name in scores.judged if not scores.right[name]] == [wrong]
        assert scores.hits["joint"] == (wrong not in {"value", "unit"})
        assert [one.attributes for one in result.differences] == [(wrong,)]

    def test_garbled_is_no_flag_of_the_guidelines(self) -> None:
        gold, found = figure(flags=["implausible"]), figure(flags=["garbled", "implausible"])

        scores = score(annotated(statistics=[gold]), annotated(statistics=[found])).statistics.all

        assert scores.accuracy("flags") == 1


class TestSpeakers:
    GOLD = annotated(
        speakers=[
            {
                "name": "Ana Ruiz",
                "aliases": ["Ruiz"],
                "kind": "person",
                "role": "mayor",
                "organization": None,
            },
            {"name": "City Hall", "kind": "organization"},
        ]
    )

    def test_are_found_by_any_name_and_judged_once_found(self) -> None:
        found = annotated(
            quotes=[quote(RAIN, "Ms. Ruiz"), quote(NOON, "Bo Li")],
            speakers=[
                {
                    "name": "Ms. Ruiz",
                    "aliases": ["ruiz"],
                    "kind": "person",
                    "role": "Mayor",
                    "organization": "X",
                },
                {"name": "Bo Li", "kind": "person"},
            ],
        )

        scores = score(self.GOLD, found).speakers.all

        assert (scores.expected, scores.found, scores.hits["name"]) == (2, 2, 1)
        assert scores.right == {"kind": 1, "role": 1, "organization": 0}

    def test_who_has_no_quote_in_the_article_does_not_count(self) -> None:
        found = annotated(speakers=[{"name": "Ana Ruiz", "kind": "person"}])

        assert score(self.GOLD, found).speakers.all.found == 0


class TestArticles:
    def test_each_field_is_right_or_wrong_and_null_must_be_null(self) -> None:
        gold = annotated(
            language="zh",
            article={
                "title": "Rain",
                "published": "2031-05-06",
                "byline": [{"name": "A", "role": "reporter"}, {"name": "B", "role": "editor"}],
                "publisher": None,
                "license": "CC BY",
            },
        )
        found = annotated(
            language="zh-Hant",
            article={
                "title": "rain",
                "published": "2031-05-07",
                "byline": [{"name": "B", "role": "author"}, {"name": "A", "role": "reporter"}],
                "publisher": "The Paper",
                "license": "CC BY",
            },
        )

        scores = score(gold, found).articles.by_language["zh"]

        assert [name for name in scores.judged if scores.right[name]] == [
            "language",
            "title",
            "byline",
            "license",
        ]
        assert [name for name in scores.judged if not scores.right[name]] == [
            "published",
            "byline roles",
            "publisher",
        ]

    def test_another_language_is_wrong(self) -> None:
        assert (
            score(annotated(language="en"), annotated(language="end")).articles.all.accuracy("language") == 0
        )


def test_scores_are_grouped_by_the_golds_language_and_type() -> None:
    gold = annotated(quotes=[quote((0, 10)), quote((20, 30), type="indirect")])
    found = annotated(
        language="zh-Hans", quotes=[quote((0, 10), type="mixed"), quote((40, 50), type="mixed")]
    )

    table = score(gold, found).quotes

    assert set(table.by_language) == {"en"}
    counts = {name: (one.expected, one.found, one.hits["overlap"]) for name, one in table.by_type.items()}
    assert counts == {"direct": (1, 1, 1), "indirect": (1, 0, 0), "mixed": (0, 1, 0)}


class TestWhichArticle:
    def test_is_told_by_the_name_of_the_file_in_any_folder(self) -> None:
        found = FoundArticle(annotated(source="news/2031/rain.txt"), TEXT)

        assert evaluate([found], [annotated(quotes=[quote(RAIN)])]).scored == 1

    def test_is_told_by_the_text_where_the_name_is_another(self) -> None:
        gold = annotated(quotes=[quote(RAIN, text=["Rain will come on Monday,"])])
        articles = [FoundArticle(annotated(source=name), text) for name, text in (("a", "Sun."), ("b", TEXT))]

        assert evaluate(articles, [gold]).quotes.all.expected == 1

    def test_of_two_with_the_same_name_is_the_one_with_the_text(self) -> None:
        gold = annotated(quotes=[quote(RAIN, text=["Rain will come on Monday,"])])
        articles = [
            FoundArticle(annotated(source="a/rain.txt"), "Sun."),
            FoundArticle(annotated(source="b/rain.txt", quotes=[quote(RAIN)]), TEXT),
        ]

        assert evaluate(articles, [gold]).quotes.all.f1("exact") == 1

    def test_is_not_there_then_the_gold_is_listed_and_not_scored(self) -> None:
        result = evaluate(
            [FoundArticle(annotated(source="sun.txt"), "Sun.")], [annotated(quotes=[quote(RAIN)])]
        )

        assert (result.scored, result.missing, result.quotes.all.expected) == (0, ["rain.txt"], 0)

    def test_has_another_text_than_the_gold_then_file_and_item_are_named(self) -> None:
        gold = annotated(quotes=[quote(RAIN), quote(NOON, text=["It ends"])])

        with pytest.raises(
            DatasetError, match=r"rain\.txt: quotes\[1\]\.text\[0\] is 'It ends', but the text has"
        ):
            score(gold, annotated())

    def test_leaves_its_text_out_then_offsets_are_trusted(self) -> None:
        gold = annotated(quotes=[quote(RAIN, text=["whatever"])])

        assert (
            evaluate([FoundArticle(annotated(quotes=[quote(RAIN)]), None)], [gold]).quotes.all.f1("exact")
            == 1
        )
