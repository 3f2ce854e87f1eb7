"""Chinese names in Latin letters: which words are pinyin, and how characters are read.

English articles write Chinese names in pinyin, so the English pack reads this module too.
"""

import re
from functools import cache, lru_cache

from pydantic import BaseModel, ConfigDict, field_validator

from build_dataset.lang.pack import load_data

LONGEST_WORD = 18  # letters: three syllables of the longest kind (zhuang)


class PinyinData(BaseModel):
    """`pinyin.yaml`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    syllables: frozenset[str]
    surnames: frozenset[str]
    compound_surnames: frozenset[str]
    surname_readings: dict[str, str]
    given_name_readings: dict[str, str]

    @field_validator("surnames", mode="before")
    @classmethod
    def _characters(cls, value: str) -> frozenset[str]:
        return frozenset("".join(value.split()))


class Pinyin:
    """Readings of Chinese names, without tones; ü is u."""

    def __init__(self, data: PinyinData) -> None:
        self._data = data
        syllable = "|".join(sorted(data.syllables, key=len, reverse=True))
        self._word = re.compile(f"(?:{syllable})+")
        self._romanized_surnames: frozenset[str] | None = None

    def split(self, name: str) -> tuple[str, str] | None:
        """Surname and given name of a Chinese person in simplified characters; None for other names.

        A name of two to four characters that begins with a surname is Chinese.
        """
        for length in (2, 1):
            surname, given = name[:length], name[length:]
            surnames = self._data.compound_surnames if length == 2 else self._data.surnames
            if surname in surnames and 1 <= len(given) <= 2:
                return surname, given
        return None

    def surname(self, characters: str) -> str:
        """How a surname is read."""
        return self._data.surname_readings.get(characters) or self.read(characters)

    def given_name(self, characters: str) -> str:
        """How a given name is read."""
        readings = self._data.given_name_readings
        if readings.keys().isdisjoint(characters):
            return self.read(characters)
        return "".join(readings.get(character) or self.read(character) for character in characters)

    def read(self, characters: str) -> str:
        """The most frequent reading of simplified characters, as one word."""
        return _read(characters)

    def is_pinyin(self, word: str) -> bool:
        """Whether a lower-case word without apostrophes can be cut into syllables."""
        return len(word) <= LONGEST_WORD and self._word.fullmatch(word) is not None

    def is_surname(self, word: str) -> bool:
        """Whether a lower-case word is how some surname is read."""
        if self._romanized_surnames is None:
            names = self._data.surnames | self._data.compound_surnames
            self._romanized_surnames = frozenset(map(self.surname, names))
        return word in self._romanized_surnames


@lru_cache(maxsize=1 << 16)
def _read(characters: str) -> str:
    from pypinyin import lazy_pinyin  # a fifth of a second: only where there is a Chinese name to read

    return "".join(lazy_pinyin(characters)).replace("ü", "u").replace("v", "u")


@cache
def pinyin() -> Pinyin:
    """The readings with their data."""
    return Pinyin(load_data(PinyinData, "zh", "pinyin"))
