"""What a build made, and how to load it."""

from collections.abc import Mapping

from rich import box
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from build_dataset.build import BuildReport
from build_dataset.show.terminal import one_line

SHOWN = 20
"""So many skipped sources, duplicates and violations are printed; all of them are in the manifest."""


def summary(report: BuildReport) -> RenderableType:
    """The counts, what was skipped and why, and how to load the result."""
    parts: list[RenderableType] = [_counts(report)]
    parts += _listed("Skipped", [f"{one.source}: {one.reason}" for one in report.skipped])
    parts += _listed("Read with a remark", [f"{one.source}: {one.warning}" for one in report.warnings])
    parts += _listed(
        "The same text as another source, one article",
        [f"{one.source} = {one.kept}" for one in report.duplicates],
    )
    parts += _repeated(report)
    parts += _reuse(report)
    if report.findings:
        parts += _listed("Not written, the records break the rules", [str(one) for one in report.findings])
    else:
        parts.append(_loading(report))
    return Group(*parts)


def _counts(report: BuildReport) -> Table:
    languages = sorted(report.languages)
    table = Table(box=box.SIMPLE_HEAD, padding=(0, 1))
    table.add_column("")
    for name in ("all", *languages):
        table.add_column(name, justify="right")
    details = {
        "quotes": report.quote_types,
        "statistics": report.statistic_kinds,
        "speakers": report.speaker_kinds,
    }
    for name, rows in report.rows.items():
        by_language = [report.languages[language].get(name) for language in languages]
        table.add_row(
            Text(name, "bold"), f"{rows:,}", *("" if one is None else f"{one:,}" for one in by_language)
        )
        for kind, number in _by_size(details.get(name, {})):
            table.add_row(f"  {kind}", f"{number:,}")
    return table


def _by_size(numbers: Mapping[str, int]) -> list[tuple[str, int]]:
    return sorted(numbers.items(), key=lambda item: (-item[1], item[0]))


def _listed(heading: str, lines: list[str]) -> list[RenderableType]:
    if not lines:
        return []
    shown = [f"  {one_line(line)}" for line in lines[:SHOWN]]
    more = [f"  … and {len(lines) - SHOWN} more"] if len(lines) > SHOWN else []
    return [Text("\n".join([f"{heading} ({len(lines)}):", *shown, *more, ""]))]


def _repeated(report: BuildReport) -> list[RenderableType]:
    """What is there more than once, and stays."""
    return _said(
        (report.near_duplicates, "articles are nearly copies of an earlier one: duplicate_of says which"),
        (report.repeated_quotes, "quotes repeat one of an earlier article: without, duplicate_of is null"),
    )


def _reuse(report: BuildReport) -> list[RenderableType]:
    """What was known from earlier builds, and who was left out."""
    return _said(
        (report.resumed, f"of {report.shards:,} shards were finished by an earlier run"),
        (report.reused, "articles are as an earlier build read them"),
        (report.damaged, "results of earlier builds were damaged, and made anew"),
        (report.excluded, "speakers were left out, as --exclude-speakers says"),
    )


def _said(*lines: tuple[int, str]) -> list[RenderableType]:
    """Numbers in sentences; nothing where there is nothing to count."""
    said = [f"{number:,} {words}." for number, words in lines if number]
    return [Text("\n".join([*said, ""]))] if said else []


def _loading(report: BuildReport) -> RenderableType:
    folder = one_line(str(report.folder))
    lines = [
        f"Written to {folder}. Load it:",
        f'  datasets.load_dataset("{folder}", "quotes", split="train")',
        f'  pandas.read_parquet("{folder}/quotes")',
        f"  duckdb.sql(\"from '{folder}/quotes/*.parquet'\")",
    ]
    return Text("\n".join(lines))
