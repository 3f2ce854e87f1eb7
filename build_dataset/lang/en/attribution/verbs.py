"""Frames of cue verbs: "she said that …", `"…," said Lopez`, "it is expected that …"."""

from build_dataset.document import Frame, Range
from build_dataset.lang.en.attribution.borders import TIME_NOUNS, Borders, Right
from build_dataset.lang.en.attribution.lexicon import CueVerb, Lexicon
from build_dataset.lang.en.attribution.nominal import NominalCues
from build_dataset.lang.en.attribution.sources import Source, SourceReader, floor_of
from build_dataset.lang.en.attribution.units import Unit

_GOES_ON = frozenset(["began", "began", "began", "continued", "continues", "on", "out", "proceeded", "went"])
_BEHIND_HEAD = frozenset(["at", "by", "for", "from", "in", "near", "of", "on", "who", "with"])
_NOUN_USES = frozenset({"that"})
_FIGURE_USES = frozenset({"figure", "level", "share"})
"""What a form that is also a noun can introduce: it needs more evidence than a plain verb."""
_AUTHOR = frozenset(["everybody", "everyone", "i", "one", "we", "you"])
"""Outside quotation marks the author's own voice: "as we all know"."""


class VerbCues:
    """Finds the frames of verbs."""

    def __init__(self, lexicon: Lexicon, reader: SourceReader, borders: Borders, states: NominalCues) -> None:
        self._lexicon = lexicon
        self._reader = reader
        self._borders = borders
        self._states = states

    def frame(self, unit: Unit, index: int, found: list[Frame]) -> Frame | None:
        """The frame of the verb at `index`, if it is a cue there.

        Args:
            unit: the sentence.
            index: the verb's token.
            found: the frames before it in the sentence.
        """
        verb = self._lexicon.verbs[unit.lower[index]]
        uses, cue_end = self._use(unit, index, verb)
        left = self._auxiliaries(unit, index)
        if not uses or left is None:
            return None
        at, passive = left
        if passive and verb.form in ("past", "participle"):
            if unit.lower[index] in self._lexicon.cues.feeling:
                return self._states.feeling(unit, index)
            return self._impersonal(unit, index, at, cue_end)
        if "naming" in uses:
            return self._naming(unit, index, at, cue_end, verb, found)
        source = self._subject(unit, index, at, verb, found)
        if (source is None or self._prefers_inversion(unit, at)) and verb.form != "gerund" and at == index:
            behind = self._reader.after(unit, cue_end) if self._admits_inversion(unit, index) else None
            if behind is not None and self._ends_attribution(unit, behind.last):
                return self._inverted(unit, index, cue_end, behind, uses)
        if source is None:
            return None
        right = self._borders.right(unit, cue_end, _of_noun(uses) if unit.shape[index] == "k" else uses)
        if not self._agrees(unit, index, at, verb, source, right):
            return None
        frame = self._active(unit, index, cue_end, source, right, uses)
        if frame is not None and verb.form == "gerund" and not self._borders.quotation_beside(unit, index):
            return frame._replace(before=None) if frame.after is not None else None  # "…, saying that …"
        return frame

    def knows(self, unit: Unit, index: int) -> bool:
        """Whether a token is a form of a cue verb, capitalized or not."""
        return unit.lower[index] in self._lexicon.verbs

    def cue_end(self, unit: Unit, index: int) -> int:
        """One past the cue of a cue verb, its particle included: "pointed out"."""
        return self._uses(unit, index, self._lexicon.verbs[unit.lower[index]])[1]

    def asserts(self, unit: Unit, index: int, *, behind_source: bool) -> bool:
        """Whether a cue verb tells that its source said something: not in "did not say", "was told", "when asked".

        Args:
            unit: the sentence.
            index: the verb's token.
            behind_source: whether the source stands in front of it.
        """
        left = self._auxiliaries(unit, index)
        if left is None:
            return False
        if unit.lower[index] in self._lexicon.cues.feeling:
            return True  # "were worried"
        start, passive = left
        form = self._lexicon.verbs[unit.lower[index]].form
        if form == "past" and (start == 0 or unit.shape[start - 1] in "sq"):
            return False
        return not (passive and behind_source and form != "gerund")

    def _use(self, unit: Unit, index: int, verb: CueVerb) -> tuple[frozenset[str], int]:
        """How the verb is used here and where the cue ends; no uses where it is no cue."""
        uses, cue_end = self._uses(unit, index, verb)
        if verb.lemma in self._lexicon.cues.speech:
            uses |= {"speech"}
        if "light" not in uses:
            return uses, cue_end
        noun = self._light_noun(unit, index)
        if noun is not None:
            return frozenset({"that", "light"}), noun + 1
        return (uses, cue_end) if uses != {"light"} else (frozenset(), cue_end)

    def _agrees(self, unit: Unit, index: int, at: int, verb: CueVerb, source: Source, right: Right) -> bool:
        """Whether verb, source and what follows go together."""
        if source.mention.name.lower() in _AUTHOR:
            return False
        needs_somebody = verb.lemma in self._lexicon.cues.evidence or right.evidence in (
            "infinitive",
            "figure",
        )
        if needs_somebody and not self._reader.speaks(source):
            return False
        if verb.form == "gerund" and right.evidence == "clause" and at > 0 and unit.shape[at - 1] in "pft":
            return False
        if verb.form == "base" and not self._takes_base(unit, source):
            return False
        return unit.shape[index] != "k" or self._is_verb(unit, index, at, right)

    def _uses(self, unit: Unit, index: int, verb: CueVerb) -> tuple[frozenset[str], int]:
        """How the verb can be used here and where the cue ends, particle included."""
        for particle, uses in verb.particles:
            words = tuple(particle.split())
            for start in (index + 1, index + 2):
                if unit.lower[start : start + len(words)] == words and (
                    start == index + 1 or unit.shape[index + 1] in "aio"
                ):
                    return uses | verb.uses, start + len(words)
        return verb.uses, index + 1

    def _light_noun(self, unit: Unit, index: int) -> int | None:
        """The cue noun behind a light verb: "gave his own opinion"."""
        for at in range(index + 1, min(index + 6, len(unit.shape))):
            if unit.lower[at].removesuffix("s") in self._lexicon.cues.noun:
                return at
            if unit.shape[at] not in "dnau-eg":
                return None
        return None

    def _auxiliaries(self, unit: Unit, index: int) -> tuple[int, bool] | None:
        """Where the verb phrase begins and whether it is passive; None where nothing is reported ("did not say")."""
        words = self._lexicon.words
        at = index
        passive = False
        while at > 0:
            if unit.lower[at - 1] in TIME_NOUNS and unit.lower[at - 2 : at - 1] in (("this",), ("last",)):
                at -= 2
                continue
            if unit.lower[at - 1] in ("all", "both", "each"):
                at -= 1
                continue
            if unit.shape[at - 1] not in "axy":
                break
            word = unit.lower[at - 1]
            if word in words.negation or word in words.modal:
                return None
            passive = passive or word in words.be
            at -= 1
            if unit.shape[at] == "y" and at > 0 and unit.shape[at - 1] == "p":
                at -= 1
        return at, passive

    def _subject(self, unit: Unit, index: int, at: int, verb: CueVerb, found: list[Frame]) -> Source | None:
        shape = unit.shape
        if verb.form == "gerund" and not any(word in self._lexicon.words.be for word in unit.lower[at:index]):
            return (
                self._reader.clause_subject(unit, at, found)
                if at == 0 or shape[at - 1] != "N"
                else self._reader.before(unit, at)
            )
        if at > 0 and shape[at - 1] == "t":
            goes_on = at > 1 and unit.lower[at - 2] in _GOES_ON
            return self._reader.clause_subject(unit, at - 2, found) if goes_on else None
        if at > 0 and shape[at - 1] in "cb":
            return self._reader.clause_subject(unit, at - 1, found)
        floor = floor_of(unit, at)
        return self._reader.before(unit, at, floor)

    def _takes_base(self, unit: Unit, source: Source) -> bool:
        """Whether the subject goes with a verb form without ending: "they say", "experts believe"."""
        words = unit.text[source.mention.start : source.mention.end].lower().split()
        if words[0] in ("he", "she", "it"):
            return False
        head = words[-1]
        for position, word in enumerate(words[1:], 1):
            if word in _BEHIND_HEAD or word.endswith("ed"):
                head = words[position - 1]
                break
        return (
            words[0] == "they" or head.endswith("s") or head in self._lexicon.sources.people or "and" in words
        )

    def _is_verb(self, unit: Unit, index: int, at: int, right: Right) -> bool:
        """Whether a form that is also a noun is the verb here: it has a subject, and content behind it."""
        before = unit.shape[at - 1] if at > 0 else "."
        if before in "du" or (at > 0 and before in "fpt"):
            return False
        if right.evidence in ("that", "question", "quotation", "colon", "infinitive"):
            return True
        if right.evidence in ("clause", "figure"):
            return index != at or before in "iNw" or unit.lower[index].endswith("s")
        return before in "iNQ," and right.evidence == "end"

    def _prefers_inversion(self, unit: Unit, at: int) -> bool:
        """Right behind a quotation the subject follows: `"…," said Lopez`."""
        return at > 0 and (
            unit.shape[at - 1] in 'Q"'
            or (unit.shape[at - 1] == "," and unit.shape[at - 2 : at - 1] in ("Q", "T"))
        )

    def _admits_inversion(self, unit: Unit, index: int) -> bool:
        return index == 0 or unit.shape[index - 1] in ',QT"-'

    def _ends_attribution(self, unit: Unit, at: int) -> bool:
        return at >= len(unit.shape) or unit.shape[at] in ',.:;QT"-pbsacwhyq('

    def _active(
        self, unit: Unit, index: int, cue_end: int, source: Source, right: Right, uses: frozenset[str]
    ) -> Frame | None:
        own = _quotes_only(uses)
        first = min(source.first, index)
        medial = right.evidence == "comma" and self._resumes(unit, right.start, first)
        before = self._borders.before(unit, first, clausal=not medial)
        after = self._borders.span(unit, right.start, len(unit.shape)) if right.start is not None else None
        if first > 0 and unit.lower[first - 1] == "as":
            return self._as_clause(unit, index, cue_end, source, right)
        if right.evidence == "none":
            if before is None or not (
                own or self._borders.quotation_beside(unit, first) or unit.shape[right.end] in "fpt"
            ):
                return None
        elif (
            right.evidence not in ("comma", "end")
            and before is not None
            and not self._borders.quotation_beside(unit, first)
        ):
            before = None
        if right.evidence == "comma" and not medial:
            after = None
        if own and right.evidence in ("clause", "question", "infinitive"):
            after = None
        return Frame(
            cue=Range(unit.start(index), unit.end(cue_end)),
            clause=Range(unit.start(first), unit.end(max(right.end, cue_end))),
            source=None if self._reader.named(source) is None else source.mention,
            before=before,
            after=after,
            verbal_only=own and right.evidence != "that",
            rule=f"verb_{right.evidence}",
        )

    def _resumes(self, unit: Unit, at: int | None, first: int) -> bool:
        """Whether content goes on behind an attribution in commas: "The plan, she said, would fail"."""
        if at is None or self._borders.quotation_at(unit, at):
            return True
        if (
            first == 0
            or unit.shape[first - 1] != ","
            or self._borders.quotation_beside(unit, first)
            or at >= len(unit.shape)
        ):
            return False
        return unit.shape[at] not in "gGbcswyaq"

    def _inverted(
        self, unit: Unit, index: int, cue_end: int, source: Source, uses: frozenset[str]
    ) -> Frame | None:
        right = self._borders.right(unit, source.last, uses)
        medial = right.evidence == "comma" and self._resumes(unit, right.start, index)
        before = self._borders.before(unit, index, clausal=not medial)
        after = None
        if right.start is not None and (right.evidence in ("quotation", "colon") or medial):
            after = self._borders.span(unit, right.start, len(unit.shape))
        if (
            before is None
            and (after is None or not self._borders.quotation_at(unit, right.start))
            and index == 0
        ):
            return None  # "Estimated attendance: 60,000"
        if before is None and after is None:
            return None
        return Frame(
            cue=Range(unit.start(index), unit.end(cue_end)),
            clause=Range(unit.start(index), unit.end(max(right.end, source.last))),
            source=source.mention,
            before=before,
            after=after,
            verbal_only=_quotes_only(uses),
            rule="verb_inverted",
        )

    def _impersonal(self, unit: Unit, index: int, at: int, cue_end: int) -> Frame | None:
        """Reads "It is expected that …": a report without a source."""
        if at == 0 or unit.lower[at - 1] != "it":
            return None
        right = self._borders.right(unit, cue_end, frozenset({"that"}))
        if right.evidence != "that" or right.start is None:
            return None
        return Frame(
            cue=Range(unit.start(index), unit.end(cue_end)),
            clause=Range(unit.start(at - 1), unit.end(right.end)),
            source=None,
            before=None,
            after=self._borders.span(unit, right.start, len(unit.shape)),
            rule="impersonal",
        )

    def _as_clause(self, unit: Unit, index: int, cue_end: int, source: Source, right: Right) -> Frame | None:
        """Reads "As Lopez put it, …" and "…, as Lopez said": the content is outside the clause."""
        first = source.first - 1
        comma = unit.shape.find(",", cue_end)
        after = self._borders.span(unit, comma + 1, len(unit.shape)) if comma > 0 else None
        if first > 0 and unit.shape[first - 1] in ",-":
            after = None
        before = self._borders.before(unit, first) if after is None else None
        if before is None and after is None:
            return None
        end = comma + 1 if after is not None else max(right.end, cue_end)
        return Frame(
            cue=Range(unit.start(index), unit.end(cue_end)),
            clause=Range(unit.start(first), unit.end(end)),
            source=source.mention,
            before=before,
            after=after,
            rule="as_clause",
        )

    def _naming(
        self, unit: Unit, index: int, at: int, cue_end: int, verb: CueVerb, found: list[Frame]
    ) -> Frame | None:
        """Reads "called it a "bombshell" for the industry": what somebody is called in words of his own is content."""
        shape = unit.shape
        stop = index + 14
        marked = min(
            (place for place in (shape.find(letter, cue_end, stop) for letter in 'QT"') if place > 0),
            default=-1,
        )
        if marked < 0 or any(letter in ",;:." for letter in shape[cue_end:marked]):
            return None
        source = self._subject(unit, index, at, verb, found)
        if source is None or not self._reader.speaks(source):
            return None
        start = marked
        while (
            start > cue_end
            and shape[start - 1] in "dnae-c"
            and not (shape[start - 1] == "n" and start - 1 == cue_end)
        ):
            start -= 1
            if shape[start] == "d" or unit.lower[start] == "as":
                break
        first = min(source.first, index)
        return Frame(
            cue=Range(unit.start(index), unit.end(cue_end)),
            clause=Range(unit.start(first), unit.end(max(start, cue_end))),
            source=source.mention,
            before=None,
            after=self._borders.span(unit, start, self._phrase_end(unit, marked)),
            rule="verb_naming",
        )

    def _phrase_end(self, unit: Unit, at: int) -> int:
        """One past the phrase that goes on behind words in quotation marks: up to the next clause or mark."""
        while (
            at < len(unit.shape)
            and unit.shape[at] not in ",;:.bsw-"
            and not (unit.shape[at] == "c" and unit.shape[at + 1 : at + 2] in ("V", "k", "e"))
        ):
            at += 1
        return at


def _of_noun(uses: frozenset[str]) -> frozenset[str]:
    """The uses of a verb whose form is also a noun."""
    return _NOUN_USES | (uses & _FIGURE_USES)


def _quotes_only(uses: frozenset[str]) -> bool:
    """Whether a verb introduces words in quotation marks alone."""
    return "light" in uses or uses <= {"verbal"}
