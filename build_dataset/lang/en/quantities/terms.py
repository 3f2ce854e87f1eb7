"""A number with the sign before it and the unit behind it."""

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import NamedTuple

from build_dataset.extract.numerals import VULGAR_FRACTIONS, quotient
from build_dataset.extract.units import Unit
from build_dataset.lang.en.quantities.context import Article
from build_dataset.lang.en.quantities.data import QuantityData
from build_dataset.lang.en.quantities.nouns import NounReader
from build_dataset.lang.en.quantities.numbers import Number, NumberReader
from build_dataset.schema import StatisticKind

LONGEST_IN_SECONDS = 300
"""A larger number with an `s` is a plural (737s)."""

_ONE = Decimal(1)
_CENT = Decimal("0.01")
_HUNDRED = Decimal(100)

NUMBER_AT = re.compile(rf"\d|\.\d|[{VULGAR_FRACTIONS}]|[A-Za-z]")
SURPLUS = re.compile(r"(?P<more>-?plus|\+)|-?odd")
_MINUS = re.compile(
    r"(?:(?:(?<![\w.,)\]%*])|(?<=\())[-−]|\b(?<!plus or )(?<!plus/)minus[\s-])$", re.IGNORECASE
)
_NEXT_WORD = re.compile(r"\s(?P<word>[^\W\d_]+)")
_NAME_OF_CURRENCY = re.compile(r"\s(?:US|U\.S\.)(?![\w$])(?!\s[A-Z]{2})")
_LETTERS = re.compile(r"[A-Za-z]+")
_ARTICLE = re.compile(r"an?(?=\s)", re.IGNORECASE)
_ARTICLE_BEFORE = re.compile(r"\ban?\s$", re.IGNORECASE)
_ARTICLE_BETWEEN = re.compile(r"\s(?:an?|the)(?=\s)", re.IGNORECASE)
_AND_A_PART = re.compile(r"\sand\sa\s(?P<part>half|quarter|third)\b", re.IGNORECASE)
_RATE = re.compile(r"\s?(?:per|/|an?|a-|-a-|each|every)\s?")


class Term(NamedTuple):
    """A number with the unit about it, which in a range only one of the two terms may carry.

    `start` includes a sign and a currency before the number, `end` the unit behind it. `hyphenated` says that
    a hyphen ties the two (a 60-second video).
    """

    start: int
    end: int
    number: Number
    value: Decimal
    unit: Unit | None
    hyphenated: bool = False

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


class TermReader:
    """Reads the term that starts at a place."""

    def __init__(self, data: QuantityData, nouns: NounReader) -> None:
        self._data = data
        self._nouns = nouns
        self.numbers = NumberReader(data)
        codes = {f"{code}{sign}": code for code in data.currency_codes for sign in ("", "$")}
        self.signs = data.currency_signs | codes
        self.sign = re.compile(rf"(?P<sign>{alternatives(self.signs)})\s?(?=[\d.])")
        self._units = _units(data)
        self._symbols = _symbols(data)
        self.unit_word = _unit_pattern(self._units, data.duration_adjectives)
        self._unit_symbol = re.compile(rf"(?P<gap>\s?|-)(?P<unit>{alternatives(self._symbols)})(?![\w²³/])")
        self._cents = re.compile(rf"(?P<unit>{alternatives(data.cent_letters)})(?!\w)")
        self._rate_unit = re.compile(rf"(?:{alternatives(data.rate_units)})\b", re.IGNORECASE)

    def read(self, article: Article, start: int) -> Term | None:
        """The number that starts at `start`, its currency sign included, with its unit."""
        text = article.text
        sign = self.sign.match(text, start)
        position = sign.end() if sign is not None else start
        if position >= len(text) or NUMBER_AT.match(text, position) is None:
            return None
        number = self._number(text, position, money=sign is not None)
        if number is None:
            return None
        unit, end, hyphenated = self._unit(article, number, sign)
        if number.digits and end == number.end and text[end : end + 1].isalpha():
            return None  # 3D, 787s, 360buy
        value = number.value * (unit.factor if unit else 1)
        part = _AND_A_PART.match(text, end) if unit is not None else None
        if part is not None:  # a year and a half
            value += quotient(_ONE, Decimal(self._data.denominators[part["part"].lower()]))
            end = part.end()
        minus = _MINUS.search(text, max(0, start - len("minus ")), start)
        if minus is not None:
            return Term(minus.start(), end, number, -value, unit, hyphenated)
        return Term(start, end, number, value, unit, hyphenated)

    def begins_number(self, text: str, start: int) -> bool:
        """Whether digits, a currency sign or a number word stand at a place."""
        if start >= len(text):
            return False
        if text[start].isdecimal() or text[start] in VULGAR_FRACTIONS or self.sign.match(text, start):
            return True
        word = _LETTERS.match(text, start)
        return word is not None and word.group().lower() in self._data.numbers

    def _number(self, text: str, start: int, *, money: bool) -> Number | None:
        number = self.numbers.read(text, start, money=money)
        if number is None:
            article = _ARTICLE.match(text, start)  # a week: one, where a unit follows
            return Number(start, article.end(), _ONE, _ONE) if article is not None else None
        if number.digits and number.scale == 1 and text.startswith("m", number.end):
            return (
                self._is_million(text, number.end + 1) and self.numbers.read(text, start, money=True)
            ) or number
        return number if money else _without_resolution(text, number)

    def _is_million(self, text: str, end: int) -> bool:
        """Whether an `m` at digits, ending here, is a million: something that can be counted follows."""
        following = _NEXT_WORD.match(text, end)
        if following is None:
            return False
        if following["word"] == "of":
            return True
        if following["word"].lower() in self._data.length_words:
            return False
        return (
            self.unit_word.match(text, end) is not None
            or self._unit_symbol.match(text, end) is not None
            or self._nouns.read(text, end, len(text)) is not None
        )

    # ------------------------------------------------------------ units

    def _unit(
        self, article: Article, number: Number, sign: re.Match[str] | None
    ) -> tuple[Unit | None, int, bool]:
        """The unit about a number, where it ends, and whether a hyphen ties it to the number."""
        text, end = article.text, number.end
        if sign is not None:
            return self._currency(article, sign), _end_of_money(text, end), False
        between = _ARTICLE_BETWEEN.match(text, end) if number.fraction else None
        if between is not None and (match := self.unit_word.match(text, between.end())) is not None:
            return self._word_unit(article, number, match)  # half an hour
        surplus = SURPLUS.match(text, end) if number.digits else None
        match = self.unit_word.match(text, surplus.end() if surplus is not None else end)
        if match is not None:
            return self._word_unit(article, number, match)
        if surplus is not None or not number.digits:
            return None, end, False
        return self._symbol_unit(text, number)

    def _currency(self, article: Article, sign: re.Match[str]) -> Unit:
        code = self.signs[sign["sign"]]
        if sign["sign"] in "¥￥" and article.speaks_of_yen:
            code = "JPY"
        return Unit(StatisticKind.MONEY, code)

    def _word_unit(
        self, article: Article, number: Number, match: re.Match[str]
    ) -> tuple[Unit | None, int, bool]:
        written = (match["unit"] or match["time"]).lower()
        unit = self._units[" ".join(written.split())]
        hyphenated = match["gap"] == "-"
        if written in ("pound", "pounds") and (hyphenated or self._is_weight(article, number, match.end())):
            unit = Unit(StatisticKind.MEASURE, "pound")
        return *self._with_rate(article.text, unit, match.end()), hyphenated

    def _symbol_unit(self, text: str, number: Number) -> tuple[Unit | None, int, bool]:
        match = self._unit_symbol.match(text, number.end)
        if match is not None and self._is_symbol(text, number, match):
            unit = self._symbols[match["unit"]]
            return *self._with_rate(text, unit, match.end()), match["gap"] == "-"
        cents = self._cents.match(text, number.end)
        if cents is not None:
            return (
                Unit(StatisticKind.MONEY, self._data.cent_letters[cents["unit"]], _CENT),
                cents.end(),
                False,
            )
        return None, number.end, False

    def _with_rate(self, text: str, unit: Unit, end: int) -> tuple[Unit, int]:
        """325,000 barrels per day: a measure takes its rate into the unit."""
        if unit.kind is not StatisticKind.MEASURE or " per " in unit.name:
            return unit, end
        rate = _RATE.match(text, end)
        per = self._rate_unit.match(text, rate.end()) if rate is not None else None
        if per is None:
            return unit, end
        return unit._replace(name=f"{unit.name} per {per.group().lower()}"), per.end()

    def _is_symbol(self, text: str, number: Number, match: re.Match[str]) -> bool:
        """Whether letters behind a number are a unit here and not a name or a plural."""
        symbol = match["unit"]
        if match["gap"] == " " and symbol in self._data.attached_symbols:
            return False
        if symbol != "s":
            return True
        if number.value > LONGEST_IN_SECONDS:
            return False
        decade = number.value % 10 == 0 and number.value < _HUNDRED  # the 60s, but a 60s video
        return not decade or _ARTICLE_BEFORE.search(text, max(0, number.start - 4), number.start) is not None

    def _is_weight(self, article: Article, number: Number, end: int) -> bool:
        """Whether pounds are a weight: no sum of millions, no word of money near."""
        if article.text.startswith(" of ", end):
            return True
        if number.scale > 1000:
            return False
        begin = max(article.sentence_start(number.start), number.start - 60)
        near = article.text[begin : min(end + 30, article.sentence_end(number.start))].lower()
        return not self._data.pound_money_words.intersection(_LETTERS.findall(near))


def _without_resolution(text: str, number: Number) -> Number:
    """8K is a name of a screen: the letter is given back."""
    plain = number.start + len(number.digits)
    if text[plain : number.end] == "K" and number.unscaled < 10 and "." not in number.digits:
        return number._replace(end=plain, value=number.unscaled, scale=_ONE)
    return number


def _end_of_money(text: str, end: int) -> int:
    """$76 US: the name of the currency behind belongs to the sign before."""
    match = _NAME_OF_CURRENCY.match(text, end)
    return match.end() if match is not None else end


def alternatives(spellings: Iterable[str]) -> str:
    """A pattern of all spellings, the longest first, a hyphen or blank of any width for a blank."""
    ordered = sorted(spellings, key=lambda spelling: (-len(spelling), spelling))
    return "|".join(re.escape(spelling).replace(r"\ ", r"[\s-]") for spelling in ordered)


def _units(data: QuantityData) -> dict[str, Unit]:
    units = data.units()
    for code, spellings in data.currency_cents.items():
        units.update({spelling: Unit(StatisticKind.MONEY, code, _CENT) for spelling in spellings})
    units.update({code.lower(): Unit(StatisticKind.MONEY, code) for code in data.currency_codes})
    units.update({sign: Unit(StatisticKind.MONEY, code) for sign, code in data.trailing_signs.items()})
    return units | {spelling.replace(" ", "-"): unit for spelling, unit in units.items() if " " in spelling}


def _symbols(data: QuantityData) -> dict[str, Unit]:
    durations = data.duration_symbols
    return {
        symbol: Unit(StatisticKind.DURATION if symbol in durations else StatisticKind.MEASURE, name)
        for symbol, name in data.symbols.items()
    }


def _unit_pattern(units: Mapping[str, Unit], adjectives: Iterable[str]) -> re.Pattern[str]:
    """Behind a number: a unit in words, for lengths of time with an adjective between."""
    times = (spelling for spelling, unit in units.items() if unit.kind is StatisticKind.DURATION)
    return re.compile(
        rf"(?P<gap>\s{{0,2}}|-)(?:(?P<unit>{alternatives(units)})(?![^\W_])"
        rf"|(?:{alternatives(adjectives)})\s(?P<time>{alternatives(times)})(?![^\W_]))",
        re.IGNORECASE,
    )
