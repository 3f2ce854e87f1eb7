"""How sources are read is said on the command line, recorded, and used again by a rebuild."""

import gzip
import json
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner

from build_dataset.cli import app
from build_dataset.options import Limits, Options, Reading
from tests.read.files import STORY


def run(*arguments: str | Path, **settings: Any) -> Any:
    return CliRunner().invoke(app, list(map(str, arguments)), **settings)


@pytest.fixture
def news(tmp_path: Path) -> Path:
    """An article under another name than usual, and one that is too large for a megabyte."""
    folder = tmp_path / "news"
    folder.mkdir()
    entry = {"story": STORY, "when": "5 March", "link": "javascript:alert(1)"}
    (folder / "a.jsonl").write_text(json.dumps(entry) + "\n", encoding="utf-8")
    (folder / "b.txt").write_text("Rain. " * 200_000, encoding="utf-8")
    (folder / "c.txt.gz").write_bytes(gzip.compress(b"Rain. " * 100_000))
    return folder


def test_options_decide_what_is_read_and_stand_in_the_manifest(news: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    options = [
        "--column",
        "text=story",
        "--column",
        "date=when",
        "--max-megabytes",
        "1",
        "--max-expansion",
        "2",
    ]
    result = run("build", news, "--out", out, "--no-cache", "--json", *options)
    manifest = json.loads((out / "manifest.json").read_bytes())

    assert result.exit_code == 0, result.stderr
    assert pq.read_table(out / "articles")["text"].to_pylist() == [STORY, "Rain. " * 100_000]
    assert manifest["skipped"] == [
        {"source": "b.txt", "reason": "larger than 1 MB; raise --max-megabytes to read it"}
    ]
    assert manifest["warnings"] == [
        {
            "source": "a.jsonl#1",
            "warning": "field link is 'javascript:alert(1)', not an http or https address: left out",
        },
        {
            "source": "a.jsonl#1",
            "warning": "field when is '5 March', not a date such as 2024-03-05: left out",
        },
    ]
    assert json.loads(result.stdout)["warnings"] == manifest["warnings"]
    assert manifest["options"]["columns"] == {"text": "story", "date": "when"}
    assert manifest["options"]["limits"] == {"megabytes": 1, "expansion": 2, "nesting": 512, "seconds": 300}
    assert run("rebuild", out, "--inputs", news).exit_code == 0
    assert run("validate", out).exit_code == 0
    lean = tmp_path / "lean"
    assert run("build", news, "--out", lean, "--no-cache", "--text", "none", *options).exit_code == 0
    assert run("validate", lean, "--texts", news).exit_code == 0


def test_a_manifest_without_them_has_the_usual_ones() -> None:
    assert Options.read({"engine": "fast"}) == Options()
    reading = Reading(Limits(megabytes=2), (("text", "story"),))
    assert Options.read(Options(reading=reading).recorded(())) == Options(reading=reading)


@pytest.mark.parametrize(
    ("option", "message"),
    [
        ("story", "--column story: write FIELD=NAME, such as text=story"),
        ("body=story", "--column body: no field of an article; the fields are text, html, title"),
    ],
)
def test_a_column_that_makes_no_sense_is_an_error(
    news: Path, tmp_path: Path, option: str, message: str
) -> None:
    result = run("build", news, "--out", tmp_path / "out", "--column", option)

    assert result.exit_code == 2
    assert message in result.stderr


def test_standard_input_may_be_of_any_format(tmp_path: Path) -> None:
    content = gzip.compress(json.dumps({"text": STORY}).encode() + b"\n{}\n")
    shown = run("extract", "-", "--json", input=content)
    built = run("build", "-", "--out", tmp_path / "out", "--no-cache", input=content)

    assert json.loads(shown.stdout)["articles"][0]["text"] == STORY
    assert "-#2: field text is missing" in shown.stderr
    assert built.exit_code == 0, built.stderr
    assert pq.read_table(tmp_path / "out" / "articles")["source"].to_pylist() == ["-#1"]


def test_an_article_that_takes_too_long_is_skipped_and_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def for_ever(*_: object, **__: object) -> None:
        while True:
            pass

    monkeypatch.setattr("build_dataset.batch.extract_article", for_ever)
    (tmp_path / "a.txt").write_text(STORY, encoding="utf-8")
    result = run("build", tmp_path / "a.txt", "--out", tmp_path / "out", "--no-cache", "--max-seconds", "1")

    assert result.exit_code == 2
    assert "no article in any source: a.txt: took more than 1 seconds" in result.stderr
