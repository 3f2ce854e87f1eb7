"""What describes a dataset folder (manifest, card, Croissant), compared with the files."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from build_dataset.errors import DatasetError
from build_dataset.schema import SCHEMA_VERSION
from build_dataset.validate.finding import Finding
from build_dataset.validate.tables import Contents
from build_dataset.write import card, croissant
from build_dataset.write.inventory import Shard, files, hash_file, read_shards
from build_dataset.write.manifest import NAME, read_manifest


def check_description(folder: Path, contents: Contents) -> list[Finding]:
    """Check that the manifest, the card and the Croissant file say what is there.

    Raises:
        DatasetError: there is no manifest of ours.
    """
    manifest = read_manifest(folder)
    findings = [*_files_are_as_listed(folder, manifest), *_manifest_is_in_step(manifest, contents)]
    if contents.rows:  # the tables could be read
        shards = read_shards(folder)
        findings += _card_is_in_step(folder, shards)
        findings += _croissant_is_in_step(folder, shards)
    return findings


def _files_are_as_listed(folder: Path, manifest: dict[str, Any]) -> Iterator[Finding]:
    """Nothing was changed, added or lost since the build: the manifest lists each file with size and hash."""
    listed = {entry["path"]: entry for entry in manifest.get("files", ())}
    there = set(files(folder)) - {NAME}
    code = "files_are_as_listed"
    for path in sorted(there - listed.keys()):
        yield Finding(code, path, None, "not in manifest.json")
    for path, entry in sorted(listed.items()):
        if path not in there:
            yield Finding(code, path, None, "missing")
        elif (folder / path).stat().st_size != entry["bytes"]:
            yield Finding(code, path, None, f"size is not the {entry['bytes']} bytes that manifest.json says")
        elif hash_file(folder / path) != entry["sha256"]:
            yield Finding(code, path, None, "sha256 is not what manifest.json says")


def _manifest_is_in_step(manifest: dict[str, Any], contents: Contents) -> Iterator[Finding]:
    """The manifest's schema version, numbers of rows and digests of contents are those of the tables."""
    code = "manifest_is_in_step"
    version = manifest.get("schema_version")
    if version != SCHEMA_VERSION:
        yield Finding(code, NAME, None, f"schema_version is {version}, this program's {SCHEMA_VERSION}")
    for table in contents.rows:
        rows = manifest.get("rows", {}).get(table)
        if rows != contents.rows[table]:
            yield Finding(code, NAME, None, f"rows of {table}: {rows}, but there are {contents.rows[table]}")
        if manifest.get("content_sha256", {}).get(table) != contents.digests[table]:
            yield Finding(code, NAME, None, f"content_sha256 of {table} is not that of its rows")


def _card_is_in_step(folder: Path, shards: dict[str, list[Shard]]) -> Iterator[Finding]:
    """The card's configurations, features and sizes are those of the files: `datasets` relies on them."""
    code = "card_is_in_step"
    try:
        matter = card.read_front_matter(folder)
    except DatasetError as error:
        yield Finding(code, card.NAME, None, str(error))
        return
    expected = {"configs": card.configs(), "dataset_info": card.dataset_info(shards)}
    for key, value in expected.items():
        if not isinstance(matter, dict) or matter.get(key) != value:
            yield Finding(code, card.NAME, None, f"{key} in the front matter is not what the files give")


def _croissant_is_in_step(folder: Path, shards: dict[str, list[Shard]]) -> Iterator[Finding]:
    """croissant.json names the files with their hashes, and the fields of the schema."""
    code = "croissant_is_in_step"
    try:
        found = json.loads((folder / croissant.NAME).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        yield Finding(code, croissant.NAME, None, f"cannot be read: {error}")
        return
    expected = croissant.croissant(shards)
    for key in ("conformsTo", "version", "distribution", "recordSet"):
        if not isinstance(found, dict) or found.get(key) != expected[key]:
            yield Finding(code, croissant.NAME, None, f"{key} is not what the files and the schema give")
