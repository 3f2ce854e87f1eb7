"""What `metadata` asks of a language: how it words what articles say of themselves."""

import re
from collections.abc import Iterable
from typing import Protocol

from pydantic import BaseModel, ConfigDict

from build_dataset.document import ArticleMetadata, Document
from build_dataset.read.facts import Facts
from build_dataset.schema import Byline


class Wording(Protocol):
    """How a language words what articles say of themselves."""

    longest_heading: int
    """Characters: a longer line that ends in the middle of a sentence was cut."""
    license_words: tuple[str, ...]
    """One of them, in lower case, is in every line that states a licence."""

    def read(self, document: Document) -> ArticleMetadata:
        """All that a text says of itself."""

    def about(self, line: str) -> Facts | None:
        """What a line says that is about the article as a whole; None for any other line."""

    def writers(self, value: str) -> tuple[Byline, ...]:
        """The people in what a container gives as the writers, as written there; none where it names no person."""

    def is_nobody(self, value: str) -> bool:
        """Whether a container says in the place of the writers that nobody is named ("No author", 佚名)."""

    def opening(self, line: str) -> tuple[Facts, int] | None:
        """What stands before the first sentence of a line (a dateline), and where that ends."""

    def closing(self, line: str) -> tuple[Facts, int] | None:
        """The last thing behind the last sentence at a line's end ("(End)", a medium), and where it begins."""

    def license(self, line: str) -> str | None:
        """The licence that a line names as the article's own."""

    def caption(self, line: str) -> bool:
        """Whether a line is the caption or credit of a picture, or a list of tags."""

    def related(self, line: str) -> bool:
        """Whether a line is the heading of a list of other articles, or of what readers say."""

    def aside(self, line: str) -> bool:
        """Whether a line asks the reader for something (to subscribe, to share) or only says whose the article is."""

    def goes_on(self, line: str) -> bool:
        """Whether the end of a line says that the text goes on elsewhere ("Read more")."""


class MetadataWords(BaseModel):
    """What the `metadata.yaml` of every language holds."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    labels: dict[str, tuple[str, ...]]
    """Roles, each with the labels that name people in that role."""
    publisher_labels: frozenset[str]
    date_labels: frozenset[str]
    own_medium: frozenset[str]
    """Words before a profession that name no medium but the one at hand."""
    media: frozenset[str]
    medium_words: frozenset[str]
    """The words that names of other media end in."""
    caption_labels: frozenset[str]
    end_marks: frozenset[str]
    related_headings: frozenset[str]
    """Headings of lists of other articles."""
    asides: frozenset[str]
    """Beginnings of lines that ask the reader for something or are an advertisement."""
    goes_on: frozenset[str]
    works: frozenset[str]
    """What an article calls itself where it states its licence."""
    license_words: tuple[str, ...]
    """One of them is in every line that states a licence."""

    def roles(self) -> dict[str, str]:
        """The role that each label names."""
        return by_word(self.labels)


def by_word(groups: dict[str, tuple[str, ...]]) -> dict[str, str]:
    """The group that each word is in."""
    return {word: group for group, words in groups.items() for word in words}


def any_of(words: Iterable[str], flags: str = "") -> str:
    """A pattern for the longest of some words; a blank in them stands for any number of blanks.

    Args:
        words: as they are written.
        flags: of the pattern: `i` for words in any case.
    """
    ordered = sorted(words, key=lambda word: (-len(word), word))
    return f"(?{flags}:" + "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in ordered) + ")"
