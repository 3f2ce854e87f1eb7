"""How many of one unit another one is, from the unit library."""

from decimal import Decimal
from functools import cache
from typing import Any

_DIGITS = 24
"""Significant digits of a ratio: what is beyond comes of dividing."""


@cache
def conversion(unit: str, into: str) -> Decimal | None:
    """How many units `into` a `unit` is; None where they measure different things or one is unknown."""
    import pint

    try:
        ratio = _registry().Quantity(Decimal(1), unit.replace(" ", "_")).to(into.replace(" ", "_")).magnitude
    except (pint.DimensionalityError, pint.UndefinedUnitError):
        return None
    return Decimal(f"{Decimal(ratio):.{_DIGITS}g}")


@cache
def _registry() -> Any:
    import pint

    return pint.UnitRegistry(non_int_type=Decimal)
