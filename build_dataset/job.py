"""From finished shards to a dataset folder that can be put in place: link, write, validate, describe."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
import pyarrow as pa

from build_dataset.assemble.assembly import Assembly, assemble, plan_files, write_files
from build_dataset.assemble.duplicates import link_articles, link_quotes
from build_dataset.assemble.speakers import gather_links, link_bucket, plan_links
from build_dataset.errors import DatasetError
from build_dataset.executors.executor import Executor
from build_dataset.memory import give_back
from build_dataset.options import Options
from build_dataset.progress import Stages
from build_dataset.read import SkippedSource, SourceFile, SourceWarning
from build_dataset.read.contents import hash_file
from build_dataset.report import BuildReport, Duplicate
from build_dataset.shards.extraction import Extracted
from build_dataset.shards.finished import Fetch, fetch_shards
from build_dataset.shards.plan import ShardTask
from build_dataset.validate import check_description, check_tables
from build_dataset.write import card, croissant, manifest
from build_dataset.write.counts import Counts, read_counts
from build_dataset.write.inventory import read_shards
from build_dataset.write.sources import SOURCES, write_sources

AT_ONCE = 64
Item = TypeVar("Item")

_NUMBER = re.compile(r"\d+")
_DETAILS = re.compile("[:;]")


class Job:
    """One build, from its shards on."""

    def __init__(self, staging: Path, options: Options, executor: Executor, stages: Stages) -> None:
        """Prepare it.

        Args:
            staging: a folder for it alone.
            options: what decides the records beside the sources.
            executor: sees that folder.
            stages: told how far it is.
        """
        self.options = options
        self.executor = executor
        self.stages = stages
        self.rows = staging / "rows"
        self.dataset = staging / "dataset"
        self.files = 0
        self.read = SOURCES.empty_table()
        self.extracted = Extracted()
        self.skipped: list[SkippedSource] = []
        self.warnings: list[SourceWarning] = []

    def _run(self, stage: str, function: Callable[[Any], Any], tasks: Sequence[Any]) -> None:
        """Run the tasks of a stage whose failure is the failure of the build."""
        done = 0

        def on_result(_task: object, _result: object) -> None:
            nonlocal done
            done += 1
            self.stages.tell(stage, done, len(tasks))

        self.stages.tell(stage, 0, len(tasks))
        failures = self.executor.run(function, tasks, on_result)
        if failures:
            raise DatasetError(f"{stage}: {failures[0].reason}; is there enough memory?")

    def take_over(
        self, tasks: Sequence[ShardTask], files: int, extracted: Extracted, skipped: Sequence[SkippedSource]
    ) -> None:
        """Take over the shards of a plan, all of which are finished.

        Args:
            tasks: the plan.
            files: how many sources there are.
            extracted: what the shards told; what of it is written down elsewhere is forgotten.
            skipped: sources that could not be planned.
        """
        self.files = files
        self.read = self._read(tasks, extracted)
        self.extracted = extracted
        self.skipped = sorted((*skipped, *extracted.skipped), key=lambda skip: (skip.source, skip.reason))
        self.warnings = sorted(extracted.warnings, key=lambda one: (one.source, one.warning))
        give_back()
        self.rows.mkdir()
        several = [Fetch(some, self.rows) for some in _groups(tasks)]
        self._run("fetch", fetch_shards, several)

    def _read(self, tasks: Sequence[ShardTask], extracted: Extracted) -> pa.Table:
        """The files that were read, in order, without how many articles they gave: their numbers in its place."""
        parts: Counter[int] = Counter()
        sources: dict[int, SourceFile] = {}
        for task in tasks:
            for number, _, part in task.parts:
                parts[number] += 1
                if number in extracted.read:
                    sources[number] = part.file
        digests = self._digests({number: file for number, file in sources.items() if parts[number] > 1})
        columns: tuple[list[str], list[int], list[str], list[int]] = ([], [], [], [])
        for number, file in sorted(sources.items()):
            (first, *_) = extracted.read.pop(number)
            size, digest = digests.get(number, (first.bytes, first.digest))
            for column, value in zip(columns, (file.source, size, digest, number), strict=True):
                column.append(value)  # type: ignore[attr-defined]
        return pa.table([*columns], schema=SOURCES)

    def _digests(self, files: dict[int, SourceFile]) -> dict[int, tuple[int, str]]:
        """Number of a file → size and SHA-256 of all of it."""
        digests: dict[int, tuple[int, str]] = {}

        def on_result(_task: object, result: dict[int, tuple[int, str]]) -> None:
            digests.update(result)

        if self.executor.run(hash_files, list(_groups(list(files.items()))), on_result):
            raise DatasetError("a source can no longer be read; run the same command again")
        return digests

    def publish(self, target: Path) -> BuildReport:
        """Write, validate and describe the dataset.

        Raises:
            DatasetError: no source gave an article.
        """
        assembly = assemble(self.rows)
        if not assembly.index.num_rows:
            raise NothingError(self.skipped)
        self.dataset.mkdir()
        links = plan_links(self.rows, self.options.excluded)
        self._run("link", link_bucket, links)
        give_back()
        excluded = gather_links(self.rows, links)
        give_back()
        link_articles(self.rows)
        link_quotes(self.rows)
        self._run(
            "write", write_files, plan_files(self.rows, self.dataset, assembly.index, self.options.text)
        )
        self.stages.tell("validate", 0, 1)
        contents = check_tables(self.dataset, executor=self.executor, aside=self.dataset.parent)
        give_back()
        counts = read_counts(self.dataset)
        options = self.options.recorded(tuple(excluded))
        self._describe(assembly, counts, contents.digests, options)
        findings = (*contents.findings, *check_description(self.dataset, contents))
        self.stages.tell("validate", 1, 1)
        return BuildReport(
            folder=target,
            replaced=not findings,
            rows=contents.rows,
            languages=counts.languages,
            quote_types=counts.quote_types,
            statistic_kinds=counts.statistic_kinds,
            speaker_kinds=counts.speaker_kinds,
            sources=self.files,
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
            lost=tuple(self.extracted.lost),
            seconds=self.stages.end(),
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
        counters = self._counters(assembly, counts)
        manifest.write_manifest(self.dataset, options, shards, digests, counters, lists)

    def _sources(self, articles: pa.Table) -> pa.Table:
        """The files that were read, in order."""
        given = np.bincount(articles["file"].to_numpy(), minlength=self.files)
        counts = pa.array(given[self.read["articles"].to_numpy()], pa.int32())
        return self.read.set_column(SOURCES.get_field_index("articles"), SOURCES.field("articles"), counts)

    def _counters(self, assembly: Assembly, counts: Counts) -> dict[str, Any]:
        """Stage → what went through it: how much was read, and what became of it."""
        return {
            "read": {
                "sources": self.read.num_rows,
                "bytes": sum(self.read["bytes"].to_pylist()),
                "warnings": len(self.warnings),
            },
            "skipped": skipped_by_reason(self.skipped),
            "extract": dict(self.extracted.rows),
            "assemble": {
                "duplicates": assembly.duplicates.num_rows,
                "near_duplicates": counts.near_duplicates,
                "repeated_quotes": counts.repeated_quotes,
            },
        }


class NothingError(DatasetError):
    """There is no article at all."""

    def __init__(self, skipped: Sequence[SkippedSource]) -> None:
        if not skipped:
            super().__init__("no source to read; name a file, a folder or a pattern")
            return
        first, *others = skipped
        more = f", and {len(others)} more" if others else ""
        super().__init__(f"no article in any source: {first.source}: {first.reason}{more}")


def skipped_by_reason(skipped: Sequence[SkippedSource]) -> dict[str, int]:
    """How many were skipped for each reason, most frequent first; what differs within one is left out."""
    reasons = (_NUMBER.sub("…", _DETAILS.split(skip.reason)[0]) for skip in skipped)
    return dict(sorted(Counter(reasons).items(), key=lambda item: (-item[1], item[0])))


def hash_files(files: Sequence[tuple[int, SourceFile]]) -> dict[int, tuple[int, str]]:
    """Number of a file → size and SHA-256."""
    return {number: hash_file(file) for number, file in files}


def _groups(items: Sequence[Item]) -> Iterator[Sequence[Item]]:
    """Some at a time: a task for each would cost more than the work itself."""
    return (items[start : start + AT_ONCE] for start in range(0, len(items), AT_ONCE))
