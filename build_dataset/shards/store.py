"""Where finished shards are kept until a dataset is made of them: a worker that dies costs no more than its shard.

A shard is there when its record is: a store puts that in place last, or everything in one step. Its name says what it
was made of, so that two workers with the same task put the same there, and one with another task puts it elsewhere.
"""

import shutil
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp
from typing import Protocol

from build_dataset.errors import DatasetError
from build_dataset.lock import LOCK, locked
from build_dataset.write.folder import remove
from build_dataset.write.inventory import hash_file

RECORD = "shard.json"
TEMPORARY = ".tmp"
"""The ending of a shard's folder that is not yet whole."""


class Store(Protocol):
    """A place for finished shards that all workers see."""

    def scratch(self) -> Path:
        """A new folder to write the files of a shard into."""

    def commit(self, folder: Path, name: str) -> None:
        """Put a folder with a shard's files under its name; if it is there already, nothing changes.

        Raises:
            OSError: it cannot be written.
        """

    def names(self) -> set[str]:
        """The shards that are there, whole or not.

        Raises:
            DatasetError: it cannot be asked for.
        """

    def read_record(self, name: str) -> bytes:
        """The record of a shard.

        Raises:
            OSError: there is none.
        """

    def is_whole(self, name: str, digests: dict[str, str]) -> bool:
        """Whether the files of a shard are as its record says, as far as can be told without fetching them."""

    def fetch(self, name: str, place: Path) -> None:
        """Let the files of a shard be found in a folder of this machine.

        Raises:
            OSError: they cannot be read.
        """

    def remove(self, name: str) -> None:
        """Remove a shard, or what there is of it."""

    def locked(self, shared: bool) -> AbstractContextManager[None]:
        """Keep others out while this process is at work, or only those who do not share the work.

        Raises:
            DatasetError: somebody else is at work.
        """


@dataclass(frozen=True, slots=True)
class FolderStore:
    """A folder on a file system that all workers see: of this machine, or of a network."""

    folder: Path

    def __str__(self) -> str:
        return str(self.folder)

    def scratch(self) -> Path:
        """A new folder beside the shards, so that it can be renamed to one."""
        self.folder.mkdir(parents=True, exist_ok=True)
        return Path(mkdtemp(suffix=TEMPORARY, dir=self.folder))

    def commit(self, folder: Path, name: str) -> None:
        """Rename it, in one step.

        Raises:
            OSError: it cannot be renamed.
        """
        try:
            folder.rename(self.folder / name)
        except OSError:
            # Another worker was first with the same rows; or, on a network, the answer to our own request was lost.
            if not (self.folder / name / RECORD).exists():
                raise
            shutil.rmtree(folder, ignore_errors=True)

    def names(self) -> set[str]:
        """The shards, and the folders that are to become one."""
        if not self.folder.exists():
            return set()
        return {path.name for path in self.folder.iterdir() if path.name != LOCK}

    def read_record(self, name: str) -> bytes:
        """The record of a shard.

        Raises:
            OSError: there is none.
        """
        return (self.folder / name / RECORD).read_bytes()

    def is_whole(self, name: str, digests: dict[str, str]) -> bool:
        """Whether every file has the bytes that it had: a machine that lost its power may have lost some."""
        return folder_digests(self.folder / name) == digests

    def fetch(self, name: str, place: Path) -> None:
        """Link to it."""
        place.symlink_to((self.folder / name).resolve(), target_is_directory=True)

    def remove(self, name: str) -> None:
        """Remove a file or a folder."""
        remove(self.folder / name)

    @contextmanager
    def locked(self, shared: bool) -> Iterator[None]:
        """Keep others out while this process is at work, or only those who do not share the work.

        Raises:
            DatasetError: somebody else is at work.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        with locked(self.folder / LOCK, shared) as free:
            if not free:
                raise DatasetError(f"{self.folder}: another build is at work there; wait for it to end")
            yield


def folder_digests(folder: Path) -> dict[str, str]:
    """Name → SHA-256 of the files with rows in a folder."""
    return {path.name: hash_file(path) for path in sorted(folder.glob("*.arrow"))}
