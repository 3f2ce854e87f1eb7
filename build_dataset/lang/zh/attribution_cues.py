"""Where a text has a cue: verbs of reported speech found as strings, checked against the words round them."""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from build_dataset.lang.zh.attribution_text import QUOTED, View
from build_dataset.lang.zh.attribution_words import Lexicon, report_words, source_words

_GLUED = frozenset("中上时后里间会还也又都曾则就地着先再只亦均已并却")
"""Characters that the segmentation takes for one word with a cue behind them: 致辞中说, 只称."""


_PROPOSES = frozenset("要应将须以让把对")
"""What follows 提出 where it reports: 提出要加快, not 提出申请."""


class Cue(NamedTuple):
    """A cue in the text: where it stands, and where what follows it begins."""

    start: int
    end: int
    word: str
    follow: int
    """Behind the cue and its particle, before any punctuation."""
    set_off: bool
    """A comma, a colon or a quotation mark follows."""
    final: bool
    """Nothing follows: the sentence ends here."""
    quotes: bool
    """A colon or a quotation mark follows."""


class CueFinder:
    """Finds cues; knows which words look like one and are none."""

    def __init__(self) -> None:
        """Read the lists of words."""
        words = report_words()
        cues = words.cues
        self.compounds = frozenset(
            first + second for first in cues.compound for second in cues.compound_end if first != second
        )
        self.plain = cues.plain | self.compounds
        self.clause = cues.clause
        self.pause = cues.pause
        self.tell = cues.tell
        self.show = cues.show
        self.colon = cues.colon
        persons = source_words().persons
        self._surnames = persons.surnames - persons.weak_surnames
        self._never = words.never
        self._particles = Lexicon(cues.particles)
        self._nominal = words.nominal_after
        cue_words = self.plain | self.clause | self.pause | self.colon | self.tell | self.show
        by_first: dict[str, list[str]] = {}
        for word in cue_words | self._never:
            by_first.setdefault(word[0], []).append(word)
        # A look at one character leaves few places where a pattern has to be tried, and a short one for each.
        self._first = re.compile("[" + "".join(sorted(by_first)) + "]")
        self._words = {char: re.compile(trie_pattern(words)) for char, words in by_first.items()}

    def cues(self, view: View, start: int, end: int) -> Iterator[Cue]:
        """The cues between `start` and `end`, in order."""
        held: Cue | None = None
        for cue in self._all(view, start, end):
            if held is not None and not (held.end == cue.start and held.word not in self.plain):
                yield held
            held = cue
        if held is not None:
            yield held

    def _all(self, view: View, start: int, end: int) -> Iterator[Cue]:
        text = view.text
        at = start
        for place in self._first.finditer(text, start, end):
            begin = place.start()
            if begin < at or (match := self._words[text[begin]].match(text, begin, end)) is None:
                continue
            word = match.group()
            if word in self._never:
                if match.end() in view.edges and (begin in view.edges or len(word) > 2):
                    at = match.end()
                continue
            cue = self._cue(view, begin, match.end(), end)
            if cue is not None:
                at = match.end()
                yield cue

    def _cue(self, view: View, start: int, end: int, limit: int) -> Cue | None:
        text = view.text
        word = text[start:end]
        follow = end
        particle = self._particles.starting(text, end, limit)
        if particle and self._sets_off(view, end + particle, limit):
            follow = end + particle
        elif (end < limit and text[end] in "了过着出起" and word not in self.plain) or (
            particle and text[end] in "了过着"
        ):
            return None
        set_off = self._sets_off(view, follow, limit)
        if not set_off and not self._is_word(view, start, end):
            return None
        if set_off and not self._can_begin(view, start, end):
            return None
        if (not set_off and self._is_noun(view, end, limit)) or text[start - 1 : start] == "的":
            return None
        if word == "提出" and not set_off and text[end] not in _PROPOSES:
            return None
        final = follow >= limit or text[follow] in "。！？"
        quotes = follow < limit and (text[follow] == "：" or text[follow] == QUOTED)
        return Cue(start, end, word, follow, set_off, final, quotes)

    @staticmethod
    def _sets_off(view: View, at: int, limit: int) -> bool:
        """Whether the clause ends at `at` or a quotation follows."""
        if at >= limit:
            return True
        return view.text[at] in "，：。！？；" or view.text[at] == QUOTED

    def _is_word(self, view: View, start: int, end: int) -> bool:
        """Whether the cue is a word of the segmentation, or begins one that is no longer word."""
        if start in view.edges:
            return end in view.edges or view.text[start:end] in self.compounds
        token = view.token_at(start)
        if token is None or token.end != end or end - start > 1:
            return False
        glued = token.start == start - 1 and view.text[start - 1] in _GLUED
        return glued or self._behind_a_name(view, start)

    def _can_begin(self, view: View, start: int, end: int) -> bool:
        """Whether the cue before a pause is a word of its own, not the end of 小说 or 名称."""
        if start in view.edges:
            return True
        token = view.token_at(start)
        if token is None:
            return True
        known = view.text[token.start : token.end] in self._never
        if not known and self._behind_a_name(view, start):
            return True
        glued = view.text[start - 1] in _GLUED and token.end == end
        return not known and (
            end - start > 1 or glued or token.tag[:2] in {"x", "nr", "ng"} or token.start == start
        )

    def _behind_a_name(self, view: View, at: int) -> bool:
        """Whether what stands before a cue in its clause can be a name, however it was cut."""
        for start in (at - 3, at - 2):
            if (
                start >= 0
                and view.text[start] in self._surnames
                and (start == 0 or view.text[start - 1] in "，。；：\n")
            ):
                return True
        return False

    def _is_noun(self, view: View, end: int, limit: int) -> bool:
        """介绍的, 说明书, 采访时: what follows makes the cue a noun or puts it into a relative clause."""
        if end >= limit:
            return False
        if view.text[end] == "的":
            return True
        token = view.token_at(end)
        return (
            token is not None and token.start == end and view.text[token.start : token.end] in self._nominal
        )


def trie_pattern(words: Iterable[str]) -> str:
    """A regular expression for the longest of `words` that decides with every character."""
    tree: dict[str, dict] = {}  # type: ignore[type-arg]
    for word in words:
        node = tree
        for char in word:
            node = node.setdefault(char, {})
        node[""] = {}
    return _pattern(tree)


def _pattern(node: dict[str, dict]) -> str:  # type: ignore[type-arg]
    branches = [re.escape(char) + _pattern(below) for char, below in sorted(node.items()) if char]
    if not branches:
        return ""
    joined = branches[0] if len(branches) == 1 else "|".join(branches)
    return f"(?:{joined})" + ("?" if "" in node else "") if len(branches) > 1 or "" in node else joined
