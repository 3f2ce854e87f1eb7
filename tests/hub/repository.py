"""Repositories: commits as immutable trees, branches and tags that name them, and the content behind."""

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from fnmatch import fnmatch
from types import MappingProxyType

LARGE = 10 * 2**20  # from this size on, every file goes to large file storage

# What the hub sends to large file storage in a new repository.
LARGE_SUFFIXES = """
    7z arrow avro bin bz2 ckpt ftz gz h5 joblib lfs.* lz4 mds mlmodel model msgpack npy npz onnx ot parquet pb
    pickle pkl pt pth rar safetensors tar.* tar tflite tgz wasm xz zip zst
    pcm sam raw aac flac mp3 ogg wav bmp gif png tiff jpg jpeg webp mp4 webm
"""
ATTRIBUTES = "".join(f"*.{suffix} filter=lfs diff=lfs merge=lfs -text\n" for suffix in LARGE_SUFFIXES.split())


def git_hash(content: bytes) -> str:
    """The name that git gives a file with this content."""
    return hashlib.sha1(b"blob %d\0" % len(content) + content).hexdigest()


class Contents:
    """Content by its SHA-256, shared by all repositories of a hub."""

    def __init__(self) -> None:
        self._by_hash: dict[str, bytes] = {}

    def add(self, content: bytes) -> tuple[str, int]:
        """Its hash, and how many bytes were not there before."""
        sha256 = hashlib.sha256(content).hexdigest()
        new = 0 if sha256 in self._by_hash else len(content)
        self._by_hash[sha256] = content
        return sha256, new

    def __getitem__(self, sha256: str) -> bytes:
        return self._by_hash[sha256]

    def __contains__(self, sha256: str) -> bool:
        return sha256 in self._by_hash


@dataclass(frozen=True)
class File:
    """A file of a commit. For a large one, git itself holds only the pointer."""

    sha256: str
    size: int
    git_hash: str
    pointer_size: int | None = None

    @property
    def is_large(self) -> bool:
        return self.pointer_size is not None

    @property
    def tag(self) -> str:
        """What the hub tells of a file to recognise its content by."""
        return self.sha256 if self.is_large else self.git_hash

    @classmethod
    def regular(cls, content: bytes) -> "File":
        return cls(hashlib.sha256(content).hexdigest(), len(content), git_hash(content))

    @classmethod
    def large(cls, sha256: str, size: int) -> "File":
        pointer = f"version https://git-lfs.github.com/spec/v1\noid sha256:{sha256}\nsize {size}\n".encode()
        return cls(sha256, size, git_hash(pointer), len(pointer))


@dataclass(frozen=True)
class Commit:
    id: str
    parent: str | None
    title: str
    message: str
    date: str
    files: Mapping[str, File]


class UnknownRevisionError(LookupError):
    """No branch, tag or commit has this name."""


@dataclass
class Repository:
    """A repository of one kind ("dataset", "model", "space"), named "namespace/name"."""

    kind: str
    name: str
    contents: Contents
    is_private: bool = False
    branches: dict[str, str] = field(default_factory=dict)
    tags: dict[str, str] = field(default_factory=dict)
    commits: dict[str, Commit] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.contents.add(ATTRIBUTES.encode())
        self.record("main", {".gitattributes": File.regular(ATTRIBUTES.encode())}, "initial commit")

    @property
    def head(self) -> str:
        """The id of the newest commit of the branch main."""
        return self.branches["main"]

    def files(self, revision: str = "main") -> dict[str, str]:
        """The SHA-256 of every file by its path."""
        return {path: file.sha256 for path, file in self.at(revision).files.items()}

    def read(self, path: str, revision: str = "main") -> bytes:
        return self.contents[self.at(revision).files[path].sha256]

    def commit(
        self, changes: Mapping[str, bytes | None], *, branch: str = "main", title: str = "Change on the hub"
    ) -> str:
        """Write files, or delete those that are given as None, as somebody else would. The id of the commit."""
        files = dict(self.at(branch).files)
        for path, content in changes.items():
            if content is None:
                del files[path]
            else:
                sha256, _ = self.contents.add(content)
                large = self.is_large(path, len(content), content[:512], branch)
                files[path] = File.large(sha256, len(content)) if large else File.regular(content)
        return self.record(branch, files, title)

    def at(self, revision: str) -> Commit:
        """The commit that a branch, a tag, or the beginning of an id names.

        Raises:
            UnknownRevisionError: if there is none.
        """
        for names, prefix in ((self.branches, "refs/heads/"), (self.tags, "refs/tags/")):
            if (id_ := names.get(revision) or names.get(revision.removeprefix(prefix))) is not None:
                return self.commits[id_]
        found = [id_ for id_ in self.commits if id_.startswith(revision)]
        if len(found) != 1 or not re.fullmatch("[0-9a-f]{7,40}", revision):
            raise UnknownRevisionError(revision)
        return self.commits[found[0]]

    def history(self, revision: str = "main") -> Iterator[Commit]:
        """The commits that lead to a revision, newest first."""
        commit: Commit | None = self.at(revision)
        while commit is not None:
            yield commit
            commit = self.commits[commit.parent] if commit.parent else None

    def record(self, branch: str, files: Mapping[str, File], title: str, message: str = "") -> str:
        """Make a commit with these files the newest of a branch; its id."""
        parent = self.branches.get(branch)
        tree = sorted((path, file.git_hash) for path, file in files.items())
        # The count of commits keeps apart those that would be equal otherwise: git does it by the time.
        description = repr((self.kind, self.name, parent, title, message, tree, len(self.commits)))
        id_ = hashlib.sha1(description.encode()).hexdigest()
        date = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z")
        self.commits[id_] = Commit(id_, parent, title, message, date, MappingProxyType(dict(files)))
        self.branches[branch] = id_
        return id_

    def is_large(self, path: str, size: int, sample: bytes, revision: str = "main") -> bool:
        """Whether a file belongs in large file storage: by its size, its beginning, or .gitattributes."""
        if size == 0:
            return False
        return size > LARGE or is_binary(sample) or any(fits(path, p) for p in self._large_patterns(revision))

    def _large_patterns(self, revision: str) -> list[str]:
        if ".gitattributes" not in self.at(revision).files:
            return []
        lines = self.read(".gitattributes", revision).decode().splitlines()
        return [line.split()[0] for line in lines if "filter=lfs" in line.split()[1:]]


def is_binary(sample: bytes) -> bool:
    return b"\0" in sample


def fits(path: str, pattern: str) -> bool:
    """Whether a pattern of .gitattributes is for this path. Without a slash, it is for names in any folder."""
    return fnmatch(path if "/" in pattern else path.rsplit("/", 1)[-1], pattern)
