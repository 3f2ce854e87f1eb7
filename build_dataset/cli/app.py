"""The command line as a whole, and the options that several commands have."""

from pathlib import Path
from typing import Annotated

import typer

from build_dataset import __version__
from build_dataset.command import Commands, Debug
from build_dataset.show.terminal import write

app = typer.Typer(
    cls=Commands,
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

Workers = Annotated[
    int, typer.Option("--workers", metavar="N", min=1, help="Processes; the result is the same for any N.")
]
DatasetFolder = Annotated[Path, typer.Argument(metavar="DIR", help="A dataset folder.", show_default=False)]


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
