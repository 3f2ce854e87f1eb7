"""Chinese numbers: digits with 万 and 亿, number characters, neighbours as a range (三四千)."""

import re
from decimal import Decimal
from typing import NamedTuple

from build_dataset.extract.numerals import DIGIT_RUN, Digits, decimals, read_digits
from build_dataset.lang.zh.quantities.data import QuantityData
from build_dataset.lang.zh.quantities.spelled import LARGEST, SpelledValues

_PREFIXED = "(?:(?<=千)[瓦克卡帕伏赫米]|(?<=兆)[瓦帕赫字]|(?<=百)帕)"
"""What stands behind a scale character that is the prefix of a unit (千瓦)."""

_ONE = Decimal(1)
LONGEST_SPELLED = 40
"""Characters; a longer row of number characters is no number."""

_LARGEST_POWER = 24
_SHORTEST_LETTERED = 3
_WIDE_COMMAS = re.compile(r"\d{1,3}(?:，\d{3}){1,4}(?:\.\d{1,2}(?!\d)|(?=[ ]?[美欧日港澳]?元))")
"""82，225.00: commas of the wrong width between thousands, where cents or 元 show that it is one number."""

_POWER = re.compile(r"[eEｅＥ](?P<exponent>[-+－＋]?\d{1,2})(?![A-Za-z0-9])|\^(?P<power>[-−+]?\d{1,2})(?!\d)")


class Number(NamedTuple):
    """A number at its place, its scale applied; `high` is there where it names two neighbours.

    `scale` is the factor of the scale characters at its end, `large_scale` that of 万 and 亿 among them,
    `digits` the run as printed (empty where it is in characters). `surplus` says that 多 or 余 stands inside,
    `approximate` that 来 does, `implied` that a scale stands without a digit before it (百名), `serial` that the
    characters are a row of digits (二〇二四), `vague` that 几 or 数 stands for a digit, `lettered` that the scale is a
    letter (1.2M).
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
    vague: bool = False
    lettered: bool = False

    @property
    def spelled(self) -> bool:
        """Whether it is written in Chinese characters alone."""
        return not self.digits


class Scaled(NamedTuple):
    """Digits with the scale behind them."""

    value: Decimal
    end: int
    scale: Decimal = _ONE
    vague: str = ""
    lettered: bool = False


class NumberReader:
    """Reads the number that starts at a place of the text."""

    def __init__(self, data: QuantityData) -> None:
        self._values = values = SpelledValues(data)
        self._letters = decimals(data.scale_letters)
        self._capitals = decimals(data.scale_capitals)
        letters = "".join(self._letters | self._capitals)
        self._letter = re.compile(f"[ ]?(?P<letter>[{letters}])(?![A-Za-z0-9])")
        surplus, approximate = "".join(data.surplus), "".join(data.approximate)
        scales, all_digits, some = "".join(values.scales), "".join(values.digits), "".join(data.some)
        characters = all_digits + scales + "".join(values.tens)
        self._surplus = surplus
        self.characters = characters
        self.some = f"[{some}](?=[ ]?[{scales}])"
        """A pattern: 几 or 数 before a scale."""
        inside = characters + some
        self._run = re.compile(
            f"(?:[{inside}]|(?<=[{inside}])[ ](?=[{inside}])){{1,{2 * LONGEST_SPELLED + 1}}}"
        )
        self._point = re.compile(
            f"[ ]?[点點][ ]?(?P<decimals>[{all_digits}]{{1,20}}|\\d{{1,6}})(?![{all_digits}\\d十分刻钟])"
            f"(?P<scale>[{scales}]*)"
        )
        self._scale = re.compile(
            f"[ \u00a0]{{0,2}}(?P<vague>[{surplus}{approximate}]?)[ ]?"
            f"(?P<scale>(?:[{scales}](?!{_PREFIXED}))+|[{scales}]+(?=[{scales}]{_PREFIXED}))"
        )
        self._prefixed = re.compile(_PREFIXED)
        self._counted_scale = re.compile(f"[个個](?P<scale>[{''.join(values.large)}])")
        self._next_group = re.compile(
            f"[ ]?(?P<zero>零?)(?P<digits>[0-9０-９]{{1,12}}(?:\\.[0-9]{{1,6}})?)[ ]?(?P<scale>[{scales}]*)"
        )

    def read(self, text: str, start: int) -> Number | None:
        """The number that starts at `start`, None where none that could be a quantity does."""
        if text[start].isdecimal() or text[start] in ".．":
            return self._read_digits(text, start)
        return self._read_characters(text, start)

    # ------------------------------------------------------------ digits

    def _read_digits(self, text: str, start: int) -> Number | None:
        run = _WIDE_COMMAS.match(text, start) or DIGIT_RUN.match(text, start)
        if run is None:
            return None
        wide = run.re is _WIDE_COMMAS
        digits = read_digits(run.group().replace("，", ",") if wide else run.group())
        if digits is None or digits.decimal_comma:
            return None
        scaled = self._scaled(text, start, run.end(), digits)
        if scaled is None or scaled.scale > LARGEST or abs(scaled.value) > LARGEST:
            return None
        vague = scaled.vague
        return Number(
            start,
            scaled.end,
            scaled.value,
            scale=scaled.scale,
            large_scale=scaled.scale,
            digits=text[start : run.end()],
            grouped=digits.grouped,
            broken=digits.broken,
            surplus=vague != "" and vague in self._surplus,
            approximate=vague != "" and vague not in self._surplus,
            lettered=scaled.lettered,
        )

    def _scaled(self, text: str, start: int, end: int, digits: Digits) -> Scaled | None:
        """12.5万, 10w, 1.2M, 3个亿, 1e10."""
        value = digits.value
        if (match := self._scale.match(text, end)) is not None:
            scale = self._values.factor(match["scale"])
            value, end = self._more_groups(text, value * scale, match.end(), scale)
            return Scaled(value, end, scale, match["vague"])
        if (letter := self._letter.match(text, end)) is not None:
            return self._lettered(text, start, end, value, letter)
        if (counted := self._counted_scale.match(text, end)) is not None:
            scale = self._values.factor(counted["scale"])
            return Scaled(value * scale, counted.end(), scale)
        power = _POWER.match(text, end)
        return Scaled(value, end) if power is None else _raised(value, power)

    def _lettered(self, text: str, start: int, end: int, value: Decimal, match: re.Match[str]) -> Scaled:
        """1.2M, -300K: a capital is a scale of a point, a minus, three digits; in 5G it is part of a name."""
        letter = match["letter"]
        small = letter not in self._letters
        run = text[start:end]
        if small and "." not in run and len(run) < _SHORTEST_LETTERED and text[start - 1 : start] != "-":
            return Scaled(value, end)
        scale = self._capitals[letter] if small else self._letters[letter]
        return Scaled(value * scale, match.end(), scale, lettered=small)

    def _more_groups(self, text: str, value: Decimal, end: int, scale: Decimal) -> tuple[Decimal, int]:
        """5亿1万4千6百, 1千零20, 3万4000: groups of falling scale."""
        while (match := self._next_group.match(text, end)) is not None:
            factor = self._values.factor(match["scale"])
            digits = read_digits(match["digits"])
            if digits is None:
                break
            if factor > scale and match["zero"]:  # 2千零30万
                return (value + digits.value) * factor, match.end()
            if factor >= scale:
                break
            whole = match["digits"].isdecimal() and Decimal(10) ** len(match["digits"])
            if factor == 1 and whole != scale and not (match["zero"] and whole < scale):
                break
            value, scale = value + digits.value * factor, factor
            end = match.end() if factor > 1 else match.end("digits")
        return value, end

    # ------------------------------------------------------------ characters

    def _read_characters(self, text: str, start: int) -> Number | None:
        run = self._run.match(text, start)
        if run is None:
            return None
        end = self._values.valid_end(text, start, run.end())
        end = self._values.without_weight(text, start, end)
        if end <= start or end - start > LONGEST_SPELLED:
            return None
        if (
            end - start > 1
            and self._prefixed.match(text, end) is not None
            and not (text[end] == "米" and text[end - 2] not in "万亿")
        ):
            end -= 1  # 三十万千瓦
        written = text[start:end].replace(" ", "")
        low, high, some = self._values.bounds(written)
        if low is None:
            return None
        scale, large = self._values.scales_at_end(written)
        serial = high is None and self._values.is_row(written)
        point = self._point.match(text, end)
        if point is not None and high is None and (not serial or low == 0):
            factor = self._values.factor(point["scale"])
            low = (low + self._decimals(point["decimals"])) * factor
            scale, large, end, serial = max(scale, factor), factor, point.end(), False
        read = Number(start, end, low, high, scale, large, serial=serial, vague=some)
        read = self._with_later_scale(text, read)
        if max(read.value, read.scale, read.high or read.value) > LARGEST:
            return None
        return read._replace(implied=written[0] in self._values.scales and written[0] not in "十拾")

    def _decimals(self, written: str) -> Decimal:
        digits = self._values.digits
        return Decimal(f"0.{''.join(str(digits.get(character, character)) for character in written)}")

    def _with_later_scale(self, text: str, read: Number) -> Number:
        """一千多万, 两个亿: a scale that stands behind something else."""
        vague = self._scale.match(text, read.end)
        surplus = vague is not None and vague["vague"] != "" and vague["vague"] in self._surplus
        if vague is None or not surplus:
            vague = self._counted_scale.match(text, read.end)
        if vague is None:
            return read
        factor = self._values.factor(vague["scale"])
        return read._replace(
            end=vague.end(),
            value=read.value * factor,
            high=None if read.high is None else read.high * factor,
            scale=read.scale * factor,
            large_scale=read.large_scale * factor,
            surplus=surplus,
            serial=False,
        )


def _raised(value: Decimal, match: re.Match[str]) -> Scaled | None:
    """1e10, 2^10."""
    if match["exponent"] is not None:
        exponent = int(match["exponent"].replace("－", "-").replace("＋", "+"))
        return Scaled(value.scaleb(exponent), match.end()) if abs(exponent) <= _LARGEST_POWER else None
    power = int(match["power"].replace("−", "-"))
    if abs(power) > _LARGEST_POWER or value == 0:
        return None
    return Scaled(value**power, match.end())
