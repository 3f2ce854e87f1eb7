"""The commands: options in, one call, text out. What a command needs is imported when it runs."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from build_dataset import __version__
from build_dataset.command import FALLS_SHORT, Commands, Debug, Json
from build_dataset.errors import DatasetError
from build_dataset.options import Engine, Options, TextPolicy
from build_dataset.show.terminal import as_json, log, prepare_streams, results, visible, write
from build_dataset.threads import use_one_thread

app = typer.Typer(
    cls=Commands,
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

EngineOption = Annotated[
    Engine, typer.Option("--engine", help="How English is read: accurate is slower, and an extra to install.")
]
ExcludedSpeakers = Annotated[
    Path | None,
    typer.Option(
        "--exclude-speakers",
        metavar="FILE",
        help="Speakers to leave out with all they say: a name or an identifier a line.",
        show_default=False,
    ),
]
LOCATION = "A dataset folder, or hf://datasets/ORG/NAME[@REVISION]."
Workers = Annotated[
    int, typer.Option("--workers", metavar="N", min=1, help="Processes; the result is the same for any N.")
]
Limit = Annotated[
    int,
    typer.Option(
        "--limit", metavar="N", min=0, help="List N records at most of each kind of change in each table."
    ),
]
DatasetFolder = Annotated[Path, typer.Argument(metavar="DIR", help="A dataset folder.", show_default=False)]


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


def main() -> None:
    """Run the command line."""
    use_one_thread()
    prepare_streams()
    app(prog_name="build-dataset")


def _print_version(value: bool) -> None:
    if value:
        write(f"build-dataset {__version__}")
        raise typer.Exit


@app.callback()
def options(
    _version: Annotated[
        bool, typer.Option("--version", help="Print the version.", callback=_print_version, is_eager=True)
    ] = False,
    _debug: Debug = False,
) -> None:
    """Turn news articles into a dataset of who said what, and which figures they gave."""


@app.command()
def build(
    inputs: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="INPUT",
            help="Files, folders, patterns; seeds/ if none is named.",
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
    others.

    Example: build-dataset build news/ more.jsonl --out dataset
    """
    from platformdirs import user_cache_path

    from build_dataset.build import build
    from build_dataset.read.excluded_speakers import read_excluded_speakers
    from build_dataset.show.build import summary
    from build_dataset.show.progress import progress

    excluded = read_excluded_speakers(exclude_speakers) if exclude_speakers else ()
    with progress() as tell:
        report = build(
            inputs or ["seeds"],
            out,
            workers=workers,
            options=Options(engine, text, excluded),
            cache=None if no_cache else cache or user_cache_path("build-dataset", appauthor=False),
            progress=tell,
        )
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

    found = extract_source(source, on_skipped=log, engine=engine)
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
def validate(
    folder: DatasetFolder,
    *,
    texts: Annotated[
        list[str] | None,
        typer.Option(
            "--texts",
            metavar="FOLDER",
            help="Check offsets against the texts there, where the dataset is without.",
            show_default=False,
        ),
    ] = None,
    json: Json = False,
    _debug: Debug = False,
) -> None:
    """Check that a dataset folder holds together.

    Every violation is listed with table, record and reason; the exit status is 1 if there is one.
    """
    from build_dataset.read.texts import HeldTexts
    from build_dataset.validate import validate

    report = validate(folder, HeldTexts(texts) if texts else None)
    if json:
        write(as_json(report.as_json()))
    else:
        for finding in report.findings:
            write(visible(str(finding)))
        rows = ", ".join(f"{number:,} {table}" for table, number in report.rows.items())
        violations = "1 violation" if len(report.findings) == 1 else f"{len(report.findings)} violations"
        write(f"{folder}: {violations if report.findings else 'valid'} ({rows})")
    if not report.valid:
        raise typer.Exit(FALLS_SHORT)


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


@app.command()
def evaluate(
    folder: DatasetFolder,
    *,
    gold: Annotated[
        Path, typer.Option("--gold", metavar="DIR", help="Annotated articles, one JSON file each.")
    ],
    errors: Annotated[
        int,
        typer.Option(
            "--errors", metavar="N", min=0, help="Show the first N items that differ from the gold."
        ),
    ] = 0,
    json: Json = False,
    _debug: Debug = False,
) -> None:
    """Score a dataset against articles annotated by hand.

    The annotations are JSON files in the format of the annotation guidelines.

    Precision, recall and F1 by table, language and type. Items that are optional in the gold do not count.
    """
    from build_dataset.examine.annotation import read_gold
    from build_dataset.examine.evaluate import evaluate
    from build_dataset.examine.found import read_articles
    from build_dataset.show.evaluation import differences, report

    annotated = read_gold(gold)
    evaluation = evaluate(read_articles(folder, annotated), annotated)
    for source in evaluation.missing:
        log(f"{source}: no article of {folder} has this name or text; its gold is not scored")
    if json:
        write(as_json(evaluation.as_json(errors)))
        return
    console = results()
    console.print(report(evaluation))
    if errors:
        console.print(differences(evaluation.differences, errors))


@app.command()
def diff(
    old: Annotated[str, typer.Argument(metavar="A", help=LOCATION, show_default=False)],
    new: Annotated[str, typer.Argument(metavar="B", help=LOCATION, show_default=False)],
    *,
    limit: Limit = 20,
    json: Json = False,
    _debug: Debug = False,
) -> None:
    """Say which records two datasets do not share, and which fields changed.

    Example: build-dataset diff hf://datasets/ORG/NAME@v1.0.0 dataset
    """
    from build_dataset.examine.diff import compare
    from build_dataset.publish.location import local_copy, parse_location
    from build_dataset.show.diff import display, json_parts

    locations = parse_location(old), parse_location(new)
    with (
        local_copy(locations[0]) as before,
        local_copy(locations[1]) as after,
        compare(before, after, limit) as comparison,
    ):
        if json:
            for part in json_parts(comparison):
                write(part)
        else:
            display(comparison, results())


@app.command()
def rebuild(
    dataset: Annotated[str, typer.Argument(metavar="DIR|REPO", help=LOCATION, show_default=False)],
    *,
    inputs: Annotated[
        list[str] | None,
        typer.Option(
            "--inputs",
            metavar="INPUT",
            help="Where its sources are; seeds/ if not named.",
            show_default=False,
        ),
    ] = None,
    workers: Workers = 1,
    limit: Limit = 20,
    json: Json = False,
    _debug: Debug = False,
) -> None:
    """Build a dataset again from its sources, and say whether every byte is the same.

    Reads every article anew. The exit status is 1 if something differs.

    Example: build-dataset rebuild hf://datasets/ORG/NAME@v1.0.0 --inputs news/
    """
    from build_dataset.examine.rebuild import other_version
    from build_dataset.examine.rebuild import rebuild as build_again
    from build_dataset.publish.location import local_copy, parse_location
    from build_dataset.show.progress import progress
    from build_dataset.show.rebuild import display, json_parts

    with local_copy(parse_location(dataset)) as folder:
        warning = other_version(folder)
        if warning:
            log(warning)
        with (
            progress() as tell,
            build_again(folder, inputs or ["seeds"], workers=workers, limit=limit, progress=tell) as outcome,
        ):
            identical = outcome.identical
            if json:
                for part in json_parts(outcome):
                    write(part)
            else:
                display(outcome, dataset, results())
    if not identical:
        raise typer.Exit(FALLS_SHORT)


@app.command()
def publish(
    folder: DatasetFolder,
    *,
    repo: Annotated[
        str, typer.Option("--repo", metavar="ORG/NAME", help="The repository; created if it is not there.")
    ],
    private: Annotated[
        bool, typer.Option("--private", help="Create the repository for yourself alone.")
    ] = False,
    revision: Annotated[
        str, typer.Option("--revision", metavar="BRANCH", help="The branch; created if it is not there.")
    ] = "main",
    tag: Annotated[
        str | None,
        typer.Option("--tag", metavar="vX.Y.Z", help="Release it under this version.", show_default=False),
    ] = None,
    message: Annotated[
        str | None,
        typer.Option("--message", metavar="TEXT", help="Of the commit.", show_default="what changed"),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would travel, and change nothing.")
    ] = False,
    json: Json = False,
    _debug: Debug = False,
) -> None:
    """Upload a dataset folder to the Hugging Face Hub: what changed, in one commit.

    The folder is validated first. A release gets a tag, and says in its card and in CHANGELOG.md what changed
    since the one before. The token is taken from HF_TOKEN or from `hf auth login`.

    Example: build-dataset publish dataset --repo ORG/NAME --tag v1.0.0
    """
    from build_dataset.publish.publication import Request
    from build_dataset.publish.publication import publish as upload
    from build_dataset.publish.repository import Repository
    from build_dataset.show.publication import summary
    from build_dataset.validate import validate

    report = validate(folder)
    if not report.valid:
        for finding in report.findings:
            log(visible(str(finding)))
        log(f"{folder}: not published, it breaks the rules")
        raise typer.Exit(FALLS_SHORT)
    request = Request(revision, private, tag, message, dry_run)
    done = upload(folder, Repository(repo), request)
    if json:
        write(as_json(done.as_json()))
    else:
        results().print(summary(done))
