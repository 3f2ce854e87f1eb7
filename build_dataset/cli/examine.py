"""A finished dataset: `validate`, `evaluate`, `review`, `rebuild`, and `diff` for two."""

from pathlib import Path
from typing import Annotated

import typer

from build_dataset.cli.app import DatasetFolder, Workers, app
from build_dataset.command import FALLS_SHORT, Debug, Json
from build_dataset.show.terminal import as_json, log, results, visible, write

LOCATION = "A dataset folder, or hf://datasets/ORG/NAME[@REVISION]."
Limit = Annotated[
    int,
    typer.Option(
        "--limit", metavar="N", min=0, help="List N records at most of each kind of change in each table."
    ),
]


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
    from build_dataset.options import Options
    from build_dataset.read.texts import HeldTexts
    from build_dataset.validate import validate
    from build_dataset.write.manifest import read_manifest

    held = None
    if texts:
        held = HeldTexts(texts, Options.read(read_manifest(folder).get("options", {})).reading)
    report = validate(folder, held)
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
def review(
    folder: DatasetFolder,
    *,
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="FILE", help="The page to write.", show_default="DIR-review.html"),
    ] = None,
    articles: Annotated[
        int, typer.Option("--articles", metavar="N", min=1, max=1000, help="Show the first N articles.")
    ] = 100,
    only: Annotated[
        list[str] | None,
        typer.Option(
            "--only",
            metavar="ARTICLE",
            help="Only this article: its identifier or source; may be repeated.",
            show_default=False,
        ),
    ] = None,
    speaker: Annotated[
        list[str] | None,
        typer.Option(
            "--speaker",
            metavar="NAME",
            help="Only articles that quote this speaker: a name or an identifier; may be repeated.",
            show_default=False,
        ),
    ] = None,
    json: Json = False,
    _debug: Debug = False,
) -> None:
    """Write a page to look at: articles with their quotes, speakers and statistics marked in the text.

    The page is one file for a browser. It runs no script and loads nothing.

    Example: build-dataset review dataset --speaker "Maria Olsen"
    """
    from build_dataset.examine.review import read_review
    from build_dataset.show.review.page import page_path, write_page

    page = page_path(folder, out)
    found = read_review(folder, articles, articles=only or (), speakers=speaker or ())
    write_page(found, page)
    if json:
        write(as_json({"page": str(page), **found.as_json()}))
        return
    if found.chosen > len(found.articles):
        log(f"{len(found.articles):,} of {found.chosen:,} articles are shown; see --articles")
    write(visible(str(page)))


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
