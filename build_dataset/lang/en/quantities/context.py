"""Where a number stands: its sentence and the words before it."""

import re
from bisect import bisect_right
from typing import NamedTuple

from build_dataset.document import SegmentedText

WINDOW = 72
"""Characters before a number that are looked at for its qualifier, its label, its verb."""

_WORD_OR_MARK = re.compile(r"[^\W\d_](?:[\w.&]*\w|\.(?=\s[a-z]))?(?:['’][^\W\d_]+)?|\d[\d.,]*\d|\d|[^\w\s]")
_YEN = re.compile(r"\byen\b|\bJPY\b|\bJapan")
_BETWEEN = re.compile(r"\bbetween\s(?:about\s|around\s|the\s)?$", re.IGNORECASE)


class Words(NamedTuple):
    """The words before a place in its sentence, the nearest first: as written, and in lower case."""

    written: tuple[str, ...]
    lower: tuple[str, ...]

    def at(self, index: int) -> str:
        """The word that many places before, in lower case; empty where the sentence begins."""
        return self.lower[index] if index < len(self.lower) else ""

    def of_clause(self) -> tuple[str, ...]:
        """The words back to the last mark."""
        for index, word in enumerate(self.lower):
            if not word[0].isalnum():
                return self.lower[:index]
        return self.lower


class Place(NamedTuple):
    """A place of the text where a figure can start; `limit` is where its sentence ends."""

    start: int
    limit: int
    before: Words


class Article:
    """A segmented text with what is asked of it again and again."""

    __slots__ = ("_months", "_sentences", "_starts", "_yen", "money", "text")

    def __init__(self, segmented: SegmentedText, months: frozenset[str]) -> None:
        self.text = segmented.text
        self._months = months
        self._sentences = segmented.sentences
        self._starts = [sentence.start for sentence in segmented.sentences]
        self._yen: bool | None = None
        self.money: dict[str, str | None] = {}
        """Names of the money of several countries → whose it is here, as far as that has been asked."""

    @property
    def speaks_of_yen(self) -> bool:
        """Whether the article is about Japanese money: what a lone ¥ then is."""
        if self._yen is None:
            self._yen = _YEN.search(self.text) is not None and "yuan" not in self.text
        return self._yen

    def sentence_start(self, offset: int) -> int:
        """Where the sentence of an offset begins."""
        number = bisect_right(self._starts, offset) - 1
        return self._starts[number] if number >= 0 else 0

    def sentence_end(self, offset: int) -> int:
        """Where the sentence of an offset ends."""
        number = bisect_right(self._starts, offset) - 1
        return max(self._sentences[number].end, offset) if number >= 0 else len(self.text)

    def place(self, start: int) -> Place:
        """A place with its surroundings."""
        return Place(start, self.sentence_end(start), self.words_before(start))

    def words_before(self, start: int) -> Words:
        """The words of the sentence before an offset, as far back as `WINDOW` reaches."""
        begin = max(self.sentence_start(start), start - WINDOW)
        found = _WORD_OR_MARK.findall(self.text, begin, start)
        if begin > 0 and self.text[begin - 1].isalnum() and found:
            found = found[1:]  # cut in the middle of a word
        if len(found) > 1 and found[-1] == "." and found[-2].lower() in self._months:
            found.pop()  # Jan. 16
        written = tuple(reversed(found))
        return Words(written, tuple(word.lower() for word in written))

    def is_between(self, start: int) -> bool:
        """Whether "between" stands just before: what makes "and" a range."""
        return _BETWEEN.search(self.text, max(0, start - 24), start) is not None
