"""Ranks in words: ranked eighth, finished third."""

import re
from collections.abc import Iterator
from decimal import Decimal

from build_dataset.extract.figures import Figure
from build_dataset.lang.en.quantities.data import QuantityData
from build_dataset.lang.en.quantities.patterns import alternatives
from build_dataset.schema import StatisticKind


class PlacingReader:
    """Reads an ordinal behind a verb of placing, where nothing follows that it could count (the third time)."""

    def __init__(self, data: QuantityData) -> None:
        self._ordinals = data.ordinals
        self._placing = re.compile(
            rf"\b(?!came\sfirst)(?:{alternatives(data.placing_verbs)})\s(?:(?:joint|equal|only|a\sdistant)\s)?"
            rf"(?P<ordinal>{alternatives(data.ordinals)})"
            rf"(?=[.,;:)]|\s(?:{alternatives(data.behind_placing)})\b)"
        )

    def figures(self, text: str) -> Iterator[Figure]:
        """All of a text, in order."""
        for match in self._placing.finditer(text):
            value = Decimal(self._ordinals[match["ordinal"]])
            yield Figure(match.start("ordinal"), match.end("ordinal"), value, None, None, StatisticKind.RANK)
