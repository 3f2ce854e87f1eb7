"""English figures: numbers with their units, qualifiers and what they count."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from pydantic import BaseModel, ConfigDict

from build_dataset.document import SegmentedText, StatisticCandidate
from build_dataset.extract.numerals import VULGAR_FRACTIONS, quotient
from build_dataset.extract.statistics import Figure, Role, assemble
from build_dataset.lang.en.quantities_nouns import NounReader
from build_dataset.lang.en.quantities_numbers import Number, NumberReader
from build_dataset.lang.pack import load_data
from build_dataset.schema import Qualifier, StatisticKind


class QuantityData(BaseModel):
    """`quantities.yaml`; the file's comments say what each list is for."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    numbers: dict[str, int]
    scales: dict[str, int]
    scale_letters: dict[str, int]
    money_scale_letters: dict[str, int]
    dozens: dict[str, int]
    denominators: dict[str, int]
    ordinals: dict[str, int]
    currency_signs: dict[str, str]
    trailing_signs: dict[str, str]
    currency_codes: list[str]
    currency_names: dict[str, list[str]]
    currency_cents: dict[str, list[str]]
    cent_letters: dict[str, str]
    percent: dict[str, list[str]]
    durations: dict[str, list[str]]
    duration_adjectives: list[str]
    measures: dict[str, list[str]]
    symbols: dict[str, str]
    attached_symbols: frozenset[str]
    duration_symbols: frozenset[str]
    length_words: frozenset[str]
    rate_units: list[str]
    pound_money_words: frozenset[str]
    street_words: list[str]
    qualifiers: dict[Qualifier, list[str]]
    qualifiers_behind: dict[Qualifier, list[str]]
    months: list[str]
    weekdays: list[str]
    labels: frozenset[str]
    age_words: frozenset[str]
    date_words_behind: list[str]
    age_verbs: frozenset[str]
    person_pronouns: frozenset[str]
    people: frozenset[str]
    score_words: frozenset[str]
    rank_verbs: frozenset[str]
    rank_places: frozenset[str]
    rank_nouns: frozenset[str]
    rank_heads: frozenset[str]
    rank_scopes: frozenset[str]
    idioms: list[str]
    phrase_ends: frozenset[str]
    irregular_plurals: dict[str, str]
    singulars: dict[str, str]
    no_plurals: frozenset[str]
    attributive_plurals: frozenset[str]
    verbs_in_s: frozenset[str]
    figure_verbs: frozenset[str]
    falls: frozenset[str]
    yearly_growth: list[str]
    changes: frozenset[str]
    wholes: frozenset[str]
    duration_heads: frozenset[str]


class Unit(NamedTuple):
    """A unit as it is published; `factor` is what the number is multiplied by (cents)."""

    kind: StatisticKind
    name: str
    factor: Decimal = Decimal(1)


class Term(NamedTuple):
    """A number with the unit about it, which in a range only one of the two terms may carry.

    `start` includes a sign and a currency before the number, `end` the unit behind it.
    """

    start: int
    end: int
    number: Number
    value: Decimal
    unit: Unit | None
    hyphenated: bool = False


class Words(NamedTuple):
    """The words before a place, the nearest first, as written, and whether a sentence begins with the first of them."""

    words: tuple[str, ...]
    lower: tuple[str, ...]

    def at(self, index: int) -> str:
        """The word that many places before, in lower case, empty where the sentence begins."""
        return self.lower[index] if index < len(self.lower) else ""


_CENT = Decimal("0.01")
_HUNDRED = Decimal(100)
_WORD_OR_MARK = re.compile(r"[^\W\d_](?:[\w.&]*\w|\.(?=\s[a-z]))?(?:['’][^\W\d_]+)?|\d[\d.,]*\d|\d|[^\w\s]")
_WINDOW = 72
LONGEST_IN_SECONDS = 300
LONGEST_BARE = 7
"""Digits of a number without unit, noun or separators: a longer one is an identifier."""
_BEFORE_YEARS = frozenset({"in", "since", "during", "of", "until", "by"})
_CLAUSE_MARKS = frozenset('.;:!?()[]"“”…—|')

_LETTER = re.compile(r"[^\W\d_]")
_NUMBER_AT = re.compile(rf"\d|\.\d|[{VULGAR_FRACTIONS}]|[A-Za-z]")
_SIGN_BEFORE = re.compile(r"(?:(?<![\w.,)\]%*])|(?<=[(]))[-−](?=[$€£¥\d.]|US\$)")
_RANGE = re.compile(
    r"""
    (?: -?\s(?P<apart>to-?|and|or|up\sto|through|-|–|—|~)\s
      | (?P<tied>-to-|-|‑|–|—|~|～)(?!\s)
    )
    (?:(?:about|around|roughly|nearly|almost|some|over|more\sthan|up\sto)\s|~)?
    """,
    re.IGNORECASE | re.VERBOSE,
)
_OUT_OF = re.compile(r"\s(?:(?P<wide>out of)|in)\s(?:every\s)?(?=[\w])", re.IGNORECASE)
_RATIO = re.compile(
    r"(?P<left>\d{1,4}(?:\.\d+)?)(?:\s?:\s?|-to-)(?P<right>\d{1,3}(?:\.\d+)?)(?![\d:]|\s?[ap]\.?m)"
)
_SCORE = re.compile(r"(?P<left>\d{1,3})\s?[-–]\s?(?P<right>\d{1,3})(?![-–/]?\d|[.,]\d)")
_FOLD = re.compile(r"[-\s]?fold\b|\s?[xX×](?![\w])", re.IGNORECASE)
_TIMES = re.compile(
    r"\s?times\b(?!\s(?:a|an|per|each|every|in|since|over|during|by|before|between|for|on|this|last|as\s(?:a|an)\s)\b)"
    r"(?=\s(?:more|as|higher|lower|the|that|their|its|his|her|greater|larger|bigger|smaller|less|faster|longer|stronger|worse|better|earnings|sales|book|revenue|what|those|[a-z]+er\b|normal|current|annual))",
    re.IGNORECASE,
)
_ORDINAL = re.compile(r"(?P<digits>\d{1,3}(?:,\d{3})*)(?:st|nd|rd|th)\b", re.IGNORECASE)
_RANK = re.compile(r"(?:No\.|no\.|Nos?\.|Number|number|#)\s?(?P<digits>\d{1,4})\b(?![.,]\d)")
_AGE = re.compile(r"[-\s]?(?:years?|months?|weeks?|days?)[-\s]olds?\b", re.IGNORECASE)
_NEXT_WORD = re.compile(r"\s(?P<word>[^\W\d_]+)")
_NAME_OF_CURRENCY = re.compile(r"\s(?:US|U\.S\.)(?![\w$])(?!\s[A-Z]{2})")
_AFTER_ARTICLE = re.compile(r"(?:the|a|an|its|their|all|our|his|her)\s", re.IGNORECASE)
_NAME = re.compile(r"[^\W_]+(?:[-.,:/’'][^\W_]+)*")
_LETTERS = re.compile(r"[A-Za-z]+")
_ARTICLE = re.compile(r"an?(?=\s)", re.IGNORECASE)
_NUMBER_SIGN = re.compile(r"(?:\b[Nn]os?\.|\b[Nn]umber|#)\s?$")
_ARTICLE_BETWEEN = re.compile(r"\s(?:an?|the)(?=\s)", re.IGNORECASE)
_AND_A_PART = re.compile(r"\sand\sa\s(?P<part>half|quarter|third)\b", re.IGNORECASE)
_ERA = re.compile(r"\s?(?:BC|AD|BCE|CE)\b")
_SURPLUS = re.compile(r"(?P<more>-?plus|\+)|-?odd")
_RATE = re.compile(r"\s?(?:per|/|an?|a-|-a-|each|every)\s?")


class EnglishQuantities:
    """Finds the figures of an English text."""

    def __init__(self, data: QuantityData) -> None:
        self._data = data
        self._numbers = NumberReader(
            data.numbers,
            data.scales,
            data.scale_letters,
            data.money_scale_letters,
            data.dozens,
            data.denominators,
            data.ordinals,
        )
        self._nouns = NounReader(
            data.phrase_ends,
            data.irregular_plurals,
            data.singulars,
            data.no_plurals,
            data.attributive_plurals,
            data.verbs_in_s,
        )
        codes = {code: code for code in data.currency_codes} | {
            f"{code}$": code for code in data.currency_codes
        }
        self._signs = data.currency_signs | codes
        self._sign = re.compile(rf"(?P<sign>{_alternatives(self._signs)})\s?(?=[\d.])")
        self._units = _units(data)
        self._symbols = _symbols(data)
        self._unit_word = _unit_pattern(self._units, data.duration_adjectives)
        self._unit_symbol = re.compile(rf"(?P<gap>\s?|-)(?P<unit>{_alternatives(self._symbols)})(?![\w²³/])")
        self._cents = re.compile(rf"(?P<unit>{_alternatives(data.cent_letters)})(?!\w)")
        self._rate_unit = re.compile(rf"(?:{_alternatives(data.rate_units)})\b", re.IGNORECASE)
        self._many_fold = re.compile(rf"(?P<number>{_alternatives(data.numbers)})-?fold\b", re.IGNORECASE)
        self._trigger = _trigger(data, self._signs)
        self._not_here = _not_here(data)
        self._address = re.compile(
            rf"\d{{1,5}}\s(?:[NSEW]\.?\s)?(?:(?:[A-Z][\w.’']*|\d+(?:st|nd|rd|th))\s){{1,3}}(?:{_alternatives(data.street_words)})\b"
        )
        self._qualifiers = {
            phrase: qualifier for qualifier, phrases in data.qualifiers.items() for phrase in phrases
        }
        behind = {
            phrase: qualifier for qualifier, phrases in data.qualifiers_behind.items() for phrase in phrases
        }
        self._behind = behind
        self._qualifier_behind = re.compile(
            rf"(?P<close>-plus\b|\+)|[\s,]{{1,2}}(?P<phrase>{_alternatives(p for p in behind if p[0].isalpha())})\b",
            re.IGNORECASE,
        )
        self._ago = re.compile(rf"\s(?:{_alternatives(data.date_words_behind)})\b", re.IGNORECASE)
        self._growth = re.compile(_alternatives(data.yearly_growth), re.IGNORECASE)
        self._time_words = frozenset(word for spellings in data.durations.values() for word in spellings)
        self._month = frozenset(data.months)
        self._day_names = frozenset(data.weekdays)

    def statistics(self, segmented: SegmentedText) -> list[StatisticCandidate]:
        """Every statistic of the text, in order, none overlapping another."""
        article = _Article(segmented)
        figures: list[Figure] = []
        position = 0
        while (match := self._trigger.search(segmented.text, position)) is not None:
            skipped = self._not_here.match(segmented.text, match.start()) or self._address.match(
                segmented.text, match.start()
            )
            if (
                skipped is not None
                and skipped.end() > match.start()
                and not self._measured(segmented.text, skipped)
            ):
                position = skipped.end()
                continue
            found, end = self._read(article, match.start())
            figures.extend(found)
            position = max(end, match.start() + 1)
        return assemble(segmented, figures)

    # ------------------------------------------------------------ one place

    def _read(self, article: "_Article", start: int) -> tuple[list[Figure], int]:
        """The figures that start at a place (two where something changes from one to another) and where they end."""
        text = article.text
        limit = article.sentence_end(start)
        before = self._words_before(article, start)
        for special in (self._rank, self._fold, self._fraction_of, self._ratio_or_score):
            figure, end = special(article, start, limit, before)
            if figure is not None or end > start:
                return ([figure] if figure else []), end
        first = self._term(article, start)
        if first is None:
            return [], self._end_of_word(text, start)
        connector = _RANGE.match(text, first.end)
        if connector is not None and first.unit is None and self._not_here.match(text, connector.end()):
            return [], connector.end()  # between 10 and 11:30
        second = self._second(article, first, connector) if connector is not None else None
        if second is None or connector is None:
            figure = self._figure(article, first, None, before, limit)
            return ([figure] if figure else []), first.end
        if self._is_level(first, second, _mark(connector), before):
            figure = self._figure(article, first, None, before, limit)
            return ([figure] if figure else []), first.end
        first, second = _share_unit(first, second)
        if self._is_change(first, second, _mark(connector), before):
            pair = [
                self._figure(article, first, None, before, limit),
                self._figure(article, second, None, self._words_before(article, second.start), limit),
            ]
            return [figure for figure in pair if figure is not None], second.end
        figure = self._figure(article, first, second, before, limit)
        return ([figure] if figure else []), second.end

    def _term(self, article: "_Article", start: int) -> Term | None:
        text = article.text
        position = start
        sign = self._sign.match(text, position)
        if sign is not None:
            position = sign.end()
        if position >= len(text) or _NUMBER_AT.match(text, position) is None:
            return None
        number = self._numbers.read(text, position, money=sign is not None) or _one(text, position)
        if number is None:
            return None
        if (
            text.startswith("m", number.end)
            and number.digits
            and number.scale == 1
            and self._is_million(text, number.end + 1)
        ):
            number = self._numbers.read(text, position, money=True) or number
        number = self._without_unit_letter(text, number, money=sign is not None)
        begin, negative = _minus(text, start)
        unit, end, hyphenated = self._unit(article, number, sign)
        if number.digits and end == number.end and text[end : end + 1].isalpha():
            return None  # 3D, 787s, 360buy
        if number.decimal_comma and unit is None:
            return None
        value = number.value * (unit.factor if unit else 1)
        part = _AND_A_PART.match(text, end) if unit is not None else None
        if part is not None:  # a year and a half
            value, end = (
                value + quotient(Decimal(1), Decimal(self._data.denominators[part["part"].lower()])),
                part.end(),
            )
        return Term(begin, end, number, -value if negative else value, unit, hyphenated)

    def _without_unit_letter(self, text: str, number: Number, *, money: bool) -> Number:
        """`5k` run, `8K` screen: a scale letter that is none here is given back."""
        if money or number.scale == 1 or not number.digits or text[number.end - 1] != "K":
            return number
        plain = number.start + len(number.digits)
        if number.end - plain == 1 and number.unscaled < 10 and "." not in number.digits:
            return number._replace(end=plain, value=number.unscaled, scale=Decimal(1))
        return number

    def _unit(
        self, article: "_Article", number: Number, sign: re.Match[str] | None
    ) -> tuple[Unit | None, int, bool]:
        """The unit about a number, where it ends, and whether a hyphen ties it to the number."""
        text, end = article.text, number.end
        if sign is not None:
            code = self._signs[sign["sign"]]
            if code == "CNY" and sign["sign"] in "¥￥" and article.speaks_of_yen:
                code = "JPY"
            return Unit(StatisticKind.MONEY, code), self._end_of_money(text, end), False
        if number.fraction and (article_between := _ARTICLE_BETWEEN.match(text, end)) is not None:
            match = self._unit_word.match(text, article_between.end())
            if match is not None:  # half an hour
                return self._word_unit(article, number, match)
        surplus = _SURPLUS.match(text, end) if number.digits else None
        if surplus is not None:
            end = surplus.end()
        match = self._unit_word.match(text, end)
        if match is not None:
            return self._word_unit(article, number, match)
        if surplus is not None:
            return None, number.end, False
        if number.digits:
            symbol = self._unit_symbol.match(text, end)
            if symbol is not None and self._is_symbol(text, number, symbol):
                unit = self._symbols[symbol["unit"]]
                return self._rated(text, unit, symbol.end(), symbol["gap"] == "-")
            cents = self._cents.match(text, end)
            if cents is not None:
                return (
                    Unit(StatisticKind.MONEY, self._data.cent_letters[cents["unit"]], _CENT),
                    cents.end(),
                    False,
                )
        return None, end, False

    def _end_of_money(self, text: str, end: int) -> int:
        match = _NAME_OF_CURRENCY.match(text, end)
        return match.end() if match is not None else end

    def _word_unit(
        self, article: "_Article", number: Number, match: re.Match[str]
    ) -> tuple[Unit | None, int, bool]:
        text = article.text
        written = match["unit"] or match["time"]
        unit = self._units[" ".join(written.lower().split())]
        hyphenated = match["gap"] == "-"
        if written.lower() in ("pound", "pounds") and (
            hyphenated or self._is_weight(article, number, match.end())
        ):
            unit = Unit(StatisticKind.MEASURE, "pound")
        if unit.kind is StatisticKind.MEASURE:
            return self._rated(text, unit, match.end(), hyphenated)
        return unit, match.end(), hyphenated

    def _rated(self, text: str, unit: Unit, end: int, hyphenated: bool) -> tuple[Unit, int, bool]:
        rate = _RATE.match(text, end)
        per = self._rate_unit.match(text, rate.end()) if rate is not None and rate.end() > end else None
        if per is None or " per " in unit.name or unit.kind is not StatisticKind.MEASURE:
            return unit, end, hyphenated
        return unit._replace(name=f"{unit.name} per {per.group().lower()}"), per.end(), hyphenated

    def _is_symbol(self, text: str, number: Number, match: re.Match[str]) -> bool:
        """Whether letters behind a number are a unit here and not a name or a scale."""
        symbol = match["unit"]
        if (
            match["gap"] == " "
            and symbol in self._data.attached_symbols
            and symbol not in ("g", "t", "A", "V")
        ):
            return False
        if symbol in ("A", "V", "C", "F", "t") and match["gap"] == " ":
            return text[match.end() : match.end() + 1] in (".", ",", ")", "") and symbol != "A"
        if symbol == "s" and number.value > LONGEST_IN_SECONDS:
            return False  # Boeing 747s
        if symbol == "s" and number.value % 10 == 0 and number.value < _HUNDRED:
            article = re.search(
                r"\b(?:an?|of|to|in)\s$", text[max(0, number.start - 4) : number.start], re.IGNORECASE
            )
            return article is not None and article.group().strip().lower() in ("a", "an")
        return True

    def _is_million(self, text: str, end: int) -> bool:
        """Whether an `m` at digits, ending here, is a million: something that can be counted follows."""
        following = _NEXT_WORD.match(text, end)
        if following is None:
            return False
        if following["word"] == "of":
            return True
        if following["word"].lower() in self._data.length_words:
            return False
        if self._unit_word.match(text, end) is not None or text.startswith(" of ", end):
            return True
        return (
            self._nouns.read(text, end, len(text)) is not None
            or self._unit_symbol.match(text, end) is not None
        )

    def _is_weight(self, article: "_Article", number: Number, end: int) -> bool:
        """Whether pounds are a weight: no sum of millions, no word of money near."""
        if article.text.startswith(" of ", end):
            return True
        if number.scale > 1000:
            return False
        begin = max(article.sentence_start(number.start), number.start - 60)
        near = article.text[begin : min(end + 30, article.sentence_end(number.start))].lower()
        return not self._data.pound_money_words.intersection(_LETTERS.findall(near))

    def _second(self, article: "_Article", first: Term, connector: re.Match[str]) -> Term | None:
        """The term behind a connector, where the two are a range or a change."""
        mark = _mark(connector)
        text, start = article.text, connector.end()
        if start >= len(text) or (first.hyphenated and mark != "to"):
            return None
        if _NUMBER_AT.match(text, start) is None and self._sign.match(text, start) is None:
            return None
        if mark in ("-", "‑", "–", "—", "~", "～") and not (
            text[start].isdecimal() or self._sign.match(text, start)
        ):
            return None
        if (
            text[start].isalpha()
            and self._sign.match(text, start) is None
            and not self._is_number_word(text, start)
        ):
            return None
        second = self._term(article, start)
        if second is None or second.number.fraction or first.number.fraction:
            return None
        if first.unit is not None and second.unit is not None and first.unit.name != second.unit.name:
            return None
        if (
            first.unit is not None
            and second.unit is None
            and self._nouns.read(text, second.end, len(text)) is not None
        ):
            return None
        if mark == "and" and not article.between(first.start):
            return None
        if mark == "or" and not 0 < second.value - first.value <= first.value:
            return None
        if mark == "or" and second.number.unscaled - first.number.unscaled != 1:
            return None
        return second

    def _is_number_word(self, text: str, start: int) -> bool:
        word = _LETTERS.match(text, start)
        return word is not None and word.group().lower() in self._data.numbers

    def _is_level(self, first: Term, second: Term, mark: str, before: Words) -> bool:
        """rose 18 cents to $2.50, fell 0.4 percent to 13,176: a step and the level after it, no range."""
        if mark != "to" or first.unit is None:
            return _year_like(first) and not _year_like(second) and before.at(0) in _BEFORE_YEARS
        if first.unit.kind is StatisticKind.PERCENT:
            return second.unit is None
        return before.at(0) != "from" and any(word in self._data.changes for word in before.lower[:2])

    def _is_change(self, first: Term, second: Term, mark: str, before: Words) -> bool:
        """from 10 years to 1 year: two figures. from 5 to 7 percent, where nothing changes: a range."""
        if mark not in ("to", "up to"):
            return False
        if first.value > second.value:
            return True
        if before.at(0) != "from":
            return False
        return any(word in self._data.changes for word in before.lower[1:8])

    # ------------------------------------------------------------ a figure

    def _figure(
        self, article: "_Article", low: Term, high: Term | None, before: Words, limit: int
    ) -> Figure | None:
        """The statistic that a term or a range is, None where it is a date, a name, an age, a label."""
        text = article.text
        last = high or low
        unit = last.unit or low.unit
        if self._ago.match(text, last.end) or _AGE.match(text, last.number.end) and last.value < 130:
            return None
        behind = self._qualifier_behind.match(text, last.end)
        qualifier = self._qualifier(before)
        surplus = _SURPLUS.match(text, last.number.end)
        if qualifier is None and surplus is not None and last.unit is not None:
            qualifier = Qualifier.AT_LEAST if surplus["more"] else Qualifier.ABOUT
        if qualifier is None and behind is not None:
            qualifier = self._behind[(behind["close"] or behind["phrase"]).lower()]
        if unit is not None:
            if not self._is_quantity(article, low, last, unit, before, qualifier):
                return None
            return self._build(article, low, high, unit, last.end, qualifier, before, limit)
        if last.number.fraction:
            if not self._is_fraction(text, last, before, qualifier):
                return None
            return self._build(
                article, low, high, Unit(StatisticKind.RATIO, ""), last.end, qualifier, before, limit
            )
        fold = _FOLD.match(text, last.end) or _TIMES.match(text, last.end)
        if fold is not None:
            return self._build(
                article, low, high, Unit(StatisticKind.RATIO, "times"), fold.end(), qualifier, before, limit
            )
        return self._count(article, low, high, behind, qualifier, before, limit)

    def _count(
        self,
        article: "_Article",
        low: Term,
        high: Term | None,
        behind: re.Match[str] | None,
        qualifier: Qualifier | None,
        before: Words,
        limit: int,
    ) -> Figure | None:
        """A count of things, or a bare number where it can only be a figure."""
        text, last = article.text, high or low
        if last.number.spelled and last.value == 1:
            return None  # at least one attempt
        end = behind.end() if behind is not None else last.end
        noun = None if behind is not None else self._nouns.read_attributive(text, last.end, limit)
        attributive = noun is not None
        if noun is not None:
            if last.number.spelled and last.value < 10:
                return None  # a six-speed gearbox, a two-way street
        else:
            noun = self._nouns.read(text, end, limit)
        if noun is None and last.value == 1 and last.number.digits:
            noun = self._nouns.read_singular(text, end, limit)
        if self._is_label(text, low, before) and (noun is None or qualifier is None):
            return None
        if self._is_year(low, high, noun is not None, qualifier, before, text):
            return None
        if noun is None:
            if not self._is_bare_figure(article, low, high, qualifier, before):
                return None
            return self._build(article, low, high, None, last.end, qualifier, before, limit)
        subject = text[noun.start : noun.end]
        if attributive and (described := self._nouns.phrase(text, noun.end, limit)) is not None:
            subject = text[described.start : described.end]  # a 12-page report
        return self._build(
            article,
            low,
            high,
            Unit(StatisticKind.COUNT, noun.singular),
            noun.end,
            qualifier,
            before,
            limit,
            subject,
        )

    def _build(
        self,
        article: "_Article",
        low: Term,
        high: Term | None,
        unit: Unit | None,
        end: int,
        qualifier: Qualifier | None,
        before: Words,
        limit: int,
        subject: str | None = None,
    ) -> Figure:
        text, last = article.text, high or low
        kind = unit.kind if unit is not None else StatisticKind.COUNT
        return Figure(
            start=low.start,
            end=end,
            low=low.value,
            high=high.value if high is not None else None,
            unit=(unit.name or None) if unit is not None else None,
            kind=kind,
            qualifier=qualifier,
            subject=subject or self._subject(article, low.start, end, limit),
            role=self._role(text, end, before, limit) if kind is StatisticKind.PERCENT else None,
            printed=last.number.digits,
            scaled=last.number.scale >= 1000,
            grouped=last.number.grouped,
            masked=self._is_masked(text, low, last),
            broken=low.number.broken or last.number.broken,
        )

    def _is_masked(self, text: str, low: Term, last: Term) -> bool:
        return bool(last.number.digits) and (
            "*" in text[low.start : last.end] or text.startswith("*", last.number.end)
        )

    # ------------------------------------------------------------ what it is not

    def _is_quantity(
        self,
        article: "_Article",
        low: Term,
        last: Term,
        unit: Unit,
        before: Words,
        qualifier: Qualifier | None,
    ) -> bool:
        """Whether a number with a unit is one here: "one day", "a year" and "a second" mostly are not."""
        text = article.text
        if unit.kind is StatisticKind.DURATION:
            if low.number.spelled and text[low.start : low.start + 2].lower() in ("a ", "an") and low is last:
                return low.value != 1 or self._is_length(text, last, before, qualifier)
            if last.value == 1 and low.number.spelled and low is last:
                return (
                    not unit.name.startswith("day")
                    and (before.at(0) != "in" or qualifier is not None)
                    and self._is_length(text, last, before, qualifier)
                )
            return not (last.hyphenated is False and self._is_calendar(text, low, last, unit, before))
        if low.number.spelled and last.value == 1 and text[low.start : low.start + 2].lower() in ("a ", "an"):
            return qualifier is not None
        if unit.kind is StatisticKind.PERCENT or unit.kind is StatisticKind.MONEY:
            return True
        one_letter = text[last.end - 1].isalpha() and not text[last.end - 2].isalpha()
        return not (one_letter and self._is_label(text, low, before))

    def _is_length(self, text: str, last: Term, before: Words, qualifier: Qualifier | None) -> bool:
        if qualifier is not None:
            return True
        if before.at(0) == "to" and before.at(1) in self._time_words:
            return True  # from 10 years to a year
        return before.at(0) in self._data.duration_heads or before.at(1) in self._data.duration_heads

    def _is_calendar(self, text: str, low: Term, last: Term, unit: Unit, before: Words) -> bool:
        """`2019 year`, `May 5 days`: a date that runs into a unit."""
        return before.at(0) in self._month or (
            unit.name == "second" and text[low.start : last.end].lower().startswith("a second")
        )

    def _is_fraction(self, text: str, term: Term, before: Words, qualifier: Qualifier | None) -> bool:
        following = text[term.end : term.end + 8].lower()
        written = text[term.start : term.end].lower()
        if term.number.digits:
            return (
                following.startswith((" of ", " the ", " a "))
                or qualifier is not None
                or len(term.number.digits) == 1
                or self._nouns.read(text, term.end, len(text)) is not None
            )
        if before.at(0) in (
            "first",
            "second",
            "other",
            "latter",
            "each",
            "this",
            "that",
            "every",
            "the",
            "last",
            "final",
            "better",
        ):
            return False
        if written == "half":
            return (
                following.startswith(
                    (
                        " of",
                        " the ",
                        " its ",
                        " their",
                        " all ",
                        " his ",
                        " her ",
                        " our ",
                        " those",
                        " these",
                        " a ",
                        " an ",
                    )
                )
                or qualifier is not None
                or before.at(0) in ("by", "than")
            )
        if written.startswith(("a ", "an ")):
            return (
                following.startswith(" of") or qualifier is not None or before.at(0) in ("by", "than", "to")
            )
        return True

    def _is_label(self, text: str, term: Term, before: Words) -> bool:
        """Whether the word before makes the number a name: Section 4, Boeing 737, Article 5."""
        if not before.words or term.number.scale > 1:
            return False
        word, lower = before.words[0], before.lower[0]
        if lower.partition("'")[0] in self._data.phrase_ends:
            return False  # I'm, it's
        if term.number.spelled:
            return word[:1].isupper() and (
                lower in self._month or lower in self._data.labels or text[term.start].isupper()
            )
        if lower in self._data.labels or lower.rstrip(".") in self._data.labels:
            return True
        if lower in self._month or lower.rstrip(".") in self._month:
            return term.value < 32 or term.value > 1000
        if (
            word.islower()
            or not word[0].isalpha()
            or lower in self._data.phrase_ends
            or lower in self._day_names
        ):
            return False
        if len(before.words) == 1 and (lower in self._qualifiers or lower in self._data.phrase_ends):
            return False
        return not (term.number.grouped or (term.number.scale > 1)) and before.at(1) not in (
            "in",
            "at",
            "from",
            "near",
            "across",
            "on",
        )

    def _is_year(
        self,
        low: Term,
        high: Term | None,
        counted: bool,
        qualifier: Qualifier | None,
        before: Words,
        text: str,
    ) -> bool:
        if not _year_like(low) or (high is not None and not _year_like(high)):
            return False
        if high is not None and before.at(0) in ("between", "from", "in"):
            return True
        if text[low.end : low.end + 1] == "-" and not counted:
            return True
        if counted:
            round_number = low.value % _HUNDRED == 0 and before.at(0) not in (
                "in",
                "since",
                "the",
                "by",
                "of",
                "from",
                "until",
            )
            return not round_number and qualifier in (None, Qualifier.ABOUT)
        return qualifier is None or before.at(0) in ("around", "about", "within", "beyond", "circa")

    def _is_bare_figure(
        self, article: "_Article", low: Term, high: Term | None, qualifier: Qualifier | None, before: Words
    ) -> bool:
        """Whether a number without noun or unit says how many or how much."""
        text, last = article.text, high or low
        if before.at(0) in self._data.age_words or (
            before.at(0) == "of" and before.at(1) in self._data.age_words
        ):
            return False
        if self._is_age(text, low, before) or (qualifier is not None and before.at(1) in self._data.people):
            return False
        if before.at(0) in ("the", "this", "that") or (
            low.number.digits.isdecimal() and len(low.number.digits) > LONGEST_BARE
        ):
            return False
        if text[low.start - 1 : low.start] in ("#", "@", "/", "&", "_", "'", "’") or text[
            last.end : last.end + 1
        ] in ("/", "@", "_"):
            return False
        if _year_digits(low) and (before.at(0) in _BEFORE_YEARS or _ERA.match(text, last.end)):
            return False
        if self._is_list_marker(text, low, last) or self._begins_name(text, last, qualifier):
            return False
        if high is not None or qualifier is not None or low.number.scale >= 1000:
            return True
        if low.number.spelled and low.value < _HUNDRED:
            return False
        decimal = "." in low.number.digits
        return decimal or abs(low.value) >= 10

    def _begins_name(self, text: str, last: Term, qualifier: Qualifier | None) -> bool:
        """360 Group: a capital behind a bare number."""
        following = _NEXT_WORD.match(text, last.end)
        return (
            qualifier is None
            and following is not None
            and following["word"][0].isupper()
            and last.number.scale == 1
        )

    def _is_age(self, text: str, term: Term, before: Words) -> bool:
        """Maria Lopez, 44, said; who is 70."""
        if not 0 < term.value < 120:
            return False
        if before.at(0) in self._data.age_verbs and before.at(1) in self._data.person_pronouns:
            return True
        if before.at(0) != ",":
            return False
        named = len(before.words) > 1 and before.words[1][:1].isupper()
        return named and text[term.end : term.end + 1] in (",", ".", "")

    def _is_list_marker(self, text: str, low: Term, last: Term) -> bool:
        alone = (
            text[max(0, low.start - 1) : low.start] in ("", "\n", "(", "[", "【")
            or text[max(0, low.start - 2) : low.start] == "\n "
        )
        return (
            alone
            and text[last.end : last.end + 1] in (")", "]", ".", "、", ":", "】", "\n", "")
            and last.value < _HUNDRED
        )

    # ------------------------------------------------------------ ranks, fractions, scores

    def _rank(self, article: "_Article", start: int, limit: int, before: Words) -> tuple[Figure | None, int]:
        """No. 1, ranked 45th, 45th among the states."""
        text = article.text
        sign = _NUMBER_SIGN.search(text, max(0, start - 8), start)
        number = self._numbers.read(text, start) if sign is not None else None
        if sign is not None and number is not None and number.scale == 1:
            following = text[number.end : number.end + 40].lower().split()
            before = self._words_before(article, sign.start())
            if not self._is_rank(before, following) and not self._is_numbered_place(before, following):
                return None, number.end
            return self._ranked(article, sign.start(), number.end, number.value, limit), number.end
        match = _ORDINAL.match(text, start)
        if match is None:
            return None, start
        following = text[match.end() : match.end() + 40].lower().split()
        if not self._is_rank(before, following):
            return None, match.end()
        value = Decimal(match["digits"].replace(",", ""))
        return self._ranked(article, match.start(), match.end(), value, limit), match.end()

    def _is_rank(self, before: Words, following: Sequence[str]) -> bool:
        if any(word in self._data.rank_verbs for word in before.lower[:4]):
            return True
        if not following:
            return False
        if following[0] in self._data.rank_places or following[:2] == ["out", "of"]:
            return True
        scope = [word.strip(".,;'’s") for word in following[1:5]]
        return following[0] in ("in", "on") and any(word in self._data.rank_scopes for word in scope)

    def _is_numbered_place(self, before: Words, following: Sequence[str]) -> bool:
        """the world's No. 1, No. 3 seed: not No. 10 Downing Street."""
        if following and following[0].strip(".,;:") in self._data.rank_nouns:
            return True
        return before.at(0) in self._data.rank_heads

    def _ranked(self, article: "_Article", start: int, end: int, value: Decimal, limit: int) -> Figure:
        return Figure(
            start,
            end,
            value,
            None,
            None,
            StatisticKind.RANK,
            subject=self._subject(article, start, end, limit),
        )

    def _fold(self, article: "_Article", start: int, limit: int, before: Words) -> tuple[Figure | None, int]:
        """sixfold, tenfold."""
        match = self._many_fold.match(article.text, start)
        if match is None:
            return None, start
        value = Decimal(self._data.numbers[match["number"].lower()])
        qualifier = self._qualifier(before)
        subject = self._clause_subject(article, start)
        return Figure(
            start, match.end(), value, None, "times", StatisticKind.RATIO, qualifier, subject
        ), match.end()

    def _fraction_of(
        self, article: "_Article", start: int, limit: int, before: Words
    ) -> tuple[Figure | None, int]:
        """one in three, nine out of ten, 1 in every 20."""
        text = article.text
        over = self._numbers.read(text, start)
        if over is None or over.scale > 1 or over.fraction or not 0 < over.value <= 99:
            return None, start
        match = _OUT_OF.match(text, over.end)
        if match is None or match.end() >= limit or _NUMBER_AT.match(text, match.end()) is None:
            return None, start
        under = self._numbers.read(text, match.end())
        if (
            under is None
            or under.fraction
            or not over.value < under.value
            or under.value > 10**6
            or "." in under.digits
        ):
            return None, start
        if match["wide"] is None and (
            under.value > _HUNDRED
            and under.scale == 1
            or over.value > 9
            or self._unit_word.match(text, under.end)
        ):
            return None, start
        value = quotient(over.value, under.value)
        qualifier = self._qualifier(before)
        subject = self._subject(article, start, under.end, limit)
        return Figure(start, under.end, value, None, None, StatisticKind.RATIO, qualifier, subject), under.end

    def _ratio_or_score(
        self, article: "_Article", start: int, limit: int, before: Words
    ) -> tuple[Figure | None, int]:
        """a 3-1 win, 5-to-1, 3:1."""
        text = article.text
        ratio = _RATIO.match(text, start)
        if ratio is not None:
            right = Decimal(ratio["right"])
            clock = len(ratio["right"]) == 2 and len(ratio["left"]) < 3 and ":" in ratio.group()
            if clock or right == 0:
                return None, ratio.end()
            value = quotient(Decimal(ratio["left"]), right)
            return Figure(start, ratio.end(), value, None, None, StatisticKind.RATIO), ratio.end()
        score = _SCORE.match(text, start)
        if score is None or text[start - 1 : start] in ("-", "–", "/"):
            return None, start
        near = [
            *before.lower[:7],
            *(
                word.strip(".,;")
                for word in text[score.end() : min(score.end() + 40, limit)].lower().split()[:4]
            ),
        ]
        if not any(word in self._data.score_words for word in near) or self._unit_word.match(
            text, score.end()
        ):
            return None, start
        subject = self._subject(article, start, score.end(), limit)
        value = Decimal(score["left"])
        return Figure(
            start, score.end(), value, None, None, StatisticKind.SCORE, subject=subject
        ), score.end()

    # ------------------------------------------------------------ the words about it

    def _words_before(self, article: "_Article", start: int) -> Words:
        begin = max(article.sentence_start(start), start - _WINDOW)
        found = _WORD_OR_MARK.findall(article.text, begin, start)
        if begin > 0 and article.text[begin - 1].isalnum() and found:
            found = found[1:]  # cut in the middle of a word
        if len(found) > 1 and found[-1] == "." and found[-2].lower() in self._month:
            found.pop()  # Jan. 16
        words = tuple(reversed(found))
        return Words(words, tuple(word.lower() for word in words))

    def _qualifier(self, before: Words) -> Qualifier | None:
        """The qualifier in the words just before a figure, the longest first; an article may stand between."""
        words = before.lower
        skip = 1 if words and words[0] in ("a", "an", "the", "another") else 0
        for first in (skip, 0) if skip else (0,):
            for length in (4, 3, 2, 1):
                phrase = " ".join(reversed(words[first : first + length]))
                qualifier = self._qualifiers.get(phrase)
                if qualifier is not None and len(words) >= first + length:
                    return qualifier
        return None

    def _role(self, text: str, end: int, before: Words, limit: int) -> Role | None:
        following = text[end : min(end + 40, limit)].lower()
        words = following.split()
        if words[:1] == ["of"] and any(word.strip(".,;") in self._data.wholes for word in words[1:5]):
            return Role.SHARE
        if self._growth.search(" ".join(reversed(before.lower[:8]))):
            return Role.YEARLY_GROWTH
        if any(word in self._data.falls for word in _same_clause(before)[:5]):
            return Role.FALL
        return None

    def _subject(self, article: "_Article", start: int, end: int, limit: int) -> str | None:
        """What the figure is one of: the noun tied to it, what follows `of`, or the words before the verb."""
        text = article.text
        if text.startswith((" of ", " in "), end):
            phrase = self._nouns.phrase(text, self._after_article(text, end + 4), limit)
            if phrase is not None and text[end + 1] == "o":
                return text[phrase.start : phrase.end]
        if text[end : end + 1] == " ":
            phrase = self._nouns.phrase(text, end, limit)
            if phrase is not None:
                return text[phrase.start : phrase.end]
        return self._clause_subject(article, start)

    def _after_article(self, text: str, position: int) -> int:
        match = _AFTER_ARTICLE.match(text, position)
        return match.end() - 1 if match is not None else position - 1

    def _clause_subject(self, article: "_Article", start: int) -> str | None:
        """The words from the beginning of the clause to its verb."""
        begin = article.sentence_start(start)
        clause = re.split(r"[,;:()\"“”—]\s*|\b(?:that|which|while|but|and|as)\s", article.text[begin:start])
        for part in reversed(clause):
            words = part.split()
            for place, word in enumerate(words):
                if place and word.lower() in self._data.figure_verbs:
                    return self._trimmed(words[:place])
        return None

    def _trimmed(self, words: list[str]) -> str | None:
        """A subject without the function words at its ends."""
        while words and words[0].lower() in self._data.phrase_ends:
            words = words[1:]
        while words and words[-1].lower() in self._data.phrase_ends:
            words = words[:-1]
        return " ".join(words) or None

    def _measured(self, text: str, skipped: re.Match[str]) -> bool:
        """Whether what looks like years or a date carries a unit ("2000-2500 calories")."""
        return skipped.lastgroup == "years" and self._unit_word.match(text, skipped.end()) is not None

    def _end_of_word(self, text: str, start: int) -> int:
        """Where the letters, digits and inner marks at a place end: a name is passed over whole."""
        match = _NAME.match(text, start)
        if match is None:
            return start + 1
        return match.end() if text[start].isdecimal() else start + 1


class _Article:
    """A segmented text with what is asked of it again and again."""

    __slots__ = ("_sentences", "_starts", "_yen", "text")

    def __init__(self, segmented: SegmentedText) -> None:
        self.text = segmented.text
        self._sentences = segmented.sentences
        self._starts = [sentence.start for sentence in segmented.sentences]
        self._yen: bool | None = None

    @property
    def speaks_of_yen(self) -> bool:
        """Whether the article is about Japanese money: what a lone ¥ then is."""
        if self._yen is None:
            self._yen = (
                re.search(r"\byen\b|\bJPY\b|\bJapan", self.text) is not None and "yuan" not in self.text
            )
        return self._yen

    def sentence_start(self, place: int) -> int:
        number = bisect_right(self._starts, place) - 1
        return self._starts[number] if number >= 0 else 0

    def sentence_end(self, place: int) -> int:
        number = bisect_right(self._starts, place) - 1
        return max(self._sentences[number].end, place) if number >= 0 else len(self.text)

    def between(self, place: int) -> bool:
        """Whether "between" stands just before: what makes "and" a range."""
        return (
            re.search(
                r"\bbetween\s(?:about\s|around\s|the\s)?$",
                self.text[max(0, place - 24) : place],
                re.IGNORECASE,
            )
            is not None
        )


def _mark(connector: re.Match[str]) -> str:
    return (connector["apart"] or connector["tied"]).lower().rstrip("-") or "-"


def _year_like(term: Term) -> bool:
    digits = term.number.digits
    return (
        term.unit is None
        and len(digits) == 4
        and digits.isdecimal()
        and term.number.scale == 1
        and 1500 <= term.value < 2200
    )


def _one(text: str, start: int) -> Number | None:
    """The article of "a week": one, where a unit follows."""
    match = _ARTICLE.match(text, start)
    return Number(start, match.end(), Decimal(1), Decimal(1)) if match is not None else None


def _year_digits(term: Term) -> bool:
    """Four digits as a year has them, the Middle Ages included."""
    return len(term.number.digits) == len("1066") and term.number.digits.isdecimal() and term.value < 2200


def _minus(text: str, start: int) -> tuple[int, bool]:
    """Where a number with its minus sign begins, and whether it has one."""
    if start and text[start - 1] in "-−" and _SIGN_BEFORE.match(text, start - 1):
        return start - 1, True
    word = re.search(r"\bminus[\s-]$", text[max(0, start - 7) : start], re.IGNORECASE)
    return (start - len(word.group()), True) if word else (start, False)


def _share_unit(first: Term, second: Term) -> tuple[Term, Term]:
    """$3 to 5 billion: a scale and a unit that stand once count for both terms."""
    if first.number.scale == 1 and second.number.scale > 1 and first.number.unscaled < second.number.unscaled:
        first = first._replace(value=first.value * second.number.scale)
    unit = first.unit or second.unit
    if first.unit is None and unit is not None:
        first = first._replace(unit=unit, value=first.value * unit.factor)
    if second.unit is None and unit is not None:
        second = second._replace(unit=unit, value=second.value * unit.factor)
    return first, second


def _same_clause(before: Words) -> tuple[str, ...]:
    for place, word in enumerate(before.lower):
        if word in _CLAUSE_MARKS or word == ",":
            return before.lower[:place]
    return before.lower


def _alternatives(spellings: Iterable[str]) -> str:
    """A pattern of all spellings, the longest first, blanks in them of any width."""
    ordered = sorted(spellings, key=lambda spelling: (-len(spelling), spelling))
    return "|".join(re.escape(spelling).replace(r"\ ", r"[\s-]") for spelling in ordered)


def _units(data: QuantityData) -> dict[str, Unit]:
    units = {}
    tables: list[tuple[StatisticKind, Mapping[str, Sequence[str]], Decimal]] = [
        (StatisticKind.MEASURE, data.measures, Decimal(1)),
        (StatisticKind.DURATION, data.durations, Decimal(1)),
        (StatisticKind.PERCENT, data.percent, Decimal(1)),
        (StatisticKind.MONEY, data.currency_names, Decimal(1)),
        (StatisticKind.MONEY, data.currency_cents, _CENT),
    ]
    for kind, table, factor in tables:
        for name, spellings in table.items():
            units.update({spelling: Unit(kind, name, factor) for spelling in spellings})
    units.update({code.lower(): Unit(StatisticKind.MONEY, code) for code in data.currency_codes})
    units.update({sign: Unit(StatisticKind.MONEY, code) for sign, code in data.trailing_signs.items()})
    return {
        **units,
        **{spelling.replace(" ", "-"): unit for spelling, unit in units.items() if " " in spelling},
    }


def _symbols(data: QuantityData) -> dict[str, Unit]:
    return {
        symbol: Unit(
            StatisticKind.DURATION if symbol in data.duration_symbols else StatisticKind.MEASURE, name
        )
        for symbol, name in data.symbols.items()
    }


def _unit_pattern(units: Mapping[str, Unit], adjectives: Iterable[str]) -> re.Pattern[str]:
    """Behind a number: a unit in words, for lengths of time with an adjective between."""
    times = (spelling for spelling, unit in units.items() if unit.kind is StatisticKind.DURATION)
    return re.compile(
        rf"(?P<gap>\s{{0,2}}|-)(?:(?P<unit>{_alternatives(units)})(?![^\W_])"
        rf"|(?:{_alternatives(adjectives)})\s(?P<time>{_alternatives(times)})(?![^\W_]))",
        re.IGNORECASE,
    )


def _trigger(data: QuantityData, signs: Iterable[str]) -> re.Pattern[str]:
    """Where a figure can start."""
    words = {*data.numbers, "half", *data.scales, *data.dozens}
    counted = [*data.scales, *data.dozens, *data.denominators]
    units = [
        spelling for spellings in data.durations.values() for spelling in spellings if spelling.isalpha()
    ]
    spelled = "|".join(
        f"[{word[0]}{word[0].upper()}]{word[1:]}" for word in sorted(words, key=len, reverse=True)
    )
    return re.compile(
        rf"(?<![\w])(?:{_alternatives(signs)})\s?(?=\d|\.\d)"
        rf"|(?<![^\W_])(?<![\w][.,:/])(?:(?<!\w-)|(?<=sub-)|(?<=minus-)|(?<=to-))(?:\d|\.\d|[{VULGAR_FRACTIONS}])"
        rf"|(?<![\w])(?<!\w-)(?:(?:{spelled})(?:(?=fold)|(?![a-z]))|[Aa]n?(?=\s(?:{_alternatives([*counted, *units])})\b))"
    )


def _not_here(data: QuantityData) -> re.Pattern[str]:
    """Digits that are a date, a time, a decade, a season, a phone number, an address; and idioms."""
    months = "|".join(sorted((f"{month}" for month in data.months), key=len, reverse=True))
    return re.compile(
        rf"""
          \d{{4}}[-/.]\d{{1,2}}[-/.]\d{{1,2}}(?:T[\d:.]+Z?)? (?!\d)
        | \d{{1,2}}[-/.]\d{{1,2}}[-/.]\d{{2,4}} (?!\d)
        | \d{{1,2}}[:.]\d{{2}}(?:[:.]\d{{2}})? \s? (?:[ap]\.?m\b\.?|GMT|BST|UTC|EST|EDT|ET|PT|hrs)
        | \d{{1,2}}:\d{{2}}(?::\d{{2}})? (?!\d)
        | \d{{1,2}} \s? [ap]\.?m\b \.?
        | \d{{1,2}} \s o['’]clock
        | \d{{3,4}} \s (?:GMT|UTC|BST|EST|EDT)
        | \d{{1,2}}(?:st|nd|rd|th)? \s (?:of\s)? (?:{months})\b \.? (?:,?\s\d{{4}})?
        | (?P<years> (?:1[5-9]|20)\d\d \s?[-–/]\s? (?:(?:1[5-9]|20)\d\d|\d\d) ) (?![\d,%])
        | (?:1[0-9]|20)?\d0['’]?s \b (?! \s? [a-z]* (?:video|clip) )
        | \+? \d{{1,3}}[-.\s]\d{{3}}[-.\s]\d{{3,4}}(?:[-./]\d+)* (?![\d,])
        | \d{{3}}[-.]\d{{4}} (?!\d)
        | 24/7 | 9/11 | 24-7
        | (?:{_alternatives(data.idioms)})\b
        """,
        re.VERBOSE | re.IGNORECASE,
    )


def load() -> EnglishQuantities:
    """The English quantities with their data."""
    return EnglishQuantities(load_data(QuantityData, "en", "quantities"))
