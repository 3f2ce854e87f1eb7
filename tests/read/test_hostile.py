"""A folder of hostile files: the good ones are read, each bad one is named, nothing is lost in silence."""

import json
import os
import sys
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from build_dataset.build import build
from build_dataset.examine.review import read_review
from build_dataset.report import BuildReport
from build_dataset.show.review.page import write_page
from build_dataset.validate import validate

HOSTILE = Path(__file__).parents[2] / ".." / "shared" / "inputs" / "hostile"


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> BuildReport:
    if not HOSTILE.is_dir():
        pytest.skip("the shared folder with hostile inputs is not here")
    return build([HOSTILE], tmp_path_factory.mktemp("hostile") / "out")


@pytest.fixture(scope="module")
def articles(report: BuildReport) -> dict[str, dict[str, Any]]:
    """Source → article, for every source of every article."""
    rows = pq.read_table(report.folder / "articles").to_pylist()
    return {source: row for row in rows for source in row["sources"]}


@pytest.fixture(scope="module")
def skipped(report: BuildReport) -> dict[str, str]:
    return {skip.source: skip.reason for skip in report.skipped}


def test_nothing_is_lost_and_the_result_is_valid(
    report: BuildReport, articles: dict[str, Any], skipped: dict[str, str]
) -> None:
    assert validate(report.folder).valid
    for path in HOSTILE.iterdir():
        told = [source for source in (*articles, *skipped) if source.partition("#")[0] == path.name]
        assert told, f"{path.name} is lost"
    manifest = json.loads((report.folder / "manifest.json").read_bytes())
    assert {skip["source"]: skip["reason"] for skip in manifest["skipped"]} == skipped


def test_each_bad_source_is_named_with_the_reason(skipped: dict[str, str]) -> None:
    expected = {
        "01_empty.txt": "empty: there is no text in it",
        "02_whitespace_only.txt": "empty: there is no text in it",
        "10_nul_bytes.txt": "not text: character 206 is NUL; remove it",
        "11_png_named.txt": "not text: it is a PNG picture",
        "12_jsonl_unpaired_surrogate.jsonl#2": "half of a surrogate pair at character 13; repair it",
        "13_jsonl_broken_middle.jsonl#2": "not JSON: Unterminated string starting at at column 26",
        "13_jsonl_broken_middle.jsonl#4": 'not a JSON object; write {"text": …}',
        "13_jsonl_broken_middle.jsonl#5": 'not a JSON object; write {"text": …}',
        "14_jsonl_odd_fields.jsonl#1": "field text is null, not a string",
        "14_jsonl_odd_fields.jsonl#2": "field text is missing; the fields are id: name it with --column text=NAME",
        "14_jsonl_odd_fields.jsonl#3": "field text is a number, not a string",
        "14_jsonl_odd_fields.jsonl#4": "field text is a list, not a string",
        "14_jsonl_odd_fields.jsonl#5": "empty: there is no text in it",
        "14_jsonl_odd_fields.jsonl#6": "field text is there twice; leave one of them out",
        "17_deeply_nested.html": "nested too deep: more than 512 elements are within each other",
        "20_bomb_200MB.html.gz": "larger than 5 MB; raise --max-megabytes to read it",
        "21_truncated.txt.gz": "cut off: its compressed data ends too early",
        "29_frameset_no_body.html": "no article text in it: the page has hardly a sentence",
        "32_wrong_schema.parquet": "no text column; the columns are a, b: name it with --column text=NAME",
        "33_nulls_and_dup_ids.parquet#2": "field text is null, not a string",
        "33_nulls_and_dup_ids.parquet#4": "empty: there is no text in it",
    }
    reasons = {source: reason for source, reason in skipped.items() if source in expected}

    assert reasons == expected
    assert skipped["34_truncated.parquet"].startswith("broken Parquet: ")
    assert skipped.keys() - expected == {"34_truncated.parquet", "index.md", "make_hostile.py"}


def test_the_same_story_in_any_encoding_and_container_is_the_same_article(
    articles: dict[str, dict[str, Any]],
) -> None:
    english, chinese = articles["-27_leading_dash.txt"], articles["05_utf16be_no_bom.txt"]

    assert "\r" not in english["text"]
    assert set(english["sources"]) == {
        "-27_leading_dash.txt",
        "03_utf8_bom_crlf.txt",
        "04_utf16le_bom.txt",
        "08_windows1252_quotes.txt",
        "12_jsonl_unpaired_surrogate.jsonl#1",
        "13_jsonl_broken_middle.jsonl#1",
        "14_jsonl_odd_fields.jsonl#10",
        "15_duplicates.jsonl#1",
        "15_duplicates.jsonl#2",
        "15_duplicates.jsonl#3",
        "22_not_gzip.txt.gz",
        "26 name with spaces – 新闻 & (1).txt",
        "28_no_extension",
        "33_nulls_and_dup_ids.parquet#1",
        "35_binary_text_column.parquet#1",
    }
    assert "35_binary_text_column.parquet#2" in chinese["sources"]
    assert {articles[name]["encoding"] for name in ("06_gb18030.txt", "07_big5.txt", "09_latin1.txt")} == {
        "gb18030",
        "big5hkscs",
        "cp1252",
    }
    assert "王𬸚" in articles["06_gb18030.txt"]["text"]
    assert "José Núñez" in articles["09_latin1.txt"]["text"]


def test_a_corrected_version_is_linked_and_kept(articles: dict[str, dict[str, Any]]) -> None:
    first, marks, corrected = (
        articles[name] for name in ("-27_leading_dash.txt", "15_duplicates.jsonl#4", "15_duplicates.jsonl#6")
    )

    leader = first["duplicate_of"]  # the page 16 tells the same story and is dated, so it comes before
    assert leader == articles["16_script_in_title.html"]["article_id"]
    assert marks["duplicate_of"] == corrected["duplicate_of"] == leader
    assert len({first["article_id"], marks["article_id"], corrected["article_id"]}) == 3


def test_markup_is_never_more_than_text(report: BuildReport, articles: dict[str, dict[str, Any]]) -> None:
    page = articles["16_script_in_title.html"]

    assert page["title"] == "Bridge <script>alert(1)</script> closes"
    assert "<Friday>" in page["text"]
    assert page["url"] is None
    review = report.folder.with_name("review.html")
    write_page(read_review(report.folder, 100), review)
    html = review.read_text(encoding="utf-8")
    assert "<script" not in html
    assert "Bridge &lt;script&gt;alert(1)&lt;/script&gt; closes" in html


def test_names_and_figures_are_in_one_piece(articles: dict[str, dict[str, Any]]) -> None:
    text = articles["31_html_entities_split_name.html"]["text"]

    assert "Maria Olsén" in text
    assert "$5.2 million" in text
    assert "50%" in text
    assert "106" not in text


@pytest.mark.skipif(os.geteuid() == 0 or sys.platform == "win32", reason="nothing is forbidden to this user")
def test_a_file_without_permission_is_named(tmp_path: Path) -> None:
    (tmp_path / "news").mkdir()
    (tmp_path / "news" / "a.txt").write_text("It rained.", encoding="utf-8")
    (tmp_path / "news" / "b.txt").write_text("It poured.", encoding="utf-8")
    (tmp_path / "news" / "b.txt").chmod(0)
    report = build([tmp_path / "news"], tmp_path / "out")

    assert [(skip.source, skip.reason) for skip in report.skipped] == [
        ("b.txt", "cannot be read: permission denied")
    ]
