"""A build on Ray ends in the same bytes; what is killed there costs nothing that is finished."""

import os
import signal
import time
from pathlib import Path

import pytest

from tests.stopping import finished, start
from tests.test_build import hashes, there
from tests.test_cli import call

pytest.importorskip("ray", reason="the extra ray is not installed")


def test_a_cluster_that_is_not_there_is_an_error(
    news: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RAY_raylet_start_wait_time_s", "1")
    done = call("build", news, "--out", tmp_path / "out", "--engine", "ray", "--ray-address", "no such")

    assert done.exit_code == 2
    assert "no such: no Ray cluster to work on" in done.stderr
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
