"""Chinese numbers: digits with 万 and 亿, number characters, neighbours as a range (三四千)."""

import re
from decimal import Decimal
from typing import NamedTuple

from build_dataset.extract.numerals import DIGIT_RUN, decimals, read_digits
from build_dataset.lang.zh.quantities.data import QuantityData

_PREFIXED = "(?:(?<=千)[瓦克卡帕伏赫米]|(?<=兆)[瓦帕赫字]|(?<=百)帕)"
"""What stands behind a scale character that is the prefix of a unit (千瓦)."""

_ONE = Decimal(1)
_TEN = Decimal(10)
_LARGEST = _TEN**30
LONGEST_SPELLED = 40
"""Characters; a longer row of number characters is no number."""


class Number(NamedTuple):
    """A number at its place, its scale applied; `high` is there where it names two neighbours.

    `scale` is the factor of the scale characters at its end, `large_scale` that of 万 and 亿 among them,
    `digits` the run as printed (empty where it is in characters). `surplus` says that 多 or 余 stands inside,
    `approximate` that 来 does, `implied` that a scale stands without a digit before it (百名), `serial` that the
    characters are a row of digits (二〇二四).
    """

    start: int
    end: int
    value: Decimal
    high: Decimal | None = None
    scale: Decimal = _ONE
    large_scale: Decimal = _ONE
    digits: str = ""
    grouped: bool = False
    broken: bool = False
    surplus: bool = False
    approximate: bool = False
    implied: bool = False
    serial: bool = False

    @property
    def spelled(self) -> bool:
        """Whether it is written in Chinese characters alone."""
        return not self.digits


class NumberReader:
    """Reads the number that starts at a place of the text."""

    def __init__(self, data: QuantityData) -> None:
        self._digits = decimals(data.digits)
        self._small = decimals(data.small_scales)
        self._large = decimals(data.large_scales)
        self._letters = decimals(data.scale_letters)
        self._tens = decimals(data.tens)
        self._scales = self._small | self._large
        self._letter = re.compile(f"[{''.join(self._letters)}](?![A-Za-z0-9])")
        surplus, approximate = "".join(data.surplus), "".join(data.approximate)
        scales, all_digits = "".join(self._scales), "".join(self._digits)
        characters = all_digits + scales + "".join(self._tens)
        self._surplus = surplus
        self.characters = characters
        self._run = re.compile(f"(?:[{characters}]|(?<=[{characters}])[ ](?=[{characters}]))+")
        self._point = re.compile(
            f"[点點](?P<decimals>[{all_digits}]+)(?![{all_digits}分刻钟])(?P<scale>[{scales}]*)"
        )
        self._scale = re.compile(
            f"[ \u00a0]?(?P<vague>[{surplus}{approximate}]?)"
            f"(?P<scale>(?:[{scales}](?!{_PREFIXED}))+|[{scales}]+(?=[{scales}]{_PREFIXED}))"
        )
        self._prefixed = re.compile(_PREFIXED)
        self._counted_scale = re.compile(f"[个個](?P<scale>[{''.join(self._large)}])")
        self._next_group = re.compile(f"[ ]?(?P<digits>[0-9０-９]+(?:\\.[0-9]+)?)[ ]?(?P<scale>[{scales}]+)")

    def read(self, text: str, start: int) -> Number | None:
        """The number that starts at `start`, None where none that could be a quantity does."""
        if text[start].isdecimal() or text[start] in ".．":
            return self._read_digits(text, start)
        return self._read_characters(text, start)

    def _read_digits(self, text: str, start: int) -> Number | None:
        run = DIGIT_RUN.match(text, start)
        if run is None:
            return None
        digits = read_digits(run.group())
        if digits is None or digits.decimal_comma:
            return None
        value, end, scale, vague = digits.value, run.end(), _ONE, ""
        match = self._scale.match(text, end)
        if match is not None:
            scale = self._factor(match["scale"])
            vague = match["vague"]
            value, end = value * scale, match.end()
            value, end = self._more_groups(text, value, end, scale)
        elif (letter := self._letter.match(text, end)) is not None:
            scale = self._letters[letter.group()]
            value, end = value * scale, letter.end()
        elif (counted := self._counted_scale.match(text, end)) is not None:
            scale = self._factor(counted["scale"])
            value, end = value * scale, counted.end()
        if scale > _LARGEST:
            return None
        return Number(
            start,
            end,
            value,
            scale=scale,
            large_scale=scale,
            digits=text[start : run.end()],
            grouped=digits.grouped,
            broken=digits.broken,
            surplus=vague != "" and vague in self._surplus,
            approximate=vague != "" and vague not in self._surplus,
        )

    def _more_groups(self, text: str, value: Decimal, end: int, scale: Decimal) -> tuple[Decimal, int]:
        """5亿1万4千6百: groups of falling scale."""
        while (match := self._next_group.match(text, end)) is not None:
            factor = self._factor(match["scale"])
            digits = read_digits(match["digits"])
            if digits is None or factor >= scale:
                break
            value, end, scale = value + digits.value * factor, match.end(), factor
        return value, end

    def _factor(self, characters: str) -> Decimal:
        factor = _ONE
        for character in characters[:12]:
            factor *= self._scales[character]
        return factor

    def _read_characters(self, text: str, start: int) -> Number | None:
        run = self._run.match(text, start)
        if run is None or run.end() - start > LONGEST_SPELLED:
            return None
        end = run.end()
        if (
            end - start > 1
            and self._prefixed.match(text, end) is not None
            and not (text[end] == "米" and text[end - 2] not in "万亿")
        ):
            end -= 1  # 三十万千瓦
        written = text[start:end].replace(" ", "")
        low, high = self._bounds(written)
        if low is None:
            return None
        scale, large = self._scales_at_end(written)
        serial = len(written) > 1 and all(character in self._digits for character in written) and high is None
        point = self._point.match(text, end)
        if point is not None and high is None:
            decimals = "".join(str(self._digits[character]) for character in point["decimals"])
            factor = self._factor(point["scale"])
            low = (low + Decimal(f"0.{decimals}")) * factor
            scale, large, end = max(scale, factor), factor, point.end()
        vague = self._scale.match(text, end) if end < len(text) and text[end] in self._surplus else None
        surplus = False
        if vague is not None:  # 一千多万
            factor = self._factor(vague["scale"])
            low, high = low * factor, None if high is None else high * factor
            scale, large, end, surplus = scale * factor, large * factor, vague.end(), True
        counted = self._counted_scale.match(text, end)
        if counted is not None:  # 两个亿
            factor = self._factor(counted["scale"])
            low, scale, large, end = low * factor, scale * factor, large * factor, counted.end()
        if max(low, scale, high or low) > _LARGEST:
            return None
        implied = written[0] in self._scales and written[0] not in "十拾"
        return Number(start, end, low, high, scale, large, surplus=surplus, implied=implied, serial=serial)

    def _scales_at_end(self, written: str) -> tuple[Decimal, Decimal]:
        """The factor of all scale characters at the end, and of 万 and 亿 alone."""
        scale = large = _ONE
        for character in reversed(written):
            if character not in self._scales:
                break
            scale *= self._scales[character]
            if character in self._large:
                large = scale
        return scale, large

    def _bounds(self, written: str) -> tuple[Decimal | None, Decimal | None]:
        """The value, or the two neighbours that the characters name: 三四千 is 3000 and 4000."""
        for place in range(len(written) - 1):
            first, second = (self._digits.get(character) for character in written[place : place + 2])
            if (
                first is None
                or second is None
                or first == 0
                or (second != first + 1 and (int(first), int(second)) != (3, 5))
            ):
                continue
            before, after = written[:place], written[place + 2 :]
            if any(character in self._digits for character in (before[-1:], after[:1]) if character):
                continue
            low = self._value(before + written[place] + after)
            high = self._value(before + written[place + 1] + after)
            return low, high
        return self._value(written), None

    def _value(self, written: str) -> Decimal | None:
        if len(written) > 1 and all(character in self._digits for character in written):
            return Decimal("".join(str(self._digits[character]) for character in written))
        total, section, digit, last = Decimal(0), Decimal(0), None, _ONE
        for character in written:
            if character in self._digits:
                digit = self._digits[character]
                if digit == 0:
                    last = _TEN  # after 零 the next digit stands for itself
            elif character in self._tens:
                section, digit, last = section + self._tens[character], None, _TEN
            elif character in self._small:
                factor = self._small[character]
                if digit is None and section and last <= factor:
                    section *= factor  # 十百: no such number, kept finite
                else:
                    section += (_ONE if digit is None else digit) * factor
                digit, last = None, factor
            else:
                factor = self._large[character]
                section += digit or 0
                if section == 0:
                    total = (total or _ONE) * factor
                elif total and total < factor:
                    total = (total + section) * factor
                else:
                    total += section * factor
                section, digit, last = Decimal(0), None, factor
            if total > _LARGEST:
                return None
        if digit is not None:
            section += digit * (last / _TEN if last > _TEN and digit else _ONE)
        return total + section
