"""Shards that are finished, and stay so when a build is stopped: a later one with the same plan need not redo them.

With the rows of a shard goes a record: its key, the SHA-256 of each part that was read, and that of each file with
rows. A later run takes it over if all of these are as its own plan, the sources and the files say. So it does not
matter how a build ended: after a loss of power, too, half a file is noticed, and nothing need be forced to the disk
before the build goes on.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from pydantic import TypeAdapter, ValidationError

from build_dataset.errors import DatasetError, SourceError
from build_dataset.read.contents import hash_part
from build_dataset.read.reader import SkippedSource, SourceWarning
from build_dataset.shards.known import Reuse
from build_dataset.shards.plan import PlannedPart, ShardTask
from build_dataset.shards.store import RECORD, folder_digests


class ReadPart(NamedTuple):
    """A part that a worker read: the number of its file, and the size and SHA-256 of its bytes."""

    file: int
    bytes: int
    digest: str


@dataclass(frozen=True, slots=True)
class ShardResult:
    """What a shard tells the driver; the rows themselves stay in the store."""

    number: int
    rows: dict[str, int]
    """Table → number of rows, before anything is known of other shards."""
    read: tuple[ReadPart, ...]
    skipped: tuple[SkippedSource, ...]
    warnings: tuple[SourceWarning, ...]
    reused: Reuse
    lost: tuple[SkippedSource, ...] = ()
    """Sources of its parts that killed their workers, and how these died."""


@dataclass(frozen=True, slots=True)
class _Record:
    key: str
    files: dict[str, str]
    """Name of a file with rows → its SHA-256."""
    result: ShardResult


_RECORD = TypeAdapter(_Record)


def write_record(folder: Path, key: str, result: ShardResult) -> None:
    """Write down what a shard is, when its rows are complete."""
    content = _RECORD.dump_json(_Record(key, folder_digests(folder), result))
    (folder / RECORD).write_bytes(f"{sha256(content).hexdigest()}\n".encode() + content)


def finished_shard(task: ShardTask) -> ShardResult | None:
    """What an earlier run made of a task; None where it has to be done (again)."""
    try:
        record = _read_record(task.store.read_record(task.name))
        known = record.key == task.key and _unchanged(task.parts, record.result.read)
        return record.result if known and task.store.is_whole(task.name, record.files) else None
    except (OSError, SourceError, ValidationError):
        return None


def _read_record(written: bytes) -> _Record:
    """The record of a shard.

    Raises:
        ValidationError: it is not as it was written.
    """
    digest, _, content = written.partition(b"\n")
    return _RECORD.validate_json(content if sha256(content).hexdigest().encode() == digest else b"")


def _unchanged(parts: Sequence[PlannedPart], read: Sequence[ReadPart]) -> bool:
    """Whether parts still have the bytes that were read."""
    return len(parts) == len(read) and all(
        ReadPart(file, *hash_part(part)) == then for (file, _, part), then in zip(parts, read, strict=True)
    )


class Fetch(NamedTuple):
    """Finished shards that are wanted in a folder of this machine."""

    tasks: Sequence[ShardTask]
    folder: Path


def fetch_shards(wanted: Fetch) -> None:
    """Let the rows of finished shards be found in a folder of this machine, by their numbers.

    Raises:
        DatasetError: they are not as they were written.
    """
    for task in wanted.tasks:
        place = wanted.folder / f"{task.number:06d}"
        task.store.fetch(task.name, place)
        if not place.is_symlink() and _read_record((place / RECORD).read_bytes()).files != folder_digests(
            place
        ):
            task.store.remove(task.name)
            raise DatasetError(f"{task.name}: damaged in the store, and removed; run the same command again")
