"""Publishing: compare the folder with the repository, upload what changed in one commit, name the release.

validate → compare by hashes → (release notes) → one commit on the revision compared with → look again → tag
"""

import tempfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from build_dataset.errors import DatasetError
from build_dataset.publish.errors import NO_TOKEN, MovedError, UnansweredError
from build_dataset.publish.plan import LocalFile, Plan, plan
from build_dataset.publish.release import adopt_release, stage_release
from build_dataset.publish.repository import Repository, Revision
from build_dataset.write.inventory import files
from build_dataset.write.release import checked_version

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
        folder: the dataset folder; a release is written into it, too, once it is published.
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
    local = [LocalFile.at(folder / path, path) for path in files(folder)]
    if request.tag is None:
        return _published(repository, request, local, revision)
    with tempfile.TemporaryDirectory(prefix="build-dataset-") as place:
        aside = Path(place)
        local = stage_release(folder, repository, request.tag, tags, local, aside)
        if request.tag in tags:
            done = _already(repository, request, local, request.tag)
        else:
            done = _published(repository, request, local, revision)
        if not request.dry_run:
            adopt_release(folder, aside)
        return done


def _published(
    repository: Repository, request: Request, local: Sequence[LocalFile], revision: Revision | None
) -> Publication:
    """Do what is to be done, if it is not a dry run; `revision` is what the branch holds."""
    todo = plan(local, revision.files if revision else ())
    if request.dry_run or revision is None:
        return Publication(repository.name, request, todo, revision.commit if revision else None)
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
