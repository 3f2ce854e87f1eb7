"""How far a quotation reaches whose opening or closing mark is missing.

Careless editing and machine translation lose marks. The words that a careful reader takes for the speaker's end where
somebody else's attribution begins, or begin where the attribution ends.
"""

from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from build_dataset.document import Frame, Quotation, Range, SegmentedText
from build_dataset.schema import QuoteFlag


class Quoted(NamedTuple):
    """A quotation with the reach it has in its text; `number` is its place among the text's quotations."""

    start: int
    end: int
    inner: Range
    number: int
    flags: tuple[QuoteFlag, ...] = ()


def effective_quotations(segmented: SegmentedText, frames: Sequence[Frame]) -> list[Quoted]:
    """The quotations of a text, those without partner cut where an attribution bounds them."""
    found = []
    for number, quotation in enumerate(segmented.quotations):
        if quotation.opened and quotation.closed:
            found.append(Quoted(quotation.start, quotation.end, quotation.inner, number))
        elif quotation.opened:
            found.append(_unclosed(segmented, quotation, number, frames))
        else:
            found.append(_unopened(segmented, quotation, number, frames))
    return [quoted for quoted in found if quoted.inner.start < quoted.inner.end]


def _unclosed(segmented: SegmentedText, quotation: Quotation, number: int, frames: Sequence[Frame]) -> Quoted:
    """Up to the first later sentence that begins with an attribution of its own."""
    text = segmented.text
    end = quotation.end
    starts = [sentence.start for sentence in segmented.sentences]
    for frame in frames:
        if not quotation.inner.start < frame.clause.start < end or frame.source is None:
            continue
        sentence = segmented.sentences[bisect_right(starts, frame.clause.start) - 1]
        lead = text[sentence.start : frame.clause.start]
        if (
            sentence.start > quotation.inner.start
            and len(lead) <= 30
            and not text[sentence.start : frame.clause.start].count(",")
        ):
            end = sentence.start
            break
    inner = _strip(text, quotation.inner.start, end)
    return Quoted(quotation.start, end, inner, number, (QuoteFlag.UNCLOSED_QUOTATION_MARK,))


def _unopened(segmented: SegmentedText, quotation: Quotation, number: int, frames: Sequence[Frame]) -> Quoted:
    """From the content of the last attribution before the mark, else from the start of its paragraph."""
    start = quotation.start
    for frame in frames:
        if not quotation.start <= frame.clause.start < quotation.inner.end:
            continue
        if frame.after is not None and frame.after.start < quotation.inner.end:
            start = max(start, frame.after.start)
        elif frame.clause.end <= quotation.inner.end:
            start = max(start, frame.clause.end)
    inner = _strip(segmented.text, start, quotation.inner.end)
    return Quoted(start, quotation.end, inner, number, (QuoteFlag.UNOPENED_QUOTATION_MARK,))


def _strip(text: str, start: int, end: int) -> Range:
    while start < end and (text[start].isspace() or text[start] in ".。,，;；:："):
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Range(start, end)
