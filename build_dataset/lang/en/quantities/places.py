"""Where a figure can start in an English text, and where a date, a time or an address stands."""

import re
from collections.abc import Iterable, Iterator

from build_dataset.extract.numerals import VULGAR_FRACTIONS
from build_dataset.lang.en.quantities.data import QuantityData
from build_dataset.lang.en.quantities.terms import TermReader, alternatives

_NAME = re.compile(r"[^\W_]+(?:[-.,:/’'][^\W_]+)*")
_LINK = re.compile(r"\b(?:[a-z]{2,6}://|www\.)[^\s<>\"”’]+", re.IGNORECASE)
_NO_SEASON = "".join(
    rf"(?<![{word[0].upper()}{word[0]}]{word[1:]}\s[Qq]uarter)"
    for word in ("first", "second", "third", "fourth", "last", "this", "next", "per", "each", "fiscal")
)
"""Before a quarter that is a part of something and not of the year."""

_ZONES = "GMT|BST|UTC|[CEMP][SD]?T|CEST|IST|JST"
_PREFIXES = ("sub-", "minus-", "to-")
"""Before these hyphens a number is a number; else it is part of a name (F-16)."""


class PlaceFinder:
    """Finds the places of a text where a figure can start."""

    def __init__(self, data: QuantityData, terms: TermReader) -> None:
        self._terms = terms
        self._words = _spelled(data, (sign for sign in terms.signs if sign[0].isalpha()))
        signs = "".join(sorted({sign[0] for sign in terms.signs if not sign[0].isalpha()}))
        self._digits = re.compile(
            rf"[0-9０-９٠-٩]+|[{VULGAR_FRACTIONS}]|[{re.escape(signs)}](?=[A-Za-z=\s]{{0,4}}[-−]?\.?\d)"
        )
        letters = (sign[: sign.index("$")] for sign in terms.signs if sign.find("$") > 0)
        self._letters_of_sign = re.compile(rf"(?<!\w)(?:{alternatives(letters)})$")
        self._dates = _dates(data)
        self._address = re.compile(
            r"\d{1,5}\s(?:[NSEW]\.?\s)?(?:(?:[A-Z][\w.’']*|\d+(?:st|nd|rd|th))\s){1,3}"
            rf"(?:{alternatives(data.street_words)})\b"
        )

    def places(self, text: str) -> Iterator[int]:
        """Every offset where digits, a currency or a number word begins, in order, dates included."""
        starts = {match.start() for match in self._words.finditer(text)}
        for match in self._digits.finditer(text):
            start = self._digit_start(text, match.start())
            if start is not None:
                starts.add(start)
        for link in _LINK.finditer(text) if "://" in text or "www." in text else ():
            starts.difference_update(range(link.start(), link.end()))
        return iter(sorted(starts))

    def date_end(self, text: str, start: int) -> int:
        """Where the date, time, telephone number, address or idiom at a place ends; `start` if there is none."""
        match = self._dates.match(text, start) or self._address.match(text, start)
        if match is None or (match.lastgroup and self._terms.unit_word.match(text, match.end())):
            return start  # 1900-2000 meters
        return match.end()

    def name_end(self, text: str, start: int) -> int:
        """Where the letters, digits and inner marks at a place end, for what is no number."""
        match = _NAME.match(text, start) if text[start].isdecimal() else None
        if match is not None:
            return match.end()
        return max(start + 1, self._terms.numbers.ordinal_end(text, start))

    def _digit_start(self, text: str, start: int) -> int | None:
        """Where the figure of a digit or sign begins; None inside of a number or a name."""
        before = text[start - 1] if start else " "
        if not text[start].isalnum() and text[start] not in VULGAR_FRACTIONS:
            sign = self._letters_of_sign.search(text, max(0, start - 5), start)
            return sign.start() if sign is not None else start
        if before == ".":
            before, start = (text[start - 2] if start > 1 else " "), start - 1
            if before.isalnum() or before == ".":
                return None
        if before.isalnum():
            return None
        inner = before in ",:/" and start > 1 and text[start - 2].isalnum()
        hyphen = before == "-" and start > 1 and (text[start - 2].isalnum() or text[start - 2] == "_")
        if inner or (hyphen and not text.endswith(_PREFIXES, 0, start)):
            return None
        return start


def _spelled(data: QuantityData, signs: Iterable[str]) -> re.Pattern[str]:
    """Number words, "a" before a scale or a unit, currencies in letters before digits."""
    counted = {*data.scales, *data.dozens, *data.denominators, *data.single_money}
    for table in (data.durations, data.measures):
        counted.update(
            spelling
            for spellings in table.values()
            for spelling in spellings
            if spelling.isalpha() and len(spelling) > 2
        )
    numbers = _by_initial({*data.numbers, "half"})
    after_article = _by_initial(counted, capitals=False)
    codes = _by_initial(signs, capitals=False)
    return re.compile(
        rf"\b(?=[^\W\d])(?<!\w-)(?:(?:{numbers})(?:(?=fold)|(?![a-z]))|[Aa]n?(?=\s{{1,2}}(?:{after_article})\b)"
        rf"|[Qq]uarter{_NO_SEASON}(?=[\s-](?:{alternatives(counted - {*data.denominators})})\b)"
        rf"|(?:{codes})(?=\s{{0,2}}\.?\d))"
    )


def _by_initial(words: Iterable[str], *, capitals: bool = True) -> str:
    """A pattern of words grouped by their first letter, which saves most of the attempts."""
    groups: dict[str, list[str]] = {}
    for word in words:
        groups.setdefault(word[0], []).append(word[1:])
    return "|".join(
        (f"[{initial}{initial.upper()}]" if capitals else re.escape(initial)) + f"(?:{alternatives(rest)})"
        for initial, rest in sorted(groups.items())
    )


def _dates(data: QuantityData) -> re.Pattern[str]:
    """What is a date, a time, a season, a telephone number; and idioms with a number word."""
    months = alternatives(data.months)
    small = "|".join(word for word, value in data.numbers.items() if 0 < value < 30)
    tens = "|".join(word for word, value in data.numbers.items() if value >= 10)
    digits = "|".join(word for word, value in data.numbers.items() if 0 < value < 10)
    return re.compile(
        rf"""
          \d{{4}}[-/.]\d{{1,2}}[-/.]\d{{1,2}}(?:T[\d:.]+Z?)? (?!\d)
        | \d{{1,2}}[-/.]\d{{1,2}}[-/.]\d{{2,4}} (?!\d)
        | (?:0?[1-9]|1[0-2])[-/](?:19|20)\d\d (?![-/]?\d)
        | \d{{1,4}}[-/](?:{months})[-/]\d{{1,4}} (?!\d)
        | (?:19|20)\d\d\s\d{{1,2}}\s\d{{1,2}} (?!\d|[,.]\d|\s?[a-z%-])
        | \d{{1,2}}[:.]\d{{2}}(?:[:.]\d{{2}})? \s? (?:[ap]\.?m\b\.?|(?:{_ZONES}|hrs)\b)
        | \d{{1,2}}:\d{{2}}(?::\d{{2}})? (?!\d|\.\d) (?: \s(?:to|until)\s\d{{1,2}} (?![\d,.:%]|\s[a-z]{{3,}}s\b) )?
        | 0\d{{3}}-[012]\d{{3}} (?!\d)
        | \d{{1,4}} (?:\s|\.)? [ap]\.?m\b \.?
        | (?:\d{{1,2}}|{small}) \s o['’]?clock\b
        | \d{{1,2}} \s in \s the \s (?:morning|afternoon|evening)\b
        | (?:half|quarter|\d{{1,2}}|{small}) \s past \s (?:\d{{1,2}}|{small})\b
        | \d{{1,4}} \s (?:{_ZONES})\b
        | \d{{1,2}}(?:st|nd|rd|th)? \s (?:of\s)? (?:{months})\b \.? (?:,?\s\d{{4}})?
        | (?:3[01]|[12]?\d) , \s (?:1[5-9]|20)\d\d \b (?![,.]?\d)
        | (?P<years> (?:1[5-9]|20)\d\d \s?[-–/]\s? (?:(?:1[5-9]|20)\d\d|\d\d) ) (?![\d%]|,\d)
        | (?:sixteen|seventeen|eighteen|nineteen) [\s-] (?:{tens})(?:[\s-](?:{digits}))?\b
        | (?:1[0-9]|20)?\d0['’]?s \b (?! \s? [a-z]* (?:video|clip) )
        | (?P<call> (?: \+\d{{1,3}}[-.\s]\d{{3}} | \d{{1,3}}[-.]\d{{3}}) [-.\s]\d{{3,4}}(?:[-./]\d+)*) (?![\d,]|[-./]\d)
        | 0\d{{2,4}}\s\d{{3,4}}\s\d{{3,4}} (?![\d,])
        | \d{{1,3}}\s\d{{3}}[-\s]\d{{4}} (?![\d,])
        | (?P<phone> \d{{3}}[-.]\d{{4}} ) (?!\d)
        | 24/7 | 9/11 | 24-7 | 50[-/]50 (?![\d%]) | \d{{1,2}}-for-\d{{1,2}} (?!\d)
        | (?:{alternatives(data.idioms)})\b
        """,
        re.VERBOSE | re.IGNORECASE,
    )
