"""Everybody whom a text names, so that a later 他, 该公司 or bare name finds who it means."""

import re
from bisect import bisect_right
from collections import Counter

from build_dataset.document import SourceMention, Token
from build_dataset.lang.zh.attribution_names import NameReader
from build_dataset.lang.zh.attribution_posts import NO_POST, Post
from build_dataset.lang.zh.attribution_text import View
from build_dataset.schema import SpeakerKind

_CLAUSE = re.compile(r"[，。：；！？\n\ue000]")
_DOTTED = re.compile(r"[\u4e00-\u9fff]{1,8}[·•・‧][\u4e00-\u9fff·•・‧]{1,14}")
_CUE = re.compile("表示|认为|指出|介绍|告诉|透露|坦言|强调|说|称|[，。、（(]")
_PARTICLES = frozenset("还也曾则都均就又再并且的在对向说称指已将是等和与及或于")
_GIVEN_NAME_TAGS = ("nr", "x", "n", "a", "ng", "j", "vg")
_SINGLE_TAGS = frozenset(("vg", "ng", "nr", "x", "ag", "tg", "g"))
_LONGEST_POST = 60
_TAGS = frozenset("nxjla")
"""Word classes of names and of the nouns that end them; the rest of a text holds none."""


class PeopleFinder:
    """Finds the persons and organizations that a text names."""

    def __init__(self, reader: NameReader) -> None:
        """Use the lists of `reader`."""
        self._reader = reader
        self._title_ends = reader.titles.ends_with()
        self._address_ends = reader.honorifics.ends_with()
        self._last = reader.endings.ends_with() | reader.organizations.ends_with()

    def people(self, view: View) -> list[SourceMention]:
        """Every mention of a person by name, and of an organization, in order."""
        text = view.text
        starts = [match.end() for match in _CLAUSE.finditer(text)]
        found: list[SourceMention] = []
        reach = -1
        for index, (start, end, _, tag) in enumerate(view.tokens):
            if tag[:1] not in _TAGS or start < reach:
                continue
            token = view.tokens[index]
            mention = None
            if tag[:2] == "nr" or text[start - 1 : start] in self._title_ends:
                mention = self._person_at(view, index, token, starts)
            if mention is None and text[end - 1] in self._address_ends:
                mention = self._addressed_at(view, token)
            if mention is None and (tag == "nt" or text[end - 1] in self._last):
                mention = self._organization_at(view, token, starts)
            if mention is not None and mention.start >= reach:
                found.append(mention)
                reach = mention.end
        return found

    def known(self, view: View, people: list[SourceMention]) -> dict[str, Post]:
        """The persons by the form of the name in `view`, as far as one can rely on them."""
        counts: Counter[str] = Counter()
        posts: dict[str, Post] = {}
        for mention in people:
            if mention.kind is not SpeakerKind.PERSON:
                continue
            name = view.text[mention.start : mention.end]
            counts[name] += 1
            if mention.role is not None or name not in posts:
                posts[name] = Post(mention.role, mention.organization)
        return {
            name: post
            for name, post in posts.items()
            if len(name) >= 2 and (post.role is not None or counts[name] > 1 or "·" in name)
        }

    def _person_at(self, view: View, index: int, token: Token, starts: list[int]) -> SourceMention | None:
        text = view.text
        if token.tag.startswith("nr") and token.end - token.start > 1:
            end = self._name_end(view, index, token)
            name = text[token.start : end]
            nicknamed = len(name) == 2 and name[0] in "小阿"
            if not (nicknamed or self._reader.is_full_name(name) or self._reader.is_transliterated(name)):
                return None
            if text[token.start] in self._reader.weak_surnames and not self._stands_alone(
                view, token.start, end
            ):
                return None
        elif token.tag in {"x", "nr", "ng", "nz", "a", "n"} and self._after_title(view, token.start):
            end = self._name_end(view, index, token)
            name = text[token.start : end]
            if (
                not self._reader.is_full_name(name)
                or len(name) < 2
                or (token.tag in {"a", "n"} and end == token.end)
            ):
                return None
        else:
            return None
        if end < len(text) and text[end] in "·•・‧":
            end = self._dotted_end(text, end)
        begin = self._clause_start(starts, token.start)
        post = NO_POST
        if self._after_title(view, token.start):
            post = self._reader.post(view, max(begin, token.start - _LONGEST_POST), token.start)
        return SourceMention(
            token.start,
            end,
            view.segmented.text[token.start : end],
            SpeakerKind.PERSON,
            post.role,
            post.organization,
        )

    def _stands_alone(self, view: View, start: int, end: int) -> bool:
        """Whether a doubtful name stands where a subject does, or behind a title."""
        text = view.text
        if self._after_title(view, start):
            return True
        before = text[start - 1] if start else "\n"
        return before in "，。：；！？\n、 ”「\ue000" and text[end : end + 1] not in {"的", "地", "性", "了"}

    def _after_title(self, view: View, start: int) -> bool:
        return self._reader.titles.ending(view.text, max(0, start - 8), start) >= 2

    def _name_end(self, view: View, index: int, token: Token) -> int:
        """The end of a name that the segmentation may have cut: 陈文|华, 张|三丰."""
        text = view.text
        end = token.end
        following = view.tokens[index + 1] if index + 1 < len(view.tokens) else None
        if following is None or following.start != end:
            return end
        length, size = end - token.start, following.end - following.start
        if text[token.start] not in self._reader.surnames or not "\u4e00" <= text[end] <= "\u9fff":
            return end
        if length == 1 and size <= 2:
            return following.end if following.tag.startswith(_GIVEN_NAME_TAGS) else end
        cue_follows = _CUE.match(text, following.end) is not None and text[end] not in _PARTICLES
        if length == 2 and size == 2 and text[end + 1] in "则也还曾均都就又":
            return end + 1  # the adverb is glued to the name
        if length == 2 and size == 1 and (cue_follows or following.tag in _SINGLE_TAGS):
            return following.end
        return end

    def _dotted_end(self, text: str, at: int) -> int:
        """The end of a name written by sound, of which `at` is a dot."""
        end = at
        while end < len(text) and text[end] in "·•・‧":
            part = end + 1
            while part < len(text) and text[part] in self._reader.transliteration:
                part += 1
            if part == end + 1:
                break
            end = part
        return end

    def _addressed_at(self, view: View, token: Token) -> SourceMention | None:
        """李女士, 王教授: a surname and a form of address."""
        text = view.text
        size = token.end - token.start
        if text[token.start : token.end] in self._reader.honorifics and size >= 2:
            start = token.start - 1
        elif size >= 3 and self._reader.honorifics.ending(text, token.start + 1, token.end) == size - 1:
            start = token.start
        else:
            return None
        if start < 0 or text[start] not in self._reader.surnames or start not in view.edges:
            return None
        if text[start : token.end] in self._reader.titles:
            return None
        return SourceMention(start, token.end, view.segmented.text[start : token.end], SpeakerKind.PERSON)

    def _organization_at(self, view: View, token: Token, starts: list[int]) -> SourceMention | None:
        """An organization by the segmentation's tag or by the end of its name, with the nouns before it."""
        text = view.text
        if token.end - token.start < 2:
            return None
        short = self._reader.organizations.ending(text, token.start, token.end) == token.end - token.start
        named = short or token.tag == "nt"
        if not named and not self._ends_organization(view, token):
            return None
        begin, end = token.start, token.end
        longer = self._reader.organizations.starting(text, token.start, token.start + 8)
        if token.start + longer in view.edges:
            end = max(end, token.start + longer)
        if not short:
            begin = self._extend_left(view, token, self._clause_start(starts, token.start))
        if not named and begin == token.start:
            return None
        return SourceMention(begin, end, view.segmented.text[begin:end], SpeakerKind.ORGANIZATION)

    def _ends_organization(self, view: View, token: Token) -> bool:
        """Whether a word ends the name of an organization, or is all of such an ending."""
        if token.tag.startswith(("n", "x", "j", "l")) and self._reader.is_organization(
            view, token.start, token.end
        ):
            return True
        length = self._reader.endings.ending(view.text, token.start, token.end)
        return length == token.end - token.start and length >= 2

    @staticmethod
    def _extend_left(view: View, token: Token, limit: int) -> int:
        """How far the nouns before an organization's last word belong to its name."""
        index = bisect_right(view.token_starts, token.start) - 1
        begin = token.start
        for step in range(1, 7):
            previous = view.tokens[index - step] if index - step >= 0 else None
            if previous is None or previous.end != begin or previous.start < limit:
                break
            if not previous.tag.startswith(
                ("n", "j", "eng", "x", "vn", "an", "b")
            ) or previous.tag.startswith("nr"):
                break
            if not previous.text[0].isalnum():
                break
            begin = previous.start
        return begin

    @staticmethod
    def _clause_start(starts: list[int], at: int) -> int:
        index = bisect_right(starts, at) - 1
        return starts[index] if index >= 0 else 0
