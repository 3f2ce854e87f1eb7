"""The unit of every Chinese spelling: those of quantities.yaml, and the world's currencies by their CLDR names."""

import re
from collections.abc import Iterable
from functools import cache

from babel import Locale
from babel.core import get_global

from build_dataset.extract.units import Unit
from build_dataset.lang.zh.quantities.data import QuantityData
from build_dataset.schema import StatisticKind

BLANK = r"[ \u00a0\u3000]{0,3}"

_LOCALES = ("zh_Hans", "zh_Hant")
_SHORTEST_NAME = len("日元")
_HAN = re.compile("[\u4e00-\u9fff]+")


def units_of(data: QuantityData) -> dict[str, Unit]:
    """Every spelling of a unit; what quantities.yaml says wins."""
    times = {spelling: Unit(StatisticKind.RATIO, "times") for spelling in data.times}
    parts = {
        spelling: Unit(StatisticKind.MONEY, code, factor)
        for code, parts in data.currency_parts.items()
        for spelling, factor in parts.items()
    }
    ages = {
        spelling: Unit(StatisticKind.DURATION, name)
        for name, spellings in data.ages.items()
        for spelling in spellings
    }
    return _currencies() | data.units() | times | parts | ages


@cache
def _currencies() -> dict[str, Unit]:
    """The names of all money that is legal somewhere today."""
    current = {
        code
        for used in get_global("territory_currencies").values()
        for code, _, until, tender in used
        if tender and until is None
    }
    return {
        name: Unit(StatisticKind.MONEY, code)
        for locale in _LOCALES
        for code, name in Locale.parse(locale).currencies.items()
        if code in current and len(name) >= _SHORTEST_NAME and _HAN.fullmatch(name)
    }


def alternatives(spellings: Iterable[str], spaced: frozenset[str] = frozenset()) -> str:
    """A pattern of all spellings, the longest first; blanks may stand inside those that are `spaced`."""
    ordered = sorted(spellings, key=lambda word: (-len(word), word))
    return "|".join(_spaced(word) if word in spaced else re.escape(word) for word in ordered)


def _spaced(word: str) -> str:
    return "[ ]{0,3}".join(re.escape(character) for character in word)
