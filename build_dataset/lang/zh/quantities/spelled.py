"""The value of a row of number characters: 一万零十二, 百三, 三四千, 几十万."""

from decimal import Decimal
from typing import NamedTuple

from build_dataset.extract.numerals import decimals
from build_dataset.lang.zh.quantities.data import QuantityData

LARGEST = Decimal(10) ** 30

_ONE = Decimal(1)
_TEN = Decimal(10)
_LIANG = frozenset("两兩")
_NO_WEIGHT = frozenset("一三两兩")
"""一两 and 三两 name two neighbours, 两两 is two and two."""


class Bounds(NamedTuple):
    """The value; with `high` the two neighbours that are named (三四千), or the bounds of a `vague` one (几十)."""

    low: Decimal | None
    high: Decimal | None = None
    vague: bool = False


class SpelledValues:
    """What rows of number characters stand for."""

    def __init__(self, data: QuantityData) -> None:
        self.digits = decimals(data.digits)
        self.small = decimals(data.small_scales)
        self.large = decimals(data.large_scales)
        self.tens = decimals(data.tens)
        self._large = "".join(self.large)
        self.scales = self.small | self.large
        self.some = frozenset(data.some)

    def valid_end(self, text: str, start: int, end: int) -> int:
        """Where the row ends when what cannot go on is cut off.

        A scale does not follow a smaller one (五十千), and 几 stands once, before a scale or behind 十 or 零.
        """
        before, some = "", False
        for place in range(start, end):
            character = text[place]
            if character == " ":
                continue
            if character in self.some:
                if some or not self._is_some(text, place, end, before):
                    return place
                some = True
            if before in self.small and self.small.get(character, _ONE) >= self.small[before]:
                return place
            before = character
        return end

    def _is_some(self, text: str, place: int, end: int, before: str) -> bool:
        if before:
            return before in self.scales or self.digits.get(before) == 0
        return any(character in self.scales for character in text[place + 1 : min(place + 3, end)])

    def without_weight(self, text: str, start: int, end: int) -> int:
        """三百两: behind a scale 两 is no digit but a weight; behind a digit it is one unless it is 一两, 三两."""
        if end - start < len("二两") or text[end - 1] not in _LIANG:
            return end
        before = text[end - 2]
        if before in self.digits and (before in _NO_WEIGHT or end - start > len("二两")):
            return end
        return end - 1

    def is_row(self, written: str) -> bool:
        """Whether the characters are digits read out one by one (二〇二四)."""
        return len(written) > 1 and all(character in self.digits for character in written)

    def scales_at_end(self, written: str) -> tuple[Decimal, Decimal]:
        """The factor of all scale characters at the end, and of 万 and 亿 alone."""
        scale = large = _ONE
        for character in reversed(written):
            if character not in self.scales:
                break
            scale *= self.scales[character]
            if character in self.large:
                large = scale
        return scale, large

    def factor(self, characters: str) -> Decimal:
        """The product of scale characters."""
        factor = _ONE
        for character in characters.replace(" ", "")[:12]:
            factor *= self.scales[character]
        return factor

    def bounds(self, written: str) -> Bounds:
        """The value, or the two that the characters name: 三四千 is 3000 and 4000, 几十 is 10 and 100."""
        some = next((place for place, character in enumerate(written) if character in self.some), -1)
        if some >= 0:
            return self._vague(written[:some], written[some + 1 :])
        for place in range(len(written) - 1):
            if self._are_neighbours(written, place):
                before, after = written[:place], written[place + 2 :]
                return Bounds(
                    self.value(before + written[place] + after),
                    self.value(before + written[place + 1] + after),
                )
        return Bounds(self.value(written))

    def _are_neighbours(self, written: str, place: int) -> bool:
        first, second = (self.digits.get(character) for character in written[place : place + 2])
        if not first or second is None or (second != first + 1 and (int(first), int(second)) != (3, 5)):
            return False
        beside = written[:place][-1:] + written[place + 2 :][:1]
        return not any(character in self.digits for character in beside)

    def _vague(self, before: str, after: str) -> Bounds:
        """几十 is 10 to 100, 十几万 is 100,000 to 200,000, 一百几十 is 110 to 200."""
        one, two, nine = (self.value(before + digit + after) for digit in "一二九")
        counts = before == "" or after[:1] in self.small
        low = one if counts else self.value(before + after)
        if one is None or two is None or nine is None:
            return Bounds(None)
        return Bounds(low, nine + two - one, vague=True)

    def value(self, written: str) -> Decimal | None:
        """The one number that characters stand for, None where it is beyond all counting."""
        whole = written.rstrip(self._large)
        if self.is_row(whole):  # 二〇二四, 一二七五億
            row = Decimal("".join(str(self.digits[character]) for character in whole))
            return row * self.factor(written[len(whole) :])
        total, section, digit, last = Decimal(0), Decimal(0), None, _ONE
        for character in written:
            if character in self.digits:
                digit = self.digits[character]
                if digit == 0:
                    last = _TEN  # after 零 the next digit stands for itself
            elif character in self.tens:
                section, digit, last = section + self.tens[character], None, _TEN
            elif character in self.small:
                factor = self.small[character]
                section += (digit or _ONE) * factor
                digit, last = None, factor
            else:
                factor = self.large[character]
                section += self._last(digit, last) if section else digit or 0
                if section == 0:
                    total = (total or _ONE) * factor
                elif total and total < factor:
                    total = (total + section) * factor
                else:
                    total += section * factor
                section, digit, last = Decimal(0), None, factor
            if total > LARGEST:
                return None
        return total + section + self._last(digit, last)

    def _last(self, digit: Decimal | None, last: Decimal) -> Decimal:
        """百三 is 130: without 零 the last digit counts tenths of the scale before it."""
        return (digit or Decimal(0)) * (last / _TEN if last > _TEN else _ONE)
