"""Figures that a language pack has read → statistics: one a place, flagged where they cannot be right.

The pack finds numbers and says what stands about them; what follows from that is the same in every language.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import zip_longest

from build_dataset.document import Range, SegmentedText, StatisticCandidate
from build_dataset.extract.figures import Figure
from build_dataset.extract.numerals import publishable
from build_dataset.extract.plausibility import contradicted, flags_of, run_together
from build_dataset.schema import StatisticFlag, StatisticKind


def assemble(segmented: SegmentedText, figures: Iterable[Figure]) -> list[StatisticCandidate]:
    """Statistics from the figures of a text.

    Args:
        segmented: the text; a figure outside its sentences is left out.
        figures: in any order; of two that overlap the longer one stays, one with a reason to leave it out does not.

    Returns:
        Statistics in order of the text, none overlapping another, all values finite.
    """
    starts = [sentence.start for sentence in segmented.sentences]
    included = sorted((one for one in figures if one.exclusion is None), key=lambda figure: figure.start)
    kept = _without_overlaps(_without_wreckage(included))
    contradictions = contradicted(segmented.text, kept)
    statistics = []
    for figure in kept:
        context = _context(segmented, starts, figure)
        if context is None:
            continue
        statistic = _statistic(figure, context, contradicts=figure.start in contradictions)
        if statistic is not None:
            statistics.append(statistic)
    return statistics


def _statistic(figure: Figure, context: Range, *, contradicts: bool) -> StatisticCandidate | None:
    low = publishable(figure.low)
    high = None if figure.high is None else publishable(figure.high)
    if low is None or (figure.high is not None and high is None):
        return None
    if high is not None and high < low:
        low, high = high, low
    flags = flags_of(figure, contradicts=contradicts)
    return StatisticCandidate(
        start=figure.start,
        end=figure.end,
        value=low,
        value_max=None if high == low else high,
        unit=figure.unit,
        kind=figure.kind,
        qualifier=figure.qualifier,
        subject=figure.subject,
        context=context,
        confidence=_confidence(figure, flags),
        flags=flags,
        per=figure.per,
        period=figure.period,
        comparison=figure.comparison,
        change=figure.change,
    )


def _context(segmented: SegmentedText, starts: Sequence[int], figure: Figure) -> Range | None:
    """The sentence of a figure; a figure that a wrong sentence end cuts has both halves."""
    number = bisect_right(starts, figure.start) - 1
    if number < 0 or figure.start >= segmented.sentences[number].end:
        return None
    first = last = segmented.sentences[number]
    while last.end < figure.end and number + 1 < len(segmented.sentences):
        number += 1
        last = segmented.sentences[number]
    return Range(first.start, max(last.end, figure.end))


def _without_overlaps(figures: Sequence[Figure]) -> list[Figure]:
    kept: list[Figure] = []
    for figure in figures:
        if kept and figure.start < kept[-1].end:
            if figure.end - figure.start > kept[-1].end - kept[-1].start:
                kept[-1] = figure
            continue
        kept.append(figure)
    return kept


WRECKAGE = 8
"""How many characters can stand between the pieces of a figure that a translation tore apart."""


def _without_wreckage(figures: Sequence[Figure]) -> list[Figure]:
    """Leave out a bare number just before digits that have run together: it is a piece of the same figure.

    "will reach 6,008 by 2027100 million yuan" was 6,008 × 100 million by 2027.
    """
    return [
        figure
        for figure, following in zip_longest(figures, figures[1:])
        if following is None
        or figure.unit is not None
        or following.start - figure.end > WRECKAGE
        or not run_together(following)
    ]


def _confidence(figure: Figure, flags: Sequence[StatisticFlag]) -> float:
    """How often figures of this sort are right, as counted on annotated sentences of news and encyclopedias."""
    if figure.printed.garbled:
        return _BROKEN
    confidence = _CONFIDENCE[figure.kind]
    if figure.kind is StatisticKind.COUNT and figure.unit is None:
        confidence = _BARE
    if figure.high is not None:
        confidence -= _RANGE
    return round(confidence - _DOUBT if flags else confidence, 2)


_CONFIDENCE = {
    StatisticKind.MONEY: 0.94,
    StatisticKind.PERCENT: 0.98,
    StatisticKind.MEASURE: 0.96,
    StatisticKind.DURATION: 0.9,
    StatisticKind.COUNT: 0.95,
    StatisticKind.RATIO: 0.9,
    StatisticKind.SCORE: 0.8,
    StatisticKind.RANK: 0.8,
}
_BARE = 0.62
_BROKEN = 0.4
_RANGE = 0.07
_DOUBT = 0.1
