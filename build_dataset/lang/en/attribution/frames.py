"""Cues and what the grammar allows around them.

Each kind of cue is one small function that looks at one place of a unit and answers with a frame or None. Contents of
one frame that hold another one are settled at the end (`_settle`): the outer source keeps its content whole.
"""

from dataclasses import dataclass

from build_dataset.document import Frame, Range
from build_dataset.lang.en.attribution.lexicon import CueVerb, Lexicon
from build_dataset.lang.en.attribution.phrases import HEAD, clause_start, has_finite_verb, subject_of
from build_dataset.lang.en.attribution.sources import Source, SourceReader
from build_dataset.lang.en.attribution.units import Unit
from build_dataset.schema import SpeakerKind

_TIME_NOUNS = frozenset(
    "afternoon day evening month morning night summer week weekend winter year spring autumn".split()
)
_GOES_ON = frozenset("began began began continued continues on out proceeded went".split())
_CIRCUMSTANCE = frozenset("after as at before by during following from in on once since under until when while with".split())
"""Words that begin what a report happened under, not what it says."""
_AUTHOR = frozenset("everybody everyone i one we you".split())
"""Outside quotation marks the author's own voice: "as we all know"."""
_POSSESSIVE = frozenset("her his its my our their your".split())
_TRAILING = " \t\n,;:.、，。；：-–—"


@dataclass(frozen=True, slots=True)
class _Right:
    """What stands behind a cue: where content can begin, what says so, and where the attribution's own words end."""

    start: int | None
    evidence: str
    end: int


class FrameFinder:
    """Finds the frames of a unit."""

    def __init__(self, lexicon: Lexicon, reader: SourceReader) -> None:
        self._lexicon = lexicon
        self._reader = reader

    def find(self, unit: Unit) -> list[Frame]:
        """The frames of a unit in order of their cues, none inside another's content."""
        frames: list[Frame] = []
        for index, letter in enumerate(unit.shape):
            frame = self._at(unit, index, letter, frames)
            if frame is not None:
                frames.append(frame)
        return settle(frames, unit.text)

    def _at(self, unit: Unit, index: int, letter: str, found: list[Frame]) -> Frame | None:
        if letter in "VkG":
            return self._verb(unit, index, found)
        word = unit.lower[index]
        if word == "according" and unit.lower[index + 1 : index + 2] == ("to",):
            return self._according(unit, index)
        cues = self._lexicon.cues
        if letter in "ne":
            if word in cues.feeling:
                return self._feeling(unit, index)
            if word in cues.view:
                frame = self._view(unit, index)
                if frame is not None:
                    return frame
            if word in cues.noun:
                return self._noun(unit, index)
        if letter == ":":
            return self._colon(unit, index, found)
        if letter == "-" and 0 < index < len(unit.shape) - 1 and unit.shape[index - 1] == "Q":
            return self._signature(unit, index)
        return None

    # ── verbs ──────────────────────────────────────────────────────────────────────────────────────────────────

    def _verb(self, unit: Unit, index: int, found: list[Frame]) -> Frame | None:
        verb = self._lexicon.verbs[unit.lower[index]]
        uses, cue_end = self._uses(unit, index, verb)
        if verb.lemma in self._lexicon.cues.speech:
            uses |= {"speech"}
        if not uses:
            return None
        if uses == {"light"} or ("light" in uses and self._light_noun(unit, index) is not None):
            noun = self._light_noun(unit, index)
            if noun is None:
                return None
            uses, cue_end = frozenset({"that", "light"}), noun + 1
        left = self._auxiliaries(unit, index)
        if left is None:
            return None
        at, passive = left
        if passive and verb.form in ("past", "participle"):
            if unit.lower[index] in self._lexicon.cues.feeling:
                return self._feeling(unit, index)
            return self._impersonal(unit, index, at, cue_end)
        if "naming" in uses:
            return self._naming(unit, index, at, cue_end, verb, found)
        right = self._right(
            unit,
            cue_end,
            uses - {"clause", "addressee", "speech"} | {"that"} if unit.shape[index] == "k" else uses,
        )
        source = self._subject(unit, index, at, verb, found)
        inverted = source is None or self._prefers_inversion(unit, at)
        if inverted and verb.form != "gerund" and at == index and self._admits_inversion(unit, index):
            behind = self._reader.after(unit, cue_end)
            if behind is not None and self._ends_attribution(unit, behind.last):
                return self._inverted(unit, index, cue_end, behind, uses)
        if source is None or source.mention.name.lower() in _AUTHOR:
            return None
        needs_somebody = verb.lemma in self._lexicon.cues.evidence or right.evidence == "infinitive"
        if needs_somebody and not self._reader.speaks(source):
            return None
        if verb.form == "gerund" and right.evidence == "clause" and at > 0 and unit.shape[at - 1] in "pft":
            return None
        if verb.form == "base" and not self._takes_base(unit, source, at):
            return None
        if unit.shape[index] == "k" and not self._is_verb(unit, index, at, right):
            return None
        frame = self._active(unit, index, cue_end, source, right, uses)
        if frame is not None and verb.form == "gerund" and not self._quotation_beside(unit, index):
            return frame._replace(before=None) if frame.after is not None else None  # "…, saying that …"
        return frame

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
        """Where the verb phrase begins and whether it is passive; None where it reports nothing ("did not say", "may say")."""
        words = self._lexicon.words
        at = index
        passive = False
        while at > 0:
            if unit.lower[at - 1] in _TIME_NOUNS and unit.lower[at - 2 : at - 1] in (("this",), ("last",)):
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
                self._clause_subject(unit, at, found)
                if at == 0 or shape[at - 1] != "N"
                else self._reader.before(unit, at)
            )
        if at > 0 and shape[at - 1] == "t":
            goes_on = at > 1 and unit.lower[at - 2] in _GOES_ON
            return self._clause_subject(unit, at - 2, found) if goes_on else None
        if at > 0 and shape[at - 1] in "cb":
            return self._clause_subject(unit, at - 1, found)
        floor = self._floor(unit, at)
        return self._reader.before(unit, at, floor)

    def _floor(self, unit: Unit, at: int) -> int:
        """Sources do not reach over a semicolon, colon, full stop or lone quotation mark."""
        return max(unit.shape.rfind(mark, 0, at) for mark in ';:"') + 1

    def _clause_subject(self, unit: Unit, at: int, found: list[Frame]) -> Source | None:
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
            source = self._reader.before(unit, last, first)
        else:
            stop = self._reader.apposition_end(unit, last)
            span = (last + 1, stop) if stop > last else None
            source = Source(self._reader.describe(unit, first, last, span), first, last)
        return None if source is None else Source(source.mention, at, at)

    def _takes_base(self, unit: Unit, source: Source, at: int) -> bool:
        """Whether the subject goes with a verb form without ending: "they say", "experts believe"."""
        words = unit.text[source.mention.start : source.mention.end].lower().split()
        if words[0] in ("i", "we", "they", "you"):
            return True
        if words[0] in ("he", "she", "it"):
            return False
        head = words[-1]
        core = next(
            (
                word
                for position, word in enumerate(words[1:], 1)
                if word in ("of", "in", "at", "from", "for", "who")
            ),
            None,
        )
        if core is not None:
            head = words[words.index(core) - 1]
        del at
        return head.endswith("s") or head in self._lexicon.sources.people or "and" in words

    def _is_verb(self, unit: Unit, index: int, at: int, right: _Right) -> bool:
        """Whether a form that is also a noun is the verb here: it has a subject, and content behind it."""
        before = unit.shape[at - 1] if at > 0 else "."
        if before in "du" or (at > 0 and before in "fpt"):
            return False
        if right.evidence in ("that", "question", "quotation", "colon", "infinitive"):
            return True
        if right.evidence == "clause":
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
        return at >= len(unit.shape) or unit.shape[at] in ',.:;QT"-pbsacwhy('

    # ── frames of a verb ───────────────────────────────────────────────────────────────────────────────────────

    def _active(
        self, unit: Unit, index: int, cue_end: int, source: Source, right: _Right, uses: frozenset[str]
    ) -> Frame | None:
        own = _quotes_only(uses)
        first = min(source.first, index)
        medial = right.evidence == "comma" and self._resumes(unit, right.start, first)
        before = self._before(unit, first, clausal=not medial)
        after = self._range(unit, right.start, len(unit.shape)) if right.start is not None else None
        if first > 0 and unit.lower[first - 1] == "as":
            return self._as_clause(unit, index, cue_end, source, right)
        if right.evidence == "none":
            if before is None or not (
                own or self._quotation_beside(unit, first) or unit.shape[right.end] in "fpt"
            ):
                return None
        elif (
            right.evidence not in ("comma", "end")
            and before is not None
            and not self._quotation_beside(unit, first)
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
            strength=2 if right.evidence in ("that", "clause", "quotation", "colon") else 1,
            rule=f"verb_{right.evidence}",
        )

    def _naming(
        self, unit: Unit, index: int, at: int, cue_end: int, verb: CueVerb, found: list[Frame]
    ) -> Frame | None:
        """ "called it a "bombshell" for the industry": what somebody is called in words of his own is content."""
        shape = unit.shape
        stop = index + 14
        marked = min(
            (place for place in (shape.find(letter, cue_end, stop) for letter in 'QT"') if place > 0),
            default=-1,
        )
        if marked < 0 or any(letter in ",;:." for letter in shape[cue_end:marked]):
            return None
        source = self._subject(unit, index, at, verb, found)
        if source is None:
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
            after=self._range(unit, start, self._phrase_end(unit, marked)),
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

    def _resumes(self, unit: Unit, at: int | None, first: int) -> bool:
        """Whether content goes on behind an attribution in commas: "The plan, she said, would fail"."""
        if at is None or self._quotation_at(unit, at):
            return True
        if (
            first == 0
            or unit.shape[first - 1] != ","
            or self._quotation_beside(unit, first)
            or at >= len(unit.shape)
        ):
            return False
        return unit.shape[at] not in "gGbcswyaq"

    def _inverted(
        self, unit: Unit, index: int, cue_end: int, source: Source, uses: frozenset[str]
    ) -> Frame | None:
        right = self._right(unit, source.last, uses)
        medial = right.evidence == "comma" and self._resumes(unit, right.start, index)
        before = self._before(unit, index, clausal=not medial)
        after = None
        if right.start is not None and (right.evidence in ("quotation", "colon") or medial):
            after = self._range(unit, right.start, len(unit.shape))
        if before is None and after is None and index > 0:
            return None
        return Frame(
            cue=Range(unit.start(index), unit.end(cue_end)),
            clause=Range(unit.start(index), unit.end(max(right.end, source.last))),
            source=source.mention,
            before=before,
            after=after,
            verbal_only=_quotes_only(uses),
            strength=2,
            rule="verb_inverted",
        )

    def _impersonal(self, unit: Unit, index: int, at: int, cue_end: int) -> Frame | None:
        """ "It is expected that …": a report without a source."""
        if at == 0 or unit.lower[at - 1] != "it":
            return None
        right = self._right(unit, cue_end, frozenset({"that"}))
        if right.evidence != "that" or right.start is None:
            return None
        return Frame(
            cue=Range(unit.start(index), unit.end(cue_end)),
            clause=Range(unit.start(at - 1), unit.end(right.end)),
            source=None,
            before=None,
            after=self._range(unit, right.start, len(unit.shape)),
            rule="impersonal",
        )

    def _as_clause(self, unit: Unit, index: int, cue_end: int, source: Source, right: _Right) -> Frame | None:
        """ "As Lopez put it, …" and "…, as Lopez said": the content is outside the clause."""
        first = source.first - 1
        comma = unit.shape.find(",", cue_end)
        after = self._range(unit, comma + 1, len(unit.shape)) if comma > 0 else None
        if first > 0 and unit.shape[first - 1] in ",-":
            after = None
        before = self._before(unit, first) if after is None else None
        if before is None and after is None:
            return None
        end = comma + 1 if after is not None else max(right.end, cue_end)
        return Frame(
            cue=Range(unit.start(index), unit.end(cue_end)),
            clause=Range(unit.start(first), unit.end(end)),
            source=source.mention,
            before=before,
            after=after,
            strength=1,
            rule="as_clause",
        )

    # ── other cues ─────────────────────────────────────────────────────────────────────────────────────────────

    def _according(self, unit: Unit, index: int) -> Frame | None:
        """ "According to X, …" and "…, according to X"."""
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
            after = self._range(unit, comma + 1, len(unit.shape))
            stop = comma + 1
        else:
            before = self._before(unit, index, comma_needed=False)
            comma = stop if stop < len(unit.shape) and unit.shape[stop] == "," else -1
            if (
                comma > 0
                and has_finite_verb(unit.shape[comma:])
                and unit.shape[comma + 1 : comma + 2] not in ("c", "b", "G", "s")
            ):
                after = self._range(unit, comma + 1, len(unit.shape))
        if before is None and after is None:
            return None
        return Frame(
            cue=Range(unit.start(index), unit.end(index + 2)),
            clause=Range(unit.start(index), unit.end(stop)),
            source=None if mention is None else mention.mention,
            before=before,
            after=after,
            strength=0 if self._is_channel(source) else 2,
            rule="according_to",
        )

    def _possessor(self, unit: Unit, first: int, source: Source) -> Source:
        """ "according to Lopez's analysis": the possessor of the words is the source."""
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

    def _view(self, unit: Unit, index: int) -> Frame | None:
        """ "In her view, …", "in Mr. Lopez's opinion"."""
        shape = unit.shape
        start = index
        while start > 0 and shape[start - 1] not in "pt,;:.":
            start -= 1
        if start == 0 or unit.lower[start - 1] not in ("in", "from", "to") or start == index:
            return None
        if unit.lower[start] in _POSSESSIVE and index - start <= 3:
            source = self._possessive(unit, start)
        elif "u" in shape[start:index]:
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
            after = self._range(unit, stop + 1, len(shape))
            stop += 1
        if first > 0 and (after is None or shape[first - 1] == "Q" or shape[first - 1] == ","):
            before = self._before(unit, first)
        if before is None and after is None:
            return None
        return Frame(
            cue=Range(unit.start(index), unit.end(index + 1)),
            clause=Range(unit.start(first), unit.end(stop)),
            source=source.mention,
            before=before,
            after=after,
            strength=2,
            rule="in_view",
        )

    def _possessive(self, unit: Unit, index: int) -> Source:
        return Source(self._reader.pronoun(unit, index), index, index + 1)

    def _noun(self, unit: Unit, index: int) -> Frame | None:
        """ "His fear is that …", "there is an opinion that …"."""
        shape = unit.shape
        at = index + 1
        while at < len(shape) and shape[at] in "ax" and at <= index + 3:
            at += 1
        if at >= len(shape) or shape[at] != "h":
            return None
        linked = at > index + 1
        start = index
        while start > 0 and shape[start - 1] in "dnNu0eakV" and shape[start - 1] not in "V":
            start -= 1
        source: Source | None = None
        if unit.lower[start] in _POSSESSIVE and unit.lower[start] not in ("its",):
            source = self._possessive(unit, start)
        elif "u" in shape[start:index]:
            clitic = shape.index("u", start, index)
            source = Source(self._reader.describe(unit, start, clitic, None), start, clitic)
        elif not (
            start > 1
            and unit.lower[start - 2 : start]
            in (("there", "is"), ("there", "are"), ("there", "was"), ("there", "were"))
        ):
            if not linked or "d" not in shape[start : start + 1]:
                return None
        else:
            start -= 2
        if source is not None and not linked:
            return None
        return Frame(
            cue=Range(unit.start(start), unit.end(index + 1))
            if source is None and not linked
            else Range(unit.start(index), unit.end(index + 1)),
            clause=Range(unit.start(start), unit.end(at + 1)),
            source=None if source is None else source.mention,
            before=None,
            after=self._range(unit, at + 1, len(shape)),
            rule="noun_that",
        )

    def _feeling(self, unit: Unit, index: int) -> Frame | None:
        """ "is convinced that …"; beside a quotation also "are excited about it"."""
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
        source = self._reader.before(unit, at, self._floor(unit, at))
        if source is None:
            return None
        right = self._right(unit, index + 1, frozenset({"that"}))
        that = right.evidence in ("that", "colon", "quotation")
        before = self._before(unit, source.first) if self._quotation_beside(unit, source.first) else None
        return Frame(
            cue=Range(unit.start(index), unit.end(index + 1)),
            clause=Range(unit.start(source.first), unit.end(right.end if that else index + 1)),
            source=source.mention,
            before=before,
            after=self._range(unit, right.start, len(unit.shape))
            if that and right.start is not None
            else None,
            verbal_only=not that,
            rule="feeling",
        )

    def _colon(self, unit: Unit, index: int, found: list[Frame]) -> Frame | None:
        """A colon before a quotation attributes it to the subject of its clause, whatever the verb."""
        if not self._quotation_at(unit, index + 1):
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
        source = (
            Source(self._reader.describe(unit, *subject, None), *subject)
            if unit.shape[subject[0]] != "i"
            else Source(self._reader.pronoun(unit, subject[0]), *subject)
        )
        return Frame(
            cue=None,
            clause=Range(unit.start(source.first), unit.end(index + 1)),
            source=source.mention,
            before=None,
            after=self._range(unit, index + 1, len(unit.shape)),
            verbal_only=True,
            rule="colon",
        )

    def _signature(self, unit: Unit, index: int) -> Frame | None:
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
            before=self._before(unit, index),
            after=None,
            verbal_only=True,
            rule="signature",
        )

    # ── borders ────────────────────────────────────────────────────────────────────────────────────────────────

    def _right(self, unit: Unit, at: int, uses: frozenset[str]) -> _Right:
        """What follows a cue, its addressee and its adverbials."""
        spoken_to = self._skip_addressee(unit, at, uses)
        at = self._skip_adverbials(unit, spoken_to)
        shape = unit.shape
        if at >= len(shape) or shape[at] in ".)":
            return _Right(None, "end", at)
        letter = shape[at]
        if letter == "h":
            return _Right(at + 1, "that", at + 1)
        if letter == ",":
            if shape[at + 1 : at + 2] == "h":
                return _Right(at + 2, "that", at + 2)
            return _Right(at + 1, "comma", at + 1)
        if letter == ":":
            return _Right(at + 1, "colon", at + 1)
        if letter in 'QT"':
            return _Right(at, "quotation", at)
        if at == spoken_to and unit.lower[at] in self._lexicon.words.question and uses & {"ask", "clause", "that", "addressee"}:
            return _Right(at, "question", at)
        if letter == "t" and uses & {"infinitive", "object_infinitive"}:
            return _Right(at, "infinitive", at)
        if self._is_clause(unit, at, uses):
            return _Right(at, "clause", at)
        link = self._linked_later(unit, at) if letter == "p" else None
        return _Right(None, "none", at) if link is None else _Right(link, "that", link)

    def _linked_later(self, unit: Unit, at: int) -> int | None:
        """Where content begins behind adverbials and "that": "tweeted in the early hours that …"."""
        link = unit.shape.find("h", at, at + 12)
        return link + 1 if link > at and not has_finite_verb(unit.shape[at:link]) else None

    def _skip_addressee(self, unit: Unit, at: int, uses: frozenset[str]) -> int:
        shape = unit.shape
        if at < len(shape) and shape[at] == "t" and at + 1 < len(shape):
            end = at + 2 if shape[at + 1] in "oi" else self._reader.phrase_end(unit, at + 1)
            if end > at + 1 and (end >= len(shape) or shape[end] in 'h:,.QT"p'):
                return end
        if "addressee" not in uses or at >= len(shape):
            return at
        if shape[at] in "oi" or unit.lower[at] in ("her", "you", "it"):
            end = at + 1
        else:
            end = self._reader.phrase_end(unit, at)
        if end > at and (
            end >= len(shape)
            or shape[end] in 'htq:,.QT"pya'
            or ("clause" not in uses and shape[end] in "diN")
        ):
            return end
        return at

    def _skip_adverbials(self, unit: Unit, at: int) -> int:
        """Adverbs, days and occasions between cue and content: "on Tuesday", "in a statement", "last week"."""
        shape = unit.shape
        while at < len(shape):
            letter = shape[at]
            if letter in "ay" and unit.lower[at] not in (
                "there",
                "even",
                "only",
                "perhaps",
                "today",
                "now",
                "once",
            ):
                at += 1
            elif letter in "p" and at + 1 < len(shape):
                end = self._adverbial_end(unit, at)
                if end == at:
                    return at
                at = end
            elif (
                letter == "d"
                and at + 1 < len(shape)
                and unit.lower[at] in ("this", "last", "that", "the")
                and unit.lower[at + 1] in _TIME_NOUNS
            ):
                at += 2
            elif (
                unit.lower[at] == "last"
                and at + 1 < len(shape)
                and (unit.lower[at + 1] in _TIME_NOUNS or shape[at + 1] == "y")
            ):
                at += 2
            else:
                return at
        return at

    def _adverbial_end(self, unit: Unit, at: int) -> int:
        shape = unit.shape
        if shape[at + 1] == "y":
            end = at + 2
            while (
                end < len(shape)
                and shape[end] in "y0,."
                and (shape[end] in "y0" or shape[end + 1 : end + 2] == "0")
            ):
                end += 1
            return end
        end = self._reader.phrase_end(unit, at + 1)
        if end == at + 1:
            return at
        words = unit.lower[at + 1 : end]
        stops = end >= len(shape) or shape[end] in 'h,:.Q"p'
        occasion = any(word in self._lexicon.sources.occasion for word in words) and unit.lower[at] != "about"
        if stops:
            return end
        for position, word in enumerate(words, at + 2):
            if word in self._lexicon.sources.occasion and occasion:
                while position < len(shape) and unit.lower[position] in self._lexicon.sources.occasion:
                    position += 1
                return position
        return at

    def _is_clause(self, unit: Unit, at: int, uses: frozenset[str]) -> bool:
        """Whether content begins at `at` without any linking word."""
        shape = unit.shape
        stop = at
        while stop < len(shape) and shape[stop] not in ',;:."w' and stop - at < 24:
            stop += 1
        stretch = shape[at:stop]
        if stretch[:1] in "fcp":
            return False
        if "speech" in uses:
            return len(shape) - at > 3 and (stretch[0] != "n" or has_finite_verb(stretch) or stretch[1:2] not in "ptf")
        if "clause" in uses or "addressee" in uses:
            return len(stretch) >= 3 and (stretch[0] == "i" or has_finite_verb(stretch[1:]))
        if "that" in uses:
            start = stretch[:6].partition("h")[0]  # "the notion that …" is a phrase
            return (start[:1] in ("i", "N") and any(letter in "xv" for letter in start[1:])) or (
                start[:1] == "d" and "x" in start[1:5]
            )
        return False

    def _before(
        self, unit: Unit, first: int, *, comma_needed: bool = True, clausal: bool = True
    ) -> Range | None:
        """The content in front of an attribution clause that begins at token `first`.

        A comma or quotation has to separate the two, and what stands there has to be a clause (unless it goes on
        behind the attribution) or hold a quotation.
        """
        shape = unit.shape
        if first <= 0:
            return None
        last = shape[first - 1]
        if comma_needed and last not in ',QT"-':
            return None
        start = 0
        for position in range(first - 1, -1, -1):
            if shape[position] in ';"' and position < first - 1:
                start = position + 1
                break
        stretch = shape[start:first]
        if clausal and unit.lower[start] in _CIRCUMSTANCE and "Q" not in stretch and "," not in stretch[:-1]:
            return None
        if clausal and "Q" not in stretch and "T" not in stretch and not _is_clausal(stretch):
            return None
        return self._range(unit, start, first)

    def _quotation_beside(self, unit: Unit, first: int) -> bool:
        return first > 0 and (
            unit.shape[first - 1] in "QT" or unit.shape[max(0, first - 2) : first] in ("Q,", "T,")
        )

    def _quotation_at(self, unit: Unit, at: int | None) -> bool:
        return at is not None and at < len(unit.shape) and unit.shape[at] in 'QT"'

    def _range(self, unit: Unit, first: int, last: int) -> Range | None:
        """The text of tokens `[first, last)` without the punctuation at its ends."""
        if first >= last or first >= len(unit.tokens):
            return None
        return trim(unit.text, unit.start(first), unit.end(last))


def _quotes_only(uses: frozenset[str]) -> bool:
    """Whether a verb introduces words in quotation marks alone."""
    return "light" in uses or uses <= {"verbal"}


def _is_clausal(stretch: str) -> bool:
    """Whether a stretch is a clause: it has a finite verb, or is too long to be an adverbial."""
    return len(stretch) >= 4 and (has_finite_verb(stretch) or (len(stretch) >= 7 and stretch[0] not in "ps"))


def trim(text: str, start: int, end: int) -> Range | None:
    """A range without blanks and separating marks at its ends; None if nothing is left."""
    while start < end and text[start] in _TRAILING:
        start += 1
    while end > start and text[end - 1] in _TRAILING:
        end -= 1
    return Range(start, end) if start < end else None


def settle(frames: list[Frame], text: str) -> list[Frame]:
    """Frames of one unit, none inside the content of another.

    A clause that begins a coordinate part of the sentence ends the content before it; any other frame inside a
    content belongs to that content. A bare channel yields to the source that it reports.
    """
    kept: list[Frame] = []
    for frame in frames:
        outer = kept[-1] if kept else None
        if (
            outer is None
            or outer.after is None
            or not outer.after.start <= frame.clause.start < outer.after.end
        ):
            kept.append(frame)
        elif outer.rule == "according_to" and outer.strength == 0 and frame.source is not None:
            kept[-1] = frame
        elif frame.before is not None and frame.after is None and frame.rule != "according_to":
            kept[-1] = frame  # "C said that D, E added": all of it is E's
        elif frame.source == outer.source:
            continue  # two cues of one source make one quote
        elif (
            frame.source is not None
            and frame.source.kind is not None
            and _is_coordinate(frame, outer.after, text)
        ):
            kept[-1] = outer._replace(after=trim_coordinate(text, outer.after.start, frame.clause.start))
            kept.append(
                frame._replace(before=None) if frame.before is not None and frame.after is not None else frame
            )
    return [frame for frame in kept if not any(_holds(other, frame) for other in kept if other is not frame)]


def _holds(outer: Frame, inner: Frame) -> bool:
    """Whether a frame stands inside another one's clause ("Lopez, who asked not to be named, said") or the content before it."""
    clause, inside = outer.clause, inner.clause
    if inside.within(clause) and inside != clause:
        return True
    return outer.before is not None and inside.within(outer.before)


def _is_coordinate(frame: Frame, content: Range, text: str) -> bool:
    gap = text[max(content.start, frame.clause.start - 12) : frame.clause.start].rstrip().lower()
    if gap.endswith((";", "；")):
        return True
    linked = gap.endswith((", and", ", but", ", while", ", whereas", ", yet"))
    participle = (
        gap.endswith(",")
        and frame.cue is not None
        and text[frame.cue.start : frame.cue.end].split()[0].endswith("ing")
    )
    return linked or participle


def trim_coordinate(text: str, start: int, end: int) -> Range | None:
    """Content before a coordinate clause, without the conjunction that links them."""
    content = trim(text, start, end)
    if content is None:
        return None
    words = text[content.start : content.end].rsplit(None, 1)
    if len(words) == 2 and words[1].lower() in ("and", "but", "while", "whereas", "yet"):
        return trim(text, content.start, content.end - len(words[1]))
    return content


__all__ = ["HEAD", "FrameFinder", "settle", "trim"]
