"""How much of a text looks misread: its bytes taken for another encoding than they are in.

A wrong encoding gives real letters, marks and ideographs in places where nobody writes them: capitals inside words
(`donÕt`), signs inside words (`dz¹ce`), accents without a letter (`caf¨¦`), letters of two scripts in one word, rare
ideographs only. What is counted here are such places, among all characters beyond ASCII.
"""

import re
import unicodedata
from functools import cache, lru_cache
from itertools import islice

SAMPLE = 1_000
"""Characters beyond ASCII that are looked at."""
READ_RIGHT = 0.02
"""Share of misplaced characters, at most, in texts that are read right; news in 18 languages has under 0.01."""
MOST_MISREAD = 0.1
"""A text with a larger share is misread, unless its encoding is declared."""

_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")
_IMPOSSIBLE = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f-\x9f\ufff0-\uffff\U000f0000-\U0010ffff]")
_ALPHABETS = frozenset({"LATIN", "CYRILLIC", "GREEK", "HEBREW", "ARABIC"})
_SENTENCE_MARKS = tuple(".,!?;:")
_BLANK_FOLLOWS = tuple(",;)")
_SOLITARY_CAPITALS = frozenset("ÀÁÅÈÍÖØÚÜ")
"""Words of one letter, and initials."""
_TYPOGRAPHIC = "“”‘’–—―…\xa0•£€"
_OPENING = tuple("\"'“‘«¡¿")
_LONE_ACCENTS = frozenset("ˆˇ")
"""Letters to Unicode, and never in a word."""


def is_possible(text: str) -> bool:
    """Whether a text has none of the characters that no text has: controls, private and unassigned ones."""
    return _IMPOSSIBLE.search(text) is None


def without_impossible(text: str) -> tuple[str, int]:
    """A text with U+FFFD for each of the characters that no text has, and how many there were."""
    return _IMPOSSIBLE.subn("\ufffd", text)


def misread_share(text: str) -> float:
    """The share of the characters beyond ASCII, at most `SAMPLE` of them, that stand where they make no sense."""
    seen = wrong = 0
    for match in islice(_BEYOND_ASCII.finditer(text), SAMPLE):
        seen += 1
        at = match.start()
        wrong += _is_misplaced(text[max(0, at - 2) : at], match[0], text[at + 1 : at + 3])
    return wrong / seen if seen else 0.0


def typographic_share(text: str) -> float:
    """The share of the characters beyond ASCII that are typographic marks, such as curly quotes and dashes."""
    beyond = "".join(match[0] for match in islice(_BEYOND_ASCII.finditer(text), SAMPLE))
    return sum(map(beyond.count, _TYPOGRAPHIC)) / len(beyond) if beyond else 0.0


@cache
def common_ideographs() -> frozenset[str]:
    """The first levels of GB 2312, Big5 and JIS X 0208, which hold the common ideographs: about 7,600."""
    levels = (
        ("gb2312", range(0xB0, 0xD8), range(0xA1, 0xFF)),
        ("big5", range(0xA4, 0xC7), [*range(0x40, 0x7F), *range(0xA1, 0xFF)]),
        ("euc_jp", range(0xB0, 0xD0), range(0xA1, 0xFF)),
    )
    return frozenset(
        bytes((lead, trail)).decode(codec, "ignore")
        for codec, leads, trails in levels
        for lead in leads
        for trail in trails
    )


def _is_misplaced(before: str, character: str, after: str) -> bool:
    """Whether a character makes no sense between the two before and the two after it."""
    category, last, following = unicodedata.category(character), before[-1:], after[:1]
    if category == "Lo":
        return _is_misplaced_ideograph(last, character, following)
    if category[0] == "L":
        return character in _LONE_ACCENTS or _is_misplaced_letter(last, character, after)
    if category[0] == "C":
        return category != "Cf" or (character == "\xad" and not (last.isalpha() and following.isalpha()))
    if character in "“”„‚«»‹›":
        return _is_western(last) and _is_western(following)
    return category[0] in "SNP" and _is_misplaced_sign(category, last, character, following)


def _is_misplaced_ideograph(last: str, character: str, following: str) -> bool:
    script = _script(character)
    if script in _ALPHABETS:
        return _mixes_alphabets(last, character) or _mixes_alphabets(character, following)
    if script == "CJK":
        inside = last.isascii() and following.isascii() and following.islower()
        return inside or ("\u4e00" <= character <= "\u9fff" and character not in common_ideographs())
    if script == "HANGUL":
        return "CJK" in (_script(last), _script(following))
    ordinal = character in "ªº" and (following.isalpha() or not (last.isalnum() or last in (".", "°")))
    return ordinal or script == "HALFWIDTH"


def _is_misplaced_letter(last: str, character: str, after: str) -> bool:
    following = after[:1]
    if _mixes_alphabets(last, character) or _mixes_alphabets(character, following):
        return True
    if last.isdecimal() or following.isdecimal() or last in _BLANK_FOLLOWS:
        return True
    if _script(character) == "LATIN" and all(map(_is_accented, (last, *after.ljust(2)))):
        return True  # four in a row: three are Turkish
    alone = not last.isalpha() and not following.isalpha()
    if alone and last in _SENTENCE_MARKS:
        return True
    return character.isupper() and _is_misplaced_capital(alone, last, character, after)


def _is_misplaced_capital(alone: bool, last: str, character: str, after: str) -> bool:
    following = after[:1]
    if last.islower() or (len(after) == 2 and following.isupper() and after[1].islower()):
        return True
    if _script(character) != "LATIN":
        return False
    in_row = following.isupper() and not following.isascii()
    return in_row or (alone and character not in _SOLITARY_CAPITALS)


def _is_misplaced_sign(category: str, last: str, character: str, following: str) -> bool:
    match category:
        case "Sk":  # an accent without its letter
            return True
        case "Sc":
            return (last.isalpha() or following.isalpha()) and not (last + following).strip(" ").isdecimal()
        case "Sm":
            return last.isalpha() or following.isalpha()
        case "No":
            return following.isalpha() or (character in "¼½¾" and last.isalpha())
        case "So":
            return _is_misplaced_symbol(last, character, following)
    if character in "¡¿":
        return last.isalpha() or following in ("ª", "º") or not (following.isalnum() or following in _OPENING)
    if character in "＊＆＃＠＼":
        return (last + following).isascii() and (last.isalpha() or following.isalpha())
    return character in "‰§¶†‡•" and (last.isalpha() or not last.isascii())


def _is_misplaced_symbol(last: str, character: str, following: str) -> bool:
    if character == "°":  # 20°, 20 °C, n° 5
        known = last.isdecimal() or last in ("n", "N") or following in ("C", "F")
        return not known and (following.isalpha() or not following.isascii())
    if character in "™®":
        return not (last.isalnum() or last in tuple(")”\"’'"))
    drawn = "\u2500" <= character <= "\u259f"
    return drawn or character == "¦" or (last.isalpha() and following.isalpha())


def _mixes_alphabets(one: str, other: str) -> bool:
    scripts = {_script(one), _script(other)}
    return len(scripts) == 2 and scripts <= _ALPHABETS


@lru_cache(maxsize=4096)
def _script(character: str) -> str:
    """The first word of a letter's name, such as LATIN or CJK; empty for anything else."""
    return unicodedata.name(character, "").partition(" ")[0] if character.isalpha() else ""


def _is_accented(character: str) -> bool:
    return character.isalpha() and not character.isascii()


def _is_western(character: str) -> bool:
    return character.isdecimal() or _script(character) in _ALPHABETS
