"""Names of people and media, and what people are by profession, in English bylines."""

import re

from build_dataset.lang.en.metadata.data import MetadataData
from build_dataset.read.facts import Facts, bylines
from build_dataset.read.wording import any_of

CAPITALIZED = r"[^\W\d_a-zß-öø-ÿ][\w'’.&-]*"
_NAME_WORD = rf"(?:{CAPITALIZED}|[dDO]['’]{CAPITALIZED})"
_PARTICLE = r"(?:al|bin|da|de|del|della|den|der|di|dos|du|el|ibn|la|le|ter|van|von|y)"
_NAME = rf"{_NAME_WORD}(?:[ ](?:{_PARTICLE}[ ]){{0,2}}{_NAME_WORD}){{0,4}}"
_AND = r"(?:\s*,\s*(?:and\s+)?|\s+(?:and|&)\s+|\s*[/;、]\s*)"
NAMES = rf"{_NAME}(?:{_AND}{_NAME}){{0,7}}"
SPLIT_NAMES = re.compile(_AND)
_ONLY_NAME = re.compile(_NAME)
_IN_PLACE = re.compile(rf"\s+(?:in|from|at)\s+{CAPITALIZED}(?:\s+{CAPITALIZED}){{0,3}}")
LONGEST_HANDLE = 30


class Names:
    """The forms of names, and the media and professions that are known."""

    def __init__(self, data: MetadataData) -> None:
        self._professions = data.professions
        self.profession_pattern = f"(?i:{any_of(data.professions, 'i')}s?)"
        self.medium_pattern = (
            rf"(?i:the\s+)?(?:(?:[^\W\d_][\w.'’&-]*\s+){{0,4}}{any_of(data.medium_words, 'i')}(?:\s+(?i:online))?"
            rf"|{any_of(data.media, 'i')}|[\w-]+\.(?:com|net|org|cn)(?:\.cn)?)"
        )
        self._medium = re.compile(self.medium_pattern)
        self._known_medium = re.compile(rf"(?i:the\s+)?{any_of(data.media, 'i')}")

    # ── media ──

    def is_medium(self, words: str) -> bool:
        """Whether words are the name of a medium, known or made like one."""
        return self._medium.fullmatch(words) is not None

    def is_known_medium(self, words: str) -> bool:
        """Whether words are the name of a medium in the list."""
        return self._known_medium.fullmatch(words) is not None

    def medium_alone(self, part: str) -> Facts | None:
        """A part that is the name of a medium."""
        return Facts(publisher=part) if part[:1].isupper() and self.is_medium(part) else None

    def without_medium(self, name: str) -> tuple[str, str | None]:
        """`JANE ROE Associated Press`: the name and the medium behind it."""
        words = name.split()
        media = {" ".join(words[first:]): " ".join(words[:first]) for first in range(2, len(words))}
        for known in (self.is_known_medium, self.is_medium):
            for medium, person in media.items():
                if known(medium):
                    return person, medium
        return name, None

    # ── professions ──

    def is_profession(self, words: str) -> bool:
        """Whether words are a profession, in singular or plural."""
        return self.profession(words) in self._professions

    def profession(self, words: str) -> str:
        """The singular in lower case."""
        folded = " ".join(words.lower().split())
        return folded if folded in self._professions else folded.removesuffix("s")

    # ── people ──

    def people(self, value: str, role: str | None) -> Facts | None:
        """The people in a list, media left out; None where there are none."""
        found = [name for name in self.read(without_place(value)) if not self.is_medium(name)]
        return Facts(byline=bylines(found, role)) if found else None

    def read(self, value: str, handles: bool = False) -> list[str]:
        """The names in a list; none where anything else stands in it. A handle is a name of any one word."""
        pieces = [piece.strip() for piece in SPLIT_NAMES.split(value) if piece.strip()]
        for piece in pieces:
            handle = handles and " " not in piece and len(piece) <= LONGEST_HANDLE
            if not handle and not _ONLY_NAME.fullmatch(piece):
                return []
        return pieces


def without_place(names: str) -> str:
    """Names without the places that the people write from."""
    return _IN_PLACE.sub("", names)


def full_names(facts: Facts | None) -> Facts | None:
    """The facts if their names have two or three words, as names without a label must have."""
    if facts is None or any(byline.name.count(" ") not in (1, 2) for byline in facts.byline):
        return None
    return facts
