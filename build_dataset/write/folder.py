"""A folder that appears whole or not at all, whenever the process is killed.

The new folder is built in a hidden folder beside its place (the same file system, so that a rename is one
step). Where there is an old one, both change places in a single step of the kernel; the old one, now hidden,
is removed. What a killed run leaves is hidden; the next run into the same place goes on from what was finished, and
sweeps the rest.
"""

import ctypes
import errno
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from uuid import uuid4

from build_dataset.errors import DatasetError
from build_dataset.lock import LOCK, locked

AT_FDCWD = -100
RENAME_EXCHANGE = 2
NOT_SUPPORTED = {errno.ENOSYS, errno.EINVAL, errno.ENOTSUP}


SHARDS = "shards"
"""The folder of what stays for a later run, if this one is stopped: each thing in it is put there in one step."""


@contextmanager
def staged(target: Path) -> Iterator[Path]:
    """A hidden folder near `target`, for this process alone, beside the folder `SHARDS` of earlier runs.

    At the end both are gone. After an error, `SHARDS` stays for the next run if something is in it.

    Raises:
        DatasetError: another process is at work on the same target, or the folder above cannot be written.
    """
    staging = staging_folder(target)
    with _locked(target):
        recover(target)
        work = _swept(staging)
        try:
            yield work
        except BaseException:
            remove(work)
            if not any(path.name != LOCK for path in staging.glob(f"{SHARDS}/*")):
                remove(staging)
            raise
        if (staging / SHARDS).exists():  # a worker of a killed run may still be at work for a moment
            (staging / SHARDS).rename(work / SHARDS)
        remove(staging)


def staging_folder(target: Path) -> Path:
    """Where a dataset is made before it is put in place."""
    return target.with_name(f".{target.name}.building")


def _swept(staging: Path) -> Path:
    """A new folder in `staging`, beside what earlier runs finished and nothing else.

    Its name is new. A worker of a run that was killed may still be at work for a moment: it no longer finds its files.
    """
    staging.mkdir(exist_ok=True)
    for left in staging.iterdir():
        if left.name != SHARDS:
            remove(left)
    work = staging / uuid4().hex
    work.mkdir()
    return work


@contextmanager
def _locked(target: Path) -> Iterator[None]:
    """Hold the lock file beside `target`."""
    path = target.with_name(f".{target.name}.lock")
    with ExitStack() as held:
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            free = held.enter_context(locked(path))
        except OSError as error:
            raise DatasetError(f"{target}: cannot be written: {error.strerror}") from error
        if not free:
            raise DatasetError(f"{target}: another build is writing it; wait for it to end")
        held.callback(path.unlink, missing_ok=True)
        yield


def put_in_place(folder: Path, target: Path) -> None:
    """Make `folder` the folder at `target`; what was there ends up at `folder`."""
    if not target.exists():
        folder.rename(target)
    elif not _exchange(folder, target):
        _replace_in_two_steps(folder, target)


def _exchange(one: Path, other: Path) -> bool:
    """Let two folders change places in one step; False where the system cannot."""
    rename: Callable[..., int] | None = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if rename is None:
        return False
    if rename(AT_FDCWD, os.fsencode(one), AT_FDCWD, os.fsencode(other), RENAME_EXCHANGE) == 0:
        return True
    number = ctypes.get_errno()
    if number in NOT_SUPPORTED:
        return False
    raise OSError(number, os.strerror(number), str(other))


def _previous(target: Path) -> Path:
    return target.with_name(f".{target.name}.previous")


def _replace_in_two_steps(folder: Path, target: Path) -> None:
    """Without exchange: between the two steps the old folder is hidden, and `recover` finds it."""
    previous = _previous(target)
    target.rename(previous)
    folder.rename(target)
    remove(previous)


def recover(target: Path) -> None:
    """Undo a replacement in two steps killed after the first, or finish one killed after the second."""
    previous = _previous(target)
    if previous.exists() and not target.exists():
        previous.rename(target)
    remove(previous)


def remove(path: Path) -> None:
    """Remove a folder or a file, if it is there."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
