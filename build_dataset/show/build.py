"""What a build made, and how to load it."""

from collections.abc import Mapping, Sequence
from functools import singledispatch

from rich import box
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from build_dataset.read import SkippedSource
from build_dataset.report import BuildReport, PlanReport, SliceReport
from build_dataset.show.terminal import one_line

SHOWN = 20
"""So many skipped sources, duplicates, violations or shards are printed; all of them are in the manifest or in JSON."""

MOMENT = 0.1


@singledispatch
def summary(report: object) -> RenderableType:
    """What came of a build, a slice of one, or a plan, to be printed."""
    raise TypeError(type(report))


@summary.register
def _of_build(report: BuildReport) -> RenderableType:
    """The counts, what was skipped and why, and how to load the result."""
    parts: list[RenderableType] = [_counts(report)]
    parts += _skipped(report.skipped)
    parts += _lost(report.lost)
    parts += _listed("Read with a remark", [f"{one.source}: {one.warning}" for one in report.warnings])
    parts += _listed(
        "The same text as another source, one article",
        [f"{one.source} = {one.kept}" for one in report.duplicates],
    )
    parts += _repeated(report)
    parts += _reuse(report)
    parts.append(_time(report))
    if report.findings:
        parts += _listed("Not written, the records break the rules", [str(one) for one in report.findings])
    else:
        parts.append(_loading(report))
    return Group(*parts)


@summary.register
def _of_slice(report: SliceReport) -> RenderableType:
    """What was done, and what is to be done next."""
    rows = ", ".join(f"{number:,} {table}" for table, number in report.rows.items()) or "nothing to do"
    done = f"{report.shards:,} of {report.of:,} shards of plan {report.plan[:16]} are finished: {rows}."
    before = _said((report.resumed, "of them were finished before"))
    return Group(
        *_skipped(report.skipped),
        *_lost(report.lost),
        Text(done),
        *before,
        Text("When all are, run the command with --finish."),
    )


@summary.register
def _of_plan(report: PlanReport) -> RenderableType:
    """The shards, as far as they fit on a page."""
    size = sum(shard.bytes for shard in report.shards)
    table = Table("shard", "key", "bytes", "parts", "from", "to", box=box.SIMPLE_HEAD, padding=(0, 1))
    for column in (0, 2, 3):
        table.columns[column].justify = "right"
    for shard in report.shards[:SHOWN]:
        ends = (one_line(shard.first), one_line(shard.last))
        table.add_row(f"{shard.number}", shard.key[:16], f"{shard.bytes:,}", f"{shard.parts:,}", *ends)
    more = f"… and {len(report.shards) - SHOWN:,} more; --json lists all of them\n"
    lines = [
        f"{report.sources:,} sources of {size:,} bytes in {len(report.shards):,} shards, plan {report.key[:16]}.",
        f"{report.finished:,} of them are there already.",
        f"Finished shards are kept at {report.store}.",
    ]
    return Group(
        *_skipped(report.skipped),
        table,
        Text((more if len(report.shards) > SHOWN else "") + "\n".join(lines)),
    )


def _skipped(skipped: Sequence[SkippedSource]) -> list[RenderableType]:
    return _listed("Skipped", [f"{one.source}: {one.reason}" for one in skipped])


def _lost(lost: Sequence[SkippedSource]) -> list[RenderableType]:
    return _listed("How workers died of sources", [f"{one.source}: {one.reason}" for one in lost])


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


def _time(report: BuildReport) -> Text:
    """How long each stage took, but for those that took none."""
    stages = ", ".join(
        f"{stage} {seconds:.1f}" for stage, seconds in report.seconds.items() if seconds >= MOMENT
    )
    total = sum(report.seconds.values())
    rate = report.rows["articles"] / max(total, MOMENT)
    return Text(f"{total:.1f} seconds, {rate:,.0f} articles a second ({stages}).\n")


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
