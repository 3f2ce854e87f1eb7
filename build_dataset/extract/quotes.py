"""Frames and quotation marks → direct, mixed and indirect quotes.

A frame says who speaks and where content can stand; the marks say which words are the speaker's own. What a frame's
region holds decides the type: a quotation that fills it is direct, one inside a paraphrase makes it mixed, none leaves
it indirect. Quotations that no frame claims go to the frame beside them, else to whoever spoke last.
"""

from bisect import bisect_left, bisect_right, insort
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

from build_dataset.document import Frame, QuoteCandidate, Range, SegmentedText
from build_dataset.extract.broken_marks import Quoted, effective_quotations
from build_dataset.lang.pack import LanguagePack
from build_dataset.schema import QuoteFlag, QuoteType

_SEPARATORS = " \t\n\u3000,;:.、，。；：-–—!?！？…"
_BREAKS = frozenset(",:;.，：；。—–-!?！？")
_LEFT_OPEN = QuoteFlag.UNCLOSED_QUOTATION_MARK
_WORDS_OF_A_SENTENCE = 4
_IDEOGRAPHS_OF_A_SENTENCE = 8


class _Part(NamedTuple):
    """A piece of a region: the speaker's own words (several spans if interrupted) or a paraphrase."""

    spans: tuple[Range, ...]
    type: QuoteType
    flags: tuple[QuoteFlag, ...]


def find_quotes(
    segmented: SegmentedText, frames: Sequence[Frame], pack: LanguagePack
) -> tuple[list[QuoteCandidate], Counter[str]]:
    """The quotes of a text, in order.

    Args:
        segmented: the text with its quotations.
        frames: the cues with their sources and regions, in order.
        pack: the language's pack.

    Returns:
        The candidates, none overlapping another, and how many frames and quotations were dropped by reason.
    """
    return _Assembly(segmented, frames, pack).quotes()


class _Assembly:
    """One text's quotes in the making."""

    def __init__(self, segmented: SegmentedText, frames: Sequence[Frame], pack: LanguagePack) -> None:
        self._segmented = segmented
        self._text = segmented.text
        self._pack = pack
        self._starts = [sentence.start for sentence in segmented.sentences]
        self._paragraph_starts = [paragraph.start for paragraph in segmented.paragraphs]
        self._quoted = effective_quotations(segmented, frames)
        self._frames = sorted(
            (frame for frame in frames if not self._is_quoted(frame)), key=lambda frame: frame.clause
        )
        self._frame_starts = [frame.clause.start for frame in self._frames]
        self._found: list[QuoteCandidate] = []
        self._ends: list[tuple[int, int]] = []
        """Where each candidate ends and its index, sorted: who spoke last before a place is a search away."""
        self._taken: set[int] = set()
        self._dropped: Counter[str] = Counter()

    def quotes(self) -> tuple[list[QuoteCandidate], Counter[str]]:
        """Candidates and what was dropped."""
        for frame in self._frames:
            self._claim(frame)
        for frame in self._frames:
            if frame.before is None and frame.after is None:
                self._claim_beside(frame)
        self._adopt_orphans()
        return self._ordered(), self._dropped

    def _is_quoted(self, frame: Frame) -> bool:
        """Whether a frame's cue stands inside a quotation: what the quoted person reports is part of the quote."""
        anchor = frame.cue if frame.cue is not None else frame.clause
        at = bisect_right(self._quoted, anchor.start, key=lambda quoted: quoted.start) - 1
        return at >= 0 and self._quoted[at].start < anchor.start and anchor.end < self._quoted[at].end

    # ── frames with a region ───────────────────────────────────────────────────────────────────────────────────

    def _claim(self, frame: Frame) -> None:
        before = self._parts(self._whole(frame.before), frame) if frame.before is not None else []
        after = self._parts(self._whole(frame.after), frame) if frame.after is not None else []
        if len(before) == len(after) == 1 and (before[0].type is QuoteType.DIRECT) == (
            after[0].type is QuoteType.DIRECT
        ):
            joined = QuoteType.MIXED if QuoteType.MIXED in (before[0].type, after[0].type) else before[0].type
            before, after = (
                [_Part(before[0].spans + after[0].spans, joined, before[0].flags + after[0].flags)],
                [],
            )
        parts = before + after
        if not parts and (frame.before is not None or frame.after is not None):
            self._dropped["no_content"] += 1
        for part in parts:
            self._add(part, frame)

    def _whole(self, region: Range) -> Range:
        """A region together with the rest of a quotation that reaches over its border."""
        start, end = region
        first = bisect_right(self._quoted, start, key=lambda quoted: quoted.start) - 1
        if first >= 0 and self._quoted[first].start < start < self._quoted[first].end:
            start = self._quoted[first].start
        last = bisect_left(self._quoted, end, key=lambda quoted: quoted.start) - 1
        if last >= 0 and start <= self._quoted[last].start and end < self._quoted[last].end:
            end = self._quoted[last].end
        return Range(start, end)

    def _parts(self, region: Range, frame: Frame) -> list[_Part]:
        """What a region holds, in order."""
        inside = self._quotations_in(region)
        if not inside:
            if frame.verbal_only:
                return []
            return [_Part((region,), QuoteType.INDIRECT, ())]
        lead, tail = self._own_words(region, inside)
        if lead is not None and tail is None and lead.end >= region.end - 1:
            return [self._direct(inside[: lead.quotations])]
        parts = []
        start, end = region
        if lead is not None:
            parts.append(self._direct(inside[: lead.quotations]))
            start, inside = lead.end, inside[lead.quotations :]
        if tail is not None:
            end, inside = tail.start, inside[: -tail.quotations]
        middle = _trim(self._text, start, end)
        if middle is not None and not frame.verbal_only and self._is_content(middle):
            kind = (
                QuoteType.MIXED if any(not self._is_term(quoted) for quoted in inside) else QuoteType.INDIRECT
            )
            parts.append(_Part((middle,), kind, ()))
        elif middle is not None and frame.verbal_only and inside and lead is None and tail is None:
            parts.append(_Part((middle,), QuoteType.MIXED, ()))
        if tail is not None:
            parts.append(
                self._direct([quoted for quoted in self._quotations_in(region) if quoted.start >= tail.start])
            )
        return parts

    def _own_words(self, region: Range, inside: Sequence[Quoted]) -> "tuple[_Edge | None, _Edge | None]":
        """The whole quotations at the start and at the end of a region, each as an edge that is direct."""
        first = 0
        reach = region.start
        while first < len(inside) and not self._text[reach : inside[first].start].strip(_SEPARATORS):
            reach = inside[first].end
            first += 1
        if first == len(inside) and not self._text[reach : region.end].strip(_SEPARATORS):
            return _Edge(region.start, region.end, first), None
        lead = None
        remark = (
            self._text[reach : region.end].lstrip()[:1] in "(（"
        )  # an editor's explanation of the words quoted
        if first and remark:
            return _Edge(region.start, region.end, first), None
        if first and self._is_utterance(inside[first - 1]) and self._breaks(reach, region.end):
            lead = _Edge(region.start, reach, first)
        last = len(inside)
        reach = region.end
        while last > first and not self._text[inside[last - 1].end : reach].strip(_SEPARATORS):
            reach = inside[last - 1].start
            last -= 1
        tail = None
        if (
            last < len(inside)
            and self._is_utterance(inside[last])
            and self._break_before(reach, region.start)
            and not self._text[inside[last].inner.start].islower()
        ):
            tail = _Edge(reach, region.end, len(inside) - last)
        return lead, tail

    def _breaks(self, at: int, end: int) -> bool:
        """Whether a quotation that ends at `at` ends a clause there."""
        inner = self._text[at - 2 : at - 1]
        return inner in _BREAKS or self._text[at : min(at + 1, end)] in _BREAKS

    def _break_before(self, at: int, start: int) -> bool:
        before = self._text[start:at].rstrip()
        return bool(before) and before[-1] in _BREAKS

    def _is_utterance(self, quoted: Quoted) -> bool:
        """Whether a quotation holds a sentence, not a term or a title."""
        words = self._text[quoted.inner.start : quoted.inner.end]
        if words[-1:] in ".!?。！？…,，":
            return len(words.split()) > 1 or len(words) > 2
        tokens = len(words.split())
        return tokens >= _WORDS_OF_A_SENTENCE or (
            tokens < 3 and len(words) >= _IDEOGRAPHS_OF_A_SENTENCE and not words.isascii()
        )

    def _is_term(self, quoted: Quoted) -> bool:
        return self._pack.attribution.is_term(self._text, quoted.inner)

    def _is_content(self, part: Range) -> bool:
        words = self._text[part.start : part.end]
        return len(words.split()) > 1 or not words.isascii()

    def _direct(self, inside: Sequence[Quoted]) -> _Part:
        for quoted in inside:
            self._taken.add(quoted.number)
        flags = tuple(flag for quoted in inside for flag in quoted.flags)
        return _Part(tuple(quoted.inner for quoted in inside), QuoteType.DIRECT, flags)

    def _quotations_in(self, region: Range) -> list[Quoted]:
        at = bisect_left(self._quoted, region.start - 1, key=lambda quoted: quoted.start)
        inside = []
        while at < len(self._quoted) and self._quoted[at].start < region.end:
            if self._quoted[at].end <= region.end + 1:
                inside.append(self._quoted[at])
            at += 1
        return inside

    def _add(self, part: _Part, frame: Frame) -> None:
        for quoted in self._quotations_in(Range(part.spans[0].start - 1, part.spans[-1].end + 1)):
            self._taken.add(quoted.number)
        self._keep(
            QuoteCandidate(
                spans=part.spans,
                type=part.type,
                cue=frame.cue,
                source=frame.source,
                context=self._context(
                    min(part.spans[0].start, frame.clause.start), max(part.spans[-1].end, frame.clause.end)
                ),
                rule=frame.rule,
                flags=tuple(dict.fromkeys(part.flags)),
            )
        )

    # ── frames without a region ────────────────────────────────────────────────────────────────────────────────

    def _claim_beside(self, frame: Frame) -> None:
        """A frame that stands alone takes the quotations before it, else the one behind, else the block before it."""
        announces = self._text[frame.clause.end - 1] in ":："
        before = None if announces else self._neighbour(frame.clause.start, -1)
        if before is not None and before.number not in self._taken:
            while before is not None and before.number not in self._taken:
                self._add(self._direct([before]), frame)
                before = self._neighbour(before.start, -1)
            return
        after = self._neighbour(self._sentence_end(frame.clause), +1, announced=announces)
        if after is not None and after.number not in self._taken and not self._claimed_later(after):
            self._add(self._direct([after]), frame)
            return
        block = None if frame.verbal_only else self._block_before(frame)
        if block is None:
            self._dropped["nothing_attributed"] += 1
            return
        first_person = self._pack.attribution.first_person(self._text[block.start : block.end])
        kind = QuoteType.DIRECT if first_person else QuoteType.INDIRECT
        self._add(_Part((block,), kind, (QuoteFlag.NO_QUOTATION_MARKS,)), frame)

    def _neighbour(self, at: int, direction: int, *, announced: bool = False) -> Quoted | None:
        """The quotation that touches position `at`, only blanks and separators between.

        One that a colon announces may begin the next paragraph.
        """
        if direction < 0:
            index = bisect_right(self._quoted, at, key=lambda quoted: quoted.end) - 1
            if index >= 0:
                gap = self._text[self._quoted[index].end : at]
                if not gap.strip(_SEPARATORS) and gap.count("\n") <= 1:
                    return self._quoted[index]
            return None
        index = bisect_left(self._quoted, at, key=lambda quoted: quoted.start)
        if index < len(self._quoted):
            gap = self._text[at : self._quoted[index].start]
            if not gap.strip(_SEPARATORS) and (announced or "\n" not in gap):
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
        return None if gap.strip(_SEPARATORS) or "\n" in gap else self._frames[at]

    def _sentence_end(self, clause: Range) -> int:
        at = bisect_right(self._starts, clause.start) - 1
        return self._segmented.sentences[at].end if at >= 0 else clause.end

    def _block_before(self, frame: Frame) -> Range | None:
        """The sentences before a frame in its paragraph, back to the last one that is attributed."""
        start = self._paragraph(frame.clause.start).start
        for at in range(bisect_left(self._frame_starts, frame.clause.start) - 1, -1, -1):
            other = self._frames[at]
            if other.clause.start < start:
                break
            if other.before or other.after:
                start = max(start, self._sentence_end(other.after or other.clause))
                break
        spoken = self._spoken_before(frame.clause.start)
        if spoken is not None and self._found[spoken].spans[-1].end > start:
            start = self._sentence_end(self._found[spoken].spans[-1])
        at = bisect_left(self._starts, start)
        if at >= len(self._starts) or self._starts[at] >= frame.clause.start:
            return None
        if not self._ends_sentence(frame):
            return None
        return _trim(self._text, self._starts[at], frame.clause.start)

    def _ends_sentence(self, frame: Frame) -> bool:
        """Whether nothing but the attribution stands in the frame's sentence."""
        at = bisect_right(self._starts, frame.clause.start) - 1
        sentence = self._segmented.sentences[at]
        return not self._text[sentence.start : frame.clause.start].strip(_SEPARATORS) and not self._text[
            frame.clause.end : sentence.end
        ].strip(_SEPARATORS + '"”')

    # ── quotations without a frame ─────────────────────────────────────────────────────────────────────────────

    def _adopt_orphans(self) -> None:
        for this, following in reversed(list(pairwise(self._quoted))):
            if this.number not in self._taken:
                self._lead_in(this, following)
        for quoted in self._quoted:
            if quoted.number in self._taken:
                continue
            if not self._stands_alone(quoted):
                self._dropped["words_in_marks"] += 1
                continue
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
        context = Range(self._context(*quoted.inner).start, candidate.context.end)
        self._found[spoken] = replace(candidate, spans=(quoted.inner, *candidate.spans), context=context)

    def _stands_alone(self, quoted: Quoted) -> bool:
        """Whether a quotation is one or several whole sentences of the text."""
        if not self._is_utterance(quoted) or self._is_term(quoted):
            return False
        at = bisect_right(self._starts, quoted.start) - 1
        if at < 0:
            return False
        sentence = self._segmented.sentences[at]
        opening = self._text[sentence.start : quoted.start]
        if opening.strip(_SEPARATORS + "\"'“”‘’") and not opening.rstrip().endswith((":", "：")):
            return False
        last = self._segmented.sentences[bisect_right(self._starts, quoted.end - 1) - 1]
        return not self._text[quoted.end : last.end].strip(_SEPARATORS + "\"'“”‘’)）")

    def _adopt(self, quoted: Quoted) -> None:
        """Give a quotation to whoever spoke last: the same quote if only the attribution interrupts it."""
        previous = self._spoken_before(quoted.start)
        frame = self._frame_behind(quoted)
        if (
            frame is not None
            and frame.source is not None
            and not (previous is not None and self._goes_on(self._found[previous], quoted))
        ):
            self._add(self._direct([quoted]), frame)
            return
        flags = (*quoted.flags, QuoteFlag.INFERRED_SPEAKER)
        if previous is None:
            self._keep(
                QuoteCandidate(
                    (quoted.inner,),
                    QuoteType.DIRECT,
                    None,
                    None,
                    self._context(*quoted.inner),
                    "alone",
                    quoted.flags,
                )
            )
            return
        candidate = self._found[previous]
        if self._goes_on(candidate, quoted):
            spans = (*candidate.spans, quoted.inner)
            context = Range(
                candidate.context.start, max(candidate.context.end, self._context(*quoted.inner).end)
            )
            opened = set() if "\n" not in self._text[candidate.spans[-1].end : quoted.start] else {_LEFT_OPEN}
            merged = (
                tuple(dict.fromkeys(flag for flag in candidate.flags if flag not in opened)) + quoted.flags
            )
            insort(self._ends, (quoted.inner.end, previous))
            self._found[previous] = replace(candidate, spans=spans, context=context, flags=merged)
            return
        near = self._paragraph_number(quoted.start) - self._paragraph_number(candidate.spans[-1].end - 1) <= 1
        self._keep(
            QuoteCandidate(
                spans=(quoted.inner,),
                type=QuoteType.DIRECT,
                cue=None,
                source=None,
                context=self._context(*quoted.inner),
                rule="follows" if near else "alone",
                flags=tuple(dict.fromkeys(flags)) if near else quoted.flags,
                follows=previous if near else None,
            )
        )

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
        if _LEFT_OPEN in candidate.flags and not gap.strip(_SEPARATORS):
            return True
        if "\n" in gap or candidate.cue.start < candidate.spans[0].start:
            return False
        return (
            candidate.cue.start >= end
            and self._sentence_end(candidate.cue) <= quoted.start
            and (self._sentence_number(quoted.start) - self._sentence_number(candidate.cue.start) <= 1)
        )

    # ── places ─────────────────────────────────────────────────────────────────────────────────────────────────

    def _sentence_number(self, at: int) -> int:
        return bisect_right(self._starts, at) - 1

    def _paragraph_number(self, at: int) -> int:
        return bisect_right(self._paragraph_starts, at) - 1

    def _paragraph(self, at: int) -> Range:
        return self._segmented.paragraphs[max(0, self._paragraph_number(at))]

    def _context(self, start: int, end: int) -> Range:
        """The sentences that a range touches."""
        first = max(0, self._sentence_number(start))
        last = max(first, bisect_left(self._starts, end) - 1)
        sentences = self._segmented.sentences
        return Range(min(start, sentences[first].start), max(end, sentences[last].end))

    def _ordered(self) -> list[QuoteCandidate]:
        """Candidates by place, those dropped that overlap one found before."""
        order = sorted(range(len(self._found)), key=lambda index: (self._found[index].spans[0].start, index))
        places: dict[int, int] = {}
        kept: list[QuoteCandidate] = []
        reach = -1
        for index in order:
            candidate = self._found[index]
            if candidate.spans[0].start < reach:
                self._dropped["overlapping"] += 1
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


class _Edge(NamedTuple):
    """Quotations at one end of a region: where they stand and how many there are."""

    start: int
    end: int
    quotations: int


def _trim(text: str, start: int, end: int) -> Range | None:
    while start < end and text[start] in _SEPARATORS:
        start += 1
    while end > start and text[end - 1] in _SEPARATORS:
        end -= 1
    return Range(start, end) if start < end else None
