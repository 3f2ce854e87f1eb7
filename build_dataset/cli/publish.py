"""To the Hugging Face Hub: `publish`."""

from typing import Annotated

import typer

from build_dataset.cli.app import DatasetFolder, app
from build_dataset.command import FALLS_SHORT, Debug, Json
from build_dataset.show.terminal import as_json, log, results, visible, write


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
