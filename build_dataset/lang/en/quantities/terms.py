"""A number with the sign before it, the unit behind it, and its smaller units and rate behind that."""

import re
from decimal import Decimal

from build_dataset.extract.numerals import VULGAR_FRACTIONS, quotient
from build_dataset.extract.units import Unit
from build_dataset.lang.en.quantities.compound import CompoundReader, feet_and_inches
from build_dataset.lang.en.quantities.context import Article
from build_dataset.lang.en.quantities.data import QuantityData
from build_dataset.lang.en.quantities.nouns import NounReader
from build_dataset.lang.en.quantities.numbers import Number, NumberReader
from build_dataset.lang.en.quantities.patterns import alternatives as alternatives
from build_dataset.lang.en.quantities.rates import RateReader
from build_dataset.lang.en.quantities.term import Term as Term
from build_dataset.lang.en.quantities.units import SURPLUS as SURPLUS
from build_dataset.lang.en.quantities.units import UnitReader
from build_dataset.schema import StatisticKind

_ONE = Decimal(1)

NUMBER_AT = re.compile(rf"\d|\.\d|[{VULGAR_FRACTIONS}]|[A-Za-z]")
_MINUS = re.compile(
    r"(?:(?:(?<![\w.,)\]%*])(?<!\d\s)|(?<=\())[-−]|\b(?<!plus or )(?<!plus/)minus[\s-])$", re.IGNORECASE
)
_NEGATIVE = re.compile(r"(?<!\ba\s)(?<!\bthe\s)(?<!\b(?:his|her|its)\s)\bnegative\s$", re.IGNORECASE)
_APART = re.compile(r"\s{0,2}[-−]\s{1,2}$")
_NEXT_WORD = re.compile(r"\s(?P<word>[^\W\d_]+)")
_LETTERS = re.compile(r"[A-Za-z]+")
_ARTICLE = re.compile(r"an?(?=\s)", re.IGNORECASE)
_AND_A_PART = re.compile(r"\sand\s(?:an?\s)?(?P<part>half|quarter|third)\b(?!\sof\b)", re.IGNORECASE)
_BELOW_ZERO = re.compile(r"\sbelow\szero\b", re.IGNORECASE)
_DEGREES = frozenset({"celsius", "degree", "fahrenheit"})
_WITH_RATE = frozenset({StatisticKind.DURATION, StatisticKind.MONEY, StatisticKind.PERCENT})


class TermReader:
    """Reads the term that starts at a place."""

    def __init__(self, data: QuantityData, nouns: NounReader) -> None:
        self._data = data
        self._nouns = nouns
        self._denominators = data.denominators
        self.numbers = NumberReader(data)
        self._tied_number = re.compile(rf"\s(?:{alternatives(data.numbers)})(?=-[a-z])", re.IGNORECASE)
        self._units = UnitReader(data)
        self.rates = RateReader(data, self._units)
        self._compounds = CompoundReader(data, nouns, self._read)
        self.signs = self._units.signs
        self.sign = self._units.sign
        self.unit_word = self._units.word

    def read(self, article: Article, start: int) -> Term | None:
        """The number that starts at `start`, its currency sign included, with its unit, smaller units and rate."""
        term = self._read(article, start)
        return term if term is None or term.unit is None else self._compounds.read(article, term, term.unit)

    def begins_number(self, text: str, start: int) -> bool:
        """Whether digits, a currency sign or a number word stand at a place."""
        if start >= len(text):
            return False
        if text[start].isdecimal() or text[start] in VULGAR_FRACTIONS or self.sign.match(text, start):
            return True
        word = _LETTERS.match(text, start)
        return word is not None and word.group().lower() in self._data.numbers

    def measures_within(self, text: str, start: int, end: int) -> bool:
        """Whether a figure of its own stands in words that another number counts: six two-hour films."""
        return any(
            self.unit_word.match(text, match.end()) is not None
            for match in self._tied_number.finditer(text, start, end)
        )

    def _read(self, article: Article, start: int) -> Term | None:
        """One number with its unit and rate."""
        text = article.text
        sign = self.sign.match(text, start)
        position = sign.end() if sign is not None else start
        if sign is not None and self._is_word(text, start, sign):
            sign, start = None, position  # the dollar 5 percent
        if position >= len(text) or NUMBER_AT.match(text, position) is None:
            return None
        number = self._number(text, position, money=sign is not None)
        if number is None:
            return None
        feet = feet_and_inches(text, number)
        if feet is not None:
            return Term(start, feet.end, number, feet.value, feet.unit)
        unit, end, hyphenated = self._units.read(article, number, sign)
        if number.digits and end == number.end and text[end : end + 1].isalpha():
            return None  # 3D, 787s, 360buy
        if unit is None and number.value == 1 and text[start:end].lower() in ("a", "an"):
            return None
        value = number.value * (unit.factor if unit else 1)
        part = _AND_A_PART.match(text, end) if unit is not None else None
        if part is not None:  # a year and a half
            value += quotient(_ONE, Decimal(self._denominators[part["part"].lower()]))
            end = part.end()
        term = Term(start, end, number, value, unit, hyphenated)
        return self._with_rate(
            text, self._signed(text, term, negative=sign is not None and bool(sign["minus"]))
        )

    def _signed(self, text: str, term: Term, *, negative: bool) -> Term:
        """The term with the sign that stands before it, or the words "below zero" behind it."""
        minus = self._minus(text, term)
        if minus is not None or negative:
            start = minus.start() if minus is not None else term.start
            return term._replace(start=start, value=-term.value)
        below = _BELOW_ZERO.match(text, term.end)
        if below is None or (term.unit is not None and term.unit.name not in _DEGREES):
            return term
        unit = term.unit or Unit(StatisticKind.MEASURE, "degree")
        return term._replace(end=below.end(), value=-term.value, unit=unit)

    def _with_rate(self, text: str, term: Term) -> Term:
        if term.unit is None or term.unit.kind not in _WITH_RATE:
            return term
        rate = self.rates.read(text, term.end)
        return term._replace(per=rate.per, rate_end=rate.end) if rate is not None else term

    def _minus(self, text: str, term: Term) -> re.Match[str] | None:
        """The sign before a number: a dash, "minus"; "negative" where nothing is counted; at the beginning "- 5"."""
        start = term.start
        minus = _MINUS.search(text, max(0, start - len("minus ")), start)
        if minus is not None:
            return minus
        if start < len("  -   "):
            return _APART.match(text, 0, start)
        if text[start - len("e ") : start] != "e ":
            return None
        negative = _NEGATIVE.search(text, max(0, start - len("the negative ")), start)
        if negative is None:
            return None
        if term.unit is not None:
            return negative if term.unit.kind is not StatisticKind.DURATION else None
        return negative if self._nouns.read(text, term.end, len(text)) is None else None

    def _is_word(self, text: str, start: int, sign: re.Match[str]) -> bool:
        """Whether a name of money before a number stands for itself there."""
        if sign["sign"] not in self._data.currency_names_before:
            return False
        number = self.numbers.read(text, sign.end(), money=True)
        if number is None or text[max(0, start - 4) : start].lower() in ("the ", " per"):
            return True
        return (
            self.unit_word.match(text, number.end) is not None
            or self._nouns.read(text, number.end, len(text)) is not None
        )

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
            or self._units.begins_with_symbol(text, end)
            or self._nouns.read(text, end, len(text)) is not None
        )


def _without_resolution(text: str, number: Number) -> Number:
    """8K is a name of a screen: the letter is given back."""
    plain = number.start + len(number.digits)
    if text[plain : number.end] == "K" and number.unscaled < 10 and "." not in number.digits:
        return number._replace(end=plain, value=number.unscaled, scale=_ONE)
    return number
