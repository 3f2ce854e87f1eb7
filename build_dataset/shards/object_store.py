"""Finished shards as objects, at an address such as s3://bucket/prefix: no file system need be shared.

An object is there whole or not at all, and cannot be renamed. So the rows of a shard are uploaded first, and its record
last; what has no record is not there.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from build_dataset.errors import DatasetError
from build_dataset.read.location import file_system
from build_dataset.shards.store import RECORD


@dataclass(frozen=True, slots=True)
class ObjectStore:
    """A prefix of an object store, or a folder of any other system that fsspec knows."""

    address: str

    def __str__(self) -> str:
        return self.address

    def scratch(self) -> Path:
        """A new folder on this machine."""
        return Path(mkdtemp(prefix="build-dataset-"))

    def commit(self, folder: Path, name: str) -> None:
        """Upload the rows, then the record.

        Raises:
            OSError: they cannot be uploaded.
        """
        system, root = self._system()
        rows = sorted(path.name for path in folder.iterdir() if path.name != RECORD)
        for file in (*rows, RECORD):
            system.put_file(str(folder / file), f"{root}/{name}/{file}")

    def names(self) -> set[str]:
        """The shards of which there is anything.

        Raises:
            DatasetError: the address leads nowhere, or may not be read.
        """
        system, root = self._system()
        try:
            return {path.rstrip("/").rpartition("/")[2] for path in system.ls(root, detail=False)}
        except FileNotFoundError:
            return set()
        except (
            Exception
        ) as error:  # each of the systems has errors of its own: no credentials, no such host …
            raise DatasetError(f"{self.address}: cannot be read: {error}") from error

    def read_record(self, name: str) -> bytes:
        """The record of a shard.

        Raises:
            OSError: there is none.
        """
        system, root = self._system()
        return bytes(system.cat_file(f"{root}/{name}/{RECORD}"))

    def is_whole(self, name: str, digests: dict[str, str]) -> bool:
        """Whether the files are there; what is in them is seen when they are fetched."""
        system, root = self._system()
        there = {path.rpartition("/")[2] for path in system.ls(f"{root}/{name}", detail=False)}
        return digests.keys() <= there

    def fetch(self, name: str, place: Path) -> None:
        """Download the files.

        Raises:
            OSError: they cannot be downloaded.
        """
        system, root = self._system()
        place.mkdir()
        for path in system.ls(f"{root}/{name}", detail=False):
            system.get_file(path, str(place / path.rpartition("/")[2]))

    def remove(self, name: str) -> None:
        """Remove the record, and then the rest."""
        system, root = self._system()
        if system.exists(f"{root}/{name}/{RECORD}"):
            system.rm_file(f"{root}/{name}/{RECORD}")
        system.rm(f"{root}/{name}", recursive=True)

    @contextmanager
    def locked(self, shared: bool) -> Iterator[None]:
        """Nobody is kept out: there are no locks. Two with the same work make the same shards."""
        del shared
        yield

    def _system(self) -> tuple[Any, str]:
        system, root = file_system(self.address, fresh=True)
        return system, root.rstrip("/")
