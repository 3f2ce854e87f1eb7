"""Amounts that are no number: a few minutes, several weeks, dozens of people."""

import re
from collections.abc import Iterator
from decimal import Decimal

from build_dataset.extract.figures import Exclusion, Figure
from build_dataset.extract.units import Unit
from build_dataset.lang.en.quantities.data import QuantityData
from build_dataset.lang.en.quantities.patterns import alternatives
from build_dataset.schema import StatisticKind

_COUNTED = Unit(StatisticKind.COUNT, "")


_ARTICLE = re.compile(r"\ban?\s$", re.IGNORECASE)


class VagueReader:
    """Reads them with the number that they stand for, all left out of the dataset."""

    def __init__(self, data: QuantityData) -> None:
        self._values = data.vague_numbers
        self._alone = data.vague_alone
        self._units = {
            spelling: Unit(StatisticKind.DURATION, name)
            for name, spellings in data.durations.items()
            for spelling in spellings
        }
        initials = "".join(sorted({letter for word in self._values for letter in (word[0], word[0].upper())}))
        rest = alternatives(word[1:] for word in self._values)
        self._word = re.compile(rf"[{initials}](?<!\w.)(?:{rest})\b(?!-)")  # a set of letters is found fast
        self._unit = re.compile(rf"\s(?:of\s)?(?P<unit>{alternatives(self._units)})\b", re.IGNORECASE)

    def figures(self, text: str) -> Iterator[Figure]:
        """All of a text."""
        for match in self._word.finditer(text):
            word = match.group().lower()
            article = _ARTICLE.search(text, max(0, match.start() - len(" an ")), match.start())
            unit = self._unit.match(text, match.end())
            if word not in self._values:
                continue
            if unit is None and (word if article is None else f"a {word}") not in self._alone:
                continue
            of = _COUNTED if unit is None else self._units[" ".join(unit["unit"].lower().split())]
            yield Figure(
                start=match.start() if article is None else article.start(),
                end=match.end() if unit is None else unit.end(),
                low=Decimal(self._values[word]),
                high=None,
                unit=of.name or None,
                kind=of.kind,
                exclusion=Exclusion.VAGUE,
            )
