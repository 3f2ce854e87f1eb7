"""The English noun that a number counts: the head of the noun phrase behind it, in the singular."""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

import inflection

LONGEST_PHRASE = 7
"""Words of a noun phrase that are looked at for its head."""

_WORD = re.compile(
    r"""
      (?P<gap> [ \t\xa0\u2009\u202f]* [-‑–]? [ \t\xa0\u2009\u202f]* ) (?P<quote>["“'‘])?
      (?P<word> [^\W\d_](?:[\w&+-]*[^\W_])? (?:\+(?=\s))? (?:['’](?!s\b)[^\W\d_]+)? )
      (?P<possessive> ['’]s\b | (?<=s)['’](?=\s) )?
    """,
    re.VERBOSE,
)
_INNER_NUMBER = re.compile(r" \d{1,4}(?= (?P<next>[A-Za-z]))")
_PARTITIVE = re.compile(
    r"[ ]+of[ ]+(?:the|these|those|its|their|his|her|our|your|my|all|more[ ]than)[ ]+", re.IGNORECASE
)
_SMALL_LETTERS = re.compile(r" [a-z]{3}")
_HYPHENS = frozenset("-‑–")
_BLANKS = frozenset(" \xa0")
_NO_PLURAL_ENDING = ("ss", "us", "is", "ous", "'s", "’s")


class Noun(NamedTuple):
    """A counted noun: `singular` and where its phrase (adjectives, nouns, head) stands."""

    start: int
    end: int
    singular: str


class NounReader:
    """Finds the noun that a number counts."""

    def __init__(
        self,
        phrase_ends: frozenset[str],
        irregular_plurals: Mapping[str, str],
        singulars: Mapping[str, str],
        no_plurals: frozenset[str],
        attributive_plurals: frozenset[str],
        attributive_singulars: frozenset[str],
        verbs: frozenset[str],
    ) -> None:
        self._phrase_ends = phrase_ends
        self._plurals = irregular_plurals
        self._singulars = {**singulars, **irregular_plurals}
        self._no_plurals = no_plurals
        self._attributive = attributive_plurals
        self._singular_attributes = attributive_singulars
        self._verbs = verbs

    def read(self, text: str, end: int, limit: int) -> Noun | None:
        """The plural noun that ends the phrase behind a number.

        Args:
            text: the article's text.
            end: where the number ends.
            limit: where its sentence ends.
        """
        partitive = _PARTITIVE.match(text, end, limit)
        position = start = partitive.end() if partitive else end
        head: Noun | None = None
        going_on = joined = False
        before = ""
        for _ in range(LONGEST_PHRASE):
            match = _WORD.match(text, position, limit)
            if before and head is None and not joined and match is not None and match["word"] == "and":
                position, joined = match.end(), True  # digital and physical sales
                continue
            inner = _INNER_NUMBER.match(text, position, limit) if match is None and before else None
            if inner is not None and (before[0].isupper() or inner["next"].isupper()):
                position = inner.end()  # two new 737 Max jets, 9,000 Model 3 sedans
                continue
            if (
                match is None
                or not _continues(match, first=position == end)
                or self._ends(match["word"], head)
            ):
                break
            word = match["word"]
            start = match.start("word") if not before else start
            position = match.end()
            if self._is_plural(word.lower()) and not _is_acronym(text, match):
                singular = self.singular(word)
                named = word[0].isupper() and before[:1].isupper()
                head = Noun(start, match.end("word"), f"{before} {singular}" if named else singular)
                going_on = match["possessive"] is None and (
                    self._goes_on(word, before)
                    or self._is_followed(text, position, limit)
                    or (word[0].isupper() and self._is_attribute(text, position, limit))
                )
            if head is not None and not going_on:
                break
            before = word
        return head

    def _ends(self, word: str, head: Noun | None) -> bool:
        """Whether a word ends the phrase; "US" in capitals is no pronoun."""
        lower = word.lower()
        if lower in self._phrase_ends:
            return len(word) == 1 or not word.isupper()
        return head is not None and lower in self._verbs

    def _goes_on(self, word: str, before: str) -> bool:
        """Whether another noun can follow a plural: sales managers, plain-clothes officers, United States troops."""
        name = word[0].isupper() and before[:1].isupper()
        return word.lower() in self._attributive or "-" in word or name

    def _is_followed(self, text: str, end: int, limit: int) -> bool:
        """Whether another plural stands right behind one: two firearms licenses. No verb of a plural has an -s."""
        match = _WORD.match(text, end, limit)
        if match is None or match["gap"] not in _BLANKS or match["word"][0].isupper():
            return False
        lower = match["word"].lower()
        return (lower in self._attributive or self._is_plural(lower)) and lower not in self._verbs

    def _is_attribute(self, text: str, end: int, limit: int) -> bool:
        """Whether a name in -s stands before a noun with an attribute: five Dallas fire officers."""
        match = _WORD.match(text, end, limit)
        if match is None or not match["word"].islower() or match["word"].endswith("ed"):
            return False
        ends = self._ends(match["word"], None) or match["word"] in self._verbs
        return not ends and self._is_followed(text, match.end(), limit)

    def read_attributive(self, text: str, end: int, limit: int) -> Noun | None:
        """The singular noun tied to a number by a hyphen, where it is a usual one without ("12-page report")."""
        match = _WORD.match(text, end, limit)
        if match is None or (match["gap"] not in _HYPHENS and not self._describes(text, match, limit)):
            return None
        word = match["word"]
        if word.partition("-")[0] in self._phrase_ends:
            return None  # made 11-of-18 shots
        return Noun(
            match.start("word"),
            match.end("word"),
            self.singular(word) if self._is_plural(word.lower()) else word,
        )

    def _describes(self, text: str, match: re.Match[str], limit: int) -> bool:
        """Whether a singular noun behind a number describes one that follows: a 12 page report, not 32 state laws."""
        if (
            match["word"] not in self._singular_attributes
            or self.read(text, match.start(), limit) is not None
        ):
            return False
        following = _WORD.match(text, match.end(), limit)
        return following is not None and not self._ends(following["word"], None)

    def phrase(self, text: str, end: int, limit: int) -> Noun | None:
        """The words behind a place up to the end of their noun phrase, whatever their number."""
        position, start, stop, last = end, -1, -1, ""
        for _ in range(LONGEST_PHRASE):
            match = _WORD.match(text, position, limit)
            if (
                match is None
                or match["quote"]
                or match["word"].lower() in self._phrase_ends
                or match["word"].lower() in self._verbs
            ):
                break
            if start < 0:
                start = match.start("word")
            position, stop, last = match.end(), match.end("word"), match["word"]
        return Noun(start, stop, last) if start >= 0 else None

    def _is_plural(self, lower: str) -> bool:
        if lower in self._plurals:
            return True
        tail = lower.rpartition("-")[2]
        return (
            len(tail) > 2  # "as", "is", "TVs" aside
            and tail.endswith("s")
            and not tail.endswith(_NO_PLURAL_ENDING)
            and tail not in self._no_plurals
            and lower not in self._no_plurals
        ) or tail in self._plurals

    @lru_cache(maxsize=4096)  # noqa: B019 - one reader a process, words come again and again
    def singular(self, word: str) -> str:
        """The singular of a plural noun; a compound changes its last part, names keep their capital."""
        first, hyphen, tail = word.rpartition("-")
        lower = tail.lower()
        known = self._singulars.get(lower)
        if known is not None:
            return first + hyphen + (known.capitalize() if tail[:1].isupper() else known)
        if tail[:-1].isupper() and tail.endswith("s"):  # NGOs, TVs
            return first + hyphen + tail[:-1]
        return first + hyphen + str(inflection.singularize(tail))


def _is_acronym(text: str, match: re.Match[str]) -> bool:
    """Whether a word in capitals stands before one in small letters: nine UNHCR offices, four GPS devices."""
    return match["word"].isupper() and _SMALL_LETTERS.match(text, match.end()) is not None


def _continues(match: re.Match[str], *, first: bool) -> bool:
    """Whether a word goes on with the phrase: behind a blank, right behind the number with a hyphen too."""
    if first:
        return match["gap"] != ""
    return not match["gap"].strip()
