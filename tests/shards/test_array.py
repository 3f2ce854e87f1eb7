"""A build whose shards are done by an array of jobs ends in the same bytes as one on one machine."""

import json
from dataclasses import asdict
from pathlib import Path

import pytest

from build_dataset.build import build, build_slice
from build_dataset.errors import DatasetError
from build_dataset.read import SkippedSource
from build_dataset.report import SliceReport
from build_dataset.shards import plan
from build_dataset.shards.shard import DEADLY
from tests.commands import call
from tests.stopping import finished, start
from tests.test_build import hashes, there


@pytest.fixture(autouse=True)
def small_shards(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plan, "TASK_PARTS", 2)


def do_slices(news: Path, out: Path, *indices: int, count: int = 3) -> list[SliceReport]:
    return [build_slice([news], out, index=index, count=count) for index in indices]


def test_slices_and_then_the_whole_give_the_same_bytes(
    news: Path, undisturbed: dict[str, str], tmp_path: Path
) -> None:
    reports = do_slices(news, tmp_path / "out", 2, 0, 1)

    assert not (tmp_path / "out").exists()
    assert [report.shards for report in reports] == [3, 4, 3]
    assert {(report.of, report.plan) for report in reports} == {(10, reports[0].plan)}
    report = build([news], tmp_path / "out", only_finish=True)
    assert (report.resumed, report.shards) == (10, 10)
    assert sum(one.rows["articles"] for one in reports) == report.rows["articles"] + len(report.duplicates)
    assert hashes(tmp_path / "out") == undisturbed
    assert there(tmp_path) == ["out"]


def test_more_slices_than_shards_are_no_matter(
    news: Path, undisturbed: dict[str, str], tmp_path: Path
) -> None:
    reports = do_slices(news, tmp_path / "out", *range(12), count=12)

    assert [report.shards for report in reports] == [1] * 10 + [0] * 2
    build([news], tmp_path / "out", only_finish=True)
    assert hashes(tmp_path / "out") == undisturbed


def test_what_is_missing_is_named_and_can_be_done_where_it_is_finished(
    news: Path, undisturbed: dict[str, str], tmp_path: Path
) -> None:
    out = tmp_path / "out"
    do_slices(news, out, 0, 2)
    done = call("build", news, "--out", out, "--no-cache", "--finish")

    assert done.exit_code == 2
    assert "3 of 10 shards are not finished: 1, 4, 7. With --num-shards N, number K is done" in done.stderr
    assert not out.exists()
    assert build([news], out).resumed == 7
    assert hashes(out) == undisturbed


def test_shards_of_other_options_are_not_lost(
    news: Path, undisturbed: dict[str, str], tmp_path: Path
) -> None:
    """Who finishes may have left an option out."""
    out = tmp_path / "out"
    options = ["--max-nesting", "100"]
    slices = ["--shard-index", "0", "--num-shards", "1"]
    assert call("build", news, "--out", out, "--no-cache", *options, *slices).exit_code == 0
    (tmp_path / ".out.building" / "shards" / "x7.tmp").mkdir()

    assert call("build", news, "--out", out, "--no-cache", "--finish").exit_code == 2
    assert not (tmp_path / ".out.building" / "shards" / "x7.tmp").exists()
    done = call("build", news, "--out", out, "--no-cache", *options, "--finish", "--json")
    assert json.loads(done.stdout)["resumed"] == 10
    assert there(tmp_path) == ["out"]


def test_a_slice_that_is_killed_is_run_again(news: Path, undisturbed: dict[str, str], tmp_path: Path) -> None:
    out = tmp_path / "out"
    arguments = ("--shard-index", "0", "--num-shards", "2")
    run = start(news, out, *arguments, parts=2, pause=0.1)
    run.wait_for("extract", 3)
    run.kill()
    known = finished(out)

    assert 1 <= len(known) < 5
    again = start(news, out, *arguments, parts=2).result()
    assert (again["resumed"], again["shards"], again["of"]) == (len(known), 5, 10)
    assert finished(out).items() >= known.items()
    do_slices(news, out, 1, count=2)
    build([news], out, only_finish=True)
    assert hashes(out) == undisturbed


def test_slices_work_side_by_side_and_nobody_finishes_meanwhile(
    news: Path, undisturbed: dict[str, str], tmp_path: Path
) -> None:
    out = tmp_path / "out"
    run = start(news, out, "--shard-index", "0", "--num-shards", "2", parts=2, pause=0.1)
    run.wait_for("extract")
    with run.halted():
        with pytest.raises(DatasetError, match="another build is at work there; wait for it to end"):
            build([news], out, only_finish=True)  # nothing is there yet but the lock
        do_slices(news, out, 1, count=2)
        with pytest.raises(DatasetError, match="another build is at work there; wait for it to end"):
            build([news], out, only_finish=True)
    run.result()

    build([news], out, only_finish=True)
    assert hashes(out) == undisturbed


def test_the_work_may_lie_in_a_folder_elsewhere(
    news: Path, undisturbed: dict[str, str], tmp_path: Path
) -> None:
    """Each machine has its own file system but for that folder, and what it holds of others is left alone."""
    shared = tmp_path / "shared"
    (shared / "other.shards").mkdir(parents=True)
    for index in range(2):
        build_slice([news], tmp_path / f"host{index}" / "out", index=index, count=2, work=str(shared))
    assert len(there(shared / "out.shards")) == 11
    build([news], tmp_path / "host2" / "out", work=str(shared), only_finish=True)

    assert hashes(tmp_path / "host2" / "out") == undisturbed
    assert not (tmp_path / "host0").exists()
    assert there(shared / "out.shards") == [".lock"]
    assert there(shared) == ["other.shards", "out.shards"]


def test_a_part_that_kills_its_worker_is_remembered(
    news: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The slice says so, and so does whoever finishes."""
    from tests.executors import test_local as poison

    (tmp_path / "news").mkdir()
    for name in ("a", "poison", "z"):
        text = (news / "bridge.txt").read_text(encoding="utf-8")
        (tmp_path / "news" / f"{name}.txt").write_text(f"{text}\nThis is {name}.\n", encoding="utf-8")
    monkeypatch.setattr("build_dataset.shards.extraction.run_shard", poison.run_shard_or_die)
    monkeypatch.setattr("build_dataset.shards.extraction.try_shard", poison.try_shard_or_die)
    out = tmp_path / "out"
    one = build_slice([tmp_path / "news"], out, index=0, count=1, workers=2)
    done = call("build", tmp_path / "news", "--out", out, "--no-cache", "--finish", "--json")

    assert one.lost == (SkippedSource("poison.txt", "its process ended with exit code -9"),)
    assert not one.falls_short(strict=True)
    assert done.exit_code == 1
    report = json.loads(done.stdout)
    assert report["lost"] == [asdict(one.lost[0])]
    assert report["skipped"] == [{"source": "poison.txt", "reason": DEADLY}]
    assert report["rows"]["articles"] == 2


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--shard-index", "0"], "--shard-index and --num-shards go together"),
        (["--num-shards", "2"], "--shard-index and --num-shards go together"),
        (["--shard-index", "2", "--num-shards", "2"], "--shard-index 2: from 0 to 1 with --num-shards 2"),
        (["--shard-index", "0", "--num-shards", "2", "--finish"], "without --finish and Ray"),
        (["--shard-index", "0", "--num-shards", "2", "--engine", "ray"], "without --finish and Ray"),
        (["--dry-run", "--finish"], "--dry-run does nothing"),
        (["--engine", "ray", "--engine", "local"], "--engine local and ray exclude each other"),
        (["--engine", "fast", "--engine", "accurate"], "--engine accurate and fast exclude each other"),
    ],
)
def test_options_that_make_no_sense_together(
    arguments: list[str], said: str, news: Path, tmp_path: Path
) -> None:
    done = call("build", news, "--out", tmp_path / "out", *arguments)

    assert done.exit_code == 2
    assert said in done.stderr
    assert there(tmp_path) == []


class TestDryRun:
    def test_prints_the_plan_and_writes_nothing(self, news: Path, tmp_path: Path) -> None:
        done = call("build", news, "--out", tmp_path / "out", "--dry-run")

        assert done.exit_code == 0
        assert "in 10 shards, plan " in done.stdout
        assert "0 of them are there already." in done.stdout
        assert there(tmp_path) == []

    def test_is_the_plan_of_the_build(self, news: Path, tmp_path: Path) -> None:
        out = tmp_path / "out"
        (one,) = do_slices(news, out, 0)
        done = call("build", news, "--out", out, "--dry-run", "--json")
        planned = json.loads(done.stdout)

        assert planned["key"] == one.plan
        assert planned["finished"] == one.shards == 4
        assert [shard["number"] for shard in planned["shards"]] == list(range(10))
        assert sum(shard["parts"] for shard in planned["shards"]) == 19
        assert {f"{shard['number']:06d}-{shard['key'][:16]}" for shard in planned["shards"]} > set(
            finished(out)
        )
