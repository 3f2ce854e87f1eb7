"""Who speaks: reads a phrase such as 某大学法学院院长张三 into name, role and organization.

A phrase is read from its right end, because in Chinese everything that describes a name stands before it.
"""

import re

from build_dataset.document import SourceMention
from build_dataset.lang.zh.attribution_persons import GUESSED, LATIN, LIKELY, NAMED, PersonReader
from build_dataset.lang.zh.attribution_posts import NO_POST, Post, Source
from build_dataset.lang.zh.attribution_text import BRACKETED, QUOTED, TITLED, View
from build_dataset.lang.zh.attribution_words import Lexicon, report_words, source_words
from build_dataset.lang.zh.script import to_simplified
from build_dataset.schema import SpeakerKind

_ATTRIBUTIVE = frozenset(("相关", "有关", "涉事", "涉案"))
"""Verbs to the segmentation, adjectives before a noun: 该局相关负责人."""
_QUANTITY = re.compile(
    r"(?:近|约|超|逾|至少|上)?[0-9一二两三四五六七八九十百千万数几多半]{1,6}余?(?:位|名|个|家|所|国|只|支|款|份|项|组|对|人)"
)
JOINING = frozenset("与和及暨")
"""Words that make one subject of two."""
_PERSONAL = frozenset(("他", "她", "他们", "她们", "我", "我们", "它", "自己", "其"))


class NameReader(PersonReader):
    """Reads source phrases of every kind."""

    def __init__(self) -> None:
        """Read the lists."""
        super().__init__()
        words = source_words()
        self._media = tuple(words.organizations.media)
        self._bare_documents = Lexicon(words.documents.bare)
        self._figures = Lexicon(words.documents.figures)
        self._quantifiers = Lexicon(words.unnamed.quantifiers)
        pronouns = words.pronouns
        self._pronouns = Lexicon(pronouns.person | pronouns.plural | pronouns.thing)
        self._things = pronouns.thing
        self._definite = Lexicon(pronouns.definite)
        cues = report_words().cues
        self._verbs = frozenset(word for word in cues.plain | cues.clause if len(word) > 1) - cues.nouns_too

    def read(self, view: View, known: dict[str, Post], start: int, end: int) -> Source | None:
        """Read the source phrase that ends at `end` and begins at `start` or later.

        Args:
            view: the text.
            known: persons named elsewhere in it.
            start: where the clause begins.
            end: where the phrase ends.

        Returns:
            The source, or None where the phrase cannot be one.
        """
        text = view.text
        while end > start and (text[end - 1] in f"{BRACKETED}， 、" or text[end - 1].isspace()):
            end -= 1
        if end - start > 2 and end - 1 not in view.edges and text[end - 1] in "在于也还曾则均就向对":
            end -= 1  # glued to a name by the segmentation: 陈文华在|调研
        start = self.skip_leads(view, start, end)
        if text.endswith("原告诉", start, end):  # 原告诉称: 原告 | 诉称
            end -= 1
        for word in ("自己", "本人", "方面"):
            if text.endswith(word, start + 2, end) and text[start : end - 2] not in "他她":
                end -= 2
                break
        if start >= end or self._holds_a_cue(view, start, end):
            return None
        for rule in (self._joint, self._pronoun, self._person, self._thing, self._unnamed, self._latin):
            source = rule(view, known, start, end)
            if source is not None:
                return None if self._is_half_a_chain(view, source) else source
        return self._guess(view, start, end)

    def _joint(self, view: View, known: dict[str, Post], start: int, end: int) -> Source | None:
        """局长赵明和副局长李强: two persons who speak as one; the whole phrase names them."""
        for joint in range(end - 2, start + 1, -1):
            if view.text[joint] in JOINING and {joint, joint + 1} <= view.edges:
                first = self._person(view, known, start, joint)
                second = self._person(view, known, self.skip_leads(view, joint + 1, end), end)
                if (
                    first is not None
                    and second is not None
                    and min(first.certainty, second.certainty) >= LIKELY
                ):
                    return Source(self._mention(view, start, end, SpeakerKind.UNNAMED), start, NAMED)
        return None

    def _is_half_a_chain(self, view: View, source: Source) -> bool:
        """某大学教授、某研究院: posts joined with 、 whose name comes later."""
        start, end = source.mention.start, source.mention.end
        if source.mention.kind not in (SpeakerKind.ORGANIZATION, SpeakerKind.UNNAMED):
            return False
        joint = view.text.rfind("、", start, end)
        if joint <= start or self.relatives.ending(view.text, start, joint):
            return False
        return self.titles.ending(view.text, start, joint) > 0

    def _holds_a_cue(self, view: View, start: int, end: int) -> bool:
        """Whether a verb of speech stands inside a phrase: then it is a clause and names nobody."""
        if end - start < 4:
            return False
        return any(
            view.text[token.start : token.end] in self._verbs for token in view.tokens_in(start + 1, end - 1)
        )

    def _pronoun(self, view: View, known: dict[str, Post], start: int, end: int) -> Source | None:
        """他, 该公司, 上述负责人: what was named before."""
        del known
        text = view.text
        length = self._pronouns.ending(text, start, end)
        if length:
            begin = end - length
            whole = begin == start or text[begin - 1] in "，、 "
            personal = text[begin:end] in _PERSONAL
            if whole or (personal and begin in view.edges and text[begin - 1] not in "其给让使"):
                mention = self._mention(view, begin, end, None)
                return Source(mention._replace(fallback=self._fallback(text[begin:end])), begin, NAMED)
        length = self._definite.starting(text, start, end)
        if length and start + length < end:
            rest = text[start + length : end]
            if rest in self.unnamed or rest in self.titles:
                return Source(self._mention(view, start, end, None), start, NAMED)
        return None

    def _fallback(self, word: str) -> SpeakerKind:
        """What 该公司 or 报告 is where nothing named before fits; he and she are then nobody."""
        if word in _PERSONAL or word not in self._things:
            return SpeakerKind.UNNAMED
        document = self.documents.ending(word, 0, len(word)) > 0
        return SpeakerKind.DOCUMENT if document else SpeakerKind.ORGANIZATION

    def _thing(self, view: View, known: dict[str, Post], start: int, end: int) -> Source | None:
        """工信部, 某市教育局, 《…》, 一份报告: an organization or a document."""
        del known
        text = view.text
        figures = self._figures.ending(text, start, end)
        if figures and end - figures > start and text[start:end] not in self._bare_documents:
            stop = end - figures
            begin = self.skip_leads(view, start, stop)
            inside = self.is_organization(view, begin, stop) or LATIN.match(text[begin:stop])
            if inside:
                return Source(self._mention(view, begin, stop, SpeakerKind.ORGANIZATION), start, NAMED)
        if text[end - 1] == "》":
            opening = text.rfind("《", start, end)
            if opening >= start and self._begins_like_a_title(view, start, opening):
                medium = to_simplified(view.segmented.text[opening : end - 1]).endswith(self._media)
                kind = SpeakerKind.ORGANIZATION if medium else SpeakerKind.DOCUMENT
                return Source(self._mention(view, opening, end, kind), start, NAMED)
        begin = self.skip_leads(view, start, end)
        ending = self.endings.ending(text, begin, end)
        named = self.organizations.ending(text, begin, end)
        if named and named < end - begin and text[end - named - 1] in "的、，":
            return Source(self._mention(view, end - named, end, SpeakerKind.ORGANIZATION), start, NAMED)
        if (length := self.documents.ending(text, begin, end)) and length >= ending:
            return Source(self._mention(view, begin, end, SpeakerKind.DOCUMENT), start, NAMED)
        if self.unnamed.ending(text, begin, end) > ending:
            return None
        if self.is_organization(view, begin, end):
            if self._has_quantifier(text, begin, end):
                return Source(self._mention(view, begin, end, SpeakerKind.UNNAMED), start, NAMED)
            return Source(self._mention(view, begin, end, SpeakerKind.ORGANIZATION), start, NAMED)
        token = view.token_at(end - 1)
        if (
            token is not None
            and token.start == begin
            and token.end == end
            and token.tag in {"nt", "ns", "nrt"}
        ):
            return Source(self._mention(view, begin, end, SpeakerKind.ORGANIZATION), start, NAMED)
        return None

    @staticmethod
    def _begins_like_a_title(view: View, start: int, opening: int) -> bool:
        return opening - start <= 24 and not any(char in "，。：" for char in view.text[start:opening])

    def _has_quantifier(self, text: str, start: int, end: int) -> bool:
        if self._quantifiers.starting(text, start, end):
            return True
        match = _QUANTITY.match(text, start, end)
        return match is not None and match.end() > start

    def is_bare_document(self, view: View, source: SourceMention | None) -> bool:
        """数据显示: figures of nobody in particular."""
        return (
            source is not None
            and source.kind in (SpeakerKind.DOCUMENT, SpeakerKind.UNNAMED, SpeakerKind.ORGANIZATION)
            and view.text[source.start : source.end] in self._bare_documents
        )

    def _unnamed(self, view: View, known: dict[str, Post], start: int, end: int) -> Source | None:
        """多位业内人士, 外交部发言人, 网友们: people without a name keep the whole phrase."""
        del known
        text = view.text
        if text[start] == "有" and end - start > 2 and text[start + 1] not in "关的些限人望":
            start += 1
        stop = end - 1 if text[end - 1] == "们" and end - start > 1 else end
        noun = self.unnamed.ending(text, start, stop) or self.titles.ending(text, start, stop)
        if not noun and not (stop < end and end - start >= 3):
            return None
        if noun and stop - noun > start and stop - noun not in view.edges and noun < 2:
            return None
        if any(char in "，。：；" for char in text[start:end]):
            return None
        if not self._has_quantifier(text, start, end) and self._begins_with_a_verb(view, start, end):
            return None
        post = NO_POST
        title = self.titles.ending(text, start, stop)
        if title and not self._has_quantifier(text, start, end):
            post = self.post(view, start, stop)
            post = post if post.organization else NO_POST
        return Source(self._mention(view, start, end, SpeakerKind.UNNAMED, post), start, NAMED)

    @staticmethod
    def _begins_with_a_verb(view: View, start: int, end: int) -> bool:
        """这需要某某给投资者: a clause, not a phrase; 接受采访的业主 is one."""
        first = view.token_at(start)
        if first is None or "的" in view.text[start:end]:
            return False
        if first.tag in {"d", "p", "c", "u", "y", "vg"}:
            return True
        if first.tag == "v" and first.text not in {"泛", "亲", "反"}:
            return first.end - first.start == 1 or first.text in {
                "包括",
                "通过",
                "需要",
                "召开",
                "要求",
                "组织",
                "率领",
            }
        return first.tag == "r" and any(
            token.tag == "v" and token.text not in _ATTRIBUTIVE for token in view.tokens_in(start, end)
        )

    def _latin(self, view: View, known: dict[str, Post], start: int, end: int) -> Source | None:
        """OpenAI, Open AI, Dave Clark: a name in Latin letters."""
        del known
        text = view.text
        match = LATIN.search(text, max(start, end - 40), end)
        if match is None or not any(char.isalpha() for char in match.group()):
            return None
        begin = match.start()
        if begin > start and text[begin - 1] not in "，、的 ":
            return None
        if begin > start and text[begin - 1] == "的" and begin - start > 4:
            return Source(self._mention(view, begin, end, SpeakerKind.ORGANIZATION), start, LIKELY)
        words = match.group().split()
        personal = len(words) in (2, 3) and all(word[0].isupper() and word[1:].islower() for word in words)
        kind = SpeakerKind.PERSON if personal else SpeakerKind.ORGANIZATION
        return Source(self._mention(view, begin, end, kind), start, NAMED)

    def _guess(self, view: View, start: int, end: int) -> Source | None:
        """Any short noun phrase."""
        text = view.text
        if end - start > 14 or end - start < 2 or any(char in "，。：；、" for char in text[start:end]):
            return None
        tokens = view.tokens_in(start, end)
        if not tokens or tokens[0].start != start or tokens[-1].end != end:
            return None
        last = tokens[-1]
        if (
            not last.tag.startswith(("n", "j", "x", "eng", "l"))
            or (QUOTED in last.text)
            or TITLED in last.text
        ):
            return None
        if any(token.tag.startswith(("v", "p", "d", "c", "r", "u", "y", "f", "t")) for token in tokens):
            return None
        if last.tag == "x" and not last.text[0].isalnum():
            return None
        return Source(self._mention(view, start, end, SpeakerKind.ORGANIZATION), start, GUESSED)
