"""Some articles of a dataset folder with all that is theirs, to look at.

What is read grows with the articles that are asked for: of the others only identifiers are.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from pydantic import ValidationError

from build_dataset.errors import DatasetError
from build_dataset.examine.marks import marks_of
from build_dataset.examine.passages import Passage, whole_text
from build_dataset.schema import TABLES, Article, Quote, Speaker, Statistic
from build_dataset.schema.record import Record
from build_dataset.write.inventory import shard_paths
from build_dataset.write.manifest import read_manifest

ROWS_AT_ONCE = 250

Row = dict[str, Any]
AnyRecord = TypeVar("AnyRecord", bound=Record)
OfArticle = TypeVar("OfArticle", Quote, Statistic)


@dataclass(frozen=True, slots=True)
class ReviewedArticle:
    """An article and what was found in it, in the order of its text."""

    article: Article
    quotes: Sequence[Quote]
    statistics: Sequence[Statistic]


@dataclass(frozen=True, slots=True)
class Review:
    """What is looked at of a dataset."""

    rows: dict[str, int]
    """Table → how many rows the dataset has."""
    chosen: int
    """How many articles were asked for: those of `articles`, and those beyond the limit."""
    articles: Sequence[ReviewedArticle]
    speakers: dict[str, Speaker]
    """Everybody who is quoted in these articles, by identifier."""

    def as_json(self) -> dict[str, Any]:
        """How much is looked at, of how much."""
        shown = {
            "articles": len(self.articles),
            "quotes": sum(len(one.quotes) for one in self.articles),
            "statistics": sum(len(one.statistics) for one in self.articles),
            "speakers": len(self.speakers),
        }
        return {"shown": shown, "chosen_articles": self.chosen, "rows": self.rows}


def read_review(
    folder: Path, limit: int, *, articles: Sequence[str] = (), speakers: Sequence[str] = ()
) -> Review:
    """Read the first articles of a dataset folder.

    Args:
        folder: the dataset folder.
        limit: how many articles at most.
        articles: only these: identifiers or sources.
        speakers: only articles that quote one of these: identifiers or names, in any form the dataset knows.

    Raises:
        DatasetError: there is no dataset folder, it cannot be read or does not hold together, or it has no such
            article or speaker.
    """
    read_manifest(folder)
    with _reading(folder):
        rows = {table: _count(folder, table) for table in TABLES}
        chosen = _chosen(folder, articles, speakers)
        shown = chosen[:limit]
        of_these = ("article_id", shown)
        quotes = _by_article(_records(folder, "quotes", Quote, *of_these))
        statistics = _by_article(_records(folder, "statistics", Statistic, *of_these))
        found = [
            ReviewedArticle(one, quotes[one.article_id], statistics[one.article_id])
            for one in _records(folder, "articles", Article, *of_these)
        ]
        quoted = {quote.speaker_id for one in found for quote in one.quotes if quote.speaker_id}
        ids = pa.array(sorted(quoted), pa.string())
        known = {one.speaker_id: one for one in _records(folder, "speakers", Speaker, "speaker_id", ids)}
    _check(folder, found, quoted - known.keys())
    return Review(rows, len(chosen), found, known)


@contextmanager
def _reading(folder: Path) -> Iterator[None]:
    """Say which folder it is whose files are not those of a dataset."""
    try:
        yield
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        raise _broken(folder, f"{error.title}: {where}: {first['msg']}") from error
    except KeyError as error:
        raise _broken(folder, f"column {error} is missing") from error
    except (pa.ArrowException, OSError) as error:
        raise DatasetError(f"{folder}: cannot be read: {error}") from error


def _broken(folder: Path, reason: str) -> DatasetError:
    return DatasetError(f"{folder}: not a valid dataset ({reason}); see `build-dataset validate`")


def _check(folder: Path, found: Sequence[ReviewedArticle], unknown: Iterable[str]) -> None:
    """Refuse what could only be shown wrongly.

    Raises:
        DatasetError: a record names a speaker that is not there, or words that stand elsewhere.
    """
    for speaker_id in sorted(unknown):
        raise _broken(folder, f"{speaker_id} is not in speakers")
    for one in found:
        text = whole_text(one.article)
        for mark in marks_of(one.quotes, one.statistics):
            if mark.start >= mark.end or (text is not None and not Passage(0, text).holds(mark)):
                raise _broken(folder, f"{mark.record} does not stand where it says in its article")


def _count(folder: Path, table: str) -> int:
    paths = shard_paths(folder, table)
    if not paths:
        raise _broken(folder, f"no Parquet file in {table}/")
    return sum(pq.read_metadata(path).num_rows for path in paths)


def _chosen(folder: Path, articles: Sequence[str], speakers: Sequence[str]) -> pa.Array:
    """Identifiers of the articles asked for, in the order of the dataset."""
    ids = _column(folder, "articles", "article_id")
    if articles:
        sources = _column(folder, "articles", "source")
        names = pa.array(articles, pa.string())
        asked = pc.or_(pc.is_in(ids, value_set=names), pc.is_in(sources, value_set=names))
        _all_are_there("article", articles, pa.chunked_array([*ids.chunks, *sources.chunks]), folder)
        ids = ids.filter(asked)
    if speakers:
        quoted = pc.is_in(
            _column(folder, "quotes", "speaker_id"), value_set=_speaker_ids(folder, set(speakers))
        )
        quoting = _column(folder, "quotes", "article_id").filter(quoted)
        ids = ids.filter(pc.is_in(ids, value_set=quoting.combine_chunks()))
    return ids.combine_chunks()


def _all_are_there(what: str, names: Sequence[str], there: pa.ChunkedArray, folder: Path) -> None:
    for name in names:
        if not pc.any(pc.equal(there, name)).as_py():
            raise DatasetError(f"{folder}: no {what} {name}; name its identifier or its source")


def _speaker_ids(folder: Path, names: set[str]) -> pa.Array:
    """Identifiers of the speakers who have one of these names or identifiers."""
    found = []
    missing = set(names)
    for row in _rows(folder, "speakers", ["speaker_id", "name", "aliases"]):
        forms = {row["speaker_id"], row["name"], *(alias["name"] for alias in row["aliases"])}
        if forms & names:
            found.append(row["speaker_id"])
            missing -= forms
    for name in sorted(missing):
        raise DatasetError(f"{folder}: no speaker {name}; name an identifier, a name or an alias")
    return pa.array(found, pa.string())


def _column(folder: Path, table: str, column: str) -> pa.ChunkedArray:
    columns = [pq.read_table(path, columns=[column])[column] for path in shard_paths(folder, table)]
    return pa.chunked_array([part for column in columns for part in column.chunks], pa.string())


def _rows(folder: Path, table: str, columns: list[str]) -> Iterator[Row]:
    for path in shard_paths(folder, table):
        with pq.ParquetFile(path) as file:
            for batch in file.iter_batches(batch_size=ROWS_AT_ONCE, columns=columns):
                yield from batch.to_pylist()


def _records(
    folder: Path, table: str, model: type[AnyRecord], column: str, values: pa.Array
) -> Iterator[AnyRecord]:
    """The records with one of these values in a column, in order.

    Of each file only the rows up to the last of them are read: those of the first articles stand first.
    """
    for path in shard_paths(folder, table):
        wanted = pc.is_in(pq.read_table(path, columns=[column])[column], value_set=values)
        left = pc.sum(wanted).as_py() or 0
        with pq.ParquetFile(path) as file:
            batches = file.iter_batches(batch_size=ROWS_AT_ONCE) if left else iter(())
            while left:
                batch = next(batches)
                rows = batch.filter(pc.is_in(batch[column], value_set=values)).to_pylist()
                left -= len(rows)
                yield from (model.model_validate(row) for row in rows)


def _by_article(records: Iterable[OfArticle]) -> defaultdict[str, list[OfArticle]]:
    by_article: defaultdict[str, list[OfArticle]] = defaultdict(list)
    for record in records:
        by_article[record.article_id].append(record)
    return by_article
