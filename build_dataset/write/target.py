"""The dataset folder that a build is to make: whether it may be replaced, and what to say if it cannot be written."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from build_dataset.errors import DatasetError
from build_dataset.write import manifest
from build_dataset.write.folder import staging_folder
from build_dataset.write.inventory import files


def check_replaceable(target: Path) -> None:
    """Refuse to replace what is no dataset folder of ours, or holds a file that is none of its own.

    Raises:
        DatasetError: it is refused.
    """
    if not target.exists() or (target.is_dir() and not any(target.iterdir())):
        return
    try:
        known = {entry["path"] for entry in manifest.read_manifest(target)["files"]} | {manifest.NAME}
    except (DatasetError, KeyError, TypeError) as error:
        raise DatasetError(
            f"{target}: there, and not a dataset folder; remove it or name another --out"
        ) from error
    strays = [path for path in (".git", *files(target)) if path not in known and (target / path).exists()]
    if strays:
        stray = target / strays[0]
        raise DatasetError(f"{stray}: not part of the dataset there; move it away or name another --out")


@contextmanager
def written(target: Path) -> Iterator[None]:
    """Say what cannot be written, and what is kept of the work that is done."""
    try:
        yield
    except OSError as error:  # a source that cannot be read has been reported: it is the target
        reason = os.strerror(error.errno) if error.errno else error
        raise DatasetError(f"{target}: cannot be written: {reason}{_going_on(target)}") from error


def _going_on(target: Path) -> str:
    """What to say of the work that is done when a build ends before its time."""
    left = staging_folder(target)
    return f"; what is finished is kept in {left}, the same command goes on from it" if left.exists() else ""
