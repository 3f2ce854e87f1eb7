"""A build on Ray ends in the same bytes; what is killed there costs nothing that is finished."""

import os
import signal
import time
from pathlib import Path

import pytest

from build_dataset.build import build
from build_dataset.executors.engine import WorkerPool
from build_dataset.read import SkippedSource
from build_dataset.shards.shard import DEADLY
from tests.commands import call
from tests.conftest import SCHOOL
from tests.executors.test_local import run_shard_or_die, try_shard_or_die
from tests.stopping import finished, start
from tests.test_build import hashes, there

pytest.importorskip("ray", reason="the extra ray is not installed")


@pytest.mark.parametrize("address", ["no such", "auto", "127.0.0.1:1"])
def test_a_cluster_that_is_not_there_is_an_error(address: str, news: Path, tmp_path: Path) -> None:
    done = call("build", news, "--out", tmp_path / "out", "--engine", "ray", "--ray-address", address)

    assert done.exit_code == 2
    assert f"{address}: no Ray cluster to work on: " in done.stderr
    assert there(tmp_path) == []


def test_killed_workers_and_drivers_change_no_byte(
    news: Path, undisturbed: dict[str, str], tmp_path: Path
) -> None:
    out, engine = tmp_path / "out", ("--engine", "ray")
    run = start(news, out, *engine, workers=2, parts=1, pause=0.1)
    run.wait_for("extract", 3)
    for worker in run.workers():
        os.kill(worker, signal.SIGKILL)
    run.wait_for("extract", 6)
    run.kill()
    time.sleep(1)  # what Ray has still at work may end
    known = finished(out)

    assert len(known) >= 5
    report = start(news, out, *engine, workers=2, parts=1).result()
    assert report["resumed"] >= len(known)
    assert report["shards"] == 19
    assert hashes(out) == undisturbed
    assert there(tmp_path) == ["out", "out.at"]


@pytest.mark.cluster
def test_what_kills_its_workers_is_left_out_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("a", "poison", "z"):
        (tmp_path / f"{name}.txt").write_text(f"{SCHOOL}\nThis is {name}.\n", encoding="utf-8")
    monkeypatch.setattr("build_dataset.shards.extraction.run_shard", run_shard_or_die)
    monkeypatch.setattr("build_dataset.shards.extraction.try_shard", try_shard_or_die)
    report = build([tmp_path], tmp_path / "out", workers=WorkerPool(2, ray=True))

    assert report.skipped == (SkippedSource("poison.txt", DEADLY),)
    assert report.lost[0].reason.startswith("its worker was lost: The worker died unexpectedly")
    assert report.rows["articles"] == 2


@pytest.mark.cluster
def test_it_can_be_interrupted(news: Path, tmp_path: Path) -> None:
    run = start(news, tmp_path / "out", "--engine", "ray", workers=2, parts=1, pause=0.1)
    run.wait_for("extract", 3)
    _, said = run.interrupt()

    assert run.process.returncode == 130
    assert said.endswith("Stopped. What is finished is kept; run the same command again to go on.\n")
    assert "Traceback" not in said
    assert len(finished(tmp_path / "out")) >= 1
