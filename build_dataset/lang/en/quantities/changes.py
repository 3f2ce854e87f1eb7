"""Figures of a change in English: by how much something rose or fell, from where, to where."""

from collections.abc import Mapping
from typing import NamedTuple

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
_NO_CHANGE = frozenset({"according", "close", "next", "up"})
"""Before "to" and a figure these are a qualifier or a source, no change."""

LONGEST_QUALIFIED = 5
"""Tokens between "to" and a figure with its qualifier."""

_HYPHENS = frozenset("-‑–")


class _Spot(NamedTuple):
    """A figure with what stands before it.

    `word` is the one right before its qualifier, which ends at token `before`; `move` the nearest word of change behind
    the figure before. `previous` is that figure where it is near, `going_on` whether it is part of a change.
    """

    sentence: Sentence
    figure: Figure
    at: int
    before: int
    word: str
    move: str | None
    previous: Figure | None
    going_on: Step | None

    def word_before(self) -> str:
        """The word before `word`."""
        return self.sentence.lower[self.before - 2] if self.before > 1 else ""


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
        self._margins = data.margins
        self._added = data.added
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
        for at in figures:
            steps += self._steps(self._spot(sentence, figures, at, last, steps[-1] if steps else None))
            last = at
        return changes_of(steps)

    def _spot(
        self, sentence: Sentence, figures: Mapping[int, Figure], at: int, last: int | None, step: Step | None
    ) -> _Spot:
        before = self._qualifiers.before(sentence, at)
        previous = figures[last] if last is not None and _is_near(sentence, last, before) else None
        return _Spot(
            sentence,
            figures[at],
            at,
            before,
            sentence.lower[before - 1] if before else "",
            self._move_before(sentence, before - 1, last),
            previous,
            step if step is not None and step.figure is previous else None,
        )

    def _steps(self, spot: _Spot) -> list[Step]:
        """What a figure adds: itself, and the one before it where that turns out to be where a change ends."""
        if spot.word == "from" or _is_compared(spot):
            return self._beginning(spot)
        return self._end(spot) or self._amount(spot)

    def _end(self, spot: _Spot) -> list[Step]:
        """Rose to $3m, up 5% to $3m, up 5% at $3m, fell below $3m: where a change leads."""
        if spot.word == "to" and spot.word_before() not in _NO_CHANGE:
            direction = None if spot.move is None else self._moves[spot.move]
            counted = spot.figure.kind is StatisticKind.COUNT  # went to 300 members
            if (
                spot.move is not None
                and spot.move not in self._added
                and (direction is not None or not counted)
            ):
                behind = (
                    spot.move in self._nouns and spot.going_on is not None
                )  # a 40% drop in profits to $3m
                return [Step(spot.figure, ChangeRole.TO, direction, follows=behind)]
            if spot.going_on is not None:
                return [Step(spot.figure, ChangeRole.TO, None, follows=True)]
        beside = spot.before > 1 and spot.sentence.shape[spot.before - 2] == FIGURE
        if spot.word == "at" and beside and spot.going_on is not None and spot.going_on.role is ChangeRole.BY:
            return [Step(spot.figure, ChangeRole.TO, None, follows=True)]
        if spot.word in self._moves and not self._levels.isdisjoint(
            spot.sentence.lower[spot.before : spot.at]
        ):
            return [Step(spot.figure, ChangeRole.TO, self._moves[spot.word])]
        return []

    def _beginning(self, spot: _Spot) -> list[Step]:
        """Up from 2.4 million, fell from $5, $3m compared with $2m: where a change begins."""
        figure, previous = spot.figure, spot.previous
        direction = None if spot.move is None else self._moves[spot.move]
        if spot.going_on is not None:
            return [Step(figure, ChangeRole.FROM, direction, follows=True)]
        stated = spot.move is not None or spot.word != "from"
        if (
            previous is not None
            and stated
            and previous.kind is figure.kind
            and (previous.unit == figure.unit or spot.move is not None)
        ):
            end = Step(previous, ChangeRole.TO, direction)
            return [end, Step(figure, ChangeRole.FROM, direction, follows=True)]
        if spot.move is not None or _is_followed_by_end(spot):
            return [Step(figure, ChangeRole.FROM, direction)]
        return []

    def _amount(self, spot: _Spot) -> list[Step]:
        """Rose 5%, by $3m, a 5% increase, 5% higher: by how much something changed."""
        figure = spot.figure
        relative = figure.kind is StatisticKind.PERCENT or figure.unit == "point"
        again = spot.word == "or" or (relative and spot.word == "(")
        if again and spot.going_on is not None and (relative or spot.going_on.role is ChangeRole.BY):
            return [Step(figure, ChangeRole.BY, None, follows=True)]  # lost 190 points, or 0.6%
        word = self._word_of_amount(spot, relative=relative)
        return [] if word is None else [Step(figure, ChangeRole.BY, (self._moves | self._comparatives)[word])]

    def _word_of_amount(self, spot: _Spot, *, relative: bool) -> str | None:
        """The word that makes a figure an amount of change, None where none does."""
        kind, word = spot.figure.kind, spot.word
        if word == "by" and spot.move is not None:
            near = self._moves[spot.move] is not None or spot.word_before() == spot.move
            return spot.move if near and spot.move not in self._margins else None
        if kind is StatisticKind.RATIO:
            return word if word == spot.move else None  # grew threefold
        counted = kind is StatisticKind.COUNT and not relative and spot.figure.unit is not None
        if kind not in _AMOUNTS or counted:
            return None
        if word == "of" and spot.word_before() in self._nouns:
            return spot.word_before()
        if word in self._moves and (relative or word not in self._takes_objects):
            described = spot.before > 1 and spot.sentence.shape[spot.before - 2] == "d"
            return None if described or spot.word_before() in self._with_up else word
        following = spot.sentence.lower[spot.at + 1 : spot.at + 2]
        if relative and following and following[0] in self._comparatives:
            return following[0]
        return self._noun_behind(spot)

    def _noun_behind(self, spot: _Spot) -> str | None:
        """The noun of change behind a figure: a 5% increase, a $3m pay rise."""
        first = spot.at + 1
        for place in range(first, min(first + LONGEST_DESCRIPTION, len(spot.sentence.shape))):
            word = spot.sentence.lower[place]
            if word in self._nouns:
                return word
            if spot.sentence.shape[place] not in "nNeg" and word not in _HYPHENS:
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


def _is_near(sentence: Sentence, last: int, before: int) -> bool:
    """Whether two figures can be of one change: few words between them, and none that begins another clause."""
    between = sentence.shape[last + 1 : before]
    return before - last <= LONGEST_GAP and _BREAKS.isdisjoint(between)


def _is_compared(spot: _Spot) -> bool:
    """Compared with $2m, versus 5%."""
    return spot.word in _COMPARED or (spot.word in ("with", "to") and spot.word_before() == "compared")


def _is_followed_by_end(spot: _Spot) -> bool:
    """From $5 to $3: whether the figure that a change leads to follows."""
    behind = spot.at + 1
    return (
        spot.sentence.lower[behind : behind + 1] == ("to",)
        and FIGURE in spot.sentence.shape[behind + 1 : behind + LONGEST_QUALIFIED]
    )
