"""What holds for the records of any article: the checks that `build-dataset validate` makes of a dataset."""

from build_dataset.document import Document
from build_dataset.pipeline import extract_article
from build_dataset.records import article_records
from build_dataset.schema.record import Record
from build_dataset.validate.checks import CHECKS, Block, Row


def assert_grounded(document: Document) -> None:
    """Extract an article, and check that its records fit the schema and cut out of its text what they say."""
    records = article_records(extract_article(document))
    assert records.left_out == []
    assert all(speaker.name.strip() for speaker in records.speakers)
    block = Block(
        _row(records.article), [*map(_row, records.quotes)], [*map(_row, records.statistics)], document.text
    )
    assert [violation for check in CHECKS for violation in check(block)] == []
    for quote in records.quotes:
        assert quote.context in document.text


def _row(record: Record) -> Row:
    return record.model_dump()
