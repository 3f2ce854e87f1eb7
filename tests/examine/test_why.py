"""Why a text gave its quotes and no others."""

import pytest

from build_dataset.document import Document, DropReason
from build_dataset.examine.why import Why, explain
from build_dataset.pipeline import extract_article
from build_dataset.records import article_records

TEXT = (
    "Mayor Anna Berg told reporters that the work would begin in May. Critics backed the old plan and did not say "
    "what it would cost.\n\n"
    "According to the port authority, the tunnel is too short.\n\n"
    "“It was late,” she added.\n"
)


@pytest.fixture(scope="module")
def reasons() -> list[Why]:
    extraction = extract_article(Document("story.txt", TEXT))
    return list(explain(extraction, article_records(extraction).quotes))


def test_each_quote_says_what_made_it(reasons: list[Why]) -> None:
    kept = [one for one in reasons if one.reason is None]

    assert [one.cue for one in kept] == ["told", "According to", "added"]
    assert all(one.quote_id is not None and one.quote_id.startswith("quo_") for one in kept)
    told, according, added = kept
    assert told.rule == "tagger+verb_that"
    assert told.evidence is not None and told.evidence.cue > 0 and told.evidence.saying > 0
    assert according.rule == "according_to" and according.evidence is None
    assert added.speaker == "she"


def test_what_was_dropped_says_why(reasons: list[Why]) -> None:
    dropped = {one.cue: one.reason for one in reasons if one.reason is not None}

    assert dropped["say"] == DropReason.NO_REPORT.value
    assert dropped["backed"] == DropReason.NO_REPORT.value


def test_as_json_leaves_out_what_is_not_known(reasons: list[Why]) -> None:
    kept, dropped = reasons[0].as_json(), reasons[-1].as_json()

    assert set(kept) == {"source", "quote_id", "cue", "speaker", "content", "rule", "evidence"}
    assert set(kept["evidence"]) == {"cue", "saying", "content", "source", "asserted"}
    assert "quote_id" not in dropped and dropped["reason"]


def test_a_chinese_quote_names_its_rule() -> None:
    extraction = extract_article(Document("story.txt", "港务局局长陈立波表示，新码头将于明年开放。\n"))
    (why,) = explain(extraction, article_records(extraction).quotes)

    assert (why.rule, why.cue, why.speaker) == ("verb", "表示", "陈立波")
