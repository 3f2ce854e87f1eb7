"""Publishing: compare the folder with the repository, upload what changed in one commit, name the release.

validate → compare by hashes → (release notes) → one commit on the revision compared with → look again → tag
"""

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from shutil import copyfile
from typing import Any

from build_dataset.errors import DatasetError
from build_dataset.examine.diff import compare
from build_dataset.publish.notes import first_release_notes, release_notes
from build_dataset.publish.plan import LocalFile, Plan, plan
from build_dataset.publish.repository import NO_TOKEN, MovedError, Repository, Revision, UnansweredError
from build_dataset.write import card, manifest
from build_dataset.write.inventory import files
from build_dataset.write.release import (
    CHANGELOG,
    Release,
    apply_release,
    changelog,
    checked_version,
    version_key,
)

MAIN = "main"


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked of a publication.

    `branch` is created if there is none; `tag` is the version that is released, or None; `message` is that of the
    commit, or None for one that says what changed.
    """

    branch: str = MAIN
    private: bool = False
    tag: str | None = None
    message: str | None = None
    dry_run: bool = False


@dataclass(frozen=True, slots=True)
class Publication:
    """What was published, or would be."""

    repository: str
    request: Request
    plan: Plan
    commit: str | None
    """What the branch is at afterwards; None if it was a dry run of a repository that is not there."""

    def as_json(self) -> dict[str, Any]:
        """The publication as a JSON object."""
        return {
            "repository": self.repository,
            "commit": self.commit,
            **asdict(self.request),
            "plan": self.plan.as_json(),
        }


def publish(folder: Path, repository: Repository, request: Request) -> Publication:
    """Make a repository hold a dataset folder that is known to be valid.

    Args:
        folder: the dataset folder.
        repository: where to; it is created if it is not there.
        request: how.

    Returns:
        What was done; with nothing to do there is no commit.

    Raises:
        DatasetError: no token, no permission, no network, a tag that is taken, a branch that moved. The
            repository is then as it was, but for a branch that may have been created.
    """
    if request.tag is not None:
        checked_version(request.tag)
    if not request.dry_run and not repository.has_token():
        raise DatasetError(NO_TOKEN)
    revision = repository.revision(request.branch)
    if revision is None:
        revision = repository.revision(MAIN) if request.dry_run else _created(repository, request)
    tags = repository.tags() if revision else set()
    with _contents(folder, repository, request.tag, tags) as local:
        if request.tag in tags:
            return _already(repository, request, local, request.tag)
        todo = plan(local, revision.files if revision else ())
        if request.dry_run or revision is None:
            at = revision.commit if revision else None
            return Publication(repository.name, request, todo, at)
        commit = _committed(repository, request, local, revision, todo)
    if request.tag is not None:
        repository.create_tag(request.tag, commit, f"Release {request.tag}")
    return Publication(repository.name, request, todo, commit)


def _created(repository: Repository, request: Request) -> Revision:
    """The branch, new, in a repository that may be new too."""
    repository.create(request.private)
    main = repository.revision(MAIN)
    if main is None:
        raise DatasetError(f"{repository.name}: this token may not see it; use one that may write there")
    if request.branch == MAIN:
        return main
    repository.create_branch(request.branch, main.commit)
    return Revision(main.commit, main.files)


@contextmanager
def _contents(
    folder: Path, repository: Repository, tag: str | None, tags: set[str]
) -> Iterator[Sequence[LocalFile]]:
    """The files to publish: those of the folder, some of them as the release has them."""
    local = {path: LocalFile.at(folder / path, path) for path in files(folder)}
    if tag is None:
        yield list(local.values())
        return
    with tempfile.TemporaryDirectory(prefix="build-dataset-") as aside:
        before = _release_before(tag, tags)
        notes, history = _history(folder, repository, before, list(local.values()))
        for name in (card.NAME, manifest.NAME):
            copyfile(folder / name, Path(aside, name))
        release = Release(tag, notes)
        apply_release(Path(aside), release)
        Path(aside, CHANGELOG).write_text(changelog(release, history), encoding="utf-8", newline="\n")
        local |= {path: LocalFile.at(Path(aside, path), path) for path in files(Path(aside))}
        local[CHANGELOG] = LocalFile.at(Path(aside, CHANGELOG), CHANGELOG)
        yield list(local.values())


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


def _already(repository: Repository, request: Request, local: Sequence[LocalFile], tag: str) -> Publication:
    """A tag that is there is never moved; to publish the same again is to do nothing."""
    revision = repository.revision(tag)
    todo = plan(local, revision.files if revision else ())
    if revision is None or todo.operations:
        raise DatasetError(
            f"{repository.name}: {tag} is released already, with other contents; name a newer version"
        )
    return Publication(repository.name, request, todo, revision.commit)


def _committed(
    repository: Repository, request: Request, local: Sequence[LocalFile], before: Revision, todo: Plan
) -> str:
    """The commit that holds the files: a new one, or where there is nothing to do the one compared with."""
    if not todo.operations:
        return before.commit
    message = request.message or _message(request, todo)
    try:
        commit = repository.commit(
            todo.operations, branch=request.branch, parent=before.commit, message=message
        )
    except (MovedError, UnansweredError):
        there = repository.revision(request.branch)
        if there is None or plan(local, there.files).operations:
            raise
        return there.commit  # it was made; the answer got lost
    there = repository.revision(commit)
    if there is None or plan(local, there.files).operations:
        raise DatasetError(f"{repository.name}: commit {commit} does not hold what was sent; publish again")
    return commit


def _message(request: Request, todo: Plan) -> str:
    if request.tag is not None:
        return f"Release {request.tag}"
    counts = {"new": todo.new, "changed": todo.changed, "moved": todo.moved, "deleted": todo.deleted}
    said = ", ".join(f"{len(of)} {name}" for name, of in counts.items() if of)
    return f"Publish the dataset: {said}"
