"""Money in coins and in spoken words: 五块六角七分, 一块二, 三块零四, 两毛五."""

import re
from decimal import Decimal

from build_dataset.extract.units import Unit
from build_dataset.lang.zh.quantities.data import QuantityData
from build_dataset.lang.zh.quantities.units import alternatives
from build_dataset.schema import StatisticKind

_HUNDRED = Decimal(100)
_CENT = Decimal("0.01")
_TENTH = Decimal("0.1")


class MoneyReader:
    """Reads what follows a sum in smaller coins, and whether 块 is money."""

    def __init__(self, data: QuantityData) -> None:
        self._digits = data.digits
        self._loose = data.loose_money
        self._parts = {
            spelling: Unit(StatisticKind.MONEY, code, factor)
            for code, parts in (data.currency_parts | {"": data.coins}).items()
            for spelling, factor in parts.items()
        }
        digit = rf"[\d{''.join(data.digits)}]"
        self._part = re.compile(rf"又?(?P<zero>零?)(?P<digit>{digit})(?P<unit>{alternatives(self._parts)})")
        spoken = alternatives([*data.spoken_money, *self._parts])
        self._spoken = re.compile(
            rf"(?<=[{''.join({word[-1] for word in [*data.spoken_money, *self._parts]})}])"
            rf"(?P<zero>零?)(?P<digit>{digit})(?=[至到]|(?![\w%％.．]|[，,]\d))"
        )
        self._ends_spoken = re.compile(rf"(?:{spoken})$")
        self._behind = re.compile(
            alternatives(word for words in data.qualifiers_behind.values() for word in words)
        )
        self._money_words = re.compile(alternatives(data.money_words))

    def smaller(self, text: str, low: Decimal, end: int, unit: Unit) -> tuple[Decimal, int]:
        """The sum with what follows it in smaller coins of the same currency."""
        factor = unit.factor
        while (match := self._part.match(text, end)) is not None:
            part = self._parts[match["unit"]]
            if part.name not in ("", unit.name) or part.factor >= factor:
                break
            low += self._value(match["digit"]) * part.factor
            factor, end = part.factor, match.end()
        spoken = self._spoken.match(text, end) if factor > _CENT else None
        if spoken is None or self._ends_spoken.search(text, max(0, end - 2), end) is None:
            return low, end
        return low + self._value(spoken["digit"]) * factor * (
            _CENT if spoken["zero"] else _TENTH
        ), spoken.end()

    def is_money(self, text: str, start: int, value: Decimal, end: int) -> bool:
        """两万块, 一块二毛, 花了30块: but not 30块芯片, 一块纸片; `end` is behind 块."""
        if self.goes_on(text, end):
            return True
        alone = not text[end : end + 1].isalnum() or self._behind.match(text, end) is not None
        priced = value >= _HUNDRED or value % 1 != 0 or self.spends(text, start)
        return alone and value > 1 and priced

    def goes_on(self, text: str, end: int) -> bool:
        """Whether smaller coins stand behind a sum, named or not (七毛五)."""
        return self._part.match(text, end) is not None or self._spoken.match(text, end) is not None

    def spends(self, text: str, start: int) -> bool:
        """Whether a word of money stands before a place."""
        return self._money_words.search(text, max(0, start - 10), start) is not None

    def _value(self, digit: str) -> Decimal:
        return Decimal(self._digits.get(digit, digit))
