"""Figures of a change in English: by how much something rose or fell, from where, to where."""

from collections.abc import Mapping

from build_dataset.document import Change
from build_dataset.extract.changes import Step, changes_of
from build_dataset.extract.figures import Figure
from build_dataset.lang.en.quantities.data import QuantityData
from build_dataset.lang.en.quantities.sentences import FIGURE, Qualifiers, Sentence
from build_dataset.schema import ChangeDirection, ChangeRole, StatisticKind

LONGEST_GAP = 10
"""Tokens between a word of change and the figure that it changes to or by, and between two figures of a change."""

LONGEST_DESCRIPTION = 3
"""Tokens between a figure and the noun of change behind it (a 5% minimum wage increase)."""

_BREAKS = frozenset(";:.b")
_AMOUNTS = frozenset({StatisticKind.PERCENT, StatisticKind.MONEY, StatisticKind.MEASURE, StatisticKind.COUNT})
_COMPARED = frozenset({"against", "versus", "vs"})
_RESTATES = frozenset({"or", "("})
_HYPHENS = frozenset("-‑–")


class ChangeFinder:
    """Finds the figures of a sentence that belong to changes."""

    def __init__(self, data: QuantityData, qualifiers: Qualifiers) -> None:
        self._qualifiers = qualifiers
        self._moves: dict[str, ChangeDirection | None] = dict.fromkeys(data.moves)
        self._moves |= dict.fromkeys(data.rises, ChangeDirection.UP)
        self._moves |= dict.fromkeys(data.falls, ChangeDirection.DOWN)
        self._levels = data.levels
        self._takes_objects = data.moves_with_object
        self._with_up = data.verbs_with_up
        self._comparatives = dict.fromkeys(data.higher, ChangeDirection.UP)
        self._comparatives |= dict.fromkeys(data.lower, ChangeDirection.DOWN)
        self._nouns = {word: self._moves[word] for word in data.move_nouns}

    def find(self, sentence: Sentence, figures: Mapping[int, Figure]) -> dict[int, Change]:
        """The changes of the figures, by the start of the figure.

        Args:
            sentence: the sentence.
            figures: its figures by the index of their token.
        """
        steps: list[Step] = []
        last: int | None = None
        for at, figure in figures.items():
            steps += self._steps(sentence, at, figure, last, figures, steps)
            last = at
        return changes_of(steps)

    def _steps(
        self,
        sentence: Sentence,
        at: int,
        figure: Figure,
        last: int | None,
        figures: Mapping[int, Figure],
        steps: list[Step],
    ) -> list[Step]:
        """What a figure adds: itself, and the one before it where that turns out to be where a change ends."""
        before = self._qualifiers.before(sentence, at)
        word = sentence.lower[before - 1] if before else ""
        move = self._move_before(sentence, before - 1, last)
        near = last is not None and _is_near(sentence, last, before)
        goes_on = near and bool(steps) and steps[-1].figure is figures[last] if last is not None else False
        if word == "to" and not self._is_range_end(sentence, before):
            if move is not None and (self._moves[move] or figure.kind is not StatisticKind.COUNT):
                return [Step(figure, ChangeRole.TO, self._moves[move])]
            if goes_on:
                return [Step(figure, ChangeRole.TO, None, follows=True)]
        if word == "at" and goes_on and before - 1 == (last or 0) + 1 and steps[-1].role is ChangeRole.BY:
            return [Step(figure, ChangeRole.TO, None, follows=True)]
        if word == "from" or self._is_comparison(sentence, before):
            previous = figures[last] if near and last is not None else None
            to_follows = (
                sentence.lower[at + 1 : at + 2] == ("to",) and FIGURE in sentence.shape[at + 2 : at + 6]
            )
            return self._beginning(
                sentence, figure, before, move, previous, goes_on=goes_on, to_follows=to_follows
            )
        if word in self._moves and not self._levels.isdisjoint(sentence.lower[before:at]):
            return [Step(figure, ChangeRole.TO, self._moves[word])]  # fell below 5 percent
        direction = self._amount(sentence, at, before, figure, move)
        if direction is not None:
            return [Step(figure, ChangeRole.BY, direction[0], follows=goes_on and not direction[1])]
        return []

    def _beginning(
        self,
        sentence: Sentence,
        figure: Figure,
        before: int,
        move: str | None,
        previous: Figure | None,
        *,
        goes_on: bool,
        to_follows: bool,
    ) -> list[Step]:
        """Up from 2.4 million, fell from $5, $3m compared with $2m: where a change begins."""
        direction = self._moves[move] if move is not None else None
        if goes_on:
            return [Step(figure, ChangeRole.FROM, direction, follows=True)]
        comparable = previous is not None and (previous.kind, previous.unit) == (figure.kind, figure.unit)
        if previous is not None and (comparable or (move is not None and previous.kind is figure.kind)):
            compared = sentence.lower[before - 1] != "from"
            if compared or move is not None:
                return [
                    Step(previous, ChangeRole.TO, direction),
                    Step(figure, ChangeRole.FROM, direction, follows=True),
                ]
        if move is not None or to_follows:
            return [Step(figure, ChangeRole.FROM, direction)]
        return []

    def _amount(
        self, sentence: Sentence, at: int, before: int, figure: Figure, move: str | None
    ) -> tuple[ChangeDirection | None, bool] | None:
        """The direction of an amount of change and whether its own word says so; None where it is none."""
        if figure.kind not in _AMOUNTS:
            return self._ratio(sentence, figure, before, move)
        lower = sentence.lower
        word = lower[before - 1] if before else ""
        if word == "by" and move is not None:
            return self._moves[move], True
        if word == "of" and before > 1 and lower[before - 2] in self._nouns:
            return self._nouns[lower[before - 2]], True
        relative = figure.kind is StatisticKind.PERCENT or figure.unit == "point"
        counted = figure.kind is StatisticKind.COUNT and not relative and figure.unit is not None
        if word in self._moves and not counted and (relative or word not in self._takes_objects):
            described = before > 1 and (
                sentence.shape[before - 2] == "d" or lower[before - 2] in self._with_up
            )
            return None if described else (self._moves[word], True)
        behind = None if counted else self._noun_behind(sentence, at)
        if behind is not None:
            return self._nouns[behind], True
        following = lower[at + 1] if at + 1 < len(lower) else ""
        if relative and following in self._comparatives:
            return self._comparatives[following], True
        if word in _RESTATES and relative and FIGURE in sentence.shape[max(0, before - 3) : before]:
            return None, False  # lost 190 points, or 0.6%
        return None

    def _ratio(
        self, sentence: Sentence, figure: Figure, before: int, move: str | None
    ) -> tuple[ChangeDirection | None, bool] | None:
        """Fell by half, grew threefold."""
        if figure.kind is not StatisticKind.RATIO or not before or move is None:
            return None
        word = sentence.lower[before - 1]
        return (self._moves[move], True) if word == "by" or word == move else None

    def _noun_behind(self, sentence: Sentence, at: int) -> str | None:
        """The noun of change behind a figure: a 5% increase, a $3m pay rise."""
        for place in range(at + 1, min(at + 1 + LONGEST_DESCRIPTION, len(sentence.shape))):
            word = sentence.lower[place]
            if word in self._nouns:
                return word
            if sentence.shape[place] not in "nNeg" and word not in _HYPHENS:
                return None
        return None

    def _move_before(self, sentence: Sentence, end: int, last: int | None) -> str | None:
        """The nearest word of change before `end`, behind the figure before."""
        floor = max(0 if last is None else last + 1, end - LONGEST_GAP)
        for at in range(end - 1, floor - 1, -1):
            if sentence.lower[at] in self._moves:
                return sentence.lower[at]
            if sentence.shape[at] in _BREAKS:
                return None
        return None

    def _is_comparison(self, sentence: Sentence, before: int) -> bool:
        """Compared with $2m, versus 5%."""
        lower = sentence.lower
        if not before:
            return False
        compared = before > 1 and lower[before - 2] == "compared" and lower[before - 1] in ("with", "to")
        return compared or lower[before - 1] in _COMPARED

    def _is_range_end(self, sentence: Sentence, before: int) -> bool:
        """Up to 5%, close to 5%: "to" is part of a qualifier that was not recognized as one."""
        return before > 1 and sentence.lower[before - 2] in ("up", "close", "next")


def _is_near(sentence: Sentence, last: int, before: int) -> bool:
    """Whether two figures can be of one change: few words between them, and none that begins another clause."""
    return before - last <= LONGEST_GAP and not any(
        letter in _BREAKS for letter in sentence.shape[last + 1 : before]
    )
