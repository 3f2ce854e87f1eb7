"""What stands in a dataset folder, read off its files: names, sizes, hashes, rows."""

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import file_digest
from pathlib import Path

import pyarrow.parquet as pq

from build_dataset.schema import TABLES

HUB_FILES = {".gitattributes", ".cache", ".git", "CHANGELOG.md"}
"""What stands beside the dataset in a folder that comes from the Hugging Face Hub: its history is no part of it."""


@dataclass(frozen=True, slots=True)
class Shard:
    """A Parquet file of a table."""

    path: str
    """Relative to the dataset folder, with `/`."""
    bytes: int
    sha256: str
    rows: int
    uncompressed_bytes: int


def hash_file(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as stream:
        return file_digest(stream, "sha256").hexdigest()


def shard_paths(folder: Path, table: str) -> list[Path]:
    """The Parquet files of a table, in order."""
    return sorted((folder / table).glob("*.parquet"))


def read_shard(folder: Path, path: Path) -> Shard:
    """What a Parquet file's footer and bytes say."""
    footer = pq.read_metadata(path)
    return Shard(
        path=path.relative_to(folder).as_posix(),
        bytes=path.stat().st_size,
        sha256=hash_file(path),
        rows=footer.num_rows,
        uncompressed_bytes=sum(footer.row_group(n).total_byte_size for n in range(footer.num_row_groups)),
    )


def read_shards(folder: Path) -> dict[str, list[Shard]]:
    """Table → its Parquet files."""
    return {table: [read_shard(folder, path) for path in shard_paths(folder, table)] for table in TABLES}


def files(folder: Path) -> Iterator[str]:
    """The paths of all files in a folder, relative to it, sorted; without what a download or a clone adds."""
    for path in sorted(folder.rglob("*")):
        relative = path.relative_to(folder)
        if not path.is_dir() and relative.parts[0] not in HUB_FILES:
            yield relative.as_posix()
