"""Where on a page its article stands."""

from collections.abc import Collection, Mapping, Sequence

from lxml.html import HtmlElement

from build_dataset.read.html.blocks import Block, prose_of_elements
from build_dataset.read.html.tree import folded

REGION_SHARE = 0.85
"""The article's region is the smallest element with that share of its text."""


def region_of(blocks: Sequence[Block], chosen: Sequence[int]) -> set[HtmlElement]:
    """The innermost element that holds most of the sentences of some blocks, and all in it.

    Args:
        blocks: of a page.
        chosen: those that may be its article, by their numbers.

    Returns:
        Its elements; none where the blocks have no sentences.
    """
    if not chosen:
        return set()
    root = blocks[chosen[0]].element.getroottree().getroot()
    sizes = prose_of_elements(root, [blocks[number] for number in chosen])
    least = REGION_SHARE * sizes.get(root, 0)
    holding = (element for element in reversed(list(root.iter("*"))) if sizes.get(element, 0) >= least)
    innermost = next(holding, None) if least else None
    return set() if innermost is None else set(innermost.iter("*"))


def all_within(tree: HtmlElement, roots: Collection[HtmlElement]) -> set[HtmlElement]:
    """Some elements of a tree and all in them."""
    found: set[HtmlElement] = set()
    for element in tree.iter("*"):
        if element in roots or element.getparent() in found:
            found.add(element)
    return found


def round_headings(blocks: Sequence[Block], key: str) -> set[HtmlElement]:
    """The largest headings with the words of the title, and all elements round them."""
    headings = [block.element for block in blocks if block.element.tag == "h1" and folded(block.text) == key]
    return {around for element in headings for around in (element, *element.iterancestors())}


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
    best = [number for number in high if blocks[number].element.tag == "h1"]
    return max(best, default=min(largest, default=min(high, default=-1)))
