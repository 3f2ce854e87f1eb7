"""What the identity of a name is made of in every language: folded letters, neutral words, role concepts."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache

from pydantic import BaseModel, ConfigDict

_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]"
)


class IdentityData(BaseModel):
    """What every pack's `identity.yaml` holds; neutral words and role concepts are the keys."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    titles: frozenset[str]
    legal_forms: frozenset[str]
    generic_organizations: frozenset[str]
    organization_words: dict[str, tuple[str, ...]]
    wholes: frozenset[str]
    places: dict[str, tuple[str, ...]]
    roles: dict[str, tuple[str, ...]]


@lru_cache(maxsize=1 << 14)
def fold(name: str) -> str:
    """A name without case, accents, invisible characters, widths and ligatures; its blanks single."""
    if not name.isascii():
        name = _INVISIBLE.sub("", unicodedata.normalize("NFKD", name))
        name = unicodedata.normalize(
            "NFC", "".join(character for character in name if not unicodedata.combining(character))
        )
    return " ".join(name.casefold().split())


def inverted(words: Mapping[str, Iterable[str]]) -> dict[str, frozenset[str]]:
    """Wording → the neutral words or concepts it stands for, from the lists of wordings of each."""
    found: dict[str, set[str]] = {}
    for neutral, wordings in words.items():
        for wording in wordings:
            found.setdefault(fold(wording), set()).update(neutral.split())
    return {wording: frozenset(neutral) for wording, neutral in found.items()}


def organization_key(distinctive: str, neutral: Iterable[str]) -> str:
    """The key of an organization: the name proper, then the words that many share, sorted."""
    return f"{distinctive}|{' '.join(sorted(set(neutral)))}"
