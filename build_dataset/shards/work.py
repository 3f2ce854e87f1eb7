"""Which store a build keeps its finished shards in."""

from pathlib import Path

from build_dataset.read.location import is_address
from build_dataset.shards.object_store import ObjectStore
from build_dataset.shards.store import FolderStore, Store
from build_dataset.write.folder import SHARDS, staging_folder

LOCAL = "file://"


def open_store(target: Path, work: str | None) -> Store:
    """The store for a dataset.

    Args:
        target: the dataset folder.
        work: a folder or an address to keep shards at, under the name of the dataset; None: the hidden folder beside
            `target`.
    """
    if work is None:
        return FolderStore(staging_folder(target) / SHARDS)
    name = f"{target.name}.{SHARDS}"
    if is_address(work) and not work.startswith(LOCAL):
        return ObjectStore(f"{work.rstrip('/')}/{name}")
    return FolderStore(Path(work.removeprefix(LOCAL)).resolve() / name)
