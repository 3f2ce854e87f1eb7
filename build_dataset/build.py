"""The main job: sources in, a validated dataset folder out.

    plan → extract, shard by shard → link speakers → write files → validate → put in place

This module knows nothing of extraction: it plans tasks, hands them to an executor, and describes the result.
Everything is written into a hidden folder beside the target and put in place in one step at the end.
"""

import os
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from build_dataset.assemble.assembly import (
    Assembly,
    assemble,
    plan_files,
    write_files,
)
from build_dataset.assemble.duplicates import link_articles, link_quotes
from build_dataset.assemble.speakers import gather_links, link_bucket, plan_links
from build_dataset.cache import Cache
from build_dataset.errors import DatasetError
from build_dataset.memory import give_back
from build_dataset.options import Options
from build_dataset.read import SkippedSource, Sources, SourceWarning, find_sources
from build_dataset.read.contents import hash_file
from build_dataset.shards.extraction import Extracted, Progress, extract_shards
from build_dataset.shards.finished import sweep
from build_dataset.shards.plan import plan_shards
from build_dataset.validate import Finding, check_description, check_tables
from build_dataset.workers import Executor, executor
from build_dataset.write import card, croissant, manifest
from build_dataset.write.counts import Counts, read_counts
from build_dataset.write.folder import FINISHED, put_in_place, staged, staging_folder
from build_dataset.write.inventory import files, read_shards
from build_dataset.write.sources import SOURCES, write_sources


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

    def as_json(self) -> dict[str, Any]:
        """The report as a JSON object."""
        return asdict(self) | {"folder": str(self.folder)}


def no_progress(stage: str, done: int, total: int) -> None:
    """Tell nobody."""


def build(
    inputs: Sequence[Path | str],
    out: Path,
    *,
    workers: int = 1,
    options: Options = Options(),  # noqa: B008 - immutable
    cache: Path | None = None,
    without: Path | None = None,
    progress: Progress = no_progress,
) -> BuildReport:
    """Read, extract, link, validate, and put a dataset folder in place whole or not at all.

    Args:
        inputs: files, folders, patterns.
        out: the dataset folder; one of ours that is there is replaced.
        workers: number of processes that extract; the result is the same for any.
        options: what decides the records beside the sources.
        cache: a folder for results of extraction, used again by later builds; None: nothing is kept.
        without: a folder that is no source, though it may lie in an input; None: `out`.
        progress: told how far it is.

    Raises:
        DatasetError: an input is missing, no source gives an article, `out` is something else than a dataset
            folder, or another build writes into it. Nothing is written.
    """
    target = out.resolve()
    sources = find_sources(inputs, without=without or target)
    check_replaceable(target)
    try:
        with staged(target) as staging:
            kept = Cache.within(cache) if cache else None
            run = _Run(executor(workers), options, kept, progress)
            job = _Job(sources, staging, run)
            job.extract()
            report = job.publish(target)
            if not report.findings:
                check_replaceable(target)
                put_in_place(job.dataset, target)
    except OSError as error:  # a source that cannot be read has been reported: it is the target
        reason = os.strerror(error.errno) if error.errno else error
        raise DatasetError(f"{target}: cannot be written: {reason}{_going_on(target)}") from error
    return report


def _going_on(target: Path) -> str:
    """What to say of the work that is done when a build ends before its time."""
    left = staging_folder(target)
    return f"; what is finished is kept in {left}, the same command goes on from it" if left.exists() else ""


def check_replaceable(target: Path) -> None:
    """Refuse to replace what is no dataset folder of ours, or holds a file that is none of its own.

    Raises:
        DatasetError: it is refused.
    """
    if not target.exists() or (target.is_dir() and not any(target.iterdir())):
        return
    try:
        known = {entry["path"] for entry in manifest.read_manifest(target)["files"]} | {manifest.NAME}
    except (DatasetError, KeyError, TypeError) as error:
        raise DatasetError(
            f"{target}: there, and not a dataset folder; remove it or name another --out"
        ) from error
    strays = [path for path in (".git", *files(target)) if path not in known and (target / path).exists()]
    if strays:
        stray = target / strays[0]
        raise DatasetError(f"{stray}: not part of the dataset there; move it away or name another --out")


@dataclass(frozen=True, slots=True)
class _Run:
    """How a build is to be done."""

    executor: Executor
    options: Options
    cache: Cache | None
    progress: Progress


class _Job:
    """One build, from the list of sources to the folder that can be put in place."""

    def __init__(self, sources: Sources, staging: Path, run: _Run) -> None:
        self.sources = sources
        self.options = run.options
        self.cache = run.cache
        self.rows = staging / FINISHED
        self.dataset = staging / "dataset"
        self.executor = run.executor
        self.progress = run.progress
        self.extracted = Extracted()
        self.skipped: list[SkippedSource] = []
        self.warnings: list[SourceWarning] = []
        self.read = SOURCES.empty_table()

    def _run(self, stage: str, function: Callable[[Any], Any], tasks: Sequence[Any]) -> None:
        """Run the tasks of a stage whose failure is the failure of the build."""
        done = 0

        def on_result(_task: object, _result: object) -> None:
            nonlocal done
            done += 1
            self.progress(stage, done, len(tasks))

        self.progress(stage, 0, len(tasks))
        failures = self.executor.run(function, tasks, on_result)
        if failures:
            raise DatasetError(f"{stage}: {failures[0].reason}; is there enough memory?")

    def extract(self) -> None:
        """Extract what is not extracted yet.

        Raises:
            DatasetError: no source can be read.
        """
        tasks, skipped = plan_shards(self.sources.files, self.rows, self.options, self.cache)
        skipped += self.sources.skipped
        if not tasks:
            raise DatasetError(_nothing(skipped))
        parts = Counter(file for task in tasks for file, _, _ in task.parts)
        self.extracted = extract_shards(tasks, self.executor, self.progress)
        self.read = self._read(parts)
        give_back()
        skipped += self.extracted.skipped
        self.skipped = sorted(skipped, key=lambda skip: (skip.source, skip.reason))
        self.warnings = sorted(self.extracted.warnings, key=lambda one: (one.source, one.warning))

    def publish(self, target: Path) -> BuildReport:
        """Write, validate and describe the dataset.

        Raises:
            DatasetError: no source gave an article.
        """
        assembly = assemble(self.rows)
        if not assembly.index.num_rows:
            sweep(self.rows, ())  # there is nothing to go on from
            raise DatasetError(_nothing(self.skipped))
        self.dataset.mkdir()
        links = plan_links(self.rows, self.options.excluded)
        self._run("link", link_bucket, links)
        give_back()
        excluded = gather_links(self.rows, links)
        give_back()
        link_articles(self.rows)
        link_quotes(self.rows)
        tasks = plan_files(self.rows, self.dataset, assembly.index, self.options.text)
        self._run("write", write_files, tasks)
        self.progress("validate", 0, 1)
        contents = check_tables(self.dataset, executor=self.executor, aside=self.dataset.parent)
        give_back()
        counts = read_counts(self.dataset)
        options = self.options.recorded(tuple(excluded))
        self._describe(assembly, counts, contents.digests, options)
        findings = (*contents.findings, *check_description(self.dataset, contents))
        self.progress("validate", 1, 1)
        return BuildReport(
            folder=target,
            replaced=not findings,
            rows=contents.rows,
            languages=counts.languages,
            quote_types=counts.quote_types,
            statistic_kinds=counts.statistic_kinds,
            speaker_kinds=counts.speaker_kinds,
            sources=len(self.sources.files),
            skipped=tuple(self.skipped),
            warnings=tuple(self.warnings),
            duplicates=tuple(Duplicate(**row) for row in assembly.duplicates.to_pylist()),
            near_duplicates=counts.near_duplicates,
            repeated_quotes=counts.repeated_quotes,
            findings=findings,
            reused=self.extracted.reused.articles,
            damaged=self.extracted.reused.damaged,
            excluded=len(excluded),
            shards=self.extracted.shards,
            resumed=self.extracted.resumed,
        )

    def _describe(
        self, assembly: Assembly, counts: Counts, digests: dict[str, str], options: dict[str, Any]
    ) -> None:
        shards = read_shards(self.dataset)
        card.write_card(self.dataset, shards, counts, self.options.text)
        croissant.write_croissant(self.dataset, shards, counts.published)
        sources = self._sources(assembly.sources)
        listed = {} if write_sources(self.dataset, sources) else {"sources": sources.to_pylist()}
        lists = {
            **listed,
            "duplicates": (row for row in assembly.duplicates.to_pylist()),
            "skipped": (asdict(skip) for skip in self.skipped),
            "warnings": (asdict(one) for one in self.warnings),
        }
        manifest.write_manifest(self.dataset, options, shards, digests, lists)

    def _read(self, parts: Counter[int]) -> pa.Table:
        """The files that were read, in order, without how many articles they gave: their numbers in its place.

        What the shards told of them is forgotten: of very many sources it is a good part of a build's memory.
        """
        columns: tuple[list[str], list[int], list[str], list[int]] = ([], [], [], [])
        for number, file in enumerate(self.sources.files):
            read = self.extracted.read.pop(number, None)
            if read:
                once = parts[number] == 1
                size, digest = (read[0].bytes, read[0].digest) if once else hash_file(file)
                for column, value in zip(columns, (file.source, size, digest, number), strict=True):
                    column.append(value)  # type: ignore[attr-defined]
        return pa.table([*columns], schema=SOURCES)

    def _sources(self, articles: pa.Table) -> pa.Table:
        """The files that were read, in order."""
        given = np.bincount(articles["file"].to_numpy(), minlength=len(self.sources.files))
        counts = pa.array(given[self.read["articles"].to_numpy()], pa.int32())
        return self.read.set_column(SOURCES.get_field_index("articles"), SOURCES.field("articles"), counts)


def _nothing(skipped: Sequence[SkippedSource]) -> str:
    """Why there is no article at all."""
    if not skipped:
        return "no source to read; name a file, a folder or a pattern"
    first, *others = skipped
    more = f", and {len(others)} more" if others else ""
    return f"no article in any source: {first.source}: {first.reason}{more}"
