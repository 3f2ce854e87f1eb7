"""Parts of a dataset: some articles with all that is theirs, or some speakers, checked wherever there is room.

Quotes and statistics stand in the order of their articles, so that three streams are merged and only the article at
hand is in memory. Rows in another order are all in one part, and sorted in memory, so that what else is wrong in them
is found too.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from itertools import groupby, pairwise
from pathlib import Path
from typing import BinaryIO, NamedTuple

import numpy as np
import pyarrow.parquet as pq

from build_dataset.schema import ArticleFlag
from build_dataset.validate.checks import CHECKS, Block, Row, misfit
from build_dataset.validate.finding import Finding
from build_dataset.validate.references import OF_ARTICLES, Placed

ROWS_AT_ONCE = 250
PART_ROWS = 1 << 14
"""A part ends with the file in which it gets so many rows: a second of work."""

ENCODER = json.JSONEncoder(
    sort_keys=True, ensure_ascii=False, allow_nan=True, separators=(",", ":"), default=date.isoformat
)
"""Canonical JSON."""

Texts = Callable[[str], str | None]
"""`text_sha256` → the text."""

Files = Mapping[str, Sequence[tuple[Path, int]]]
"""Table → its files, and how many rows each has."""


class Piece(NamedTuple):
    """Rows of a file."""

    path: Path
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Part:
    """Rows of some tables that can be checked without the others."""

    number: int
    pieces: Mapping[str, Sequence[Piece]]
    aside: Path
    ordered: bool = True
    """Whether the rows follow the order of their articles."""
    texts: Texts | None = None
    """Gives the texts that the dataset was built without."""

    def lines(self, table: str) -> Path:
        """Where the rows of a table are put aside as canonical JSON, one a line."""
        return self.aside / f"{table}-{self.number:06d}.jsonl"


def plan_parts(files: Files, placed: Mapping[str, Placed], aside: Path, texts: Texts | None) -> list[Part]:
    """All rows of a dataset, in order.

    Args:
        files: of all tables.
        placed: the rows of the tables whose rows belong to articles.
        aside: a folder for what the parts put aside.
        texts: gives the texts that the dataset was built without.
    """
    ordered = all(rows.ordered for rows in placed.values())
    ends = np.cumsum([rows for _, rows in files["articles"]])
    inner = ends[:-1] if ordered else ends[:0]
    borders = zip(inner.tolist(), *(placed[table].rows_before(inner) for table in OF_ARTICLES), strict=True)
    tables = ("articles", *OF_ARTICLES)
    parts = [*_pieces(files, tables, borders), *_pieces(files, ("speakers",), _file_ends(files, "speakers"))]
    return [Part(number, pieces, aside, ordered, texts) for number, pieces in enumerate(parts)]


def _file_ends(files: Files, table: str) -> Iterator[tuple[int]]:
    """Where the files of a table end, but for the last."""
    return ((end,) for end in np.cumsum([rows for _, rows in files[table][:-1]], dtype=int).tolist())


def _pieces(
    files: Files, tables: Sequence[str], borders: Iterator[tuple[int, ...]]
) -> Iterator[dict[str, list[Piece]]]:
    """The rows of tables between those borders that leave enough of them between each other."""
    chosen = [(0,) * len(tables)]
    chosen += (border for border in borders if sum(border) - sum(chosen[-1]) >= PART_ROWS)
    chosen.append(tuple(sum(rows for _, rows in files[table]) for table in tables))
    for starts, ends in pairwise(chosen):
        yield {
            table: list(_between(files[table], start, end))
            for table, start, end in zip(tables, starts, ends, strict=True)
        }


def _between(files: Sequence[tuple[Path, int]], start: int, end: int) -> Iterator[Piece]:
    """The rows `start` to `end` of a table."""
    first = 0
    for path, rows in files:
        piece = Piece(path, max(start - first, 0), min(end - first, rows))
        if piece.start < piece.end:
            yield piece
        first += rows


def check_part(part: Part) -> list[Finding]:
    """Check the rows of a part, and put them aside as canonical JSON."""
    with ExitStack() as opened:
        rows = {
            table: _rows(pieces, opened.enter_context(part.lines(table).open("wb")))
            for table, pieces in part.pieces.items()
        }
        check = _check_speakers(rows["speakers"]) if "speakers" in rows else _check_articles(part, rows)
        return list(check)


def _rows(pieces: Sequence[Piece], lines: BinaryIO) -> Iterator[Row]:
    """The rows of a table, put aside on the way."""
    for piece in pieces:
        for rows in _read(piece):
            lines.write("".join(f"{ENCODER.encode(row)}\n" for row in rows).encode("utf-8"))
            yield from rows


def _read(piece: Piece) -> Iterator[list[dict[str, object]]]:
    first = 0
    with pq.ParquetFile(piece.path) as file:
        for batch in file.iter_batches(batch_size=ROWS_AT_ONCE, use_threads=False):
            start, end = max(piece.start - first, 0), min(piece.end - first, batch.num_rows)
            if start < end:
                yield batch.slice(start, end - start).to_pylist()
            first += batch.num_rows
            if first >= piece.end:
                break


def _check_speakers(rows: Iterator[Row]) -> Iterator[Finding]:
    for row in rows:
        violation = misfit("speakers", row)
        if violation:
            yield Finding("records_fit_the_schema", *violation)


def _check_articles(part: Part, rows: Mapping[str, Iterator[Row]]) -> Iterator[Finding]:
    for block in _blocks(part, rows):
        if block.text is None and part.texts is not None:
            message = "its text is neither here nor in the texts that were given"
            yield Finding("texts_are_held", "articles", block.article["article_id"], message)
        for check in CHECKS:
            for violation in check(block):
                yield Finding(check.__name__, *violation)


def _blocks(part: Part, rows: Mapping[str, Iterator[Row]]) -> Iterator[Block]:
    """Every article with its rows."""
    places = _places(part.pieces["articles"])
    quotes, statistics = (_grouped(rows[table], places, part.ordered) for table in OF_ARTICLES)
    next_quotes, next_statistics = next(quotes, None), next(statistics, None)
    for place, article in enumerate(rows["articles"]):
        block = Block(
            article,
            next_quotes[1] if next_quotes and next_quotes[0] == place else (),
            next_statistics[1] if next_statistics and next_statistics[0] == place else (),
            _whole_text(article, part.texts),
        )
        if block.quotes:
            next_quotes = next(quotes, None)
        if block.statistics:
            next_statistics = next(statistics, None)
        yield block


def _places(articles: Sequence[Piece]) -> dict[str, int]:
    """Article → its place among those of a part, the first of them where it stands twice."""
    keys: list[str] = []
    for piece in articles:
        column = pq.read_table(piece.path, columns=["article_id"], use_threads=False)["article_id"]
        keys += column.slice(piece.start, piece.end - piece.start).to_pylist()
    return {key: len(keys) - place for place, key in enumerate(reversed(keys), start=1)}


def _grouped(
    rows: Iterator[Row], places: Mapping[str, int], ordered: bool
) -> Iterator[tuple[int, list[Row]]]:
    """The rows of each article with its place; those without one are left out."""
    placed = ((places[row["article_id"]], row) for row in rows if row["article_id"] in places)
    in_order = placed if ordered else sorted(placed, key=lambda entry: entry[0])
    for place, group in groupby(in_order, key=lambda entry: entry[0]):
        yield place, [row for _, row in group]


def _whole_text(article: Row, texts: Texts | None) -> str | None:
    """The whole text of an article, from the table or from whoever holds it."""
    if article["text"] is not None and ArticleFlag.EXCERPT not in article["flags"]:
        return str(article["text"])
    return texts(article["text_sha256"]) if texts else None
