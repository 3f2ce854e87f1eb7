"""What a release adds to a dataset folder, made from the release before it on the hub."""

import tempfile
from collections.abc import Sequence
from pathlib import Path
from shutil import copyfile

from build_dataset.errors import DatasetError
from build_dataset.examine.diff import compare
from build_dataset.publish.notes import first_release_notes, release_notes
from build_dataset.publish.plan import LocalFile
from build_dataset.publish.repository import Repository, Revision
from build_dataset.write import card, manifest
from build_dataset.write.release import (
    CHANGELOG,
    Release,
    apply_release,
    changelog,
    checked_version,
    version_key,
)

FILES = (CHANGELOG, card.NAME, manifest.NAME)
"""What a release writes, the manifest last: it vouches for the card."""


def stage_release(
    folder: Path, repository: Repository, tag: str, tags: set[str], local: Sequence[LocalFile], aside: Path
) -> list[LocalFile]:
    """Write what a release changes of a folder, beside it.

    Args:
        folder: the dataset folder, which stays as it is.
        repository: where the earlier releases are.
        tag: the version.
        tags: those that are there.
        local: the files of the folder.
        aside: an empty folder for the files that the release changes.

    Returns:
        The files of the release.

    Raises:
        DatasetError: the release before cannot be read.
    """
    notes, history = _history(folder, repository, _release_before(tag, tags), local)
    for name in (card.NAME, manifest.NAME):
        copyfile(folder / name, aside / name)
    release = Release(tag, notes)
    apply_release(aside, release)
    (aside / CHANGELOG).write_text(changelog(release, history), encoding="utf-8", newline="\n")
    changed = [LocalFile.at(aside / name, name) for name in FILES]
    return [*(file for file in local if file.path not in FILES), *changed]


def adopt_release(folder: Path, aside: Path) -> None:
    """Make a release that was published the state of the folder, too, so that both hold the same.

    Raises:
        DatasetError: the folder cannot be written.
    """
    place = folder.resolve()
    fresh = {name: place.with_name(f".{place.name}.{name}") for name in FILES}  # beside it: no stray inside
    try:
        for name in FILES:
            copyfile(aside / name, fresh[name])
        for name in FILES:
            fresh[name].replace(place / name)
    except OSError as error:
        raise DatasetError(
            f"{folder}: published, but the folder cannot be written: {error.strerror}"
        ) from error


def _release_before(tag: str, tags: set[str]) -> str | None:
    """The latest version before this one."""
    versions = [(key, name) for name in tags if (key := version_key(name)) is not None]
    older = [(key, name) for key, name in versions if key < checked_version(tag)]
    return max(older)[1] if older else None


def _history(
    folder: Path, repository: Repository, before: str | None, local: Sequence[LocalFile]
) -> tuple[str, str | None]:
    """What is new in the folder since a release, and the changelog of that release."""
    older = repository.revision(before) if before else None
    if before is None or older is None or manifest.NAME not in {file.path for file in older.files}:
        return first_release_notes(manifest.read_manifest(folder)["rows"]), None
    with tempfile.TemporaryDirectory(prefix="build-dataset-") as place:
        _fetch(repository, older, local, Path(place))
        with compare(Path(place), folder, limit=0) as comparison:
            notes = release_notes(comparison, before)
        history = Path(place, CHANGELOG)
        return notes, history.read_text(encoding="utf-8") if history.exists() else None


def _fetch(repository: Repository, revision: Revision, local: Sequence[LocalFile], into: Path) -> None:
    """A revision as a folder: what is the same here is linked, and only the rest downloaded."""
    here = {file.sha256: file.local for file in local}
    missing = []
    for file in revision.files:
        same = here.get(file.sha256) if file.sha256 else None
        if same is None:
            missing.append(file.path)
        else:
            (into / file.path).parent.mkdir(parents=True, exist_ok=True)
            (into / file.path).symlink_to(same.resolve())
    repository.download(missing, revision.commit, into)
