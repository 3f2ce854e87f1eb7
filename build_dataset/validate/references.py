"""Identifiers and what refers to them, over a whole dataset: column by column, without the rows.

Of each quote and statistic the place of its article and of its speaker are held, in four bytes each.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from build_dataset.schema.derived import KEYS
from build_dataset.validate.finding import Finding
from build_dataset.write.parquet import read_columns

Places = NDArray[np.int32]
Numbers = NDArray[np.int64]

OF_ARTICLES = ("quotes", "statistics")
"""The tables whose rows belong to articles."""


@dataclass(frozen=True, slots=True)
class Placed:
    """The rows of a table whose rows belong to articles: the places of what they refer to, -1 where there is none."""

    articles: Places
    speakers: Places

    @property
    def ordered(self) -> bool:
        """Whether the rows follow the order of their articles, those without one aside."""
        known = self.articles[self.articles >= 0]
        return bool((known[1:] >= known[:-1]).all())

    def rows_before(self, articles: Numbers) -> list[int]:
        """How many rows stand before those of some articles, where the rows are ordered."""
        return [int(rows) for rows in np.searchsorted(np.maximum.accumulate(self.articles), articles)]


class References:
    """The identifiers of a dataset whose files have the right schema, and what refers to them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.findings: list[Finding] = []
        self.articles = self._keys("articles")
        self.speakers = self._keys("speakers")
        self.placed = {table: self._placed(table) for table in OF_ARTICLES}

    def _find(self, code: str, table: str, record: str | None, message: str) -> None:
        self.findings.append(Finding(code, table, record, message))

    def _keys(self, table: str) -> pa.Array:
        key = KEYS[table]
        chunks = [chunk for rows in read_columns(self.folder, table, key) for chunk in rows[key].chunks]
        keys = pa.chunked_array(chunks, pa.string()).combine_chunks()
        counted = pc.value_counts(keys)
        for twice in counted.filter(pc.greater(counted.field("counts"), 1)).field("values").to_pylist():
            self._find("identifiers_are_unique", table, twice, "stands in the table twice")
        return keys

    def _placed(self, table: str) -> Placed:
        articles, speakers = [], []
        for rows in read_columns(self.folder, table, KEYS[table], "article_id", "speaker_id"):
            of_article = _places(rows["article_id"], self.articles)
            of_speaker = _places(rows["speaker_id"], self.speakers)
            named = rows["speaker_id"].is_valid().to_numpy()
            self._missing(table, rows, "article_id", of_article < 0)
            self._missing(table, rows, "speaker_id", (of_article >= 0) & (of_speaker < 0) & named)
            articles.append(of_article)
            speakers.append(of_speaker)
        placed = Placed(np.concatenate(articles), np.concatenate(speakers))
        if not placed.ordered:
            self._find("rows_are_in_order", table, None, "the rows do not follow the order of their articles")
        return placed

    def _missing(self, table: str, rows: pa.Table, column: str, where: NDArray[np.bool_]) -> None:
        """Report rows that refer to what is not there."""
        found = rows.filter(pa.array(where))
        for key, of in zip(found[KEYS[table]].to_pylist(), found[column].to_pylist(), strict=True):
            message = f"{column} {of} is not in {column.removesuffix('_id')}s"
            self._find("references_resolve", table, key, message)

    def check_speakers(self, ends: list[int]) -> Iterator[Finding]:
        """Compare the numbers of articles and quotes that speakers have with those that there are.

        Args:
            ends: rows of `quotes` after which another article begins, so that so many are counted at once.
        """
        articles, quotes = self._count_speakers(ends)
        for rows in read_columns(self.folder, "speakers", "speaker_id", "articles", "quotes"):
            places = _places(rows["speaker_id"], self.speakers)
            for column, counted in (("articles", articles[places]), ("quotes", quotes[places])):
                wrong = np.flatnonzero(rows[column].to_numpy() != counted)
                found = rows.take(pa.array(wrong))
                keys, stated = found["speaker_id"].to_pylist(), found[column].to_pylist()
                for key, says, there in zip(keys, stated, counted[wrong], strict=True):
                    message = f"{column} is {says}, but there are {there}"
                    yield Finding("speakers_are_counted", "speakers", key, message)

    def _count_speakers(self, ends: list[int]) -> tuple[Numbers, Numbers]:
        """Of each speaker how many articles and how many quotes there are."""
        articles, quotes = np.zeros((2, len(self.speakers)), np.int64)
        placed = self.placed["quotes"]
        for of_article, of_speaker in zip(
            np.split(placed.articles, ends), np.split(placed.speakers, ends), strict=True
        ):
            known = (of_article >= 0) & (of_speaker >= 0)
            speakers = of_speaker[known].astype(np.int64)
            np.add.at(quotes, speakers, 1)
            pairs = np.unique(of_article[known] * np.int64(len(self.speakers)) + speakers)
            np.add.at(articles, pairs % max(len(self.speakers), 1), 1)
        return articles, quotes


def _places(values: pa.ChunkedArray, keys: pa.Array) -> Places:
    """Where values stand among keys, at first; -1 where they don't."""
    return np.asarray(pc.fill_null(pc.index_in(values, value_set=keys), -1).to_numpy(), np.int32)
