"""The plan of a build: the sources cut into shards of work, the same for any number of workers.

It is made before any work starts. A shard is known by a key that follows from what decides its rows (the tool, the
options, which parts of which sources it reads), so that a later run can tell whether one that it finds is its own, and
so that every machine that makes the plan makes the same.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import NamedTuple

from build_dataset.cache import Cache, tool_digest
from build_dataset.errors import DatasetError
from build_dataset.options import Engine, Options, Reading
from build_dataset.read import Part, SkippedSource, SourceFile
from build_dataset.read.contents import parts
from build_dataset.shards.store import Store

TASK_BYTES = 1 << 20
TASK_PARTS = 256
"""A shard of work ends with the part that makes it so large, or so many times that: see `_times`."""
ENOUGH_SHARDS = 64
"""With more than so many, shards are larger: each costs the start of a process, and some caches that are cold."""
MOST_TIMES = 8
"""But no larger than that: what is lost when a worker dies is half a minute of work."""


class PlannedPart(NamedTuple):
    """A part of a source, with the numbers of its file and of itself among all, which fix the order of sources."""

    file: int
    number: int
    part: Part


@dataclass(frozen=True, slots=True)
class ShardTask:
    """What to read, and where to put what comes of it."""

    number: int
    parts: tuple[PlannedPart, ...]
    key: str
    """Stands for what decides the rows, but for the bytes of the parts: they may change under the same name."""
    store: Store
    engine: Engine = Engine.FAST
    cache: Cache | None = None
    reading: Reading = field(default_factory=Reading)
    lost: tuple[tuple[int, str], ...] = ()
    """Parts that are left out since they killed their worker: number and how."""

    @property
    def name(self) -> str:
        """What the shard is called in its store: nobody calls another one so."""
        return f"{self.number:06d}-{self.key[:16]}"

    @property
    def bytes(self) -> int:
        """How much there is to read."""
        return sum(part.end - part.start for _, _, part in self.parts)

    def alone(self) -> list["ShardTask"]:
        """A task for each part: to find the one that kills its worker."""
        return [replace(self, parts=(part,)) for part in self.parts]

    def without(self, lost: dict[int, str]) -> "ShardTask":
        """The same shard without some parts, by their numbers, each with what it did."""
        return replace(self, lost=tuple(sorted(lost.items())))


def plan_key(tasks: Iterable[ShardTask]) -> str:
    """Stands for a whole plan, in hexadecimal."""
    return sha256("".join(task.key for task in tasks).encode()).hexdigest()


def check_version(task: ShardTask) -> None:
    """Refuse a task that was planned by another version: its rows would not fit those of the other workers.

    Raises:
        DatasetError: it is refused.
    """
    if _key(task.parts, task.engine, task.reading) != task.key:
        raise DatasetError(
            "a worker has another version of build-dataset, Python or a library than the driver; "
            "install the same on all machines"
        )


def _key(parts: tuple[PlannedPart, ...], engine: Engine, reading: Reading) -> str:
    """Where the sources lie is no part of it: on another machine it may be somewhere else."""
    placeless = [
        (file, number, replace(part, file=replace(part.file, location=""))) for file, number, part in parts
    ]
    return sha256(repr((tool_digest(), engine, reading, placeless)).encode()).hexdigest()


def plan_shards(
    sources: Iterable[SourceFile], store: Store, options: Options, cache: Cache | None = None
) -> tuple[list[ShardTask], list[SkippedSource]]:
    """Cut the sources into tasks, in order.

    Args:
        sources: the files to read.
        store: where the shards are put.
        options: what decides the records beside the sources.
        cache: results of earlier builds.

    Returns:
        The tasks, and the files that cannot be read.
    """
    tasks: list[ShardTask] = []
    skipped: list[SkippedSource] = []
    every = list(_planned_parts(sources, skipped))
    for planned in _cut(every, _times(every)):
        key = _key(planned, options.engine, options.reading)
        task = ShardTask(len(tasks), planned, key, store, options.engine, cache, options.reading)
        tasks.append(task)
    return tasks, skipped


def _times(parts: Sequence[PlannedPart]) -> int:
    """How many times as large as the smallest shards shall be: it follows from the sources, not from the workers."""
    size = sum(part.end - part.start for _, _, part in parts)
    shards = max(size // TASK_BYTES, len(parts) // TASK_PARTS)
    return min(max(shards // ENOUGH_SHARDS, 1), MOST_TIMES)


def _cut(parts: Iterable[PlannedPart], times: int) -> Iterator[tuple[PlannedPart, ...]]:
    planned: list[PlannedPart] = []
    size = 0
    for part in parts:
        planned.append(part)
        size += part.part.end - part.part.start
        if size >= times * TASK_BYTES or len(planned) == times * TASK_PARTS:
            yield tuple(planned)
            planned, size = [], 0
    if planned:
        yield tuple(planned)


def _planned_parts(sources: Iterable[SourceFile], skipped: list[SkippedSource]) -> Iterator[PlannedPart]:
    count = 0
    for number, file in enumerate(sources):
        for part in parts(file):
            if isinstance(part, Part):
                yield PlannedPart(number, count, part)
                count += 1
            else:
                skipped.append(part)
