"""Where a number stands: its words, its clause, its sentence."""

import re
from bisect import bisect_right

from build_dataset.document import Range, SegmentedText, Token
from build_dataset.lang.zh.segmentation import ChineseSegmentation, is_known

CLAUSE_END = "，,。；;：:！!？?、（(）)“”「」\n"
LONGEST_CLAUSE = 60
_CLAUSES_OF_SUBJECT = 3

_CLOSED = re.compile(r"[《〈][^《》〈〉\n]{1,80}[》〉]|(?:https?://|www\.)[!-~]{1,2000}")
"""Titles and addresses: no figure stands in them."""

_RANGE_OF_CHARACTERS = re.compile(
    "[一二两兩三四五六七八九十百千万萬亿億]{1,6}[至到][一二两兩三四五六七八九十百千万萬亿億]"
)
_FORMAL = re.compile("[壹贰貳叁參肆伍陆陸柒捌玖拾佰仟]")
_SOME_MORE = re.compile("[十百千万萬亿億][来來多余餘][个個名位家人年天万萬亿億]")
_LONGEST_NAME = 2
"""Number characters; a longer row is a number, whatever the dictionary takes it for."""

_NOT_NUMBERS = frozenset(
    {"a", "ad", "c", "d", "i", "l", "nr", "ns", "nt", "nz", "r", "v", "vn", "z", "nrt", "nrfg"}
)
"""Words of these classes that begin with a number character are names, adverbs, idioms (四川, 一起, 万一)."""
_IDIOMS = frozenset({"i", "l"})
_NUMBER_TAGS = frozenset({"m", "mq", "q", "j"})
_PREFIXES = frozenset("这那近约共有达超仅前后最逾上這約達僅後")
_SUFFIXES = frozenset("内后来间中里多半重长高宽深厚內後來間裏裡長寬到至")


class Article:
    """A segmented text with what is asked of it again and again."""

    __slots__ = ("_closed", "_not_subjects", "_sentences", "_starts", "_traditional", "text", "tokens")

    def __init__(self, segmented: SegmentedText, not_subjects: frozenset[str]) -> None:
        self._not_subjects = not_subjects
        self.text = segmented.text
        self.tokens = segmented.tokens
        self._starts = [token.start for token in segmented.tokens]
        self._sentences = [sentence.start for sentence in segmented.sentences]
        self._closed = [match.span() for match in _CLOSED.finditer(segmented.text)]
        self._traditional: bool | None = None

    @property
    def is_traditional(self) -> bool:
        """Whether the text is in traditional characters."""
        if self._traditional is None:
            self._traditional = ChineseSegmentation().tag(self.text) == "zh-Hant"
        return self._traditional

    def closed_end(self, offset: int) -> int:
        """Where the title in 《》 or the address that holds an offset ends, 0 outside of them."""
        number = bisect_right(self._closed, (offset, len(self.text))) - 1
        return self._closed[number][1] if number >= 0 and offset < self._closed[number][1] else 0

    def token_at(self, offset: int) -> int:
        """The index of the token that holds an offset, or of the first one behind it."""
        index = bisect_right(self._starts, offset) - 1
        return index if index >= 0 and offset < self.tokens[index].end else index + 1

    def word_at(self, offset: int) -> str:
        """The token that begins at an offset, empty where none does."""
        index = self.token_at(offset)
        return (
            self.tokens[index].text if index < len(self.tokens) and self.tokens[index].start == offset else ""
        )

    def begins_number(self, offset: int, end: int) -> bool:
        """Whether number characters are a word of their own, no part of a name, an adverb, an idiom."""
        index = self.token_at(offset)
        if index >= len(self.tokens) or self.text[offset - 1 : offset] == "零":
            return True
        token = self.tokens[index]
        if token.tag not in _IDIOMS and self._is_long(token, offset, end):
            return True
        if token.start <= offset and _RANGE_OF_CHARACTERS.match(self.text, offset):
            return True
        if token.start == offset - 1 and token.text[0] in _PREFIXES:
            return True  # 这三项
        if token.start == offset and _SOME_MORE.match(self.text, end - 1) is not None:
            return True  # 十来个
        return token.start == offset and token.tag not in _NOT_NUMBERS

    def _is_long(self, token: Token, offset: int, end: int) -> bool:
        """Whether a row is too long for a name; 陆 and 伍 are also families."""
        if end - offset != _LONGEST_NAME:
            return end - offset > _LONGEST_NAME
        return not token.tag.startswith("nr") and _FORMAL.search(self.text, offset, end) is not None

    def ends_word(self, start: int, end: int) -> bool:
        """Whether the characters between are no beginning of another word (部 in 部门)."""
        index = self.token_at(end - 1)
        if index >= len(self.tokens):
            return True
        token = self.tokens[index]
        if token.end <= end or token.start < start or token.tag in _NUMBER_TAGS:
            return True
        return len(token.text) > len("部门") or token.text[-1] in _SUFFIXES or not is_known(token.text)

    def verb_at(self, offset: int) -> bool:
        """Whether a verb, adverb, conjunction or particle stands at an offset."""
        index = self.token_at(offset)
        return index < len(self.tokens) and self.tokens[index].tag[:1] in ("v", "d", "c", "u", "p")

    def sentence_start(self, offset: int) -> int:
        """Where the sentence of an offset begins."""
        number = bisect_right(self._sentences, offset) - 1
        return self._sentences[number] if number >= 0 else 0

    def clause_start(self, offset: int) -> int:
        """Where the clause before an offset begins, as far back as `LONGEST_CLAUSE` reaches."""
        start = offset
        while start > 0 and offset - start < LONGEST_CLAUSE and self.text[start - 1] not in CLAUSE_END:
            start -= 1
        return start

    def subject(self, start: int) -> Range | None:
        """The words of the clause up to its verb; where there are none, those of the clause before.

        Figures in a row (分别为3元、5元和8元) have one subject.
        """
        marks = "，,、"
        for _ in range(_CLAUSES_OF_SUBJECT):
            begin = self.clause_start(start)
            subject = self._subject_between(begin, start)
            if subject is not None or begin < 1 or self.text[begin - 1] not in marks:
                return subject
            marks, start = "、", begin - 1
        return None

    def _subject_between(self, begin: int, start: int) -> Range | None:
        index = self.token_at(begin)
        first = last = -1
        while index < len(self.tokens) and self.tokens[index].start < start:
            token = self.tokens[index]
            if token.text in self._not_subjects or token.tag in ("v", "p", "d", "f"):
                if first >= 0:
                    break
            elif (
                token.tag[:1] in ("n", "j", "l", "e") or token.tag == "vn" or (token.tag == "b" and first < 0)
            ):
                first = token.start if first < 0 else first
                last = token.end
            index += 1
        return Range(first, last) if first >= 0 else None
