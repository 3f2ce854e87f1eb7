"""The table `articles`: one row a distinct text."""

from datetime import date
from enum import StrEnum

from pydantic import Field

from .record import Record


class ArticleFlag(StrEnum):
    """What a careful consumer wants to know of an article."""

    MASKED_WORDS = "masked_words"
    BROKEN_QUOTATION_MARKS = "broken_quotation_marks"
    MIXED_LANGUAGE = "mixed_language"
    TRUNCATED = "truncated"
    UNSUPPORTED_LANGUAGE = "unsupported_language"
    EXCERPT = "excerpt"
    """`text` is only the beginning of the text that offsets count in."""
    WITHHELD = "withheld"
    """`text` is left out because somebody quoted in it is."""


class Byline(Record):
    """A person or account that the article names as having made it."""

    name: str = Field(min_length=1, description="as written in the article")
    role: str | None = Field(description="`reporter`, `author`, `editor`, …; null where not stated")


class Article(Record):
    """A news article as it was read, with what it says of itself."""

    article_id: str = Field(
        pattern=r"^art_[0-9a-f]{20}$",
        description="made from the text: the same text has the same id in every build",
    )
    source: str = Field(
        min_length=1,
        description="where it was read: path under the input root, with `#` and line or record inside a container",
    )
    sources: list[str] = Field(
        min_length=1, description="every source that holds exactly this text, `source` the first of them"
    )
    encoding: str | None = Field(
        description="character encoding of `source` as it was detected; null where nothing was to be decoded"
    )
    url: str | None = Field(description="address, only where the source states it")
    title: str | None = Field(description="headline, only where the source has one")
    byline: list[Byline] = Field(description="reporters, authors, editors, in the article's order")
    published: date | None = Field(description="day of publication, only where the source states it")
    publisher: str | None = Field(description="medium that published it, only where stated")
    license: str | None = Field(description="licence, in the words of the source")
    language: str = Field(
        pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]+)*$",
        description="BCP 47 tag: `en`, `zh-Hans`, `zh-Hant`, …; `und` where it cannot be told",
    )
    text: str | None = Field(
        description="the text read (byte order mark dropped, `\\r\\n` as `\\n`); "
        "null where the build leaves texts out, its beginning only where `flags` has `excerpt`"
    )
    text_sha256: str = Field(
        pattern=r"^[0-9a-f]{64}$", description="SHA-256 of the UTF-8 text, also where `text` is null"
    )
    characters: int = Field(
        ge=0, description="length of the text in Unicode code points", json_schema_extra={"arrow": "int32"}
    )
    words: int = Field(
        ge=0,
        description="number of words by the language's segmentation",
        json_schema_extra={"arrow": "int32"},
    )
    duplicate_of: str | None = Field(
        description="the first article that this one is nearly a copy of (syndicated, corrected); null for that one"
    )
    flags: list[ArticleFlag] = Field(description="what to know before using it")
