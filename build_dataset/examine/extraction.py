"""The records of one source, without a dataset folder."""

import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from build_dataset.document import Document
from build_dataset.errors import DatasetError, SourceError
from build_dataset.pipeline import extract_article
from build_dataset.read import SkippedSource, find_sources
from build_dataset.read.plain_text import decode
from build_dataset.read.sources import read_file
from build_dataset.records import article_records
from build_dataset.schema import Alias, Article, Quote, Speaker, Statistic
from build_dataset.schema.identifiers import speaker_identifier
from build_dataset.schema.record import Record

STDIN = "-"


@dataclass
class ExtractedRecords:
    """The rows that a source gives, by table. Speakers are those of each article on its own."""

    articles: list[Article] = field(default_factory=list)
    quotes: list[Quote] = field(default_factory=list)
    statistics: list[Statistic] = field(default_factory=list)
    speakers: list[Speaker] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """The rows as JSON, by table."""
        tables: dict[str, Sequence[Record]] = {
            "articles": self.articles,
            "quotes": self.quotes,
            "statistics": self.statistics,
            "speakers": self.speakers,
        }
        return {name: [row.model_dump(mode="json") for row in rows] for name, rows in tables.items()}


def extract_source(source: str, on_skipped: Callable[[str], None]) -> ExtractedRecords:
    """Extract the articles of a file, or of standard input for `-`.

    Args:
        source: a path or `-`.
        on_skipped: told of each entry of the file that holds no article, and why.

    Raises:
        DatasetError: there is no such file, or no article in it.
    """
    records = ExtractedRecords()
    reasons: list[str] = []
    for item in _documents(source):
        if isinstance(item, SkippedSource):
            reasons.append(f"{item.source}: {item.reason}")
        else:
            _add(records, item)
    if not records.articles:
        raise DatasetError("; ".join(reasons[:3]) or f"{source}: no article in it")
    for reason in reasons:
        on_skipped(reason)
    return records


def _documents(source: str) -> Iterator[Document | SkippedSource]:
    if source == STDIN:
        try:
            yield Document(STDIN, decode(sys.stdin.buffer.read()))
        except SourceError as error:
            yield SkippedSource("standard input", str(error))
        return
    if Path(source).is_dir():
        raise DatasetError(f"{source}: a folder; name one file, or use `build-dataset build`")
    sources = find_sources([source])
    yield from sources.skipped
    for file in sources.files:
        yield from read_file(file)


def _add(records: ExtractedRecords, document: Document) -> None:
    found = article_records(extract_article(document))
    records.articles.append(found.article)
    records.quotes += found.quotes
    records.statistics += found.statistics
    records.speakers += [
        Speaker(
            speaker_id=speaker_identifier(row["kind"], row["key"]),
            name=row["name"],
            aliases=[Alias(name=name, language=row["language"]) for name in row["aliases"]],
            kind=row["kind"],
            role=row["role"],
            organization=row["organization"],
            articles=1,
            quotes=row["quotes"],
        )
        for row in found.speakers
    ]
