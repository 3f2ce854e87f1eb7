"""One source at a time, and what its records are: `extract` and `schema`."""

from enum import StrEnum
from typing import Annotated

import typer

from build_dataset.cli.app import app
from build_dataset.cli.reading import DEFAULT, Column, Expansion, Megabytes, Nesting, Seconds, reading
from build_dataset.command import Debug, Json
from build_dataset.errors import DatasetError
from build_dataset.options import Engine
from build_dataset.show.terminal import as_json, log, results, write


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
def extract(
    source: Annotated[
        str, typer.Argument(metavar="INPUT", help="A file, or - for standard input.", show_default=False)
    ],
    *,
    format_: Annotated[
        ExtractFormat, typer.Option("--format", help="A text to read, or JSON.")
    ] = ExtractFormat.TABLE,
    engine: Annotated[
        Engine,
        typer.Option("--engine", help="How English is read: accurate is slower, and an extra to install."),
    ] = Engine.FAST,
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

    read = reading(column, max_megabytes, max_expansion, max_nesting, max_seconds)
    found = extract_source(source, on_skipped=log, engine=engine, reading=read)
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
