"""manifest.json: what a dataset was built from and with, and the hash of everything in it.

It is written last and makes a folder a dataset folder. The long lists stand one entry a line, and are written
as they come.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pyarrow as pa

from build_dataset import __version__
from build_dataset.errors import DatasetError
from build_dataset.schema import SCHEMA_VERSION
from build_dataset.write.inventory import Shard, files, hash_file

NAME = "manifest.json"
FORMAT = "build-dataset"


def write_manifest(
    folder: Path,
    options: Mapping[str, str],
    shards: Mapping[str, Iterable[Shard]],
    contents: Mapping[str, str],
    counters: Mapping[str, Mapping[str, int]],
    lists: Mapping[str, Iterable[Mapping[str, Any]]],
) -> None:
    """Write the manifest of a folder that is otherwise complete.

    Args:
        folder: the dataset folder.
        options: what decides the records beside the sources and the versions.
        shards: table → its files.
        contents: table → digest of its rows.
        counters: stage → what went through it.
        lists: `sources`, `duplicates`, `skipped`, `warnings`: what it was built from.
    """
    head: dict[str, Any] = {
        "format": FORMAT,
        "schema_version": SCHEMA_VERSION,
        "built_with": {
            "build-dataset": __version__,
            "pyarrow": pa.__version__,
            "matplotlib": version("matplotlib"),  # not imported for that
        },
        "options": dict(options),
        "rows": {table: sum(shard.rows for shard in of_table) for table, of_table in shards.items()},
        "content_sha256": dict(contents),
        "counters": dict(counters),
    }
    described = {shard.path: shard for of_table in shards.values() for shard in of_table}
    with (folder / NAME).open("w", encoding="utf-8", newline="\n") as out:
        out.writelines(_json({**head, "files": _files(folder, described), **lists}))


def update_manifest(folder: Path, changed: str, more: Mapping[str, str]) -> None:
    """Write the manifest anew after one file changed, with some more values.

    Args:
        folder: holds the manifest and that file.
        changed: the path of the file.
        more: what else the manifest shall say.
    """
    manifest = read_manifest(folder)
    size, digest = (folder / changed).stat().st_size, hash_file(folder / changed)
    for entry in manifest["files"]:
        if entry["path"] == changed:
            entry |= {"bytes": size, "sha256": digest}
    lines = list(_json(manifest | dict(more)))
    with (folder / NAME).open("w", encoding="utf-8", newline="\n") as out:
        out.writelines(lines)


def _files(folder: Path, shards: Mapping[str, Shard]) -> Iterator[dict[str, Any]]:
    for path in files(folder):
        if path == NAME:
            continue
        shard = shards.get(path)
        yield {
            "path": path,
            "bytes": shard.bytes if shard else (folder / path).stat().st_size,
            "sha256": shard.sha256 if shard else hash_file(folder / path),
            **({"rows": shard.rows} if shard else {}),
        }


def _json(values: Mapping[str, Any]) -> Iterator[str]:
    """A JSON object: short values as they are, lists one entry a line."""
    separator = "{\n"
    for key, value in values.items():
        yield f"{separator}  {_text(key)}: "
        separator = ",\n"
        if isinstance(value, str | Mapping):
            yield _text(value)
            continue
        before, after = "[", "[]"
        for entry in value:
            yield f"{before}\n    {_text(entry)}"
            before, after = ",", "\n  ]"
        yield after
    yield "\n}\n"


def _text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def read_manifest(folder: Path) -> dict[str, Any]:
    """The manifest of a dataset folder.

    Raises:
        DatasetError: there is none, or it is not one of ours.
    """
    path = folder / NAME
    try:
        manifest = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        where = "has no manifest.json" if folder.is_dir() else "is not a folder"
        raise DatasetError(f"{folder}: not a dataset folder: it {where}") from error
    except (OSError, ValueError) as error:
        raise DatasetError(f"{path}: cannot be read: {error}") from error
    if not isinstance(manifest, dict) or manifest.get("format") != FORMAT:
        raise DatasetError(f"{path}: not the manifest of a dataset folder of build-dataset")
    return manifest
