"""The tables of a dataset folder, checked in one pass over their files.

Quotes and statistics stand in the order of their articles, so that three streams are merged and only the
article at hand is in memory, with the identifiers of all articles and speakers. A table in another order is
reported, and then sorted in memory, so that what else is wrong in it is found too.
"""

import json
from array import array
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from itertools import groupby
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from build_dataset.schema import TABLES, ArticleFlag
from build_dataset.schema.derived import KEYS, arrow_schema
from build_dataset.validate.checks import CHECKS, Block, Row, misfit
from build_dataset.validate.duplicates import check_duplicates
from build_dataset.validate.finding import Finding
from build_dataset.write.inventory import shard_paths
from build_dataset.write.parquet import file_name, read_columns

ROWS_AT_ONCE = 250

Texts = Callable[[str], str | None]
"""`text_sha256` → the text."""


@dataclass(slots=True)
class Contents:
    """What the tables hold, and what is wrong with them."""

    rows: dict[str, int] = field(default_factory=dict)
    digests: dict[str, str] = field(default_factory=dict)
    """Table → SHA-256 over its rows as canonical JSON, one a line: the same with any writer."""
    findings: list[Finding] = field(default_factory=list)


def check_tables(folder: Path, texts: Texts | None = None) -> Contents:
    """Check all that stands in the tables of a dataset folder.

    Args:
        folder: the dataset folder.
        texts: gives the whole text of a `text_sha256`, or None where it does not hold it; for datasets that have
            been built without.
    """
    contents = Contents()
    contents.findings += (finding for table in TABLES for finding in _shards_fit(folder, table))
    if not contents.findings:  # else there is nothing that could be read as records
        _Pass(folder, contents, texts).run()
    return contents


def _shards_fit(folder: Path, table: str) -> Iterator[Finding]:
    paths = shard_paths(folder, table)
    expected = [file_name(number, len(paths)) for number in range(len(paths))]
    if [path.name for path in paths] != expected or not paths:
        message = "the files are not train-00000-of-0000N.parquet, from the first to the last"
        yield Finding("shards_are_complete", table, None, message)
    for path in paths:
        where = path.relative_to(folder).as_posix()
        try:
            schema = pq.read_schema(path)
        except (OSError, pa.ArrowException) as error:
            yield Finding("shards_are_readable", where, None, f"not a Parquet file that can be read: {error}")
            continue
        if not schema.equals(arrow_schema(table)):
            yield Finding(
                "shards_have_the_schema", where, None, _schema_difference(schema, arrow_schema(table))
            )


def _schema_difference(found: pa.Schema, expected: pa.Schema) -> str:
    for column in expected.names:
        if column not in found.names:
            return f"column {column} is missing"
        if not found.field(column).equals(expected.field(column)):
            return f"column {column} is {found.field(column)}, not {expected.field(column)}"
    extra = [column for column in found.names if column not in expected.names]
    return f"column {extra[0]} is not of the schema" if extra else "the columns are in another order"


class _Table:
    """The rows of a table from its files, in order, counted and digested on the way."""

    def __init__(self, folder: Path, table: str) -> None:
        self.folder, self.table = folder, table
        self.rows = 0
        self.digest = sha256()

    def __iter__(self) -> Iterator[Row]:
        encode = json.JSONEncoder(
            sort_keys=True, ensure_ascii=False, allow_nan=True, separators=(",", ":"), default=date.isoformat
        ).encode
        for path in shard_paths(self.folder, self.table):
            with pq.ParquetFile(path) as file:
                for batch in file.iter_batches(batch_size=ROWS_AT_ONCE):
                    rows = batch.to_pylist()
                    self.rows += len(rows)
                    self.digest.update("".join(f"{encode(row)}\n" for row in rows).encode("utf-8"))
                    yield from rows

    def column(self, column: str) -> Iterator[pa.ChunkedArray]:
        """One column, some files at a time."""
        for rows in read_columns(self.folder, self.table, column):
            yield rows[column]


class _Pass:
    """One pass over a folder whose files have the right schema."""

    def __init__(self, folder: Path, contents: Contents, texts: Texts | None) -> None:
        self.folder = folder
        self.contents = contents
        self.texts = texts
        self.tables = {table: _Table(folder, table) for table in TABLES}
        self.articles = self._keys("articles")
        self.speaker_keys = self._keys("speakers")
        self.speakers = {key: row for row, key in enumerate(self.speaker_keys.to_pylist())}
        self.articles_of = array("q", bytes(8 * len(self.speaker_keys)))
        self.quotes_of = array("q", bytes(8 * len(self.speaker_keys)))

    def _keys(self, table: str) -> pa.Array:
        keys = pa.chunked_array(
            [part for whole in self.tables[table].column(KEYS[table]) for part in whole.chunks], pa.string()
        )
        counted = pc.value_counts(keys.combine_chunks())
        twice = counted.filter(pc.greater(counted.field("counts"), 1)).field("values")
        for key in twice.to_pylist():
            self._find("identifiers_are_unique", table, key, "stands in the table twice")
        return keys.combine_chunks()

    def _find(self, code: str, table: str, record: str | None, message: str) -> None:
        self.contents.findings.append(Finding(code, table, record, message))

    def run(self) -> None:
        for block in self._blocks():
            for check in CHECKS:
                for table, record, message in check(block):
                    self._find(check.__name__, table, record, message)
            self._count(block)
        self._check_speakers()
        self.contents.findings += check_duplicates(self.folder)
        for name, read in self.tables.items():
            self.contents.rows[name] = read.rows
            self.contents.digests[name] = read.digest.hexdigest()

    def _blocks(self) -> Iterator[Block]:
        """Every article with its rows."""
        quotes, statistics = self._grouped("quotes"), self._grouped("statistics")
        next_quotes, next_statistics = next(quotes, None), next(statistics, None)
        for place, article in enumerate(self.tables["articles"]):
            block = Block(
                article,
                next_quotes[1] if next_quotes and next_quotes[0] == place else (),
                next_statistics[1] if next_statistics and next_statistics[0] == place else (),
                self._text(article),
            )
            if block.quotes:
                next_quotes = next(quotes, None)
            if block.statistics:
                next_statistics = next(statistics, None)
            yield block

    def _text(self, article: Row) -> str | None:
        """The whole text of an article, from the table or from whoever holds it."""
        if article["text"] is not None and ArticleFlag.EXCERPT not in article["flags"]:
            return str(article["text"])
        if self.texts is None:
            return None
        text = self.texts(article["text_sha256"])
        if text is None:
            message = "its text is neither here nor in the texts that were given"
            self._find("texts_are_held", "articles", article["article_id"], message)
        return text

    def _grouped(self, table: str) -> Iterator[tuple[int, list[Row]]]:
        """The rows of a table by the place of their article; those without one are reported and left out."""
        places = self._places(table)
        placed: Any = zip(_values(places), self.tables[table], strict=True)
        if not _sorted(places):
            self._find("rows_are_in_order", table, None, "the rows do not follow the order of their articles")
            placed = sorted(
                (entry for entry in self._with_article(table, placed)), key=lambda entry: entry[0]
            )
        else:
            placed = self._with_article(table, placed)
        for place, group in groupby(placed, key=lambda entry: entry[0]):
            yield place, [row for _, row in group]

    def _places(self, table: str) -> pa.ChunkedArray:
        """The place of each row's article; null where there is none."""
        columns = self.tables[table].column("article_id")
        return pa.chunked_array(
            [part for column in columns for part in pc.index_in(column, value_set=self.articles).chunks],
            pa.int32(),
        )

    def _with_article(
        self, table: str, placed: Iterator[tuple[int | None, Row]]
    ) -> Iterator[tuple[int, Row]]:
        for place, row in placed:
            if place is None:
                message = f"article_id {row['article_id']} is not in articles"
                self._find("references_resolve", table, row[KEYS[table]], message)
            else:
                yield place, row

    def _count(self, block: Block) -> None:
        """Follow the references to speakers, and count what is theirs."""
        for table, rows in (("quotes", block.quotes), ("statistics", block.statistics)):
            for row in rows:
                if row["speaker_id"] is not None and row["speaker_id"] not in self.speakers:
                    message = f"speaker_id {row['speaker_id']} is not in speakers"
                    self._find("references_resolve", table, row[KEYS[table]], message)
        for key, number in Counter(quote["speaker_id"] for quote in block.quotes).items():
            place = self.speakers.get(key)
            if place is not None:
                self.articles_of[place] += 1
                self.quotes_of[place] += number

    def _check_speakers(self) -> None:
        for row in self.tables["speakers"]:
            violation = misfit("speakers", row)
            if violation:
                self._find("records_fit_the_schema", *violation)
            place = self.speakers[row["speaker_id"]]
            for column, counted in (("articles", self.articles_of), ("quotes", self.quotes_of)):
                if row[column] != counted[place]:
                    message = f"{column} is {row[column]}, but there are {counted[place]}"
                    self._find("speakers_are_counted", "speakers", row["speaker_id"], message)


def _values(places: pa.ChunkedArray) -> Iterator[int | None]:
    """The values one after the other, few of them as Python objects at a time."""
    for chunk in places.chunks:
        for start in range(0, len(chunk), ROWS_AT_ONCE):
            yield from chunk.slice(start, ROWS_AT_ONCE).to_pylist()


def _sorted(places: pa.ChunkedArray) -> bool:
    """Whether places never fall, those that are null aside."""
    known = places.drop_null().combine_chunks()
    return len(known) < 2 or bool(pc.all(pc.less_equal(known[:-1], known[1:])).as_py())
