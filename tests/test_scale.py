"""What `make bench-scale` counts, and what it computes of it."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.bench.process_tree import Usage
from tests.bench.scale import load, save
from tests.bench.scale_page import FINISH, SHARES, Measured, page

ORPHAN = """
import os, time
if os.fork() == 0:
    os.setsid()
    filled = bytearray(os.urandom(1 << 26))
    while time.process_time() < 1.5:
        pass
"""
"""A process that works on when its parent has ended."""

WATCH = """
import json, sys
from dataclasses import asdict
from tests.bench.process_tree import watch
print(json.dumps(asdict(watch([sys.executable, "-c", sys.argv[1]]))))
"""
"""In a process of its own: it adopts orphans and waits for all."""


def watched(code: str) -> Usage:
    done = subprocess.run([sys.executable, "-c", WATCH, code], capture_output=True, text=True, check=True)
    return Usage(**json.loads(done.stdout))


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_a_process_that_outlives_its_parent_counts() -> None:
    assert watched(ORPHAN).cpu > 1.4


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_memory_is_that_of_all_processes() -> None:
    assert watched(f"{ORPHAN}\nimport time; time.sleep(2.5)").peak > 1 << 26


MEASURED = Measured(
    articles=1000,
    size=4_000_000,
    processor="Some Processor",
    load=0.0,
    page_seconds=0.05,
    runs={
        "one": Usage(20.0, 18.0, (100_000_000, 200_000_000, 200_000_000, 150_000_000)),
        "local": Usage(10.5, 19.0, (300_000_000,) * 4),
        "ray": Usage(16.0, 30.0, (800_000_000,) * 4),
        SHARES: Usage(10.0, 18.0, (300_000_000,) * 4),
        FINISH: Usage(1.0, 1.0, (200_000_000,) * 4),
    },
    ray_start=5.5,
)


def test_what_follows_from_the_runs() -> None:
    assert MEASURED.efficiency == pytest.approx(0.952, abs=0.001)
    assert MEASURED.ray_overhead == pytest.approx(0)


def test_quotebank_takes_the_time_of_its_articles() -> None:
    """196 million times 0.018 seconds; of a cluster, a 100th of that, and one machine that takes 0.001 for each."""
    assert "| 196 million | 980 | $49 | 64 |" in page(MEASURED)
    assert "200,000 articles in an hour of one core" in page(MEASURED)


def test_what_was_not_run_is_not_written_and_a_busy_machine_is() -> None:
    some = {name: MEASURED.runs[name] for name in ("one", "local")}

    written = page(Measured(1000, 4_000_000, "Some Processor", 4.0, 0.05, some))

    assert "Ray" not in written
    assert "a load of 4.0" in written
    assert "| 196 million | 980 | $49 |\n" in written


def test_what_is_saved_is_what_was_measured(tmp_path: Path) -> None:
    save(MEASURED, tmp_path / "saved.json")

    assert load(tmp_path / "saved.json") == MEASURED
