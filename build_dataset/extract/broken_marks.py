"""How far a quotation reaches whose opening or closing mark is missing.

Careless editing and machine translation lose marks. The words that a careful reader takes for the speaker's end where
somebody else's attribution begins, or begin where the attribution ends.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from build_dataset.document import Frame, Quotation, Range, SegmentedText
from build_dataset.schema import QuoteFlag

_LONGEST_LEAD = 30
"""Characters that may stand before an attribution at the beginning of its sentence ("In the end, ")."""
_ENDS = ' .。!！?？"”’'


class Quoted(NamedTuple):
    """A quotation with the reach it has in its text; `number` is its place among the text's quotations."""

    start: int
    end: int
    inner: Range
    number: int
    flags: tuple[QuoteFlag, ...] = ()


def effective_quotations(segmented: SegmentedText, frames: Sequence[Frame]) -> list[Quoted]:
    """The quotations of a text, those without partner cut where an attribution bounds them."""
    bounds = _Bounds(segmented, frames)
    found = []
    for number, quotation in enumerate(segmented.quotations):
        if quotation.opened and quotation.closed:
            found.append(Quoted(quotation.start, quotation.end, quotation.inner, number))
        elif quotation.opened:
            end = bounds.end(quotation)
            inner = _strip(segmented.text, quotation.inner.start, end)
            found.append(Quoted(quotation.start, end, inner, number, (QuoteFlag.UNCLOSED_QUOTATION_MARK,)))
        else:
            start = bounds.start(quotation)
            inner = _strip(segmented.text, start, quotation.inner.end)
            found.append(Quoted(start, quotation.end, inner, number, (QuoteFlag.UNOPENED_QUOTATION_MARK,)))
    return _apart([quoted for quoted in found if quoted.inner.start < quoted.inner.end])


def _apart(found: Sequence[Quoted]) -> list[Quoted]:
    """The quotations without those that stand in the words of the one before: broken marks can open twice."""
    kept: list[Quoted] = []
    for quoted in found:
        if not kept or quoted.inner.start >= kept[-1].inner.end:
            kept.append(quoted)
    return kept


class _Bounds:
    """Where attributions bound a quotation that has only one of its marks."""

    def __init__(self, segmented: SegmentedText, frames: Sequence[Frame]) -> None:
        self._text = segmented.text
        self._sentences = segmented.sentences
        self._starts = [sentence.start for sentence in segmented.sentences]
        self._frames = sorted(frames, key=lambda frame: frame.clause.start)

    def _within(self, start: int, end: int) -> Sequence[Frame]:
        first = bisect_left(self._frames, start, key=lambda frame: frame.clause.start)
        return self._frames[first : bisect_left(self._frames, end, key=lambda frame: frame.clause.start)]

    def end(self, quotation: Quotation) -> int:
        """Where words end that were opened and never closed.

        That is where a later sentence begins with an attribution of its own, or where one ends with an attribution.
        """
        for frame in self._within(quotation.inner.start + 1, quotation.end):
            sentence = self._sentences[bisect_right(self._starts, frame.clause.start) - 1]
            lead = self._text[sentence.start : frame.clause.start]
            if frame.source is None:
                continue
            if sentence.start > quotation.inner.start and len(lead) <= _LONGEST_LEAD and "," not in lead:
                return sentence.start
            rest = self._text[frame.clause.end : sentence.end]
            if frame.before is not None and frame.after is None and not rest.strip(_ENDS):
                return frame.clause.start
        return quotation.end

    def start(self, quotation: Quotation) -> int:
        """Where words begin that were never opened: behind the last attribution before the closing mark."""
        start = quotation.start
        for frame in self._within(quotation.start, quotation.inner.end):
            if frame.after is not None and frame.after.start < quotation.inner.end:
                start = max(start, frame.after.start)
            elif frame.clause.end <= quotation.inner.end:
                start = max(start, frame.clause.end)
        return start


def _strip(text: str, start: int, end: int) -> Range:
    while start < end and (text[start].isspace() or text[start] in ".。,，;；:："):
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Range(start, end)
