"""The parts of the dataset card that are made from the files: tables, examples, plots."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from build_dataset.options import TextPolicy
from build_dataset.schema import SCHEMA_VERSION, TABLES
from build_dataset.write.counts import Counts, Wordings
from build_dataset.write.inventory import Shard
from build_dataset.write.markdown import plain, table
from build_dataset.write.plots import Plot

EXAMPLE_CHARACTERS = 160
"""A longer text is cut in an example."""

WORDING_CHARACTERS = 120
"""A longer wording of a licence is cut in its table; it stands whole in the column."""

TEXTS = {
    TextPolicy.FULL: "In this dataset `text` holds each article whole, as it was read.",
    TextPolicy.EXCERPT: (
        "In this dataset `text` holds the beginning of each article only, with the flag `excerpt`; quotes and "
        "statistics have the sentences that they stand in as `context`."
    ),
    TextPolicy.NONE: (
        "In this dataset `text` is null, and the `context` of quotes and statistics has their own words only: the "
        "texts of the articles are not in it."
    ),
}
"""What is left of the texts, in words."""


def generated(
    folder: Path,
    shards: Mapping[str, Sequence[Shard]],
    counts: Counts,
    plots: Sequence[Plot],
    policy: TextPolicy,
) -> dict[str, str]:
    """Every generated part of the card but those that follow from the schema.

    Args:
        folder: the dataset folder.
        shards: table → its files.
        counts: what stands in them.
        plots: the plots in the folder.
        policy: what of the texts is published.
    """
    examples = {f"example {table}": _example(folder, table) for table in TABLES}
    return examples | {
        "counts": _sizes(shards, counts),
        "breakdown": _breakdown(counts),
        "duplicates": _duplicates(counts),
        "plots": _plots(plots),
        "periods": _periods(counts),
        "speakers": _speakers(counts),
        "texts": texts(policy),
        "licences": _wordings("licence as stated in the source", counts.licenses),
        "publishers": _wordings("publisher as stated in the source", counts.publishers),
        "version": f"The schema of this dataset has version {SCHEMA_VERSION}.",
    }


def texts(policy: TextPolicy) -> str:
    """What of the article texts is in the dataset, in a sentence."""
    return TEXTS[policy]


def _plots(plots: Sequence[Plot]) -> str:
    pictures = [f"![{plot.description}]({plot.path})" for plot in plots]
    return "\n\n".join(pictures) or "There is nothing to plot."


def _sizes(shards: Mapping[str, Sequence[Shard]], counts: Counts) -> str:
    rows = [
        (name, sum(shard.rows for shard in of_table), sum(shard.bytes for shard in of_table), len(of_table))
        for name, of_table in shards.items()
    ]
    lines = [table(("table", "rows", "bytes", "files"), rows)]
    if counts.published:
        first, last = counts.published
        lines.append(f"\nArticles that state their day were published from {first} to {last}.")
    return "\n".join(lines)


def _breakdown(counts: Counts) -> str:
    of_articles = ("articles", "quotes", "statistics")
    languages = [(tag, *(numbers[name] for name in of_articles)) for tag, numbers in counts.languages.items()]
    tables = [
        table(("language", *of_articles), languages),
        table(("type", "quotes"), list(counts.quote_types.items())),
        table(("kind", "statistics"), list(counts.statistic_kinds.items())),
        table(("kind", "speakers"), list(counts.speaker_kinds.items())),
    ]
    return "\n\n".join(tables)


def _duplicates(counts: Counts) -> str:
    """What stands in the dataset more than once, in sentences."""
    return (
        f"Here {counts.more_sources:,} further sources hold exactly the text of an article, "
        f"{counts.near_duplicates:,} articles are nearly copies of an earlier one, and "
        f"{counts.repeated_quotes:,} quotes repeat one of an earlier article."
    )


def _periods(counts: Counts) -> str:
    """Articles and quotes over time; only the steps in which something was published."""
    if not counts.periods:
        return "No article states its day."
    types = list(counts.quote_types)
    rows = [
        (period.name, period.articles, *(period.quotes.get(one, 0) for one in types))
        for period in counts.periods
        if period.articles
    ]
    if counts.undated:
        dated = {one: sum(period.quotes.get(one, 0) for period in counts.periods) for one in types}
        undated = (counts.quote_types[one] - dated[one] for one in types)
        rows.append(("not stated", counts.undated, *undated))
    return table(("published", "articles", *(f"{one} quotes" for one in types)), rows)


def _speakers(counts: Counts) -> str:
    if not counts.speakers:
        return "Nobody is quoted by name."
    rows = [
        (plain(one.name), one.quotes, one.articles, one.kind, plain(one.role or ""))
        for one in counts.speakers
    ]
    return table(("name", "quotes", "articles", "kind", "role"), rows)


def _wordings(head: str, wordings: Wordings) -> str:
    rows = [(plain(_cut(wording, WORDING_CHARACTERS)), number) for wording, number in wordings.top.items()]
    if wordings.others:
        rows.append((f"*{wordings.others:,} others*", wordings.others_articles))
    if wordings.unstated:
        rows.append(("*not stated*", wordings.unstated))
    return table((head, "articles"), rows)


def _example(folder: Path, name: str) -> str:
    """The row among the first that has least unsaid, as JSON."""
    for path in sorted((folder / name).glob("*.parquet")):
        first: list[dict[str, Any]] = _first_rows(path)
        if first:
            fullest = max(first, key=lambda row: sum(value not in (None, []) for value in row.values()))
            shown = {column: _shortened(value) for column, value in fullest.items()}
            return f"```json\n{json.dumps(shown, ensure_ascii=False, indent=2, default=str)}\n```"
    return "The table has no rows."


def _first_rows(path: Path) -> list[dict[str, Any]]:
    batch = next(pq.ParquetFile(path).iter_batches(batch_size=100), None)
    return [] if batch is None else pa.Table.from_batches([batch]).to_pylist()


def _shortened(value: Any) -> Any:
    if isinstance(value, str):
        return _cut(value, EXAMPLE_CHARACTERS)
    if isinstance(value, float):
        return round(value, 6)
    return value


def _cut(text: str, characters: int) -> str:
    return text if len(text) <= characters else text[:characters] + "…"
