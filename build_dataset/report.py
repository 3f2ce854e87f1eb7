"""What a build made, for its summary."""

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Protocol

from build_dataset.read import SkippedSource, SourceWarning
from build_dataset.validate import Finding


class Report(Protocol):
    """What came of a command."""

    def as_json(self) -> dict[str, Any]:
        """The report as a JSON object."""

    def falls_short(self, strict: bool) -> bool:
        """Whether it was done, but not as was asked; `strict` asks that every source gives articles."""


@dataclass(frozen=True, slots=True)
class Duplicate:
    """A source with exactly the text of another, which is kept in its place."""

    source: str
    kept: str
    article_id: str


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build made."""

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
    warnings: tuple[SourceWarning, ...]
    duplicates: tuple[Duplicate, ...]
    near_duplicates: int
    """Articles that are nearly copies of an earlier one."""
    repeated_quotes: int
    """Quotes that have the words and the speaker of one in an earlier article."""
    findings: tuple[Finding, ...]
    reused: int
    """Articles that were not read again: an earlier build had done so."""
    damaged: int
    """Results of earlier builds that were damaged, and made anew."""
    excluded: int
    """Speakers who were left out."""
    shards: int
    """How many pieces the work was cut into."""
    resumed: int
    """How many of them an earlier build into the same folder, which was stopped, had finished."""
    lost: tuple[SkippedSource, ...]
    """Sources of which a part is left out since it killed every worker that read it, with how the last one died."""
    seconds: dict[str, float]
    """Stage → how long it took."""

    def as_json(self) -> dict[str, Any]:
        """The report as a JSON object."""
        return asdict(self) | {"folder": str(self.folder)}

    def falls_short(self, strict: bool) -> bool:
        """Whether records break a rule, sources killed their workers, or under `strict` any was skipped."""
        return bool(self.findings or self.lost or (strict and self.skipped))


@dataclass(frozen=True, slots=True)
class SliceReport:
    """What was done of a plan by one of several machines; the dataset is yet to be made."""

    shards: int
    """In this slice."""
    resumed: int
    """So many of them were finished before."""
    of: int
    """Shards in the whole plan."""
    plan: str
    """The key of the plan: the same on all machines."""
    rows: dict[str, int]
    """Table → number of rows."""
    skipped: tuple[SkippedSource, ...]
    lost: tuple[SkippedSource, ...]
    """Sources of which a part is left out since it killed every worker that read it, with how the last one died."""

    def as_json(self) -> dict[str, Any]:
        """The report as a JSON object."""
        return asdict(self)

    def falls_short(self, strict: bool) -> bool:
        """Never: the shards are there. What was left out of them is said by the build that finishes."""
        del strict
        return False


@dataclass(frozen=True, slots=True)
class PlannedShard:
    """A shard of a plan."""

    number: int
    key: str
    """Stands for what decides its rows."""
    bytes: int
    parts: int
    first: str
    """The source that it begins with."""
    last: str


@dataclass(frozen=True, slots=True)
class PlanReport:
    """What a build would do."""

    key: str
    """Stands for the whole plan: the same on all machines."""
    store: str
    """Where finished shards are kept."""
    sources: int
    shards: tuple[PlannedShard, ...]
    finished: int
    """How many of them there seem to be already: whether they are sound and their sources unchanged is seen later."""
    skipped: tuple[SkippedSource, ...]
    """Sources that cannot be read."""

    def as_json(self) -> dict[str, Any]:
        """The report as a JSON object."""
        return asdict(self)

    def falls_short(self, strict: bool) -> bool:
        """Whether under `strict` any source was skipped."""
        return bool(strict and self.skipped)
