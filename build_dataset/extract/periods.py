"""Which of the times that a sentence names belongs to which of its figures."""

from collections.abc import Sequence
from itertools import zip_longest
from typing import NamedTuple

from build_dataset.document import Range
from build_dataset.extract.figures import Figure

FARTHEST = 80
"""Characters between a figure and the words that say which time it is for."""


class Times(NamedTuple):
    """For which time a figure is, and what it is compared with."""

    period: Range | None
    comparison: Range | None


NO_TIMES = Times(None, None)


def nearest(
    text: str,
    figures: Sequence[Figure],
    periods: Sequence[Range],
    comparisons: Sequence[Range],
    *,
    marks: str,
    times_first: bool,
) -> dict[int, Times]:
    """The times of each figure of a sentence, by the start of the figure.

    A time behind a figure and before the next one is that figure's; else the nearest one before it is, where no other
    figure stands between or where it opens the sentence for all of them.

    Args:
        text: the article's text.
        figures: of one sentence, in order.
        periods: words for a time, in order.
        comparisons: words for what something is compared with, in order.
        marks: what separates two statements of a sentence.
        times_first: whether times stand before their figure alone (去年同比增长5%).
    """
    times = {}
    first, earlier = figures[0].start, 0
    for figure, following in zip_longest(figures, figures[1:]):
        opening = [place for place in periods if place.end > earlier or place.start <= first]
        period = _last_before(text, opening, figure, marks)
        if times_first:
            compared = [place for place in comparisons if place.start >= earlier]
            comparison = _last_before(text, compared, figure, marks)
        else:
            limit = figure.end + FARTHEST if following is None else following.start
            period = _first_behind(text, periods, figure, limit, marks) or period
            comparison = _first_behind(text, comparisons, figure, limit, marks)
        if period is not None or comparison is not None:
            times[figure.start] = Times(period, comparison)
        earlier = figure.end
    return times


def _first_behind(text: str, places: Sequence[Range], figure: Figure, limit: int, marks: str) -> Range | None:
    for place in places:
        if figure.end <= place.start <= figure.end + FARTHEST and place.end <= limit:
            return None if _parted(text, figure.end, place.start, marks) else place
    return None


def _last_before(text: str, places: Sequence[Range], figure: Figure, marks: str) -> Range | None:
    for place in reversed(places):
        if place.end <= figure.start:
            return None if _parted(text, place.end, figure.start, marks) else place
    return None


def _parted(text: str, start: int, end: int, marks: str) -> bool:
    return any(text.find(mark, start, end) >= 0 for mark in marks)
