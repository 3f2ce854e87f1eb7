"""The page of `review`: the articles as they are, marked, and nothing in them obeyed."""

import json
import re
import shutil
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html
from typer.testing import CliRunner, Result

from build_dataset.build import build
from build_dataset.cli import app
from build_dataset.errors import DatasetError
from build_dataset.examine.review import read_review
from build_dataset.options import Options, TextPolicy
from build_dataset.show.review.characters import seen
from build_dataset.show.review.page import page_path, write_page
from tests.conftest import contents
from tests.examine.folders import read, write

EVIL = "<script>alert(1)</script>"
IMAGE = '"><img src=x onerror="alert(2)" style="background:url(https://evil.example/)">'
HIDDEN = "\u202egnp.exe\u202c \u200bzero\ufeff \x1b[31m\x9b"
HOSTILE = (
    f"The {IMAGE} bridge will close for 12 days, the Port {EVIL} Authority said on Monday.\n\n"
    f'"We know {EVIL} that this will hurt {IMAGE} {HIDDEN}," said Maria Olsen, director of the Port '
    'Authority. "There is no other way {{ 7 * 7 }} {% raw %}."\n'
)
EMPTY = {"meta", "br", "link", "img", "input"}


class Elements(HTMLParser):
    """Every element of a page with its attributes, and whether each is closed where it should be."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.feed(page)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert len(dict(attrs)) == len(attrs), "an attribute stands twice"
        self.found.append((tag, dict(attrs)))
        if tag not in EMPTY:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def made(folder: Path, page: Path, **chosen: Any) -> str:
    """The page of a dataset folder."""
    write_page(read_review(folder, **{"limit": 100, **chosen}), page)
    return page.read_text(encoding="utf-8")


def texts(page: str) -> list[str]:
    """What stands in the page as the text of articles."""
    return [one.text_content() for one in html.document_fromstring(page).iter("div")]


def call(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, ["review", *map(str, arguments)])


def change(folder: Path, table: str, altered: Callable[[dict[str, Any]], dict[str, Any]]) -> None:
    """Change the rows of a table."""
    write(folder, table, [altered(row) for row in read(folder, table)])


@pytest.fixture(scope="module")
def page(dataset: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    return made(dataset, tmp_path_factory.mktemp("page") / "page.html")


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A dataset every field of which a source has tried to break out of."""
    place = tmp_path_factory.mktemp("hostile")
    entry = {
        "text": HOSTILE,
        "title": f"{EVIL}{IMAGE}{HIDDEN}",
        "authors": [f"{EVIL}{IMAGE}"],
        "url": "javascript:alert(3)",
        "publisher": f"'{IMAGE}{EVIL}",
        "license": IMAGE,
    }
    (place / "news.jsonl").write_text(json.dumps(entry) + "\n", encoding="utf-8")
    folder = build([place / "news.jsonl"], place / "dataset").folder
    alias = {"name": f"{EVIL}{IMAGE}", "language": "en"}
    change(
        folder,
        "speakers",
        lambda row: {**row, "name": f"{EVIL}{IMAGE}{HIDDEN}\0", "role": IMAGE, "aliases": [alias]},
    )
    change(
        folder,
        "articles",
        lambda row: {
            **row,
            "source": IMAGE,
            "title": entry["title"],
            "url": "javascript:alert(3)",
            "publisher": entry["publisher"],
            "license": IMAGE,
            "byline": [{"name": IMAGE, "role": EVIL}],
        },
    )
    change(folder, "statistics", lambda row: {**row, "unit": IMAGE, "subject": EVIL, "per": IMAGE})
    return folder


class TestThePage:
    def test_has_the_texts_as_they_are(self, page: str, dataset: Path) -> None:
        assert texts(page) == [row["text"] for row in read(dataset, "articles")]

    def test_marks_what_the_records_say(self, page: str, dataset: Path) -> None:
        tree = html.document_fromstring(page)
        whole = {row["article_id"]: row["text"] for row in read(dataset, "articles")}
        for quote in read(dataset, "quotes"):
            number = tree.xpath(f"//*[@id='at_{quote['quote_id']}']/@data-label")[0].split()[0]
            under = tree.xpath(f"//div//*[contains(@title, 'quote {number}: {quote['type']}')]/text()")
            text = whole[quote["article_id"]]
            assert "".join(under) == "".join(text[span["start"] : span["end"]] for span in quote["spans"])
            for part in ("mention", "cue"):
                words = tree.xpath(f"//div//*[contains(@title, '{part} of quote {number}:')]/text()")
                assert words == ([quote[part]["text"]] if quote[part] else [])
        for figure in read(dataset, "statistics"):
            assert tree.xpath(f"//div/a[@href='#{figure['statistic_id']}']/text()") == [figure["text"]]
            assert tree.xpath(f"//div/span[@id='at_{figure['statistic_id']}']")

    def test_every_link_leads_somewhere_in_the_page_and_no_name_is_given_twice(self, page: str) -> None:
        elements = Elements(page).found
        names = [one["id"] for _, one in elements if "id" in one]
        links = {one["href"] for _, one in elements if "href" in one}

        assert len(names) == len(set(names))
        assert {link for link in links if link and not link.startswith("#")} == {"https://example.org/1"}
        assert {link[1:] for link in links if link and link.startswith("#")} <= set(names)

    def test_a_link_out_of_it_tells_nothing(self, page: str) -> None:
        (link,) = [one for _, one in Elements(page).found if (one.get("href") or "").startswith("http")]
        assert link["rel"] == "noopener noreferrer nofollow"

    def test_lists_the_speakers_with_their_quotes(self, page: str, dataset: Path) -> None:
        tree = html.document_fromstring(page)
        for speaker in read(dataset, "speakers"):
            links = tree.xpath(f"//li[@id='{speaker['speaker_id']}']//a/@href")
            own = [
                row["quote_id"]
                for row in read(dataset, "quotes")
                if row["speaker_id"] == speaker["speaker_id"]
            ]
            assert sorted(links) == sorted(f"#{one}" for one in own)

    def test_shows_what_is_unsure_or_flagged(self, dataset_copy: Path, tmp_path: Path) -> None:
        change(dataset_copy, "quotes", lambda row: {**row, "confidence": 0.2, "flags": ["continuation"]})
        change(dataset_copy, "statistics", lambda row: {**row, "confidence": 0.9, "flags": ["implausible"]})

        tree = html.document_fromstring(made(dataset_copy, tmp_path / "page.html"))

        records = sum(len(read(dataset_copy, table)) for table in ("quotes", "statistics"))
        assert len(tree.xpath("//tr[@class='doubtful']")) == records
        assert f"To check: {records}" in tree.text_content()
        assert "unsure: 0.20, continuation" in tree.text_content()
        assert len(tree.xpath("//div/*[contains(@class, 'doubtful')][starts-with(@id, 'at_')]")) == records

    def test_is_the_same_for_the_same_dataset(self, page: str, dataset_copy: Path, tmp_path: Path) -> None:
        assert made(dataset_copy, tmp_path / "again.html") == page

    def test_is_one_file_that_runs_and_loads_nothing(self, page: str) -> None:
        harmless(page)


def harmless(page: str) -> None:
    """Check that nothing in a page runs, loads or hides."""
    found = Elements(page).found
    attributes = {name for _, one in found for name in one}
    assert not {tag for tag, _ in found} & {
        "script",
        "img",
        "iframe",
        "link",
        "object",
        "form",
        "base",
        "svg",
    }
    assert not {name for name in attributes if name.startswith("on") or name in ("src", "style", "srcset")}
    assert "url(" not in page.partition("<style>")[2].partition("</style>")[0]
    assert "@import" not in page.partition("</style>")[0]
    schemes = {str(one["href"]).partition(":")[0] for _, one in found if "href" in one}
    assert {one for one in schemes if not one.startswith("#")} <= {"http", "https"}
    policies = [one["content"] for _, one in found if one.get("http-equiv") == "Content-Security-Policy"]
    assert policies and str(policies[0]).startswith("default-src 'none'; style-src 'unsafe-inline'")
    assert ("meta", {"name": "referrer", "content": "no-referrer"}) in found
    assert not re.findall("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]", page)


class TestAHostileSource:
    def test_stays_text(self, hostile: Path, page: str, tmp_path: Path) -> None:
        made_page = made(hostile, tmp_path / "page.html")

        harmless(made_page)
        assert {tag for tag, _ in Elements(made_page).found} <= {
            *(tag for tag, _ in Elements(page).found),
            "strong",  # an article with flags
        }
        assert "<script" not in made_page and "<img" not in made_page
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in made_page

    def test_is_shown_in_full(self, hostile: Path, tmp_path: Path) -> None:
        made_page = made(hostile, tmp_path / "page.html")

        assert texts(made_page) == [seen(row["text"]) for row in read(hostile, "articles")]
        shown = html.document_fromstring(made_page).text_content()
        assert seen(f"{EVIL}{IMAGE}{HIDDEN}\0") in shown
        assert "{{ 7 * 7 }}" in shown and "49" not in "".join(texts(made_page))
        assert "javascript:alert(3)" in shown

    @pytest.mark.parametrize(
        "url",
        [
            "javascript:alert(1)",
            "data:text/html,<script>alert(1)</script>",
            " https://example.org/",
            "https://example.org/\u202egnp",
            "https://example.org/a b",
            "//example.org/",
            "https:",
            "http://[",
            "file:///etc/passwd",
        ],
    )
    def test_an_address_that_is_not_what_it_seems_is_no_link(
        self, dataset_copy: Path, tmp_path: Path, url: str
    ) -> None:
        change(dataset_copy, "articles", lambda row: {**row, "url": url})

        made_page = made(dataset_copy, tmp_path / "page.html")

        assert all(str(one.get("href", "#")).startswith("#") for _, one in Elements(made_page).found)
        assert seen(url) in html.document_fromstring(made_page).text_content()

    @given(st.text())
    def test_what_is_seen_of_a_text_holds_nothing_unseen(self, text: str) -> None:
        assert not re.search(
            "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]", seen(text)
        )
        assert seen("a\tb\n") == "a\tb\n"


class TestWhatIsShown:
    def test_are_the_first_articles(self, dataset: Path, tmp_path: Path) -> None:
        first = made(dataset, tmp_path / "page.html", limit=2)

        assert texts(first) == [row["text"] for row in read(dataset, "articles")][:2]
        assert "3 more articles are not shown" in first

    def test_are_the_articles_asked_for(self, dataset: Path, tmp_path: Path) -> None:
        rows = read(dataset, "articles")

        chosen = made(dataset, tmp_path / "page.html", articles=["bridge.txt", rows[0]["article_id"]])

        wanted = [row["text"] for row in rows if row == rows[0] or row["source"] == "bridge.txt"]
        assert texts(chosen) == wanted
        assert "of which 2 were asked for" in chosen

    def test_are_the_articles_that_quote_a_speaker(self, dataset: Path, tmp_path: Path) -> None:
        chosen = made(dataset, tmp_path / "page.html", speakers=["Brandt", "陈立波"])

        assert len(texts(chosen)) == 3
        assert all("Brandt" in text or "陈立波" in text for text in texts(chosen))

    @pytest.mark.parametrize("asked", [{"articles": ["x.txt"]}, {"speakers": ["Nobody"]}], ids=str)
    def test_what_is_not_there_is_named(self, dataset: Path, asked: dict[str, Any]) -> None:
        (name,) = next(iter(asked.values()))
        with pytest.raises(DatasetError, match=f"no (article|speaker) {name}"):
            read_review(dataset, 100, **asked)

    @pytest.mark.parametrize("policy", [TextPolicy.NONE, TextPolicy.EXCERPT])
    def test_without_texts_it_is_what_stands_round_the_records(
        self, policy: TextPolicy, corpus: Path, dataset: Path, tmp_path: Path
    ) -> None:
        folder = build([corpus], tmp_path / "lean", options=Options(text=policy)).folder
        whole = {row["article_id"]: row["text"] for row in read(dataset, "articles")}

        lean = made(folder, tmp_path / "page.html")

        Elements(lean)
        tree = html.document_fromstring(lean)
        for article in tree.xpath("//article"):
            text = whole[article.xpath(".//dd/text()")[0]]
            pieces = [one.text_content() for one in article.iter("div")]
            assert all(piece in text for piece in pieces)
            assert "The dataset does not hold all of this text" in article.text_content()
        for quote in read(folder, "quotes"):
            assert tree.xpath(f"//div/a[@id='at_{quote['quote_id']}']")
        for figure in read(folder, "statistics"):
            assert tree.xpath(f"//div/a[@href='#{figure['statistic_id']}']/text()") == [figure["text"]]

    def test_a_dataset_of_several_files_is_read_in_order(
        self, page: str, dataset_copy: Path, tmp_path: Path
    ) -> None:
        for table in ("articles", "quotes", "statistics", "speakers"):
            rows = read(dataset_copy, table)
            write(dataset_copy, table, rows[:1], rows[1:3], rows[3:])

        assert made(dataset_copy, tmp_path / "page.html") == page


class TestTheCommand:
    def test_writes_beside_the_dataset_and_says_where(self, dataset_copy: Path) -> None:
        before = contents(dataset_copy)

        result = call(dataset_copy)

        expected = dataset_copy.with_name("dataset-review.html")
        assert (result.exit_code, result.stdout, result.stderr) == (0, f"{expected}\n", "")
        assert expected.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
        assert contents(dataset_copy) == before
        assert sorted(path.name for path in dataset_copy.parent.iterdir()) == ["dataset", expected.name]

    def test_is_json_on_request(self, dataset: Path, tmp_path: Path) -> None:
        report = json.loads(call(dataset, "--out", tmp_path / "p.html", "--articles", "2", "--json").stdout)

        assert report["page"] == str(tmp_path / "p.html")
        assert report["shown"]["articles"] == 2
        assert report["chosen_articles"] == report["rows"]["articles"] == 5

    def test_says_that_there_is_more(self, dataset: Path, tmp_path: Path) -> None:
        result = call(dataset, "--out", tmp_path / "p.html", "--articles", "2")

        assert "2 of 5 articles are shown" in result.stderr

    def test_a_folder_that_is_named_by_a_dot_has_its_page_beside_it(
        self, dataset_copy: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.chdir(dataset_copy)

        assert page_path(Path(), None) == dataset_copy.with_name("dataset-review.html")

    def test_a_wrong_folder_or_place_is_named_and_nothing_is_written(
        self, dataset_copy: Path, tmp_path: Path
    ) -> None:
        (tmp_path / "empty").mkdir()
        before = sorted(tmp_path.rglob("*"))
        calls: list[list[Path | str]] = [
            [tmp_path / "missing"],
            [tmp_path / "empty"],
            [dataset_copy / "README.md"],
            [dataset_copy, "--out", dataset_copy / "page.html"],
            [dataset_copy, "--out", dataset_copy],
            [dataset_copy, "--out", tmp_path / "empty"],
            [dataset_copy, "--out", tmp_path / "missing" / "page.html"],
            [dataset_copy, "--speaker", "Nobody"],
            [dataset_copy, "--articles", "0"],
        ]
        for arguments in calls:
            result = call(*arguments)
            assert (result.exit_code, result.stdout) == (2, "")
            assert result.stderr.strip()
        assert sorted(tmp_path.rglob("*")) == before

    def test_a_dataset_that_does_not_hold_together_is_refused(self, dataset_copy: Path) -> None:
        breaks: dict[str, Callable[[dict[str, Any]], dict[str, Any]]] = {
            "does not stand where it says": lambda row: {**row, "text": f"!{row['text']}"},
            "is not in speakers": lambda row: {**row, "speaker_id": "spk_" + "0" * 20},
            "confidence": lambda row: {**row, "confidence": 7.0},
        }
        sound = read(dataset_copy, "quotes")
        for reason, broken in breaks.items():
            write(dataset_copy, "quotes", [broken(row) for row in sound])
            result = call(dataset_copy)
            assert result.exit_code == 2
            assert reason in result.stderr and "build-dataset validate" in result.stderr

    def test_a_table_that_is_missing_or_of_another_schema_is_refused(self, dataset_copy: Path) -> None:
        file = next((dataset_copy / "quotes").iterdir())
        pq.write_table(pq.read_table(file).drop_columns(["article_id"]), file)
        assert "article_id" in call(dataset_copy).stderr

        file.write_bytes(b"not Parquet")
        assert call(dataset_copy).exit_code == 2

        shutil.rmtree(dataset_copy / "quotes")
        result = call(dataset_copy)
        assert result.exit_code == 2
        assert "no Parquet file in quotes/" in result.stderr
