"""An evaluation as tables to read."""

from rich import box
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from build_dataset.examine.scores import Difference, Evaluation, Scores, TableScores
from build_dataset.show.terminal import one_line

HEADINGS = {
    "articles": "Articles: share of the articles where it is right",
    "quotes": "Quotes: precision, recall and F1 by overlap; share of the matched where it is right",
    "statistics": "Statistics: precision, recall and F1 by overlap; share of the matched where it is right",
    "speakers": "Speakers: precision, recall and F1 by name; share of the matched where it is right",
}


def report(evaluation: Evaluation) -> RenderableType:
    """The scores, one table for each table of the dataset."""
    parts: list[RenderableType] = []
    for name, scores in evaluation.tables().items():
        parts += [Text(HEADINGS[name], "bold"), _table(scores)]
    return Group(*parts)


def _table(scores: TableScores) -> Table:
    attributes = list(scores.all.judged)
    table = Table(box=box.SIMPLE_HEAD, padding=(0, 1))
    table.add_column("")
    counted = ["gold", "found", "P", "R", "F1"] if scores.ways else []
    for name in (*counted, *(f"{way} F1" for way in scores.ways[1:]), *attributes):
        table.add_column(name, justify="right")
    _row(table, "all", scores, scores.all, attributes)
    for groups in (scores.by_language, scores.by_type):
        table.add_section()
        for name, group in sorted(groups.items()):
            _row(table, name, scores, group, attributes)
    return table


def _row(table: Table, name: str, scores: TableScores, group: Scores, attributes: list[str]) -> None:
    cells = []
    if scores.ways:
        first, *others = scores.ways
        rates = [group.precision(first), group.recall(first), group.f1(first), *map(group.f1, others)]
        cells += [str(group.expected), str(group.found), *map(_percent, rates)]
    cells += [_percent(group.accuracy(attribute)) for attribute in attributes]
    table.add_row(name, *cells)


def _percent(share: float | None) -> str:
    return "–" if share is None else f"{100 * share:.1f}"


def differences(items: list[Difference], limit: int) -> RenderableType:
    """The first `limit` items that are not as in the gold, each with its place in the text."""
    lines = Text()
    for item in items[:limit]:
        lines.append(f"{item.table}: {item.problem}", style="bold")
        lines.append(f" {', '.join(item.attributes)}" if item.attributes else "")
        lines.append(f"  {item.source}\n")
        for label, words in (("gold ", item.expected), ("found", item.found), ("text ", item.context)):
            if words:
                lines.append(f"  {label} {one_line(words)}\n")
    if len(items) > limit:
        lines.append(f"… and {len(items) - limit} more\n")
    return lines
