"""Figures that a language pack has read → statistics: one a place, flagged where they cannot be right.

The pack finds numbers and says what stands about them; what follows from that is the same in every language.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum, auto
from itertools import zip_longest
from typing import NamedTuple, Protocol

from build_dataset.document import Range, SegmentedText, StatisticCandidate
from build_dataset.extract.numerals import publishable
from build_dataset.schema import Qualifier, StatisticFlag, StatisticKind

SCALE_WORD = 1000
"""The factor of the smallest scale word."""


class Role(Enum):
    """What the words about a percentage make of it, as far as that limits its size."""

    FALL = auto()
    YEARLY_GROWTH = auto()
    SHARE = auto()


class ReadNumber(Protocol):
    """What every language's numbers say of themselves."""

    @property
    def start(self) -> int:
        """Where it stands in the text."""

    @property
    def scale(self) -> Decimal:
        """The factor of its scale words."""

    @property
    def digits(self) -> str:
        """The run as printed, empty where it is spelled."""

    @property
    def grouped(self) -> bool:
        """Whether separators stand between the thousands."""

    @property
    def broken(self) -> bool:
        """Whether separators stand where none can."""


class Printed(NamedTuple):
    """The digits of a figure as they stand, before their scale is applied.

    `scaled` says that a scale word of a thousand or more follows them, `grouped` that separators stand between
    the thousands, `masked` that asterisks touch them, `broken` that separators stand where none can.
    """

    digits: str = ""
    scaled: bool = False
    grouped: bool = False
    masked: bool = False
    broken: bool = False

    @property
    def garbled(self) -> bool:
        """Whether the digits are not all there or not in order."""
        return self.masked or self.broken


NOT_IN_DIGITS = Printed()


def as_printed(text: str, span: Range, low: ReadNumber, last: ReadNumber) -> Printed:
    """How the number of a figure is printed; of a range `low` and `last` are both ends, else the same."""
    digits = last.digits
    touched = "*" in text[span.start : span.end] or text.startswith("*", last.start + len(digits))
    return Printed(
        digits,
        scaled=last.scale >= SCALE_WORD,
        grouped=last.grouped or low.grouped,
        masked=digits != "" and touched,
        broken=last.broken or low.broken,
    )


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with its unit as a language pack reads it; `start`, `end` bound both, without the qualifier.

    `low` and `high` have their scale applied; `printed` says how the digits stand before that.
    """

    start: int
    end: int
    low: Decimal
    high: Decimal | None
    unit: str | None
    kind: StatisticKind
    qualifier: Qualifier | None = None
    subject: str | None = None
    role: Role | None = None
    printed: Printed = NOT_IN_DIGITS


def assemble(segmented: SegmentedText, figures: Iterable[Figure]) -> list[StatisticCandidate]:
    """Statistics from the figures of a text.

    Args:
        segmented: the text; a figure outside its sentences is left out.
        figures: in any order; of two that overlap the longer one stays.

    Returns:
        Statistics in order of the text, none overlapping another, all values finite.
    """
    starts = [sentence.start for sentence in segmented.sentences]
    statistics = []
    for figure in _without_overlaps(_without_wreckage(sorted(figures, key=lambda figure: figure.start))):
        context = _context(segmented, starts, figure)
        if context is None:
            continue
        statistic = _statistic(figure, context)
        if statistic is not None:
            statistics.append(statistic)
    return statistics


def _statistic(figure: Figure, context: Range) -> StatisticCandidate | None:
    low = publishable(figure.low)
    high = None if figure.high is None else publishable(figure.high)
    if low is None or (figure.high is not None and high is None):
        return None
    if high is not None and high < low:
        low, high = high, low
    flags = _flags(figure)
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
        or not _run_together(following)
    ]


def _flags(figure: Figure) -> tuple[StatisticFlag, ...]:
    flags = []
    if _run_together(figure) or _beyond_its_role(figure):
        flags.append(StatisticFlag.IMPLAUSIBLE)
    if figure.printed.garbled:
        flags.append(StatisticFlag.GARBLED)
    return tuple(flags)


LONGEST_BEFORE_SCALE = 6
"""Nobody writes seven digits and then a scale word, nor a year and then more digits."""


def _run_together(figure: Figure) -> bool:
    """2027100 million: digits that belong to two numbers, seen where a scale word follows."""
    digits = figure.printed.digits
    if not figure.printed.scaled or figure.printed.grouped or not digits.isdigit():
        return False
    starts_with_year = len(digits) >= LONGEST_BEFORE_SCALE and digits[:2] in ("19", "20")
    return len(digits) > LONGEST_BEFORE_SCALE or starts_with_year


WHOLE = Decimal(100)
GROWTH_WITHOUT_POINT = Decimal(1000)
"""From here a yearly growth printed without any separator has more likely lost its decimal point."""


def _beyond_its_role(figure: Figure) -> bool:
    """A fall or a share of more than the whole, a yearly growth that lost its decimal point."""
    if figure.kind is not StatisticKind.PERCENT or figure.unit != "percent":
        return False
    most = figure.low if figure.high is None else max(figure.low, figure.high)
    if figure.role in (Role.FALL, Role.SHARE):
        return most > WHOLE
    return figure.role is Role.YEARLY_GROWTH and most >= GROWTH_WITHOUT_POINT and not figure.printed.grouped


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
    StatisticKind.PERCENT: 0.97,
    StatisticKind.MEASURE: 0.95,
    StatisticKind.DURATION: 0.88,
    StatisticKind.COUNT: 0.95,
    StatisticKind.RATIO: 0.9,
    StatisticKind.SCORE: 0.8,
    StatisticKind.RANK: 0.8,
}
_BARE = 0.7
_BROKEN = 0.4
_RANGE = 0.07
_DOUBT = 0.1
