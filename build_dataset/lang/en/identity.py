"""When two names in Latin letters are one: titles and legal forms dropped, pinyin in either order."""

import re

from build_dataset.document import LocalSpeaker
from build_dataset.lang.names import IdentityData, fold, inverted, organization_key
from build_dataset.lang.pack import load_data
from build_dataset.lang.zh.pinyin import pinyin
from build_dataset.schema import SpeakerKind

_LATIN = re.compile(r"[a-zßøłđæœðþı\W\d_]*[a-z][a-zßøłđæœðþı\W\d_]*")
_APOSTROPHE = re.compile("['’‘`]")
_POSSESSIVE = re.compile("['’]s?(?=\\s|$)")
_WORD = re.compile(r"[^\W_]+")
_HYPHENS = re.compile(r"[^\W_]+(?:-[^\W_]+)+")
_BRACKETS = re.compile(r"\s*\([^()]*\)")
_MARKS_ROUND_TITLE = re.compile("^[\"“‘'«《].*[\"”’'»》]$")
_LONGEST_ROLE = 4  # words


class EnglishIdentityData(IdentityData):
    """`identity.yaml` of the English pack."""

    suffixes: frozenset[str]
    small_words: frozenset[str]
    romanizations: dict[str, tuple[str, ...]]


class EnglishIdentity:
    """Identity of names in Latin letters, whatever the language of the article they stand in."""

    def __init__(self, data: EnglishIdentityData) -> None:
        self._data = data
        self._places = inverted(data.places)
        self._neutral = {**inverted(data.organization_words), **self._places}
        self._romanizations = {old: new for new, olds in data.romanizations.items() for old in olds}
        self._roles = inverted(data.roles)
        phrases = sorted(
            (re.escape(word) for word in (*self._neutral, *data.legal_forms) if " " in word),
            key=len,
            reverse=True,
        )
        self._phrase = re.compile(rf"\b(?:{'|'.join(phrases)})\b")
        wholes = "|".join(sorted(data.wholes))
        self._part_of = re.compile(
            rf"\s+at\s+(?:the\s+)?|\s*,\s*|\s+of\s+(?:the\s+)?(?=(?:[\w&.-]+\s+){{1,4}}(?:{wholes})\b)"
        )

    def writes(self, name: str) -> bool:
        """Whether all letters of the name are Latin."""
        return _LATIN.fullmatch(fold(name)) is not None

    def key(self, speaker: LocalSpeaker) -> str:
        """What all spellings share; empty where the name alone identifies nobody outside its article."""
        if speaker.kind is SpeakerKind.PERSON:
            return self._person(speaker.name)
        if speaker.kind is SpeakerKind.ORGANIZATION:
            return self._organization_key(speaker.name)
        return self._title(speaker.name) if speaker.kind is SpeakerKind.DOCUMENT else ""

    def script(self, speaker: LocalSpeaker) -> str:
        """Letters have one spelling for each key."""
        return self.key(speaker) or fold(speaker.name)

    def roles(self, role: str) -> frozenset[str]:
        """Concepts of the longest wordings found; where there is none, the words of the role itself."""
        words = _WORD.findall(_APOSTROPHE.sub("", fold(role)))
        found: set[str] = set()
        at = 0
        while at < len(words):
            for length in range(min(_LONGEST_ROLE, len(words) - at), 0, -1):
                concepts = self._roles.get(" ".join(words[at : at + length]))
                if concepts:
                    found |= concepts
                    at += length
                    break
            else:
                at += 1
        return frozenset(found or (f"={word}" for word in words if word not in self._data.small_words))

    def organization(self, name: str) -> frozenset[str]:
        """The proper word of each part of the name; a part of common words counts where it names a place."""
        found: set[str] = set()
        common: set[str] = set()
        for part in self._part_of.split(fold(name)):
            distinctive, neutral = self._words(part)
            if distinctive:
                found.add("".join(distinctive))
                found.update(word for word in distinctive if word.isdecimal())
            elif neutral & self._places.keys() or any(neutral >= place for place in self._places.values()):
                found.add(" ".join(sorted(neutral)))
            else:
                common |= neutral
        return frozenset(found) or frozenset([" ".join(sorted(common))] if common else [])

    def _person(self, name: str) -> str:
        folded = _HYPHENS.sub(_whole_given_name, _APOSTROPHE.sub("", fold(_BRACKETS.sub("", name))))
        words = _WORD.findall(folded)
        while words and words[0] in self._data.titles:
            del words[0]
        while words and words[-1] in self._data.suffixes:
            del words[-1]
        full = [word for word in words if len(word) > 1]
        if len(full) >= 2:
            words = full
        return " ".join(_surname_and_given(words)) if len(words) >= 2 else ""

    def _organization_key(self, name: str) -> str:
        folded = fold(_BRACKETS.sub("", name))
        distinctive, neutral = self._words(folded)
        if not distinctive and (
            len(neutral) < 2 or folded.removeprefix("the ") in self._data.generic_organizations
        ):
            return ""
        if not neutral and "".join(distinctive) in self._data.generic_organizations:
            return ""
        return organization_key("".join(distinctive), neutral)

    def _words(self, name: str) -> tuple[list[str], frozenset[str]]:
        """The words of a folded name that are its own, and the neutral forms of those that many share."""
        name = _POSSESSIVE.sub("", name).replace(".", " ") if not name.isdecimal() else name
        name = self._phrase.sub(lambda match: match[0].replace(" ", "\x1f"), " ".join(name.split()))
        distinctive: list[str] = []
        neutral: set[str] = set()
        for word in re.findall(r"[^\W_]+(?:\x1f[^\W_]+)*", _APOSTROPHE.sub("", name)):
            word = self._romanizations.get(word, word.replace("\x1f", " "))
            shared = self._neutral.get(word)
            if shared:
                neutral |= shared
            elif word not in self._data.legal_forms and word not in self._data.small_words:
                distinctive.append(word)
        return distinctive, frozenset(neutral)

    def _title(self, name: str) -> str:
        """A document with a title: in quotation marks, or two words or more that all begin with a capital."""
        marked = _MARKS_ROUND_TITLE.match(name.strip()) is not None
        words = [word for word in _WORD.findall(name) if word.lower() not in self._data.small_words]
        capital = len(words) >= 2 and all(word[0].isupper() or word[0].isdecimal() for word in words)
        return " ".join(_WORD.findall(fold(name).removeprefix("the "))) if marked or capital else ""


def _surname_and_given(words: list[str]) -> list[str]:
    """Chinese names in one order, the given name in one word; other names as they are."""
    words = [_without_umlaut(word) for word in words]
    read = pinyin()
    if not all(map(read.is_pinyin, words)) or not any(map(read.is_surname, (words[0], words[-1]))):
        return words
    if read.is_surname(words[0]):
        return sorted([words[0], "".join(words[1:])])
    return sorted([words[-1], "".join(words[:-1])])


def _whole_given_name(match: re.Match[str]) -> str:
    """`mei-hua` in one word, `jean-pierre` in two."""
    parts = match[0].split("-")
    return ("" if all(map(pinyin().is_pinyin, parts)) else " ").join(parts)


def _without_umlaut(word: str) -> str:
    """`lyu` and `lv` for lü: as `lu`."""
    for vowel in ("lyu", "nyu", "lv", "nv"):
        if word.startswith(vowel):
            return word[0] + "u" + word[len(vowel) :]
    return word


def load() -> EnglishIdentity:
    """The English identity with its data."""
    return EnglishIdentity(load_data(EnglishIdentityData, "en", "identity"))
