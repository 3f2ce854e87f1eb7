"""The unit behind a number or the currency before it."""

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import NamedTuple

from build_dataset.extract.units import Unit
from build_dataset.lang.en.quantities.context import Article
from build_dataset.lang.en.quantities.currencies import currencies
from build_dataset.lang.en.quantities.data import QuantityData
from build_dataset.lang.en.quantities.measures import measures, symbols
from build_dataset.lang.en.quantities.namesakes import Namesakes
from build_dataset.lang.en.quantities.numbers import Number
from build_dataset.lang.en.quantities.patterns import alternatives
from build_dataset.schema import StatisticKind

LONGEST_IN_SECONDS = 300
"""A larger number with an `s` is a plural (737s)."""

LONGEST_PARAGRAPH = 2000
"""Characters before a mark of inches that are searched for a quotation that it could close."""

_CENT = Decimal("0.01")
_HUNDRED = Decimal(100)
_DIVISIBLE = frozenset({StatisticKind.MEASURE, StatisticKind.PERCENT})
_INCH = Unit(StatisticKind.MEASURE, "inch")

SURPLUS = re.compile(r"(?P<more>-?plus|\+)|-?odd")
_NAME_OF_CURRENCY = re.compile(r"\s(?:(?:US|U\.S\.)(?![\w$])(?!\s[A-Z]{2})|(?:dollars|euros)\b)")
_SCALE_BEHIND = re.compile(r"\s(?P<word>thousand|million|billion|trillion)\b", re.IGNORECASE)
_LETTERS = re.compile(r"[A-Za-z]+")
_LARGE_SUM = (
    r"(?=\d{1,3}(?:,\d{3})+(?![,\d])|\d{1,3}(?:\.\d{1,3})?(?:\s?(?:m|b|bn|mn|tn|trn)|\s(?:m|b|tr)illion)\b)"
)
"""What must stand behind a single letter that is a sign of money: N17 billion, R5,000."""

_ARTICLE_BEFORE = re.compile(r"\ban?\s$", re.IGNORECASE)
_ARTICLE_BETWEEN = re.compile(
    r"\s{1,2}(?:(?P<of>of\s)?(?:an?|the)|(?P<one>of\s)(?:1|one))(?=[\s%])", re.IGNORECASE
)
_NOUN_BEHIND = re.compile(r"\s(?P<word>[a-z]+)\b")
_RATE = re.compile(r"\s?(?:per|/|an?|a-|-a-|each|every)\s?")
_SQUARED = re.compile(r"\^?(?P<power>[23²³])(?![\w])|\s(?P<word>squared|cubed)\b")
_IN_BRACKETS = {"(": ")", "[": "]", "{": "}", "<": ">"}
_INCHES = re.compile(
    r"\s\"(?=\s(?:thick|wide|long|tall|high|deep)\b)|\sin(?=[.)]|$|\s(?:thick|wide|long|tall|high|deep|in\sdiameter|x|×)\b)"
)
_DEGREES = re.compile(r"\s?(?P<scale>[CF])(?![\w/])")


class UnitAt(NamedTuple):
    """A unit, if there is one, where it ends, and whether a hyphen ties it to its number (a 60-second video)."""

    unit: Unit | None
    end: int
    hyphenated: bool = False


class UnitReader:
    """Reads the unit about a number."""

    def __init__(self, data: QuantityData) -> None:
        self._data = data
        money = currencies(data)
        self._namesakes = Namesakes(data, money.countries)
        self._shared = {**money.shared, **data.shared_signs}
        self.signs = money.signs
        long_signs = alternatives(sign for sign in self.signs if sign not in data.letter_signs)
        self.sign = re.compile(
            rf"(?P<sign>{long_signs}|(?:{alternatives(data.letter_signs)}){_LARGE_SUM})"
            r"\s{0,2}(?:(?<!\w)(?P<minus>[-−]))?(?=\.?\d)"
        )
        self._codes = {**money.codes, **{code: money.signs[code] for code in data.small_currency_codes}}
        self._code = re.compile(rf"(?:\s{{0,2}}|-)(?P<unit>{alternatives(self._codes)})(?![^\W_])")
        self.units = _with_hyphens({**money.names, **measures(data)})
        self.word = _unit_pattern(self.units, data.duration_adjectives)
        self._symbols = symbols(data)
        self._symbol = re.compile(rf"(?P<gap>\s{{0,2}}|-)(?P<unit>{alternatives(self._symbols)})(?![\w²³])")
        self._in_brackets = re.compile(
            rf"\s?(?P<open>[(\[{{<])(?P<unit>{alternatives(one for one in self._symbols if len(one) > 1)})"
            r"(?P<close>[)\]}>])"
        )
        self._cents = re.compile(rf"(?P<unit>{alternatives(data.cent_letters)})(?!\w)")
        self._rate_word = re.compile(rf"(?:{alternatives(data.rate_units)})\b", re.IGNORECASE)
        self._rate_symbol = re.compile(
            rf"/\s?(?P<unit>{alternatives({*self._symbols, *data.rate_symbols})})(?![\w²³/])"
        )

    def read(self, article: Article, number: Number, sign: re.Match[str] | None) -> UnitAt:
        """The unit about a number."""
        text, end = article.text, number.end
        if sign is not None:
            return UnitAt(self._currency(article, sign), _end_of_money(text, end))
        between = _ARTICLE_BETWEEN.match(text, end) if number.fraction else None
        if between is not None and (match := self.word.match(text, between.end())) is not None:
            found = self._word_unit(article, number, match)  # half an hour, a tenth of a gallon
            if (between["of"] or between["one"]) is None or (
                found.unit is not None and found.unit.kind in _DIVISIBLE
            ):
                return found
        surplus = SURPLUS.match(text, end) if number.digits else None
        match = self.word.match(text, surplus.end() if surplus is not None else end)
        if match is not None:
            return self._word_unit(article, number, match)
        code = self._code.match(text, end)
        if code is not None:
            return self._with_scale(text, self._codes[code["unit"]], number, code.end())
        if surplus is not None or not number.digits:
            return UnitAt(None, end)
        return self._symbol_unit(article, number)

    def begins_with_symbol(self, text: str, end: int) -> bool:
        """Whether a symbol of a unit stands at a place."""
        return self._symbol.match(text, end) is not None

    def name(self, text: str, start: int) -> tuple[str, int] | None:
        """The unit of measure or of time in words that stands at a place, and where it ends."""
        match = self.word.match(text, start)
        if match is None or match["unit"] is None or match["gap"]:
            return None
        unit = self.units[" ".join(match["unit"].lower().split())]
        counts = unit.kind in (StatisticKind.MEASURE, StatisticKind.DURATION)
        return (unit.name, match.end()) if counts else None

    def _currency(self, article: Article, sign: re.Match[str]) -> Unit:
        unit = self.signs[sign["sign"]]
        if sign["sign"] in "¥￥" and article.speaks_of_yen:
            return unit._replace(name="JPY")
        return self._of_country(article, unit, sign["sign"])

    def _of_country(self, article: Article, unit: Unit, spelling: str) -> Unit:
        """The unit of money that the article speaks of, where several countries call theirs so."""
        noun = self._shared.get(spelling)
        if noun is None:
            return unit
        if noun not in article.money:
            article.money[noun] = self._namesakes.code(article.text, noun)
        code = article.money[noun]
        return unit if code is None else unit._replace(name=code)

    def _with_scale(self, text: str, unit: Unit, number: Number, end: int) -> UnitAt:
        """75 USD million: the scale behind the currency."""
        scale = _SCALE_BEHIND.match(text, end) if number.scale == 1 else None
        if scale is None:
            return UnitAt(unit, end)
        factor = unit.factor * self._data.scales[scale["word"].lower()]
        return UnitAt(unit._replace(factor=factor), scale.end())

    def _word_unit(self, article: Article, number: Number, match: re.Match[str]) -> UnitAt:
        written = (match["unit"] or match["time"]).lower()
        unit = self._of_country(article, self.units[" ".join(written.split())], written)
        if not unit.name:
            return UnitAt(None, number.end)
        hyphenated = match["gap"] == "-"
        if written in ("pound", "pounds") and (hyphenated or self._is_weight(article, number, match.end())):
            unit = Unit(StatisticKind.MEASURE, "pound")
        return self._with_rate(article.text, unit, match.end(), hyphenated=hyphenated)

    def _symbol_unit(self, article: Article, number: Number) -> UnitAt:
        text, end = article.text, number.end
        match = self._symbol.match(text, end)
        if match is not None and self._is_symbol(text, number, match):
            unit = self._symbols[match["unit"]]
            found = self._with_rate(text, unit, match.end(), hyphenated=match["gap"] == "-")
            if found.end > match.end() or not text.startswith("/", match.end()):
                return found
        cents = self._cents.match(text, end)
        if cents is not None and not text.startswith("/", cents.end()):
            code = self._data.cent_letters[cents["unit"]]
            return UnitAt(Unit(StatisticKind.MONEY, code, _CENT), cents.end())
        return self._unusual_symbol(article, number)

    def _unusual_symbol(self, article: Article, number: Number) -> UnitAt:
        """20 (kg), 9", 2 in thick, 30C where the weather is spoken of."""
        text, end = article.text, number.end
        bracket = self._in_brackets.match(text, end)
        if bracket is not None and bracket["close"] == _IN_BRACKETS[bracket["open"]]:
            return UnitAt(self._symbols[bracket["unit"]], bracket.end())
        inches = _INCHES.match(text, end)
        if inches is not None:
            return UnitAt(_INCH, inches.end())
        for mark in ('"', "''"):
            if text.startswith(mark, end) and not _is_quoted(text, end, mark):
                return UnitAt(_INCH, end + len(mark))
        degrees = _DEGREES.match(text, end)
        if degrees is not None and self._is_temperature(article, number, degrees.end()):
            name = "celsius" if degrees["scale"] == "C" else "fahrenheit"
            return UnitAt(Unit(StatisticKind.MEASURE, name), degrees.end())
        return UnitAt(None, end)

    def _with_rate(self, text: str, unit: Unit, end: int, *, hyphenated: bool) -> UnitAt:
        """325,000 barrels per day, 50 km/ms: a measure takes its rate into the unit; 4 km squared its power."""
        if unit.kind is not StatisticKind.MEASURE or " per " in unit.name:
            return UnitAt(unit, end, hyphenated)
        power = _SQUARED.match(text, end)
        if power is not None and unit.name in self._data.lengths:
            square = (power["power"] or power["word"]) in ("2", "²", "squared")
            unit = unit._replace(name=f"{'square' if square else 'cubic'} {unit.name}")
            end = power.end()
        symbol = self._rate_symbol.match(text, end)
        if symbol is not None:
            per = self._data.rate_symbols.get(symbol["unit"]) or self._symbols[symbol["unit"]].name
            return UnitAt(unit._replace(name=f"{unit.name} per {per}"), symbol.end(), hyphenated)
        rate = _RATE.match(text, end)
        word = self._rate_word.match(text, rate.end()) if rate is not None else None
        if word is None:
            return UnitAt(unit, end, hyphenated)
        return UnitAt(unit._replace(name=f"{unit.name} per {word.group().lower()}"), word.end(), hyphenated)

    def _is_symbol(self, text: str, number: Number, match: re.Match[str]) -> bool:
        """Whether letters behind a number are a unit here and not a name or a plural."""
        symbol = match["unit"]
        if match["gap"].isspace() and (symbol in self._data.attached_symbols or len(match["gap"]) > 1):
            return False
        if match["gap"].isspace() and len(symbol) == 1 and text[match.end() : match.end() + 1] == "-":
            return False  # 300 L-series
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
        if number.value > 1 and article.text[end - len("pound") : end].lower() == "pound":
            noun = _NOUN_BEHIND.match(article.text, end)
            if noun is not None and noun["word"] not in self._data.pound_nouns | self._data.phrase_ends:
                return True  # a twenty pound bag
        return self._data.pound_money_words.isdisjoint(_words_near(article, number, end))

    def _is_temperature(self, article: Article, number: Number, end: int) -> bool:
        """Whether C and F are degrees: a minus before the number, or a word of the weather near."""
        if article.text[max(0, number.start - 1) : number.start] in ("-", "−", "+"):
            return not article.text[max(0, number.start - 2) : number.start - 1].isalnum()
        return not self._data.temperature_words.isdisjoint(_words_near(article, number, end))


def _words_near(article: Article, number: Number, end: int) -> list[str]:
    begin = max(article.sentence_start(number.start), number.start - 60)
    return _LETTERS.findall(article.text[begin : min(end + 30, article.sentence_end(number.start))].lower())


def _is_quoted(text: str, end: int, mark: str) -> bool:
    """Whether a straight quotation mark here closes a quotation of its paragraph."""
    begin = max(text.rfind("\n", 0, end) + 1, end - LONGEST_PARAGRAPH)
    opened = text.count(mark, begin, end) + text.count("``", begin, end)
    return opened % 2 == 1 or text.startswith(mark[0], end + len(mark))


def _end_of_money(text: str, end: int) -> int:
    """$76 US: the name of the currency behind belongs to the sign before."""
    match = _NAME_OF_CURRENCY.match(text, end)
    return match.end() if match is not None else end


def _with_hyphens(units: Mapping[str, Unit]) -> dict[str, Unit]:
    hyphenated = {name.replace(" ", "-"): unit for name, unit in units.items() if " " in name}
    return {**units, **hyphenated}


def _unit_pattern(units: Mapping[str, Unit], adjectives: Iterable[str]) -> re.Pattern[str]:
    """Behind a number: a unit in words, for lengths of time with an adjective between."""
    times = (spelling for spelling, unit in units.items() if unit.kind is StatisticKind.DURATION)
    return re.compile(
        rf"(?P<gap>\s{{0,2}}|-)(?:(?P<unit>{alternatives(units)})(?![^\W_])"
        rf"|(?:{alternatives(adjectives)})\s(?P<time>{alternatives(times)})(?![^\W_]))",
        re.IGNORECASE,
    )
