"""What a command and all processes that it starts take: time, memory over time (Linux).

Whoever loses its parent is adopted by this process, so that its time is counted and nobody is left behind.
"""

import ctypes
import os
import resource
import subprocess
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

INTERVAL = 1.0
"""Seconds between two looks at the memory."""

GRACE = 20.0
"""Seconds that processes have to end by themselves after the command."""

PR_SET_CHILD_SUBREAPER = 36
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Usage:
    """What a command took: `cpu` of all its processes, `quarters` the peak of their memory by quarters of the time."""

    seconds: float
    cpu: float
    quarters: tuple[int, ...]

    @property
    def peak(self) -> int:
        """The most memory at a time, in bytes; what processes share counts once."""
        return max(self.quarters)


@dataclass(frozen=True)
class _Process:
    parent: int
    cpu: float
    started: str
    """Together with the number, which is used again, it is known by this."""


def watch(command: Sequence[str]) -> Usage:
    """Run a command to its end and see what it takes.

    Raises:
        SystemExit: the command failed.
    """
    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1)
    before, begun = _reaped(), time.monotonic()
    memory: list[int] = []
    cpu: dict[tuple[int, str], float] = {}
    with tempfile.TemporaryFile() as said:
        running = subprocess.Popen(command, stdout=said, stderr=said)
        while running.poll() is None:
            memory.append(_look(cpu))
            time.sleep(INTERVAL)
        seconds = time.monotonic() - begun
        _end_all()
        if running.returncode:
            said.seek(0)
            raise SystemExit(f"{' '.join(command)}: status {running.returncode}\n{said.read().decode()}")
    return Usage(seconds, max(_reaped() - before, sum(cpu.values())), _quarters(memory))


def _look(cpu: dict[tuple[int, str], float]) -> int:
    """The memory of all that descend from this process, without itself; their time so far is noted."""
    processes = _processes()
    memory = 0
    for number in _descendants(processes):
        process = processes[number]
        cpu[number, process.started] = process.cpu
        memory += _memory(number)
    return memory


def _processes() -> dict[int, _Process]:
    found = {}
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                fields = (folder / "stat").read_text().rpartition(") ")[2].split()
            except (FileNotFoundError, ProcessLookupError):
                continue
            ticks = int(fields[11]) + int(fields[12])
            found[int(folder.name)] = _Process(int(fields[1]), ticks / TICKS, fields[19])
    return found


def _descendants(processes: dict[int, _Process]) -> list[int]:
    children: dict[int, list[int]] = {}
    for number, process in processes.items():
        children.setdefault(process.parent, []).append(number)
    found = list(children.get(os.getpid(), ()))
    for number in found:  # grows while it is read
        found += children.get(number, ())
    return found


def _memory(number: int) -> int:
    """The memory of a process in bytes, its share of what it shares with others."""
    try:
        lines = Path(f"/proc/{number}/smaps_rollup").read_text().splitlines()
    except (FileNotFoundError, ProcessLookupError):
        return 0
    return sum(1024 * int(line.split()[1]) for line in lines if line.startswith("Pss:"))


def _quarters(memory: Sequence[int]) -> tuple[int, ...]:
    ends = [len(memory) * quarter // 4 for quarter in range(5)]
    return tuple(max(memory[start : max(end, start + 1)]) for start, end in pairwise(ends))


def _reaped() -> float:
    """CPU seconds of all processes that have ended, with those that they have waited for."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def _end_all() -> None:
    """Wait for the processes that the command left, and end them if that takes too long."""
    deadline = time.monotonic() + GRACE
    while True:
        try:
            ended, _ = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return
        if ended:
            continue
        if time.monotonic() > deadline:
            for number in _descendants(_processes()):
                os.kill(number, 9)
        time.sleep(0.05)
