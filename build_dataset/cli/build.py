"""From articles to records: `build`, `extract`, and `schema`, which says what they are."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from build_dataset.cli.app import Workers, app
from build_dataset.cli.reading import DEFAULT, Column, Expansion, Megabytes, Nesting, Seconds, reading
from build_dataset.command import FALLS_SHORT, Debug, Json
from build_dataset.errors import DatasetError
from build_dataset.options import Engine, Limits, Options, TextPolicy
from build_dataset.show.terminal import as_json, log, results, write

EngineOption = Annotated[
    Engine, typer.Option("--engine", help="How English is read: accurate is slower, and an extra to install.")
]
STOPPED = "Stopped. What is finished is kept; run the same command again to go on."

ExcludedSpeakers = Annotated[
    Path | None,
    typer.Option(
        "--exclude-speakers",
        metavar="FILE",
        help="Speakers to leave out with all they say: a name or an identifier a line.",
        show_default=False,
    ),
]


class ExtractFormat(StrEnum):
    """How `extract` prints."""

    TABLE = "table"
    JSON = "json"


class SchemaFormat(StrEnum):
    """How `schema` prints."""

    JSON_SCHEMA = "json-schema"
    ARROW = "arrow"
    FEATURES = "features"
    CROISSANT = "croissant"
    MARKDOWN = "markdown"


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
    engine: EngineOption = Engine.FAST,
    text: Annotated[
        TextPolicy,
        typer.Option("--text", help="What of the articles' text is published; offsets count in all of it."),
    ] = TextPolicy.FULL,
    exclude_speakers: ExcludedSpeakers = None,
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

    from build_dataset.build import build
    from build_dataset.read.excluded_speakers import read_excluded_speakers
    from build_dataset.read.standard_input import standard_input_as_file
    from build_dataset.show.build import summary
    from build_dataset.show.progress import progress

    excluded = read_excluded_speakers(exclude_speakers) if exclude_speakers else ()
    limits = Limits(max_megabytes, max_expansion, max_nesting, max_seconds)
    options = Options(engine, text, excluded, reading(column, limits))
    try:
        with standard_input_as_file(inputs or ["seeds"]) as files, progress() as tell:
            report = build(
                files,
                out,
                workers=workers,
                options=options,
                cache=None if no_cache else cache or user_cache_path("build-dataset", appauthor=False),
                progress=tell,
            )
    except KeyboardInterrupt as interrupt:
        raise KeyboardInterrupt(STOPPED) from interrupt
    if json:
        write(as_json(report.as_json()))
    else:
        results().print(summary(report))
    if report.findings or (strict and report.skipped):
        raise typer.Exit(FALLS_SHORT)


@app.command()
def extract(
    source: Annotated[
        str, typer.Argument(metavar="INPUT", help="A file, or - for standard input.", show_default=False)
    ],
    *,
    format_: Annotated[
        ExtractFormat, typer.Option("--format", help="A text to read, or JSON.")
    ] = ExtractFormat.TABLE,
    engine: EngineOption = Engine.FAST,
    column: Column = None,
    max_megabytes: Megabytes = DEFAULT.megabytes,
    max_expansion: Expansion = DEFAULT.expansion,
    max_nesting: Nesting = DEFAULT.nesting,
    max_seconds: Seconds = DEFAULT.seconds,
    why: Annotated[
        bool, typer.Option("--why", help="Say what made each quote, and why other places gave none.")
    ] = False,
    json: Json = False,
    _debug: Debug = False,
) -> None:
    """Show what comes out of one source.

    The text with its quotes marked, then a table each of quotes, statistics and speakers.

    Example: cat story.txt | build-dataset extract - --json
    """
    from build_dataset.examine.extraction import extract_source

    limits = Limits(max_megabytes, max_expansion, max_nesting, max_seconds)
    found = extract_source(source, on_skipped=log, engine=engine, reading=reading(column, limits))
    if json or format_ is ExtractFormat.JSON:
        reasons = {"why": [one.as_json() for one in found.why]} if why else {}
        write(as_json(found.as_json() | reasons))
    else:
        from build_dataset.show.extraction import display
        from build_dataset.show.why import display_why

        display(found, results())
        if why:
            display_why(found.why, results())


@app.command()
def schema(
    *,
    format_: Annotated[
        SchemaFormat, typer.Option("--format", help="What to print them as.")
    ] = SchemaFormat.JSON_SCHEMA,
    json: Json = False,
    _debug: Debug = False,
) -> None:
    """Print the record types: every table with its columns.

    Example: build-dataset schema --format markdown
    """
    from build_dataset.show.schema import FORMATS

    if json and format_ in (SchemaFormat.ARROW, SchemaFormat.MARKDOWN):
        raise DatasetError(f"--format {format_} is no JSON: leave out one of --json and --format.")
    write(FORMATS[format_.value]())
