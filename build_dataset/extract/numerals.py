"""Digits in any script → Decimal, and Decimal → the float that is published.

What spelled numbers mean differs between languages and is behind their packs; what digits mean does not.
"""

import re
import unicodedata
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

MAXIMUM_DIGITS = 18
"""A longer run of digits is an identifier, not a quantity."""

MAXIMUM = Decimal(10) ** 24

_SEPARATORS = str.maketrans("，．٬٫", ",.,.")
_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_GROUPED_INDIAN = re.compile(r"\d{1,2}(?:,\d{2})+,\d{3}(?:\.\d+)?")
_GROUPED_BY_STOPS = re.compile(r"\d{1,3}(?:\.\d{3}){2,}")
_GROUPED_BY_STOPS_WITH_COMMA = re.compile(r"\d{1,3}(?:\.\d{3})+,\d{1,2}")
_PLAIN = re.compile(r"\d*\.?\d+")
_DECIMAL_COMMA = re.compile(r"\d+,\d{1,2}")
_GROUPS_OF_WRONG_LENGTH = re.compile(r"\d{1,3}(?:,\d{3})*,\d{4,}(?:\.\d+)?")

DIGIT_RUN = re.compile(r"\d+(?:(?:[.,．٬٫]|(?<=[０-９])，(?=[０-９]{3}))\d+)*|\.\d+")
"""Digits with the separators between them; `read_digits` says whether they make one number.

A full-width comma parts clauses, so it counts as a separator between full-width digits alone.
"""

VULGAR_FRACTIONS = "¼½¾⅐⅑⅒⅓⅔⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞"


class Digits(NamedTuple):
    """A run of digits as a number.

    `grouped` says that separators stand between the thousands, `decimal_comma` that a comma was taken for a
    decimal point, `broken` that the separators are not where they can be.
    """

    value: Decimal
    grouped: bool = False
    decimal_comma: bool = False
    broken: bool = False


def read_digits(run: str) -> Digits | None:
    """The number that a run of digits and separators stands for.

    Args:
        run: what `DIGIT_RUN` matches, in any script's digits.

    Returns:
        Its reading, None for versions, lists and identifiers (`1.2.3`, `1,2,3`, twenty digits in a row).
    """
    if len(run) > 2 * MAXIMUM_DIGITS:
        return None
    run = run.translate(_SEPARATORS)
    whole, _, _ = run.partition(".")
    if sum(character.isdigit() for character in whole) > MAXIMUM_DIGITS:
        return None
    if _PLAIN.fullmatch(run):
        return Digits(Decimal(run))
    if _GROUPED.fullmatch(run) or _GROUPED_INDIAN.fullmatch(run):
        return Digits(Decimal(run.replace(",", "")), grouped=True)
    if _GROUPED_BY_STOPS.fullmatch(run):
        return Digits(Decimal(run.replace(".", "")), grouped=True)
    if _GROUPED_BY_STOPS_WITH_COMMA.fullmatch(run):
        return Digits(Decimal(run.replace(".", "").replace(",", ".")), grouped=True, decimal_comma=True)
    if _DECIMAL_COMMA.fullmatch(run):
        return Digits(Decimal(run.replace(",", ".")), decimal_comma=True)
    if _GROUPS_OF_WRONG_LENGTH.fullmatch(run):
        return Digits(Decimal(run.replace(",", "")), grouped=True, broken=True)
    return None


def decimals(values: Mapping[str, int]) -> dict[str, Decimal]:
    """Words or characters with their values, as a language's data has them, in exact numbers."""
    return {word: Decimal(value) for word, value in values.items()}


def vulgar_fraction(character: str) -> Decimal:
    """The value of one of `VULGAR_FRACTIONS`."""
    fraction = Fraction(unicodedata.numeric(character)).limit_denominator(10)
    return quotient(Decimal(fraction.numerator), Decimal(fraction.denominator))


def quotient(numerator: Decimal, denominator: Decimal) -> Decimal:
    """`numerator / denominator` to 28 digits; the denominator is not zero."""
    return numerator / denominator


def publishable(value: Decimal) -> float | None:
    """The float to publish, None where the number is beyond anything that is counted or measured."""
    return float(value) if value.is_finite() and abs(value) < MAXIMUM else None
