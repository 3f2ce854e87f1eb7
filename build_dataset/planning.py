"""What a build is to do, before any of it is done: the same on every machine that asks."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from build_dataset.cache import Cache
from build_dataset.job import NothingError
from build_dataset.options import Options
from build_dataset.read import SkippedSource, find_sources
from build_dataset.report import PlannedShard, PlanReport
from build_dataset.shards.plan import ShardTask, plan_key, plan_shards
from build_dataset.shards.store import Store
from build_dataset.shards.work import open_store
from build_dataset.write.target import check_replaceable


@dataclass(frozen=True, slots=True)
class Plan:
    """A build, cut into shards."""

    target: Path
    store: Store
    """Where finished shards are kept."""
    tasks: tuple[ShardTask, ...]
    files: int
    """How many sources there are."""
    skipped: tuple[SkippedSource, ...]
    """Sources that cannot be read."""

    @property
    def key(self) -> str:
        """Stands for the whole plan, in hexadecimal."""
        return plan_key(self.tasks)

    def report(self) -> PlanReport:
        """The plan in words for its owner."""
        names = self.store.names()
        return PlanReport(
            key=self.key,
            store=str(self.store),
            sources=self.files,
            shards=tuple(_planned(task) for task in self.tasks),
            finished=sum(task.name in names for task in self.tasks),
            skipped=self.skipped,
        )


def _planned(task: ShardTask) -> PlannedShard:
    first, last = (task.parts[place].part.file.source for place in (0, -1))
    return PlannedShard(task.number, task.key, task.bytes, len(task.parts), first, last)


def make_plan(
    inputs: Sequence[Path | str],
    out: Path,
    options: Options,
    *,
    work: str | None = None,
    cache: Path | None = None,
    without: Path | None = None,
) -> Plan:
    """Cut a build into shards. Nothing is written.

    Args:
        inputs: files, folders, patterns.
        out: the dataset folder; one of ours that is there is replaced.
        options: what decides the records beside the sources.
        work: a folder or an address such as s3://… where finished shards are kept; None: a hidden one beside `out`.
        cache: a folder for results of extraction, used again by later builds; None: nothing is kept.
        without: a folder that is no source, though it may lie in an input; None: `out`.

    Raises:
        DatasetError: an input is missing, no source can be read, or `out` is something else than a dataset folder.
    """
    target = out.resolve()
    sources = find_sources(inputs, without=without or target)
    check_replaceable(target)
    store = open_store(target, work)
    tasks, skipped = plan_shards(sources.files, store, options, Cache.within(cache) if cache else None)
    if not tasks:
        raise NothingError((*skipped, *sources.skipped))
    return Plan(target, store, tuple(tasks), len(sources.files), (*skipped, *sources.skipped))
