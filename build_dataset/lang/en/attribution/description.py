"""What a source is: its name, kind, role and organization."""

from build_dataset.document import SourceMention
from build_dataset.lang.en.attribution.lexicon import Lexicon
from build_dataset.lang.en.attribution.roles import RoleReader
from build_dataset.lang.en.attribution.units import Unit
from build_dataset.schema import SpeakerKind


def pronoun_mention(unit: Unit, index: int) -> SourceMention:
    """The mention of a pronoun, which coreference resolves."""
    token = unit.tokens[index]
    return SourceMention(token.start, token.end, token.text, None)


class SourceDescriber:
    """Describes a noun phrase as a source."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._sources = lexicon.sources
        self._roles = RoleReader(lexicon)

    def describe(
        self, unit: Unit, first: int, last: int, apposition: tuple[int, int] | None
    ) -> SourceMention:
        """Name, kind, role and organization of the phrase `[first, last)` with the apposition beside it.

        The mention of a named source is the name alone; an unnamed source keeps its whole phrase.
        """
        if (
            last - first == 2
            and unit.lower[first] == "the"
            and self._sources.is_demonym(unit.lower[first + 1])
        ):
            start, end = unit.start(first), unit.end(last)
            return SourceMention(
                start, end, unit.text[start:end], None
            )  # "the Italian": somebody named before
        role, organization = self._roles.behind(unit, apposition)
        named = self._named_part(unit, first, last)
        if named is None:
            return self._common(unit, first, last, role, organization)
        start, end, before_role, before_organization = named
        while end - 1 > start and _is_masked(unit, end - 1):
            end -= 1
        text = unit.text[unit.start(start) : unit.end(end)]
        role, organization = role or before_role, organization or before_organization
        if _joins_persons(unit, start, end):
            return SourceMention(unit.start(start), unit.end(end), text, SpeakerKind.UNNAMED)
        kind = self._kind_of_name(unit, start, end, first, role)
        if kind is not SpeakerKind.PERSON:
            role = organization = None
        return SourceMention(unit.start(start), unit.end(end), text, kind, role, organization)

    def _named_part(
        self, unit: Unit, first: int, last: int
    ) -> tuple[int, int, str | None, str | None] | None:
        """The tokens of the name in a phrase, and the role and organization in front of it."""
        shape = unit.shape
        end = first
        while end < last and shape[end] not in "fptw(,":
            end += 1
        if self._names_whole_phrase(unit, first, last):
            end = last
        roles = [index for index in range(first, end) if self._roles.is_role(unit, index)]
        start = first
        role = organization = None
        if roles and roles[-1] + 1 < end and "N" in shape[roles[-1] + 1 : end]:
            start = roles[-1] + 1
            role, organization = self._roles.in_front(unit, first, start)
        while start < end and shape[start] in "dakG":
            start += 1
        if start >= end or shape[start] not in "N0" or "N" not in shape[start:end]:
            return None
        if any(letter in "neg" for letter in shape[start:end]) and not self._names_whole_phrase(
            unit, first, last
        ):
            return self._name_behind_words(unit, start, end, role, organization)
        if end < last and shape[end] == "u":
            return None
        return start, end, role, organization

    def _name_behind_words(
        self, unit: Unit, start: int, end: int, role: str | None, organization: str | None
    ) -> tuple[int, int, str | None, str | None] | None:
        """Reads "Tesla founder Elon Musk" without a known role word: the capitalized run at the end is the name."""
        at = end
        while at > start and unit.shape[at - 1] == "N":
            at -= 1
        return (at, end, role, organization) if at < end and end - at >= 2 else None

    def _names_whole_phrase(self, unit: Unit, first: int, last: int) -> bool:
        """Reads "the Department of Justice", "University of Leeds": an organization's name runs over "of"."""
        shape = unit.shape[first:last].lstrip("d")
        if (
            not shape.startswith("N")
            or set(shape) - set("Nfdc&-")
            or "f" not in shape
            or not shape.endswith("N")
        ):
            return False
        head = unit.lower[first + (last - first - len(shape)) : first + unit.shape[first:last].index("f")]
        return bool(head) and (head[-1] in self._sources.organization or head[-1] in self._sources.group)

    def _kind_of_name(self, unit: Unit, start: int, end: int, first: int, role: str | None) -> SpeakerKind:
        words = [unit.tokens[index].text for index in range(start, end)]
        lower = unit.lower[start:end]
        follows_who = unit.lower[end : end + 2] == (",", "who")
        if lower[0] in self._sources.honorific or role is not None or follows_who:
            return SpeakerKind.PERSON
        if self._sources.organization.intersection(lower) or "f" in unit.shape[start:end]:
            return SpeakerKind.ORGANIZATION
        if start > first and unit.shape[start - 1] == "d":
            return SpeakerKind.ORGANIZATION
        plain = all(
            (word.isalpha() and word[0].isupper() and (word[1:].islower())) or _is_name_part(word)
            for word in words
        )
        return SpeakerKind.PERSON if plain and 2 <= len(words) <= 4 else SpeakerKind.ORGANIZATION

    def _common(
        self, unit: Unit, first: int, last: int, role: str | None, organization: str | None
    ) -> SourceMention:
        """A source without a name: people, a document, "the company"."""
        start, end = unit.start(first), unit.end(last)
        name = unit.text[start:end]
        head = self._head(unit, first, last)
        if head in self._sources.document:
            return SourceMention(start, end, name, SpeakerKind.DOCUMENT)
        definite = unit.lower[first] in ("the", "this", "that", "its", "their", "his", "her")
        short = last - first <= 3 and "N" not in unit.shape[first:last]
        if definite and short and (head in self._sources.group or head in self._sources.role):
            group = head in self._sources.group
            return SourceMention(
                start, end, name, None, fallback=SpeakerKind.ORGANIZATION if group else SpeakerKind.UNNAMED
            )
        if head in self._sources.group and "N" in unit.shape[first:last]:
            return SourceMention(start, end, name, SpeakerKind.ORGANIZATION)
        return SourceMention(start, end, name, SpeakerKind.UNNAMED, role, organization)

    def _head(self, unit: Unit, first: int, last: int) -> str:
        """The head word: the last before the first preposition or relative pronoun."""
        shape = unit.shape
        at = first
        while at < last and not (shape[at] in "pftw,(" and at > first):
            at += 1
        return unit.lower[at - 1]


def _joins_persons(unit: Unit, start: int, end: int) -> bool:
    """Reads "Anna Berg and Peter Novak": two full names, not "Berg and Novak", which may be a firm."""
    at = next((index for index in range(start, end) if unit.lower[index] == "and"), start)
    return at - start >= 2 and end - at > 2 and set(unit.shape[start:at] + unit.shape[at + 1 : end]) == {"N"}


def _is_masked(unit: Unit, index: int) -> bool:
    """Whether a token stands for words that were cut out."""
    return unit.shape[index] == "*"


def _is_name_part(word: str) -> bool:
    """Parts of personal names that are not one capital and small letters: "J.", "McCain", "O'Brien", "Day-Lewis"."""
    pieces = word.replace("’", "'").replace(".", "").replace("-", "'").split("'")
    return all(
        piece == ""
        or (
            piece[0].isupper()
            and piece.isalpha()
            and (len(piece) == 1 or (sum(map(str.isupper, piece)) <= 2 and not piece.isupper()))
        )
        for piece in pieces
    )
