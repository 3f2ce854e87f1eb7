"""Which characters are a person's name: behind a post, before a form of address, or alone."""

import re

from build_dataset.lang.zh.attribution_posts import NO_POST, PhraseReader, Post, Source
from build_dataset.lang.zh.attribution_text import BRACKETED, QUOTED, TITLED, View
from build_dataset.lang.zh.attribution_words import Lexicon, source_words
from build_dataset.schema import SpeakerKind

NAMED = 3
"""A phrase that surely names a source: a person, an organization, a document, a pronoun, unnamed people."""
LIKELY = 2
"""A phrase that may be a name but may be a word as well."""
GUESSED = 1
"""Any noun phrase where a source is expected."""

LATIN = re.compile(r"[A-Za-z0-9À-ſ][A-Za-z0-9À-ſ&.'’+\- ]*$")
_DOTS = re.compile("[·•・‧∙．]")
_FUNCTION = frozenset("的了在是就也还都们有这那之将被对向把为等若及并且却又则不没其")
_FAMILIES = frozenset(("家", "家人", "家属", "家里", "家中", "家长", "一家", "父母", "亲属"))
_SURNAME_PREFIXES = frozenset("小老阿大")


class PersonReader(PhraseReader):
    """Reads phrases that end in a person's name."""

    def __init__(self) -> None:
        """Read the lists."""
        super().__init__()
        words = source_words()
        persons = words.persons
        self.surnames = persons.surnames
        self.weak_surnames = persons.weak_surnames
        self.transliteration = persons.transliteration
        self.not_names = persons.not_names
        self.honorifics = Lexicon(persons.honorifics)
        self.relatives = Lexicon(persons.relatives)
        self.documents = Lexicon(words.documents.words)
        self.unnamed = Lexicon(words.unnamed.nouns)

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
                post = self.post(view, start, begin) if begin > start else NO_POST
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
        post = self.post(view, start, begin) if begin > start else NO_POST
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
        match = LATIN.search(text, max(start, end - 40), end)
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
                    post = self.post(view, start, begin) if begin > start else NO_POST
                    return Source(self._mention(view, begin, end, SpeakerKind.PERSON, post), start, NAMED)
            elif name in known or (
                self._is_known_word_name(view, begin, stop)
                and (begin == start or self.titles.ending(text, start, begin) >= 2)
            ):
                role = None if text[stop:end] in {"先生", "女士", "小姐", "太太", "夫人"} else text[stop:end]
                post = Post(role, None) if role else NO_POST
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
        post = self.post(view, start, begin) if begin > start else NO_POST
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
