"""The paragraphs of a page as a reader sees them, whatever elements they are made of."""

import re
from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from lxml import etree
from lxml.html import HtmlElement

from build_dataset.read.html.tree import line

BLOCK_ELEMENTS = frozenset({
    "address", "article", "aside", "blockquote", "body", "center", "dd", "details", "dir", "div", "dl", "dt",
    "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup",
    "hr", "html", "legend", "li", "main", "menu", "nav", "ol", "p", "pre", "section", "summary", "table", "tbody",
    "td", "tfoot", "th", "thead", "tr", "ul",
})  # fmt: skip
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})

_SENTENCE_END = re.compile('[.!?:;。！？：；…”’"」』）)】]$')
_LOWER_START = re.compile("[^\\W\\d_A-Z\u3400-\u9fff]")


class Block(NamedTuple):
    """A run of text without a break."""

    text: str
    element: HtmlElement
    """The innermost block element that it stands in."""
    origin: HtmlElement
    """The innermost element that its first words stand in."""
    linked: int
    """How many of its characters are in links."""


SHORTEST_SENTENCE = 16
"""Characters."""
_STOP = re.compile("[.!?。！？…][\"'”’」』）)]*$")


def prose(block: Block) -> int:
    """How many characters of a block are sentences: none in menus, headings and notices without a stop."""
    enough = len(block.text) >= SHORTEST_SENTENCE and _STOP.search(block.text[-8:])
    return max(0, len(block.text) - 2 * block.linked) if enough else 0


def prose_of_elements(tree: HtmlElement, found: Sequence[Block]) -> dict[HtmlElement, int]:
    """How many characters of sentences every element of a tree holds, those that hold none left out."""
    sizes: dict[HtmlElement, int] = {}
    for block in found:
        sizes[block.element] = sizes.get(block.element, 0) + prose(block)
    for element in reversed(list(tree.iter("*"))):
        size = sizes.get(element)
        parent = element.getparent()
        if size and parent is not None:
            sizes[parent] = sizes.get(parent, 0) + size
    return sizes


class _Run:
    """The text since the last break, in lines with the number of their characters in links."""

    def __init__(self) -> None:
        self.lines: list[tuple[list[str], int]] = [([], 0)]
        self.origin: HtmlElement | None = None

    def add(self, text: str | None, element: HtmlElement, *, linked: bool) -> None:
        if text:
            if self.origin is None and not text.isspace():
                self.origin = element
            parts, links = self.lines[-1]
            parts.append(text)
            self.lines[-1] = (parts, links + len(line(text)) if linked else links)

    def end_line(self) -> None:
        self.lines.append(([], 0))


def blocks(tree: HtmlElement, apart: Collection[HtmlElement]) -> Iterator[Block]:
    """The blocks of a tree in order.

    Args:
        tree: without elements that hold no text.
        apart: elements of a line that are no part of it, such as a caption in a `span`.

    Yields:
        Every run of words between the borders of block elements, and between line breaks that end a paragraph.
    """
    run = _Run()
    place = [tree]
    links = 0
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        tag = element.tag
        starts = event == "start"
        if tag in BLOCK_ELEMENTS or element in apart:
            yield from _paragraphs(run, place[-1])
            run = _Run()
            if starts:
                place.append(element)
            else:
                place.pop()
        elif tag == "a":
            links += 1 if starts else -1
        elif tag == "br" and starts:
            run.end_line()
        if starts:
            run.add(element.text, element, linked=links > 0)
        else:
            run.add(element.tail, element.getparent(), linked=links > 0)


def _paragraphs(run: _Run, element: HtmlElement) -> Iterator[Block]:
    origin = element if run.origin is None else run.origin
    paragraph, linked = "", 0
    for parts, links in run.lines:
        words = line("".join(parts))
        if paragraph and _goes_on(paragraph, words):
            paragraph, linked = f"{paragraph} {words}", linked + links
            continue
        if paragraph:
            yield Block(paragraph, element, origin, linked)
        paragraph, linked = words, links
    if paragraph:
        yield Block(paragraph, element, origin, linked)


def _goes_on(before: str, after: str) -> bool:
    """Whether a line break is within a sentence: no mark ends the line, and the next begins in lower case."""
    return bool(after) and not _SENTENCE_END.search(before) and bool(_LOWER_START.match(after))
