"""Patterns of many spellings at once."""

import re
from collections.abc import Iterable
from typing import Any

_END = ""


def alternatives(spellings: Iterable[str]) -> str:
    """A pattern of all spellings, the longest first, a hyphen or blank of any width for a blank.

    What begins alike is tried once: there are hundreds of units, and a number stands in every other sentence.
    """
    tree: dict[str, Any] = {}
    for spelling in spellings:
        node = tree
        for character in spelling:
            node = node.setdefault(character, {})
        node[_END] = {}
    return _pattern(tree)


def _pattern(tree: dict[str, Any]) -> str:
    branches = [_branch(character, tree[character]) for character in sorted(tree) if character != _END]
    return "|".join([*branches, ""] if _END in tree else branches)


def _branch(character: str, tree: dict[str, Any]) -> str:
    """One character and what follows it; a run of single characters stays one piece."""
    piece = _piece(character)
    while len(tree) == 1 and _END not in tree:
        ((character, tree),) = tree.items()
        piece += _piece(character)
    rest = _pattern(tree)
    return f"{piece}(?:{rest})" if rest else piece


def _piece(character: str) -> str:
    return r"[\s-]" if character == " " else re.escape(character)
