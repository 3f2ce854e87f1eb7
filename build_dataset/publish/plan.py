"""What has to travel to make a repository hold what a folder holds. Pure: two lists of files in, a plan out."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from hashlib import sha1
from pathlib import Path
from typing import Any

from build_dataset.publish.repository import Addition, Move, Operation, RemoteFile
from build_dataset.schema import TABLES
from build_dataset.write.inventory import hash_file

OURS = (*TABLES, "sources", "plots")
"""The folders in which a file that the new dataset does not have is a leftover of an older one."""


@dataclass(frozen=True, slots=True)
class LocalFile:
    """A file to publish: where it goes, and where it is."""

    path: str
    local: Path
    bytes: int
    sha256: str

    @classmethod
    def at(cls, local: Path, path: str) -> "LocalFile":
        """A file as it is on the disk."""
        return cls(path, local, local.stat().st_size, hash_file(local))

    def is_in(self, remote: RemoteFile) -> bool:
        """Whether a file of the repository has the same content, going by the hub's metadata."""
        if remote.bytes != self.bytes:
            return False
        if remote.sha256 is not None:
            return remote.sha256 == self.sha256
        return remote.git_sha1 == git_sha1(self.local)


def git_sha1(path: Path) -> str:
    """The name that git gives to the content of a file."""
    content = path.read_bytes()
    return sha1(b"blob %d\0" % len(content) + content, usedforsecurity=False).hexdigest()


@dataclass(frozen=True, slots=True)
class Plan:
    """What a publication does, path by path, in order of the paths."""

    new: tuple[LocalFile, ...]
    changed: tuple[LocalFile, ...]
    moved: tuple[Move, ...]
    deleted: tuple[str, ...]
    unchanged: tuple[str, ...]

    @property
    def operations(self) -> list[Operation]:
        """What one commit has to do; nothing if the repository holds the folder already."""
        additions = (Addition(file.path, file.local) for file in (*self.new, *self.changed))
        return [*additions, *self.moved, *self.deleted]

    @property
    def bytes(self) -> int:
        """How many bytes travel at most."""
        return sum(file.bytes for file in (*self.new, *self.changed))

    def as_json(self) -> dict[str, Any]:
        """The plan as a JSON object."""
        return {
            "new": [{"path": file.path, "bytes": file.bytes} for file in self.new],
            "changed": [{"path": file.path, "bytes": file.bytes} for file in self.changed],
            "moved": [asdict(move) for move in self.moved],
            "deleted": list(self.deleted),
            "unchanged": list(self.unchanged),
            "bytes": self.bytes,
        }


def plan(local: Sequence[LocalFile], remote: Iterable[RemoteFile]) -> Plan:
    """Compare a folder with a revision of a repository.

    A file whose content is there under another name (a shard after one was added) is moved, not uploaded. A file
    of the repository that is none of the dataset's, such as `.gitattributes`, stays.
    """
    there = {file.path: file for file in remote}
    by_content = {file.sha256: file.path for file in there.values() if file.sha256 is not None}
    new: list[LocalFile] = []
    changed: list[LocalFile] = []
    moved: list[Move] = []
    unchanged: list[str] = []
    for file in sorted(local, key=lambda file: file.path):
        known = there.get(file.path)
        if known and file.is_in(known):
            unchanged.append(file.path)
        elif file.sha256 in by_content:
            moved.append(Move(file.path, by_content[file.sha256]))
        else:
            (changed if known else new).append(file)
    deleted = _leftovers(there, {file.path for file in local})
    return Plan(tuple(new), tuple(changed), tuple(moved), tuple(deleted), tuple(unchanged))


def _leftovers(there: Mapping[str, RemoteFile], kept: set[str]) -> list[str]:
    return sorted(path for path in there.keys() - kept if path.partition("/")[0] in OURS and "/" in path)
