"""Files that are locked: the kernel lets go of them when the process ends, however it ends."""

import errno
import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

LOCK = ".lock"
"""The file whose lock stands for the folder that it lies in."""

NO_LOCKS = {errno.ENOLCK, errno.ENOSYS, errno.ENOTSUP}
"""A file system of a network may have none: then nobody is kept out."""


@contextmanager
def locked(path: Path, shared: bool = False) -> Iterator[bool]:
    """Hold the lock of a file, which is made if it is not there; gives False where another process holds it.

    Args:
        path: the file. Whoever holds its lock alone may remove it: a lock of a file that is no longer there counts for
            nothing.
        shared: with all who want it shared as well.

    Raises:
        OSError: the file cannot be written.
    """
    while True:
        lock = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
        try:
            free = _lock(lock, shared)
            if not free or _is(path, lock):
                yield free
                return
        finally:
            os.close(lock)  # or else its owner removed it in between


def _lock(descriptor: int, shared: bool) -> bool:
    kind = fcntl.LOCK_SH if shared else fcntl.LOCK_EX
    try:
        fcntl.flock(descriptor, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError as error:
        if error.errno not in NO_LOCKS:
            raise
    return True


def _is(path: Path, descriptor: int) -> bool:
    """Whether an open file is still the one at its path."""
    with suppress(FileNotFoundError):
        return os.path.samestat(path.stat(), os.fstat(descriptor))
    return False
