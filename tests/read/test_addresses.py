"""Sources may lie elsewhere: a real S3 server on this machine, and whatever else fsspec knows."""

import gzip
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import fsspec
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from build_dataset.build import build
from build_dataset.errors import DatasetError
from build_dataset.read import find_sources
from tests.read.files import PAGE, STORY


@pytest.fixture
def memory() -> Iterator[str]:
    """The address of a folder in memory with a file of each kind."""
    system = fsspec.filesystem("memory")
    files = {
        "a.txt": STORY.encode(),
        "deep/b.html": PAGE.encode(),
        "deep/c.jsonl.gz": gzip.compress(json.dumps({"text": "Rain."}).encode()),
        ".hidden.txt": b"no",
    }
    for name, content in files.items():
        system.pipe(f"/news/{name}", content)
    yield "memory://news"
    system.rm("/news", recursive=True)


def test_an_address_is_a_file_a_folder_or_a_pattern(memory: str) -> None:
    def named(address: str) -> list[str]:
        return [file.source for file in find_sources([address]).files]

    assert named(memory) == ["a.txt", "deep/b.html", "deep/c.jsonl.gz"]
    assert named(f"{memory}/deep") == ["b.html", "c.jsonl.gz"]
    assert named(f"{memory}/a.txt") == ["a.txt"]
    assert named(f"{memory}/**/*.html") == ["deep/b.html"]
    with pytest.raises(DatasetError, match="memory://nowhere: no such file or folder"):
        find_sources(["memory://nowhere"])


def test_an_address_that_cannot_be_read_says_what_to_do() -> None:
    with pytest.raises(DatasetError, match="nosuch://a: cannot be read: Protocol not known: nosuch"):
        find_sources(["nosuch://a"])
    with pytest.raises(DatasetError, match="gs://a: gs is an extra; pip install 'gcsfs'"):
        find_sources(["gs://a"])


def test_an_address_gives_the_same_dataset_as_a_folder(memory: str, tmp_path: Path) -> None:
    system = fsspec.filesystem("memory")
    system.get("/news", str(tmp_path / "news"), recursive=True)
    there = build([memory], tmp_path / "there").folder
    here = build([tmp_path / "news"], tmp_path / "here").folder

    assert pq.read_table(there / "articles").num_rows == 2  # the page has the text of the file
    assert {p.name: p.read_bytes() for p in there.rglob("*") if p.is_file()} == {
        p.name: p.read_bytes() for p in here.rglob("*") if p.is_file()
    }


@pytest.mark.parametrize("workers", ["1", "2"])
def test_articles_in_an_s3_bucket(
    s3: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, workers: str
) -> None:
    for name, value in s3.items():
        monkeypatch.setenv(name, value)
    bucket = f"news{workers}"
    system = fsspec.filesystem("s3", skip_instance_cache=True)
    system.mkdir(bucket)
    system.pipe(f"{bucket}/2024/a.txt", STORY.encode())
    system.pipe(f"{bucket}/2024/b.txt.gz", gzip.compress(b"It rained for 12 days."))
    with system.open(f"{bucket}/c.parquet", "wb") as out:
        pq.write_table(pa.table({"text": ["Rain.", "Wind."]}), out)
    command = [
        sys.executable,
        "-m",
        "build_dataset",
        "build",
        f"s3://{bucket}",
        "--out",
        str(tmp_path / "out"),
    ]
    done = subprocess.run([*command, "--workers", workers, "--no-cache"], capture_output=True, text=True)

    assert done.returncode == 0, done.stderr
    assert sorted(pq.read_table(tmp_path / "out" / "articles")["source"].to_pylist()) == [
        "2024/a.txt",
        "2024/b.txt.gz",
        "c.parquet#1",
        "c.parquet#2",
    ]
