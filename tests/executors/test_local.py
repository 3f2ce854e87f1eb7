"""Tasks give the same results in one process and in several; a dead worker costs its own task alone."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from build_dataset.build import build
from build_dataset.errors import SourceError
from build_dataset.executors.executor import ATTEMPTS, Executor
from build_dataset.executors.local import InProcess, ProcessPerTask
from build_dataset.read import SkippedSource
from build_dataset.shards.finished import ShardResult
from build_dataset.shards.plan import ShardTask
from build_dataset.shards.shard import DEADLY, run_shard, try_shard
from build_dataset.time_limit import time_limit
from tests.conftest import SCHOOL

EXECUTORS: list[Executor] = [InProcess(), ProcessPerTask(2)]


def square(number: int) -> int:
    return number * number


def fail(number: int) -> int:
    raise ValueError(f"no {number}")


def die(task: tuple[Path, int]) -> int:
    """Count the attempt; be killed if the number is 3."""
    folder, number = task
    with (folder / str(number)).open("a", encoding="utf-8") as attempts:
        attempts.write("x")
    if number == 3:
        os.kill(os.getpid(), signal.SIGKILL)
    return number


def die_once(task: tuple[Path, int]) -> int:
    folder, number = task
    first = not (folder / str(number)).exists()
    (folder / str(number)).touch()
    if first:
        os.kill(os.getpid(), signal.SIGKILL)
    return number


def loop(seconds: float) -> str:
    """Work for ever; say how that was ended."""
    try:
        with time_limit(seconds):
            while True:
                sum(range(1000))
    except SourceError as error:
        return str(error)


@pytest.mark.parametrize("executor", EXECUTORS)
def test_every_task_has_its_result(executor: Executor) -> None:
    results: dict[int, int] = {}

    assert executor.run(square, range(5), results.__setitem__) == []
    assert results == {number: number * number for number in range(5)}


@pytest.mark.parametrize("executor", EXECUTORS)
def test_an_exception_comes_through(executor: Executor) -> None:
    with pytest.raises(ValueError, match="no 7"):
        executor.run(fail, [7], lambda task, result: None)


def test_a_task_that_kills_its_worker_is_tried_again_and_then_named(tmp_path: Path) -> None:
    results: list[int] = []
    tasks = [(tmp_path, number) for number in range(5)]
    (failure,) = ProcessPerTask(2).run(die, tasks, lambda task, result: results.append(result))

    assert failure.task == (tmp_path, 3)
    assert failure.reason == "its process ended with exit code -9"
    assert sorted(results) == [0, 1, 2, 4]
    assert {path.name: len(path.read_text(encoding="utf-8")) for path in tmp_path.iterdir()} == {
        "0": 1,
        "1": 1,
        "2": 1,
        "3": ATTEMPTS,
        "4": 1,
    }


def test_a_script_that_starts_itself_again_and_again_is_told_why(tmp_path: Path) -> None:
    """Workers import the script they are started from; without the usual guard it would build once more."""
    (tmp_path / "script.py").write_text(
        "from build_dataset.build import build\nfrom pathlib import Path\n"
        f"build([{str(tmp_path / 'a.txt')!r}], Path({str(tmp_path / 'out')!r}), workers=2)\n",
        encoding="utf-8",
    )
    (tmp_path / "a.txt").write_text(SCHOOL, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, tmp_path / "script.py"], capture_output=True, text=True, check=False
    )

    assert done.returncode == 1
    assert 'under if __name__ == "__main__":' in done.stderr


def test_a_worker_that_is_killed_by_chance_costs_nothing(tmp_path: Path) -> None:
    results: list[int] = []
    tasks = [(tmp_path, number) for number in range(2)]

    assert ProcessPerTask(2).run(die_once, tasks, lambda task, result: results.append(result)) == []
    assert sorted(results) == [0, 1]


def test_a_source_that_kills_its_worker_costs_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The shard is run again source by source, and the one to blame is reported."""
    monkeypatch.setattr("build_dataset.shards.extraction.run_shard", run_shard_or_die)
    monkeypatch.setattr("build_dataset.shards.extraction.try_shard", try_shard_or_die)
    for name in ("a", "poison", "z"):
        (tmp_path / f"{name}.txt").write_text(f"{SCHOOL}\nThis is {name}.\n", encoding="utf-8")
    report = build([tmp_path], tmp_path / "out", workers=2)

    assert report.lost == (SkippedSource("poison.txt", "its process ended with exit code -9"),)
    assert report.falls_short(strict=False)
    assert report.skipped == (SkippedSource("poison.txt", DEADLY),)
    assert report.rows["articles"] == 2
    assert report.findings == ()


def run_shard_or_die(task: ShardTask) -> ShardResult:
    die_of_poison(task)
    return run_shard(task)


def try_shard_or_die(task: ShardTask) -> None:
    die_of_poison(task)
    try_shard(task)


def die_of_poison(task: ShardTask) -> None:
    poison = [number for _, number, part in task.parts if part.file.source == "poison.txt"]
    if poison and poison[0] not in dict(task.lost):
        os.kill(os.getpid(), signal.SIGKILL)


def test_results_come_as_they_are_ready(tmp_path: Path) -> None:
    """A slow task does not hold up those behind it."""
    order: list[Path] = []
    slow, quick, last = tmp_path / "slow", tmp_path / "quick", tmp_path / "last"
    ProcessPerTask(2).run(wait_for_last, [slow, quick, last], lambda task, result: order.append(result))

    assert order == [quick, last, slow]


def wait_for_last(task: Path) -> Path:
    """The slow task ends after the last one."""
    if task.name == "last":
        task.touch()
    while task.name == "slow" and not task.with_name("last").exists():
        time.sleep(0.01)
    if task.name == "slow":
        time.sleep(0.2)
    return task
