"""What is published and nothing else: the four tables, their fields and their identifiers.

For someone who only wants the data: `Article`, `Quote`, `Statistic` and `Speaker` are one row each of the table
of that name. Everything else that describes the data (Arrow schema, Hugging Face features, JSON Schema, the tables
of the dataset card) is derived from these models in `derived`.
"""

import sys

from .article import Article, ArticleFlag, Byline
from .quote import Quote, QuoteFlag, QuoteType
from .span import Mention, Span
from .speaker import Alias, Speaker, SpeakerKind
from .statistic import (
    ChangeDirection,
    ChangeRole,
    Qualifier,
    Statistic,
    StatisticFlag,
    StatisticKind,
)

SCHEMA_VERSION = "1.3.0"
"""Semantic: a column that changes its name, type or meaning is a new major version."""

TABLES: dict[str, type[Article] | type[Quote] | type[Statistic] | type[Speaker]] = {
    "articles": Article,
    "quotes": Quote,
    "statistics": Statistic,
    "speakers": Speaker,
}
"""The four tables in the order in which they depend on each other."""

__all__ = [
    "SCHEMA_VERSION",
    "TABLES",
    "Alias",
    "Article",
    "ArticleFlag",
    "Byline",
    "ChangeDirection",
    "ChangeRole",
    "Mention",
    "Qualifier",
    "Quote",
    "QuoteFlag",
    "QuoteType",
    "Span",
    "Speaker",
    "SpeakerKind",
    "Statistic",
    "StatisticFlag",
    "StatisticKind",
]

if __name__ == "schema":  # imported as a top-level package from a checkout: make both names one module
    import build_dataset.schema as _installed

    sys.modules[__name__] = _installed
    for _name, _module in list(sys.modules.items()):
        if _name.startswith("build_dataset.schema."):
            sys.modules[_name.removeprefix("build_dataset.")] = _module
