"""Lists of names in Chinese bylines."""

import re

from build_dataset.lang.zh.metadata.forms import BLANKS, HAN
from build_dataset.lang.zh.pinyin import pinyin
from build_dataset.lang.zh.script import to_simplified

_SPLIT_NAMES = re.compile(rf"{BLANKS}*[、，,;；/&]{BLANKS}*|{BLANKS}+(?:和|与|及){BLANKS}*|{BLANKS}+")
_LATIN_NAME = re.compile(r"[A-Za-z][\w.'’-]*(?: [A-Z][\w.'’-]*){0,3}")
_FOREIGN_NAME = re.compile(f"{HAN}{{1,8}}(?:[·•・]{HAN}{{1,8}})+")
_HANDLE = re.compile(r"[^\s、，,。：:；;？！?!（）()《》“”]{1,16}")
_ENDING = re.compile(
    rf"(?:[/／]{HAN}{{2,4}}(?:报道|报导|电)|(?:{BLANKS}+{HAN}{{2,4}})?(?:综合|摄影)?(?:报道|报导)"
    rf"|{BLANKS}+(?:文|摄|图|文/图|文图|图文)|{BLANKS}*发自{HAN}{{2,6}})$"
)
MOST_HANDLES = 3
"""More words than that behind a label are no list of names."""


def read_names(value: str, handles: bool = False) -> list[str]:
    """The names in a list of them; none where anything else stands in it. A handle is any one word."""
    if _LATIN_NAME.fullmatch(value):
        return [value]
    names: list[str] = []
    pieces = [piece for piece in _SPLIT_NAMES.split(value) if piece]
    while pieces:
        piece = pieces.pop(0)
        if len(piece) == 1 and pieces and len(pieces[0]) == 1:  # 张 三: a name of two characters spread out
            piece += pieces.pop(0)
        handle = handles and len(names) < MOST_HANDLES and _HANDLE.fullmatch(piece)
        if not (handle or _is_name(piece)):
            return []
        names.append(piece)
    return names


def _is_name(piece: str) -> bool:
    if 2 <= len(piece) <= 4 and pinyin().split(to_simplified(piece)) is not None:
        return True
    return bool(_FOREIGN_NAME.fullmatch(piece) or _LATIN_NAME.fullmatch(piece))


def without_ending(names: str) -> str:
    """Names without 文/图, 报道 and a place behind them."""
    return names[: len(_ENDING.sub("", to_simplified(names)))]


def name_before_place(characters: str) -> str:
    """The name in 张三丰台北: three characters, or two where the place would be left with one."""
    return characters[:2] if len(characters) in (2, 4) else characters[:3]
