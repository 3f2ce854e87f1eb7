"""JSON documents as crawlers and services write them."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from build_dataset.document import Document
from build_dataset.errors import DatasetError
from build_dataset.options import Reading
from build_dataset.read import SkippedSource
from build_dataset.read.columns import check_columns
from tests.read.files import PAGE, STORY, found

FUNDUS = {
    "title": "Bridge to close",
    "authors": ["Ann Lee", "Bo Wu"],
    "publishing_date": "2024-03-05 08:00:00+00:00",
    "topics": ["Traffic"],
    "free_access": True,
    "body": {
        "summary": ["In short."],
        "sections": [
            {"headline": [], "paragraphs": ["One.", "Two."]},
            {"headline": ["Why"], "paragraphs": ["Three."]},
        ],
    },
}
NEWS_PLEASE = {
    "authors": ["Ann Lee", "Bo Wu"],
    "date_download": "2024-03-06 10:00:00",
    "date_publish": "2024-03-05 08:00:00",
    "description": "A bridge.",
    "filename": "x.json",
    "image_url": "https://example.org/a.png",
    "language": "en",
    "maintext": STORY,
    "source_domain": "example.org",
    "title": "Bridge to close",
    "title_page": None,
    "url": "https://example.org/bridge",
}
CC_NEWS = {
    "requested_url": "https://example.org/bridge",
    "plain_text": STORY,
    "published_date": "2024-03-05",
    "title": "Bridge to close",
    "author": ["Ann Lee", "Bo Wu"],
    "language": "en",
    "sitename": "The Paper",
}
NEWS_SERVICE = {
    "source": {"id": None, "name": "The Paper"},
    "author": "Ann Lee",
    "publishedAt": "2024-03-05T08:00:00Z",
    "content": STORY,
    "title": "Bridge to close",
}


def read(folder: Path, content: Any, reading: Reading = Reading()) -> list[Document | SkippedSource]:  # noqa: B008
    path = folder / "a.json"
    path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return found(path, reading)


@pytest.mark.parametrize("shape", [FUNDUS, NEWS_PLEASE, CC_NEWS, NEWS_SERVICE])
def test_what_crawlers_write_is_read_as_it_is(tmp_path: Path, shape: dict[str, Any]) -> None:
    (article,) = read(tmp_path, shape)

    assert isinstance(article, Document)
    assert article.source == "a.json"
    assert article.warnings == ()
    assert article.metadata.title == "Bridge to close"
    assert article.metadata.published == date(2024, 3, 5)
    assert article.metadata.byline[0].name == "Ann Lee"
    assert article.text == ("In short.\n\nOne.\n\nTwo.\n\nWhy\n\nThree." if shape is FUNDUS else STORY)


def test_articles_stand_in_lists_and_the_lists_by_publisher(tmp_path: Path) -> None:
    one, two = {"text": "One."}, {"text": "Two."}

    for content in (
        [one, two],
        {"articles": [one, two]},
        {"A": [one], "B": [two]},
        {"data": {"items": [one, two]}},
    ):
        articles = read(tmp_path, content)
        assert [(a.source, a.text) for a in articles if isinstance(a, Document)] == [
            ("a.json#1", "One."),
            ("a.json#2", "Two."),
        ]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("{", "not JSON: Expecting property name enclosed in double quotes at column 2"),
        ('[\n{"text": "a"\n]', "not JSON: Expecting ',' delimiter at line 3, column 1"),
        ("[]", "no article in it: an object with a text, or a list of such objects, was expected"),
        ('{"a": {"b": {"c": [{"text": "x"}]}}}', None),
    ],
)
def test_a_document_without_articles_says_so(tmp_path: Path, content: str, reason: str | None) -> None:
    (skipped,) = read(tmp_path, content)

    assert isinstance(skipped, SkippedSource)
    assert skipped.source == "a.json"
    assert reason is None or skipped.reason == reason


def test_the_user_names_the_columns(tmp_path: Path) -> None:
    entry = {"story": "One.", "text": "not this", "when": 1709625600}
    (article,) = read(tmp_path, [entry], Reading(columns=(("text", "story"), ("date", "when"))))

    assert isinstance(article, Document)
    assert (article.text, article.metadata.published) == ("One.", date(2024, 3, 5))
    with pytest.raises(DatasetError, match="no field of an article; the fields are text"):
        check_columns({"story": "text"})


def test_an_entry_may_hold_a_page_instead_of_a_text(tmp_path: Path) -> None:
    (article,) = read(tmp_path, [{"html": PAGE, "url": "https://example.org/bridge", "title": "Mine"}])

    assert isinstance(article, Document)
    assert article.text == STORY
    assert article.metadata.title == "Mine"
    assert article.metadata.published == date(2024, 3, 5)
    assert article.metadata.url == "https://example.org/bridge"


@pytest.mark.parametrize(
    "value",
    [
        "2024-03-05",
        "2024-03-05T23:30:00-08:00",
        "2024-03-05 08:00:00",
        "20240305",
        20240305,
        "Tue, 05 Mar 2024 08:00:00 GMT",
        1709625600,
        1709625600000.0,
    ],
)
def test_days_come_in_many_ways(tmp_path: Path, value: object) -> None:
    (article,) = read(tmp_path, [{"text": "One.", "date": value}])

    assert isinstance(article, Document)
    assert article.metadata.published == date(2024, 3, 5)
