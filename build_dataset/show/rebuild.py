"""A rebuild: whether it is identical, and where not."""

from collections.abc import Iterator

from rich.console import Console
from rich.text import Text

from build_dataset.examine.rebuild import Rebuild
from build_dataset.show import diff
from build_dataset.show.terminal import as_json, one_line

SHOWN = 20
"""So many sources of a kind are named."""


def display(outcome: Rebuild, name: str, console: Console) -> None:
    """Print which sources differ, and then the records that do."""
    for line in _sources(outcome):
        console.print(line, soft_wrap=True)
    if outcome.identical:
        console.print(Text(f"{one_line(name)}: identical, byte for byte", "bold"), soft_wrap=True)
        return
    diff.display(outcome.comparison, console)
    if outcome.comparison.equal:
        console.print(f"{one_line(name)}: the records are the same, the files above are not")
    else:
        console.print(f"{one_line(name)}: not identical")


def _sources(outcome: Rebuild) -> Iterator[Text]:
    for kind, names in (
        ("changed since", outcome.sources.changed),
        ("not there any more", outcome.sources.missing),
        ("not there then", outcome.sources.added),
    ):
        for name in names[:SHOWN]:
            yield Text(f"source {one_line(name)}: {kind}")
        if len(names) > SHOWN:
            yield Text(f"… and {len(names) - SHOWN:,} more sources {kind}")


def json_parts(outcome: Rebuild) -> Iterator[str]:
    """One JSON object, in parts to be printed a line each: `Rebuild.as_json` and the records that differ."""
    yield from diff.json_with_records(as_json(outcome.as_json()), outcome.comparison)
