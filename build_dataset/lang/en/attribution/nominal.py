"""Frames of cues that are no verbs: "according to", "in her view", "their fear is that", a colon, a signature."""

from build_dataset.document import Frame, Range
from build_dataset.lang.en.attribution.borders import Borders
from build_dataset.lang.en.attribution.description import pronoun_mention
from build_dataset.lang.en.attribution.lexicon import Lexicon
from build_dataset.lang.en.attribution.phrases import clause_start, has_finite_verb, subject_of
from build_dataset.lang.en.attribution.sources import Source, SourceReader, floor_of
from build_dataset.lang.en.attribution.units import Unit
from build_dataset.schema import SpeakerKind

_POSSESSIVE = frozenset(["her", "his", "its", "my", "our", "their", "your"])

_THERE = tuple(("there", verb) for verb in ("is", "are", "was", "were"))


class NominalCues:
    """Finds the frames of nouns, prepositions, adjectives and marks."""

    def __init__(self, lexicon: Lexicon, reader: SourceReader, borders: Borders) -> None:
        self._lexicon = lexicon
        self._reader = reader
        self._borders = borders

    def according(self, unit: Unit, index: int) -> Frame | None:
        """Reads "According to X, …" and "…, according to X"."""
        source = self._reader.after(unit, index + 2)
        if source is None:
            return None
        source = self._possessor(unit, index + 2, source)
        mention = self._reader.named(source)
        stop = source.last
        leads = index == 0 or unit.shape[index - 1] in ';."b(cQ' or self._only_adverbial(unit, index)
        before = after = None
        if leads:
            comma = unit.shape.find(",", stop)
            if comma < 0 or comma - stop > 12:
                return None
            after = self._borders.span(unit, comma + 1, len(unit.shape))
            stop = comma + 1
        else:
            before = self._borders.before(unit, index, comma_needed=False)
            comma = stop if stop < len(unit.shape) and unit.shape[stop] == "," else -1
            if (
                comma > 0
                and has_finite_verb(unit.shape[comma:])
                and unit.shape[comma + 1 : comma + 2] not in ("c", "b", "G", "s")
            ):
                after = self._borders.span(unit, comma + 1, len(unit.shape))
        if before is None and after is None:
            return None
        return Frame(
            cue=Range(unit.start(index), unit.end(index + 2)),
            clause=Range(unit.start(index), unit.end(stop)),
            source=None if mention is None else mention.mention,
            before=before,
            after=after,
            rule="bare_channel" if self._is_channel(source) else "according_to",
        )

    def _possessor(self, unit: Unit, first: int, source: Source) -> Source:
        """Reads "according to Lopez's analysis": the possessor of the words is the source."""
        clitic = unit.shape.find("u", first, source.last)
        if clitic <= first or unit.shape[clitic - 1] != "N":
            return source
        return Source(self._reader.describe(unit, first, clitic, None), first, source.last)

    def _only_adverbial(self, unit: Unit, index: int) -> bool:
        return (
            index > 0
            and unit.shape[index - 1] == ","
            and not has_finite_verb(unit.shape[:index])
            and "Q" not in unit.shape[:index]
        )

    def _is_channel(self, source: Source) -> bool:
        words = source.mention.name.lower().split()
        return source.mention.kind is not SpeakerKind.PERSON and words[-1] in self._lexicon.sources.channel

    def view(self, unit: Unit, index: int) -> Frame | None:
        """Reads "In her view, …", "in Mr. Lopez's opinion"."""
        shape = unit.shape
        start = index
        while start > 0 and shape[start - 1] not in "pt,;:.":
            start -= 1
        if start == 0 or unit.lower[start - 1] not in ("in", "from", "to") or start == index:
            return None
        if unit.lower[start] in _POSSESSIVE and index - start <= 3:
            source = self._possessive(unit, start)
        elif "u" in shape[start + 1 : index]:
            clitic = shape.rindex("u", start, index)
            source = Source(self._reader.describe(unit, start, clitic, None), start, clitic)
        elif shape[index + 1 : index + 2] == "f":  # "in the eyes of Lopez"
            found = self._reader.after(unit, index + 2)
            if found is None:
                return None
            source = found
        else:
            return None
        first, stop = start - 1, max(index + 1, source.last)
        after = before = None
        if stop < len(shape) and shape[stop] == ",":
            after = self._borders.span(unit, stop + 1, len(shape))
            stop += 1
        if first > 0 and (after is None or shape[first - 1] == "Q" or shape[first - 1] == ","):
            before = self._borders.before(unit, first)
        if before is None and after is None:
            return None
        return Frame(
            cue=Range(unit.start(index), unit.end(index + 1)),
            clause=Range(unit.start(first), unit.end(stop)),
            source=source.mention,
            before=before,
            after=after,
            rule="in_view",
        )

    def _possessive(self, unit: Unit, index: int) -> Source:
        return Source(pronoun_mention(unit, index), index, index + 1)

    def noun(self, unit: Unit, index: int) -> Frame | None:
        """Reads "His fear is that …", "there is an opinion that …"."""
        shape = unit.shape
        link = index + 1
        while link < min(len(shape), index + 4) and shape[link] in "ax":
            link += 1
        if link >= len(shape) or shape[link] != "h":
            return None
        linked = link > index + 1
        start = index
        while start > 0 and shape[start - 1] in "dnNu0eak":
            start -= 1
        source = self._owner(unit, start, index)
        exists = unit.lower[max(0, start - 2) : start] in _THERE
        if exists:
            start -= 2
        if not exists and (not linked or (source is None and shape[start] != "d")):
            return None
        return Frame(
            cue=Range(unit.start(start if exists else index), unit.end(index + 1)),
            clause=Range(unit.start(start), unit.end(link + 1)),
            source=None if source is None else source.mention,
            before=None,
            after=self._borders.span(unit, link + 1, len(shape)),
            rule="noun_that",
        )

    def _owner(self, unit: Unit, start: int, noun: int) -> Source | None:
        """Whose words they are: "his fear", "the minister's fear"."""
        if unit.lower[start] in _POSSESSIVE and unit.lower[start] != "its":
            return self._possessive(unit, start)
        clitic = unit.shape.find("u", start, noun)
        if clitic <= start:  # "it's an assumption that": nobody's
            return None
        return Source(self._reader.describe(unit, start, clitic, None), start, clitic)

    def feeling(self, unit: Unit, index: int) -> Frame | None:
        """Reads "is convinced that …"; beside a quotation also "are excited about it"."""
        at = index
        passive = False
        while at > 0 and unit.shape[at - 1] in "axd":
            word = unit.lower[at - 1]
            if word in self._lexicon.words.negation or word in self._lexicon.words.modal:
                return None
            passive = passive or word in self._lexicon.words.be or word in ("feel", "feels", "felt")
            at -= 1
        if not passive:
            return None
        source = self._reader.before(unit, at, floor_of(unit, at))
        if source is None:
            return None
        right = self._borders.right(unit, index + 1, frozenset({"that"}))
        that = right.evidence in ("that", "colon", "quotation") and right.start is not None
        beside = self._borders.quotation_beside(unit, source.first)
        return Frame(
            cue=Range(unit.start(index), unit.end(index + 1)),
            clause=Range(unit.start(source.first), unit.end(right.end if that else index + 1)),
            source=source.mention,
            before=self._borders.before(unit, source.first) if beside else None,
            after=self._borders.span(unit, right.start or 0, len(unit.shape)) if that else None,
            verbal_only=not that,
            rule="feeling",
        )

    def colon(self, unit: Unit, index: int, found: list[Frame]) -> Frame | None:
        """A colon before a quotation attributes it to the subject of its clause, whatever the verb."""
        if not self._borders.quotation_at(unit, index + 1):
            return None
        clause = clause_start(unit, index)
        if any(frame.clause.start >= unit.start(clause) for frame in found):
            return None  # the clause has a cue of its own
        at = clause
        for mark in range(clause, index):
            if unit.shape[mark] == "," and unit.shape[mark + 1] in "sb":
                at = mark + 2
        subject = subject_of(unit, at, index)
        if subject is None:
            return None
        if unit.shape[subject[0]] == "i":
            source = Source(pronoun_mention(unit, subject[0]), *subject)
        else:
            source = Source(self._reader.describe(unit, *subject, None), *subject)
        if not self._reader.speaks(source):
            return None
        return Frame(
            cue=None,
            clause=Range(unit.start(source.first), unit.end(index + 1)),
            source=source.mention,
            before=None,
            after=self._borders.span(unit, index + 1, len(unit.shape)),
            verbal_only=True,
            rule="colon",
        )

    def signature(self, unit: Unit, index: int) -> Frame | None:
        """A name behind a dash signs the quotation before it: `"…" — Maria Lopez`."""
        if unit.shape[index + 1] != "N":
            return None
        source = self._reader.after(unit, index + 1)
        if (
            source is None
            or unit.shape[source.last :].strip(".")
            or source.mention.kind is not SpeakerKind.PERSON
        ):
            return None
        return Frame(
            cue=None,
            clause=Range(unit.start(index), unit.end(source.last)),
            source=source.mention,
            before=self._borders.before(unit, index),
            after=None,
            verbal_only=True,
            rule="signature",
        )
