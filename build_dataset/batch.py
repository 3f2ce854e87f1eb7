"""From documents to the rows of the tables: the one function that a shard, a cluster or a notebook calls."""

import gc
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from itertools import accumulate
from typing import Any
from zlib import crc32

import pyarrow as pa

from build_dataset.document import Document
from build_dataset.errors import DatasetError, SourceError
from build_dataset.options import Engine, Limits
from build_dataset.pipeline import extract_article
from build_dataset.read.reader import SkippedSource
from build_dataset.records import CHILDREN, ArticleRecords, article_records
from build_dataset.resolve.likeness import SKETCH_BYTES, Utterance, sketch, utterance
from build_dataset.resolve.link import block_article
from build_dataset.schema.derived import to_arrow
from build_dataset.schema.record import Record
from build_dataset.time_limit import time_limit

ROW_BYTES = {"articles": 300, "quotes": 250, "statistics": 250}
"""What a row takes beside its long texts, roughly: shards are cut by it."""

LOCAL_SPEAKER = pa.field("local_speaker", pa.int32())
"""Beside `speaker_id`, until speakers are linked: the number of the speaker within its article."""

UTTERANCE = pa.schema([("key", pa.binary(16)), ("anywhere", pa.bool_())])
"""Beside each quote, until repeated ones are linked: its `Utterance`."""

LOCAL_SPEAKERS = pa.schema(
    [
        ("article", pa.int32()),  # the row in the batch
        ("article_id", pa.string()),
        ("local_speaker", pa.int32()),
        ("published", pa.date32()),
        ("language", pa.string()),
        ("kind", pa.string()),
        ("block", pa.string()),  # the `block_key` of linking, and its CRC-32
        ("block_hash", pa.uint32()),
        ("name", pa.string()),
        ("aliases", pa.list_(pa.string())),
        ("role", pa.string()),
        ("organization", pa.string()),
        ("quotes", pa.int32()),
    ]
)

INDEX = pa.schema(
    [
        ("article_id", pa.string()),
        ("published", pa.date32()),
        ("source", pa.string()),
        ("language", pa.string()),
        ("document", pa.int32()),
        ("sketch", pa.binary(SKETCH_BYTES)),
        *((f"{table}_rows", pa.int32()) for table in CHILDREN),
        *((f"{table}_first", pa.int32()) for table in CHILDREN),
        *((f"{table}_bytes", pa.int64()) for table in ("articles", *CHILDREN)),
    ]
)
"""One row an article: which document it was, where its rows stand in the other tables, their size, and its sketch."""


@dataclass(frozen=True, slots=True)
class Batch:
    """The rows of some articles, sorted by publication and identifier, and the documents that gave none.

    `tables` has the published tables but `speakers` (`quotes` and `statistics` with `local_speaker`), and
    `local_speakers` and `index`.
    """

    tables: dict[str, pa.Table]
    skipped: tuple[SkippedSource, ...] = ()


def extract_records(
    document: Document, engine: Engine = Engine.FAST, seconds: float = Limits().seconds
) -> ArticleRecords | SkippedSource:
    """The records of one article; one that breaks the extraction or takes more than so many seconds is named."""
    try:
        with time_limit(seconds):
            return article_records(extract_article(document, engine))
    except SourceError as error:
        return SkippedSource(document.source, str(error))
    except (DatasetError, ImportError, MemoryError):  # no text is to blame
        raise
    except Exception as error:  # one text that nobody thought of must not cost the others
        return SkippedSource(document.source, f"extraction failed: {type(error).__name__}: {error}")


Extract = Callable[[Document], ArticleRecords | SkippedSource]


def process_batch(documents: Sequence[Document], extract: Extract = extract_records) -> Batch:
    """The rows of the articles in some documents: the same documents give the same rows, whatever else there is.

    An article that cannot be extracted, and a record that breaks a rule of the schema, are left out and named; the
    others go on.

    Args:
        documents: some articles, in any order.
        extract: gives the records of one.
    """
    with _collector_paused():
        return _process(documents, extract)


@contextmanager
def _collector_paused() -> Iterator[None]:
    """Records never refer to each other in circles: looking for such circles takes a sixth of the time."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _process(documents: Sequence[Document], extract: Extract) -> Batch:
    batch: list[tuple[int, ArticleRecords]] = []
    skipped: list[SkippedSource] = []
    for number, document in enumerate(documents):
        records = extract(document)
        if isinstance(records, SkippedSource):
            skipped.append(records)
            continue
        batch.append((number, records))
        skipped += (SkippedSource(document.source, f"left out {reason}") for reason in records.left_out)
    batch.sort(key=_order)
    return Batch(_tables(batch), tuple(skipped))


def _order(entry: tuple[int, ArticleRecords]) -> tuple[date, str, int]:
    """By day of publication, those without one last, then by identifier."""
    number, records = entry
    return records.article.published or date.max, records.article.article_id, number


def _tables(batch: Sequence[tuple[int, ArticleRecords]]) -> dict[str, pa.Table]:
    every = [records for _, records in batch]
    return {
        "articles": to_arrow("articles", [records.article for records in every]),
        "quotes": _with_utterances(_with_speakers("quotes", every, "quotes", "quote_speakers"), every),
        "statistics": _with_speakers("statistics", every, "statistics", "statistic_speakers"),
        "local_speakers": pa.Table.from_pylist(
            [
                speaker._asdict() | {"article": row, "block_hash": crc32(speaker.block.encode())}
                for row, records in enumerate(every)
                for speaker in records.speakers
            ],
            schema=LOCAL_SPEAKERS,
        ),
        "index": _index(batch),
    }


def _with_speakers(table: str, every: Sequence[ArticleRecords], attribute: str, speakers: str) -> pa.Table:
    rows: list[Record] = [row for records in every for row in getattr(records, attribute)]
    numbers = [number for records in every for number in getattr(records, speakers)]
    return to_arrow(table, rows).append_column(LOCAL_SPEAKER, pa.array(numbers, LOCAL_SPEAKER.type))


def _with_utterances(quotes: pa.Table, every: Sequence[ArticleRecords]) -> pa.Table:
    keys = [key for records in every for key in _utterances(records)]
    for column in UTTERANCE:
        values = pa.array([getattr(key, column.name) for key in keys], column.type)
        quotes = quotes.append_column(column, values)
    return quotes


def _utterances(records: ArticleRecords) -> Iterator[Utterance]:
    speakers = {speaker.local_speaker: speaker for speaker in records.speakers}
    for quote, number in zip(records.quotes, records.quote_speakers, strict=True):
        speaker = None if number is None else speakers[number]
        known = speaker is not None and block_article(speaker.block) is None
        yield utterance(quote.text, speaker and speaker.name, known)


def _index(batch: Sequence[tuple[int, ArticleRecords]]) -> pa.Table:
    rows = [_index_row(number, records) for number, records in batch]
    for table in CHILDREN:
        ends = accumulate(row[f"{table}_rows"] for row in rows)
        for row, end in zip(rows, ends, strict=True):
            row[f"{table}_first"] = end - row[f"{table}_rows"]
    return pa.Table.from_pylist(rows, schema=INDEX)


def _index_row(number: int, records: ArticleRecords) -> dict[str, Any]:
    article = records.article
    size = len(article.text.encode("utf-8")) if article.text else 0
    per_character = size / max(article.characters, 1)
    row: dict[str, Any] = {
        "article_id": article.article_id,
        "published": article.published,
        "source": article.source,
        "language": article.language,
        "document": number,
        "sketch": sketch(article.text or ""),
        "articles_bytes": size + ROW_BYTES["articles"],
    }
    for table, children in (("quotes", records.quotes), ("statistics", records.statistics)):
        characters = sum(len(child.text) + len(child.context) for child in children)
        row[f"{table}_rows"] = len(children)
        row[f"{table}_bytes"] = int(characters * per_character) + len(children) * ROW_BYTES[table]
    return row
