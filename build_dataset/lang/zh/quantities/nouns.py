"""The Chinese noun that a number and a measure word count."""

from collections.abc import Sequence

from build_dataset.document import Range, Token
from build_dataset.lang.zh.quantities.context import Article
from build_dataset.lang.zh.quantities.data import QuantityData

LONGEST_PHRASE = 10
"""Words behind a measure word that are looked at for the noun it measures."""

_LONGEST_DESCRIPTION = 6
_LONGEST_NOUN = 4
_BEFORE_DE = frozenset({"v", "p", "f", "t", "s", "r", "c"})
_DESCRIBING = frozenset({"ns", "nr", "b", "j", "an", "vn"})
"""Classes of words that describe what is counted where 的 follows: places, qualities, acts."""

_ADJECTIVES = frozenset({"a", "ad", "an", "b", "z"})
_BEFORE_FIGURES = "约超近逾仅达約僅達"
_BETWEEN = frozenset({"之间", "之間"})
_BY = "由"
_ASPECTS = frozenset({"了", "过", "過"})
_QUOTATIONS = {"“": "”", "「": "」", '"': '"'}
_ILLNESSES = ("炎", "病", "症", "病毒")
_STAFF = frozenset({"人员", "人員", "人士"})
_THINGS = frozenset({"l", "n", "nz", "eng"})
_PERSONS = ("者", "人", "员", "員", "方")


class NounReader:
    """Finds the noun phrase behind a measure word."""

    def __init__(self, data: QuantityData) -> None:
        self._data = data
        self._verbs = tuple(data.phrase_verbs)
        self._actors = tuple(data.actors)

    def read(self, article: Article, end: int) -> Range | None:
        """The nouns behind a measure word that ends at `end`, without adjectives and what stands before 的."""
        tokens = article.tokens
        index = article.token_at(end)
        if index >= len(tokens):
            return None
        token = tokens[index]
        if token.start < end < token.end and token.text in self._data.measured_nouns:
            return Range(end, token.end)  # 4023辆|车
        apart = token.start > end and not article.text[end : token.start].isspace()
        if (apart or token.start < end) and token.tag not in self._data.noun_tags:
            return None
        limit = self._limit(article, index, end)
        first = self._behind_quotation(tokens, index, limit)
        if self._is_staff(tokens, first, limit):
            return Range(tokens[first].start, tokens[first + 1].end)
        return self._phrase(article, first, limit, end)

    def _phrase(self, article: Article, place: int, limit: int, end: int) -> Range | None:
        tokens = article.tokens
        start = stop = -1
        named = False
        while place < limit:
            token = tokens[place]
            if token.text == "的":
                if named:
                    break  # 4幢住宅楼的外墙: the buildings are counted
                start = stop = -1
                place = self._behind_quotation(tokens, place + 1, limit)
                continue
            if start < 0 and token.text in self._data.attributive_verbs:
                return self._described(article, place) or self._of_state(article, place + 1)
            if (
                self._is_noun(token)
                and not (start >= 0 and token.text.startswith(_BY))
                and not self._is_act(tokens, place, start)
            ):
                start = max(token.start, end) if start < 0 else start
                stop = token.end
                named = named or (
                    token.tag not in _DESCRIBING and token.text not in self._data.describing_nouns
                )
            elif start >= 0 and token.text in _ASPECTS:
                stop = self._without_verb(tokens[place - 1])
                break
            elif start >= 0 and (token.text in _BETWEEN or token.text.startswith(_BY)):
                break  # 两个国家之间的贸易, 三首歌曲由他写成
            elif start >= 0:
                break  # 三项因素是放弃的原因, 20名学生组成的队伍
            elif token.tag in _BEFORE_DE:
                return self._described(article, place)
            elif token.tag not in self._data.passed_over_tags or token.text[0].isdecimal():
                return None  # 得到32分7个篮板
            place += 1
        return Range(start, stop) if 0 <= start < stop else None

    def _is_staff(self, tokens: Sequence[Token], place: int, limit: int) -> bool:
        """14名出险人员: a verb before a word for people is part of what they are called."""
        if place + 1 >= limit or tokens[place].tag != "v":
            return False
        return tokens[place + 1].text in _STAFF and tokens[place].end == tokens[place + 1].start

    def _limit(self, article: Article, index: int, end: int) -> int:
        """The index one past the words that are looked at: not beyond the line."""
        line_end = article.text.find("\n", end)
        limit = min(index + LONGEST_PHRASE, len(article.tokens))
        return limit if line_end < 0 else max(index, min(limit, article.token_at(line_end)))

    def read_tied(self, article: Article, end: int) -> Range | None:
        """The nouns right behind a number without measure word."""
        index = article.token_at(end)
        token = article.tokens[index] if index < len(article.tokens) else None
        tied = token is not None and token.tag in self._data.noun_tags
        noun = self.read(article, end) if tied else None
        return None if noun is None or article.text[noun.start : noun.end] in self._data.not_counted else noun

    def read_before(self, article: Article, start: int, word: str) -> Range | None:
        """The nouns before a figure that it counts: 确诊病例450例, 上市企业有16家.

        Args:
            article: the text.
            start: where the figure begins, its qualifier included.
            word: its measure word; only those of things count what stands before them.
        """
        if word not in self._data.thing_words:
            return None
        tokens, index = article.tokens, article.token_at(start) - 1
        if index >= 0 and tokens[index].text in self._data.having and tokens[index].end == start:
            index -= 1
        last = index
        while index >= 0 and last - index < _LONGEST_NOUN and self._is_named(tokens, index, last):
            index -= 1
        if index == last or not self._can_be_counted(tokens[last].text, word):
            return None
        return Range(tokens[index + 1].start, tokens[last].end)

    def _is_named(self, tokens: Sequence[Token], index: int, last: int) -> bool:
        """Whether a word goes on with the nouns up to `last`, whose own one names things and no place or person."""
        token = tokens[index]
        if index < last:
            return token.tag in _THINGS and token.end == tokens[index + 1].start
        return token.tag in _THINGS or token.text in _PERSONS

    def _can_be_counted(self, noun: str, word: str) -> bool:
        """Whether it is no amount (销量, 差距), and no firm that has what is counted, but for 16家企业."""
        if (len(noun) < 2 and noun not in _PERSONS) or noun.endswith(tuple(self._data.amount_endings)):
            return False
        return word == "家" or not noun.endswith(tuple(self._data.firm_endings))

    def _is_noun(self, token: Token) -> bool:
        if token.text in self._data.also_nouns:
            return True
        return token.tag in self._data.noun_tags and not self._ends_phrase(token.text)

    def _is_act(self, tokens: Sequence[Token], place: int, start: int) -> bool:
        """54个国家报告新增病例: a word for an act and for its result is the act between who acts and what."""
        return (
            start >= 0
            and tokens[place].text in self._data.acts
            and tokens[place - 1].text.endswith(self._actors)
            and place + 1 < len(tokens)
            and tokens[place + 1].tag[:1] not in ("x", "u")
        )

    def _behind_quotation(self, tokens: Sequence[Token], place: int, limit: int) -> int:
        """24个“某某”平台: where the words in quotation marks at a place end; the place where none stand."""
        closing = _QUOTATIONS.get(tokens[place].text) if place < limit else None
        if closing is None:
            return place
        return next((after + 1 for after in range(place + 1, limit) if tokens[after].text == closing), place)

    def _of_state(self, article: Article, index: int) -> Range | None:
        """3名受伤乘客: the noun behind a verb that says what state it is in, if it is no illness."""
        noun = self._nouns_from(article, index)
        return None if noun is None or article.text.endswith(_ILLNESSES, noun.start, noun.end) else noun

    def _without_verb(self, token: Token) -> int:
        """国家报告了: where the nouns end when what stands before 了 is a verb, glued to one of them or not."""
        return token.end - len("报告") if len(token.text) >= len("国家报告") else token.start

    def _ends_phrase(self, word: str) -> bool:
        if word in self._data.not_nouns:
            return True
        if word.startswith(self._verbs) and not word.endswith(_PERSONS):
            return True
        return len(word) > 1 and word[-1] in _BEFORE_FIGURES

    def _described(self, article: Article, index: int) -> Range | None:
        """The noun after 的 where the words up to it describe it (10名参加会议的代表)."""
        tokens = article.tokens
        for place in range(index, min(index + _LONGEST_DESCRIPTION, len(tokens))):
            token = tokens[place]
            if token.tag == "x" and not token.text.isalnum():
                return None
            if token.text == "的":
                return self._nouns_from(article, place + 1)
        return None

    def _nouns_from(self, article: Article, index: int) -> Range | None:
        start = stop = -1
        tokens = article.tokens
        if index < len(tokens) and tokens[index].tag in _ADJECTIVES:
            index += 1  # 被称为立石的高大石碑
        for token in tokens[index : index + _LONGEST_NOUN]:
            if not self._is_noun(token) or (stop >= 0 and token.start != stop):
                break
            start, stop = token.start if start < 0 else start, token.end
        return Range(start, stop) if start >= 0 else None
