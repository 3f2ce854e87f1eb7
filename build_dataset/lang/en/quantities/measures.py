"""English names of units of measure: those of quantities.yaml, and what the Unicode locale data knows besides."""

from babel import Locale
from babel.units import format_unit

from build_dataset.extract.units import Unit
from build_dataset.lang.en.quantities.data import QuantityData
from build_dataset.schema import StatisticKind

_KINDS = (
    "angle",
    "area",
    "digital",
    "electric",
    "energy",
    "force",
    "frequency",
    "length",
    "light",
    "mass",
    "power",
    "pressure",
    "torque",
    "volume",
)


def measures(data: QuantityData) -> dict[str, Unit]:
    """The unit of every spelling; quantities.yaml is right where both know it."""
    return _of_locale(data.no_measures) | data.units()


def _of_locale(left_out: frozenset[str]) -> dict[str, Unit]:
    """American and British names, singular and plural, by the American singular."""
    american, british = Locale("en"), Locale("en", "GB")
    units: dict[str, Unit] = {}
    for identifier in map(str, american.unit_display_names):
        if identifier.partition("-")[0] not in _KINDS:
            continue
        names = [_name(identifier, count, locale) for locale in (american, british) for count in (1, 2)]
        if not left_out.isdisjoint(names):
            continue
        unit = Unit(StatisticKind.MEASURE, names[0])
        units.update({name: unit for name in names if name.isascii() and "." not in name})
    return units


def _name(identifier: str, count: int, locale: Locale) -> str:
    """The name without its number, in small letters."""
    return str(format_unit(count, identifier, length="long", locale=locale)).partition(" ")[2].lower()


def symbols(data: QuantityData) -> dict[str, Unit]:
    """The unit of every symbol."""
    durations = data.duration_symbols
    return {
        symbol: Unit(StatisticKind.DURATION if symbol in durations else StatisticKind.MEASURE, name)
        for symbol, name in data.symbols.items()
    }
