"""The main command: `build`."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from build_dataset.cli.app import Workers, app
from build_dataset.cli.reading import DEFAULT, Column, Expansion, Megabytes, Nesting, Seconds, reading
from build_dataset.command import FALLS_SHORT, Debug, Json
from build_dataset.errors import DatasetError
from build_dataset.options import Engine, Options, TextPolicy
from build_dataset.show.terminal import as_json, results, write

if TYPE_CHECKING:
    from build_dataset.progress import Progress
    from build_dataset.report import Report

STOPPED = "Stopped. What is finished is kept; run the same command again to go on."


class EngineName(StrEnum):
    """What English is read by, and what runs the work."""

    FAST = "fast"
    ACCURATE = "accurate"
    LOCAL = "local"
    RAY = "ray"


@app.command()
def build(
    inputs: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="INPUT",
            help="Files, folders, patterns, s3:// or hf:// addresses, - for standard input; seeds/ if none.",
            show_default=False,
        ),
    ] = None,
    *,
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="The dataset folder to write.")],
    workers: Workers = 1,
    engine: Annotated[
        list[EngineName] | None,
        typer.Option(
            "--engine",
            help="What reads English: fast, or accurate, which is slower and an extra to install. "
            "And what does the work: local, or ray, a cluster (an extra too). May be given twice.",
            show_default="fast, local",
        ),
    ] = None,
    ray_address: Annotated[
        str | None,
        typer.Option(
            "--ray-address",
            metavar="ADDRESS",
            envvar="RAY_ADDRESS",
            help="Of a Ray cluster that runs: auto on one of its machines, or HOST:PORT; else one is started here.",
            show_default=False,
        ),
    ] = None,
    work: Annotated[
        str | None,
        typer.Option(
            "--work",
            metavar="LOCATION",
            help="Where finished shards are kept: a folder or address (s3://…) that all workers see.",
            show_default="a hidden folder beside DIR",
        ),
    ] = None,
    shard_index: Annotated[
        int | None,
        typer.Option(
            "--shard-index",
            metavar="I",
            min=0,
            help="Do shards I, I + N, I + 2N … only, and make no dataset.",
            show_default=False,
        ),
    ] = None,
    num_shards: Annotated[
        int | None,
        typer.Option(
            "--num-shards", metavar="N", min=1, help="How many machines share the work.", show_default=False
        ),
    ] = None,
    finish: Annotated[
        bool, typer.Option("--finish", help="Make the dataset of shards that are all finished.")
    ] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Print the plan, and do nothing.")] = False,
    text: Annotated[
        TextPolicy,
        typer.Option("--text", help="What of the articles' text is published; offsets count in all of it."),
    ] = TextPolicy.FULL,
    exclude_speakers: Annotated[
        Path | None,
        typer.Option(
            "--exclude-speakers",
            metavar="FILE",
            help="Speakers to leave out with all they say: a name or an identifier a line.",
            show_default=False,
        ),
    ] = None,
    column: Column = None,
    max_megabytes: Megabytes = DEFAULT.megabytes,
    max_expansion: Expansion = DEFAULT.expansion,
    max_nesting: Nesting = DEFAULT.nesting,
    max_seconds: Seconds = DEFAULT.seconds,
    cache: Annotated[
        Path | None,
        typer.Option(
            "--cache",
            metavar="DIR",
            envvar="BUILD_DATASET_CACHE",
            help="Where results are kept, so that later builds read new articles only; may be deleted.",
            show_default="your cache folder",
        ),
    ] = None,
    no_cache: Annotated[
        bool, typer.Option("--no-cache", help="Read every article, and keep nothing.")
    ] = False,
    strict: Annotated[
        bool, typer.Option("--strict", help="Exit with status 1 if a source could not be read.")
    ] = False,
    json: Json = False,
    _debug: Debug = False,
) -> None:
    """Read articles, extract, validate, and write a dataset folder.

    The folder appears whole or not at all. A source that cannot be read is listed and does not stop the
    others. A build that was stopped goes on where it was when the same command is run again.

    Example: build-dataset build news/ more.jsonl --out dataset
    """
    from platformdirs import user_cache_path

    from build_dataset import build as building
    from build_dataset.executors.engine import WorkerPool
    from build_dataset.read.excluded_speakers import read_excluded_speakers
    from build_dataset.show.build import summary

    reads, on_ray = _engines(engine or [])
    _check_mode(shard_index, num_shards, on_ray, finish=finish, dry_run=dry_run)
    excluded = read_excluded_speakers(exclude_speakers) if exclude_speakers else ()
    read = reading(column, max_megabytes, max_expansion, max_nesting, max_seconds)
    common: dict[str, Any] = {
        "options": Options(reads, text, excluded, read),
        "cache": None if no_cache else cache or user_cache_path("build-dataset", appauthor=False),
        "work": work,
    }
    report: Report
    with _running(inputs or ["seeds"]) as (files, tell):
        if dry_run:
            report = building.plan_build(files, out, **common)
        elif shard_index is not None and num_shards is not None:
            report = building.build_slice(
                files, out, index=shard_index, count=num_shards, workers=workers, **common, progress=tell
            )
        else:
            pool = WorkerPool(workers, on_ray, ray_address)
            report = building.build(files, out, workers=pool, only_finish=finish, **common, progress=tell)
    if json:
        write(as_json(report.as_json()))
    else:
        results().print(summary(report))
    if report.falls_short(strict):
        raise typer.Exit(FALLS_SHORT)


@contextmanager
def _running(inputs: Sequence[str]) -> "Iterator[tuple[list[str], Progress]]":
    """The inputs as files, and whom to tell how far the work is; says how to go on when it is interrupted."""
    from build_dataset.read.standard_input import standard_input_as_file
    from build_dataset.show.progress import progress

    try:
        with standard_input_as_file(inputs) as files, progress() as tell:
            yield files, tell
    except KeyboardInterrupt as interrupt:
        raise KeyboardInterrupt(STOPPED) from interrupt


def _engines(given: Sequence[EngineName]) -> tuple[Engine, bool]:
    """What reads English, and whether a Ray cluster does the work.

    Raises:
        DatasetError: two that exclude each other.
    """
    names = {one.value for one in given}
    for pair in (set(Engine), {"local", "ray"}):
        if pair <= names:
            raise DatasetError(f"--engine {' and '.join(sorted(pair))} exclude each other; leave out one.")
    return Engine.ACCURATE if "accurate" in names else Engine.FAST, "ray" in names


def _check_mode(index: int | None, count: int | None, on_ray: bool, *, finish: bool, dry_run: bool) -> None:
    """Refuse options that make no sense together.

    Raises:
        DatasetError: they do not.
    """
    if (index is None) != (count is None):
        raise DatasetError("--shard-index and --num-shards go together: name both, or none.")
    if index is not None and count is not None:
        if index >= count:
            raise DatasetError(f"--shard-index {index}: from 0 to {count - 1} with --num-shards {count}.")
        if finish or on_ray:
            raise DatasetError(
                "--shard-index does a part of the work on this machine: without --finish and Ray."
            )
    if dry_run and finish:
        raise DatasetError(
            "--dry-run does nothing, and so finishes nothing: leave out one of it and --finish."
        )
