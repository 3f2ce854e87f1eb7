"""Where sources lie: on this machine, or wherever an address such as `s3://…` or `hf://…` leads."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO, cast

from build_dataset.errors import DatasetError

PACKAGES = {
    "s3": "build-dataset[s3]",
    "s3a": "build-dataset[s3]",
    "gs": "gcsfs",
    "gcs": "gcsfs",
    "abfs": "adlfs",
}
"""What to install for addresses that need more than is there by default."""


WILDCARD = re.compile(r"[*?\[]")


def is_address(location: str) -> bool:
    """Whether it is no path of this machine."""
    return "://" in location


def open_location(location: str) -> BinaryIO:
    """The content of a source.

    Raises:
        OSError: it cannot be opened.
    """
    if not is_address(location):
        return Path(location).open("rb")
    system, path = file_system(location)
    return cast(BinaryIO, system.open(path, "rb"))


def size_of(location: str) -> int:
    """The length of a source in bytes.

    Raises:
        OSError: it cannot be asked for.
    """
    if not is_address(location):
        return Path(location).stat().st_size
    system, path = file_system(location)
    return int(system.size(path))


def find_files(address: str) -> Iterator[tuple[str, str]]:
    """The files that an address leads to: of a folder all of them, of a pattern those that match.

    Yields:
        The address of each with its path under what was named, in order. Hidden ones are left out.

    Raises:
        DatasetError: there is none, or it cannot be asked for.
    """
    try:
        system, root = file_system(address)
        pattern = WILDCARD.search(root)
        if pattern:
            found = [path for path in system.glob(root) if system.isfile(path)]
            root = root[: pattern.start()].rpartition("/")[0]
        elif system.isdir(root):
            found = system.find(root)
        else:
            found = [root] if system.exists(root) else []
            root = root.rpartition("/")[0]
    except DatasetError:
        raise
    except Exception as error:  # each of the systems has errors of its own: no credentials, no such host …
        raise DatasetError(f"{address}: cannot be read: {error}") from error
    if not found:
        raise DatasetError(f"{address}: no such file or folder")
    above = root.rstrip("/") + "/"
    for path in sorted(found):
        relative = path.removeprefix(above)
        if not any(part.startswith(".") for part in relative.split("/")):
            yield system.unstrip_protocol(path), relative


def file_system(address: str, *, fresh: bool = False) -> tuple[Any, str]:
    """The file system of an address, and the path in it.

    Args:
        address: of a file or a folder.
        fresh: whether what others do there at this time shall be seen: no listing is kept.

    Raises:
        DatasetError: a package for it is missing, or there is none.
    """
    from fsspec.core import url_to_fs

    protocol = address.partition("://")[0]
    try:
        system, path = url_to_fs(address, **({"use_listings_cache": False} if fresh else {}))
    except ImportError as error:
        package = PACKAGES.get(protocol, f"a package for {protocol}")
        raise DatasetError(f"{address}: {protocol} is an extra; pip install '{package}'") from error
    except ValueError as error:
        raise DatasetError(f"{address}: cannot be read: {error}") from error
    return system, path


def trouble(error: OSError) -> str:
    """What to say of a source that cannot be read."""
    return f"cannot be read: {(error.strerror or str(error)).lower()}"
