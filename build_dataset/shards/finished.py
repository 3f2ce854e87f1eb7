"""Shards that are finished, and stay so when a build is stopped: a later one with the same plan need not redo them.

A shard's folder holds a record beside its rows: its key, the SHA-256 of each part that was read, and that of each file
with rows. A later run takes it over if all of these are as its own plan, the sources and the files say. So it does not
matter how a build ended: after a loss of power, too, half a file is noticed, and nothing need be forced to the disk
before the build goes on.
"""

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from pydantic import TypeAdapter, ValidationError

from build_dataset.batch import Reuse
from build_dataset.errors import SourceError
from build_dataset.read.contents import hash_part
from build_dataset.read.reader import SkippedSource, SourceWarning
from build_dataset.shards.plan import PlannedPart, ShardTask
from build_dataset.write.inventory import hash_file

RECORD = "shard.json"


class ReadPart(NamedTuple):
    """A part that a worker read: the number of its file, and the size and SHA-256 of its bytes."""

    file: int
    bytes: int
    digest: str


@dataclass(frozen=True, slots=True)
class ShardResult:
    """What a shard tells the driver; the rows themselves stay in the shard's folder."""

    number: int
    articles: int
    read: tuple[ReadPart, ...]
    skipped: tuple[SkippedSource, ...]
    warnings: tuple[SourceWarning, ...]
    reused: Reuse


@dataclass(frozen=True, slots=True)
class _Record:
    key: str
    files: dict[str, str]
    """Name of a file with rows → its SHA-256."""
    result: ShardResult


_RECORD = TypeAdapter(_Record)


def write_record(folder: Path, key: str, result: ShardResult) -> None:
    """Write down what a shard is, when its rows are complete."""
    content = _RECORD.dump_json(_Record(key, _digests(folder), result))
    (folder / RECORD).write_bytes(f"{sha256(content).hexdigest()}\n".encode() + content)


def finished_shard(task: ShardTask) -> ShardResult | None:
    """What an earlier run made of a task; None where it has to be done (again)."""
    try:
        record = _read_record(task.place)
        whole = record.key == task.key and record.files == _digests(task.place)
        return record.result if whole and _unchanged(task.parts, record.result.read) else None
    except (OSError, SourceError, ValidationError):
        return None


def _read_record(folder: Path) -> _Record:
    """The record of a shard.

    Raises:
        OSError: there is none.
        ValidationError: it is not as it was written.
    """
    digest, _, content = (folder / RECORD).read_bytes().partition(b"\n")
    return _RECORD.validate_json(content if sha256(content).hexdigest().encode() == digest else b"")


def _digests(folder: Path) -> dict[str, str]:
    return {path.name: hash_file(path) for path in sorted(folder.glob("*.arrow"))}


def _unchanged(parts: Sequence[PlannedPart], read: Sequence[ReadPart]) -> bool:
    """Whether parts still have the bytes that were read."""
    return len(parts) == len(read) and all(
        ReadPart(file, *hash_part(part)) == then for (file, _, part), then in zip(parts, read, strict=True)
    )


def sweep(folder: Path, tasks: Sequence[ShardTask]) -> list[ShardTask]:
    """Remove all that bears no name of a shard of the plan; returns the tasks whose name is there."""
    named = {task.place.name: task for task in tasks}
    there = sorted(folder.iterdir())
    for path in there:
        if path.name not in named:
            discard(path)
    return [named[path.name] for path in there if path.name in named]


def discard(path: Path) -> None:
    """Remove a file or a folder."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
