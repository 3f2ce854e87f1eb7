"""Figures as a language pack reads them: a number, its unit, and what the words about it say.

A pack reads every number that is a quantity. Those that the annotation guidelines leave out of the dataset (an age, one
of something, a bare number) carry the reason, so that the same reading can be measured on sets that count them.
"""

from collections.abc import Sequence
from decimal import Decimal
from enum import Enum, StrEnum, auto
from itertools import pairwise
from typing import NamedTuple, Protocol

from build_dataset.document import Change, Range
from build_dataset.schema import Qualifier, StatisticKind

SCALE_WORD = 1000
"""The factor of the smallest scale word."""


class Exclusion(StrEnum):
    """Why a quantity is no statistic by the guidelines."""

    ONE = "one of something"
    ARTICLE = "an article, not the number one"
    AGE = "an age"
    PAST = "says how long ago"
    BARE = "nothing that it measures"
    VAGUE = "no number"
    NAME = "part of a name or an expression"


class Role(Enum):
    """What the words about a figure make of it, as far as that says what it can be."""

    MISFIT = auto()
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
_MASKS = ("*", " **")
"""What stands for words that were taken out, a scale word or more digits: raised $80 ** last year."""


def as_printed(text: str, span: Range, low: ReadNumber, last: ReadNumber) -> Printed:
    """How the number of a figure is printed; of a range `low` and `last` are both ends, else the same."""
    digits = last.digits
    end = last.start + len(digits)
    bold = text.endswith("**", 0, low.start) and text.startswith("**", end)
    touched = "*" in text[span.start : span.end] or (text.startswith(_MASKS, end) and not bold)
    return Printed(
        digits,
        scaled=last.scale >= SCALE_WORD,
        grouped=last.grouped or low.grouped,
        masked=digits != "" and touched,
        broken=last.broken or low.broken,
    )


class Figure(NamedTuple):
    """A number with its unit as a language pack reads it; `start`, `end` bound both, without the qualifier.

    `low` and `high` have their scale applied; `printed` says how the digits stand before that. `per` is the unit of a
    rate, `exclusion` why the dataset leaves it out.
    """

    start: int
    end: int
    low: Decimal
    high: Decimal | None
    unit: str | None
    kind: StatisticKind
    qualifier: Qualifier | None = None
    subject: Range | None = None
    role: Role | None = None
    printed: Printed = NOT_IN_DIGITS
    per: str | None = None
    period: Range | None = None
    comparison: Range | None = None
    change: Change | None = None
    exclusion: Exclusion | None = None


def in_order(figures: Sequence[Figure]) -> list[Figure]:
    """The figures that the dataset keeps, none overlapping the one before."""
    kept = sorted((one for one in figures if one.exclusion is None), key=lambda figure: figure.start)
    return kept[:1] + [second for first, second in pairwise(kept) if second.start >= first.end]
