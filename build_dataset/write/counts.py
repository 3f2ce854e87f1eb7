"""What stands in the tables of a dataset folder, counted column by column for the card and its plots.

Only the columns that are counted are read, a file at a time. Of each article its identifier, language and day are
held, so that memory doesn't grow with the texts.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from build_dataset.schema import SpeakerKind
from build_dataset.write.parquet import read_columns
from build_dataset.write.periods import Period, gather, label_length

TOP_SPEAKERS = 15
TOP_WORDINGS = 20

Tally = Counter[tuple[Any, ...]]
"""Values of some columns → rows that have them."""


@dataclass(frozen=True, slots=True)
class TopSpeaker:
    """One of the most quoted."""

    name: str
    kind: str
    role: str | None
    quotes: int
    articles: int


@dataclass(frozen=True, slots=True)
class Wordings:
    """What the sources state in a column of free text, such as the licence."""

    top: dict[str, int]
    """Wording → articles, the most frequent first."""
    others: int
    """How many wordings there are beside those."""
    others_articles: int
    """How many articles have one of them."""
    unstated: int
    """How many articles state nothing."""


@dataclass(frozen=True, slots=True)
class Counts:
    """How many rows of what."""

    languages: dict[str, dict[str, int]]
    """Language → table → rows, the language with most articles first."""
    quote_types: dict[str, int]
    statistic_kinds: dict[str, int]
    speaker_kinds: dict[str, int]
    language_types: dict[str, dict[str, int]]
    """Language → type → quotes."""
    published: tuple[date, date] | None
    """The first and the last day of publication."""
    periods: tuple[Period, ...]
    """The days, months, years or decades from the first to the last; none where no article states its day."""
    undated: int
    """How many articles don't state their day."""
    more_sources: int
    """Sources that hold the text of an article beside the one that it is named by."""
    near_duplicates: int
    """Articles that are nearly copies of an earlier one."""
    repeated_quotes: int
    """Quotes that have the words and the speaker of one in an earlier article."""
    speakers: tuple[TopSpeaker, ...]
    """The most quoted that have a name, the first of them first."""
    licenses: Wordings
    publishers: Wordings


def read_counts(folder: Path) -> Counts:
    """Count what stands in a dataset folder whose tables are complete."""
    articles = _Articles(folder)
    quotes = _tally(articles.joined("quotes", "type"), "language", "type", "period")
    statistics = _tally(articles.joined("statistics", "kind"), "language", "kind")
    by_language = {
        "articles": articles.count("language"),
        "quotes": _by_size(quotes, 0),
        "statistics": _by_size(statistics, 0),
    }
    return Counts(
        languages={
            language: {table: numbers.get(language, 0) for table, numbers in by_language.items()}
            for language in by_language["articles"]
        },
        quote_types=_by_size(quotes, 1),
        statistic_kinds=_by_size(statistics, 1),
        speaker_kinds=_by_size(_tally(read_columns(folder, "speakers", "kind"), "kind"), 0),
        language_types={
            language: _by_size(Counter({key: n for key, n in quotes.items() if key[0] == language}), 1)
            for language in by_language["quotes"]
        },
        published=articles.published,
        periods=gather(articles.count("period"), _pairs(quotes)),
        undated=articles.rows["published"].null_count,
        more_sources=sum(
            len(rows["sources"].combine_chunks().flatten()) - rows.num_rows
            for rows in read_columns(folder, "articles", "sources")
        ),
        near_duplicates=_stated(folder, "articles", "duplicate_of"),
        repeated_quotes=_stated(folder, "quotes", "duplicate_of"),
        speakers=_top_speakers(folder),
        licenses=_wordings(folder, "license"),
        publishers=_wordings(folder, "publisher"),
    )


class _Articles:
    """Identifier, language and day of every article, and the rows of other tables joined with them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        rows = pa.concat_tables(read_columns(folder, "articles", "article_id", "language", "published"))
        days = pc.min_max(rows["published"])
        self.published = (days["min"].as_py(), days["max"].as_py()) if days["min"].is_valid else None
        length = label_length(*self.published) if self.published else 0
        period = pc.utf8_slice_codeunits(rows["published"].cast(pa.string()), 0, length)
        self.rows = rows.append_column("period", period).combine_chunks()
        self.keys = self.rows["article_id"].combine_chunks()

    def count(self, column: str) -> dict[str, int]:
        """Value → articles, the most frequent first; without those that have none."""
        return _by_size(_tally([self.rows], column), 0)

    def joined(self, table: str, column: str) -> Iterator[pa.Table]:
        """A column of another table beside the language and the period of the article, file by file."""
        shared = self.rows.select(["language", "period"])
        for rows in read_columns(self.folder, table, "article_id", column):
            places = pc.index_in(rows["article_id"], value_set=self.keys)
            yield shared.take(places).append_column(column, rows[column])


def _tally(tables: Iterable[pa.Table], *columns: str) -> Tally:
    """How many rows have the same values in these columns."""
    tally: Tally = Counter()
    for rows in tables:
        groups = rows.select(list(columns)).group_by(list(columns)).aggregate([([], "count_all")])
        values = zip(*(groups[column].to_pylist() for column in columns), strict=True)
        tally.update(dict(zip(values, groups["count_all"].to_pylist(), strict=True)))
    return tally


def _by_size(tally: Tally, place: int) -> dict[str, int]:
    """One of the columns of a tally: value → rows, the most frequent first; without those that have none."""
    sums: Counter[str] = Counter()
    for key, number in tally.items():
        if key[place] is not None:
            sums[key[place]] += number
    return dict(sorted(sums.items(), key=lambda entry: (-entry[1], entry[0])))


def _pairs(quotes: Tally) -> dict[str, dict[str, int]]:
    """Period → type → quotes."""
    pairs: dict[str, dict[str, int]] = {}
    for (_, quote_type, period), number in quotes.items():
        if period is not None:
            types = pairs.setdefault(period, {})
            types[quote_type] = types.get(quote_type, 0) + number
    return pairs


def _top_speakers(folder: Path) -> tuple[TopSpeaker, ...]:
    """The most quoted. The unnamed are left out: `officials` in two articles are not the same people."""
    columns = ("name", "kind", "role", "quotes", "articles")
    order = [("quotes", "descending"), ("articles", "descending"), ("name", "ascending")]
    order.append(("speaker_id", "ascending"))  # namesakes
    top: pa.Table | None = None
    for rows in read_columns(folder, "speakers", "speaker_id", *columns):
        named = rows.filter(pc.not_equal(rows["kind"], SpeakerKind.UNNAMED.value))
        top = named if top is None else pa.concat_tables([top, named])
        top = top.sort_by(order).slice(0, TOP_SPEAKERS)
    return () if top is None else tuple(TopSpeaker(**row) for row in top.select(columns).to_pylist())


def _stated(folder: Path, table: str, column: str) -> int:
    """How many rows have a value in a column."""
    return sum(rows.num_rows - rows[column].null_count for rows in read_columns(folder, table, column))


def _wordings(folder: Path, column: str) -> Wordings:
    tally = _tally(read_columns(folder, "articles", column), column)
    stated = _by_size(tally, 0)
    top = dict(list(stated.items())[:TOP_WORDINGS])
    return Wordings(
        top=top,
        others=len(stated) - len(top),
        others_articles=sum(stated.values()) - sum(top.values()),
        unstated=tally[None,],
    )
