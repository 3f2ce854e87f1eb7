"""Words that were cut out of a text, with asterisks in their place."""

import re

_ASTERISKS = re.compile(r"[*＊]+")
_EMPHASIS = re.compile(r"(?<![\w*＊])(\*{1,3})(?=[^\s*])[^*\n]{1,300}(?<=[^\s*])\1(?![\w*＊])")
_RULE_OR_BULLET = re.compile(r"[\s*＊·.~_=-]*$|\s*[*＊]\s")


def has_masked_words(text: str) -> bool:
    """Whether words were cut out and asterisks put in their place; emphasis in Markdown is something else."""
    if "*" not in text and "＊" not in text:
        return False
    return any(_is_masked(line) for line in text.split("\n") if _ASTERISKS.search(line))


def _is_masked(line: str) -> bool:
    if _RULE_OR_BULLET.match(line):
        line = line.lstrip(" \t*＊")
    line = _EMPHASIS.sub("", line)
    return any(
        len(match[0]) > 1 or (line[: match.start()][-1:].isalpha() and line[match.end() :][:1].isalpha())
        for match in _ASTERISKS.finditer(line)
    )
