"""Where the source of a cue stands: before it, behind it, or as the subject of its clause."""

from collections.abc import Sequence
from typing import NamedTuple

from build_dataset.document import Frame, SourceMention
from build_dataset.lang.en.attribution.description import SourceDescriber, pronoun_mention
from build_dataset.lang.en.attribution.lexicon import Lexicon
from build_dataset.lang.en.attribution.phrases import (
    HEAD,
    clause_start,
    has_finite_verb,
    noun_phrase_before,
    subject_of,
)
from build_dataset.lang.en.attribution.units import Unit
from build_dataset.schema import SpeakerKind

_LONGEST_APPOSITION = 40
"""Tokens: beyond that, what stands between two commas is no apposition."""
_PHRASE_PREPOSITIONS = frozenset(("at", "by", "from", "in", "with"))
_HEAD_ENDS = frozenset(
    [
        "about",
        "among",
        "around",
        "at",
        "behind",
        "by",
        "close",
        "familiar",
        "for",
        "from",
        "in",
        "involved",
        "near",
        "of",
        "on",
        "to",
        "who",
        "with",
        "within",
    ]
)
"""Words behind the head of a noun phrase."""
_QUANTIFIERS = frozenset(("all", "both", "each", "few", "many", "most", "others", "several", "some", "those"))
"""Determiners that stand for people by themselves."""
_POSSESSIVE = frozenset(("her", "his", "its", "my", "our", "their"))
_LONGEST_BRACKET = 10
"""Tokens: beyond that, what stands in brackets is no remark on the name before them."""


class Source(NamedTuple):
    """A source and the tokens it takes, apposition included (half-open)."""

    mention: SourceMention
    first: int
    last: int


class SourceReader:
    """Reads sources off a unit."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._sources = lexicon.sources
        self.describe = SourceDescriber(lexicon).describe

    def named(self, source: Source | None) -> Source | None:
        """The source, if its words name anything: bare figures do not, nor masked words, nor a channel behind them."""
        if source is None:
            return None
        name = source.mention.name
        words = name.strip("* ").casefold()
        if "*" in name and (not words or words in self._sources.channel):
            return None
        return None if words.removeprefix("relevant ").removeprefix("the ") in self._sources.bare else source

    def speaks(self, source: Source) -> bool:
        """Whether a source is somebody, or something with words in it, and no mere fact ("the rise in sales")."""
        mention = source.mention
        if mention.kind is not SpeakerKind.UNNAMED:
            return mention.name.lower() not in ("it", "this", "that", "these", "those", "which")
        words = mention.name.casefold().split()
        stop = next((at for at, word in enumerate(words) if at and word in _HEAD_ENDS), len(words))
        known = self._sources
        return any(
            words[stop - 1] in names
            for names in (known.people, known.person, known.role, known.group, known.channel)
        )

    def before(self, unit: Unit, end: int, floor: int = 0) -> Source | None:
        """The source that ends right before token `end`: a pronoun, a noun phrase, or one with an apposition."""
        shape = unit.shape
        if end <= floor:
            return None
        last = shape[end - 1]
        if last == "i":
            return Source(pronoun_mention(unit, end - 1), end - 1, end)
        if last == "w":
            return self._antecedent(unit, end - 1, floor)
        if last == "," or last in ")-":
            return self._with_apposition(unit, end, floor)
        start = noun_phrase_before(unit, end, floor)
        if start is None:
            return None
        if start > floor and unit.lower[start - 1] == "whose":
            return None
        if start > floor and shape[start - 1] == "w":  # "a reader who follows the industry" told us
            antecedent = self._antecedent(unit, start - 1, floor)
            if antecedent is not None:
                return self._extended(unit, antecedent, end)
        return Source(self.describe(unit, start, end, None), start, end)

    def after(self, unit: Unit, start: int) -> Source | None:
        """The source that begins at token `start`, with the apposition behind it."""
        shape = unit.shape
        if start >= len(shape):
            return None
        if shape[start] in "io":
            return Source(pronoun_mention(unit, start), start, start + 1)
        end = self.phrase_end(unit, start)
        if end == start:
            return None
        behind = self.bracket_end(unit, end)
        stop = self.apposition_end(unit, behind)
        apposition = (behind + 1, stop) if stop > behind else None
        return Source(self._described(unit, (start, end), apposition), start, max(stop, behind))

    def phrase(self, unit: Unit, first: int, last: int) -> SourceMention | None:
        """The source that tokens `[first, last)` name, appositions at their end included; None if they name nothing."""
        shape = unit.shape
        first = max(first, 1 + max(shape.rfind(mark, first, last - 1) for mark in ":;"))
        while last - 1 > first and shape[last - 1] in ",-ua":
            last -= 1
        while first < last - 1 and shape[first] in ",-)":
            first += 1
        if shape[first] == "w" or shape[last - 1] == "w":
            antecedent = self.before(unit, last if shape[last - 1] == "w" else first + 1)
            if antecedent is not None:
                return antecedent.mention
        if last - first == 1 and (shape[first] in "iow" or unit.lower[first] in _POSSESSIVE):
            return pronoun_mention(unit, first)
        if self._is_joint(unit, first, last):
            start, end = unit.start(first), unit.end(last)
            return SourceMention(start, end, unit.text[start:end], SpeakerKind.UNNAMED)
        if HEAD.isdisjoint(shape[first:last]):
            last = max(last, self.phrase_end(unit, first))
        if HEAD.isdisjoint(shape[first:last]):
            return self.describe(unit, first, last, None) if unit.lower[last - 1] in _QUANTIFIERS else None
        comma = shape.find(",", max(min(self.phrase_end(unit, first), last), first + 1), last)
        if comma < 0:
            return self.describe(unit, first, last, None)
        return self._described(unit, (first, comma), (comma + 1, last))

    def _is_joint(self, unit: Unit, first: int, last: int) -> bool:
        """Reads "Mayor Anna Berg and her deputy, Peter Novak": a person and another one."""
        for at in range(first + 1, last - 1):
            if unit.lower[at] == "and" and unit.shape[at - 1] in "N,":
                left = self.describe(unit, first, at - (unit.shape[at - 1] == ","), None)
                right = self.describe(unit, at + 1, last, None)
                other = right.kind is SpeakerKind.PERSON or unit.lower[at + 1] in _POSSESSIVE
                return left.kind is SpeakerKind.PERSON and other
        return False

    def bracket_end(self, unit: Unit, end: int) -> int:
        """One past a short remark in brackets behind a name: "Roe (D-Ohio)"."""
        if unit.shape[end : end + 1] != "(":
            return end
        closing = unit.shape.find(")", end, end + 12)
        return closing + 1 if closing > end else end

    def phrase_end(self, unit: Unit, start: int) -> int:
        """One past the noun phrase that begins at `start`, "of" phrases and "at the ministry" included."""
        shape = unit.shape
        at = start
        end = start
        while at < len(shape):
            letter = shape[at]
            if letter in HEAD:
                end = at + 1
            elif letter == "d" and end == at > start:
                break  # another phrase begins: "told the Daily Planet the talks …"
            elif letter == "c":
                if not (at + 1 < len(shape) and shape[at + 1] == "N" and shape[at - 1] == "N"):
                    break
            elif letter not in "degufG" and not (letter == "p" and unit.lower[at] in _PHRASE_PREPOSITIONS):
                break
            at += 1
        return end

    def _antecedent(self, unit: Unit, relative: int, floor: int) -> Source | None:
        """The source that a relative pronoun refers to: "Lopez, who said", "a man who said"."""
        end = relative
        if end > floor and unit.shape[end - 1] == ",":
            inner = (
                self._with_apposition(unit, end, floor) if self._closes_apposition(unit, end, floor) else None
            )
            if inner is not None:
                return inner
            end -= 1
        start = noun_phrase_before(unit, end, floor)
        return None if start is None else Source(self.describe(unit, start, end, None), start, end)

    def _closes_apposition(self, unit: Unit, comma: int, floor: int) -> bool:
        return unit.shape.rfind(",", floor, comma - 1) > floor

    def _extended(self, unit: Unit, source: Source, end: int) -> Source:
        """An unnamed source keeps its relative clause as part of its name."""
        mention = source.mention
        if mention.kind is not SpeakerKind.UNNAMED:
            return Source(mention, source.first, end)
        stop = unit.end(end)
        return Source(mention._replace(end=stop, name=unit.text[mention.start : stop]), source.first, end)

    def _with_apposition(self, unit: Unit, end: int, floor: int) -> Source | None:
        """The name before one or several phrases in commas, brackets or dashes that end at `end`."""
        shape = unit.shape
        closing = shape[end - 1]
        opening = {",": ",", ")": "(", "-": "-"}[closing]
        best: Source | None = None
        comma = end - 1
        for _ in range(4):
            comma = shape.rfind(opening, max(floor, end - _LONGEST_APPOSITION), comma)
            if comma <= floor or not self._is_apposition(unit, comma + 1, end - 1):
                break
            start = noun_phrase_before(unit, comma, floor)
            if start is None:
                continue
            best = Source(self._described(unit, (start, comma), (comma + 1, end - 1)), start, end)
            if shape[start] == "N":
                break
        return best

    def _described(
        self, unit: Unit, phrase: tuple[int, int], apposition: tuple[int, int] | None
    ) -> SourceMention:
        """A phrase and what stands in commas behind it, either of which can be the name: "its head, Maria Lopez"."""
        mention = self.describe(unit, *phrase, apposition)
        if (
            apposition is None
            or mention.kind is SpeakerKind.PERSON
            or set(unit.shape[slice(*apposition)]) != {"N"}
        ):
            return mention
        named = self.describe(unit, *apposition, phrase)
        return named if named.role is not None else mention

    def _is_apposition(self, unit: Unit, start: int, end: int) -> bool:
        if start >= end:
            return False
        shape = unit.shape[start:end]
        if unit.shape[start - 1] == "(":
            return len(shape) <= _LONGEST_BRACKET
        if shape[0] in "wpgGeaft0" or unit.lower[start] in ("formerly", "aged", "then"):
            return ";" not in shape and ":" not in shape
        return not has_finite_verb(shape.replace("e", "")) and not any(mark in shape for mark in ";:.")

    def apposition_end(self, unit: Unit, end: int) -> int:
        """One past the appositions behind a name that ends at `end` ("Lopez, 45, head of X, …"); else `end`."""
        stop = end
        while True:
            following = self._one_apposition_end(unit, stop)
            if following == stop:
                return stop
            stop = following

    def _one_apposition_end(self, unit: Unit, end: int) -> int:
        shape = unit.shape
        if end + 1 >= len(shape) or shape[end] != ",":
            return end
        stop = end + 1
        while stop < len(shape) and shape[stop] not in ',;:."Q':
            stop += 1
        if shape[end + 1 : stop] == "0" or unit.lower[end + 1] == "aged" or shape[end + 1] == "w":
            return stop
        first = end + 1
        while first < stop and (shape[first] == "d" or unit.lower[first] in self._sources.role_modifier):
            first += 1
        named = set(shape[end + 1 : stop]) == {"N"} and unit.lower[end - 1] in self._sources.role
        titled = named or any(
            unit.lower[index] in self._sources.role for index in range(first, min(first + 5, stop))
        )
        if not titled or has_finite_verb(shape[end + 1 : stop].replace("e", "")):
            return end
        return stop

    def clause_subject(self, unit: Unit, at: int, found: Sequence[Frame]) -> Source | None:
        """The subject of the clause before `at`: that of a frame already found there, else its first noun phrase."""
        start = clause_start(unit, at)
        position = unit.start(at) if at < len(unit.tokens) else unit.end(at)
        for frame in reversed(found):
            if frame.source is not None and unit.start(start) <= frame.source.start < position:
                return Source(frame.source, at, at)
        subject = subject_of(unit, start, at)
        if subject is None:
            return None
        first, last = subject
        if unit.shape[first] == "i":
            source = self.before(unit, last, first)
        else:
            stop = self.apposition_end(unit, last)
            span = (last + 1, stop) if stop > last else None
            source = Source(self.describe(unit, first, last, span), first, last)
        return None if source is None else Source(source.mention, at, at)


def floor_of(unit: Unit, at: int) -> int:
    """The first token that a source before token `at` can reach: none reaches over a semicolon or colon."""
    return max(unit.shape.rfind(mark, 0, at) for mark in ';:"') + 1
