"""What makes a number a statistic, and what makes it a date, an age, a name or a figure of speech."""

import re
from decimal import Decimal

from build_dataset.extract.figures import Exclusion
from build_dataset.extract.units import Unit
from build_dataset.lang.en.quantities.context import Article, Place, Words
from build_dataset.lang.en.quantities.data import QuantityData
from build_dataset.lang.en.quantities.nouns import Noun, NounReader
from build_dataset.lang.en.quantities.terms import Term
from build_dataset.schema import Qualifier, StatisticKind

LONGEST_BARE = 7
"""Digits of a number without unit, noun or separators: a longer one is an identifier."""

OLDEST = 130
"""Years; what is older is a thing, and its age a figure."""

_HUNDRED = Decimal(100)
_TEN = Decimal(10)
_TWO = Decimal(2)
_AGO = re.compile(r"\s(?:ago)\b", re.IGNORECASE)
_YEARS_OLD = re.compile(
    r"[-\s]?(?:century|decades?|years?|months?|weeks?|days?)(?:[-\s]olds?\b|\sof\sage\b)|\s?y/?o\b",
    re.IGNORECASE,
)
_DAY = re.compile(r"(?:0?[1-9]|1[0-2])/(?:1[3-57-9]|2\d|3[01])")
_ZERO_AHEAD = re.compile(r"0\d")
_ERA = re.compile(r"\s?(?:BC|AD|BCE|CE)\b")
_NEXT_WORD = re.compile(r"\s(?P<word>[^\W\d_]+)")
_ARTICLE = re.compile(r"an?\s", re.IGNORECASE)
_FIRST_WORD_BEHIND = re.compile(r"\s(?P<word>[a-z]+)\b", re.IGNORECASE)
_BEFORE_AGES = frozenset({"between", "from", "of"})
_BEFORE_LATER_AGES = frozenset({"also", "both", "now", "then"})
_DASHES = frozenset({" -", " –", " —", " ―"})
_BEFORE_LEVELS = frozenset({"above", "below", "beyond", "over", "under"})
_COMPARED_AGES = frozenset({"older", "younger"})
_HIGHEST_LABEL = 20
_IN_A_LIST = frozenset({"and", "or", ",", "&"})
_OPENING = frozenset('"“‘')
_CLOSING = frozenset('"”’')
_CLOSED = re.compile('[.,]?["”’]')
_BEFORE_NAME = frozenset("#@/&_'’")
_BEHIND_NAME = frozenset("/@_")


class Rules:
    """Decides on a term with what stands about it."""

    def __init__(self, data: QuantityData, nouns: NounReader) -> None:
        self._data = data
        self._nouns = nouns
        self._times = frozenset(word for spellings in data.durations.values() for word in spellings)
        self._starters = frozenset(phrase for phrases in data.qualifiers.values() for phrase in phrases)

    def past_or_age(self, text: str, last: Term) -> Exclusion | None:
        """20 years ago, a 15-year-old, 30 years old, 30 years of age."""
        if _AGO.match(text, last.end) is not None:
            return Exclusion.PAST
        if last.value < OLDEST and _YEARS_OLD.match(text, last.number.end) is not None:
            return Exclusion.AGE
        return None

    def is_date_or_name(self, text: str, low: Term, last: Term, unit: Unit, before: Words) -> bool:
        """Whether a number with a unit only looks like one: July 4 weeks later, COP30, Ward 5 A."""
        if unit.kind is StatisticKind.DURATION:
            return before.at(0) in self._data.months or _is_quoted_name(text, low, last)
        if unit.kind is StatisticKind.MONEY:
            return abs(low.value) < self._data.least_amounts.get(unit.name, 0)
        if unit.kind is not StatisticKind.MEASURE:
            return False
        one_letter = text[last.end - 1].isalpha() and not text[last.end - 2].isalpha()
        return one_letter and self.is_label(text, low, before)

    def is_one(
        self, text: str, low: Term, last: Term, unit: Unit, before: Words, qualifier: Qualifier | None
    ) -> bool:
        """Whether one with a unit is no more than an article: "one day", "a mile", "a second" mostly are."""
        if low is not last or not low.number.spelled or low.value != unit.factor or low.number.value != 1:
            return False
        if unit.kind is StatisticKind.DURATION:
            return not self._is_length(text, low, unit, before, qualifier)
        return _ARTICLE.match(text, low.start) is not None and qualifier is None

    def _is_length(
        self, text: str, term: Term, unit: Unit, before: Words, qualifier: Qualifier | None
    ) -> bool:
        """A year, one hour: where a length of time is the point."""
        spelled_one = _ARTICLE.match(text, term.start) is None
        if spelled_one and (unit.name == "day" or (before.at(0) == "in" and qualifier is None)):
            return False
        if qualifier is not None:
            return True
        if unit.name in ("second", "minute") and not spelled_one:
            return False
        if before.at(0) == "to" and before.at(1) in self._times:
            return True  # from 10 years to a year
        return before.at(0) in self._data.duration_heads or before.at(1) in self._data.duration_heads

    def is_fraction(self, text: str, term: Term, before: Words, qualifier: Qualifier | None) -> bool:
        """Whether half, a third, 3/4 is a share here: "the first half", "a third party" are not."""
        match = _FIRST_WORD_BEHIND.match(text, term.end)
        following = match["word"].lower() if match is not None else ""
        if term.number.digits:
            if following in ("of", "the", "a") or qualifier is not None or len(term.number.digits) == 1:
                return True
            return self._nouns.read(text, term.end, len(text)) is not None
        if before.at(0) in self._data.whole_before:
            return before.at(0) == "that" and following == "of"  # he said that half of them had left
        if qualifier is not None or before.at(0) in self._data.share_heads:
            return True
        if text[term.start : term.end].lower() == "half":
            return following in self._data.half_of
        return following == "of" or _ARTICLE.match(text, term.start) is None

    def is_ordinal(self, text: str, term: Term, before: Words) -> bool:
        """The first half, every third, a fifth attempt, on 5/12: no fraction."""
        if term.number.digits:
            return before.at(0) in self._data.before_dates or _DAY.fullmatch(term.number.digits) is not None
        if before.at(0) in self._data.whole_before:
            return True
        behind = _FIRST_WORD_BEHIND.match(text, term.end)
        return _ARTICLE.match(text, term.start) is not None and behind is not None

    def is_pronoun(self, term: Term, before: Words) -> bool:
        """The one, which one, no one: stands for something, and is no number."""
        return term.value == 1 and term.number.spelled and before.at(0) in self._data.before_pronoun_one

    def is_of_age(self, before: Words) -> bool:
        """Ages 5 to 12, aged between 18 and 25."""
        return before.at(0) in self._data.age_words or (
            before.at(0) in _BEFORE_AGES and before.at(1) in self._data.age_words
        )

    def is_afterthought(self, term: Term, before: Words) -> bool:
        """A tornado or two: no number of anything."""
        return term.value == _TWO and before.at(0) == "or" and before.at(2) in ("a", "an")

    def is_title(self, text: str, term: Term, noun: Noun, before: Words) -> bool:
        """Whether number and noun are a name: in quotation marks, or with capitals (the Three Kingdoms)."""
        if text[term.start - 1 : term.start] in _OPENING and text[noun.end : noun.end + 1] in _CLOSING:
            return True
        begins = not before.written or not (before.written[0].islower() or before.written[0] in _OPENING)
        if not term.number.spelled or begins:
            return False
        if before.written[0] in _OPENING and _CLOSED.match(text, noun.end) is None:
            return False
        return text[term.start].isupper() and text[noun.start].isupper()

    def is_label(self, text: str, term: Term, before: Words) -> bool:
        """Whether the word before makes the number a name: Section 4, Boeing 737, Article 5."""
        if not before.written:
            return False
        if term.number.scale > 1:  # October two thousand and five
            return term.number.spelled and before.at(0) in self._data.months and 1500 < term.value < 2200
        if before.at(0) in _IN_A_LIST and self._is_listed_label(before):
            return True
        word, lower = before.written[0], before.lower[0]
        if lower.partition("'")[0] in self._data.phrase_ends and not (lower == "may" and word[0] == "M"):
            return False  # I'm, it's
        if term.number.spelled:
            if lower in self._data.spelled_labels and term.value <= _HIGHEST_LABEL:
                return True  # after round two of the final
            named = lower in self._data.months or lower in self._data.labels or text[term.start].isupper()
            return word[0].isupper() and named
        if lower in self._data.labels:
            return True
        if lower in self._data.months:
            return term.value < 32 or term.value > 1000
        if word.islower() or not word[0].isalpha() or lower in self._data.weekdays:
            return False
        if len(before.written) == 1 and lower in self._starters:
            return False
        return not term.number.grouped and before.at(1) not in self._data.before_places

    def _is_listed_label(self, before: Words) -> bool:
        """Whether a number goes on with a list of labels: Sections 12, 13 and 15."""
        index = 0
        while before.at(index) in _IN_A_LIST or before.at(index).isdecimal():
            index += 1
        head = before.at(index)
        if index < len(("and", "12")) or not head:
            return False
        return head in self._data.labels or (before.written[index][0].isupper() and head.endswith("s"))

    def is_year(
        self,
        text: str,
        low: Term,
        high: Term | None,
        counted: bool,
        before: Words,
        qualifier: Qualifier | None,
    ) -> bool:
        """Whether a number without unit is a year, with or without a plural behind it (2019 results)."""
        if not low.year_like or (high is not None and not high.year_like):
            return False
        if high is not None and before.at(0) in ("between", "from", "in"):
            return True
        if text[low.end : low.end + 1] == "-" and not counted:
            return True
        if counted:
            round_number = low.value % _HUNDRED == 0 and before.at(0) not in (
                "the",
                "from",
                *self._data.before_years,
            )
            level = before.at(0) in _BEFORE_LEVELS  # 30 percent below 2005 levels
            return not round_number and (level or qualifier in (None, Qualifier.ABOUT))
        if qualifier is None or before.at(0) in ("about", "around", "beyond", "circa"):
            return True
        until = not self._data.before_years.isdisjoint(before.lower[1:3])  # until at least 2021
        return until and low.value % _HUNDRED != 0

    def is_bare_name(
        self, article: Article, low: Term, high: Term | None, place: Place, qualifier: Qualifier | None
    ) -> bool:
        """Whether a number without noun or unit is part of a name, a year, or the mark of a list."""
        text, last, before = article.text, high or low, place.before
        if _before(text, low.start) in _BEFORE_NAME or text[last.end : last.end + 1] in _BEHIND_NAME:
            return True
        if high is not None and low.year_digits and high.year_digits and low.value >= _TEN**3:
            return qualifier is None
        if low.year_digits and (before.at(0) in self._data.before_years or _ERA.match(text, last.end)):
            return True
        if before.at(0) in ("of", "the") and (before.at(1) in self._data.months or before.at(1) == "on"):
            return True  # April of 87, on the 17
        return _is_list_marker(text, low, last) or (qualifier is None and _begins_name(text, last))

    def is_bare_figure(
        self, article: Article, low: Term, high: Term | None, place: Place, qualifier: Qualifier | None
    ) -> bool:
        """Whether a number without noun or unit says how many or how much."""
        if place.before.at(0) in ("the", "this", "that") or _is_alone(article.text, low, high or low):
            return False
        if low.number.decimal_comma or _ZERO_AHEAD.match(low.number.digits):
            return False
        if low.number.digits.isdecimal() and len(low.number.digits) > LONGEST_BARE:
            return False
        if high is not None or qualifier is not None or low.number.scale >= 1000:
            return True
        if low.number.spelled:
            return low.value >= _HUNDRED
        return "." in low.number.digits or abs(low.value) >= _TEN

    def is_bare_age(self, text: str, term: Term, before: Words) -> bool:
        """Aged 44; Maria Lopez, 44, said; who is 70; children under 5."""
        if before.at(0) in self._data.age_words or (
            before.at(0) == "of" and before.at(1) in self._data.age_words
        ):
            return True
        if not 0 < term.value < OLDEST:
            return False
        if before.at(0) in _BEFORE_LEVELS and before.at(1) in self._data.people:
            return True
        if before.at(0) == "than" and before.at(1) in _COMPARED_AGES:
            return True  # children younger than 18
        following = _FIRST_WORD_BEHIND.match(text, term.end)
        if (
            before.at(0) == "at"
            and following is not None
            and following["word"].lower() in self._data.person_pronouns
        ):
            return True
        if before.at(0).partition("'")[0] in self._data.person_pronouns and "'" in before.at(0):
            return True  # she's 22
        if before.at(0) in self._data.age_verbs and before.at(1) in self._data.person_pronouns:
            return True
        if (
            before.at(0) in _BEFORE_LATER_AGES
            and before.at(1) in (",", "")
            and text[term.end : term.end + 1] == ","
        ):
            return True  # her sister, also 19, …; now 24, she …
        dashed = text[term.end : term.end + 2] in _DASHES
        named = before.at(0) == "," and len(before.written) > 1 and before.written[1][0].isupper()
        return named and (dashed or text[term.end : term.end + 1] in (",", ".", ""))


def _is_quoted_name(text: str, low: Term, last: Term) -> bool:
    """“60 Minutes”, ''48 Hours'': a capital behind a number that opens quotation marks."""
    quoted = text[low.start - 1 : low.start] in _OPENING or text[low.start - 2 : low.start] == "''"
    return quoted and text[last.number.end + 1 : last.number.end + 2].isupper()


def _begins_name(text: str, last: Term) -> bool:
    """360 Group: a capital behind a bare number."""
    following = _NEXT_WORD.match(text, last.end)
    return following is not None and following["word"][0].isupper() and last.number.scale == 1


def _is_list_marker(text: str, low: Term, last: Term) -> bool:
    """(1), 2. at the beginning of a line."""
    behind = text[last.end : last.end + 1]
    return _begins_line(text, low) and behind != "" and behind in ")].、:】" and last.value < _HUNDRED


def _is_alone(text: str, low: Term, last: Term) -> bool:
    """Whether nothing but a small number stands in a line: the page of something, a heading."""
    return _begins_line(text, low) and text[last.end : last.end + 1] in ("", "\n") and last.value < _HUNDRED


def _begins_line(text: str, low: Term) -> bool:
    before = text[max(0, low.start - 2) : low.start]
    return not before or before[-1] in "\n([【" or before == "\n "


def _before(text: str, start: int) -> str:
    return text[start - 1] if start else " "
