"""The word lists of Chinese attribution, read and checked once.

`attribution.yaml` holds the words of reported speech, `attribution_names.yaml` those of the sources. In both a
value is a list of words with blanks between them.
"""

from collections.abc import Iterable
from functools import cache
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict

from build_dataset.lang.pack import load_data


def _split(value: object) -> object:
    if not isinstance(value, str):
        raise ValueError("must be words with blanks between them")
    words = value.split()
    if len(set(words)) != len(words):
        raise ValueError(f"{next(word for word in words if words.count(word) > 1)} stands twice")
    return frozenset(words)


Words = Annotated[frozenset[str], BeforeValidator(_split)]


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Cues(_Section):
    """Verbs of reported speech and thought by what they take."""

    plain: Words
    clause: Words
    pause: Words
    colon: Words
    final: Words
    compound: Words
    compound_end: Words
    tell: Words
    show: Words
    nouns_too: Words
    papers: Words
    written: Words
    particles: Words


class Channels(_Section):
    """Phrases that name a source without a verb of their own: 据…介绍, 在…看来."""

    prefixes: Words
    nouns: Words
    bare: Words
    impersonal: Words
    views: Words
    tells: Words
    likes: Words
    no_source: Words


class Context(_Section):
    """What stands before, between and behind source and cue."""

    openers: Words
    adverbs: Words
    leads: Words
    closers: Words
    existential: Words
    contrast: Words
    comments: Words
    no_labels: Words
    first_person: Words
    naming: Words


class ReportWords(_Section):
    """What `attribution.yaml` holds."""

    cues: Cues
    never: Words
    nominal_after: Words
    denied_by: Words
    attitudes: Words
    channels: Channels
    context: Context


class Persons(_Section):
    """What names of persons are made of."""

    surnames: Words
    weak_surnames: Words
    transliteration: Words
    honorifics: Words
    relatives: Words
    not_names: Words


class Titles(_Section):
    """Posts and professions."""

    words: Words


class Organizations(_Section):
    """How names of organizations end, and those that no ending tells."""

    endings: Words
    names: Words
    not_endings: Words
    media: Words


class Documents(_Section):
    """Documents and figures."""

    words: Words
    bare: Words
    figures: Words


class Unnamed(_Section):
    """People who stay unnamed."""

    quantifiers: Words
    nouns: Words


class Pronouns(_Section):
    """Pronouns and short descriptions of what was named before."""

    person: Words
    female: Words
    male: Words
    plural: Words
    thing: Words
    definite: Words


class Forms(_Section):
    """Endings of names that tell the gender."""

    female: Words
    male: Words


class SourceWords(_Section):
    """What `attribution_names.yaml` holds."""

    persons: Persons
    titles: Titles
    organizations: Organizations
    documents: Documents
    unnamed: Unnamed
    pronouns: Pronouns
    forms: Forms


@cache
def report_words() -> ReportWords:
    """The words of reported speech."""
    return load_data(ReportWords, "zh", "attribution")


@cache
def source_words() -> SourceWords:
    """The words of the sources."""
    return load_data(SourceWords, "zh", "attribution_names")


class Lexicon:
    """A set of words that is asked which of them a text has at a place."""

    def __init__(self, words: Iterable[str]) -> None:
        """Make it of `words`."""
        self.words = frozenset(words)
        first: dict[str, set[int]] = {}
        last: dict[str, set[int]] = {}
        for word in self.words:
            first.setdefault(word[0], set()).add(len(word))
            last.setdefault(word[-1], set()).add(len(word))
        # By the character at the border: most places of a text are decided by one look.
        self._first = {char: sorted(lengths, reverse=True) for char, lengths in first.items()}
        self._last = {char: sorted(lengths, reverse=True) for char, lengths in last.items()}

    def __contains__(self, word: str) -> bool:
        return word in self.words

    def ending(self, text: str, start: int, end: int) -> int:
        """The length of the longest word that ends at `end` and does not begin before `start`; 0 for none."""
        if end <= start:
            return 0
        for length in self._last.get(text[end - 1], ()):
            if end - length >= start and text[end - length : end] in self.words:
                return length
        return 0

    def starting(self, text: str, start: int, end: int) -> int:
        """The length of the longest word that begins at `start` and does not end behind `end`; 0 for none."""
        if end <= start:
            return 0
        for length in self._first.get(text[start], ()):
            if start + length <= end and text[start : start + length] in self.words:
                return length
        return 0

    def begins_with(self) -> frozenset[str]:
        """The first characters of its words."""
        return frozenset(self._first)

    def ends_with(self) -> frozenset[str]:
        """The last characters of its words."""
        return frozenset(self._last)
