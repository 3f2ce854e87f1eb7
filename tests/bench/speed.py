"""How fast the extractor is, stage by stage, and how much memory a build takes.

    python -m tests.bench.speed [--articles N] [--texts FOLDER] [--workers N]

The corpus is made when it runs: the sentences of the articles in FOLDER, shuffled within each language (the
same way every time) and put together again to articles of the same lengths. The stages are measured one after
the other in one process; the whole chain is a build in a process of its own. Rates are for one core.
"""

import argparse
import multiprocessing
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from rich import box
from rich.console import Console
from rich.table import Table

from build_dataset.build import build
from build_dataset.document import Document
from build_dataset.extract.quotes import find_quotes
from build_dataset.extract.statistics import assemble
from build_dataset.lang.detect import detect_pack
from build_dataset.pipeline import extract_article
from build_dataset.records import article_records
from build_dataset.resolve.coreference import resolve_sources
from build_dataset.segment.text import segment
from tests.bench.corpus import documents, texts

Result = TypeVar("Result")


@dataclass
class Clock:
    """CPU seconds by stage, in the order in which the stages were first met."""

    seconds: dict[str, float] = field(default_factory=dict)

    def run(self, stage: str, work: Callable[[], Result]) -> Result:
        """Do some work and count its time for a stage."""
        start = time.process_time()
        result = work()
        self.seconds[stage] = self.seconds.get(stage, 0.0) + time.process_time() - start
        return result


def write_corpus(models: Path, folder: Path, number: int) -> int:
    """Write so many articles; returns their size in bytes."""
    size = 0
    for index, text in zip(range(number), texts(documents(models)), strict=False):
        content = text.encode()
        (folder / f"{index:06}.txt").write_bytes(content)
        size += len(content)
    return size


def measure_stages(folder: Path, clock: Clock) -> None:
    """Run each article through the stages of `pipeline`, one by one."""
    read = clock.run("read", lambda: list(documents(folder)))
    for document in read:
        stages(document, clock)


def stages(document: Document, clock: Clock) -> None:
    """One article through the stages. Keep in step with `pipeline.extract_article`."""
    text = document.text
    pack = clock.run("language", lambda: detect_pack(text))
    if pack is None:
        return
    metadata = clock.run("metadata", lambda: pack.metadata.read(document))
    segmented = clock.run("segment", lambda: segment(text, pack, metadata.excluded))
    frames = clock.run("cues and sources", lambda: pack.attribution.frames(segmented))
    candidates, _ = clock.run("quotes", lambda: find_quotes(segmented, frames, pack))
    clock.run("speakers", lambda: resolve_sources(segmented, candidates, pack.attribution))
    clock.run("statistics", lambda: assemble(segmented, pack.quantities.figures(segmented)))
    extraction = extract_article(document)
    clock.run("records", lambda: article_records(extraction))


def measure_build(folder: Path, out: Path, workers: int) -> tuple[float, float]:
    """CPU seconds and peak memory (MiB) of a build in a fresh process; the peak is that of the largest."""
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        return pool.submit(_build, folder, out, workers).result()


def _build(folder: Path, out: Path, workers: int) -> tuple[float, float]:
    build([folder], out, workers=workers)
    usage = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    seconds = sum(one.ru_utime + one.ru_stime for one in usage)
    unit = 1024 * 1024 if sys.platform == "darwin" else 1024
    return seconds, max(one.ru_maxrss for one in usage) / unit


@dataclass(frozen=True)
class Measured:
    """What was measured on a corpus of `size` bytes: CPU seconds by stage and of a build, its peak MiB."""

    articles: int
    size: int
    stages: dict[str, float]
    build_seconds: float
    peak: float


def measure(texts: Path = Path("seeds"), articles: int = 2000, workers: int = 1) -> Measured:
    """Make the corpus and measure."""
    clock = Clock()
    with tempfile.TemporaryDirectory() as folder:
        corpus = Path(folder, "corpus")
        corpus.mkdir()
        size = write_corpus(texts, corpus, articles)
        seconds, peak = measure_build(corpus, Path(folder, "dataset"), workers)
        measure_stages(corpus, clock)
    return Measured(articles, size, clock.seconds, seconds, peak)


def report(measured: Measured) -> Table:
    """Speed by stage."""
    articles, megabytes = measured.articles, measured.size / 1e6
    table = Table(
        box=box.SIMPLE_HEAD,
        title=f"{articles:,} articles, {megabytes:.1f} MB; peak memory of the build {measured.peak:.0f} MiB",
    )
    table.add_column("")
    for heading in ("CPU seconds", "articles/s", "MB/s", "articles of 4 KB/s"):
        table.add_column(heading, justify="right")
    together = sum(measured.stages.values())
    rows = {**measured.stages, "all of these": together, "whole build, written": measured.build_seconds}
    for stage, seconds in rows.items():
        rate = megabytes / seconds
        row = [f"{seconds:.2f}", f"{articles / seconds:,.0f}", f"{rate:.2f}", f"{rate * 1e6 / 4096:,.0f}"]
        table.add_row(stage, *row)
    return table


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--articles", type=int, default=2000)
    parser.add_argument("--texts", type=Path, default=Path("seeds"))
    parser.add_argument("--workers", type=int, default=1)
    options = parser.parse_args()
    Console(width=100).print(report(measure(options.texts, options.articles, options.workers)))


if __name__ == "__main__":
    main()
