"""Chinese figures: numbers with measure words, units, qualifiers and what they count."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import NamedTuple

from pydantic import BaseModel, ConfigDict

from build_dataset.document import SegmentedText, StatisticCandidate, Token
from build_dataset.extract.numerals import quotient
from build_dataset.extract.statistics import Figure, Role, assemble
from build_dataset.lang.pack import load_data
from build_dataset.lang.zh.quantities_numbers import Number, NumberReader
from build_dataset.schema import Qualifier, StatisticKind


class QuantityData(BaseModel):
    """`quantities.yaml`; the file's comments say what each list is for."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    digits: dict[str, int]
    small_scales: dict[str, int]
    large_scales: dict[str, int]
    tens: dict[str, int]
    surplus: list[str]
    approximate: list[str]
    scale_letters: dict[str, int]
    currency_signs: dict[str, str]
    currency_names: dict[str, list[str]]
    currency_parts: dict[str, dict[str, Decimal]]
    percent: dict[str, list[str]]
    tenths: str
    not_tenths: str
    discount: str
    not_discounts: str
    durations: dict[str, list[str]]
    not_duration: list[str]
    measures: dict[str, list[str]]
    duration_symbols: dict[str, str]
    speeds: dict[str, str]
    temperature_words: list[str]
    fahrenheit_words: list[str]
    electricity_words: list[str]
    below_zero: list[str]
    times: list[str]
    measure_words: list[str]
    units_themselves: list[str]
    never_spelled: frozenset[str]
    counted_small: frozenset[str]
    noun_tags: frozenset[str]
    passed_over_tags: frozenset[str]
    not_nouns: frozenset[str]
    phrase_verbs: list[str]
    qualifiers: dict[Qualifier, list[str]]
    qualifiers_behind: dict[Qualifier, list[str]]
    recent_behind: list[str]
    labels_before: list[str]
    labels_behind: list[str]
    score_words: list[str]
    rank_words: list[str]
    rank_tails: list[str]
    strength_words: list[str]
    not_behind: list[str]
    titles: str
    length_heads: list[str]
    falls: list[str]
    yearly_growth: list[str]
    shares: list[str]


class Unit(NamedTuple):
    """A unit as it is published; `factor` is what the number is multiplied by (角)."""

    kind: StatisticKind
    name: str
    factor: Decimal = Decimal(1)


class Term(NamedTuple):
    """A number with the unit about it; `start` includes a sign or currency before the number."""

    start: int
    end: int
    number: Number
    low: Decimal
    high: Decimal | None
    unit: Unit | None
    surplus: bool = False
    approximate: bool = False


_HALF_OF_ONE = Decimal("0.5")
_CENT = Decimal("0.01")
_HUNDRED = Decimal(100)
LONGEST_PHRASE = 10
"""Words behind a measure word that are looked at for the noun it measures."""
_BLANK = r"[ \u00a0\u3000]?"
_CLAUSE_END = "，,。；;：:！!？?、（(）)“”「」\n"
_WINDOW = 24
_RANGE = re.compile(rf"{_BLANK}(?P<mark>至|到|和|与|與|跟|[-–—－~～〜]{{1,2}}){_BLANK}")
_BETWEEN = re.compile(rf"{_BLANK}之?[间間]")
_FRACTION = re.compile(rf"{_BLANK}分之{_BLANK}")
_LATIN_BEFORE = re.compile(r"[A-Za-z_@#&/．]|(?<=[A-Za-z0-9])[-–.]|\d")
_LATIN_BEHIND = re.compile(r"[ ]?[A-Za-z_@#]|[-/.]\d|-[A-Za-z]")
_RATIO = re.compile(r"(?P<left>\d{1,4}(?:\.\d+)?)\s?(?:比|[:：∶])\s?(?P<right>\d{1,3}(?:\.\d+)?)(?![\d:：])")
_DASHED = re.compile(r"(?P<left>\d{1,3})\s?[-–]\s?(?P<right>\d{1,3})(?![\d.%％-])")
_SPELLED_RATIO = re.compile(
    r"(?P<left>[一二三四五六七八九十零]{1,3})比(?P<right>[一二三四五六七八九十零]{1,3})"
)
_SMALL_FRACTION = re.compile(r"(?P<over>\d{1,2})[/／](?P<under>\d{1,3})(?![\d/])(?=的|左右|以上)")
_DATE = re.compile(
    r"""
      (?:(?<=公元前)|(?<=公元)|(?<=西元)|(?<=西元前))\s?(?:约\s?)?\d{1,4}年
    | (?:1\d{3}|20\d\d|2[1-9]\d\d) \s?[-—–~～至到/]{1,2}\s? (?:(?:1\d|20)?\d{2})? \s?年 (?!级|以上|多|历史|的历史) (?:\d{1,2}月)?
    | (?:1\d{3}|20\d\d|２０\d\d|１\d{3}) \s?年(?!历史|的历史|以上|多|余|级|之久) (?:度|底|初|末|中)? (?:\s?\d{1,2}\s?月(?:\s?\d{1,2}\s?[日号])?)?
    | (?:1\d{3}|20\d\d) [-/.]\d{1,2}[-/.]\d{1,2} (?:[ T]+\d{1,2}:\d{2}(?::\d{2})?)?
    | [一二][零〇○一二三四五六七八九]{3}年 (?:度|底|初|末|中)?
    | [零〇○一二三四五六七八九]{2}年 (?=[一二三四五六七八九十]{1,2}月|代|初|底|末)
    | (?:0\d|\d\d)年 (?=\d{1,2}月|底|初|末|上半|下半|第|春|夏|秋|冬|[一二三四]季|[Qq]\d)
    | 0\d年
    | (?:1[0-2]|0?[1-9])\s?月(?!龄) (?:份|底|初|末|中旬|上旬|下旬)? (?:\s?\d{1,2}\s?[日号])? (?:\s?[-—–~～至到]+\s?(?:\d{1,2}月)?\d{1,2}\s?[日号])?
    | (?:十[一二]?|[一二三四五六七八九])月(?!龄) (?:份|底|初|末|中旬|上旬|下旬)? (?:[一二三四五六七八九十]{1,3}[日号])?
    | (?:\d{1,2}\s?[-—–~～至到、]\s?)?(?:3[01]|[12]\d|0?[1-9])\s?[日号] (?!内|之内|以内|游|线|楼|院|店|机|车|馆|厅|门|井)
    | (?:[二三]?十[一二三四五六七八九]?|[一二三四五六七八九])[日号] (?!内|之内|以内|游|线|楼)
    | (?:[01]?\d|2[0-4])[:：][0-5]\d(?:[:：][0-5]\d)? (?!\d)
    | (?:[01]?\d|2[0-4])\s?[时時](?:\s?[0-5]?\d分)?(?:许|整)?
    | (?:[01]?\d|2[0-4])点(?![\d一二三四五六七八九])(?:\s?[0-5]?\d分|半|整|钟|许|左右)? (?!以上|要求)
    | (?:1\d|2[01]|[1-9])\s?世纪(?:\d0年代)? | (?:二十一?|十[一二三四五六七八九]?|[一二三四五六七八九])世纪(?:[一二三四五六七八九]十年代)?
    | \d0年代 | [一二三四五六七八九]十年代 | [6-9056]0\s?后 | 00后 | [零七八九]零后
    | [一二三四1-4]季[度报] | 十[一二三四五六]五(?=规划|时期|期间|末|开局|以来|计划|[”」，。、])
    | 1[3-9]\d{9}(?!\d) | 0\d{2,3}-\d{7,8} | 400-\d{3}-?\d{4}
    | [五六七八九]一(?=节|假期|黄金周|长假|国际|小长假|期间|劳动) | 十一(?=假期|黄金周|长假|国庆|期间) | 九一八 | 九一一 | 七七事变
    """,
    re.VERBOSE,
)
_TIME_OF_DAY = re.compile(
    r"(?:上午|下午|凌晨|早上|晚上|中午|清晨|傍晚|深夜|午后|晚间|夜里|早晨|每天|当天|北京时间|[日号])$"
)
_RANK = re.compile(r"第(?P<number>\d{1,4}|[一二三四五六七八九十百]{1,5})")
_HALF_UNIT = re.compile(
    r"半(?P<counter>[个個]?(?:多)?)(?P<unit>年|月|小时|小時|钟头|世纪|公里|米|天|公斤|斤|吨|里)(?![报度决级终])"
)
_HALF_BETWEEN = re.compile(r"[个個]半(?P<unit>小时|小時|月|钟头|鐘頭|世纪|星期|礼拜)")
_HUNDREDTHS = re.compile(r"(?<=秒)(?P<digits>\d{1,2})(?![\d.点:])")
_LIST_OF_ORDINALS = re.compile(
    r"第[\d一二三四五六七八九十]+(?:[、和及与][\d一二三四五六七八九十]+){0,6}[、和及与]$"
)
_HALF = re.compile(r"一半|半数|半數")
_AND_A_HALF = re.compile("半")
_ZERO_BETWEEN = re.compile("(?<=[年月天时分里元])零(?=[一二三四五六七八九])")


class ChineseQuantities:
    """Finds the figures of a Chinese text."""

    def __init__(self, data: QuantityData) -> None:
        self._data = data
        self._numbers = NumberReader(
            data.digits,
            data.small_scales,
            data.large_scales,
            data.tens,
            data.scale_letters,
            "".join(data.surplus),
            "".join(data.approximate),
        )
        self._units = _units(data)
        self._unit = re.compile(
            rf"{_BLANK}(?P<vague>[{''.join(data.surplus + data.approximate)}]?)(?P<unit>{_alternatives(self._units)})"
        )
        self._symbol = re.compile(rf"[ ]?(?P<unit>{_alternatives(data.duration_symbols)})(?![A-Za-z0-9])")
        self._not_duration = re.compile(_alternatives(data.not_duration))
        self._sign = re.compile(
            rf"(?P<sign>{_alternatives(data.currency_signs)}){_BLANK}(?=[\d{self._numbers.characters}])"
        )
        self._measure = re.compile(
            rf"{_BLANK}(?P<vague>[{''.join(data.surplus + data.approximate)}]?){_BLANK}(?P<word>{_alternatives([*data.measure_words, *data.units_themselves])})"
        )
        self._verbs = tuple(data.phrase_verbs)
        self._themselves = frozenset(data.units_themselves)
        self._label_behind = re.compile(rf"{_BLANK}(?:{_alternatives(data.labels_behind)})")
        self._label_before = re.compile(rf"(?:{_alternatives(data.labels_before)}){_BLANK}$")
        self._trigger = re.compile(
            rf"(?:{_alternatives(data.currency_signs)}){_BLANK}(?=\d)|\d|(?<!\d)\.\d|[{self._numbers.characters}]|半"
        )
        self._qualifiers = {
            phrase: qualifier for qualifier, phrases in data.qualifiers.items() for phrase in phrases
        }
        self._qualifier = re.compile(rf"(?:{_alternatives(self._qualifiers)}){_BLANK}$")
        self._longest_qualifier = max(map(len, self._qualifiers))
        self._behind = {
            phrase: qualifier for qualifier, phrases in data.qualifiers_behind.items() for phrase in phrases
        }
        self._qualifier_behind = re.compile(rf"{_BLANK}(?:之?)(?P<phrase>{_alternatives(self._behind)})")
        self._not_behind = re.compile(_alternatives(data.not_behind))
        self._strength = re.compile(_alternatives(data.strength_words))
        self._recent = re.compile(_alternatives(data.recent_behind))
        self._heads = re.compile(rf"(?:{_alternatives(data.length_heads)}){_BLANK}$")
        self._scores = re.compile(_alternatives(data.score_words))
        self._ranks = re.compile(rf"(?:{_alternatives(data.rank_words)})[^，。；,;]{{0,4}}$")
        self._rank_tail = re.compile(_alternatives(data.rank_tails))
        self._titles = re.compile(r"[《〈][^《》〈〉\n]{1,80}[》〉]")
        self._parts = _parts(data)
        self._part = re.compile(
            rf"(?P<digit>[\d{''.join(data.digits)}])(?P<unit>{_alternatives(self._parts)}|分)"
        )
        self._temperature = re.compile(_alternatives(data.temperature_words))
        self._fahrenheit = re.compile(_alternatives(data.fahrenheit_words))
        self._electricity = re.compile(_alternatives(data.electricity_words))
        self._below_zero = re.compile(rf"(?:{_alternatives(data.below_zero)}){_BLANK}$")
        self._speed = re.compile(rf"(?P<word>{_alternatives(data.speeds)})[^，。；,;\d]{{0,4}}$")
        self._growth = re.compile(_alternatives(data.yearly_growth))
        self._fall = re.compile(_alternatives(data.falls))
        self._share = re.compile(rf"(?:{_alternatives(data.shares)})[^，。；,;\d]{{0,10}}$")

    def statistics(self, segmented: SegmentedText) -> list[StatisticCandidate]:
        """Every statistic of the text, in order, none overlapping another."""
        article = _Article(segmented, [match.span() for match in self._titles.finditer(segmented.text)])
        figures: list[Figure] = []
        position = 0
        while (match := self._trigger.search(segmented.text, position)) is not None:
            start = match.start()
            date = _DATE.match(segmented.text, start) if segmented.text[start] != "半" else None
            title_end = article.title_end(start)
            if title_end > start:
                position = title_end
            elif date is not None and self._is_date(segmented.text, date):
                position = date.end()
            else:
                found, end = self._read(article, start)
                figures.extend(found)
                position = max(end, start + 1)
        return assemble(segmented, figures)

    def _is_date(self, text: str, date: re.Match[str]) -> bool:
        """Whether what looks like a date or an hour is one: 3012点 and 上涨30点 are levels of an index."""
        return (
            text[date.start() - 1 : date.start()] not in ("涨", "跌", ".", "升", "降")
            or "点" not in date.group()
        )

    # ------------------------------------------------------------ one place

    def _read(self, article: "_Article", start: int) -> tuple[list[Figure], int]:
        text = article.text
        if _ZERO_BETWEEN.match(text, start):
            return [], start + 1
        for special in (self._rank, self._half, self._ratio_or_score):
            figure, end = special(article, start)
            if end > start:
                return ([figure] if figure else []), end
        if (
            text[start].isascii()
            and start
            and _LATIN_BEFORE.match(text, start - 1)
            and self._sign.match(text, start) is None
        ):
            return [], _end_of_name(text, start)
        first = self._term(article, start)
        if first is None:
            return [], self._end_of_number(text, start)
        if self._label_before.search(text, max(0, start - 4), first.start) and not (
            first.unit and first.number.digits
        ):
            return [], first.end
        connector = _RANGE.match(text, first.end)
        second = self._second(article, first, connector) if connector is not None else None
        if second is None:
            figure = self._figure(article, first, None)
            return ([figure] if figure else []), first.end
        first, second = _share_unit(first, second)
        if first.low > second.low or (first.unit != second.unit):
            pair = [self._figure(article, first, None), self._figure(article, second, None)]
            return [figure for figure in pair if figure is not None], second.end
        figure = self._figure(article, first, second)
        return ([figure] if figure else []), second.end

    def _term(self, article: "_Article", start: int, *, signed: bool = True) -> Term | None:
        text = article.text
        sign = self._sign.match(text, start)
        position = sign.end() if sign is not None else start
        fraction = _SMALL_FRACTION.match(text, position)
        if fraction is not None and 0 < int(fraction["over"]) < int(fraction["under"]):
            value = quotient(Decimal(fraction["over"]), Decimal(fraction["under"]))
            number = Number(position, fraction.end(), value, digits=fraction.group())
            return Term(start, fraction.end(), number, value, None, Unit(StatisticKind.RATIO, ""))
        number = self._numbers.read(text, position)
        if number is None:
            return None
        parts = _FRACTION.match(text, number.end)
        if parts is not None:
            return self._fraction(text, start, number, parts.end())
        if number.spelled and not article.begins_number(position):
            return None
        begin, negative = self._minus(text, start, number) if signed else (start, False)
        unit, end, vague = self._unit_of(article, number, sign)
        factor = (unit.factor if unit else 1) * (-1 if negative else 1)
        low, high = number.value * factor, None if number.high is None else number.high * factor
        if vague == "半":
            low += _HALF_OF_ONE
        hundredths = _HUNDREDTHS.match(text, end) if unit is not None and unit.name == "second" else None
        if hundredths is not None:  # 9秒83
            low, end = low + Decimal(f"0.{hundredths['digits']}"), hundredths.end()
        if unit is not None and unit.kind is StatisticKind.MONEY and high is None:
            low, end = self._smaller_money(text, low, end, unit)
        return Term(
            begin,
            end,
            number,
            low,
            high,
            unit,
            surplus=number.surplus or vague in self._data.surplus,
            approximate=number.approximate or vague in self._data.approximate,
        )

    def _fraction(self, text: str, start: int, under: Number, position: int) -> Term | None:
        """百分之十五, 三分之二."""
        over = self._numbers.read(text, position) if position < len(text) else None
        if over is None or under.value == 0:
            return None
        if under.value == _HUNDRED:
            unit = Unit(StatisticKind.PERCENT, "percent")
            return Term(start, over.end, over._replace(implied=False), over.value, over.high, unit)
        value = quotient(over.value, under.value)
        return Term(start, over.end, over._replace(implied=False), value, None, Unit(StatisticKind.RATIO, ""))

    def _unit_of(
        self, article: "_Article", number: Number, sign: re.Match[str] | None
    ) -> tuple[Unit | None, int, str]:
        text, end = article.text, number.end
        match = self._unit.match(text, end)
        between = _HALF_BETWEEN.match(text, end)
        if between is not None and sign is None:
            return self._units[text[end] + between["unit"]], between.end(), "半"
        if sign is not None:
            return (
                Unit(StatisticKind.MONEY, self._data.currency_signs[sign["sign"]]),
                self._money_end(text, end, match),
                "",
            )
        if match is not None and self._is_unit(article, number, match):
            unit = self._special(text, number, self._units[match["unit"]], match["unit"])
            half = _AND_A_HALF.match(text, match.end())
            if (
                half is not None
                and unit.kind in (StatisticKind.DURATION, StatisticKind.MEASURE)
                and text[half.end() : half.end() + 1] not in ("年", "场", "夜", "导")
            ):
                return unit, half.end(), match["vague"]
            return unit, match.end(), match["vague"]
        if _follows(text, end, self._data.tenths, self._data.not_tenths):
            return Unit(StatisticKind.PERCENT, "percent", Decimal(10)), end + 1, ""
        if _follows(text, end, self._data.discount, self._data.not_discounts):
            return (
                Unit(StatisticKind.PERCENT, "percent", Decimal(10 if number.value < 10 else 1)),
                end + 1,
                "",
            )
        symbol = self._symbol.match(text, end) if number.digits else None
        if symbol is not None:
            return Unit(StatisticKind.DURATION, self._data.duration_symbols[symbol["unit"]]), symbol.end(), ""
        return None, end, ""

    def _money_end(self, text: str, end: int, match: re.Match[str] | None) -> int:
        """¥300元: the name behind belongs to the sign before."""
        if match is not None and self._units[match["unit"]].kind is StatisticKind.MONEY:
            return match.end()
        return end

    def _is_unit(self, article: "_Article", number: Number, match: re.Match[str]) -> bool:
        text, written = article.text, match["unit"]
        unit = self._units[written]
        if (
            written[-1].isascii()
            and written[-1].isalpha()
            and text[match.end() : match.end() + 1].isascii()
            and text[match.end() : match.end() + 1].isalnum()
        ):
            return False
        if unit.kind is StatisticKind.DURATION and self._not_duration.match(text, match.start("unit")):
            return False
        if (
            written == "度"
            and number.spelled
            and number.value < 10
            and not self._temperature.search(text, max(0, number.start - 10), number.start)
        ):
            return False
        if len(written) == 1 and not article.ends_token(match.start("unit"), match.end()):
            return False
        return True

    def _special(self, text: str, number: Number, unit: Unit, written: str) -> Unit:
        """What the words before make of 度 (temperature, electricity) and of a length (speed)."""
        before = max(0, number.start - 14)
        if written == "度":
            if self._fahrenheit.search(text, before, number.start):
                return unit._replace(name="fahrenheit")
            if self._temperature.search(text, before, number.start):
                return unit._replace(name="celsius")
            if self._electricity.search(text, before, number.start):
                return unit._replace(name="kilowatt-hour")
        if unit.name in ("kilometer", "meter"):
            speed = self._speed.search(text, max(0, number.start - 10), number.start)
            if speed is not None:
                return unit._replace(name=f"{unit.name} per {self._data.speeds[speed['word']]}")
        return unit

    def _smaller_money(self, text: str, low: Decimal, end: int, unit: Unit) -> tuple[Decimal, int]:
        """五块六角七分: what follows in smaller coins."""
        while (match := self._part.match(text, end)) is not None:
            part = self._parts.get(match["unit"], unit._replace(factor=_CENT))
            if part.name != unit.name:
                break
            digit = self._data.digits.get(match["digit"])
            low += Decimal(match["digit"] if digit is None else digit) * part.factor
            end = match.end()
        return low, end

    def _minus(self, text: str, start: int, number: Number) -> tuple[int, bool]:
        below = self._below_zero.search(text, max(0, start - 4), start)
        if below is not None:
            return below.start(), True
        before = text[start - 1 : start]
        if before == "负" or before == "負":
            return start - 1, True
        if (
            before in ("-", "−", "－")
            and before
            and not (text[start - 2 : start - 1].isascii() and text[start - 2 : start - 1].isalnum())
            and number.digits
        ):
            return start - 1, True
        return start, False

    def _second(self, article: "_Article", first: Term, connector: re.Match[str]) -> Term | None:
        text, start = article.text, connector.end()
        if start >= len(text) or first.high is not None:
            return None
        if not (
            text[start].isdecimal()
            or text[start] in self._numbers.characters
            or self._sign.match(text, start)
        ):
            return None
        if text[start] in self._numbers.characters and connector.group().strip() in ("-", "–"):
            return None
        second = self._term(article, start, signed=False)
        if second is None or second.high is not None:
            return None
        if connector["mark"] in ("和", "与", "與", "跟") and _BETWEEN.match(text, second.end) is None:
            return None
        if first.unit is not None and second.unit is not None and first.unit.name != second.unit.name:
            return None
        if first.unit is not None and second.unit is None and self._measure.match(text, second.end):
            return None
        return second

    # ------------------------------------------------------------ a figure

    def _figure(self, article: "_Article", low: Term, high: Term | None) -> Figure | None:
        text, last = article.text, high or low
        if last.number.serial or low.number.serial:
            return None
        if _LIST_OF_ORDINALS.search(text, max(0, low.start - 16), low.start):
            return None
        unit = last.unit or low.unit
        named = self._unit.match(text, last.end) if unit is None else None
        if named is not None and self._not_duration.match(text, named.start("unit")):
            return None  # 三个月前, 五年级
        if unit is not None and high is not None:
            unit = self._special(text, low.number, unit, "")
        end = last.end
        measured = None
        if unit is None:
            measured = self._measure.match(text, end)
            if self._label_behind.match(text, end) and not self._is_strength(text, last):
                return None
            if measured is not None and not self._is_measured(article, low, last, measured):
                measured = None
            if measured is not None:
                end = measured.end()
        qualifier = self._qualifier_of(text, low, last, unit, measured, end)
        if unit is not None:
            if not self._is_quantity(article, low, last, unit, qualifier, end):
                return None
            low, last = self._with_half(text, low), self._with_half(text, last)
            return self._build(article, low, high and last, unit, end, qualifier)
        if measured is not None:
            return self._counted(article, low, high, measured, qualifier)
        if not self._is_bare_figure(article, low, last, high is not None, qualifier):
            return None
        return self._build(article, low, high, None, end, qualifier)

    def _is_strength(self, text: str, term: Term) -> bool:
        """6.2级地震, 风力12级."""
        near = self._strength.search(text, max(0, term.start - 8), term.end + 4)
        return text.startswith("级", term.end) and near is not None

    def _with_half(self, text: str, term: Term) -> Term:
        if term.unit is not None and text[term.end - 1 : term.end] == "半":
            return term._replace(low=term.low + _HALF_OF_ONE)
        return term

    def _counted(
        self,
        article: "_Article",
        low: Term,
        high: Term | None,
        measured: re.Match[str],
        qualifier: Qualifier | None,
    ) -> Figure | None:
        """48个视频案例: number and measure word, and the noun behind them as unit."""
        word = measured["word"]
        end = measured.end()
        behind = self._qualifier_behind.match(article.text, end)
        noun_at = behind.end() if behind is not None else end
        noun = None if word in self._themselves and len(word) > 1 else self._noun(article, noun_at)
        if word in ("人", "国", "國") and noun is not None:
            noun = None
        name = noun or word
        unit = Unit(StatisticKind.COUNT, name)
        return self._build(article, low, high, unit, end, qualifier, noun)

    def _is_measured(self, article: "_Article", low: Term, last: Term, measured: re.Match[str]) -> bool:
        """Whether number and measure word count something; 一个 never does."""
        number, word = low.number, measured["word"]
        text = article.text
        if (
            number.implied
            and self._qualifier.search(text, max(0, low.start - self._longest_qualifier - 1), low.start)
            is None
        ):
            return False
        small = number.spelled and last.low < 10 and number.scale == 1
        if small and last.number.high is None and last.low == 1:
            return False
        if small and word in self._data.never_spelled and word not in self._data.counted_small:
            return False
        if number.spelled and word in ("分", "点") and number.scale <= 10:
            return word == "点" and text[low.start - 1 : low.start] in ("有", "下") and last.low < 10
        if (
            small
            and word in self._data.counted_small
            and self._noun(article, measured.end()) is None
            and last.low < 3
        ):
            return False
        if (
            len(word) == 1
            and word not in self._themselves
            and not article.ends_token(measured.start("word"), measured.end())
        ):
            return False
        if (
            word in self._themselves
            and len(word) == 1
            and not article.ends_token(measured.start("word"), measured.end())
        ):
            return False
        return True

    def _is_quantity(
        self, article: "_Article", low: Term, last: Term, unit: Unit, qualifier: Qualifier | None, end: int
    ) -> bool:
        text, number = article.text, low.number
        if number.implied and qualifier is None and unit.kind is not StatisticKind.PERCENT:
            return False
        if number.spelled and number.high is None and last is low and number.value == 1 and number.scale == 1:
            if unit.kind is StatisticKind.PERCENT or unit.kind is StatisticKind.RATIO:
                return True
            if text[last.end - 1] == "半":
                return True
            headed = self._heads.search(text, max(0, low.start - 6), low.start) is not None
            if unit.kind is StatisticKind.DURATION:
                recent = self._recent.match(text, end) is not None
                return (headed or (qualifier is not None and not recent) or low.surplus) and not recent
            return headed or qualifier is not None or (unit.kind is StatisticKind.MONEY and unit.factor == 1)
        return True

    def _is_bare_figure(
        self, article: "_Article", low: Term, last: Term, ranged: bool, qualifier: Qualifier | None
    ) -> bool:
        """Whether a number without measure word or unit says how many: it has 万 or 亿, a point, a qualifier."""
        text, number = article.text, last.number
        if _LATIN_BEHIND.match(text, last.end):
            return False
        following = text[last.end : last.end + 1]
        if number.scale >= 10000 and not number.implied:
            return article.ends_token(number.start, last.end) or not number.spelled
        if number.spelled:
            return (
                number.value >= _HUNDRED
                and not number.implied
                and (qualifier is not None or not following.isalnum())
            )
        if following and following not in _CLAUSE_END and not article.verb_at(last.end) and qualifier is None:
            return False
        if number.grouped or "." in number.digits:
            return True
        if qualifier is not None:
            return number.value >= 10 and (not following.isalnum() or article.verb_at(last.end))
        reached = text[low.start - 1 : low.start] in ("至", "到", "达", "为", "报", "于", "是")
        return reached and number.value >= _HUNDRED and not (1900 <= number.value < 2100)

    def _build(
        self,
        article: "_Article",
        low: Term,
        high: Term | None,
        unit: Unit | None,
        end: int,
        qualifier: Qualifier | None,
        subject: str | None = None,
    ) -> Figure:
        text, last = article.text, high or low
        kind = unit.kind if unit is not None else StatisticKind.COUNT
        number = last.number
        return Figure(
            start=low.start,
            end=end,
            low=low.low,
            high=high.low if high is not None else low.high,
            unit=(unit.name or None) if unit is not None else None,
            kind=kind,
            qualifier=qualifier,
            subject=subject or article.subject(low.start, end),
            role=self._role(article, low.start) if kind is StatisticKind.PERCENT else None,
            printed=number.digits,
            scaled=number.scale >= 1000,
            grouped=number.grouped or low.number.grouped,
            masked="*" in text[low.start : end]
            or (bool(number.digits) and text.startswith("*", number.start + len(number.digits))),
            broken=number.broken or low.number.broken,
        )

    def _qualifier_of(
        self, text: str, low: Term, last: Term, unit: Unit | None, measured: re.Match[str] | None, end: int
    ) -> Qualifier | None:
        behind = self._qualifier_behind.match(text, end)
        if behind is not None and self._not_behind.match(text, behind.start("phrase")) is None:
            return self._behind[behind["phrase"]]
        match = self._qualifier.search(text, max(0, low.start - self._longest_qualifier - 1), low.start)
        if match is not None:
            phrase = match.group().strip(" \u00a0\u3000")
            recent = phrase == "近" and unit is not None and unit.kind is StatisticKind.DURATION
            if not (recent and (self._recent.match(text, end) or text[end : end + 1] in "，,。")):
                if phrase != "上" or low.number.implied:
                    return self._qualifiers[phrase]
        vague = measured["vague"] if measured is not None else ""
        if last.surplus or low.surplus or vague in tuple(self._data.surplus):
            return Qualifier.AT_LEAST
        if last.approximate or (vague and vague in self._data.approximate):
            return Qualifier.ABOUT
        return None

    def _role(self, article: "_Article", start: int) -> Role | None:
        text = article.text
        clause = article.clause_start(start)
        if self._share.search(text, max(clause, start - 16), start):
            return Role.SHARE
        if self._growth.search(text, max(clause, start - 16), start):
            return Role.YEARLY_GROWTH
        return Role.FALL if self._fall.search(text, max(clause, start - 8), start) else None

    def _noun(self, article: "_Article", end: int) -> str | None:
        """The noun phrase behind a measure word: its nouns, adjectives and what stands before 的 left out."""
        tokens = article.tokens
        index = article.token_at(end)
        if index >= len(tokens) or (
            tokens[index].start != end and tokens[index].tag not in self._data.noun_tags
        ):
            return None
        start = stop = -1
        for place in range(index, min(index + LONGEST_PHRASE, len(tokens))):
            token = tokens[place]
            if token.text == "的":
                start = stop = -1
            elif token.tag in self._data.noun_tags and not self._ends_phrase(token.text):
                start = max(token.start, end) if start < 0 else start
                stop = token.end
            elif start >= 0 or token.tag in _BEFORE_DE:
                return self._after_de(article, place) or (article.text[start:stop] if start >= 0 else None)
            elif token.tag not in self._data.passed_over_tags:
                return None
        return article.text[start:stop] if start >= 0 else None

    def _ends_phrase(self, word: str) -> bool:
        if word in self._data.not_nouns or word.startswith(self._verbs):
            return True
        return len(word) > 1 and word[-1] in _BEFORE_FIGURES

    def _after_de(self, article: "_Article", index: int) -> str | None:
        """The noun after 的 where the words up to it describe it (10名参加会议的代表)."""
        tokens = article.tokens
        for place in range(index, min(index + 6, len(tokens))):
            token = tokens[place]
            if token.tag == "x" and not token.text.isalnum():
                return None
            if token.text == "的" and place + 1 < len(tokens):
                words = []
                for following in tokens[place + 1 : place + 5]:
                    if following.tag not in self._data.noun_tags:
                        break
                    words.append(following.text)
                return "".join(words) or None
        return None

    # ------------------------------------------------------------ ranks, halves, scores

    def _rank(self, article: "_Article", start: int) -> tuple[Figure | None, int]:
        """位列第二, 排名第三位; other ordinals are passed over."""
        text = article.text
        if text[start - 1 : start] != "第" or start == 0:
            return None, start
        match = _RANK.match(text, start - 1)
        if match is None:
            return None, start + 1
        end = match.end()
        if self._ranks.search(text, max(0, start - 13), start - 1) is None:
            return None, end
        tail = self._rank_tail.match(text, end)
        if tail is None and text[end : end + 1] not in (*_CLAUSE_END, "的", ""):
            return None, end
        number = self._numbers.read(text, start)
        if number is None:
            return None, end
        stop = tail.end() if tail is not None else end
        subject = article.subject(start - 1, stop)
        return Figure(start - 1, stop, number.value, None, None, StatisticKind.RANK, subject=subject), stop

    def _half(self, article: "_Article", start: int) -> tuple[Figure | None, int]:
        """一半, 半年, 半个月."""
        text = article.text
        whole = _HALF.match(text, start)
        half = _HALF_OF_ONE
        if whole is not None:
            qualifier = self._qualifier_of(
                text, _place(start, whole.end()), _place(start, whole.end()), None, None, whole.end()
            )
            subject = article.subject(start, whole.end())
            return Figure(
                start, whole.end(), half, None, None, StatisticKind.RATIO, qualifier, subject
            ), whole.end()
        if text[start] != "半":
            return None, start
        match = _HALF_UNIT.match(text, start)
        if (
            match is None
            or text[start - 1 : start] in tuple("上下前后大多过夜一二三四五六七八九十")
            and start
        ):
            return None, start + 1
        unit = self._units.get((match["counter"][:1] if match["unit"] == "月" else "") + match["unit"])
        if unit is None:
            return None, start + 1
        if self._not_duration.match(text, match.start("unit")):
            return None, match.end()
        term = _place(start, match.end())
        qualifier = self._qualifier_of(text, term, term, unit, None, match.end())
        if qualifier is None and "多" in match["counter"]:
            qualifier = Qualifier.AT_LEAST
        subject = article.subject(start, match.end())
        return Figure(start, match.end(), half, None, unit.name, unit.kind, qualifier, subject), match.end()

    def _ratio_or_score(self, article: "_Article", start: int) -> tuple[Figure | None, int]:
        """7比3获胜, 比分3:1, 男女比例为3:2."""
        text = article.text
        match = _RATIO.match(text, start) or _DASHED.match(text, start) or _SPELLED_RATIO.match(text, start)
        if match is None or (start and text[start - 1] in "0123456789.:：-"):
            return None, start
        sport = self._scores.search(
            text, max(article.sentence_start(start), start - 24), min(match.end() + 12, len(text))
        )
        dashed = match.re is _DASHED
        if sport is None and (dashed or match.re is _SPELLED_RATIO):
            return None, start
        if dashed and (self._unit.match(text, match.end()) or self._measure.match(text, match.end())):
            return None, start
        left, right = (
            self._numbers.read(text, match.start("left")),
            self._numbers.read(text, match.start("right")),
        )
        if left is None or right is None or left.end != match.end("left"):
            return None, match.end()
        subject = article.subject(start, match.end())
        if sport is not None and max(left.value, right.value) < 200:
            return Figure(
                start, match.end(), left.value, None, None, StatisticKind.SCORE, subject=subject
            ), match.end()
        if right.value == 0:
            return None, match.end()
        value = quotient(left.value, right.value)
        return Figure(
            start, match.end(), value, None, None, StatisticKind.RATIO, subject=subject
        ), match.end()

    def _end_of_number(self, text: str, start: int) -> int:
        if text[start].isdecimal():
            return _end_of_name(text, start)
        end = start
        while end < len(text) and text[end] in self._numbers.characters:
            end += 1
        return max(end, start + 1)


class _Article:
    """A segmented text with what is asked of it again and again."""

    __slots__ = ("_ends", "_sentences", "_starts", "_titles", "text", "tokens")

    def __init__(self, segmented: SegmentedText, titles: list[tuple[int, int]]) -> None:
        self.text = segmented.text
        self.tokens = segmented.tokens
        self._starts = [token.start for token in segmented.tokens]
        self._sentences = [sentence.start for sentence in segmented.sentences]
        self._titles = titles

    def title_end(self, place: int) -> int:
        """Where the book title that holds a place ends, 0 outside of titles."""
        number = bisect_right(self._titles, (place, len(self.text))) - 1
        return self._titles[number][1] if number >= 0 and place < self._titles[number][1] else 0

    def token_at(self, place: int) -> int:
        """The index of the token that holds a place, or of the first one behind it."""
        index = bisect_right(self._starts, place) - 1
        return index if index >= 0 and place < self.tokens[index].end else index + 1

    def begins_number(self, place: int) -> bool:
        """Whether number characters at a place are a word of their own, not part of a name, an adverb, an idiom."""
        index = self.token_at(place)
        if index >= len(self.tokens):
            return True
        token = self.tokens[index]
        if token.start <= place < token.end and _RANGE_OF_CHARACTERS.match(self.text, place):
            return True
        if (
            token.start == place - 1
            and token.text[0] in _BEFORE_NUMBERS
            or self.text[place - 1 : place] == "零"
        ):
            return True
        return token.start == place and token.tag not in _WORDS_WITH_NUMBERS

    def ends_token(self, start: int, end: int) -> bool:
        """Whether the characters up to `end` do not run on into a longer word that begins at `start`."""
        token = self.tokens[min(self.token_at(end - 1), len(self.tokens) - 1)] if self.tokens else None
        if token is None or token.end <= end or token.start < start or token.tag in ("m", "mq", "q", "j"):
            return True
        return token.text == "个人" or len(token.text) > 2 or token.text[-1] in _BEHIND_UNITS

    def verb_at(self, place: int) -> bool:
        index = self.token_at(place)
        return index < len(self.tokens) and self.tokens[index].tag[:1] in ("v", "d", "c", "u", "p")

    def sentence_start(self, place: int) -> int:
        number = bisect_right(self._sentences, place) - 1
        return self._sentences[number] if number >= 0 else 0

    def clause_start(self, place: int) -> int:
        start = place
        while start > 0 and place - start < 60 and self.text[start - 1] not in _CLAUSE_END:
            start -= 1
        return start

    def subject(self, start: int, end: int) -> str | None:
        """The words of the clause up to its verb; where there is none, the clause before."""
        begin = self.clause_start(start)
        for _ in range(2):
            subject = self._subject_between(begin, start)
            if subject is not None or begin < 2 or self.text[begin - 1] not in "，,":
                return subject
            start, begin = begin - 1, self.clause_start(begin - 1)
        return None

    def _subject_between(self, begin: int, start: int) -> str | None:
        index = self.token_at(begin)
        first = last = -1
        while index < len(self.tokens) and self.tokens[index].start < start:
            token = self.tokens[index]
            if token.tag in ("v", "p", "d", "f") and first >= 0:
                break
            if token.tag[:1] in ("n", "j", "l", "e") or token.tag == "vn" or (token.tag == "b" and first < 0):
                first = token.start if first < 0 else first
                last = token.end
            index += 1
        return self.text[first:last] if first >= 0 else None


_WORDS_WITH_NUMBERS = frozenset(
    {"a", "ad", "c", "d", "i", "l", "nr", "ns", "nt", "nz", "r", "v", "vn", "z", "nrt", "nrfg"}
)
_BEFORE_DE = frozenset({"v", "p", "f", "t", "s", "r", "c"})
_BEFORE_FIGURES = "约超近逾仅达"
_RANGE_OF_CHARACTERS = re.compile(
    "[一二两三四五六七八九十百千万亿]{1,6}[至到][一二两三四五六七八九十百千万亿]"
)
_BEFORE_NUMBERS = frozenset("这那近约共有达超仅前后最逾")
_BEHIND_UNITS = frozenset("内后来间中里多半重长高宽深厚")


def _follows(text: str, end: int, word: str, not_before: str) -> bool:
    """Whether a word stands at a place and does not run on into another one."""
    return text.startswith(word, end) and (not text[end + 1 : end + 2] or text[end + 1] not in not_before)


def _place(start: int, end: int) -> Term:
    """A term without number, for what is read from its surroundings alone."""
    return Term(start, end, Number(start, end, Decimal(0), implied=True), Decimal(0), None, None)


def _share_unit(first: Term, second: Term) -> tuple[Term, Term]:
    """100至200元, 3到5亿: a unit or scale that stands once counts for both terms."""
    unit = first.unit or second.unit
    if first.unit is None and unit is not None:
        first = first._replace(unit=unit, low=first.low * unit.factor)
    if second.unit is None and unit is not None:
        second = second._replace(unit=unit, low=second.low * unit.factor)
    if first.end == first.number.end and first.number.scale < second.number.scale:
        raised = first.low * (second.number.scale if first.low < 10 else second.number.large_scale)
        if first.low < raised < second.low:
            first = first._replace(low=raised)
    return first, second


def _end_of_name(text: str, start: int) -> int:
    match = re.compile(r"[A-Za-z0-9０-９]+(?:[-.:/][A-Za-z0-9]+)*").match(text, start)
    return match.end() if match is not None else start + 1


def _alternatives(spellings: Iterable[str]) -> str:
    """A pattern of all spellings, the longest first."""
    return "|".join(
        re.escape(spelling) for spelling in sorted(spellings, key=lambda word: (-len(word), word))
    )


def _units(data: QuantityData) -> dict[str, Unit]:
    units: dict[str, Unit] = {}
    tables: list[tuple[StatisticKind, Mapping[str, list[str]]]] = [
        (StatisticKind.MEASURE, data.measures),
        (StatisticKind.DURATION, data.durations),
        (StatisticKind.PERCENT, data.percent),
        (StatisticKind.MONEY, data.currency_names),
    ]
    for kind, table in tables:
        for name, spellings in table.items():
            units.update({spelling: Unit(kind, name) for spelling in spellings})
    units.update({spelling: Unit(StatisticKind.RATIO, "times") for spelling in data.times})
    return units | _parts(data)


def _parts(data: QuantityData) -> dict[str, Unit]:
    return {
        spelling: Unit(StatisticKind.MONEY, code, factor)
        for code, parts in data.currency_parts.items()
        for spelling, factor in parts.items()
    }


def load() -> ChineseQuantities:
    """The Chinese quantities with their data."""
    return ChineseQuantities(load_data(QuantityData, "zh", "quantities"))
