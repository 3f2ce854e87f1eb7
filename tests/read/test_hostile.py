"""A folder of hostile files: the good ones are read, each bad one is named, nothing is lost in silence."""

import json
import os
import sys
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from build_dataset.build import build
from build_dataset.validate import validate

HOSTILE = Path(__file__).parents[2] / ".." / "shared" / "inputs" / "hostile"


@pytest.mark.skipif(not HOSTILE.is_dir(), reason="the shared folder with hostile inputs is not here")
def test_a_run_over_hostile_inputs(tmp_path: Path) -> None:
    report = build([HOSTILE], tmp_path / "out")
    articles = {row["source"]: row for row in pq.read_table(report.folder / "articles").to_pylist()}
    skipped = {skip.source: skip.reason for skip in report.skipped}
    duplicates = {duplicate.source: duplicate.kept for duplicate in report.duplicates}

    assert validate(report.folder).valid
    for path in HOSTILE.iterdir():
        told = [
            source for source in (*articles, *skipped, *duplicates) if source.partition("#")[0] == path.name
        ]
        assert told, f"{path.name} is lost"
    assert "28_no_extension" in articles or "28_no_extension" in duplicates
    good = articles["-27_leading_dash.txt"]["text"]
    assert "\r" not in good
    same = {
        "03_utf8_bom_crlf.txt",
        "04_utf16le_bom.txt",
        "08_windows1252_quotes.txt",
        "26 name with spaces – 新闻 & (1).txt",
        "28_no_extension",
    }
    assert same <= duplicates.keys()
    assert skipped["01_empty.txt"] == skipped["02_whitespace_only.txt"] == "empty: there is no text in it"
    assert "李梅" in articles["07_big5.txt"]["text"]
    assert "李梅" in articles["05_utf16be_no_bom.txt"]["text"]
    assert "王𬸚" in articles["06_gb18030.txt"]["text"]
    assert "José Núñez" in articles["09_latin1.txt"]["text"]
    assert skipped["11_png_named.txt"] == "not text: it is a PNG picture"
    lines = {source.partition("#")[2] for source in skipped if source.startswith("13_jsonl")}
    assert lines == {"2", "4", "5"}
    assert json.loads((report.folder / "manifest.json").read_bytes())["format"] == "build-dataset"


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
