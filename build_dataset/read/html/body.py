"""The paragraphs of the article among all that a page shows."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from lxml.html import HtmlElement

from build_dataset.read.html.blocks import Block, prose, prose_of_elements
from build_dataset.read.html.boilerplate import Beside, beside_article
from build_dataset.read.html.extractor import article_lines, cut_out, squeezed
from build_dataset.read.html.region import all_within, find_heading, region_of, round_headings
from build_dataset.read.html.tree import folded

LINKED_SHARE = 0.8
"""A block with more of it in links leads elsewhere."""
LEAST_SHARE = 0.6
"""With less of the page's sentences than that, a second opinion on what is the article is asked for."""
MOST_BLOCKS = 2000
"""On a page with more, it would take too long: its time grows with the square."""
SHORTEST_PART = 20
"""Characters: a shorter block within a line of the article may stand elsewhere too, like the word of a menu."""
SHORTEST_REPEATED = 40
MOST_COMPARED = 2_000_000_000
"""Blocks times characters: on a larger page a block must be a line of the article as it is."""


def find_body(
    tree: HtmlElement, blocks: Sequence[Block], named: Mapping[HtmlElement, Beside], title: str
) -> list[int]:
    """The paragraphs and subheadings of a page's article, as numbers of blocks.

    Args:
        tree: the page without what is never text.
        blocks: of the whole page.
        named: its elements that call themselves something beside the article.
        title: of the article.

    Returns:
        In order; empty where the page has no article.
    """
    key = folded(title)
    beside = beside_article(named, prose_of_elements(tree, blocks), round_headings(blocks, key))
    hidden = all_within(tree, beside)
    shown = [number for number, block in enumerate(blocks) if block.element not in hidden]
    chosen = _candidates(cut_out(tree, beside), blocks, shown)
    weights = {number: prose(blocks[number]) for number in chosen}
    heading = find_heading(blocks, weights, key)
    region = region_of(blocks, chosen)
    inside = {number for number in chosen if not region or blocks[number].element in region}
    first = min(inside, default=0)
    summary = {number for number in chosen if heading >= 0 and number < first and weights[number]}
    below = [number for number in chosen if number > heading and (number in inside or number in summary)]
    return list(_once([number for number in below if is_text(blocks[number], key)], blocks))


def is_text(block: Block, key: str) -> bool:
    """Whether a block is more than the title, a link elsewhere or marks alone."""
    words = folded(block.text)
    return bool(words) and words != key and block.linked <= LINKED_SHARE * len(block.text)


def _once(numbers: Iterable[int], blocks: Sequence[Block]) -> Iterator[int]:
    """Blocks without the repetition of long ones, such as a paragraph for small screens."""
    seen: set[str] = set()
    for number in numbers:
        text = blocks[number].text
        if text not in seen:
            yield number
        if len(text) >= SHORTEST_REPEATED:
            seen.add(text)


def _candidates(part: HtmlElement, blocks: Sequence[Block], shown: Sequence[int]) -> list[int]:
    """The blocks that trafilatura takes for the article; if these are few, with its second opinion."""
    words = {number: squeezed(blocks[number].text) for number in shown}
    chosen = aligned(words, article_lines(part, fast=True))
    whole = sum(prose(blocks[number]) for number in shown)
    found = sum(prose(blocks[number]) for number in chosen)
    if found >= LEAST_SHARE * whole or len(shown) > MOST_BLOCKS:
        return chosen
    other = aligned(words, article_lines(part, fast=False))
    return other if sum(prose(blocks[number]) for number in other) > found else chosen


def aligned(words: Mapping[int, str], lines: Sequence[str]) -> list[int]:
    """The numbers of those words that are a line, or part of one; the page's own words are what is published."""
    known = set(lines)
    whole = "".join(lines)
    part = SHORTEST_PART if len(words) * len(whole) <= MOST_COMPARED else len(whole)
    return [
        number for number, text in words.items() if text in known or (len(text) >= part and text in whole)
    ]
