"""A shard holds the same, however little of it is in memory at a time."""

import errno
import fcntl
import json
import os
import shutil
from pathlib import Path

import pytest

from build_dataset.build import build
from build_dataset.errors import DatasetError
from build_dataset.options import Engine, Options
from build_dataset.read import find_sources
from build_dataset.read.contents import hash_part
from build_dataset.shards import plan, shard
from build_dataset.shards.finished import finished_shard
from build_dataset.shards.plan import ShardTask, plan_shards
from build_dataset.shards.rows import read_rows, shards
from build_dataset.shards.store import FolderStore
from tests.conftest import BRIDGE, SCHOOL
from tests.test_build import hashes, there


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """One file that is one part, with ten articles of several days and a line without any."""
    texts = [f"{BRIDGE if number % 2 else SCHOOL}\nThis is number {number}." for number in range(10)]
    lines = [json.dumps({"text": text, "date": f"2024-03-{20 - n:02}"}) for n, text in enumerate(texts)]
    path = tmp_path / "news.jsonl"
    path.write_text("\n".join([*lines[:5], "{}", *lines[5:]]) + "\n", encoding="utf-8")
    return path


def task(source: Path, folder: Path) -> ShardTask:
    tasks, _ = plan_shards(find_sources([source]).files, FolderStore(folder), Options())
    assert len(tasks) == 1
    return tasks[0]


def place(one: ShardTask) -> Path:
    assert isinstance(one.store, FolderStore)
    return one.store.folder / one.name


@pytest.mark.parametrize(("characters", "documents"), [(1, 512), (1000, 512), (1 << 20, 3)])
def test_in_small_batches(
    characters: int, documents: int, source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = task(source, tmp_path / "whole")
    told = shard.run_shard(whole)
    expected = hashes(build([source], tmp_path / "expected").folder)
    monkeypatch.setattr(shard, "BATCH_CHARACTERS", characters)
    monkeypatch.setattr(shard, "BATCH_DOCUMENTS", documents)
    cut = task(source, tmp_path / "cut")

    assert shard.run_shard(cut) == told
    assert told.rows["articles"] == 10
    for table in ("articles", "quotes", "statistics", "local_speakers", "index"):
        rows, others = (read_rows(place(one) / f"{table}.arrow") for one in (whole, cut))
        assert rows.num_rows == others.num_rows > 0
    index = read_rows(place(cut) / "index.arrow")
    assert sorted(index["order"].to_pylist()) == [0, 1, 2, 3, 4, 6, 7, 8, 9, 10]
    ends = [first + rows for first, rows in zip(*(index[c].to_pylist() for c in COLUMNS), strict=True)]
    assert index["quotes_first"].to_pylist() == [0, *ends[:-1]]
    assert hashes(build([source], tmp_path / "cut-out").folder) == expected


COLUMNS = ("quotes_first", "quotes_rows")


def test_what_a_worker_leaves_that_fails_is_removed(
    source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(folder: Path, key: str, result: object) -> None:
        raise OSError("no space left")

    monkeypatch.setattr(shard, "write_record", fail)
    with pytest.raises(OSError, match="no space"):
        shard.run_shard(task(source, tmp_path / "rows"))

    assert there(tmp_path / "rows") == []


def test_a_shard_that_cannot_be_put_in_its_place_is_an_error_and_no_loss(
    source: Path, tmp_path: Path
) -> None:
    one = task(source, tmp_path / "rows")
    (tmp_path / "rows").mkdir()
    place(one).write_text("a file")
    with pytest.raises(NotADirectoryError):
        shard.run_shard(one)

    assert shards(tmp_path / "rows") == []


def test_a_finished_shard_tells_what_it_told(source: Path, tmp_path: Path) -> None:
    one = task(source, tmp_path / "rows")
    assert finished_shard(one) is None
    told = shard.run_shard(one)

    assert finished_shard(one) == told
    assert told.skipped[0].source == "news.jsonl#6"
    ((_, _, part),) = one.parts
    assert told.read == ((0, *hash_part(part)),)


def test_the_key_stands_for_all_that_decides_the_rows(
    source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def key(engine: Engine = Engine.FAST) -> str:
        tasks, _ = plan_shards(find_sources([source]).files, FolderStore(tmp_path), Options(engine))
        return tasks[0].key

    keys = [key(), key(Engine.ACCURATE)]
    assert key() == keys[0]
    (tmp_path / "elsewhere").mkdir()
    moved = shutil.copy(source, tmp_path / "elsewhere")
    tasks, _ = plan_shards(find_sources([moved]).files, FolderStore(tmp_path), Options())
    assert tasks[0].key == keys[0]
    shutil.rmtree(tmp_path / "elsewhere")
    source.write_bytes(source.read_bytes() + b"\n")  # a longer part
    keys.append(key())
    (tmp_path / "a.jsonl").write_text("{}")
    tasks, _ = plan_shards(
        find_sources([tmp_path]).files, FolderStore(tmp_path), Options()
    )  # the second file now
    keys.append(tasks[0].key)
    monkeypatch.setattr(plan, "tool_digest", lambda: "of another version")
    keys.append(key())

    assert len(set(keys)) == 5


def test_a_worker_of_another_version_is_refused(
    source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In a cluster one machine may have been forgotten; its rows would not fit those of the others."""
    one = task(source, tmp_path / "rows")
    monkeypatch.setattr(plan, "tool_digest", lambda: "of another version")
    with pytest.raises(DatasetError, match="a worker has another version of build-dataset"):
        shard.run_shard(one)

    assert not (tmp_path / "rows").exists()


def test_a_rename_whose_answer_is_lost_is_done_all_the_same(
    source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file system of a network asks again when no answer comes, and is then told that there is nothing to rename."""
    one = task(source, tmp_path / "rows")
    rename = Path.rename

    def rename_twice(self: Path, target: Path) -> None:
        rename(self, target)
        rename(self, target)

    monkeypatch.setattr(Path, "rename", rename_twice)
    told = shard.run_shard(one)

    assert finished_shard(one) == told
    assert there(tmp_path / "rows") == [one.name]


def test_nobody_is_kept_out_where_there_are_no_locks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(descriptor: int, operation: int) -> None:
        raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))

    monkeypatch.setattr(fcntl, "flock", refuse)
    store = FolderStore(tmp_path)
    with store.locked(shared=False), store.locked(shared=False):
        pass
