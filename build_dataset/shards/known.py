"""Articles that an earlier build has read need not be read again."""

from typing import NamedTuple

from build_dataset.batch import extract_records
from build_dataset.cache import Cache, DamagedEntryError
from build_dataset.document import Document
from build_dataset.options import Engine
from build_dataset.read.reader import SkippedSource
from build_dataset.records import ArticleRecords


class Reuse(NamedTuple):
    """How many articles were not read again, and how many results of earlier builds were damaged."""

    articles: int = 0
    damaged: int = 0

    def plus(self, other: "Reuse") -> "Reuse":
        """The sum of two."""
        return Reuse(self.articles + other.articles, self.damaged + other.damaged)


class Extraction:
    """Extracts one article after the other, or finds its records in a cache, and counts how often it did."""

    def __init__(self, engine: Engine, seconds: float, cache: Cache | None) -> None:
        self.engine, self.seconds, self.cache = engine, seconds, cache
        self.reused = Reuse()

    def __call__(self, document: Document) -> ArticleRecords | SkippedSource:
        """The records of an article."""
        if self.cache is None:
            return extract_records(document, self.engine, self.seconds)
        known = self._find(self.cache, document)
        if known:
            return known
        records = extract_records(document, self.engine, self.seconds)
        if not isinstance(records, SkippedSource):
            self.cache.keep(document, self.engine, records)
        return records

    def _find(self, cache: Cache, document: Document) -> ArticleRecords | None:
        try:
            known = cache.find(document, self.engine)
        except DamagedEntryError:
            self.reused = self.reused.plus(Reuse(damaged=1))
            return None
        if known:
            self.reused = self.reused.plus(Reuse(articles=1))
        return known
