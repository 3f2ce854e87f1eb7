"""The main job: sources in, a validated dataset folder out."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from build_dataset.read import SkippedSource
from build_dataset.validate import Finding

Progress = Callable[[str, int, int], None]
"""Called with the stage (`read`, `link`, `write`, `validate`), how much of it is done, and how much there is."""


@dataclass(frozen=True, slots=True)
class Duplicate:
    """A source with exactly the text of another, which is kept in its place."""

    source: str
    kept: str
    article_id: str


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build made, for the summary."""

    folder: Path
    """The dataset folder."""
    replaced: bool
    """False where `findings` kept the new dataset from being put in place."""
    rows: dict[str, int]
    """Table → number of rows."""
    languages: dict[str, dict[str, int]]
    """Language → table (`articles`, `quotes`, `statistics`) → number of rows."""
    quote_types: dict[str, int]
    statistic_kinds: dict[str, int]
    speaker_kinds: dict[str, int]
    sources: int
    """How many files were read."""
    skipped: tuple[SkippedSource, ...]
    duplicates: tuple[Duplicate, ...]
    findings: tuple[Finding, ...]

    def as_json(self) -> dict[str, Any]:
        """The report as a JSON object."""
        raise NotImplementedError


def no_progress(stage: str, done: int, total: int) -> None:
    """Tell nobody."""


def build(
    inputs: Sequence[Path | str], out: Path, *, workers: int = 1, progress: Progress = no_progress
) -> BuildReport:
    """Read, extract, link, validate, and put a dataset folder in place whole or not at all.

    Args:
        inputs: files, folders, patterns.
        out: the dataset folder; one of ours that is there is replaced.
        workers: number of processes that extract; the result is the same for any.
        progress: told how far it is.

    Raises:
        DatasetError: an input is missing, no source gives an article, `out` is something else than a dataset
            folder, or another build writes into it. Nothing is written.
    """
    raise NotImplementedError
