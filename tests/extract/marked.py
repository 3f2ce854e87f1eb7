"""Cases as marked-up text: `<source> {cue} [content]`.

All marks of one number belong to one quote; without a number it is 1: `<Ann Lee> {said} [it was late], and <#2 Bo Li>
{#2 replied} that [#2 it was not].` A mark of two quotes has both numbers (`<#12 Ann Lee>`). What is left without the
marks is the text.
"""

import re
from dataclasses import dataclass, field

from build_dataset.document import Document, Extraction
from build_dataset.pipeline import extract_article

_MARK = re.compile(r"(?P<open>[<{\[])(?:#(?P<numbers>[1-9]+) )?|(?P<close>[>}\]])")
_CLOSING = {"<": ">", "{": "}", "[": "]"}


@dataclass
class Marked:
    """One quote as a case states it, or as it was found."""

    content: list[str] = field(default_factory=list)
    source: str | None = None
    cue: str | None = None


def parse(marked: str) -> tuple[str, list[Marked]]:
    """The text of a case, and its quotes in the order of their numbers."""
    text = ""
    quotes: dict[str, Marked] = {}
    open_marks: list[tuple[str, str, int]] = []
    position = 0
    for match in _MARK.finditer(marked):
        text += marked[position : match.start()]
        position = match.end()
        if match["open"]:
            open_marks.append((match["open"], match["numbers"] or "1", len(text)))
            continue
        char, numbers, start = open_marks.pop()
        assert _CLOSING[char] == match["close"], f"{match['close']} closes {char} in {marked!r}"
        for number in numbers:
            _set(quotes.setdefault(number, Marked()), char, text[start:])
    assert not open_marks, f"{open_marks[-1][0]} is never closed in {marked!r}"
    return text + marked[position:], [quote for _, quote in sorted(quotes.items())]


def _set(quote: Marked, char: str, words: str) -> None:
    if char == "[":
        quote.content.append(words)
    elif char == "<":
        quote.source = words
    else:
        quote.cue = words


def found(text: str) -> tuple[list[Marked], Extraction]:
    """What is extracted from a text."""
    extraction = extract_article(Document("case", text))
    quotes = [
        Marked(
            [text[span.start : span.end] for span in quote.candidate.spans],
            quote.candidate.source.name if quote.candidate.source is not None else None,
            text[slice(*quote.candidate.cue)] if quote.candidate.cue is not None else None,
        )
        for quote in extraction.quotes
    ]
    return quotes, extraction
