"""Who speaks: reads a phrase such as 某大学法学院院长张三 into name, role and organization.

A phrase is read from its right end, because in Chinese everything that describes a name stands before it.
"""

import re
from itertools import pairwise
from typing import NamedTuple

from build_dataset.document import SourceMention
from build_dataset.lang.zh.attribution_text import BRACKETED, QUOTED, TITLED, View
from build_dataset.lang.zh.attribution_words import Lexicon, report_words, source_words
from build_dataset.lang.zh.script import to_simplified
from build_dataset.schema import SpeakerKind

NAMED = 3
"""A phrase that surely names a source: a person, an organization, a document, a pronoun, unnamed people."""
LIKELY = 2
"""A phrase that may be a name but may be a word as well."""
GUESSED = 1
"""Any noun phrase where a source is expected."""

_IDEOGRAPHS = "\u3400-\u4dbf\u4e00-\u9fff"
_DOTTED = re.compile(rf"[{_IDEOGRAPHS}A-Za-z.]{{1,16}}(?:[·•・‧∙．][{_IDEOGRAPHS}A-Za-z.]{{1,12}})+")
_DOTS = re.compile("[·•・‧∙．]")
_LATIN = re.compile(r"[A-Za-z0-9À-ſ][A-Za-z0-9À-ſ&.'’+\- ]*$")
_DATE = re.compile(
    r"(?:(?:当地|北京|美东|美国东部)时间)?(?:[0-9]{4}年|今年|去年|明年|同年)?(?:[0-9一二三四五六七八九十]{1,3}月)?"
    r"(?:[0-9一二三四五六七八九十]{1,3}[日号]|[上中下]旬|[初底末])?(?:凌晨|清晨|早上|上午|中午|下午|傍晚|晚间|晚上|深夜|晚|早|午后)?"
    r"(?:[0-9]{1,2}[时点]许?|[0-9]{1,2}：[0-9]{2})?"
)
_QUANTITY = re.compile(
    r"(?:近|约|超|逾|至少|上)?[0-9一二两三四五六七八九十百千万数几多半]{1,6}余?(?:位|名|个|家|所|国|只|支|款|份|项|组|对|人)"
)
_DATELINE = re.compile(r"[^，。：；]{2,20}?[0-9]{1,2}日(?:电|讯)[\ue001\s]*")
_FUNCTION = frozenset("的了在是就也还都们有这那之将被对向把为等若及并且却又则不没其")
_LEADING = Lexicon(("现为", "作为", "身为", "担任", "来自", "曾任", "现任", "时任", "现年", "出任", "任"))
_FAMILIES = frozenset(("家", "家人", "家属", "家里", "家中", "家长", "一家", "父母", "亲属"))
_SURNAME_PREFIXES = frozenset("小老阿大")


def date_at(text: str, start: int) -> bool:
    """Whether a date or a time of day begins at `start`."""
    match = _DATE.match(text, start, start + 30)
    return match is not None and match.end() - start >= 2


class Source(NamedTuple):
    """A source that was read, where its phrase begins, and how sure it is that it is one."""

    mention: SourceMention
    start: int
    certainty: int


class Post(NamedTuple):
    """What stands before a name: the office and where it is held."""

    role: str | None
    organization: str | None


class NameReader:
    """Reads source phrases; knows the lists of words."""

    def __init__(self) -> None:
        """Read the lists."""
        words = source_words()
        context = report_words().context
        persons = words.persons
        self.surnames = persons.surnames
        self.weak_surnames = persons.weak_surnames
        self.transliteration = persons.transliteration
        self.not_names = persons.not_names
        self.honorifics = Lexicon(persons.honorifics)
        self.relatives = Lexicon(persons.relatives)
        self.titles = Lexicon(words.titles.words)
        self.modifiers = Lexicon(words.titles.modifiers)
        self.endings = Lexicon(words.organizations.endings)
        self.organizations = Lexicon(words.organizations.names)
        self.not_endings = Lexicon(words.organizations.not_endings)
        self.media = tuple(words.organizations.media)
        self.documents = Lexicon(words.documents.words)
        self.bare_documents = Lexicon(words.documents.bare)
        self.figures = Lexicon(words.documents.figures)
        self.quantifiers = Lexicon(words.unnamed.quantifiers)
        self.unnamed = Lexicon(words.unnamed.nouns)
        pronouns = words.pronouns
        self.pronouns = Lexicon(pronouns.person | pronouns.plural | pronouns.thing)
        self.definite = Lexicon(pronouns.definite)
        self.leads = Lexicon(context.leads)
        self.closers = Lexicon(context.closers)
        self.existential = Lexicon(context.existential)
        cues = report_words().cues
        self._verbs = frozenset(word for word in cues.plain | cues.clause if len(word) > 1) - {
            "批评",
            "主张",
            "要求",
            "呼吁",
        }

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
            end -= 1  # glued to a name by the segmentation: 王浩在|调研
        start = self.skip_leads(view, start, end)
        if text.endswith("原告诉", start, end):  # 原告诉称: 原告 | 诉称
            end -= 1
        for word in ("自己", "本人", "方面"):
            if text.endswith(word, start + 2, end) and text[start : end - 2] not in "他她":
                end -= 2
                break
        if start >= end or self._holds_a_cue(view, start, end):
            return None
        for rule in (self._pronoun, self._person, self._thing, self._unnamed, self._latin):
            source = rule(view, known, start, end)
            if source is not None:
                return None if self._is_half_a_chain(view, source) else source
        return self._guess(view, start, end)

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

    def skip_leads(self, view: View, start: int, end: int) -> int:
        """Pass over what stands before a source phrase and is no part of it: 不过, 近日, 12月28日, 在会上."""
        text = view.text
        dateline = _DATELINE.match(text, start, min(end, start + 60))
        if dateline is not None:
            start = dateline.end()
        while start < end:
            if text[start].isspace() or text[start] in f"，、：；。！？—…,│丨|>－-*·・{BRACKETED}【】":
                start += 1
                continue
            length = self.leads.starting(text, start, end)
            if length and (start + length in view.edges or length > 2) and start + length <= end:
                if length == 1 and not self._is_token(view, start, start + 1):
                    return start
                start += length
                continue
            date = _DATE.match(text, start, end)
            if date is not None and date.end() - start >= 2 and date.end() in view.edges:
                start = date.end()
                continue
            length = self.existential.starting(text, start, end)
            if length and start + length < end and start + length in view.edges:
                start += length
                continue
            return start
        return start

    def skip_adverbial(self, view: View, start: int, end: int) -> list[int]:
        """Where the subject can begin behind an adverbial 在…时, 当…后 that opens the clause."""
        text = view.text
        if text[start] not in "在当就对据自从随于经":
            return []
        found = []
        for token in view.tokens_in(start + 1, end):
            closing = self.closers.ending(text, token.start, token.end)
            if closing and token.end < end:
                found.append(token.end)
        return found[:6]

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
        post: Post = Post(None, None),  # noqa: B008
    ) -> SourceMention:
        return SourceMention(start, end, view.segmented.text[start:end], kind, post.role, post.organization)

    def _pronoun(self, view: View, known: dict[str, Post], start: int, end: int) -> Source | None:
        """他, 该公司, 上述负责人: what was named before."""
        del known
        text = view.text
        length = self.pronouns.ending(text, start, end)
        if length:
            begin = end - length
            whole = begin == start or text[begin - 1] in "，、 "
            personal = text[begin:end] in {"他", "她", "他们", "她们", "我", "我们", "它", "自己", "其"}
            if whole or (personal and begin in view.edges and text[begin - 1] not in "其给让使"):
                return Source(self._mention(view, begin, end, None), begin, NAMED)
        length = self.definite.starting(text, start, end)
        if length and start + length < end:
            rest = text[start + length : end]
            if rest in self.unnamed or rest in self.titles:
                return Source(self._mention(view, start, end, None), start, NAMED)
        return None

    def _person(self, view: View, known: dict[str, Post], start: int, end: int) -> Source | None:
        """A post and a name, a name and a post, a name alone."""
        for rule in (
            self._known,
            self._dotted,
            self._post_and_name,
            self._name_and_title,
            self._bare_name,
            self._clipped,
        ):
            source = rule(view, known, start, end)
            if source is not None:
                return source
        return None

    def _known(self, view: View, known: dict[str, Post], start: int, end: int) -> Source | None:
        """A name that the text gives elsewhere with a post."""
        text = view.text
        for length in range(min(16, end - start), 1, -1):
            name = text[end - length : end]
            if name in known:
                begin = end - length
                post = self.post(view, start, begin) if begin > start else Post(None, None)
                return Source(self._mention(view, begin, end, SpeakerKind.PERSON, post), start, NAMED)
        return None

    def _dotted(self, view: View, known: dict[str, Post], start: int, end: int) -> Source | None:
        """A foreign name with a dot: 市长玛丽·洛佩斯."""
        del known
        text = view.text
        first = max(start, end - 30)
        dots = [match.start() for match in _DOTS.finditer(text, first, end)]
        if not dots or dots[-1] == end - 1 or end - dots[-1] > 12:
            return None
        if not all(self._is_name_part(text[a + 1 : b]) for a, b in zip(dots, [*dots[1:], end], strict=True)):
            return None
        begin = self._dotted_start(view, first, dots[0])
        if begin == dots[0]:
            return None
        post = self.post(view, start, begin) if begin > start else Post(None, None)
        return Source(self._mention(view, begin, end, SpeakerKind.PERSON, post), start, NAMED)

    @staticmethod
    def _is_name_part(part: str) -> bool:
        return 0 < len(part) <= 10 and not any(
            char in _FUNCTION - set("这那其之") or char in "，。" for char in part
        )

    def _dotted_start(self, view: View, start: int, dot: int) -> int:
        """Where the part before the first dot begins: behind a title, else where characters of names begin."""
        text = view.text
        for begin in range(dot - 1, max(start, dot - 8) - 1, -1):
            if self.titles.ending(text, start, begin) >= 2:
                return begin
        begin = dot
        while begin > start and (text[begin - 1] in self.transliteration or text[begin - 1].isascii()):
            if not text[begin - 1].isalpha() and text[begin - 1] != ".":
                break
            begin -= 1
        if begin < dot and begin > start and dot - begin > 1:
            inside = [edge for edge in range(begin, dot) if edge in view.edges]
            begin = inside[0] if inside else begin
        return begin

    def _post_and_name(self, view: View, known: dict[str, Post], start: int, end: int) -> Source | None:
        """院长张三: a title, then what can be a name."""
        text = view.text
        if text[end - 1].isascii():
            return self._post_and_latin_name(view, start, end)
        first = max(start, end - 13)
        places = [at for at in range(end - 1, first, -1) if self.titles.ending(text, start, at) >= 2]
        places.sort(key=lambda at: not self.is_full_name(text[at:end]))
        for begin in places:
            length = self.titles.ending(text, start, begin)
            if not self._follows_a_title(view, known, begin, end):
                continue
            if (
                text[begin - length : end] in self.titles
                or self.titles.ending(text, start, end) > end - begin
            ):
                continue
            post = self.post(view, start, begin)
            return Source(self._mention(view, begin, end, SpeakerKind.PERSON, post), start, NAMED)
        return None

    def _post_and_latin_name(self, view: View, start: int, end: int) -> Source | None:
        """某集团CEO Dave Clark."""
        text = view.text
        match = _LATIN.search(text, max(start, end - 40), end)
        if match is None:
            return None
        for begin in range(match.start(), end):
            stop = begin
            while stop > start and text[stop - 1] == " ":
                stop -= 1
            if begin > start and text[begin].isalpha() and self.titles.ending(text, start, stop) >= 2:
                post = self.post(view, start, stop)
                return Source(self._mention(view, begin, end, SpeakerKind.PERSON, post), start, NAMED)
        return None

    def _follows_a_title(self, view: View, known: dict[str, Post], start: int, end: int) -> bool:
        """Whether what stands between a title and a cue can be a name."""
        name = view.text[start:end]
        if name in self.titles or name in self.unnamed or name in self.not_names or name in self.documents:
            return False
        if name.isascii():
            return name[0].isalpha() and len(name) > 1
        if len(name) == 1:
            token = view.token_at(start)
            named = token is not None and token.tag.startswith("nr") and token.end == end
            return name not in self.endings and (named or any(name in full for full in known))
        if any(char in _FUNCTION for char in name[1:]) or not all(
            "\u4e00" <= char <= "\u9fff" for char in name
        ):
            return False
        if self.is_full_name(name):
            return True
        if self.endings.ending(name, 0, len(name)) or self.titles.ending(name, 0, len(name)):
            return False
        if self.is_transliterated(name) or (len(name) <= 3 and name[0] in _SURNAME_PREFIXES):
            return True
        if len(name) > 5:
            return False
        tokens = view.tokens_in(start, end)
        return all(
            token.tag.startswith(("nr", "x", "nz", "n", "ng", "ns", "a", "j")) for token in tokens
        ) and (any(token.tag.startswith(("nr", "x", "nz")) for token in tokens) or len(name) <= 4)

    def is_full_name(self, name: str) -> bool:
        """Whether characters are surname and given name by their form."""
        if name in self.not_names or QUOTED in name or TITLED in name or BRACKETED in name:
            return False
        if name[:2] in self.surnames and 3 <= len(name) <= 4:
            return True
        if name[0] in self.surnames and 2 <= len(name) <= 3:
            return True
        return (
            len(name) == 4
            and name[0] in self.surnames
            and name[1] in self.surnames
            and name[:2] not in self.not_names
        )

    def is_transliterated(self, name: str) -> bool:
        """Whether all characters are such as foreign names are written with."""
        return (
            2 <= len(name) <= 9
            and name not in self.not_names
            and all(char in self.transliteration for char in name)
        )

    def _name_and_title(self, view: View, known: dict[str, Post], start: int, end: int) -> Source | None:
        """李先生, 陈文华局长: a name, then a form of address or a title; 小花奶奶: a relative of somebody."""
        text = view.text
        length = self.relatives.ending(text, start, end)
        first = text.rfind("、", start, end) + 1 or start
        if length and 0 < end - length - first <= 6 and self._is_nickname(view, known, first, end - length):
            several = text[end - length : end] in _FAMILIES
            kind = SpeakerKind.UNNAMED if several else SpeakerKind.PERSON
            return Source(self._mention(view, first, end, kind), start, NAMED)
        address = self.honorifics.ending(text, start, end)
        title = self.titles.ending(text, start, end)
        length = max(address, title)
        if not length or end - length <= start:
            return None
        stop = end - length
        for size in (4, 3, 2, 1):
            begin = stop - size
            if begin < start or not self._begins_a_name(view, start, begin):
                continue
            name = text[begin:stop]
            if size == 1:
                if (
                    name in self.surnames
                    and address == length
                    and self._is_address(view, start, begin, stop, end)
                ):
                    post = self.post(view, start, begin) if begin > start else Post(None, None)
                    return Source(self._mention(view, begin, end, SpeakerKind.PERSON, post), start, NAMED)
            elif name in known or (
                self._is_known_word_name(view, begin, stop)
                and (begin == start or self.titles.ending(text, start, begin) >= 2)
            ):
                role = None if text[stop:end] in {"先生", "女士", "小姐", "太太", "夫人"} else text[stop:end]
                post = Post(role, None) if role else Post(None, None)
                if begin > start:
                    post = self.post(view, start, begin)
                return Source(self._mention(view, begin, stop, SpeakerKind.PERSON, post), start, NAMED)
        return None

    def _begins_a_name(self, view: View, start: int, begin: int) -> bool:
        return begin == start or begin in view.edges or self.titles.ending(view.text, start, begin) > 0

    def _is_address(self, view: View, start: int, begin: int, stop: int, end: int) -> bool:
        """Whether surname and form of address stand for themselves: 一名李姓男子, 业主王女士, not 常委员."""
        form = view.text[stop:end]
        if len(form) == 1 and form != "某":
            return begin == start and view.text[begin] not in self.weak_surnames | {"女", "男"}
        if (
            begin == start
            or form.startswith(("姓", "某"))
            or form in {"先生", "女士", "小姐", "太太", "夫人"}
        ):
            return True
        return self.titles.ending(view.text, start, begin) >= 2

    def _is_nickname(self, view: View, known: dict[str, Post], start: int, end: int) -> bool:
        name = view.text[start:end]
        if name in known or (len(name) > 1 and name[0] in _SURNAME_PREFIXES) or name[-1] == "某":
            return True
        if name[-1] == "的":
            end -= 1
        return 2 <= end - start <= 4 and self._is_known_word_name(view, start, end)

    def _is_known_word_name(self, view: View, start: int, end: int) -> bool:
        """Whether the segmentation takes the characters for a name, or cuts them and they look like one."""
        name = view.text[start:end]
        if (
            name in self.not_names
            or name in self.organizations
            or name in self.unnamed
            or name in self.titles
        ):
            return False
        if any(char in _FUNCTION for char in name[1:]) or name[-1] in "称说指会部":
            return False
        token = view.token_at(start)
        if token is None or token.start != start:
            return False
        if token.end == end:
            if token.tag.startswith("nr"):
                foreign = len(name) > 2 and not self.documents.ending(name, 0, len(name))
                return self.is_full_name(name) or self.is_transliterated(name) or foreign
            return token.tag == "x" and self.is_full_name(name)
        if token.end > end or not self.is_full_name(name):
            return False
        if name[0] in self.weak_surnames and token.end - start > 1 and not token.tag.startswith("nr"):
            return False
        rest = view.tokens_in(token.end, end)
        single = token.end - start == 1 or token.tag.startswith("nr")
        return single and bool(rest) and (rest[-1].end == end or end not in view.edges)

    def _bare_name(self, view: View, known: dict[str, Post], start: int, end: int) -> Source | None:
        """A name alone, or behind 的: 在当地留学的张三."""
        del known
        text = view.text
        begin = start
        marker = text.rfind("的", start, end)
        if marker > start and end - marker - 1 >= 2:
            begin = marker + 1
        if text[begin] in "而但且" and self.is_full_name(text[begin + 1 : end]) and end - begin > 3:
            return Source(self._mention(view, begin + 1, end, SpeakerKind.PERSON), begin + 1, LIKELY)
        if not 2 <= end - begin <= 8:
            return None
        name = text[begin:end]
        token = view.token_at(begin)
        if self._is_nicknamed(name):
            return Source(self._mention(view, begin, end, SpeakerKind.PERSON), start, LIKELY)
        if name in self.organizations or (
            token is not None and token.end >= end and token.tag in {"nt", "ns", "v", "n", "t"}
        ):
            return None
        if self.endings.ending(text, begin, end) and not (
            token and token.tag.startswith("nr") and token.end == end
        ):
            return None
        sure = self._is_known_word_name(view, begin, end)
        written = self.is_transliterated(name) and any(
            part.tag.startswith(("nr", "x", "nz")) for part in view.tokens_in(begin, end)
        )
        if not (sure or written):
            return None
        post = self.post(view, start, begin) if begin > start else Post(None, None)
        return Source(
            self._mention(view, begin, end, SpeakerKind.PERSON, post), start, NAMED if sure else LIKELY
        )

    def looks_like_a_name(self, view: View, start: int, end: int) -> bool:
        """Whether three characters are a surname and a given name, and no word list says otherwise."""
        name = view.text[start:end]
        if name[0] not in self.surnames or name[0] in self.weak_surnames or not self.is_full_name(name):
            return False
        if any(char in _FUNCTION for char in name[1:]) or not all(
            "\u4e00" <= char <= "\u9fff" for char in name
        ):
            return False
        token = view.token_at(start)
        if token is None or token.start != start or token.end >= end:
            return False
        words = self.endings, self.organizations, self.unnamed, self.documents, self.titles, self.honorifics
        return (
            not any(lexicon.ending(name, 0, 3) for lexicon in words)
            and name[2] not in "队者员人家们市县省州国"
        )

    def person(self, view: View, start: int, end: int) -> Source:
        """A person whose name stands from `start` to `end`."""
        return Source(self._mention(view, start, end, SpeakerKind.PERSON), start, LIKELY)

    def _is_nicknamed(self, name: str) -> bool:
        """小丽, 阿强: no words of two characters that begin alike (小区, 阿姨)."""
        return (
            len(name) == 2
            and name[0] in "小阿老"
            and name[1] not in _FUNCTION
            and name not in self.not_names
            and name not in self.unnamed
            and name not in self.organizations
            and name not in self.endings
        )

    def _clipped(self, view: View, known: dict[str, Post], start: int, end: int) -> Source | None:
        """One character of a name that the text gives in full, as careless reposts leave it."""
        name = view.text[start:end]
        if len(name) != 1 or not any(name in full for full in known if len(full) <= 4):
            return None
        return Source(self._mention(view, start, end, SpeakerKind.PERSON), start, LIKELY)

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
        start += _LEADING.starting(text, start, end)
        if start >= end or not self.titles.ending(text, start, end):
            return Post(None, None)
        edges = [start - 1, *(at for at in range(start, end) if text[at] == "、"), end]
        parts = [self._split_post(view, a + 1, b) for a, b in pairwise(edges)]
        titled = [part for part in parts if part is not None]
        if len(titled) < len(parts):  # 、 inside the name of an organization or of a field of work
            whole = self._split_post(view, start, end)
            titled = [whole] if whole is not None else []
            if not titled:
                return Post(None, None)
        first = next((part for part in titled if part[1] is not None), titled[0])
        original = view.segmented.text
        if len(titled) == 1 or all(part[1] is None for part in titled[1:]):
            role_start = titled[0][0]
        else:
            role_start = start
        return Post(original[role_start:end] or None, first[1])

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
            if at not in view.edges and not self.organizations.ending(text, start, at):
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
        if token is not None and token.end > end:
            return False
        if ending == end - start:
            return ending >= 2 or text[start:end] in self.organizations
        first = view.token_at(start)
        if first is not None and first.start == start and first.tag in {"d", "p", "c", "u", "y", "r", "vg"}:
            return False
        if first is not None and first.tag == "v" and first.end - first.start == 1:
            return False
        if self.not_endings.ending(text, start, end) > ending:
            return False
        if (
            ending == 1
            and token is not None
            and token.tag.startswith(("v", "d", "p", "c", "r", "f", "t", "m", "a"))
        ):
            return False
        return not any(char in "，。：" for char in text[start:end])

    def _thing(self, view: View, known: dict[str, Post], start: int, end: int) -> Source | None:
        """工信部, 某市教育局, 《…》, 一份报告: an organization or a document."""
        del known
        text = view.text
        figures = self.figures.ending(text, start, end)
        if figures and end - figures > start and text[start:end] not in self.bare_documents:
            stop = end - figures
            begin = self.skip_leads(view, start, stop)
            inside = self.is_organization(view, begin, stop) or _LATIN.match(text[begin:stop])
            if inside:
                return Source(self._mention(view, begin, stop, SpeakerKind.ORGANIZATION), start, NAMED)
        if text[end - 1] == "》":
            opening = text.rfind("《", start, end)
            if opening >= start and self._begins_like_a_title(view, start, opening):
                medium = to_simplified(view.segmented.text[opening : end - 1]).endswith(self.media)
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
        if self.quantifiers.starting(text, start, end):
            return True
        match = _QUANTITY.match(text, start, end)
        return match is not None and match.end() > start

    def is_bare_document(self, view: View, source: SourceMention | None) -> bool:
        """数据显示: figures of nobody in particular."""
        return (
            source is not None
            and source.kind in (SpeakerKind.DOCUMENT, SpeakerKind.UNNAMED, SpeakerKind.ORGANIZATION)
            and view.text[source.start : source.end] in self.bare_documents
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
        post = Post(None, None)
        title = self.titles.ending(text, start, stop)
        if title and not self._has_quantifier(text, start, end):
            post = self.post(view, start, stop)
            post = post if post.organization else Post(None, None)
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
        return first.tag == "r" and any(token.tag == "v" for token in view.tokens_in(start, end))

    def _latin(self, view: View, known: dict[str, Post], start: int, end: int) -> Source | None:
        """OpenAI, Open AI, Dave Clark: a name in Latin letters."""
        del known
        text = view.text
        match = _LATIN.search(text, max(start, end - 40), end)
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
