"""The stage that takes long: all shards of a plan, those that an earlier run finished and then the others."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from build_dataset.batch import Reuse
from build_dataset.read import SkippedSource, SourceWarning
from build_dataset.shards.finished import ReadPart, ShardResult, discard, finished_shard, sweep
from build_dataset.shards.plan import ShardTask
from build_dataset.shards.shard import run_shard
from build_dataset.workers import Executor, Failure

Progress = Callable[[str, int, int], None]
"""Told the stage, how much of it is done, and how much there is; `resume` is told once, in shards, if any was finished
by an earlier run."""


@dataclass(slots=True)
class Extracted:
    """What the shards of a plan told; their rows are in their folders."""

    shards: int = 0
    resumed: int = 0
    """So many of them an earlier run had finished."""
    skipped: list[SkippedSource] = field(default_factory=list)
    warnings: list[SourceWarning] = field(default_factory=list)
    read: dict[int, list[ReadPart]] = field(default_factory=dict)
    """Number of a file → its parts that were read."""
    reused: Reuse = field(default_factory=Reuse)

    def add(self, result: ShardResult) -> None:
        """Take in what a shard told."""
        self.skipped += result.skipped
        self.warnings += result.warnings
        self.reused = self.reused.plus(result.reused)
        for read in result.read:
            self.read.setdefault(read.file, []).append(read)


def extract_shards(tasks: Sequence[ShardTask], executor: Executor, progress: Progress) -> Extracted:
    """Run all shards of a plan, but those that are finished.

    One that kills its worker is run again part by part, to lose that part alone.

    Args:
        tasks: the plan, with at least one shard; in its folder, what an earlier run finished.
        executor: runs them.
        progress: told how far it is.
    """
    extracted = Extracted(len(tasks))
    total = sum(task.bytes for task in tasks)
    done = 0

    def on_result(task: ShardTask, result: ShardResult) -> None:
        nonlocal done
        done += task.bytes
        extracted.add(result)
        progress("extract", done, total)

    finished = _finished(tasks, executor)
    extracted.resumed = len(finished)
    if finished:
        progress("resume", len(finished), len(tasks))
    progress("extract", 0, total)
    for number, result in finished.items():
        on_result(tasks[number], result)
    left = [task for task in tasks if task.number not in finished]
    failures = executor.run(run_shard, left, on_result)
    alone = [
        task for failure in failures for task in failure.task.alone(len(tasks) + 256 * failure.task.number)
    ]
    for failure in executor.run(run_shard, alone, on_result):
        extracted.skipped += _lost(failure)
    return extracted


def _finished(tasks: Sequence[ShardTask], executor: Executor) -> dict[int, ShardResult]:
    """Number of a shard that an earlier run finished → what it told. What else lies in the folder is removed."""
    finished: dict[int, ShardResult] = {}

    def on_result(task: ShardTask, result: ShardResult | None) -> None:
        if result:
            finished[task.number] = result

    there = sweep(tasks[0].folder, tasks)
    executor.run(finished_shard, there, on_result)
    for task in there:
        if task.number not in finished:
            discard(task.place)
    return finished


def _lost(failure: Failure[ShardTask]) -> list[SkippedSource]:
    reason = f"extraction failed: {failure.reason}"
    return [SkippedSource(part.file.source, reason) for _, _, part in failure.task.parts]
