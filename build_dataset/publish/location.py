"""Where a dataset is: a folder, or a revision of a repository on the Hugging Face Hub."""

import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from build_dataset.errors import DatasetError
from build_dataset.publish.repository import Repository

HUB = re.compile(r"(?:hf://datasets/)?(?P<name>[\w.-]+/[\w.-]+?)/?(?:@(?P<revision>.+))?")
SCHEME = "hf://"


@dataclass(frozen=True, slots=True)
class HubLocation:
    """A revision of a repository."""

    name: str
    revision: str = "main"

    def __str__(self) -> str:
        """As it is written on the command line."""
        return f"{SCHEME}datasets/{self.name}@{self.revision}"


Location = Path | HubLocation


def parse_location(given: str) -> Location:
    """`DIR`, `hf://datasets/ORG/NAME` or `ORG/NAME`, the latter two with `@REVISION` or without.

    A folder that is there goes before a repository of the same name.

    Raises:
        DatasetError: neither is there a folder nor is it the name of a repository.
    """
    if given and not given.startswith(SCHEME) and Path(given).exists():
        return Path(given)
    found = HUB.fullmatch(given)
    if found is None:
        raise DatasetError(
            f"{given}: no such folder; a dataset on the hub is hf://datasets/ORG/NAME[@REVISION]"
        )
    return HubLocation(found["name"], found["revision"] or "main")


@contextmanager
def local_copy(location: Location) -> Iterator[Path]:
    """The dataset as a folder; what is on the hub is downloaded for as long as it is needed.

    Raises:
        DatasetError: there is no such dataset, or it cannot be downloaded.
    """
    if isinstance(location, Path):
        yield location
        return
    repository = Repository(location.name)
    revision = repository.revision(location.revision)
    if revision is None:
        raise DatasetError(
            f"{location}: no such folder here, and no such repository or revision on the hub that you may see"
        )
    with tempfile.TemporaryDirectory(prefix="build-dataset-") as folder:
        repository.download([file.path for file in revision.files], revision.commit, Path(folder))
        yield Path(folder)
