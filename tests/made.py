"""Records made by hand."""

from typing import Any

from build_dataset.schema import Article

UNKNOWN = dict.fromkeys(("encoding", "url", "title", "published", "publisher", "license", "duplicate_of"))


def make_article(article_id: str, source: str, text: str | None, **fields: Any) -> Article:
    """An article of which nothing is known but what is given."""
    known = {
        "article_id": article_id,
        "source": source,
        "sources": [source],
        "byline": [],
        "language": "en",
        "text": text,
        "text_sha256": "0" * 64,
        "flags": [],
    }
    return Article.model_validate(UNKNOWN | known | fields)
