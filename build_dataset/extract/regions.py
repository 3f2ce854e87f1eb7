"""What the region of a frame holds: the speaker's own words, a paraphrase, or both."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from build_dataset.document import Frame, Range
from build_dataset.extract.broken_marks import Quoted
from build_dataset.lang.pack import Attribution
from build_dataset.schema import QuoteFlag, QuoteType

SEPARATORS = " \t\n\u3000,;:.、，。；：-–—!?！？…"
"""Blanks and marks that may stand between a quotation and what attributes it."""
_BREAKS = frozenset(",:;.，：；。—–-!?！？")
_WORDS_OF_A_SENTENCE = 4
_IDEOGRAPHS_OF_A_SENTENCE = 8


class Part(NamedTuple):
    """A piece of a region: the speaker's own words (several spans if interrupted) or a paraphrase.

    `quotations` are the numbers of the quotations in it.
    """

    spans: tuple[Range, ...]
    type: QuoteType
    flags: tuple[QuoteFlag, ...] = ()
    quotations: tuple[int, ...] = ()

    def joined(self, other: "Part") -> "Part":
        """This piece and another one with an attribution between them."""
        mixed = QuoteType.MIXED in (self.type, other.type)
        return Part(
            self.spans + other.spans,
            QuoteType.MIXED if mixed else self.type,
            self.flags + other.flags,
            self.quotations + other.quotations,
        )


class _Edge(NamedTuple):
    """Quotations at one end of a region: where they stand and how many there are."""

    start: int
    end: int
    quotations: int


class RegionReader:
    """Reads the regions of one text."""

    def __init__(self, text: str, quoted: Sequence[Quoted], attribution: Attribution) -> None:
        self._text = text
        self._quoted = quoted
        self._attribution = attribution

    def whole(self, region: Range) -> Range:
        """A region together with the rest of a quotation that reaches over its border."""
        start, end = region
        first = bisect_right(self._quoted, start, key=lambda quoted: quoted.start) - 1
        if first >= 0 and self._quoted[first].start < start < self._quoted[first].end:
            start = self._quoted[first].start
        last = bisect_left(self._quoted, end, key=lambda quoted: quoted.start) - 1
        if last >= 0 and start <= self._quoted[last].start and end < self._quoted[last].end:
            end = self._quoted[last].end
        return Range(start, end)

    def parts(self, region: Range, frame: Frame) -> list[Part]:
        """What a region holds, in order."""
        inside = self.inside(region)
        if not inside:
            if frame.verbal_only:
                return []
            return [Part((region,), QuoteType.INDIRECT, ())]
        lead, tail = self._own_words(region, inside)
        if lead is not None and tail is None and lead.end >= region.end - 1:
            return [self.direct(inside[: lead.quotations])]
        parts = []
        start, end = region
        if lead is not None:
            parts.append(self.direct(inside[: lead.quotations]))
            start, inside = lead.end, inside[lead.quotations :]
        if tail is not None:
            end, inside = tail.start, inside[: -tail.quotations]
        middle = trim(self._text, start, end)
        if middle is not None and not frame.verbal_only and self._is_content(middle):
            kind = (
                QuoteType.MIXED if any(not self.is_term(quoted) for quoted in inside) else QuoteType.INDIRECT
            )
            parts.append(Part((middle,), kind, (), tuple(quoted.number for quoted in inside)))
        elif middle is not None and frame.verbal_only and inside and lead is None and tail is None:
            parts.append(Part((middle,), QuoteType.MIXED, (), tuple(quoted.number for quoted in inside)))
        if tail is not None:
            parts.append(
                self.direct([quoted for quoted in self.inside(region) if quoted.start >= tail.start])
            )
        return parts

    def _own_words(self, region: Range, inside: Sequence[Quoted]) -> "tuple[_Edge | None, _Edge | None]":
        """The whole quotations at the start and at the end of a region, each as an edge that is direct."""
        first = 0
        reach = region.start
        while first < len(inside) and not self._text[reach : inside[first].start].strip(SEPARATORS):
            reach = inside[first].end
            first += 1
        if first == len(inside) and not self._text[reach : region.end].strip(SEPARATORS):
            return _Edge(region.start, region.end, first), None
        lead = None
        remark = (
            self._text[reach : region.end].lstrip()[:1] in "(（"
        )  # an editor's explanation of the words quoted
        if first and remark:
            return _Edge(region.start, region.end, first), None
        if first and self.is_utterance(inside[first - 1]) and self._breaks(reach, region.end):
            lead = _Edge(region.start, reach, first)
        last = len(inside)
        reach = region.end
        while last > first and not self._text[inside[last - 1].end : reach].strip(SEPARATORS):
            reach = inside[last - 1].start
            last -= 1
        tail = None
        if (
            last < len(inside)
            and self.is_utterance(inside[last])
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

    def is_utterance(self, quoted: Quoted) -> bool:
        """Whether a quotation holds a sentence, not a term or a title."""
        words = self._text[quoted.inner.start : quoted.inner.end]
        if words[-1:] in ".!?。！？…,，":
            return len(words.split()) > 1 or len(words) > 2
        tokens = len(words.split())
        return tokens >= _WORDS_OF_A_SENTENCE or (
            tokens < 3 and len(words) >= _IDEOGRAPHS_OF_A_SENTENCE and not words.isascii()
        )

    def is_term(self, quoted: Quoted) -> bool:
        """Whether a quotation is a name or term."""
        return self._attribution.is_term(self._text, quoted.inner)

    def _is_content(self, part: Range) -> bool:
        words = self._text[part.start : part.end]
        return len(words.split()) > 1 or not words.isascii()

    def direct(self, inside: Sequence[Quoted]) -> Part:
        """The words of quotations as one piece."""
        return Part(
            tuple(quoted.inner for quoted in inside),
            QuoteType.DIRECT,
            tuple(flag for quoted in inside for flag in quoted.flags),
            tuple(quoted.number for quoted in inside),
        )

    def inside(self, region: Range) -> list[Quoted]:
        """The quotations inside a region, in order."""
        at = bisect_left(self._quoted, region.start - 1, key=lambda quoted: quoted.start)
        inside = []
        while at < len(self._quoted) and self._quoted[at].start < region.end:
            if self._quoted[at].end <= region.end + 1:
                inside.append(self._quoted[at])
            at += 1
        return inside


def trim(text: str, start: int, end: int) -> Range | None:
    """A range without separators at its ends; None if nothing is left."""
    return Range(start, end).stripped(text, SEPARATORS)
