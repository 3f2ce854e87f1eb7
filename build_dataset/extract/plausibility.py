"""Figures that cannot be right as they are printed, by general knowledge alone."""

from collections.abc import Sequence
from decimal import Decimal

from build_dataset.extract.figures import Figure, Role
from build_dataset.schema import ChangeDirection, ChangeRole, StatisticFlag, StatisticKind

SHORTEST_SUBJECT = 4
"""Characters; a shorter subject ("it", 公司) can be another thing elsewhere."""


def contradicted(text: str, figures: Sequence[Figure]) -> frozenset[int]:
    """Where the figures start that another one of the same subject in the article contradicts.

    Two levels of one thing can differ for many reasons; the same digits with another power of ten cannot both be right.

    Args:
        text: the article's text.
        figures: its figures.
    """
    by_subject: dict[tuple[object, ...], list[Figure]] = {}
    for figure in figures:
        subject = figure.subject
        if subject is None or subject.end - subject.start < SHORTEST_SUBJECT or not _is_level(figure):
            continue
        period = figure.period and text[figure.period.start : figure.period.end]
        named = text[subject.start : subject.end].casefold()
        by_subject.setdefault((named, figure.kind, figure.unit, figure.per, period), []).append(figure)
    return frozenset(
        figure.start
        for same in by_subject.values()
        if len(same) > 1
        for figure in same
        if any(_same_digits(figure.low, other.low) for other in same)
    )


def _is_level(figure: Figure) -> bool:
    """One number in digits of at least two places that says how much there is."""
    significant = figure.low.normalize().as_tuple().digits
    return (
        figure.high is None
        and figure.change is None
        and figure.unit is not None
        and figure.printed.digits != ""
        and len(significant) > 1
    )


def _same_digits(first: Decimal, second: Decimal) -> bool:
    """Whether two numbers differ by a power of ten alone."""
    return first != second and (first.normalize().as_tuple().digits == second.normalize().as_tuple().digits)


def flags_of(figure: Figure, *, contradicts: bool) -> tuple[StatisticFlag, ...]:
    """What to know of a figure before it is used; `contradicts` says that another one of the article does."""
    flags = []
    impossible = (
        run_together(figure) or _beyond_its_role(figure) or _too_cold(figure) or figure.role is Role.MISFIT
    )
    if contradicts or impossible:
        flags.append(StatisticFlag.IMPLAUSIBLE)
    if figure.printed.garbled:
        flags.append(StatisticFlag.GARBLED)
    return tuple(flags)


LONGEST_BEFORE_SCALE = 6
"""Nobody writes seven digits and then a scale word, nor a year and then more digits."""


def run_together(figure: Figure) -> bool:
    """2027100 million: digits that belong to two numbers, seen where a scale word follows."""
    digits = figure.printed.digits
    if not figure.printed.scaled or figure.printed.grouped or not digits.isdigit():
        return False
    starts_with_year = len(digits) >= LONGEST_BEFORE_SCALE and digits[:2] in ("19", "20")
    return len(digits) > LONGEST_BEFORE_SCALE or starts_with_year


def _is_fall(figure: Figure) -> bool:
    change = figure.change
    return change is not None and change.role is ChangeRole.BY and change.direction is ChangeDirection.DOWN


ABSOLUTE_ZERO = {"celsius": Decimal("-273.15"), "fahrenheit": Decimal("-459.67"), "kelvin": Decimal(0)}


def _too_cold(figure: Figure) -> bool:
    """A temperature below absolute zero; a fall by so many degrees is none."""
    by = figure.change is not None and figure.change.role is ChangeRole.BY
    return not by and figure.low < ABSOLUTE_ZERO.get(figure.unit or "", figure.low)


WHOLE = Decimal(100)
GROWTH_WITHOUT_POINT = Decimal(1000)
"""From here a yearly growth printed without any separator has more likely lost its decimal point."""


def _beyond_its_role(figure: Figure) -> bool:
    """A fall or a share of more than the whole, a yearly growth that lost its decimal point."""
    if figure.kind is not StatisticKind.PERCENT or figure.unit != "percent":
        return False
    most = figure.low if figure.high is None else max(figure.low, figure.high)
    if figure.role is Role.SHARE or _is_fall(figure):
        return most > WHOLE
    return figure.role is Role.YEARLY_GROWTH and most >= GROWTH_WITHOUT_POINT and not figure.printed.grouped
