"""Options of the commands that read sources: what English is read by, which columns count, how much is too much."""

from collections.abc import Sequence
from typing import Annotated

import typer

from build_dataset.errors import DatasetError
from build_dataset.options import Limits, Reading

Column = Annotated[
    list[str] | None,
    typer.Option(
        "--column",
        metavar="FIELD=NAME",
        help="The column of a table or field of an object that holds text, title, authors, date, url, … .",
        show_default=False,
    ),
]
Megabytes = Annotated[
    int, typer.Option("--max-megabytes", min=1, help="The most that one text, page, line or record may take.")
]
Expansion = Annotated[
    int, typer.Option("--max-expansion", min=1, help="How many times its size a packed file may become.")
]
Nesting = Annotated[
    int, typer.Option("--max-nesting", min=1, help="How deep the elements of a page may lie in each other.")
]
Seconds = Annotated[
    int, typer.Option("--max-seconds", min=1, help="The most time that one article may take.")
]

DEFAULT = Limits()


def reading(
    columns: Sequence[str] | None, megabytes: int, expansion: int, nesting: int, seconds: int
) -> Reading:
    """How sources are to be read, by the values of these options.

    Raises:
        DatasetError: a column is not given as FIELD=NAME, or articles have no such field.
    """
    from build_dataset.read.columns import check_columns

    pairs = []
    for given in columns or ():
        field, _, name = given.partition("=")
        if not name:
            raise DatasetError(f"--column {given}: write FIELD=NAME, such as text=story")
        pairs.append((field, name))
    check_columns(dict(pairs))
    return Reading(Limits(megabytes, expansion, nesting, seconds), tuple(pairs))
