"""Frames and quotation marks → direct, mixed and indirect quotes.

A frame says who speaks and where content can stand; the marks say which words are the speaker's own. What a frame's
region holds decides the type: a quotation that fills it is direct, one inside a paraphrase makes it mixed, none leaves
it indirect. Quotations that no frame claims go to the frame beside them, else to whoever spoke last.
"""

from bisect import bisect_left, bisect_right, insort
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from build_dataset.document import (
    DroppedQuote,
    DropReason,
    FoundQuotes,
    Frame,
    QuoteCandidate,
    Range,
    SegmentedText,
)
from build_dataset.extract.broken_marks import Quoted, effective_quotations
from build_dataset.extract.places import Places
from build_dataset.extract.regions import SEPARATORS, Part, RegionReader, trim
from build_dataset.lang.pack import LanguagePack
from build_dataset.schema import QuoteFlag, QuoteType

_LEFT_OPEN = QuoteFlag.UNCLOSED_QUOTATION_MARK


def find_quotes(segmented: SegmentedText, frames: Sequence[Frame], pack: LanguagePack) -> FoundQuotes:
    """The quotes of a text, in order.

    Args:
        segmented: the text with its quotations.
        frames: the cues with their sources and regions, in order.
        pack: the language's pack.

    Returns:
        The candidates, none overlapping another, and what looked like one.
    """
    return _Assembly(segmented, frames, pack).quotes()


class _Assembly:
    """One text's quotes in the making."""

    def __init__(self, segmented: SegmentedText, frames: Sequence[Frame], pack: LanguagePack) -> None:
        self._text = segmented.text
        self._attribution = pack.attribution
        self._places = Places(segmented)
        self._dropped = [DroppedQuote((), frame, frame.dropped) for frame in frames if frame.dropped]
        frames = [frame for frame in frames if not frame.dropped]
        self._quoted, frames = self._outside_verbatim(effective_quotations(segmented, frames), frames)
        self._regions = RegionReader(self._text, self._quoted, pack.attribution)
        self._frames: list[Frame] = []
        for frame in sorted(frames, key=lambda frame: frame.clause):
            if self._is_quoted(frame):
                self._dropped.append(DroppedQuote((), frame, DropReason.WITHIN_QUOTATION))
            else:
                self._frames.append(frame)
        self._frame_starts = [frame.clause.start for frame in self._frames]
        self._found: list[QuoteCandidate] = []
        self._ends: list[tuple[int, int]] = []
        """Where each candidate ends and its index, sorted: who spoke last before a place is a search away."""
        self._taken: set[int] = set()
        self._used: set[tuple[Range, Range | None]] = set()
        """Clause and cue of each frame that something was found beside."""

    def _outside_verbatim(
        self, quoted: list[Quoted], frames: Sequence[Frame]
    ) -> tuple[list[Quoted], list[Frame]]:
        """Quotations and frames that are not part of a verbatim frame's content, which is one quote."""
        regions = sorted(frame.after for frame in frames if frame.verbatim and frame.after is not None)
        if not regions:
            return quoted, list(frames)

        def is_inside(start: int, end: int) -> bool:
            at = bisect_left(regions, end, key=lambda region: region.start) - 1
            return at >= 0 and start < regions[at].end

        outside: list[Frame] = []
        for frame in frames:
            if not frame.verbatim and is_inside(*frame.clause):
                self._dropped.append(DroppedQuote((), frame, DropReason.WITHIN_QUOTATION))
            else:
                outside.append(frame)
        return [one for one in quoted if not is_inside(one.start, one.end)], outside

    def quotes(self) -> FoundQuotes:
        """The candidates in order, and what was dropped."""
        for frame in self._frames:
            self._claim(frame)
        for frame in self._frames:
            if frame.before is None and frame.after is None:
                self._claim_beside(frame)
        self._adopt_orphans()
        kept = self._ordered()
        empty = (frame for frame in self._frames if (frame.clause, frame.cue) not in self._used)
        self._dropped += [DroppedQuote((), frame, DropReason.NO_CONTENT) for frame in empty]
        return FoundQuotes(kept, sorted(self._dropped, key=lambda one: one.frame.clause))

    def _is_quoted(self, frame: Frame) -> bool:
        """Whether a frame's cue stands inside a quotation: what the quoted person reports is part of the quote."""
        anchor = frame.cue if frame.cue is not None else frame.clause
        at = bisect_right(self._quoted, anchor.start, key=lambda quoted: quoted.start) - 1
        return at >= 0 and self._quoted[at].start < anchor.start and anchor.end < self._quoted[at].end

    # ── frames with a region ───────────────────────────────────────────────────────────────────────────────────

    def _claim(self, frame: Frame) -> None:
        if frame.verbatim and frame.after is not None:
            self._add(Part((frame.after,), QuoteType.DIRECT, (QuoteFlag.NO_QUOTATION_MARKS,)), frame)
            return
        before, after = self._parts(frame.before, frame), self._parts(frame.after, frame)
        if frame.evidence is not None and before and after and _is_direct(before) != _is_direct(after):
            before, after = (before, []) if _is_direct(before) else ([], after)
        direct = [part.type is QuoteType.DIRECT for part in (*before, *after)]
        if len(before) == len(after) == 1 and direct[0] == direct[1]:
            before, after = [before[0].joined(after[0])], []
        for part in before + after:
            self._add(part, frame)

    def _parts(self, region: Range | None, frame: Frame) -> list[Part]:
        return [] if region is None else self._regions.parts(self._regions.whole(region), frame)

    def _add(self, part: Part, frame: Frame) -> None:
        self._used.add((frame.clause, frame.cue))
        if not self._attribution.reports(self._text, frame, part.type, part.spans):
            self._dropped.append(DroppedQuote(part.spans, frame, DropReason.NO_REPORT))
            return
        self._taken.update(part.quotations)
        self._keep(
            QuoteCandidate(
                spans=part.spans,
                type=part.type,
                cue=frame.cue,
                source=frame.source,
                context=self._places.context(
                    min(part.spans[0].start, frame.clause.start), max(part.spans[-1].end, frame.clause.end)
                ),
                rule=frame.rule,
                flags=tuple(dict.fromkeys(part.flags)),
                evidence=frame.evidence,
            )
        )

    # ── frames without a region ────────────────────────────────────────────────────────────────────────────────

    def _claim_beside(self, frame: Frame) -> None:
        """A frame that stands alone takes the quotations before it, else the one behind, else the block before it."""
        announces = self._text[frame.clause.end - 1] in ":："
        before = None if announces else self._neighbour(frame.clause.start, -1)
        if before is not None and before.number not in self._taken:
            while before is not None and before.number not in self._taken:
                self._add(self._regions.direct([before]), frame)
                before = self._neighbour(before.start, -1)
            return
        after = self._neighbour(self._places.sentence(frame.clause.start).end, +1, announced=announces)
        if after is not None and after.number not in self._taken and not self._claimed_later(after):
            self._add(self._regions.direct([after]), frame)
            return
        block = None if frame.verbal_only else self._block_before(frame)
        if block is None:
            return
        first_person = self._attribution.first_person(self._text[block.start : block.end])
        kind = QuoteType.DIRECT if first_person else QuoteType.INDIRECT
        self._add(Part((block,), kind, (QuoteFlag.NO_QUOTATION_MARKS,)), frame)

    def _neighbour(self, at: int, direction: int, *, announced: bool = False) -> Quoted | None:
        """The quotation that touches position `at`, only blanks and separators between.

        One that a colon announces may begin the next paragraph.
        """
        if direction < 0:
            index = bisect_right(self._quoted, at, key=lambda quoted: quoted.end) - 1
            if index >= 0:
                gap = self._text[self._quoted[index].end : at]
                if not gap.strip(SEPARATORS) and gap.count("\n") <= 1:
                    return self._quoted[index]
            return None
        index = bisect_left(self._quoted, at, key=lambda quoted: quoted.start)
        if index < len(self._quoted):
            gap = self._text[at : self._quoted[index].start]
            if not gap.strip(SEPARATORS) and (announced or "\n" not in gap):
                return self._quoted[index]
        return None

    def _claimed_later(self, quoted: Quoted) -> bool:
        """Whether a later frame stands right behind the quotation."""
        frame = self._frame_behind(quoted)
        return frame is not None and frame.after is None

    def _frame_behind(self, quoted: Quoted) -> Frame | None:
        """The frame whose clause begins right behind a quotation, in the same paragraph."""
        at = bisect_left(self._frames, quoted.end - 1, key=lambda frame: frame.clause.start)
        if at == len(self._frames):
            return None
        gap = self._text[quoted.end : self._frames[at].clause.start]
        return None if gap.strip(SEPARATORS) or "\n" in gap else self._frames[at]

    def _block_before(self, frame: Frame) -> Range | None:
        """The sentences before a frame in its paragraph, back to the last one that is attributed."""
        start = self._places.paragraph(frame.clause.start).start
        for at in range(bisect_left(self._frame_starts, frame.clause.start) - 1, -1, -1):
            other = self._frames[at]
            if other.clause.start < start:
                break
            if other.before or other.after:
                start = max(start, self._places.sentence((other.after or other.clause).start).end)
                break
        spoken = self._spoken_before(frame.clause.start)
        if spoken is not None and self._found[spoken].spans[-1].end > start:
            start = self._places.sentence(self._found[spoken].spans[-1].start).end
        first = self._places.sentence_from(start)
        if first is None or first >= frame.clause.start or not self._ends_sentence(frame):
            return None
        return trim(self._text, first, frame.clause.start)

    def _ends_sentence(self, frame: Frame) -> bool:
        """Whether nothing but the attribution stands in the frame's sentence."""
        sentence = self._places.sentence(frame.clause.start)
        return not self._text[sentence.start : frame.clause.start].strip(SEPARATORS) and not self._text[
            frame.clause.end : sentence.end
        ].strip(SEPARATORS + '"”')

    # ── quotations without a frame ─────────────────────────────────────────────────────────────────────────────

    def _adopt_orphans(self) -> None:
        for this, following in reversed(list(pairwise(self._quoted))):
            if this.number not in self._taken:
                self._lead_in(this, following)
        for quoted in self._quoted:
            if quoted.number not in self._taken and self._stands_alone(quoted):
                self._adopt(quoted)

    def _lead_in(self, quoted: Quoted, following: Quoted) -> None:
        """A quotation left open at the end of a paragraph, which the next one opens anew, is part of that one."""
        gap = self._text[quoted.end : following.start]
        if quoted.flags != (_LEFT_OPEN,) or gap.strip() or "\n" not in gap:
            return
        spoken = self._spoken_before(following.inner.end)
        candidate = None if spoken is None else self._found[spoken]
        if spoken is None or candidate is None or candidate.spans[0] != following.inner:
            return
        self._taken.add(quoted.number)
        context = Range(self._places.context(*quoted.inner).start, candidate.context.end)
        self._found[spoken] = replace(candidate, spans=(quoted.inner, *candidate.spans), context=context)

    def _stands_alone(self, quoted: Quoted) -> bool:
        """Whether a quotation is one or several whole sentences of the text."""
        if not self._regions.is_utterance(quoted) or self._regions.is_term(quoted):
            return False
        if self._places.sentence_number(quoted.start) < 0:
            return False
        sentence = self._places.sentence(quoted.start)
        opening = self._text[sentence.start : quoted.start]
        if opening.strip(SEPARATORS + "\"'“”‘’") and not opening.rstrip().endswith((":", "：")):
            return False
        last = self._places.sentence(quoted.end - 1)
        return not self._text[quoted.end : last.end].strip(SEPARATORS + "\"'“”‘’)）")

    def _adopt(self, quoted: Quoted) -> None:
        """Give a quotation to the attribution behind it, else to whoever spoke last, else to nobody."""
        previous = self._spoken_before(quoted.start)
        if previous is not None and self._goes_on(self._found[previous], quoted):
            self._append(previous, quoted)
            return
        frame = self._frame_behind(quoted)
        if frame is not None and frame.source is not None:
            self._add(self._regions.direct([quoted]), frame)
            return
        if previous is not None and not self._is_near(self._found[previous], quoted):
            previous = None
        inferred = () if previous is None else (QuoteFlag.INFERRED_SPEAKER,)
        self._keep(
            QuoteCandidate(
                spans=(quoted.inner,),
                type=QuoteType.DIRECT,
                cue=None,
                source=None,
                context=self._places.context(*quoted.inner),
                rule="alone" if previous is None else "follows",
                flags=(*quoted.flags, *inferred),
                follows=previous,
            )
        )

    def _append(self, index: int, quoted: Quoted) -> None:
        """Make a quotation the last span of a candidate: "A," she said. "B."."""
        candidate = self._found[index]
        anew = "\n" in self._text[candidate.spans[-1].end : quoted.start]
        flags = [flag for flag in candidate.flags if not (anew and flag is _LEFT_OPEN)]
        context = self._places.context(*quoted.inner)
        insort(self._ends, (quoted.inner.end, index))
        self._found[index] = replace(
            candidate,
            spans=(*candidate.spans, quoted.inner),
            context=Range(candidate.context.start, max(candidate.context.end, context.end)),
            flags=tuple(dict.fromkeys((*flags, *quoted.flags))),
        )

    def _is_near(self, candidate: QuoteCandidate, quoted: Quoted) -> bool:
        """Whether a quotation without attribution can be of the one who spoke before, at most a paragraph away."""
        if candidate.source is None and candidate.follows is None:
            return False
        end = self._places.paragraph_number(candidate.spans[-1].end - 1)
        return self._places.paragraph_number(quoted.start) - end <= 1

    def _spoken_before(self, at: int) -> int | None:
        """The candidate that ends last at or before a place."""
        place = bisect_right(self._ends, (at, len(self._found)))
        return self._ends[place - 1][1] if place else None

    def _keep(self, candidate: QuoteCandidate) -> None:
        insort(self._ends, (candidate.spans[-1].end, len(self._found)))
        self._found.append(candidate)

    def _goes_on(self, candidate: QuoteCandidate, quoted: Quoted) -> bool:
        """`"A," he said. "B."`: only the attribution stands between two quotations of a paragraph; or the quotation
        was left open at the end of a paragraph and the next one opens it again.
        """  # noqa: D205
        if candidate.type is not QuoteType.DIRECT or candidate.cue is None:
            return False
        end = candidate.spans[-1].end
        gap = self._text[end : quoted.start]
        if _LEFT_OPEN in candidate.flags and not gap.strip(SEPARATORS):
            return True
        if "\n" in gap or candidate.cue.start < candidate.spans[0].start:
            return False
        return (
            candidate.cue.start >= end
            and self._places.sentence(candidate.cue.start).end <= quoted.start
            and (
                self._places.sentence_number(quoted.start) - self._places.sentence_number(candidate.cue.start)
                <= 1
            )
        )

    # ── places ─────────────────────────────────────────────────────────────────────────────────────────────────

    def _ordered(self) -> list[QuoteCandidate]:
        """Candidates by place, those dropped that overlap one found before."""
        order = sorted(range(len(self._found)), key=lambda index: (self._found[index].spans[0].start, index))
        places: dict[int, int] = {}
        kept: list[QuoteCandidate] = []
        reach = -1
        for index in order:
            candidate = self._found[index]
            if candidate.spans[0].start < reach:
                self._dropped.append(_overlapping(candidate))
                continue
            places[index] = len(kept)
            kept.append(candidate)
            reach = candidate.spans[-1].end
        return [
            replace(candidate, follows=places.get(candidate.follows))
            if candidate.follows is not None
            else candidate
            for candidate in kept
        ]


def _is_direct(parts: Sequence[Part]) -> bool:
    """Whether a region holds nothing but the speaker's own words."""
    return all(part.type is QuoteType.DIRECT for part in parts)


def _overlapping(candidate: QuoteCandidate) -> DroppedQuote:
    frame = Frame(
        candidate.cue,
        candidate.context,
        candidate.source,
        None,
        None,
        rule=candidate.rule,
        evidence=candidate.evidence,
    )
    return DroppedQuote(candidate.spans, frame, DropReason.OVERLAP)
