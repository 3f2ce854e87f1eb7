"""A folder is put in place in one step, and what a killed run leaves is undone or finished."""

import errno
import os
from pathlib import Path

import pytest

from build_dataset.errors import DatasetError
from build_dataset.lock import LOCK
from build_dataset.write import folder
from build_dataset.write.folder import SHARDS, put_in_place, staged


def make(path: Path, content: str) -> Path:
    path.mkdir()
    (path / "file").write_text(content, encoding="utf-8")
    return path


def content(path: Path) -> str:
    return (path / "file").read_text(encoding="utf-8")


def there(path: Path) -> list[str]:
    return sorted(entry.name for entry in path.iterdir())


def test_a_new_folder_takes_its_place(tmp_path: Path) -> None:
    with staged(tmp_path / "out") as staging:
        put_in_place(make(staging / "new", "new"), tmp_path / "out")

    assert there(tmp_path) == ["out"]
    assert content(tmp_path / "out") == "new"


@pytest.mark.parametrize("exchange", [True, False])
def test_an_old_folder_is_replaced(exchange: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the exchange of the kernel, and in two steps where the file system has none."""
    if not exchange:
        monkeypatch.setattr(folder, "_exchange", lambda one, other: False)
    make(tmp_path / "out", "old")
    with staged(tmp_path / "out") as staging:
        put_in_place(make(staging / "new", "new"), tmp_path / "out")

    assert there(tmp_path) == ["out"]
    assert content(tmp_path / "out") == "new"


def test_this_system_exchanges_folders_in_one_step(tmp_path: Path) -> None:
    one, other = make(tmp_path / "one", "1"), make(tmp_path / "other", "2")

    assert folder._exchange(one, other)
    assert (content(one), content(other)) == ("2", "1")
    with pytest.raises(OSError, match=os.strerror(errno.ENOENT)):
        folder._exchange(one, tmp_path / "nowhere")


def test_a_replacement_killed_between_its_two_steps_is_undone(tmp_path: Path) -> None:
    make(tmp_path / ".out.previous", "old")
    make(tmp_path / ".out.building", "half")
    with staged(tmp_path / "out") as staging:
        assert content(tmp_path / "out") == "old"
        assert there(staging) == []

    assert there(tmp_path) == ["out"]


def test_a_replacement_killed_after_its_second_step_is_finished(tmp_path: Path) -> None:
    make(tmp_path / ".out.previous", "old")
    make(tmp_path / "out", "new")
    with staged(tmp_path / "out"):
        assert content(tmp_path / "out") == "new"

    assert there(tmp_path) == ["out"]


def test_two_at_once_are_refused_and_a_left_over_lock_is_none(tmp_path: Path) -> None:
    (tmp_path / ".out.lock").touch()
    with staged(tmp_path / "out"):
        with pytest.raises(DatasetError, match="another build is writing it"), staged(tmp_path / "out"):
            pass
        with staged(tmp_path / "other"):
            pass

    assert there(tmp_path) == []


def test_a_place_that_cannot_be_written_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(DatasetError, match="cannot be written"), staged(tmp_path / "file" / "out"):
        pass


def test_what_fails_before_anything_is_finished_leaves_nothing_behind(tmp_path: Path) -> None:
    with pytest.raises(KeyError), staged(tmp_path / "out"):
        raise KeyError

    assert there(tmp_path) == []


def test_what_is_finished_stays_for_the_next_run_and_nothing_else_does(tmp_path: Path) -> None:
    shards = tmp_path / ".out.building" / SHARDS
    with pytest.raises(KeyError), staged(tmp_path / "out") as first:
        shards.mkdir()
        make(shards / "one", "1")
        make(first / "half", "½")
        raise KeyError
    assert there(tmp_path / ".out.building") == [SHARDS]
    (tmp_path / ".out.building" / "stray").touch()
    with staged(tmp_path / "out") as second:
        assert there(tmp_path / ".out.building") == sorted([second.name, SHARDS])
        assert there(second) == []
        assert content(shards / "one") == "1"

    assert there(tmp_path) == []


def test_a_lock_alone_is_nothing_that_is_finished(tmp_path: Path) -> None:
    with pytest.raises(KeyError), staged(tmp_path / "out") as work:
        (work.parent / SHARDS).mkdir()
        (work.parent / SHARDS / LOCK).touch()
        raise KeyError

    assert there(tmp_path) == []


def test_a_worker_of_a_killed_run_finds_neither_its_files_nor_a_place_for_them(tmp_path: Path) -> None:
    shards = tmp_path / ".out.building" / SHARDS
    with staged(tmp_path / "out") as work:
        shards.mkdir()
        make(shards / "one.tmp", "half a shard")
        make(work / "rows", "of a later stage")

    with pytest.raises(FileNotFoundError):
        (shards / "one.tmp").rename(shards / "one")
    with pytest.raises(FileNotFoundError):
        (work / "rows" / "more").mkdir()
    assert there(tmp_path) == []
