"""A number with the unit about it."""

from decimal import Decimal
from typing import NamedTuple

from build_dataset.extract.units import Unit
from build_dataset.lang.en.quantities.numbers import Number


class Term(NamedTuple):
    """A number with the unit about it, which in a range only one of the two terms may carry.

    `start` includes a sign and a currency before the number, `end` the unit behind it. `hyphenated` says that
    a hyphen ties the two (a 60-second video), `per` what it is a rate of, up to `rate_end`.
    """

    start: int
    end: int
    number: Number
    value: Decimal
    unit: Unit | None
    hyphenated: bool = False
    per: str | None = None
    rate_end: int = 0

    @property
    def behind(self) -> int:
        """Where reading goes on."""
        return max(self.end, self.rate_end)

    @property
    def year_like(self) -> bool:
        """Whether it looks like a year of the last centuries."""
        return self.unit is None and self.year_digits and self.value >= 1500

    @property
    def year_digits(self) -> bool:
        """Four digits as a year has them, the Middle Ages included."""
        digits = self.number.digits
        return (
            len(digits) == len("1066") and digits.isdecimal() and self.number.scale == 1 and self.value < 2200
        )
