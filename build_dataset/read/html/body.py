"""The paragraphs of the article among all that a page shows."""

import logging
from collections.abc import Collection, Mapping, Sequence
from copy import deepcopy

from lxml.html import HtmlElement
from trafilatura import bare_extraction

from build_dataset.read.html.blocks import Block, prose, prose_of_elements
from build_dataset.read.html.boilerplate import Beside, beside_article
from build_dataset.read.html.tree import DROPPED, folded, without

REGION_SHARE = 0.85
"""The article's region is the smallest element with that share of its text."""
LINKED_SHARE = 0.8
"""A block with more of it in links leads elsewhere."""

logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
logging.getLogger("htmldate").setLevel(logging.CRITICAL)


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
    headings = {
        block.element for block in blocks if key and folded(block.text) == key and block.element.tag == "h1"
    }
    headings |= {ancestor for element in headings for ancestor in element.iterancestors()}
    beside = beside_article(named, prose_of_elements(tree, blocks), headings)
    hidden = all_within(tree, beside)
    open_ = [number for number, block in enumerate(blocks) if block.element not in hidden]
    chosen = aligned(blocks, open_, trafilatura_lines(tree, beside))
    weights = {number: prose(blocks[number]) for number in chosen}
    region = region_of(blocks, chosen)
    heading = find_heading(blocks, weights, key)
    inside = {number for number in chosen if region is None or within(blocks[number].element, region)}
    first = min(inside, default=0)
    return [
        number
        for number in chosen
        if number > heading
        and (number in inside or (heading >= 0 and number < first and weights[number] > 0))
        and is_text(blocks[number])
        and folded(blocks[number].text) != key
    ]


def find_heading(blocks: Sequence[Block], weights: Mapping[int, int], key: str) -> int:
    """The block that is the headline: the last `h1` with its words above most of the text, else the first block.

    Args:
        blocks: of the whole page.
        weights: how much text the blocks of the article have.
        key: the folded title.

    Returns:
        Its number; -1 where there is none.
    """
    below = sum(weights.values())
    most = below / 2
    high: list[int] = []
    largest: list[int] = []
    for number, block in enumerate(blocks):
        below -= weights.get(number, 0)
        if below <= 0:
            break
        if not key or folded(block.text) != key:
            continue
        if below >= most:
            high.append(number)
        if block.element.tag == "h1":
            largest.append(number)
    best = [number for number in high if number in largest]
    return max(best, default=min(largest, default=min(high, default=-1)))


def is_text(block: Block) -> bool:
    """Whether a block is more than a link elsewhere or marks alone."""
    return block.linked <= LINKED_SHARE * len(block.text) and any(map(str.isalnum, block.text))


def region_of(blocks: Sequence[Block], chosen: Sequence[int]) -> HtmlElement | None:
    """The innermost element that holds most of the sentences of some blocks."""
    if not chosen:
        return None
    root = blocks[chosen[0]].element.getroottree().getroot()
    sizes = prose_of_elements(root, [blocks[number] for number in chosen])
    least = REGION_SHARE * sizes.get(root, 0)
    holding = (element for element in reversed(list(root.iter("*"))) if sizes.get(element, 0) >= least)
    return next(holding, None) if least else None


def all_within(tree: HtmlElement, roots: Collection[HtmlElement]) -> set[HtmlElement]:
    """Some elements of a tree and all in them."""
    found: set[HtmlElement] = set()
    for element in tree.iter("*"):
        if element in roots or element.getparent() in found:
            found.add(element)
    return found


def within(element: HtmlElement, region: HtmlElement) -> bool:
    """Whether an element is a region or in it."""
    return element is region or any(ancestor is region for ancestor in element.iterancestors())


def trafilatura_lines(tree: HtmlElement, beside: Collection[HtmlElement]) -> list[str]:
    """The lines that trafilatura takes for the article, on a page without what is beside it."""
    names = {element: element.tag for element in beside}
    for element in beside:
        element.tag = DROPPED
    part = deepcopy(tree)
    for element, name in names.items():
        element.tag = name
    without(part, ())
    result = bare_extraction(part, include_comments=False, deduplicate=False)
    if result is None or isinstance(result, dict) or not result.text:
        return []
    return result.text.splitlines()


def aligned(blocks: Sequence[Block], open_: Sequence[int], lines: Sequence[str]) -> list[int]:
    """Those of some blocks whose words are in some lines."""
    whole = squeezed("".join(lines))
    known = {squeezed(line) for line in lines}
    words = {number: squeezed(blocks[number].text) for number in open_}
    return [number for number in open_ if words[number] in known or words[number] in whole]


def squeezed(text: str) -> str:
    """A text without blanks."""
    return "".join(text.split())
