"""What trafilatura takes for the article of a page."""

import logging
from collections.abc import Collection
from copy import deepcopy

from lxml.html import HtmlElement
from trafilatura import bare_extraction

from build_dataset.read.html.tree import DROPPED, without

for name in ("trafilatura", "htmldate"):
    logging.getLogger(name).setLevel(logging.CRITICAL)  # they log every page that they do not understand


def cut_out(tree: HtmlElement, unwanted: Collection[HtmlElement]) -> HtmlElement:
    """A copy of a tree without some of its elements."""
    names = {element: element.tag for element in unwanted}
    for element in names:
        element.tag = DROPPED
    copy = deepcopy(tree)
    for element, tag in names.items():
        element.tag = tag
    without(copy, ())
    return copy


def article_lines(tree: HtmlElement, *, fast: bool) -> list[str]:
    """The lines of the article of a page, as trafilatura understands it.

    Args:
        tree: the page.
        fast: by its own rules alone, in linear time; otherwise two other algorithms give their opinion.

    Returns:
        What it found, without blanks and marks of lists. Nothing it has seen before changes that: its search
        for duplicates is off.
    """
    result = bare_extraction(tree, include_comments=False, deduplicate=False, fast=fast)
    if result is None or isinstance(result, dict) or not result.text:
        return []
    return [squeezed(line) for line in result.text.splitlines()]


def squeezed(text: str) -> str:
    """A text without blanks, and without the mark of a list before it."""
    return "".join(text.split()).lstrip("-–—•*")
