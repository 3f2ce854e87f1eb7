"""Names, codes and signs of the world's money in English, from the Unicode locale data and quantities.yaml.

Where both name a currency, quantities.yaml is right.
"""

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from babel import Locale
from babel.numbers import get_currency_name, get_territory_currencies

from build_dataset.extract.units import Unit
from build_dataset.lang.en.quantities.data import QuantityData
from build_dataset.lang.en.quantities.namesakes import Countries
from build_dataset.schema import StatisticKind

_AS_OF = date(2025, 1, 1)
"""The day whose money is living money, whenever this is run."""

_CENT = Decimal("0.01")
_MILLION = Decimal(10) ** 6
_NO_MONEY = "X"
"""The first letter of codes of gold, of units of account and of money of several states."""

_SEVERAL_STATES = frozenset({"XAF", "XCD", "XOF", "XPF", "XCG"})


_UNKNOWN = Unit(StatisticKind.MONEY, "")
"""Money of several countries where the text has to say which."""


class _LocaleNames(NamedTuple):
    """What the locale data says: code → names, the codes of money in use, territory → the code of its money."""

    names: Mapping[str, tuple[str, ...]]
    living: frozenset[str]
    territories: Mapping[str, str]


class Currencies(NamedTuple):
    """Spellings in lower case behind a number, signs and codes as written before it, → the unit of money.

    `shared` are spellings of the money of several countries, → its name in `countries`, which has the words of each
    country. What a text that names no country means by them is in `names`, a unit without a name where that is open.
    """

    names: Mapping[str, Unit]
    codes: Mapping[str, Unit]
    signs: Mapping[str, Unit]
    shared: Mapping[str, str]
    countries: Mapping[str, Countries]


def currencies(data: QuantityData) -> Currencies:
    """All spellings of money."""
    locale = _locale_names()
    listed = {spelling: code for code, names in data.currency_names.items() for spelling in names}
    names = dict(_names(locale, data)) | listed
    codes = {
        *data.currency_codes,
        *(code for code in locale.living if code not in data.no_currency_codes),
    }
    units = {spelling: _money(code) for spelling, code in (names | data.trailing_signs).items()}
    units |= {cents: _money(code, _CENT) for cents, code in _cents(names)}
    for code, spellings in data.currency_cents.items():
        units.update({spelling: _money(code, _CENT) for spelling in spellings})
    countries = _countries(locale, data.shared_money)
    shared = {spelling: noun for noun in countries for spelling in _forms(locale, noun)}
    units = dict.fromkeys(shared, _UNKNOWN) | units
    return Currencies(units, _codes(codes), _signs(codes, data), shared, countries)


def _codes(codes: Iterable[str]) -> dict[str, Unit]:
    """USD, MUSD (millions)."""
    return {code: _money(code) for code in codes} | {f"M{code}": _money(code, _MILLION) for code in codes}


def _signs(codes: Iterable[str], data: QuantityData) -> dict[str, Unit]:
    """What stands before the digits: $, US$, USD, USD$, usd$, usd where it is no word; names in the singular."""
    signs = {sign: _money(code) for sign, code in data.currency_signs.items()}
    signs.update(_codes(codes))
    signs.update({f"{code}$": _money(code) for code in codes})
    for code in data.small_currency_codes:
        signs.update({sign: _money(code.upper()) for sign in (code, f"{code}$")})
    signs.update({name: _money(code) for name, code in data.currency_names_before.items()})
    signs.update({letter: _money(code) for letter, code in data.letter_signs.items()})
    return signs


def _names(locale: _LocaleNames, data: QuantityData) -> Iterator[tuple[str, str]]:
    """Danish kroner, Denmark kroner; the noun alone where only one living currency is called so."""
    nouns: dict[str, set[str]] = defaultdict(set)
    for code in sorted(locale.names, key=lambda code: code in locale.living):
        for name in locale.names[code]:
            yield name, code
            if code in locale.living:
                nouns[name.rpartition(" ")[2]].add(code)
    for territory, code in locale.territories.items():
        for name in locale.names[code]:
            yield f"{territory} {name.rpartition(' ')[2]}", code
    for noun, found in nouns.items():
        if len(found) == 1 and noun not in data.no_currency_nouns:
            yield from ((noun, code) for code in found)


def _cents(names: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Singapore cents: hundredths of what is called a dollar."""
    for name, code in names.items():
        adjective, _, noun = name.rpartition(" ")
        if adjective and noun in ("dollar", "dollars"):
            yield f"{adjective} {'cent' if noun == 'dollar' else 'cents'}", code


def _countries(locale: _LocaleNames, nouns: Iterable[str]) -> dict[str, dict[str, str]]:
    """Names of the living money of several countries, with the words of each country."""
    countries: dict[str, dict[str, str]] = {noun: {} for noun in nouns}
    of_codes = ((locale.names[code][0].rpartition(" ")[0], code) for code in sorted(locale.living))
    for word, code in (*of_codes, *sorted(locale.territories.items())):
        words = countries.get(_noun(locale, code))
        if word and words is not None:
            words[word] = code
    return countries


def _forms(locale: _LocaleNames, noun: str) -> set[str]:
    """Krone, kroner."""
    return {
        name.rpartition(" ")[2]
        for code in locale.living
        for name in locale.names[code]
        if _noun(locale, code) == noun
    }


def _noun(locale: _LocaleNames, code: str) -> str:
    return locale.names[code][0].rpartition(" ")[2]


@cache
def _locale_names() -> _LocaleNames:
    locale = Locale("en")
    names = {
        code: tuple(dict.fromkeys(_spelling(get_currency_name(code, count, locale)) for count in (1, 2)))
        for code in map(str, locale.currencies)
        if not code.startswith(_NO_MONEY) or code in _SEVERAL_STATES
    }
    territories = {
        _spelling(name): get_territory_currencies(territory, _AS_OF, _AS_OF)
        for territory, name in locale.territories.items()
        if len(territory) == len("US") and territory.isalpha() and name.isascii()
    }
    single = {name: codes[0] for name, codes in territories.items() if len(codes) == 1 and codes[0] in names}
    living = frozenset(code for codes in territories.values() for code in codes)
    return _LocaleNames(names, living & frozenset(names), single)


def _spelling(name: str) -> str:
    """Lower case, without years in brackets and without accents that news leave out."""
    plain = unicodedata.normalize("NFKD", name.partition(" (")[0]).encode("ascii", "ignore").decode()
    return plain.lower()


def _money(code: str, factor: Decimal = Decimal(1)) -> Unit:
    return Unit(StatisticKind.MONEY, code, factor)
