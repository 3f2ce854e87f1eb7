"""What makes a number a statistic, and what makes it a name, an ordinal, a figure of speech."""

import re
from decimal import Decimal
from enum import Enum, auto

from build_dataset.extract.figures import Exclusion
from build_dataset.extract.units import Unit
from build_dataset.lang.zh.quantities.context import CLAUSE_END, Article
from build_dataset.lang.zh.quantities.data import QuantityData
from build_dataset.lang.zh.quantities.nouns import NounReader
from build_dataset.lang.zh.quantities.numbers import Number
from build_dataset.lang.zh.quantities.surroundings import Surroundings
from build_dataset.lang.zh.quantities.terms import DOZEN, Term
from build_dataset.lang.zh.quantities.units import BLANK, alternatives
from build_dataset.schema import Qualifier, StatisticKind

_TEN = Decimal(10)
_HUNDRED = Decimal(100)
_TEN_THOUSAND = Decimal(10_000)
_YEARS = range(1800, 2100)
_YEAR_DIGITS = len("2024")
_HOURS = Decimal(24)
_LATIN_BEHIND = re.compile(r"[ ]?[A-Za-z_@#]|[-/.]\d|-[A-Za-z]")
_LIST_OF_ORDINALS = re.compile(
    r"第[\d一二三四五六七八九十]+(?:[、和及与][\d一二三四五六七八九十]+){0,6}[、和及与]$"
)
_LIST_MARK = re.compile(r"[、.．)）]")
_POINTS = frozenset("点點")
_CLOCK_WORDS = _POINTS | {"分"}
_PLAIN = frozenset("个個")
"""二个 is two; before another measure word 二 is the second one."""

_OPENING = frozenset('“「『"')
_CLOSING = frozenset('”」』"')
_MINUS = frozenset("-−－")
_CLOCK = frozenset("点點时時刻")
_AFTER_WORD = ("c", "r", "x", "u", "w")
"""Parts of speech that can stand behind a number that is a word by itself."""


class Verdict(Enum):
    """What a number and the word behind it are: a count, a number before some other word, no quantity at all."""

    COUNT = auto()
    OTHER_WORD = auto()
    NOTHING = auto()


class Rules:
    """Decides on a term with what stands about it."""

    def __init__(self, data: QuantityData, nouns: NounReader, surroundings: Surroundings) -> None:
        self._data = data
        self._nouns = nouns
        self._surroundings = surroundings
        self._label_behind = re.compile(rf"{BLANK}(?:{alternatives(data.labels_behind)})")
        self._label_before = re.compile(rf"(?:{alternatives(data.labels_before)}){BLANK}$")
        self._not_measure = re.compile(alternatives(data.not_measures))
        self._strength = re.compile(alternatives(data.strength_words))
        self._heads = re.compile(rf"(?:{alternatives(data.length_heads)}){BLANK}$")

    def is_labelled(self, text: str, start: int, term: Term) -> bool:
        """第三, 代码600000: what stands before makes it an ordinal, a name, a reference."""
        if term.unit is not None and term.number.digits:
            return False
        return self._label_before.search(text, max(0, start - 4), term.start) is not None

    def is_base(self, text: str, term: Term) -> bool:
        """每10万人, 每三年: no figure of its own, the base of one."""
        if term.unit is not None and term.number.digits:
            return False
        return text[max(0, term.start - 2) : term.start].rstrip(" ").endswith("每")

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

    def count(self, article: Article, low: Term, last: Term, measured: re.Match[str]) -> Verdict | Exclusion:
        """What number and measure word are: a count, or why it is none for a dataset (一个, 两国)."""
        number, word, text = low.number, measured["word"], article.text
        if number.spelled and word in _CLOCK_WORDS and number.scale <= _TEN:
            counted = word in _POINTS and text[low.start - 1 : low.start] in ("有", "下") and last.low < _TEN
            return Verdict.COUNT if counted else Verdict.NOTHING
        small = number.spelled and last.low < _TEN and number.scale == 1
        exclusion = self._small_count(article, last, measured) if small else None
        if exclusion is Verdict.NOTHING or not self._is_measure_word(article, measured):
            return Verdict.NOTHING if small else Verdict.OTHER_WORD
        qualified = (
            measured["vague"] in self._data.surplus  # 百余人
            or self._surroundings.is_qualified(text, low.start)
            or self._surroundings.end_behind(text, measured.end()) > measured.end()
        )
        if number.implied and not qualified:
            return Exclusion.VAGUE
        return exclusion or Verdict.COUNT

    def half_end(self, article: Article, measured: re.Match[str]) -> int:
        """Where 半 behind 个 ends (三个半足球场, but not 两个半场); the measure word's end where none stands."""
        end = measured.end()
        if measured["word"] not in _PLAIN or not article.text.startswith("半", end):
            return end
        index = article.token_at(end)
        return end + 1 if index < len(article.tokens) and article.tokens[index].end == end + 1 else end

    def _is_measure_word(self, article: Article, measured: re.Match[str]) -> bool:
        word = measured["word"]
        if self._not_measure.match(article.text, measured.start("word")):
            return False
        if (
            word in self._data.only_measures
            or article.word_at(measured.start("word")) in self._data.measured_nouns
        ):
            return True
        return len(word) > 1 or article.ends_word(measured.start("word"), measured.end())

    def _small_count(
        self, article: Article, last: Term, measured: re.Match[str]
    ) -> Verdict | Exclusion | None:
        """两家, 三份: below ten many a number is part of a word of its own (三角), 二次 is the second time."""
        word = measured["word"]
        if last.number.high is None and last.low == 1:
            return Verdict.NOTHING if word in self._data.ones else Exclusion.ONE
        if last.low == 0 and word not in self._data.only_measures:
            return Verdict.NOTHING  # 零关税, 零首付
        ordinal = article.text[last.number.start] in self._data.ordinal_digits
        if last.number.high is None and ordinal and word not in _PLAIN:
            return Verdict.NOTHING
        if word not in self._data.counted_small:
            return Exclusion.NAME if word in self._data.never_spelled else None
        counted = last.low > 2 or self._nouns.read(article, measured.end()) is not None
        return None if counted else Exclusion.NAME

    def quantity(
        self, text: str, low: Term, last: Term, unit: Unit, qualifier: Qualifier | None, end: int
    ) -> Exclusion | None:
        """Why a number with a unit is none for a dataset: 一年 only counts where a length of time is the point."""
        number = low.number
        if number.implied and qualifier is None and unit.kind is not StatisticKind.PERCENT:
            return Exclusion.VAGUE
        one = (
            number.spelled and number.high is None and last is low and number.value == 1 and number.scale == 1
        )
        if (
            not one
            or unit.kind in (StatisticKind.PERCENT, StatisticKind.RATIO)
            or low.low != number.value * unit.factor
        ):
            return None
        headed = self._heads.search(text, max(0, low.start - 6), low.start) is not None
        if unit.kind is StatisticKind.DURATION:
            counts = (headed or qualifier is not None or low.surplus) and not self._surroundings.is_recent(
                text, end
            )
        else:
            counts = (
                headed or qualifier is not None or (unit.kind is StatisticKind.MONEY and unit.factor == 1)
            )
        return None if counts else Exclusion.ONE

    def bare(
        self, article: Article, low: Term, last: Term, qualifier: Qualifier | None
    ) -> Verdict | Exclusion:
        """A number without measure word or unit: a figure, a bare number, part of something else."""
        if _LATIN_BEHIND.match(article.text, last.end) or _is_quoted(article.text, low, last):
            return Verdict.NOTHING
        if not last.number.lettered and self._is_bare_figure(article, low, last, qualifier):
            return Verdict.COUNT
        number = last.number
        if low is not last and _is_year(low.number) and _is_year(number):
            return Verdict.NOTHING  # 2024-2025赛季
        if number.large_scale == DOZEN and self._nouns.read_tied(article, last.end) is not None:
            return Verdict.COUNT
        if number.spelled and self._is_group(article, last):
            return Exclusion.NAME
        alone = self._is_word(article, low, last) if number.spelled else self._is_alone(article, low, last)
        return Exclusion.BARE if alone or qualifier is not None else Verdict.NOTHING

    def _is_group(self, article: Article, last: Term) -> bool:
        """六大国, 三大运营商: so many great ones."""
        if article.text[last.end : last.end + 1] != "大" or not 1 < last.low <= _TEN:
            return False
        index = article.token_at(last.end)
        behind = article.tokens[index : index + 2]
        return bool(behind) and behind[0].start == last.end and behind[-1].tag[:1] in ("n", "v")

    def _is_alone(self, article: Article, low: Term, last: Term) -> bool:
        """Whether digits are no year, no mark of a list and no beginning of a name (58同城)."""
        text = article.text
        if _is_year(last.number):
            return text[last.start - 1 : last.start] in _MINUS
        if text[low.start - 1 : low.start] in ("", "\n", "(", "（") and _LIST_MARK.match(text, last.end):
            return False
        index = article.token_at(last.end)
        behind = article.tokens[index] if index < len(article.tokens) else None
        if behind is None or behind.start > last.end or not behind.text[0].isalnum():
            return True
        return behind.start == last.end and behind.tag[:1] not in ("n", "l", "i", "j", "e", "m", "q", "t")

    def _is_word(self, article: Article, low: Term, last: Term) -> bool:
        """Whether number characters are a word by themselves: 答案是五, but not 三角, not 一看, not 五点."""
        text, end = article.text, last.end
        counted = any(character in self._data.digits for character in text[last.number.start : end])
        if last.number.implied and low is last and (not counted or text[end : end + 1].isalnum()):
            return False  # 万一下雨
        if text[end : end + 1] in _CLOCK and last.low <= _HOURS:
            return False
        index = article.token_at(end - 1)
        if index < len(article.tokens) and article.tokens[index].end > end:
            return False
        if index + 1 >= len(article.tokens) or article.tokens[index + 1].start > end:
            return True
        small = last.low < _TEN and low is last
        return not small or article.tokens[index + 1].tag[:1] in _AFTER_WORD

    def _is_bare_figure(self, article: Article, low: Term, last: Term, qualifier: Qualifier | None) -> bool:
        """Whether a number without measure word or unit says how many: by 万 or 亿, a point, a qualifier."""
        text, number = article.text, last.number
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
        if text[low.start - 1 : low.start] == "于" and _is_year(number):
            return False  # 于1842签订
        reached = text[low.start - 1 : low.start] in ("至", "到", "达", "为", "报", "于", "是")
        return reached and number.value >= _HUNDRED and not 1900 <= number.value < 2100


def _is_quoted(text: str, low: Term, last: Term) -> bool:
    """“1.18”案: in quotation marks a number is a name."""
    return text[low.start - 1 : low.start] in _OPENING and text[last.end : last.end + 1] in _CLOSING


def _is_year(number: Number) -> bool:
    digits = number.digits
    return len(digits) == _YEAR_DIGITS and digits.isdecimal() and int(digits) in _YEARS
