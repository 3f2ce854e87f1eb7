"""The articles of a dataset folder in the form in which they are scored."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.dataset as ds
from pydantic import ValidationError

from build_dataset.errors import DatasetError
from build_dataset.examine.annotation import (
    AnnotatedArticle,
    AnnotatedMetadata,
    AnnotatedQuote,
    AnnotatedSpeaker,
    AnnotatedStatistic,
    FoundArticle,
    TextSpan,
)

Row = Mapping[str, Any]


def read_articles(folder: Path, gold: Sequence[AnnotatedArticle]) -> list[FoundArticle]:
    """Read those articles of a dataset folder that gold may have been made from, with all that is theirs.

    Raises:
        DatasetError: a table is missing, cannot be read, or is not valid; the message names it.
    """
    try:
        return _read(folder, gold)
    except (KeyError, ValidationError) as error:
        raise DatasetError(
            f"{folder}: not a valid dataset ({error}); see `build-dataset validate`"
        ) from error


def _read(folder: Path, gold: Sequence[AnnotatedArticle]) -> list[FoundArticle]:
    articles = [row for row in _rows(folder, "articles") if _is_candidate(row, gold)]
    of_these = ds.field("article_id").isin(pa.array([row["article_id"] for row in articles], pa.string()))
    quotes = _by_article(_rows(folder, "quotes", of_these))
    statistics = _by_article(_rows(folder, "statistics", of_these))
    speakers = {row["speaker_id"]: row for row in _rows(folder, "speakers")} if quotes else {}
    return [
        FoundArticle(
            _annotated(row, quotes[row["article_id"]], statistics[row["article_id"]], speakers), row["text"]
        )
        for row in articles
    ]


def _rows(folder: Path, table: str, where: ds.Expression | None = None) -> Iterator[Row]:
    files = sorted((folder / table).glob("*.parquet"))
    if not files:
        raise DatasetError(f"{folder}: no Parquet file in {table}/; name a dataset folder that `build` wrote")
    try:
        for batch in ds.dataset(files).to_batches(filter=where):
            yield from batch.to_pylist()
    except (pa.ArrowException, OSError) as error:
        raise DatasetError(f"{folder / table}: cannot be read: {error}") from error


def _is_candidate(row: Row, gold: Iterable[AnnotatedArticle]) -> bool:
    name, text = Path(row["source"]).name, row["text"]
    return any(
        one.file_name() == name or (text is not None and any(one.passages()) and one.misfit(text) is None)
        for one in gold
    )


def _by_article(rows: Iterable[Row]) -> Mapping[str, list[Row]]:
    by_article: defaultdict[str, list[Row]] = defaultdict(list)
    for row in rows:
        by_article[row["article_id"]].append(row)
    return by_article


def _annotated(
    article: Row, quotes: Sequence[Row], statistics: Sequence[Row], speakers: Mapping[str, Row]
) -> AnnotatedArticle:
    published = article["published"]
    ours = [speakers[key] for key in dict.fromkeys(row["speaker_id"] for row in quotes) if key is not None]
    return AnnotatedArticle(
        source=article["source"],
        language=article["language"],
        article=AnnotatedMetadata(
            title=article["title"],
            published=published and published.isoformat(),
            byline=article["byline"],
            publisher=article["publisher"],
            license=article["license"],
        ),
        quotes=[_quote(row, speakers) for row in quotes],
        speakers=[
            AnnotatedSpeaker.model_validate({**row, "aliases": [alias["name"] for alias in row["aliases"]]})
            for row in ours
        ],
        statistics=[
            AnnotatedStatistic.model_validate({**row, "span": (row["start"], row["end"])})
            for row in statistics
        ],
    )


def _quote(row: Row, speakers: Mapping[str, Row]) -> AnnotatedQuote:
    speaker = row["speaker_id"]
    return AnnotatedQuote(
        spans=[(span["start"], span["end"]) for span in row["spans"]],
        type=row["type"],
        speaker=None if speaker is None else speakers[speaker]["name"],
        speaker_span=_span(row["mention"]),
        cue_span=_span(row["cue"]),
    )


def _span(mention: Row | None) -> TextSpan | None:
    return None if mention is None else (mention["start"], mention["end"])
