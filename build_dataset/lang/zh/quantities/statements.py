"""What a Chinese sentence states with its figures: how they change, for which time, whether unit and verb fit."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate

from build_dataset.document import Range, SegmentedText
from build_dataset.extract.changes import changes_of, with_shared_units
from build_dataset.extract.figures import Figure, Role, in_order
from build_dataset.extract.periods import NO_TIMES, nearest
from build_dataset.lang.zh.quantities.changes import ChangeFinder
from build_dataset.lang.zh.quantities.data import QuantityData
from build_dataset.lang.zh.quantities.periods import time_pattern
from build_dataset.lang.zh.quantities.subjects import SHORTEST_PHRASE, SubjectFinder
from build_dataset.lang.zh.quantities.units import alternatives

_MARKS = "；;。"
_LONGEST_VERB = 8


class StatementReader:
    """Completes figures with what their sentences say of them."""

    def __init__(self, data: QuantityData) -> None:
        self._subjects = SubjectFinder(data)
        self._changes = ChangeFinder(data)
        self._times = time_pattern(data)
        self._fitting = {verb: fitting for fitting in data.fitting for verb in fitting.verbs}
        self._verb = re.compile(rf"(?P<verb>{alternatives(self._fitting)})(?:{alternatives(data.reached)})?$")

    def complete(self, segmented: SegmentedText, figures: list[Figure]) -> list[Figure]:
        """The figures with period, comparison and change; those that the dataset leaves out as they are."""
        completed = [figure for figure in figures if figure.exclusion is not None]
        for sentence, inside in _by_sentence(segmented, in_order(figures)):
            changes = changes_of(self._changes.steps(segmented.text, sentence, inside))
            periods, comparisons = self._times_of(segmented.text, sentence)
            times = nearest(segmented.text, inside, periods, comparisons, marks=_MARKS, times_first=True)
            subjects = self._subjects_of(segmented, inside)
            for figure in with_shared_units(inside, changes):
                period, comparison = times.get(figure.start, NO_TIMES)
                completed.append(
                    figure._replace(
                        subject=subjects.get(figure.start),
                        change=changes.get(figure.start),
                        period=period,
                        comparison=comparison,
                        role=figure.role if self._fits(segmented.text, figure) else Role.MISFIT,
                    )
                )
        return completed

    def _subjects_of(self, segmented: SegmentedText, figures: Sequence[Figure]) -> dict[int, Range]:
        """The subject of each figure; one whose clause names none has that of the figure before it."""
        subjects: dict[int, Range] = {}
        last: Range | None = None
        starts = [figure.start for figure in figures]
        ends = list(accumulate((figure.end for figure in figures), max))
        for figure in figures:
            candidates = (self._subjects.find(segmented, figure), last, figure.subject)
            last = next((one for one in candidates if one is not None and _is_free(one, starts, ends)), None)
            if last is not None:
                subjects[figure.start] = last
        return subjects

    def _times_of(self, text: str, sentence: Range) -> tuple[list[Range], list[Range]]:
        periods: list[Range] = []
        comparisons: list[Range] = []
        for match in self._times.finditer(text, *sentence):
            (periods if match["comparison"] is None else comparisons).append(Range(*match.span()))
        return periods, comparisons

    def _fits(self, text: str, figure: Figure) -> bool:
        """Whether the unit of a figure fits the verb before it."""
        match = self._verb.search(text, max(0, figure.start - _LONGEST_VERB), figure.start)
        return match is None or self._fitting[match["verb"]].fits(figure.kind, figure.unit)


def _is_free(subject: Range, starts: Sequence[int], ends: Sequence[int]) -> bool:
    """Whether a subject is long enough to name something, and no figure stands in it.

    Args:
        subject: the words.
        starts: where the figures begin, in order.
        ends: how far the figures up to each of them reach.
    """
    if subject.end - subject.start < SHORTEST_PHRASE:
        return False
    before = bisect_left(starts, subject.end)
    return before == 0 or ends[before - 1] <= subject.start


def _by_sentence(segmented: SegmentedText, figures: Sequence[Figure]) -> Iterator[tuple[Range, list[Figure]]]:
    """The sentences that hold figures, with those figures."""
    starts = [figure.start for figure in figures]
    for sentence in segmented.sentences:
        first, last = bisect_right(starts, sentence.start - 1), bisect_right(starts, sentence.end - 1)
        if first < last:
            yield Range(sentence.start, sentence.end), list(figures[first:last])
