"""The stage that takes long: all shards of a plan, those that an earlier run finished and then the others."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from build_dataset.errors import DatasetError
from build_dataset.executors.executor import Executor, Failure
from build_dataset.progress import Stages
from build_dataset.read import SkippedSource, SourceWarning
from build_dataset.shards.finished import ReadPart, ShardResult, finished_shard
from build_dataset.shards.known import Reuse
from build_dataset.shards.plan import ShardTask
from build_dataset.shards.shard import run_shard, try_shard
from build_dataset.shards.store import Store


@dataclass(slots=True)
class Extracted:
    """What the shards of a plan told; their rows are in the store."""

    shards: int = 0
    resumed: int = 0
    """So many of them an earlier run had finished."""
    lost: list[SkippedSource] = field(default_factory=list)
    """Sources of which a part is left out since it killed its workers, and how these died."""
    rows: Counter[str] = field(default_factory=Counter)
    """Table → number of rows."""
    skipped: list[SkippedSource] = field(default_factory=list)
    warnings: list[SourceWarning] = field(default_factory=list)
    read: dict[int, list[ReadPart]] = field(default_factory=dict)
    """Number of a file → its parts that were read."""
    reused: Reuse = field(default_factory=Reuse)

    def add(self, result: ShardResult) -> None:
        """Take in what a shard told."""
        self.lost += result.lost
        self.rows.update(result.rows)
        self.skipped += result.skipped
        self.warnings += result.warnings
        self.reused = self.reused.plus(result.reused)
        for read in result.read:
            self.read.setdefault(read.file, []).append(read)


class ShardRun:
    """The work on some shards of a plan: what is finished is taken in first, then the others are done."""

    def __init__(self, tasks: Sequence[ShardTask], store: Store, executor: Executor, stages: Stages) -> None:
        self.store = store
        self.executor = executor
        self.stages = stages
        self.extracted = Extracted(len(tasks))
        self.left = list(tasks)
        self._total = sum(task.bytes for task in tasks)
        self._done = 0

    def resume(self) -> None:
        """Take in what an earlier run finished; what is there of the others is removed before they are done."""
        names = self.store.names()
        finished: dict[int, ShardResult] = {}

        def on_result(task: ShardTask, result: ShardResult | None) -> None:
            if result:
                finished[task.number] = result

        there = [task for task in self.left if task.name in names]
        _sound(self.executor.run(finished_shard, there, on_result))
        for task in there:
            if task.number not in finished:
                self.store.remove(task.name)
        if finished:
            self.extracted.resumed = len(finished)
            self.stages.tell("resume", len(finished), len(self.left))
        for task in self.left:
            if task.number in finished:
                self._take(task, finished[task.number])
        self.left = [task for task in self.left if task.number not in finished]
        self.stages.tell("extract", self._done, self._total)

    def run(self) -> Extracted:
        """Extract what is left.

        A shard that kills its worker is looked at part by part, and done without those that do so.
        """
        failures = self.executor.run(run_shard, self.left, self._add)
        if failures:
            self._quarantine(failures)
        return self.extracted

    def _add(self, task: ShardTask, result: ShardResult) -> None:
        self._take(task, result)
        self.stages.tell("extract", self._done, self._total)

    def _take(self, task: ShardTask, result: ShardResult) -> None:
        self._done += task.bytes
        self.extracted.add(result)
        self.stages.rows = self.extracted.rows
        self.stages.skipped = len(self.extracted.skipped)

    def _quarantine(self, failures: Sequence[Failure[ShardTask]]) -> None:
        """Do some shards without the parts that kill their workers; if that is not enough, without all."""
        alone = [part for failure in failures for part in failure.task.alone()]
        guilty = {
            (failure.task.number, number): failure.reason
            for failure in self.executor.run(try_shard, alone, lambda _task, _result: None)
            for _, number, _ in failure.task.parts
        }
        without = [
            failure.task.without(
                {n: reason for (shard, n), reason in guilty.items() if shard == failure.task.number}
            )
            for failure in failures
        ]
        empty = [
            failure.task.without({number: failure.reason for _, number, _ in failure.task.parts})
            for failure in self.executor.run(run_shard, without, self._add)
        ]
        _sound(self.executor.run(run_shard, empty, self._add))


def _sound(failures: Sequence[Failure[ShardTask]]) -> None:
    """Say so if workers die whatever they do.

    Raises:
        DatasetError: they do.
    """
    if failures:
        raise DatasetError(
            f"workers die without reading anything: {failures[0].reason}; is there enough memory?"
        )
