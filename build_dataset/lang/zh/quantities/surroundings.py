"""What the words about a figure say: qualifier, and what limits a percentage."""

import re

from build_dataset.extract.figures import Role
from build_dataset.extract.units import Unit
from build_dataset.lang.zh.quantities.context import Article
from build_dataset.lang.zh.quantities.data import QuantityData
from build_dataset.lang.zh.quantities.terms import Term
from build_dataset.lang.zh.quantities.units import BLANK, alternatives
from build_dataset.schema import Qualifier, StatisticKind

_SHARES = frozenset({StatisticKind.PERCENT, StatisticKind.RATIO})
_FARTHEST = 14


class Surroundings:
    """Reads the words about a figure."""

    def __init__(self, data: QuantityData) -> None:
        self._data = data
        self._before, self._behind = data.qualifier_of_phrases()
        self._phrase_before = re.compile(rf"(?P<phrase>{alternatives(self._before)}){BLANK}$")
        self._phrase_far = re.compile(
            rf"(?P<phrase>{alternatives(data.qualifiers[Qualifier.ABOUT])})[是为為占佔][^，。；,;\d]{{1,8}}的$"
        )
        self._measuring = re.compile("[了达達用需要花晚早]近$")
        self._longest = max(map(len, self._before)) + 1
        self._phrase_behind = re.compile(rf"{BLANK}之?(?P<phrase>{alternatives(self._behind)})")
        self._negation = re.compile(rf"(?:{alternatives(data.negations)})$")
        self._not_behind = re.compile(alternatives(data.not_behind))
        self._recent = re.compile(alternatives(data.recent_behind))
        self._growth = re.compile(alternatives(data.yearly_growth))
        self._share = re.compile(rf"(?:{alternatives(data.shares)})[^，。；,;\d]{{0,10}}$")

    def is_qualified(self, text: str, start: int) -> bool:
        """Whether a qualifier stands just before a place."""
        return self._phrase_before.search(text, max(0, start - self._longest), start) is not None

    def start_before(self, text: str, start: int) -> int:
        """Where the qualifier before a figure begins; the figure's start where there is none."""
        match = self._phrase_before.search(text, max(0, start - self._longest), start)
        return match.start() if match is not None else start

    def end_behind(self, text: str, end: int) -> int:
        """Where the qualifier behind a figure ends; the figure's end where there is none."""
        match = self._phrase_behind.match(text, end)
        return match.end() if match is not None else end

    def is_recent(self, text: str, end: int) -> bool:
        """近三年来: whether a length of time reaches up to now."""
        return self._recent.match(text, end) is not None

    def qualifier(
        self, text: str, low: Term, last: Term, unit: Unit | None, vague: str, end: int
    ) -> Qualifier | None:
        """The qualifier behind a figure, before it, or inside it (十余年)."""
        behind = self._phrase_behind.match(text, end)
        if behind is not None and self._not_behind.match(text, behind.start("phrase")) is None:
            return self._behind[behind["phrase"]]
        before = self._phrase_before.search(text, max(0, low.start - self._longest), low.start)
        more = last.surplus or low.surplus or vague in self._data.surplus
        if before is not None and self._qualifies(text, before["phrase"], low, unit, end):
            qualifier = self._negated(text, before["phrase"], before.start())
            reaching = before["phrase"][-1] in "达達"  # 长达2600多页
            return Qualifier.AT_LEAST if more and reaching else qualifier
        if before is None and unit is not None and unit.kind in _SHARES:
            far = self._phrase_far.search(text, max(0, low.start - _FARTHEST), low.start)
            if far is not None:
                return self._before[far["phrase"]]  # 大约是地球的2.35倍
        if more:
            return Qualifier.AT_LEAST
        return Qualifier.ABOUT if last.approximate or vague in self._data.approximate else None

    def _negated(self, text: str, phrase: str, start: int) -> Qualifier:
        """不能小于 is at least."""
        qualifier = self._before[phrase]
        if phrase not in self._data.negated or self._negation.search(text, max(0, start - 3), start) is None:
            return qualifier
        return Qualifier.AT_LEAST if qualifier is Qualifier.AT_MOST else Qualifier.AT_MOST

    def _qualifies(self, text: str, phrase: str, low: Term, unit: Unit | None, end: int) -> bool:
        """近 before a length of time can mean the last years, 上 the last or the upper one, 约 be part of 纽约."""
        if text[low.start - 2 : low.start] in self._data.not_qualifiers:
            return False
        if phrase == "上":
            return low.number.implied
        if phrase != "近" or unit is None or unit.kind is not StatisticKind.DURATION:
            return True
        if low.number.high is not None:
            return False  # 近一两年
        if self._measuring.search(text, max(0, low.start - len("了近")), low.start) is not None:
            return True  # 早了近半个月的时间
        return not self.is_recent(text, end) and text[end : end + 1] not in ("，", ",", "。")

    def role(self, article: Article, start: int) -> Role | None:
        """What limits a percentage: a share of a whole, a yearly growth."""
        text, clause = article.text, article.clause_start(start)
        if self._share.search(text, max(clause, start - 16), start):
            return Role.SHARE
        if self._growth.search(text, max(clause, start - 16), start):
            return Role.YEARLY_GROWTH
        return None
