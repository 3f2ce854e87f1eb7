"""Which language pack a text belongs to, and which one reads a name."""

import re
from functools import lru_cache

from build_dataset.lang.pack import Identity, LanguagePack, codes, load_pack, load_part
from build_dataset.options import Engine

LEAST_SHARE = 0.35
"""A text belongs to a language if that share of its words surely does: French counts 0.2 as English."""
FEW_WORDS = 20
"""In a text no longer than that a single word of the language is enough if nothing speaks against it: the others may be
names."""
ACCENTED_WORDS = 2
"""A word with other letters than a–z, names aside, speaks against so many words of the language."""
MIXED_SHARE = 0.2
"""From that share of words in another language on, a text is mixed."""
SURE_WORDS = 8
"""A line with fewer words (a heading, a name) says nothing of its language."""

_MARKS = re.compile(r"[^\w\s]+")
_ACCENTED = re.compile("(?<![^\\W\\d_])[a-z]*[ß-öø-ÿ\u0101-\u024f\u1e01-\u1eff]")
_CAPITALIZED = re.compile(r"\b[A-Z]\w*")
_IDEOGRAPHS = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+")
_WORD = re.compile("[^\\W\\d_\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+")


def detect_pack(text: str, engine: Engine = Engine.FAST) -> LanguagePack | None:
    """The pack of the language that most of the text is in; None where no pack knows it."""
    code = detect(text)
    return load_pack(code, engine) if code else None


def detect(text: str) -> str | None:
    """The code of the pack for the language that most of the text is in; None where no pack knows it."""
    words = _words(text)
    needed = LEAST_SHARE * words
    if words <= FEW_WORDS:
        needed = ACCENTED_WORDS * len(_ACCENTED.findall(text))
        if not _IDEOGRAPHS.search(text):  # where blanks separate words, those beside marks count too
            text = _MARKS.sub(" ", text)
    evidence = {code: _evidence(code, text) for code in codes()}
    best = max(evidence, key=lambda code: (evidence[code], code))
    return best if evidence[best] > needed else None


def is_mixed(text: str, code: str) -> bool:
    """Whether a good part of a text of the language `code` is in other ones.

    Counted line by line, since a name in Latin letters does not make a Chinese sentence English, and without
    words in capitals, since names belong to no language.
    """
    words = _words(text)
    if _evidence(code, text) >= (1 - MIXED_SHARE / 2) * words:
        return False
    own = load_part(code, "segmentation")
    foreign = 0.0
    for line in text.splitlines():
        in_line = _words(line)
        if in_line >= SURE_WORDS and own.evidence(line) <= LEAST_SHARE * in_line:
            foreign += in_line - len(_CAPITALIZED.findall(line))
    return foreign >= MIXED_SHARE * words


def identity_of(name: str, language: str) -> Identity:
    """The part that compares a name: of the pack of its script, else of its article's language."""
    for code in codes():
        identity: Identity = load_part(code, "identity")
        if identity.writes(name):
            return identity
    fallback: Identity = load_part(language.partition("-")[0], "identity")
    return fallback


@lru_cache(maxsize=4)  # telling the language and looking whether it is mixed ask for the same text
def _evidence(code: str, text: str) -> float:
    found: float = load_part(code, "segmentation").evidence(text)
    return found


@lru_cache(maxsize=4)
def _words(text: str) -> float:
    """About how many words a text has: an ideograph counts a half."""
    ideographs = () if text.isascii() else _IDEOGRAPHS.findall(text)
    if not ideographs:
        return len(text.split())
    return len(_WORD.findall(text)) + sum(map(len, ideographs)) / 2
