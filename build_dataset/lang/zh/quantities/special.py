"""Figures that are no number with a unit: ranks, halves, ratios, scores."""

import re
from collections.abc import Callable
from decimal import Decimal

from build_dataset.extract.figures import Figure
from build_dataset.extract.numerals import quotient
from build_dataset.extract.units import Unit
from build_dataset.lang.zh.quantities.context import CLAUSE_END, Article
from build_dataset.lang.zh.quantities.data import QuantityData
from build_dataset.lang.zh.quantities.numbers import Number
from build_dataset.lang.zh.quantities.surroundings import Surroundings
from build_dataset.lang.zh.quantities.terms import HALF, Term, TermReader, alternatives
from build_dataset.schema import Qualifier, StatisticKind

HIGHEST_SCORE = 200

_RANK = re.compile(r"第(?P<number>\d{1,4}|[一二三四五六七八九十百]{1,5})")
_WHOLE_HALF = re.compile(r"(?<!另)一半|半数|半數")
_HALF_UNIT = re.compile(
    r"(?<![上下前后大多过夜一二三四五六七八九十])半(?P<counter>[个個]?多?)"
    r"(?P<unit>年|月|小时|小時|钟头|世纪|公里|米|公斤|斤|吨|里)(?![报度决级终])"
)
_RATIO = re.compile(r"(?P<left>\d{1,4}(?:\.\d+)?)\s?(?:比|[:：∶])\s?(?P<right>\d{1,3}(?:\.\d+)?)(?![\d:：])")
_DASHED = re.compile(r"(?P<left>\d{1,3})\s?[-–]\s?(?P<right>\d{1,3})(?![\d.%％-])")
_SPELLED_RATIO = re.compile(
    r"(?P<left>[一二三四五六七八九十零]{1,3})比(?P<right>[一二三四五六七八九十零]{1,3})"
)

Found = tuple[Figure | None, int]
"""A figure, if there is one, and where reading goes on: the place itself where a reader has nothing to say."""


class SpecialReader:
    """Reads figures of these forms; each reader looks at one of them."""

    def __init__(
        self, data: QuantityData, terms: TermReader, measure: re.Pattern[str], surroundings: Surroundings
    ) -> None:
        self._terms = terms
        self._measure = measure
        self._surroundings = surroundings
        self._ranks = re.compile(rf"(?:{alternatives(data.rank_words)})[^，。；,;]{{0,4}}$")
        self._rank_tail = re.compile(alternatives(data.rank_tails))
        self._scores = re.compile(alternatives(data.score_words))
        self._readers: tuple[Callable[[Article, int], Found], ...] = (
            self._rank,
            self._half,
            self._half_unit,
            self._ratio_or_score,
        )

    def read(self, article: Article, start: int) -> Found:
        """The first of the readers that has something to say."""
        for reader in self._readers:
            figure, end = reader(article, start)
            if end > start:
                return figure, end
        return None, start

    def _rank(self, article: Article, start: int) -> Found:
        """位列第二, 排名第三位; other ordinals are passed over."""
        text = article.text
        if not start or text[start - 1] != "第":
            return None, start
        match = _RANK.match(text, start - 1)
        number = self._terms.numbers.read(text, start)
        if match is None or number is None:
            return None, start + 1
        tail = self._rank_tail.match(text, match.end())
        end = tail.end() if tail is not None else match.end()
        ends = tail is not None or text[end : end + 1] in (*CLAUSE_END, "的", "")
        if not ends or self._ranks.search(text, max(0, start - 13), start - 1) is None:
            return None, match.end()
        subject = article.subject(start - 1)
        return Figure(start - 1, end, number.value, None, None, StatisticKind.RANK, subject=subject), end

    def _half(self, article: Article, start: int) -> Found:
        """一半, 半数."""
        match = _WHOLE_HALF.match(article.text, start)
        if match is None:
            return None, start
        return self._halved(article, start, match.end(), Unit(StatisticKind.RATIO, ""), None)

    def _half_unit(self, article: Article, start: int) -> Found:
        """半年, 半个多月; 上半年 and 半决赛 are passed over."""
        text = article.text
        if text[start] != "半":
            return None, start
        match = _HALF_UNIT.match(text, start)
        if match is None:
            return None, start + 1
        counter = match["counter"][:1] if match["unit"] == "月" else ""
        unit = self._terms.units.get(counter + match["unit"])
        if unit is None or self._terms.not_duration.match(text, match.start("unit")):
            return None, match.end()
        surplus = Qualifier.AT_LEAST if match["counter"].endswith("多") else None
        return self._halved(article, start, match.end(), unit, surplus)

    def _halved(self, article: Article, start: int, end: int, unit: Unit, inside: Qualifier | None) -> Found:
        term = Term(start, end, Number(start, end, HALF, implied=True), HALF, None, unit)
        qualifier = self._surroundings.qualifier(article.text, term, term, unit, "", end) or inside
        subject = article.subject(start)
        return Figure(start, end, HALF, None, unit.name or None, unit.kind, qualifier, subject), end

    def _ratio_or_score(self, article: Article, start: int) -> Found:
        """7比3获胜, 比分3:1, 男女比例为3:2."""
        text = article.text
        match = _RATIO.match(text, start) or _DASHED.match(text, start) or _SPELLED_RATIO.match(text, start)
        if match is None or (start and text[start - 1] in "0123456789.:：-"):
            return None, start
        begin = max(article.sentence_start(start), start - 24)
        sport = self._scores.search(text, begin, min(match.end() + 12, len(text))) is not None
        dashed = match.re is _DASHED
        if not sport and match.re is not _RATIO:
            return None, start
        if dashed and (self._terms.unit.match(text, match.end()) or self._measure.match(text, match.end())):
            return None, start
        left = self._terms.numbers.read(text, match.start("left"))
        right = self._terms.numbers.read(text, match.start("right"))
        if left is None or right is None or left.end != match.end("left"):
            return None, match.end()
        return self._compared(article, start, match.end(), left.value, right.value, sport=sport)

    def _compared(
        self, article: Article, start: int, end: int, left: Decimal, right: Decimal, *, sport: bool
    ) -> Found:
        subject = article.subject(start)
        if sport and max(left, right) < HIGHEST_SCORE:
            return Figure(start, end, left, None, None, StatisticKind.SCORE, subject=subject), end
        if right == 0:
            return None, end
        return Figure(
            start, end, quotient(left, right), None, None, StatisticKind.RATIO, subject=subject
        ), end
