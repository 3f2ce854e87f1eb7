"""Figures that belong to one change: by how much, from where, to where."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from build_dataset.document import Change, Range
from build_dataset.extract.figures import Figure
from build_dataset.schema import ChangeDirection, ChangeRole, StatisticKind


class Step(NamedTuple):
    """What the words about a figure say: its role, the direction, whether it goes on with the change before."""

    figure: Figure
    role: ChangeRole
    direction: ChangeDirection | None
    follows: bool = False


def changes_of(steps: Iterable[Step]) -> dict[int, Change]:
    """The change that each figure is part of.

    Args:
        steps: in order of the text.

    Returns:
        The change by the start of its figure. A beginning alone is none; a change has one beginning, one end, one
        direction: that of its words, else that of its figures.
    """
    groups: list[list[Step]] = []
    for step in steps:
        if groups and step.follows and _fits(groups[-1], step):
            groups[-1].append(step)
        else:
            groups.append([step])
    return {
        step.figure.start: Change(_span(group[0].figure), step.role, direction)
        for group in groups
        if any(step.role is not ChangeRole.FROM for step in group)
        for direction in [_direction(group)]
        for step in group
    }


def with_shared_units(figures: Iterable[Figure], changes: Mapping[int, Change]) -> list[Figure]:
    """The figures, a bare number with the unit of the other end of its change: climbed from 21 mpg to 23.

    Args:
        figures: of one sentence.
        changes: by the start of the figure.
    """
    units = {
        change.first: figure
        for figure in figures
        if (change := changes.get(figure.start)) is not None
        and change.role is not ChangeRole.BY
        and figure.unit is not None
    }
    shared = []
    for figure in figures:
        change = changes.get(figure.start)
        other = None if change is None or change.role is ChangeRole.BY else units.get(change.first)
        bare = figure.kind is StatisticKind.COUNT and figure.unit is None
        shared.append(
            figure._replace(unit=other.unit, kind=other.kind) if bare and other is not None else figure
        )
    return shared


def with_shared_subjects(
    figures: Iterable[Figure], changes: Mapping[int, Change], subjects: Mapping[int, Range]
) -> dict[int, Range]:
    """The subjects of figures, those of one change with the subject of its first figure.

    Args:
        figures: of one sentence, in order.
        changes: by the start of the figure.
        subjects: by the start of the figure.
    """
    shared = dict(subjects)
    for figure in figures:
        change = changes.get(figure.start)
        if change is not None and change.first.start in subjects:
            shared[figure.start] = subjects[change.first.start]
    return shared


def _fits(group: Sequence[Step], step: Step) -> bool:
    """Whether a step can be of a change: it has no such figure yet, and no word that goes the other way."""
    taken = {one.role for one in group} - {ChangeRole.BY}
    directions = {one.direction for one in group} | {step.direction}
    return step.role not in taken and len(directions - {None}) <= 1


def _direction(group: Sequence[Step]) -> ChangeDirection | None:
    stated = next((step.direction for step in group if step.direction is not None), None)
    ends = {step.role: step.figure for step in group}
    begin, end = ends.get(ChangeRole.FROM), ends.get(ChangeRole.TO)
    if stated is not None or begin is None or end is None or begin.low == end.low or begin.unit != end.unit:
        return stated
    return ChangeDirection.UP if end.low > begin.low else ChangeDirection.DOWN


def _span(figure: Figure) -> Range:
    return Range(figure.start, figure.end)
