"""What goes on with a run of digits: a vulgar fraction, "point", a power, a power of ten."""

import re
from decimal import Decimal

from build_dataset.extract.numerals import VULGAR_FRACTIONS, vulgar_fraction

_TEN = Decimal(10)
_EXPONENT = re.compile(r"(?:e[-+−]?|E[-+−])\d{1,2}(?![\w.])")
_POWER = re.compile(r"\^(?P<sign>[-+−]{0,2})(?P<exponent>\d{1,2})(?![\w.])")
_VULGAR = re.compile(f"\\s?[{VULGAR_FRACTIONS}]")
_POINT = re.compile(r"\spoint\s(?P<digits>\d{1,6})(?=\s[a-z]*(?:illion|undred|housand|cent)\b|[^\s\w]|$)")
_POWER_OF_TEN = re.compile(r"\s?[×x]\s?10\^?(?P<exponent>[-−–⁻]?(?:[0-9]{1,2}|[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,2}))(?![0-9])")
_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻−–", "0123456789---")


def power_of_ten(text: str, end: int) -> tuple[Decimal, int] | None:
    """× 10^6, × 10−30 (a superscript that lost its place)."""
    match = _POWER_OF_TEN.match(text, end)
    if match is None:
        return None
    exponent = int(match["exponent"].translate(_SUPERSCRIPTS))
    return _TEN**exponent, match.end()


def with_decimals(text: str, value: Decimal, end: int, digits: str) -> tuple[Decimal, int]:
    """A vulgar fraction, or what stands behind "point"."""
    vulgar = _VULGAR.match(text, end)
    if vulgar is not None:
        return value + vulgar_fraction(vulgar.group()[-1]), vulgar.end()
    point = _POINT.match(text, end) if digits.isdecimal() else None
    if point is not None:
        return value + Decimal(f"0.{point['digits']}"), point.end()
    return value, end


def with_power(text: str, value: Decimal, end: int) -> tuple[Decimal, int]:
    """6.02e23, 2.5^-1."""
    exponent = _EXPONENT.match(text, end)
    if exponent is not None:
        return value.scaleb(int(exponent.group()[1:].replace("−", "-"))), exponent.end()
    power = _POWER.match(text, end)
    if power is None or value == 0:
        return value, end
    negative = len(power["sign"].replace("+", "")) % 2
    return value ** (int(power["exponent"]) * (-1 if negative else 1)), power.end()
