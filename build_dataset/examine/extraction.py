"""The records of one source, without a dataset folder."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from build_dataset.document import Document, Extraction
from build_dataset.errors import DatasetError
from build_dataset.examine.why import Why, explain
from build_dataset.options import Engine, Reading
from build_dataset.pipeline import extract_article
from build_dataset.read import SkippedSource, find_sources, read_file
from build_dataset.read.standard_input import standard_input_as_file
from build_dataset.records import ArticleRecords, article_records
from build_dataset.resolve.link import SpeakerRecord, block_key, link_block
from build_dataset.schema import Article, Quote, Speaker, Statistic
from build_dataset.schema.record import Record


@dataclass
class ExtractedRecords:
    """The rows that a source gives, by table, as a build of this source alone would write them.

    But for near-duplicates and repeated quotes: what they repeat is left null.
    """

    articles: list[Article] = field(default_factory=list)
    quotes: list[Quote] = field(default_factory=list)
    statistics: list[Statistic] = field(default_factory=list)
    speakers: list[Speaker] = field(default_factory=list)
    why: list[Why] = field(default_factory=list)
    """What made each quote, and what was not taken for one."""

    def as_json(self) -> dict[str, Any]:
        """The rows as JSON, by table."""
        tables: dict[str, Sequence[Record]] = {
            "articles": self.articles,
            "quotes": self.quotes,
            "statistics": self.statistics,
            "speakers": self.speakers,
        }
        return {name: [row.model_dump(mode="json") for row in rows] for name, rows in tables.items()}


def extract_source(
    source: str,
    on_skipped: Callable[[str], None],
    engine: Engine = Engine.FAST,
    reading: Reading = Reading(),  # noqa: B008 - immutable
) -> ExtractedRecords:
    """Extract the articles of a file, or of standard input for `-`.

    Args:
        source: a path or `-`.
        on_skipped: told of each entry of the file that holds no article, and why.
        engine: what reads attributions.
        reading: how the source is read.

    Raises:
        DatasetError: there is no such file, or no article in it.
    """
    articles: dict[str, tuple[Extraction, ArticleRecords]] = {}
    reasons: list[str] = []
    for item in _documents(source, reading):
        if isinstance(item, SkippedSource):
            reasons.append(f"{item.source}: {item.reason}")
        else:
            reasons += [f"{item.source}: {warning}" for warning in item.warnings]
            extraction = extract_article(item, engine)
            found = article_records(extraction)
            _, first = articles.setdefault(found.article.article_id, (extraction, found))
            if found is not first:
                first.article.sources.append(item.source)
    if not articles:
        raise DatasetError("; ".join(reasons[:3]) or f"{source}: no article in it")
    for reason in reasons:
        on_skipped(reason)
    return _linked(sorted(articles.values(), key=_order))


def _order(entry: tuple[Extraction, ArticleRecords]) -> tuple[date, str]:
    article = entry[1].article
    return article.published or date.max, article.article_id


def _documents(source: str, reading: Reading) -> Iterator[Document | SkippedSource]:
    if Path(source).is_dir():
        raise DatasetError(f"{source}: a folder; name one file, or use `build-dataset build`")
    with standard_input_as_file([source]) as inputs:
        sources = find_sources(inputs)
        yield from sources.skipped
        for file in sources.files:
            yield from read_file(file, reading)


def _linked(articles: Sequence[tuple[Extraction, ArticleRecords]]) -> ExtractedRecords:
    """Link the speakers as a build of these articles alone would."""
    blocks: defaultdict[str, list[SpeakerRecord]] = defaultdict(list)
    for extraction, found in articles:
        for record in _speaker_records(extraction, found):
            blocks[block_key(record)].append(record)
    linked = [link_block(records) for records in blocks.values()]
    speakers = sorted(
        (one for block in linked for one in block.speakers), key=lambda one: (one.name, one.speaker_id)
    )
    identifiers = {place: speaker_id for block in linked for place, speaker_id in block.ids.items()}
    records = ExtractedRecords(speakers=speakers)
    for extraction, found in articles:
        article_id = found.article.article_id
        records.articles.append(found.article)
        records.why += explain(extraction, found.quotes)
        for quote, speaker in zip(found.quotes, found.quote_speakers, strict=True):
            final = None if speaker is None else identifiers[article_id, speaker]
            records.quotes.append(quote.model_copy(update={"speaker_id": final}))
        for statistic, speaker in zip(found.statistics, found.statistic_speakers, strict=True):
            final = None if speaker is None else identifiers[article_id, speaker]
            records.statistics.append(statistic.model_copy(update={"speaker_id": final}))
    return records


def _speaker_records(extraction: Extraction, found: ArticleRecords) -> Iterator[SpeakerRecord]:
    article = found.article
    for number, speaker in enumerate(extraction.speakers):
        quotes = found.quote_speakers.count(number)
        if quotes:
            yield SpeakerRecord(
                article.article_id, article.published, article.language, number, speaker, quotes
            )
