"""A build in a process of its own, to be killed or interrupted at a moment, and what is left of it then."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from build_dataset import cli
from build_dataset.progress import State
from build_dataset.shards import plan
from build_dataset.show import progress

STAGES = ("extract", "link", "write", "validate")


@dataclass
class Started:
    """A build that runs, the leader of a session as a command in a terminal is."""

    process: subprocess.Popen[str]
    at: Path
    """The file that says how far it is: a line for each time that it told."""

    def wait_for(self, stage: str, times: int = 1) -> None:
        """Wait until it told so often of a stage."""
        while self.told().count(stage) < times:
            if self.process.poll() is not None:
                raise AssertionError(f"it ended before {stage}: {self.process.communicate()}")
            time.sleep(0.002)

    def told(self) -> list[str]:
        return self.at.read_text(encoding="utf-8").split() if self.at.exists() else []

    def kill(self) -> None:
        """Kill the driver, and nobody else; its workers may still be at work."""
        self.process.kill()
        self.process.wait()
        for pipe in (self.process.stdout, self.process.stderr):
            assert pipe is not None
            pipe.close()

    @contextmanager
    def halted(self) -> Iterator[None]:
        """Hold the driver where it is."""
        self.process.send_signal(signal.SIGSTOP)
        yield
        self.process.send_signal(signal.SIGCONT)

    def interrupt(self) -> tuple[float, str]:
        """Press Ctrl-C, which reaches all processes of a terminal; returns how long it took, and what it said."""
        start = time.monotonic()
        os.killpg(self.process.pid, signal.SIGINT)
        self.process.wait(timeout=60)
        seconds = time.monotonic() - start
        return seconds, self.process.communicate()[1]

    def result(self) -> dict[str, Any]:
        """Wait for its end; returns the report."""
        report, said = self.process.communicate()
        assert self.process.returncode == 0, said
        return dict(json.loads(report))

    def workers(self) -> list[int]:
        """The processes that are at work on a task."""
        processes = _descendants(self.process.pid)
        servers = {pid for pid, command in processes.items() if "multiprocessing.forkserver" in command}
        forked = [pid for pid in servers if _parent(pid) in servers]
        return forked or [pid for pid, command in processes.items() if command.startswith("ray::run_shard")]

    def orphans(self) -> list[int]:
        """The processes of its session that are alive, after as much time as a process needs to end."""
        deadline = time.monotonic() + 20
        while (left := list(_session(self.process.pid))) and time.monotonic() < deadline:
            time.sleep(0.05)
        return left


def start(
    inputs: Path,
    out: Path,
    *more: str,
    workers: int = 1,
    parts: int = plan.TASK_PARTS,
    pause: float = 0.0,
    environment: Mapping[str, str] | None = None,
) -> Started:
    """Start a build that uses and keeps no results of extraction.

    Args:
        inputs: the folder of sources.
        out: the dataset folder.
        more: arguments of the command.
        workers: number of processes.
        parts: of how many parts a shard is made at most.
        pause: how many seconds it rests each time that it tells how far it is, so that a stage can be met.
        environment: variables of the environment.
    """
    at = out.with_name(f"{out.name}.at")
    at.unlink(missing_ok=True)
    settings = [str(at), str(parts), str(pause)]
    arguments = ["build", str(inputs), "--out", str(out), "--workers", str(workers), "--no-cache", "--json"]
    command = [sys.executable, "-m", "tests.stopping", *settings, *arguments, *more]
    process = subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        env={**os.environ, **(environment or {})},
        preexec_fn=_listen_to_interrupts,
    )
    return Started(process, at)


def _listen_to_interrupts() -> None:
    """Ctrl-C counts again where the tests run in the background of a shell, which lets that ignore it."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def finished(out: Path) -> dict[str, int]:
    """The shards that a stopped build left finished: name → a number that another shard does not have."""
    place = out.with_name(f".{out.name}.building")
    records = place.glob("shards/*/shard.json")
    return {path.parent.name: path.stat().st_ino for path in records if path.parent.suffix != ".tmp"}


def _descendants(ancestor: int) -> dict[int, str]:
    """Process → command line, of all that a process started."""
    processes = {int(folder.name) for folder in Path("/proc").iterdir() if folder.name.isdigit()}
    found, more = {ancestor}, {ancestor}
    while more:
        more = {pid for pid in processes - found if _parent(pid) in more}
        found |= more
    return {pid: _command(pid) for pid in found - {ancestor}}


def _parent(pid: int) -> int | None:
    try:
        return int(Path("/proc", str(pid), "stat").read_text().rpartition(") ")[2].split()[1])
    except (FileNotFoundError, ProcessLookupError):
        return None


def _command(pid: int) -> str:
    try:
        return Path("/proc", str(pid), "cmdline").read_text().replace("\0", " ")
    except (FileNotFoundError, ProcessLookupError):
        return ""


def _session(leader: int) -> Iterator[int]:
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                state, *numbers = (folder / "stat").read_text().rpartition(") ")[2].split()[:4]
            except (FileNotFoundError, ProcessLookupError):
                continue
            if numbers[2] == str(leader) and state != "Z":
                yield int(folder.name)


def _main(at: str, parts: str, pause: str, *arguments: str) -> None:
    """The build itself."""

    @contextmanager
    def told() -> Iterator[Any]:
        def tell(state: State) -> None:
            with Path(at).open("a", encoding="utf-8") as file:
                file.write(f"{state.stage}\n")
            time.sleep(float(pause))

        yield tell

    plan.TASK_PARTS = int(parts)
    progress.progress = told
    sys.argv[1:] = arguments
    cli.main()


if __name__ == "__main__":
    _main(*sys.argv[1:])
