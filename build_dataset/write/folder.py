"""A folder that appears whole or not at all, whenever the process is killed.

The new folder is built in a hidden folder beside its place (the same file system, so that a rename is one
step). Where there is an old one, both change places in a single step of the kernel; the old one, now hidden,
is removed. What a killed run leaves is hidden; the next run into the same place goes on from what was finished, and
sweeps the rest.
"""

import ctypes
import errno
import fcntl
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

from build_dataset.errors import DatasetError

AT_FDCWD = -100
RENAME_EXCHANGE = 2
NOT_SUPPORTED = {errno.ENOSYS, errno.EINVAL, errno.ENOTSUP}


FINISHED = "finished"
"""The folder of what stays for a later run, if this one is stopped: each thing in it is put there in one step."""


@contextmanager
def staged(target: Path) -> Iterator[Path]:
    """A hidden folder near `target`, for this process alone; in its `FINISHED` is what an earlier run left there.

    At the end it is gone. After an error it stays for the next run, if something in it is finished.

    Raises:
        DatasetError: another process is at work on the same target, or the folder above cannot be written.
    """
    staging = staging_folder(target)
    with _locked(target):
        recover(target)
        work = _taken_over(staging)
        try:
            yield work
        except BaseException:
            if not any((work / FINISHED).iterdir()):
                _remove(staging)
            raise
        _remove(staging)


def staging_folder(target: Path) -> Path:
    """Where a dataset is made before it is put in place."""
    return target.with_name(f".{target.name}.building")


def _taken_over(staging: Path) -> Path:
    """A folder in `staging` with what earlier runs finished, and nothing else.

    Its name is new. A worker of a run that was killed may still be at work for a moment: it no longer finds its files.
    """
    work = staging / uuid4().hex
    staging.mkdir(exist_ok=True)
    for left in staging.iterdir():
        if (left / FINISHED).is_dir() and not work.exists():
            left.rename(work)
        else:
            _remove(left)
    (work / FINISHED).mkdir(parents=True, exist_ok=True)
    for left in work.iterdir():
        if left.name != FINISHED:
            _remove(left)
    return work


@contextmanager
def _locked(target: Path) -> Iterator[None]:
    """Hold the lock file beside `target`; the kernel lets go of it when the process ends, however it ends."""
    path = target.with_name(f".{target.name}.lock")
    while True:
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            lock = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
        except OSError as error:
            raise DatasetError(f"{target}: cannot be written: {error.strerror}") from error
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            os.close(lock)
            raise DatasetError(f"{target}: another build is writing it; wait for it to end") from error
        if _is(path, lock):
            break
        os.close(lock)  # its owner removed it in between
    try:
        yield
    finally:
        path.unlink(missing_ok=True)
        os.close(lock)


def _is(path: Path, descriptor: int) -> bool:
    """Whether an open file is still the one at its path."""
    try:
        return os.path.samestat(path.stat(), os.fstat(descriptor))
    except FileNotFoundError:
        return False


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
    _remove(previous)


def recover(target: Path) -> None:
    """Undo a replacement in two steps killed after the first, or finish one killed after the second."""
    previous = _previous(target)
    if previous.exists() and not target.exists():
        previous.rename(target)
    _remove(previous)


def _remove(path: Path) -> None:
    """Remove a folder or a file, if it is there."""
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
