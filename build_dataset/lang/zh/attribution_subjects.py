"""The subject of a cue: in its clause, in an earlier clause of the sentence, or left out."""

from typing import NamedTuple

from build_dataset.document import Token
from build_dataset.lang.zh.attribution_names import JOINING, NameReader
from build_dataset.lang.zh.attribution_persons import LIKELY, NAMED
from build_dataset.lang.zh.attribution_posts import Post, Source, date_at
from build_dataset.lang.zh.attribution_text import BRACKETED, View
from build_dataset.lang.zh.attribution_words import Lexicon, report_words
from build_dataset.schema import SpeakerKind

_MOST_CUTS = 12
_REACTIONS = frozenset(("针对", "对于", "面对", "关于", "至于"))
"""针对某方声称“…”，X表示: what somebody reacts to, not what the article reports."""
_PART_OF = frozenset("的与和及、暨兼")
"""What stands behind a phrase that is only a part of the subject's."""
_NO_NAME_TAGS = frozenset(
    ("a", "ad", "an", "d", "v", "vd", "vn", "p", "c", "r", "t", "i", "l", "z", "m", "q", "f")
)
_DENIALS = frozenset(
    ("没有", "尚未", "并未", "未", "拒绝", "无法", "未能", "并非", "从未", "不愿", "没", "不便", "未曾")
)


class Subject(NamedTuple):
    """What stands before a cue in its clause.

    `source` is None where the clause names none; `left_out` tells that there is nothing but adverbs, so that
    the subject is that of what went before; `contrast` that a word such as 则 or 但 sets it against it.
    """

    source: Source | None
    left_out: bool
    contrast: bool
    denied: bool = False


class SubjectFinder:
    """Finds subjects; knows the words that stand between a subject and its verb."""

    def __init__(self, reader: NameReader) -> None:
        """Read the lists of words; `reader` reads the phrases."""
        words = report_words()
        self.reader = reader
        self._adverbs = Lexicon(words.context.adverbs)
        self._between = words.context.openers | words.context.adverbs
        self._all_between = Lexicon(self._between)
        self._denied = Lexicon(words.denied_by | {"将"})
        self._contrast = words.context.contrast

    def before(self, view: View, known: dict[str, Post], start: int, cue: int) -> Subject:
        """The subject of the cue at `cue` in the clause that begins at `start`."""
        stop, contrast, denied = self._strip_adverbs(view, start, cue)
        if denied:
            return Subject(None, left_out=False, contrast=contrast, denied=True)
        begin = self.reader.skip_leads(view, start, stop)
        contrast = contrast or any(
            view.text[start:begin].find(word) >= 0 for word in ("但", "而", "不过", "然而")
        )
        if begin >= stop:
            return Subject(None, left_out=True, contrast=contrast)
        source = self._in_clause(view, known, begin, stop)
        if source is None and view.text[begin] in "在当就对据自从随于经":
            for later in self.reader.skip_adverbial(view, begin, stop):
                if later < stop:
                    source = self._in_clause(view, known, self.reader.skip_leads(view, later, stop), stop)
                if source is not None and source.certainty >= LIKELY:
                    break
        if self._is_denied(view, begin if source is None else source.mention.end, stop):
            return Subject(None, left_out=False, contrast=contrast, denied=True)
        if source is not None:
            return Subject(source, left_out=False, contrast=contrast)
        first = view.token_at(begin)
        word = view.text[first.start : first.end] if first is not None else ""
        if word in _REACTIONS:
            return Subject(None, left_out=False, contrast=contrast, denied=True)
        return Subject(None, left_out=word in self._between, contrast=contrast)

    def _is_denied(self, view: View, start: int, end: int) -> bool:
        """尚未对此作出回应: a denial before the addressee or the verb's object."""
        words = (view.text[token.start : token.end] for token in view.tokens_in(max(start, end - 16), end))
        return any(word in _DENIALS or (word[0] in "未没" and word != "未来") for word in words)

    def of_clause(self, view: View, known: dict[str, Post], start: int, end: int) -> Source | None:
        """The subject of a whole clause: the first phrase before an adverb or a verb that names a source."""
        begin = self.reader.skip_leads(view, start, end)
        if begin >= end:
            return None
        found = self._cut(view, known, begin, end, verbs=True)
        if found is None and view.text[begin] in "在当就对据自从随于经":
            for later in self.reader.skip_adverbial(view, begin, end):
                found = self._cut(view, known, self.reader.skip_leads(view, later, end), end, verbs=True)
                if found is not None:
                    return found
        return found

    def _in_clause(self, view: View, known: dict[str, Post], begin: int, stop: int) -> Source | None:
        if begin >= stop:
            return None
        shaped = self._shaped(view, begin, stop)
        if shaped is not None:
            return shaped
        cut = self._cut(view, known, begin, stop, verbs=False)
        if cut is not None and not any(char in _PART_OF for char in view.text[cut.mention.end : stop]):
            return cut
        whole = self.reader.read(view, known, begin, stop)
        if cut is None:
            if whole is not None and whole.certainty >= LIKELY:
                return whole
            return (
                self._cut(view, known, begin, stop, verbs=True)
                or self._prefix(view, known, begin, stop)
                or whole
            )
        if whole is not None and (self._is_joint(view, cut, whole) or self._is_relative(view, cut, whole)):
            return whole
        return cut

    @staticmethod
    def _is_joint(view: View, cut: Source, whole: Source) -> bool:
        """局长赵明 of 局长赵明和副局长李强."""
        end = cut.mention.end
        return (
            whole.mention.start <= cut.mention.start and end < whole.mention.end and view.text[end] in JOINING
        )

    def _shaped(self, view: View, begin: int, stop: int) -> Source | None:
        """A clause that begins with what looks like a name, cut wrongly: 陈文|强于|会议上."""
        end = begin + 3
        if (
            end > stop
            or (end < stop and end in view.edges)
            or not self.reader.looks_like_a_name(view, begin, end)
        ):
            return None
        if end < stop and not self._all_between.starting(view.text, end, stop):
            return None
        return self.reader.person(view, begin, end)

    def _prefix(self, view: View, known: dict[str, Post], begin: int, stop: int) -> Source | None:
        """A name met elsewhere in the text that begins the clause, whatever follows it."""
        for length in (4, 3, 2):
            if begin + length <= stop and view.text[begin : begin + length] in known:
                return self.reader.read(view, known, begin, begin + length)
        return None

    @staticmethod
    def _is_relative(view: View, cut: Source, whole: Source) -> bool:
        """曾在某地任职的张三, 新闻与传播学院院长张三: the whole names the subject, the cut a part of it."""
        if whole.certainty < NAMED or whole.mention.start <= cut.mention.start:
            return False
        between = view.text[cut.mention.end : whole.mention.start]
        if whole.mention.kind is SpeakerKind.PERSON and "的" in between:
            return True
        joined = between[:1] in {"与", "和", "及", "、", "暨", "兼"} or "、" in between
        return joined and (whole.mention.role is not None or whole.mention.kind is SpeakerKind.ORGANIZATION)

    def _cut(
        self, view: View, known: dict[str, Post], begin: int, stop: int, *, verbs: bool
    ) -> Source | None:
        """The first phrase from `begin` that names a source and ends where a word of another kind begins."""
        tried = 0
        joined: Source | None = None
        glued = False
        for token in view.tokens_in(begin + 1, stop):
            border = token.start
            if view.text[token.end - 1] in "今昨" and view.text[token.end : token.end + 1] == BRACKETED:
                border = token.end - 1
            elif not glued and not self._is_border(view, token.start, token.end, token.tag, verbs=verbs):
                glued = self._ends_glued(view, token)
                continue
            glued = self._ends_glued(view, token)
            source = self.reader.read(view, known, begin, border)
            if source is not None and self._is_sure(view, known, source, verbs=verbs):
                if joined is not None and source.mention.role is None:
                    return joined
                if joined is not None or view.text[token.start] not in JOINING:
                    return source
                joined = source
            tried += 1
            if tried >= _MOST_CUTS:
                break
        return joined

    def _ends_glued(self, view: View, token: Token) -> bool:
        """陈在|看台上: the segmentation took a name's last character and a preposition for one word."""
        word = view.text[token.start : token.end]
        return len(word) == 2 and word[1] in "在对向于" and word not in self._between

    @staticmethod
    def _is_sure(view: View, known: dict[str, Post], source: Source, *, verbs: bool) -> bool:
        """Whether a source that ends in the middle of a clause is one; 院长简单(介绍) is none."""
        mention = source.mention
        if mention.kind is not SpeakerKind.PERSON:
            return source.certainty >= (LIKELY if not verbs else NAMED)
        token = view.token_at(mention.start)
        word = token is not None and token.end == mention.end and token.tag in _NO_NAME_TAGS
        return source.certainty >= LIKELY and not (
            word and view.text[mention.start : mention.end] not in known
        )

    def _is_border(self, view: View, start: int, end: int, tag: str, *, verbs: bool) -> bool:
        word = view.text[start:end]
        if word in self._between or tag == "t" or (tag == "m" and date_at(view.text, start)):
            return True
        if tag == "d" and len(word) == 1:
            return word in "未不没已将"
        if verbs and tag == "ul" and len(word) > 1:
            return True
        return tag in {"p", "d"} or (
            verbs and tag in {"v", "vd", "vn", "vg", "a", "ad", "i", "l"} and len(word) > 0
        )

    def _strip_adverbs(self, view: View, start: int, end: int) -> tuple[int, bool, bool]:
        """Where the phrase before the adverbs of a cue ends, whether one is a contrast or a denial."""
        text = view.text
        contrast = False
        while end > start:
            denial = self._denied.ending(text, start, end)
            if denial and end - denial in view.edges:
                return end, contrast, True
            length = self._adverbs.ending(text, start, end)
            if length and (end - length in view.edges or end - length == start):
                contrast = contrast or text[end - length : end] in self._contrast
                end -= length
                continue
            if text[end - 1] in " 、，" and end - 1 > start:
                end -= 1
                continue
            manner = self._manner(view, start, end)
            if manner == end:
                return end, contrast, False
            end = manner
        return end, contrast, False

    def _manner(self, view: View, start: int, end: int) -> int:
        """Where 激动地 or 苦笑着 begins that ends at `end`; `end` where there is none."""
        if view.text[end - 1] not in "地着":
            return end
        if view.text[end - 1] == "地":
            length = self._adverbs.ending(view.text, start, end - 1)
            if length >= 2:
                return end - 1 - length
        token = view.token_at(end - 1)
        if token is None:
            return end
        if token.end - token.start > 1:
            return max(start, token.start) if token.tag.startswith(("d", "z", "v", "a")) else end
        previous = view.token_at(end - 2) if end - 2 >= start else None
        if previous is None or not previous.tag.startswith(("a", "d", "v", "z", "i", "l")):
            return end
        return max(start, previous.start)
