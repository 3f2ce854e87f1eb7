"""A row is an article, by the columns it has."""

from datetime import UTC, date, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from build_dataset.document import Document
from build_dataset.options import Limits, Reading
from build_dataset.read import Part, SourceFile, parquet
from build_dataset.read.contents import parts
from tests.read.files import STORY, found, texts


def test_the_columns_become_metadata(tmp_path: Path) -> None:
    table = pa.table(
        {
            "maintext": pa.array([STORY], pa.large_string()),
            "title": pa.array(["Bridge"]).dictionary_encode(),
            "authors": [["Ann Lee", "Bo Wu"]],
            "date_publish": [datetime(2024, 3, 5, 23, tzinfo=UTC)],
            "embedding": [[0.5] * 8],
        }
    )
    pq.write_table(table, tmp_path / "a.parquet")
    (article,) = found(tmp_path / "a.parquet")

    assert isinstance(article, Document)
    assert (article.source, article.text, article.metadata.title) == ("a.parquet#1", STORY, "Bridge")
    assert [author.name for author in article.metadata.byline] == ["Ann Lee", "Bo Wu"]
    assert article.metadata.published == date(2024, 3, 5)


def test_rows_without_a_text_are_named_by_their_number(tmp_path: Path) -> None:
    pq.write_table(pa.table({"text": ["One.", None, "", "Four."]}), tmp_path / "a.parquet")

    assert texts(tmp_path / "a.parquet") == {
        "a.parquet#1": "One.",
        "a.parquet#2": "[field text is null, not a string]",
        "a.parquet#3": "[empty: there is no text in it]",
        "a.parquet#4": "Four.",
    }


def test_bytes_are_text_in_the_encoding_they_are_in(tmp_path: Path) -> None:
    chinese = (
        "港务局局长陈立波表示,新码头将于明年开放,预计每年吞吐量超过300万吨。“我们需要更多的工人。”陈立波说。"
    )
    pq.write_table(pa.table({"text": [STORY.encode(), chinese.encode("gb18030")]}), tmp_path / "a.parquet")

    assert [
        (one.text, one.encoding) for one in found(tmp_path / "a.parquet") if isinstance(one, Document)
    ] == [
        (STORY, "utf-8"),
        (chinese, "gb18030"),
    ]


def test_strings_that_are_not_utf8_are_read_like_bytes(tmp_path: Path) -> None:
    chinese = "港务局局长陈立波表示，新码头将于明年开放。"
    column = pa.array([STORY.encode(), chinese.encode("gb18030"), None], pa.binary()).view(pa.string())
    pq.write_table(pa.table({"text": column}), tmp_path / "a.parquet")

    assert texts(tmp_path / "a.parquet") == {
        "a.parquet#1": STORY,
        "a.parquet#2": chinese,
        "a.parquet#3": "[field text is null, not a string]",
    }


def test_a_column_name_that_is_not_utf8_is_named_as_broken(tmp_path: Path) -> None:
    pq.write_table(pa.table({"text": [STORY], "note": ["-"]}), tmp_path / "a.parquet", store_schema=False)
    content = (tmp_path / "a.parquet").read_bytes()
    (tmp_path / "a.parquet").write_bytes(content.replace(b"note", b"n\xc0te"))

    assert texts(tmp_path / "a.parquet")["a.parquet"].startswith("[broken Parquet: ")


def test_row_groups_are_parts_and_rows_keep_their_numbers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parquet, "PART_BYTES", 300)
    path = tmp_path / "a.parquet"
    pq.write_table(pa.table({"text": [str(row) for row in range(1, 101)]}), path, row_group_size=7)
    cut = list(parts(SourceFile(str(path), "a.parquet", "a.parquet")))

    rows = [(part.entry, part.entries or 0) for part in cut if isinstance(part, Part)]
    assert len(rows) > 3
    assert [first for first, _ in rows] == [1, *(first + count for first, count in rows[:-1])]
    assert sum(count for _, count in rows) == 100
    assert texts(path) == {f"a.parquet#{row}": str(row) for row in range(1, 101)}


def test_a_file_without_a_text_or_broken_says_so(tmp_path: Path) -> None:
    pq.write_table(pa.table({"a": [1], "title": ["x"]}), tmp_path / "a.parquet")
    whole = (tmp_path / "a.parquet").read_bytes()
    (tmp_path / "cut.parquet").write_bytes(whole[:-100])
    pq.write_table(pa.table({"text": pa.array([], pa.string())}), tmp_path / "empty.parquet")

    assert texts(tmp_path / "a.parquet") == {
        "a.parquet": "[no text column; the columns are a, title: name it with --column text=NAME]"
    }
    assert texts(tmp_path / "cut.parquet")["cut.parquet"].startswith("[broken Parquet: ")
    assert texts(tmp_path / "empty.parquet") == {"empty.parquet": "[empty: there is no row in it]"}


def test_a_file_that_blows_up_is_refused(tmp_path: Path) -> None:
    pq.write_table(pa.table({"text": ["A" * 1000] * 20_000}), tmp_path / "a.parquet", use_dictionary=False)

    assert texts(tmp_path / "a.parquet", Reading(Limits(megabytes=1, expansion=10))) == {
        "a.parquet": "[unpacks to more than 10 times its size; raise --max-expansion to read it]"
    }
