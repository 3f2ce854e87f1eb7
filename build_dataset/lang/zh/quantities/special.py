"""Figures that are no number with a unit: ranks, ratios, scores, numbers in fixed expressions."""

import re
from collections.abc import Callable
from decimal import Decimal

from build_dataset.extract.figures import Exclusion, Figure
from build_dataset.extract.numerals import quotient
from build_dataset.lang.zh.quantities.context import CLAUSE_END, Article
from build_dataset.lang.zh.quantities.data import QuantityData
from build_dataset.lang.zh.quantities.halves import Found, HalfReader
from build_dataset.lang.zh.quantities.surroundings import Surroundings
from build_dataset.lang.zh.quantities.terms import TermReader
from build_dataset.lang.zh.quantities.units import alternatives
from build_dataset.schema import StatisticKind

HIGHEST_SCORE = 200

_RANK = re.compile(r"第(?P<number>\d{1,4}|[一二三四五六七八九十百]{1,5})")
_RATIO = re.compile(r"(?P<left>\d{1,5}(?:\.\d+)?)\s?(?:比|[:：∶])\s?(?P<right>\d{1,5}(?:\.\d+)?)(?![\d:：])")
_DASHED = re.compile(r"(?P<left>\d{1,3})\s?[-–]\s?(?P<right>\d{1,3})(?![\d.%％-])")
_TWO_NUMBERS = re.compile(r"[\d.一二三四五六七八九十零]{1,12}\s?[比:：∶–-]")
"""How all of these begin."""

_SPELLED_RATIO = re.compile(
    r"(?P<left>[一二三四五六七八九十零]{1,3})比(?P<right>[一二三四五六七八九十零]{1,3})"
)


_PAIR = 2


class SpecialReader:
    """Reads figures of these forms; each reader looks at one of them."""

    def __init__(
        self, data: QuantityData, terms: TermReader, measure: re.Pattern[str], surroundings: Surroundings
    ) -> None:
        self._terms = terms
        self._measure = measure
        self._digits = data.digits
        self._ordinal_digits = data.ordinal_digits
        self._groups = frozenset(data.named_groups)
        self._ranks = re.compile(rf"(?:{alternatives(data.rank_words)})[^，。；,;]{{0,4}}$")
        self._rank_tail = re.compile(alternatives(data.rank_tails))
        self._scores = re.compile(alternatives(data.score_words))
        self._readers: tuple[Callable[[Article, int], Found], ...] = (
            self._rank,
            HalfReader(data, terms, surroundings).read,
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

    def name(self, article: Article, start: int) -> Found:
        """七大洲, 两岸: a number inside a word that the dictionary knows; behind 两 any word of two characters."""
        index = article.token_at(start)
        if index >= len(article.tokens) or article.tokens[index].start != start:
            return None, start
        word = article.tokens[index].text
        digit = self._digits.get(word[0], 0)
        pair = (
            digit == _PAIR
            and len(word) == _PAIR
            and word[0] not in self._ordinal_digits
            and word[1] not in self._digits
        )
        if not pair and not (digit > 1 and word[1:] in self._groups):
            return None, start
        end = start + len(word)
        figure = Figure(
            start, end, Decimal(digit), None, word[1:], StatisticKind.COUNT, exclusion=Exclusion.NAME
        )
        return figure, end

    def _ratio_or_score(self, article: Article, start: int) -> Found:
        """7比3获胜, 比分3:1, 男女比例为3:2."""
        text = article.text
        if _TWO_NUMBERS.match(text, start) is None:
            return None, start
        match = _RATIO.match(text, start) or _DASHED.match(text, start) or _SPELLED_RATIO.match(text, start)
        if match is None or (start and text[start - 1] in "0123456789.:：-"):
            return None, start
        begin = max(article.sentence_start(start), start - 24)
        sport = self._scores.search(text, begin, min(match.end() + 12, len(text))) is not None
        dashed = match.re is _DASHED
        if not sport and match.re is not _RATIO:
            return None, start
        if dashed and (
            self._terms.found.unit.match(text, match.end()) or self._measure.match(text, match.end())
        ):
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
