"""Pronouns, short forms of names, and everybody whom a text names."""

import re
from collections.abc import Iterator, Sequence

from build_dataset.document import SourceMention
from build_dataset.lang.en.attribution.lexicon import Lexicon
from build_dataset.lang.en.attribution.sources import SourceReader
from build_dataset.lang.en.attribution.units import Unit
from build_dataset.lang.pack import Pronoun
from build_dataset.schema import SpeakerKind

PRONOUNS = {
    "he": Pronoun(plural=False, person=True, female=False),
    "him": Pronoun(plural=False, person=True, female=False),
    "his": Pronoun(plural=False, person=True, female=False),
    "she": Pronoun(plural=False, person=True, female=True),
    "her": Pronoun(plural=False, person=True, female=True),
    "it": Pronoun(plural=False, person=False, female=None),
    "its": Pronoun(plural=False, person=False, female=None),
    "they": Pronoun(plural=True, person=None, female=None),
    "them": Pronoun(plural=True, person=None, female=None),
    "their": Pronoun(plural=True, person=None, female=None),
}
_SMALL_WORDS = frozenset(["a", "and", "at", "for", "in", "of", "on", "the", "to", "with"])
_FIRST_PERSON = re.compile(r"\b(?:I|I'm|I’m|[Ww]e|[Mm]y|[Oo]ur|us|me)\b")
_NAMES = re.compile(r"N+(?:fN+)*")
_PLACE_PREPOSITIONS = frozenset(
    ["across", "around", "at", "in", "inside", "into", "near", "outside", "throughout", "within"]
)
_POSSESSIVE = re.compile(r"['’]s?$")


class Names:
    """What the English pack knows of names."""

    def __init__(self, lexicon: Lexicon, reader: SourceReader) -> None:
        self._sources = lexicon.sources
        self._reader = reader

    def people(self, units: Sequence[Unit]) -> list[SourceMention]:
        """The people and organizations named in a text, each with the role and organization beside it.

        A name that the text uses as a place ("in Leeds") is left out, unless it holds an office.
        """
        places: set[str] = set()
        found = []
        for unit in units:
            for mention, is_place in self._names(unit):
                found.append(mention)
                if is_place:
                    places.add(mention.name)
        return [mention for mention in found if mention.role is not None or mention.name not in places]

    def _names(self, unit: Unit) -> Iterator[tuple[SourceMention, bool]]:
        for match in _NAMES.finditer(unit.shape):
            first, last = match.span()
            if last - first == 1 and _stands_alone(unit.shape, first):
                token = unit.tokens[first]
                yield (
                    SourceMention(token.start, token.end, token.text, SpeakerKind.ORGANIZATION),
                    self._is_place(unit, first),
                )
                continue
            begin = first
            while begin > 0 and unit.shape[begin - 1] == "n" and self._is_title(unit.lower[begin - 1]):
                begin -= 1
            behind = self._reader.bracket_end(unit, last)
            stop = self._reader.apposition_end(unit, behind)
            mention = self._reader.describe(unit, begin, last, (behind + 1, stop) if stop > behind else None)
            if mention.kind in (SpeakerKind.PERSON, SpeakerKind.ORGANIZATION):
                yield mention, self._is_place(unit, first)

    def _is_place(self, unit: Unit, first: int) -> bool:
        """Whether the words before a name make it a place: "in Leeds", "across the Netherlands"."""
        at = first - 1 if first > 1 and unit.lower[first - 1] == "the" else first
        return at > 0 and unit.lower[at - 1] in _PLACE_PREPOSITIONS

    def _is_title(self, word: str) -> bool:
        return word in self._sources.role or word in self._sources.role_modifier

    def pronoun(self, mention: str) -> Pronoun | None:
        """What a pronoun can stand for, or words that name a company as one would; None for any other words."""
        lower = mention.lower()
        article, _, noun = lower.partition(" ")
        if article == "the" and noun in self._sources.company:
            return PRONOUNS["it"]
        if article == "the" and self._sources.is_demonym(noun):
            return Pronoun(plural=False, person=True, female=None)
        return PRONOUNS.get(lower)

    def same_name(self, short: str, full: str) -> bool:
        """Whether `short` is a part of the name `full`: a surname, a given name, initials of an organization."""
        if short.casefold() == full.casefold():
            return True
        parts, whole = self._parts(short), self._parts(full)
        if not parts or not whole or len(parts) > len(whole):
            return False
        if parts == whole:
            return True
        if len(parts) < len(whole) and (parts == whole[-len(parts) :] or parts == whole[: len(parts)]):
            return True
        return (
            len(parts) == 1
            and len(whole) > 2
            and parts[0] == "".join(word[0] for word in whole if word != "of")
        )

    def _parts(self, name: str) -> list[str]:
        words = [_POSSESSIVE.sub("", word).casefold() for word in name.split()]
        return [
            word
            for word in words
            if word not in self._sources.honorific and word not in ("the", "jr.", "sr.")
        ]

    def female(self, name: str) -> bool | None:
        """What a courtesy title says of the gender; None where there is none."""
        first = name.split()[0].casefold() if name.split() else ""
        if first in self._sources.female:
            return True
        return False if first in self._sources.male else None

    def is_title(self, words: str) -> bool:
        """Whether words are written like the title of something: "Lord of the Rings"."""
        return all(not word[0].islower() or word in _SMALL_WORDS for word in words.split())

    def first_person(self, text: str) -> bool:
        """Whether a passage speaks of itself as "I" or "we"."""
        return _FIRST_PERSON.search(text) is not None


def _stands_alone(shape: str, at: int) -> bool:
    """Whether a single word has nothing beside it that says what it is: no office before it, no apposition behind."""
    return shape[at - 1 : at] not in ("n", "k", "0", "T") and shape[at + 1 : at + 2] not in (",", "(")
