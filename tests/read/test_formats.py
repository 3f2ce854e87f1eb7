"""The content decides what a file is; the name decides where the content leaves a choice."""

import gzip
import io
import zipfile

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from build_dataset.errors import SourceError
from build_dataset.read.formats import format_of

PARQUET = io.BytesIO()
pq.write_table(pa.table({"text": ["a"]}), PARQUET)
ZIP = io.BytesIO()
with zipfile.ZipFile(ZIP, "w") as archive:
    archive.writestr("a.txt", "a")

CASES = [
    ("a.txt", b"It rained.", "text"),
    ("a.txt", b"[1] It rained.", "text"),
    ("a.txt", b'{"text": "It rained."}', "text"),
    ("a.txt", b"\xef\xbb\xbf\n <!DOCTYPE html><p>It rained.", "html"),
    ("story", b"It rained.", "text"),
    ("story", b"<?xml version='1.0'?>\n<!-- saved -->\n<html><p>It rained.", "html"),
    ("story", b'{"text": "It rained."}\n{"text": "It poured."}\n', "jsonl"),
    ("story", b'[{"text": "It rained."}]', "json"),
    ("story", b'{\n  "text": "It rained."\n}', "json"),
    ("story", b"{He} said [sic] it rained.", "text"),
    ("a.html", b"<p>It rained.", "html"),
    ("a.html", PARQUET.getvalue(), "parquet"),
    ("a.php", b"<html>", "html"),
    ("a.json", b'{"text": "It rained."}', "json"),
    ("a.json", b'{"text": "It rained."}\n{"text": "It poured."}\n', "jsonl"),
    ("a.json", b'[\n{"text": "It rained."}', "json"),
    ("a.jsonl", b'[{"text": "It rained."}]', "json"),
    ("a.jsonl", b'{"text": "It ', "jsonl"),
    ("a.JSONL", b"", "jsonl"),
    ("a.txt", gzip.compress(b"It rained."), "gzip"),
    ("a.gz", b"It rained.", "text"),
    ("a.html.gz", b"It rained.", "html"),
    ("a.warc.gz", gzip.compress(b"WARC/1.0\r\n\r\n"), "warc.gz"),
    ("crawl", b"WARC/1.1\r\n", "warc"),
    ("a.zip", ZIP.getvalue(), "zip"),
    ("notes.md", b"It rained.", "text"),
]


@pytest.mark.parametrize(("name", "head", "expected"), CASES)
def test_the_format_of_a_file(name: str, head: bytes, expected: str) -> None:
    assert format_of(name, head) == expected


@pytest.mark.parametrize(
    ("name", "head", "reason"),
    [
        ("a.md", b"It rained.", "unknown format .md; give text, HTML, JSON Lines, Parquet or WARC, or name"),
        ("a.csv", b"title,text\n", "CSV is not supported; give text, HTML, JSON Lines, Parquet or WARC"),
        ("a.docx", ZIP.getvalue(), "Word is not supported"),
        ("a.parquet", b"It rained.", "not parquet data, though it is named so"),
        ("a.warc", b"<html>", "not warc data, though it is named so"),
    ],
)
def test_a_file_that_a_folder_brings_along_may_be_none_of_ours(name: str, head: bytes, reason: str) -> None:
    with pytest.raises(SourceError, match=f"^{reason}"):
        format_of(name, head, named=False)
