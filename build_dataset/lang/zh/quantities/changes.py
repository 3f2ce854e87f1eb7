"""Figures of a change in Chinese: by how much something rose or fell, from where, to where."""

import re
from collections.abc import Iterator, Sequence

from build_dataset.document import Range
from build_dataset.extract.changes import Step
from build_dataset.extract.figures import Figure
from build_dataset.lang.zh.quantities.data import QuantityData
from build_dataset.lang.zh.quantities.units import alternatives
from build_dataset.schema import ChangeDirection, ChangeRole, StatisticKind

LONGEST_GAP = 24
"""Characters between two figures of a change, and before a figure in which its verb is looked for."""

_POINTS = frozenset({"percentage point", "basis point"})
_LEVELS = frozenset({StatisticKind.MONEY, StatisticKind.COUNT, StatisticKind.MEASURE, StatisticKind.PERCENT})


class ChangeFinder:
    """Finds the figures of a sentence that belong to changes."""

    def __init__(self, data: QuantityData) -> None:
        rises, falls = alternatives(data.rises), alternatives(data.falls)
        qualifiers = (phrase for phrases in data.qualifiers.values() for phrase in phrases)
        reached = alternatives({*data.reached, *qualifiers})
        verb = rf"(?<![最至不])(?:(?P<up>{rises})|(?P<down>{falls}))"
        by = rf"{verb}(?:了|幅度|幅|率)?(?:为|在)?(?:{reached}){{0,2}}$"
        compared = (
            rf"(?:{alternatives(data.comparisons)}|(?:{alternatives(data.compared)})[^，。；,;\d]{{1,8}}?)"
        )
        self._by = re.compile(by)
        self._of_object = re.compile(rf"{verb}[^，。；,;\d]{{2,10}}$")
        self._restated = re.compile(rf"^[，,（(、]?{compared}?[已仅又再也还则均]{{0,2}}{by}")
        self._to = re.compile(rf"{verb}[^，。；,;\d]{{0,6}}?(?:到|至|为|成)了?(?:{reached})?$")
        self._from = re.compile(r"(?:从|由|自)[^，。；,;\d]{0,12}$")
        self._joins_to = re.compile(rf"^[，,、]?[^，。；,;\d]{{0,10}}?(?:到|至|达到|达|为)了?(?:{reached})?$")
        rise, fall = alternatives(data.rise_nouns), alternatives(data.fall_nouns)
        self._noun_behind = re.compile(rf"的?[^，。；,;\d]{{0,4}}?(?:(?P<up>{rise})|(?P<down>{fall}))")

    def steps(self, text: str, sentence: Range, figures: Sequence[Figure]) -> Iterator[Step]:
        """What each figure of a sentence says of a change.

        Args:
            text: the article's text.
            sentence: the sentence.
            figures: its figures, in order.
        """
        last: Step | None = None
        previous: Figure | None = None
        for figure in figures:
            begin = max(
                sentence.start, previous.end if previous is not None else 0, figure.start - LONGEST_GAP
            )
            near = previous is not None and figure.start - previous.end <= LONGEST_GAP
            steps = self._of_figure(text, begin, figure, previous if near else None, last if near else None)
            yield from steps
            last = steps[-1] if steps else None
            previous = figure

    def _of_figure(
        self, text: str, begin: int, figure: Figure, previous: Figure | None, last: Step | None
    ) -> list[Step]:
        """What a figure adds: itself, and the one before it where that turns out to be what the change led to."""
        gap = text[begin : figure.start]
        raised = self._to.search(gap)
        if raised is not None:
            return [Step(figure, ChangeRole.TO, _direction(raised), follows=last is not None)]
        if self._from.search(gap) is not None:
            return [Step(figure, ChangeRole.FROM, None)]
        amount = self._by.search(gap) or self._behind(text, figure)
        if amount is None and figure.unit in _POINTS:
            amount = self._of_object.search(gap)  # 下调利率0.5个百分点
        if amount is not None:
            step = Step(figure, ChangeRole.BY, _direction(amount), follows=last is not None)
            if last is None and previous is not None and self._is_level(figure, previous, gap):
                return [Step(previous, ChangeRole.TO, step.direction), step._replace(follows=True)]
            return [step]
        if last is not None and self._joins_to.search(gap) is not None:
            return [Step(figure, ChangeRole.TO, None, follows=True)]
        return []

    def _is_level(self, figure: Figure, previous: Figure, gap: str) -> bool:
        """营收300亿元，同比增长5%: a percentage of change behind a level is of that level."""
        if figure.kind is not StatisticKind.PERCENT or previous.kind not in _LEVELS:
            return False
        return previous.kind is not StatisticKind.PERCENT and self._restated.search(gap) is not None

    def _behind(self, text: str, figure: Figure) -> re.Match[str] | None:
        """5%的增长."""
        if figure.kind is not StatisticKind.PERCENT:
            return None
        return self._noun_behind.match(text, figure.end, figure.end + 12)


def _direction(match: re.Match[str]) -> ChangeDirection:
    return ChangeDirection.UP if match["up"] is not None else ChangeDirection.DOWN
