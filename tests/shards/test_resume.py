"""A build that is killed, interrupted or out of space goes on where it was, and ends in the same bytes."""

import errno
import os
import random
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from build_dataset.build import build
from build_dataset.errors import DatasetError
from build_dataset.lock import LOCK
from build_dataset.options import Options, TextPolicy
from build_dataset.progress import Progress, State
from build_dataset.shards import plan
from build_dataset.shards.store import RECORD
from tests.commands import call
from tests.conftest import BRIDGE
from tests.stopping import STAGES, finished, start
from tests.test_build import hashes, there

WORKERS = [1, 2]


@pytest.fixture
def small_shards(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plan, "TASK_PARTS", 2)


@pytest.fixture
def stopped(news: Path, tmp_path: Path, small_shards: None) -> Path:
    """The folder of a build that was stopped when all of its shards were finished."""
    with pytest.raises(KeyboardInterrupt):
        build([news], tmp_path / "out", progress=stop_at("link"))
    assert len(finished(tmp_path / "out")) == 10
    return tmp_path / "out"


def stop_at(stage: str, times: int = 1) -> Progress:
    told: list[str] = []

    def tell(state: State) -> None:
        told.append(state.stage)
        if told.count(stage) == times:
            raise KeyboardInterrupt

    return tell


def places(out: Path) -> list[Path]:
    return sorted(path for path in out.parent.glob(".out.building/shards/*") if path.name != LOCK)


@pytest.mark.parametrize("workers", WORKERS)
def test_killed_at_random_moments_it_ends_in_the_same_bytes_and_redoes_no_shard(
    workers: int, news: Path, undisturbed: dict[str, str], tmp_path: Path
) -> None:
    chance, out = random.Random(workers), tmp_path / "out"
    known: dict[str, int] = {}
    for _ in range(3):
        run = start(news, out, workers=workers, parts=1, pause=0.1)
        run.wait_for("extract", 2 + len(known) + chance.randrange(4))
        time.sleep(chance.uniform(0, 0.1))
        run.kill()

        assert run.orphans() == []
        assert finished(out).items() >= known.items()
        known = finished(out)
    report = start(news, out, workers=workers, parts=1).result()

    assert 0 < report["resumed"] == len(known) <= report["shards"] == 19
    assert hashes(out) == undisturbed
    assert there(tmp_path) == ["out", "out.at"]


def test_workers_that_are_killed_cost_nothing(tmp_path: Path) -> None:
    """The articles are long, so that workers are met at work."""
    long = tmp_path / "long"
    long.mkdir()
    for number in range(6):
        (long / f"{number}.txt").write_text(f"This is {number}.\n\n" + 100 * BRIDGE, encoding="utf-8")
    expected = hashes(build([long], tmp_path / "undisturbed").folder)
    run = start(long, tmp_path / "out", workers=2, parts=1)
    run.wait_for("extract")
    for _ in range(2):
        while not (workers := run.workers()):
            assert run.process.poll() is None, "it ended before a worker was met"
        os.kill(workers[0], signal.SIGKILL)
    report = run.result()

    assert report["lost"] == []
    assert hashes(tmp_path / "out") == expected


def test_killed_in_each_stage_it_leaves_the_old_dataset_whole(
    news: Path, undisturbed: dict[str, str], dataset_copy: Path
) -> None:
    before = hashes(dataset_copy)
    for stage in STAGES:
        run = start(news, dataset_copy, workers=2, parts=4, pause=0.05)
        run.wait_for(stage, 3 if stage == "extract" else 1)
        run.kill()

        assert hashes(dataset_copy) == before
        assert len(finished(dataset_copy)) >= (1 if stage == "extract" else 5)
    assert start(news, dataset_copy, workers=2, parts=4).result()["resumed"] == 5
    assert hashes(dataset_copy) == undisturbed
    assert there(dataset_copy.parent) == ["dataset", "dataset.at"]


@pytest.mark.parametrize("workers", WORKERS)
def test_interrupted_in_each_stage_it_says_how_to_go_on(
    workers: int, news: Path, undisturbed: dict[str, str], dataset_copy: Path
) -> None:
    before = hashes(dataset_copy)
    for stage in STAGES:
        run = start(news, dataset_copy, workers=workers, parts=4, pause=0.05)
        run.wait_for(stage, 3 if stage == "extract" else 1)
        _, said = run.interrupt()

        assert run.process.returncode == 130
        assert said == "Stopped. What is finished is kept; run the same command again to go on.\n"
        assert run.orphans() == []
        assert hashes(dataset_copy) == before
    assert start(news, dataset_copy, workers=workers, parts=4).result()["resumed"] == 5
    assert hashes(dataset_copy) == undisturbed


class TestAgain:
    """What of a stopped build is taken over by the next one into the same folder."""

    def test_a_finished_shard_is(self, stopped: Path, news: Path, undisturbed: dict[str, str]) -> None:
        told: list[State] = []
        report = build([news], stopped, progress=told.append)

        assert (report.resumed, report.shards) == (10, 10)
        assert [state.stage for state in told[:4]] == ["plan", "start", "resume", "extract"]
        assert (told[2].done, told[2].total) == (10, 10)
        assert told[3].done == told[3].total > 0
        assert report.as_json()["resumed"] == 10
        assert hashes(stopped) == undisturbed
        assert there(stopped.parent) == ["out"]

    def test_how_much_was_finished_is_said(self, stopped: Path, news: Path) -> None:
        done = call("build", news, "--out", stopped, "--no-cache")

        assert done.exit_code == 0
        assert done.stderr == "10 of 10 shards were finished by an earlier run\n"
        assert "10 of 10 shards were finished by an earlier run." in done.stdout

    def test_what_the_shards_told_is_told_again(self, stopped: Path, news: Path, tmp_path: Path) -> None:
        again, fresh = build([news], stopped), build([news], tmp_path / "fresh")

        assert again.skipped == fresh.skipped != ()
        assert again.duplicates == fresh.duplicates != ()
        assert fresh.resumed == 0

    def test_a_shard_of_which_a_source_has_changed_is_not(
        self, stopped: Path, news: Path, tmp_path: Path
    ) -> None:
        changed = tmp_path / "news"
        shutil.copytree(news, changed)
        with pytest.raises(KeyboardInterrupt):
            build([changed], tmp_path / "other", progress=stop_at("link"))
        story = changed / "0007.jsonl"
        same_size = story.read_text(encoding="utf-8").replace("harbor", "bridge")
        story.write_text(same_size, encoding="utf-8")
        report = build([changed], tmp_path / "other")

        assert report.resumed == 9
        assert hashes(report.folder) == hashes(build([changed], tmp_path / "fresh").folder)

    @pytest.mark.parametrize(
        ("name", "damage"),
        [
            ("articles.arrow", lambda content: content[:-1]),
            ("index.arrow", lambda content: b""),
            ("quotes.arrow", lambda content: content[:300] + bytes([content[300] ^ 1]) + content[301:]),
            ("quotes.arrow", None),
            (RECORD, lambda content: content[:-1]),
            (RECORD, lambda content: b""),
            (RECORD, lambda content: b"{}"),
            (RECORD, None),
        ],
    )
    def test_a_damaged_shard_is_not(
        self,
        name: str,
        damage: Callable[[bytes], bytes] | None,
        stopped: Path,
        news: Path,
        undisturbed: dict[str, str],
    ) -> None:
        path = places(stopped)[3] / name
        if damage:
            path.write_bytes(damage(path.read_bytes()))
        else:
            path.unlink()

        assert build([news], stopped).resumed == 9
        assert hashes(stopped) == undisturbed

    def test_half_a_shard_and_what_others_left_are_not(
        self, stopped: Path, news: Path, undisturbed: dict[str, str]
    ) -> None:
        shard = places(stopped)[3]
        shard.rename(f"{shard}.x7.tmp")
        shutil.copytree(places(stopped)[0], shard.with_name("000099"))
        (shard.parent / "index.arrow").write_bytes(b"of a later stage")

        assert build([news], stopped).resumed == 9
        assert hashes(stopped) == undisturbed

    def test_a_shard_of_another_plan_is_not(self, stopped: Path, news: Path, tmp_path: Path) -> None:
        """With a source less, the shards before it are the same."""
        fewer = tmp_path / "fewer"
        shutil.copytree(news, fewer)
        (fewer / "bridge.txt").unlink()

        assert build([fewer], stopped).resumed == 7
        assert hashes(stopped) == hashes(build([fewer], tmp_path / "fresh").folder)

    def test_a_shard_of_another_version_is_not(
        self, stopped: Path, news: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(plan, "tool_digest", lambda: "of another version")

        assert build([news], stopped).resumed == 0

    def test_options_that_decide_no_shard_do_not_matter(
        self, stopped: Path, news: Path, tmp_path: Path
    ) -> None:
        options = Options(text=TextPolicy.NONE)

        assert build([news], stopped, options=options).resumed == 10
        assert hashes(stopped) == hashes(build([news], tmp_path / "fresh", options=options).folder)

    def test_nothing_is_left_where_no_source_has_an_article(self, tmp_path: Path) -> None:
        (tmp_path / "a.txt").touch()
        with pytest.raises(DatasetError, match="no article in any source"):
            build([tmp_path / "a.txt"], tmp_path / "out")

        assert there(tmp_path) == ["a.txt"]


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 200 kB; mounting needs the rights of root."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=200k", "tmpfs", disk], capture_output=True)
    if mounted.returncode:
        pytest.skip("a small disk cannot be mounted here")
    yield disk
    subprocess.run(["umount", disk], check=True)


def test_a_disk_that_is_full_costs_only_what_was_not_finished(
    small_disk: Path, news: Path, undisturbed: dict[str, str], small_shards: None
) -> None:
    out = small_disk / "out"
    with pytest.raises(DatasetError) as full:
        build([news], out, workers=2)
    left = len(finished(out))

    assert str(full.value) == (
        f"{out}: cannot be written: {os.strerror(errno.ENOSPC)}; what is finished is kept in "
        f"{small_disk}/.out.building, the same command goes on from it"
    )
    assert 0 < left < 10
    subprocess.run(["mount", "-o", "remount,size=10m", small_disk], check=True)
    assert build([news], out, workers=2).resumed == left
    assert hashes(out) == undisturbed
    assert there(small_disk) == ["out"]


def test_a_second_build_into_the_same_folder_says_so_and_changes_nothing(
    news: Path, undisturbed: dict[str, str], tmp_path: Path
) -> None:
    first = start(news, tmp_path / "out", workers=2, parts=4, pause=0.05)
    for stage in STAGES:
        first.wait_for(stage)
        with first.halted(), pytest.raises(DatasetError, match="another build is at work there"):
            build([news], tmp_path / "out")

    assert first.result()["resumed"] == 0
    assert hashes(tmp_path / "out") == undisturbed


def test_a_build_that_was_killed_is_followed_at_once_while_its_workers_may_be_at_work(
    news: Path, undisturbed: dict[str, str], tmp_path: Path
) -> None:
    for _ in range(3):
        run = start(news, tmp_path / "out", workers=3, parts=1)
        run.wait_for("extract", 3)
        run.kill()
    start(news, tmp_path / "out", workers=3, parts=1).result()

    assert hashes(tmp_path / "out") == undisturbed
    assert there(tmp_path) == ["out", "out.at"]
