"""A dataset repository on the Hugging Face Hub: what it holds, and one atomic commit into it.

Everything goes through the `huggingface_hub` client, which knows the endpoint (`HF_ENDPOINT`), the token (`HF_TOKEN` or
the file that `hf auth login` writes) and how bytes travel. Its errors become sentences (`errors`).
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from build_dataset.publish.errors import MissingError, UnansweredError, sentences

if TYPE_CHECKING:
    from huggingface_hub import (
        CommitOperationAdd,
        CommitOperationCopy,
        CommitOperationDelete,
        HfApi,
    )

TYPE = "dataset"
ATTEMPTS = 3
"""How often a request is made that the server fails to answer, or answers with an error of its own."""
WAIT_SECONDS = 1.0
"""Before the second attempt; twice as long before each further one."""

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class RemoteFile:
    """A file of a revision, as the hub's own metadata describe it."""

    path: str
    bytes: int
    sha256: str | None
    """Of a large file; None for one that is stored in git itself."""
    git_sha1: str
    """Of the git object: the content for a small file."""


@dataclass(frozen=True, slots=True)
class Revision:
    """A commit and what it holds."""

    commit: str
    files: tuple[RemoteFile, ...]


@dataclass(frozen=True, slots=True)
class Addition:
    """A file to upload."""

    path: str
    local: Path


@dataclass(frozen=True, slots=True)
class Move:
    """A file whose content is in the repository already, at another path."""

    path: str
    source: str


Operation = Addition | Move | str
"""A string is the path of a file to delete."""


class Repository:
    """A dataset repository by its name, `ORG/NAME`."""

    def __init__(self, name: str) -> None:
        self.name = name

    @property
    def _api(self) -> "HfApi":
        from huggingface_hub import HfApi  # half a second: only where the hub is asked

        return HfApi()

    def has_token(self) -> bool:
        """Whether somebody is logged in here."""
        from huggingface_hub import get_token

        return get_token() is not None

    def revision(self, name: str = "main") -> Revision | None:
        """What a branch, tag or commit holds; None where there is none, or it is not for us to see.

        Raises:
            DatasetError: the hub cannot be reached, or refuses the token.
        """
        try:
            info = self._ask(lambda: self._api.repo_info(self.name, repo_type=TYPE, revision=name))
            entries = self._ask(lambda: self._tree(str(info.sha)))
        except MissingError:
            return None
        return Revision(str(info.sha), tuple(entries))

    def _tree(self, commit: str) -> list[RemoteFile]:
        from huggingface_hub.hf_api import RepoFile

        tree = self._api.list_repo_tree(self.name, repo_type=TYPE, revision=commit, recursive=True)
        return [
            RemoteFile(entry.path, entry.size, entry.lfs.sha256 if entry.lfs else None, entry.blob_id)
            for entry in tree
            if isinstance(entry, RepoFile)
        ]

    def tags(self) -> set[str]:
        """The names of all tags.

        Raises:
            DatasetError: the hub cannot be reached, or there is no such repository.
        """
        refs = self._ask(lambda: self._api.list_repo_refs(self.name, repo_type=TYPE))
        return {tag.name for tag in refs.tags}

    def create(self, private: bool) -> None:
        """Create the repository; one that is there stays as it is.

        Raises:
            DatasetError: the token may not.
        """
        self._ask(
            lambda: self._api.create_repo(
                self.name, repo_type=TYPE, exist_ok=True, private=True if private else None
            )
        )

    def create_branch(self, name: str, commit: str) -> None:
        """Create a branch that begins at a commit."""
        self._ask(
            lambda: self._api.create_branch(
                self.name, repo_type=TYPE, branch=name, revision=commit, exist_ok=True
            )
        )

    def create_tag(self, name: str, commit: str, message: str) -> None:
        """Name a commit for good."""
        self._ask(
            lambda: self._api.create_tag(
                self.name, repo_type=TYPE, tag=name, revision=commit, tag_message=message, exist_ok=False
            )
        )

    def download(self, paths: Sequence[str], commit: str, folder: Path) -> None:
        """Download some files of a commit into a folder.

        Raises:
            DatasetError: they cannot be read.
        """
        if paths:  # no pattern at all would mean all files
            self._ask(
                lambda: self._api.snapshot_download(
                    self.name, repo_type=TYPE, revision=commit, local_dir=folder, allow_patterns=list(paths)
                )
            )

    def commit(self, operations: Sequence[Operation], *, branch: str, parent: str, message: str) -> str:
        """Add, move and delete files in one commit, or change nothing.

        An answer that gets lost leaves open whether the commit was made; the caller compares again.

        Args:
            operations: what is to be done.
            branch: where.
            parent: the commit that the operations were planned against.
            message: of the commit.

        Returns:
            The new commit.

        Raises:
            MovedError: the branch is not at `parent` any more; nothing was changed.
            DatasetError: the hub cannot be reached or refuses.
        """
        from huggingface_hub import CommitOperationAdd

        todo = [_operation(one, parent) for one in operations]
        with sentences(self.name):  # the client tries again itself
            self._api.preupload_lfs_files(
                self.name,
                [one for one in todo if isinstance(one, CommitOperationAdd)],
                repo_type=TYPE,
                revision=branch,
            )
        return self._ask(
            lambda: str(
                self._api.create_commit(
                    self.name,
                    todo,
                    repo_type=TYPE,
                    revision=branch,
                    parent_commit=parent,
                    commit_message=message,
                ).oid
            )
        )

    def _ask(self, question: Callable[[], Result]) -> Result:
        """Ask the hub, again if it fails to answer; its errors become sentences."""
        for attempt in range(1, ATTEMPTS + 1):
            try:
                with sentences(self.name):
                    return question()
            except UnansweredError:
                if attempt == ATTEMPTS:
                    raise
                time.sleep(WAIT_SECONDS * 2 ** (attempt - 1))
        raise AssertionError  # the last attempt returns or raises


def _operation(
    operation: Operation, parent: str
) -> "CommitOperationAdd | CommitOperationCopy | CommitOperationDelete":
    from huggingface_hub import CommitOperationAdd, CommitOperationCopy, CommitOperationDelete

    if isinstance(operation, Addition):
        return CommitOperationAdd(operation.path, operation.local)
    if isinstance(operation, Move):
        return CommitOperationCopy(operation.source, operation.path, src_revision=parent)
    return CommitOperationDelete(operation)
