"""What makes a number a statistic, and what makes it a name, an ordinal, a figure of speech."""

import re
from decimal import Decimal

from build_dataset.extract.units import Unit
from build_dataset.lang.zh.quantities.context import CLAUSE_END, Article
from build_dataset.lang.zh.quantities.data import QuantityData
from build_dataset.lang.zh.quantities.nouns import NounReader
from build_dataset.lang.zh.quantities.surroundings import Surroundings
from build_dataset.lang.zh.quantities.terms import BLANK, Term, alternatives
from build_dataset.schema import Qualifier, StatisticKind

_TEN = Decimal(10)
_HUNDRED = Decimal(100)
_TEN_THOUSAND = Decimal(10_000)
_LATIN_BEHIND = re.compile(r"[ ]?[A-Za-z_@#]|[-/.]\d|-[A-Za-z]")
_LIST_OF_ORDINALS = re.compile(
    r"第[\d一二三四五六七八九十]+(?:[、和及与][\d一二三四五六七八九十]+){0,6}[、和及与]$"
)


class Rules:
    """Decides on a term with what stands about it."""

    def __init__(self, data: QuantityData, nouns: NounReader, surroundings: Surroundings) -> None:
        self._data = data
        self._nouns = nouns
        self._surroundings = surroundings
        self._label_behind = re.compile(rf"{BLANK}(?:{alternatives(data.labels_behind)})")
        self._label_before = re.compile(rf"(?:{alternatives(data.labels_before)}){BLANK}$")
        self._strength = re.compile(alternatives(data.strength_words))
        self._heads = re.compile(rf"(?:{alternatives(data.length_heads)}){BLANK}$")

    def is_labelled(self, text: str, start: int, term: Term) -> bool:
        """第三, 代码600000, 每10万人: what stands before makes it an ordinal, a name, a reference."""
        if term.unit is not None and term.number.digits:
            return False
        return self._label_before.search(text, max(0, start - 4), term.start) is not None

    def is_name(self, text: str, low: Term, last: Term) -> bool:
        """360号, 二期, 一、二、三组, 二〇二四: no quantity, whatever follows."""
        if last.number.serial or low.number.serial:
            return True
        if _LIST_OF_ORDINALS.search(text, max(0, low.start - 16), low.start):
            return True
        if last.unit is not None or low.unit is not None or self._label_behind.match(text, last.end) is None:
            return False
        return not self._is_strength(text, last)

    def _is_strength(self, text: str, term: Term) -> bool:
        """6.2级地震, 风力12级."""
        near = self._strength.search(text, max(0, term.start - 8), term.end + 4)
        return text.startswith("级", term.end) and near is not None

    def is_count(self, article: Article, low: Term, last: Term, measured: re.Match[str]) -> bool:
        """Whether number and measure word count something; 一个 never does."""
        number, word, text = low.number, measured["word"], article.text
        if number.implied and not self._surroundings.is_qualified(text, low.start):
            return False
        if number.spelled and word in ("分", "点") and number.scale <= _TEN:
            return word == "点" and text[low.start - 1 : low.start] in ("有", "下") and last.low < _TEN
        if (
            number.spelled
            and last.low < _TEN
            and number.scale == 1
            and not self._is_small_count(article, last, measured)
        ):
            return False
        if (
            word in self._data.only_measures
            or article.word_at(measured.start("word")) in self._data.measured_nouns
        ):
            return True
        return len(word) > 1 or article.ends_word(measured.start("word"), measured.end())

    def _is_small_count(self, article: Article, last: Term, measured: re.Match[str]) -> bool:
        """两家, 三份: below ten many a number is part of a word of its own (三角), 二次 is the second time."""
        text = article.text
        word = measured["word"]
        if last.number.high is None and (
            last.low == 1 or text[last.number.start] in self._data.ordinal_digits
        ):
            return False
        if word not in self._data.counted_small:
            return word not in self._data.never_spelled
        return last.low > 2 or self._nouns.read(article, measured.end()) is not None

    def is_quantity(
        self, text: str, low: Term, last: Term, unit: Unit, qualifier: Qualifier | None, end: int
    ) -> bool:
        """Whether a number with a unit is one here: 一年 only where a length of time is the point."""
        number = low.number
        if number.implied and qualifier is None and unit.kind is not StatisticKind.PERCENT:
            return False
        one = (
            number.spelled and number.high is None and last is low and number.value == 1 and number.scale == 1
        )
        if (
            not one
            or unit.kind in (StatisticKind.PERCENT, StatisticKind.RATIO)
            or low.low != number.value * unit.factor
        ):
            return True
        headed = self._heads.search(text, max(0, low.start - 6), low.start) is not None
        if unit.kind is StatisticKind.DURATION:
            return (headed or qualifier is not None or low.surplus) and not self._surroundings.is_recent(
                text, end
            )
        return headed or qualifier is not None or (unit.kind is StatisticKind.MONEY and unit.factor == 1)

    def is_bare_figure(self, article: Article, low: Term, last: Term, qualifier: Qualifier | None) -> bool:
        """Whether a number without measure word or unit says how many: by 万 or 亿, a point, a qualifier."""
        text, number = article.text, last.number
        if _LATIN_BEHIND.match(text, last.end):
            return False
        following = text[last.end : last.end + 1]
        if number.scale >= _TEN_THOUSAND and not number.implied:
            return not number.spelled or article.ends_word(number.start, last.end)
        if number.spelled:
            ends = qualifier is not None or not following.isalnum()
            return number.value >= _HUNDRED and not number.implied and ends
        ends = not following or following in CLAUSE_END or article.verb_at(last.end)
        if not ends and (qualifier is None or following.isalnum()):
            return False
        if number.grouped or "." in number.digits:
            return True
        if qualifier is not None:
            return number.value >= _TEN
        reached = text[low.start - 1 : low.start] in ("至", "到", "达", "为", "报", "于", "是")
        return reached and number.value >= _HUNDRED and not 1900 <= number.value < 2100
