"""What makes a build a release: its version, and what it says of the one before, in the card and the manifest.

A build knows nothing of its history, so that it is the same wherever it is made. A release adds what is known when it
is published, and nothing else: with the same `Release` a rebuild gives the same bytes.
"""

import re
from dataclasses import dataclass
from pathlib import Path

from build_dataset.errors import DatasetError
from build_dataset.write import card
from build_dataset.write.manifest import read_manifest, update_manifest

CHANGELOG = "CHANGELOG.md"
VERSION = re.compile(r"v?(\d+)\.(\d+)\.(\d+)")

HEAD = """# Changelog

What changed from one release of this dataset to the next, the newest first. Each is a tag: load it with
`revision="…"`.
"""


@dataclass(frozen=True, slots=True)
class Release:
    """A version of a dataset, and in Markdown what is new in it."""

    version: str
    notes: str


def version_key(version: str) -> tuple[int, int, int] | None:
    """What versions are ordered by; None for a tag that is no version."""
    found = VERSION.fullmatch(version)
    return (int(found[1]), int(found[2]), int(found[3])) if found else None


def checked_version(version: str) -> tuple[int, int, int]:
    """What a version is ordered by.

    Raises:
        DatasetError: it is no semantic version.
    """
    key = version_key(version)
    if key is None:
        raise DatasetError(f"{version}: not a version; a tag is written v1.2.0 (semantic versioning)")
    return key


def apply_release(folder: Path, release: Release) -> None:
    """Write a release into the card and the manifest of a folder that has at least these two."""
    path = folder / card.NAME
    text = card.with_changes(path.read_text(encoding="utf-8"), f"**{release.version}.** {release.notes}")
    path.write_text(text, encoding="utf-8", newline="\n")
    update_manifest(folder, card.NAME, {"release": release.version})


def read_release(folder: Path) -> Release | None:
    """The release that a dataset folder is; None for a mere build."""
    version = read_manifest(folder).get("release")
    if version is None:
        return None
    notes = card.changes((folder / card.NAME).read_text(encoding="utf-8"))
    return Release(version, notes.removeprefix(f"**{version}.** "))


def changelog(release: Release, before: str | None) -> str:
    """The changelog with a release on top.

    Args:
        release: the new one.
        before: the changelog of the release before, or None.
    """
    older = (before or HEAD).partition("\n## ")
    section = f"\n## {release.version}\n\n{release.notes.strip()}\n"
    return f"{HEAD}{section}{older[1]}{older[2]}"
