"""One side of a comparison: what a dataset folder says of itself, its files, and its rows batch by batch."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from build_dataset.errors import DatasetError
from build_dataset.schema import TABLES
from build_dataset.schema.derived import KEYS
from build_dataset.write.inventory import Shard, files, hash_file, read_shard, shard_paths
from build_dataset.write.manifest import read_manifest

SETTINGS = ("schema_version", "built_with", "options")
"""The entries of a manifest that say what a folder was built with."""


@dataclass(frozen=True, slots=True)
class Part:
    """A file of a table and the number of its first row in the whole table."""

    first: int
    shard: Shard


@dataclass(frozen=True, slots=True)
class TableFiles:
    """The files of a table in one folder, in order, all with the same columns."""

    folder: Path
    name: str
    schema: pa.Schema
    parts: Sequence[Part]

    @property
    def key(self) -> str:
        """The column that identifies a record."""
        return KEYS[self.name]

    def without(self, contents: Counter[str]) -> "TableFiles":
        """The table without so many files of each content (SHA-256) as are given."""
        left = contents.copy()
        parts = []
        for part in self.parts:
            if left[part.shard.sha256]:
                left[part.shard.sha256] -= 1
            else:
                parts.append(part)
        return TableFiles(self.folder, self.name, self.schema, parts)

    def batches(self, columns: Sequence[str], rows: int) -> Iterator[tuple[int, pa.RecordBatch]]:
        """The rows in order, at most `rows` at a time, each batch with the number of its first row.

        Raises:
            DatasetError: a file cannot be read.
        """
        for part in self.parts:
            path = self.folder / part.shard.path
            first = part.first
            try:
                with pq.ParquetFile(path) as file:
                    for batch in file.iter_batches(batch_size=rows, columns=list(columns)):
                        yield first, batch.select(columns)
                        first += batch.num_rows
            except (OSError, pa.ArrowException) as error:
                raise DatasetError(f"{path}: cannot be read: {error}") from error


@dataclass(frozen=True, slots=True)
class Folder:
    """What is compared of a dataset folder."""

    path: Path
    settings: Mapping[str, Any]
    """Path in the manifest → what the folder was built with."""
    tables: Mapping[str, TableFiles]
    hashes: Mapping[str, str]
    """File, relative to the folder → SHA-256 of what stands there now, whatever the manifest says."""


def read_folder(path: Path) -> Folder:
    """Look at a dataset folder: manifest, hashes and columns, but no rows.

    Raises:
        DatasetError: it is no dataset folder, or a table has no files, unreadable ones, or some with other
            columns than the rest.
    """
    settings = _settings(read_manifest(path))
    tables = {table: _table(path, table) for table in TABLES}
    known = {part.shard.path: part.shard.sha256 for table in tables.values() for part in table.parts}
    hashes = {name: known.get(name) or hash_file(path / name) for name in files(path)}
    return Folder(path, settings, tables, hashes)


def _settings(manifest: Mapping[str, Any]) -> dict[str, Any]:
    settings: dict[str, Any] = {}
    for entry in SETTINGS:
        value = manifest.get(entry)
        if isinstance(value, Mapping):
            settings |= {f"{entry}.{name}": one for name, one in value.items()}
        else:
            settings[entry] = value
    return settings


def _table(folder: Path, table: str) -> TableFiles:
    paths = shard_paths(folder, table)
    if not paths:
        raise DatasetError(f"{folder}: no Parquet file in {table}/; name a dataset folder that `build` wrote")
    parts: list[Part] = []
    first = 0
    for path in paths:
        shard = _shard(folder, path)
        parts.append(Part(first, shard))
        first += shard.rows
    return TableFiles(folder, table, _schema(paths, KEYS[table]), parts)


def _shard(folder: Path, path: Path) -> Shard:
    try:
        return read_shard(folder, path)
    except (OSError, pa.ArrowException) as error:
        raise DatasetError(f"{path}: not a Parquet file that can be read: {error}") from error


def _schema(paths: Sequence[Path], key: str) -> pa.Schema:
    """The columns of files that all have the same."""
    schema, *others = map(pq.read_schema, paths)
    for path, other in zip(paths[1:], others, strict=True):
        if not other.equals(schema):
            raise DatasetError(f"{path}: other columns than {paths[0].name}; see `build-dataset validate`")
    if key not in schema.names or schema.field(key).type not in (pa.string(), pa.large_string()):
        raise DatasetError(f"{paths[0]}: no column {key} of strings; see `build-dataset validate`")
    return schema
