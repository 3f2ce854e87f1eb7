"""Which post somebody holds, and where: 某大学法学院院长 before a name."""

import re
from itertools import pairwise
from typing import NamedTuple

from build_dataset.document import SourceMention
from build_dataset.lang.zh.attribution_text import BRACKETED, QUOTED, View
from build_dataset.lang.zh.attribution_words import Lexicon, report_words, source_words
from build_dataset.lang.zh.script import to_simplified
from build_dataset.schema import SpeakerKind

_DATE = re.compile(
    r"(?:(?:当地|北京|美东|美国东部)时间)?(?:[0-9]{4}年|今年|去年|明年|同年)?(?:[0-9一二三四五六七八九十]{1,3}月)?"
    r"(?:[0-9一二三四五六七八九十]{1,3}[日号]|[上中下]旬|[初底末])?(?:凌晨|清晨|早上|上午|中午|下午|傍晚|晚间|晚上|深夜|晚|早|午后)?"
    r"(?:[0-9]{1,2}[时点]许?|[0-9]{1,2}：[0-9]{2})?"
)
_DATELINE = re.compile(r"[^，。：；]{2,20}?[0-9]{1,2}日(?:电|讯)[\ue001\s]*")
_LONGEST_ADVERBIAL = 160
_GOVERNING = frozenset(("于", "将", "把", "被", "由"))
"""A post behind one of these begins there: 将嫌疑人孙某抓获."""
_LEADING = Lexicon(("现为", "作为", "身为", "担任", "来自", "曾任", "现任", "时任", "现年", "出任", "任"))


def date_at(text: str, start: int) -> bool:
    """Whether a date or a time of day begins at `start`."""
    match = _DATE.match(text, start, start + 30)
    return match is not None and match.end() - start >= 2


class Post(NamedTuple):
    """What stands before a name: the office and where it is held."""

    role: str | None
    organization: str | None


NO_POST = Post(None, None)


class Source(NamedTuple):
    """A source that was read, where its phrase begins, and how sure it is that it is one."""

    mention: SourceMention
    start: int
    certainty: int


class PhraseReader:
    """Reads what stands before a name; knows the words for posts and organizations."""

    def __init__(self) -> None:
        """Read the lists."""
        words = source_words()
        context = report_words().context
        self.titles = Lexicon(words.titles.words)
        self.endings = Lexicon(words.organizations.endings)
        self.organizations = Lexicon(words.organizations.names)
        self._not_endings = Lexicon(words.organizations.not_endings)
        self._generic = words.pronouns.thing | {"该", "本"}
        self._leads = Lexicon(context.leads)
        self._closers = Lexicon(context.closers)
        self._existential = Lexicon(context.existential)

    def skip_leads(self, view: View, start: int, end: int) -> int:
        """Pass over what stands before a source phrase and is no part of it: 不过, 近日, 12月28日, 在会上."""
        text = view.text
        dateline = _DATELINE.match(text, start, min(end, start + 60))
        if dateline is not None:
            start = dateline.end()
        while start < end:
            if text[start].isspace() or text[start] in f'，、：；。！？—…,│丨|>－-*·・{BRACKETED}【】”’」』"':
                start += 1
                continue
            length = self._leads.starting(text, start, end)
            if length and (start + length in view.edges or length > 2) and start + length <= end:
                if length == 1 and not self._is_token(view, start, start + 1):
                    return start
                start += length
                continue
            date = _DATE.match(text, start, end)
            if date is not None and date.end() - start >= 2 and date.end() in view.edges:
                start = date.end()
                continue
            length = self._existential.starting(text, start, end)
            if length and start + length < end and start + length in view.edges:
                start += length
                continue
            return start
        return start

    def only_adverbial(self, view: View, start: int, end: int) -> bool:
        """Whether nothing but time, place and occasion stands between two places."""
        if end - start > _LONGEST_ADVERBIAL:
            return False
        for piece in re.split("[，：]", view.text[start:end]):
            if not piece:
                continue
            at = start + view.text[start:end].find(piece)
            if self.skip_leads(view, at, at + len(piece)) >= at + len(piece):
                continue
            if piece[0] not in "在当就对针面谈于被从随受" and not piece.endswith(
                ("时", "后", "上", "中", "期间", "日")
            ):
                return False
        return True

    def skip_adverbial(self, view: View, start: int, end: int) -> list[int]:
        """Where the subject can begin behind an adverbial 在…时, 当…后 that opens the clause."""
        text = view.text
        if text[start] not in "在当就对据自从随于经":
            return []
        found = []
        for token in view.tokens_in(start + 1, end):
            closing = self._closers.ending(text, token.start, token.end)
            if closing and token.end < end:
                found.append(token.end)
        return found[:6]

    def post(self, view: View, start: int, end: int) -> Post:
        """The office in what stands before a name, and where it is held.

        Several posts joined with 、 are one role as written, with the first organization; 创始人、董事长 of
        one organization is a role without it.
        """
        text = view.text
        start = self.skip_leads(view, start, end)
        bracket = text.rfind("，", start, end)
        start = max(start, bracket + 1)
        while end > start and (text[end - 1] in "、 的" or text[end - 1] in (BRACKETED, QUOTED)):
            end -= 1
        for token in view.tokens_in(start, end):
            if text[token.start : token.end] in _GOVERNING:
                start = token.end
        start += _LEADING.starting(text, start, end)
        if start >= end or not self.titles.ending(text, start, end):
            return NO_POST
        edges = [start - 1, *(at for at in range(start, end) if text[at] == "、"), end]
        parts = [self._split_post(view, a + 1, b) for a, b in pairwise(edges)]
        titled = [part for part in parts if part is not None]
        if len(titled) < len(parts):  # 、 inside the name of an organization or of a field of work
            whole = self._split_post(view, start, end)
            titled = [whole] if whole is not None else []
            if not titled:
                return NO_POST
        first = next((part for part in titled if part[1] is not None), titled[0])
        original = view.segmented.text
        one = len(titled) == 1 or all(part[1] is None for part in titled[1:])
        role_start = titled[0][0] if one else start
        generic = first[1] is not None and to_simplified(first[1]) in self._generic
        return Post(original[role_start:end] or None, None if generic else first[1])

    def _split_post(self, view: View, start: int, end: int) -> tuple[int, str | None] | None:
        """Where the office begins in one post, and the organization before it; None without an office."""
        text = view.text
        length = self.titles.ending(text, start, end)
        if not length:
            return None
        original = view.segmented.text
        marker = text.rfind("的", start, end - length)
        if marker > start:
            organization = self._organization_end(view, start, marker, marker)
            begin = start
            for prefix in ("来自", "任职于", "就职于", "毕业于", "供职于", "在"):
                if text.startswith(prefix, begin):
                    begin += len(prefix)
            named = original[begin:marker] if organization == marker and begin < marker else None
            inner = self._organization_end(view, marker + 1, end, end - length)
            if inner > marker + 1:
                return inner, original[marker + 1 : inner]
            return marker + 1, named
        split = self._organization_end(view, start, end, end - length)
        if split <= start:
            return start, None
        return split, original[start:split]

    def _organization_end(self, view: View, start: int, end: int, last: int) -> int:
        """How far the name of an organization reaches that begins at `start`; the office must follow."""
        text = view.text
        if text[start:end] in self.titles:
            return start
        best = start
        for at in range(min(last, end), start + 1, -1):
            if at < end and not self.titles.ending(text, at, end):
                continue
            if at not in view.edges and not max(
                self.organizations.ending(text, start, at), self.endings.ending(text, start, at) - 1
            ):
                continue
            if self.is_organization(view, start, at) and text[start:at] not in self.titles:
                return at
        latin = re.compile(r"[A-Za-z0-9][A-Za-z0-9 .&\-]*").match(text, start, end)
        if (latin is not None and latin.end() < end and not latin.group().isdigit()) or (
            latin is not None
            and latin.end() < end
            and len(latin.group()) >= 3
            and text[latin.end()] not in "年月日岁名位"
        ):
            best = latin.end()
        while best > start and text[best - 1] == " ":
            best -= 1
        return best

    def is_organization(self, view: View, start: int, end: int) -> bool:
        """Whether a stretch of text ends like the name of an organization."""
        text = view.text
        if self.organizations.ending(text, start, end) == end - start:
            return True
        ending = self.endings.ending(text, start, end)
        if not ending:
            return False
        token = view.token_at(end - 1)
        if token is not None and token.end > end and ending == 1:
            return False
        if ending == end - start:
            return ending >= 2 or text[start:end] in self.organizations
        first = view.token_at(start)
        if first is not None and first.start == start and first.tag in {"d", "p", "c", "u", "y", "r", "vg"}:
            return False
        if first is not None and first.tag == "v" and first.end - first.start == 1:
            return False
        if self._not_endings.ending(text, start, end) > ending:
            return False
        if (
            ending == 1
            and token is not None
            and token.tag.startswith(("v", "d", "p", "c", "r", "f", "t", "m", "a"))
        ):
            return False
        return not any(char in "，。：" for char in text[start:end])

    @staticmethod
    def _is_token(view: View, start: int, end: int) -> bool:
        token = view.token_at(start)
        return token is not None and token.start == start and token.end == end

    def _mention(
        self,
        view: View,
        start: int,
        end: int,
        kind: SpeakerKind | None,
        post: Post = NO_POST,
    ) -> SourceMention:
        return SourceMention(start, end, view.segmented.text[start:end], kind, post.role, post.organization)
