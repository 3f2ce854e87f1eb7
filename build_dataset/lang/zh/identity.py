"""When two names with Chinese characters are one, and under which key a name in pinyin is looked for."""

import re
from collections.abc import Iterable
from dataclasses import replace

from build_dataset.document import LocalSpeaker
from build_dataset.lang.names import IdentityData, fold, inverted, organization_key
from build_dataset.lang.pack import load_data, load_part
from build_dataset.lang.zh.pinyin import pinyin
from build_dataset.lang.zh.script import to_simplified
from build_dataset.schema import SpeakerKind

_IDEOGRAPH = re.compile("[\u3400-\u9fff\U00020000-\U0003ffff]")
_BRACKETS = re.compile(r"[（(][^（()）]*[)）]")
_TITLE = re.compile("[《〈]([^《》〈〉]+)[》〉]")
_NOT_OF_NAME = re.compile(r"[\s·•・‧.．,，、“”\"'‘’「」『』]+")
_DIGITS = re.compile("[零〇一二三四五六七八九]{3,}")
_DIGIT_VALUES = str.maketrans("零〇一二三四五六七八九", "00123456789")
_LATIN = re.compile("[a-z0-9][a-z0-9&+-]*")
_FULL_LATIN_NAME = re.compile("[A-Za-z.'’-]+(?: [A-Za-z.'’-]+)+")
_MIDDLE_DOT = re.compile("[·•・‧]")


class ChineseIdentityData(IdentityData):
    """`identity.yaml` of the Chinese pack; all words in simplified characters."""

    familiar: frozenset[str]


class ChineseIdentity:
    """Identity of names with Chinese characters; simplified and traditional ones are equal."""

    def __init__(self, data: ChineseIdentityData) -> None:
        self._data = data
        self._places = inverted(data.places)
        self._neutral = {**inverted(data.organization_words), **self._places}
        self._roles = inverted(data.roles)
        self._role = _any_of(self._roles)
        known = _any_of([*self._neutral, *data.legal_forms])
        self._piece = re.compile(rf"(?P<known>{known.pattern})|(?P<latin>{_LATIN.pattern})|(?P<own>.)")
        titles = _any_of(data.titles).pattern
        self._address = re.compile(rf"(?:{titles})$|^[{''.join(data.familiar)}](?=.$)")

    def writes(self, name: str) -> bool:
        """Whether there is a Chinese character in the name."""
        return _IDEOGRAPH.search(name) is not None

    def key(self, speaker: LocalSpeaker) -> str:
        """What all spellings share; empty where the name alone identifies nobody outside its article."""
        if speaker.kind is SpeakerKind.PERSON:
            return self._person(speaker)
        if speaker.kind is SpeakerKind.ORGANIZATION:
            return self._organization_key(speaker.name)
        title = _TITLE.search(speaker.name) if speaker.kind is SpeakerKind.DOCUMENT else None
        return _NOT_OF_NAME.sub("", to_simplified(fold(title[1]))) if title else ""

    def script(self, speaker: LocalSpeaker) -> str:
        """The name in simplified characters without marks; an organization's without its legal form."""
        name = _BRACKETS.sub("", to_simplified(fold(speaker.name)))
        if speaker.kind is SpeakerKind.ORGANIZATION:
            return "".join(piece for piece, kind in self._pieces(name) if kind != "legal")
        if speaker.kind is SpeakerKind.PERSON:
            return _NOT_OF_NAME.sub("", name)
        return name

    def roles(self, role: str) -> frozenset[str]:
        """Concepts of the longest wordings found; where there is none, the role itself."""
        text = to_simplified(fold(role))
        found: set[str] = set()
        for match in self._role.finditer(text):
            found |= self._roles[match[0]]
        return frozenset(found or ([f"={text}"] if text else []))

    def organization(self, name: str) -> frozenset[str]:
        """The proper words of each part of the name; a part of common words counts where it names a place."""
        found: set[str] = set()
        common: set[str] = set()
        for part in self._parts(to_simplified(fold(name))):
            distinctive, neutral, place = self._words(part)
            found.update(distinctive)
            if not distinctive and place:
                found.add(" ".join(sorted(neutral)))
            elif not distinctive:
                common |= neutral
        return frozenset(found) or frozenset([" ".join(sorted(common))] if common else [])

    def _person(self, speaker: LocalSpeaker) -> str:
        name = _NOT_OF_NAME.sub("", _BRACKETS.sub("", to_simplified(fold(speaker.name))))
        if len(name) < 2 or self._address.search(name):
            return ""
        parts = pinyin().split(name)
        if parts is not None and not _MIDDLE_DOT.search(speaker.name):
            return " ".join(sorted([pinyin().surname(parts[0]), pinyin().given_name(parts[1])]))
        for (
            alias
        ) in speaker.aliases:  # a transliterated name, with its original beside it: 史密斯（John Smith）
            if _FULL_LATIN_NAME.fullmatch(alias):
                return str(load_part("en", "identity").key(replace(speaker, name=alias)))
        return pinyin().read(name)

    def _organization_key(self, name: str) -> str:
        name = _BRACKETS.sub("", to_simplified(fold(name)))
        if name in self._data.generic_organizations:
            return ""
        distinctive, neutral, _ = self._words(self._pieces(name))
        if not distinctive and len(neutral) < 2:
            return ""
        return organization_key("".join(distinctive), neutral)

    def _pieces(self, name: str) -> list[tuple[str, str]]:
        """The name cut into known words, words in Latin letters, and runs of other characters.

        A known word of one character counts only behind a known one (北京市, 教育局): 网 is no word of 网易.
        """
        pieces: list[tuple[str, str]] = []
        for match in self._piece.finditer(_NOT_OF_NAME.sub("", name)):
            text, kind = match[0], str(match.lastgroup)
            if kind == "known":
                kind = "legal" if text in self._data.legal_forms else "known"
                behind_known = bool(pieces) and pieces[-1][1] == "known"
                if len(text) == 1 and not behind_known and match.end() < len(match.string):
                    kind = "own"
            if kind == "own" and pieces and pieces[-1][1] == "own":
                pieces[-1] = (pieces[-1][0] + text, kind)
            else:
                pieces.append((text, kind))
        return pieces

    def _parts(self, name: str) -> list[list[tuple[str, str]]]:
        """The pieces of each organization in a name, the whole before its parts (北京大学|法学院)."""
        parts: list[list[tuple[str, str]]] = [[]]
        for piece in self._pieces(name):
            parts[-1].append(piece)
            if piece[0] in self._data.wholes and piece[1] != "own":
                parts.append([])
        return [part for part in parts if part]

    def _words(self, pieces: list[tuple[str, str]]) -> tuple[list[str], frozenset[str], bool]:
        """The proper words in Latin letters, the common ones in neutral form, whether one is a place."""
        distinctive = []
        neutral: set[str] = set()
        place = False
        for text, kind in pieces:
            if kind == "known":
                neutral |= self._neutral[text]
                place = place or text in self._places
            elif kind == "latin" or (kind == "own" and _DIGITS.fullmatch(text)):
                distinctive.append(text.translate(_DIGIT_VALUES))
            elif kind == "own" and (len(text) > 1 or len(pieces) == 1):
                distinctive.append(pinyin().read(text))
        return distinctive, frozenset(neutral), place


def _any_of(words: Iterable[str]) -> re.Pattern[str]:
    """A pattern that finds the longest of some words at each place."""
    ordered = sorted(map(re.escape, words), key=lambda word: (-len(word), word))
    return re.compile("|".join(ordered))


def load() -> ChineseIdentity:
    """The Chinese identity with its data."""
    return ChineseIdentity(load_data(ChineseIdentityData, "zh", "identity"))
