"""Figures that are no number with a unit: ranks, multiples in one word, one in five, ratios, scores."""

import re
from collections.abc import Callable, Sequence
from decimal import Decimal

from build_dataset.extract.figures import Figure
from build_dataset.extract.numerals import quotient
from build_dataset.lang.en.quantities.context import Article, Place, Words
from build_dataset.lang.en.quantities.data import QuantityData
from build_dataset.lang.en.quantities.surroundings import Surroundings
from build_dataset.lang.en.quantities.terms import NUMBER_AT, TermReader, alternatives
from build_dataset.schema import StatisticKind

LARGEST_PARTS = 100
"""In "one in five" without "out of", the second number is no larger: "12 in 2,000 days" is something else."""

_ROUND = frozenset({Decimal(10), Decimal(100)})
_ORDINAL = re.compile(r"(?P<digits>\d{1,3}(?:,\d{3})*)(?:st|nd|rd|th)\b", re.IGNORECASE)
_NUMBER_SIGN = re.compile(r"(?:\b[Nn]os?\.|\b[Nn]umber|#)\s?$")
_CAN_BE_OUT_OF = re.compile(r"\S{1,14}(?:[\s-][a-z]{3,7})?\s(?:out of|in|of)\s", re.IGNORECASE)
"""What one in three begins with: saves reading most numbers twice."""

_OUT_OF = re.compile(r"\s(?:(?P<wide>out of)|in|(?P<of>of))\s(?P<every>every\s)?(?=[\w])", re.IGNORECASE)
_RATIO = re.compile(
    r"(?P<left>\d{1,4}(?:\.\d+)?)(?::|\s:\s|-to-)(?P<right>\d{1,3}(?:\.\d+)?)(?![\d:]|-[a-z]|\s?[ap]\.?m)"
)
_RACE_TIME = re.compile(
    r"(?:(?P<hours>\d{1,2}):)?(?P<minutes>\d{1,2}):(?P<seconds>[0-5]\d\.\d{1,3})(?![\d:]|\s?[ap]\.?m)"
)
_SCORE = re.compile(
    r"(?P<left>\d{1,3})(?:\s?[-–]\s?|(?P<to>\sto\s))(?P<right>\d{1,3})(?![-–/]?\d|[.,]\d|\s?%|\sper)"
)

_NEAR = 7
"""Words before a score in which a word of sports is looked for, where it could also be a range."""

_CLOSE = 3
"""The same where "to" stands between the two numbers (voted 7 to 2)."""

Found = tuple[Figure | None, int]
"""A figure, if there is one, and where reading goes on: the place itself where a reader has nothing to say."""


class SpecialReader:
    """Reads figures of these forms; each reader looks at one of them."""

    def __init__(self, data: QuantityData, terms: TermReader, surroundings: Surroundings) -> None:
        self._data = data
        self._terms = terms
        self._surroundings = surroundings
        self._many_fold = re.compile(rf"(?P<number>{alternatives(data.numbers)})-?fold\b", re.IGNORECASE)
        self._readers: tuple[Callable[[Article, Place], Found], ...] = (
            self._numbered_rank,
            self._ordinal,
            self._fold,
            self._out_of,
            self._race_time,
            self._ratio,
            self._score,
        )

    def read(self, article: Article, place: Place) -> Found:
        """The first of the readers that has something to say."""
        for reader in self._readers:
            figure, end = reader(article, place)
            if end > place.start:
                return figure, end
        return None, place.start

    def _numbered_rank(self, article: Article, place: Place) -> Found:
        """No. 3 globally, the world number one; No. 10 Downing Street is passed over."""
        sign = _NUMBER_SIGN.search(article.text, max(0, place.start - 8), place.start)
        number = self._terms.numbers.read(article.text, place.start) if sign is not None else None
        if sign is None or number is None or number.scale > 1:
            return None, place.start
        following = _words_behind(article.text, number.end)
        before = article.words_before(sign.start())
        numbered = following[:1] and following[0].strip(".,;:") in self._data.rank_nouns
        if not (numbered or before.at(0) in self._data.rank_heads or self._is_rank(before, following)):
            return None, number.end
        return _ranked(sign.start(), number.end, number.value)

    def _ordinal(self, article: Article, place: Place) -> Found:
        """Ranked 45th, 45th among the states; other ordinals are passed over."""
        match = _ORDINAL.match(article.text, place.start)
        if match is None:
            return None, place.start
        if not self._is_rank(place.before, _words_behind(article.text, match.end())):
            return None, match.end()
        value = Decimal(match["digits"].replace(",", ""))
        return _ranked(match.start(), match.end(), value)

    def _is_rank(self, before: Words, following: Sequence[str]) -> bool:
        if any(word in self._data.rank_verbs for word in before.lower[:4]):
            return True
        if not following:
            return False
        if following[0] in self._data.rank_places or following[:2] == ["out", "of"]:
            return True
        scope = [word.strip(".,;'’s") for word in following[1:5]]
        return following[0] in ("in", "on") and any(word in self._data.rank_scopes for word in scope)

    def _fold(self, article: Article, place: Place) -> Found:
        """sixfold, ten-fold."""
        match = self._many_fold.match(article.text, place.start)
        if match is None:
            return None, place.start
        value = Decimal(self._data.numbers[match["number"].lower()])
        qualifier = self._surroundings.qualifier_before(place.before)
        figure = Figure(place.start, match.end(), value, None, "times", StatisticKind.RATIO, qualifier)
        return figure, match.end()

    def _out_of(self, article: Article, place: Place) -> Found:
        """One in three, nine out of ten, 1 in every 20."""
        text, start = article.text, place.start
        if _CAN_BE_OUT_OF.match(text, start) is None:
            return None, start
        over = self._terms.numbers.read(text, start)
        if over is None or over.scale > 1 or over.fraction or not 0 < over.value < LARGEST_PARTS:
            return None, start
        match = _OUT_OF.match(text, over.end)
        if match is None or match.end() >= place.limit or NUMBER_AT.match(text, match.end()) is None:
            return None, start
        under = self._terms.numbers.read(text, match.end())
        if under is None or under.fraction or "." in under.digits or not over.value < under.value <= 10**6:
            return None, start
        if (
            match["of"] is not None
            and match["every"] is None
            and (over.value == 1 or under.value not in _ROUND)
        ):
            return None, start
        narrow = under.value <= LARGEST_PARTS or under.scale > 1
        small = narrow and over.value < 10 and self._terms.unit_word.match(text, under.end) is None
        if match["wide"] is None and not small:
            return None, start
        if place.before.at(0) in self._data.labels and place.before.written[0][0].isupper():
            return None, under.end  # a Level 3 out of 5
        qualifier = self._surroundings.qualifier_before(place.before)
        value = quotient(over.value, under.value)
        return Figure(start, under.end, value, None, None, StatisticKind.RATIO, qualifier), under.end

    def _race_time(self, article: Article, place: Place) -> Found:
        """14:39.29: with hundredths it is the length of a race, in seconds."""
        match = _RACE_TIME.match(article.text, place.start)
        if match is None:
            return None, place.start
        hours, minutes = Decimal(match["hours"] or 0), Decimal(match["minutes"])
        value = (hours * 60 + minutes) * 60 + Decimal(match["seconds"])
        figure = Figure(place.start, match.end(), value, None, "second", StatisticKind.DURATION)
        return figure, match.end()

    def _ratio(self, article: Article, place: Place) -> Found:
        """3:1, 5-to-1; 10:30 is a time."""
        match = _RATIO.match(article.text, place.start)
        if match is None:
            return None, place.start
        left, right = Decimal(match["left"]), Decimal(match["right"])
        clock = ":" in match.group() and len(match["right"]) == len("30") and len(match["left"]) <= len("10")
        if clock or right == 0:
            return None, match.end()
        value = quotient(left, right)
        figure = Figure(place.start, match.end(), value, None, None, StatisticKind.RATIO)
        return figure, match.end()

    def _score(self, article: Article, place: Place) -> Found:
        """A 3-1 win, passed 52-48: the first number is the value."""
        text, start = article.text, place.start
        match = _SCORE.match(text, start)
        if match is None or text[start - 1 : start] in ("-", "–", "/"):
            return None, start
        behind = (word.strip(".,;") for word in _words_behind(text, match.end())[:4])
        won = int(match["left"]) > int(match["right"])  # lost … to the …, 35-10: a range would ascend
        before = place.before.lower if won else place.before.lower[:_NEAR]
        if match["to"] is not None and (not won or place.before.lower[:1] in (("from",), ("down",))):
            return None, start  # from 10 to 5
        before = before[:_CLOSE] if match["to"] is not None else before
        if not self._data.score_words.intersection((*before, *behind)):
            return None, start
        if self._terms.unit_word.match(text, match.end()):
            return None, start
        figure = Figure(start, match.end(), Decimal(match["left"]), None, None, StatisticKind.SCORE)
        return figure, match.end()


def _ranked(start: int, end: int, value: Decimal) -> Found:
    return Figure(start, end, value, None, None, StatisticKind.RANK), end


def _words_behind(text: str, end: int) -> list[str]:
    return text[end : end + 40].lower().split()
