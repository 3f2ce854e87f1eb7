"""A dataset repository on the Hugging Face Hub: what it holds, and one atomic commit into it.

Everything goes through the `huggingface_hub` client, which knows the endpoint (`HF_ENDPOINT`), the token (`HF_TOKEN` or
the file that `hf auth login` writes) and how bytes travel. Its errors become sentences here, and nowhere else.
"""

import os
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from build_dataset.errors import DatasetError

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


class MovedError(DatasetError):
    """Somebody else committed since the repository was compared with the folder."""


class _MissingError(DatasetError):
    """There is no such repository, revision or file, or it is not for the owner of this token."""


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
        except _MissingError:
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
        with _sentences(self.name):  # the client tries again itself
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
                with _sentences(self.name):
                    return question()
            except UnansweredError:
                if attempt == ATTEMPTS:
                    raise
                time.sleep(WAIT_SECONDS * 2 ** (attempt - 1))
        raise AssertionError  # the last attempt returns or raises


class UnansweredError(DatasetError):
    """The hub did not answer, or with an error of its own: another attempt may help."""


def _operation(
    operation: Operation, parent: str
) -> "CommitOperationAdd | CommitOperationCopy | CommitOperationDelete":
    from huggingface_hub import CommitOperationAdd, CommitOperationCopy, CommitOperationDelete

    if isinstance(operation, Addition):
        return CommitOperationAdd(operation.path, operation.local)
    if isinstance(operation, Move):
        return CommitOperationCopy(operation.source, operation.path, src_revision=parent)
    return CommitOperationDelete(operation)


@contextmanager
def _sentences(name: str) -> Iterator[None]:
    """Turn what the client raises into a `DatasetError` that says what to do."""
    try:
        yield
    except DatasetError:
        raise
    except Exception as error:
        said = _sentence(name, error)
        if said is None:
            raise
        raise said from error


def _sentence(name: str, error: BaseException) -> DatasetError | None:
    """What to say of an error of the client; None for one that it does not document."""
    from huggingface_hub.errors import (
        HfHubHTTPError,
        HFValidationError,
        LocalTokenNotFoundError,
        OfflineModeIsEnabled,
    )
    from huggingface_hub.utils import httpx  # type: ignore[attr-defined]  # whichever version it uses

    match error:
        case HFValidationError():
            return DatasetError(f"{name}: not the name of a repository; write ORG/NAME")
        case LocalTokenNotFoundError():
            return DatasetError(NO_TOKEN)
        case OfflineModeIsEnabled():
            return DatasetError(f"{name}: HF_HUB_OFFLINE keeps the hub out of reach; unset it")
        case HfHubHTTPError():
            return _answered(name, error.response.status_code, error)
        case httpx.TransportError() | ConnectionError() | TimeoutError():
            return UnansweredError(
                f"{name}: {endpoint()} cannot be reached ({type(error).__name__}); check the network and try "
                "again: nothing was changed"
            )
        case RuntimeError() if error.__cause__:  # an upload that failed, and why
            return _sentence(name, error.__cause__)
    return None


NO_TOKEN = "no token for the Hugging Face Hub: run `hf auth login`, or set HF_TOKEN to one that may write"


def endpoint() -> str:
    """Which hub is asked."""
    return os.environ.get("HF_ENDPOINT", "https://huggingface.co")


def _answered(name: str, status: int, error: Exception) -> DatasetError:
    said = getattr(error, "server_message", None) or f"status {status}"
    match status:
        case 401:
            return _refused(name)
        case 403:
            return DatasetError(f"{name}: this token may not do that ({said}); use one that may write there")
        case 404:
            return _MissingError(
                f"{name}: no such repository, revision or file on {endpoint()}, or none that this token may see"
            )
        case 409 | 412:
            return MovedError(
                f"{name}: somebody else changed it meanwhile; nothing was overwritten. Look at what is new "
                "there, then publish again"
            )
        case 413:
            return DatasetError(f"{name}: a file is too large for the hub ({said}); nothing was changed")
        case 429:
            return DatasetError(f"{name}: too many requests to the hub for now ({said}); try again later")
        case _ if status >= 500:
            return UnansweredError(
                f"{name}: the hub failed ({said}); try again later: it does all or nothing"
            )
        case _:
            return DatasetError(f"{name}: the hub refused ({said})")


def _refused(name: str) -> DatasetError:
    from huggingface_hub import get_token

    if get_token() is None:
        return _MissingError(f"{name}: no such repository on {endpoint()}, or a private one. {NO_TOKEN}")
    return DatasetError(
        f"{name}: the hub does not accept the token for this; run `hf auth login` for one that may write there"
    )
