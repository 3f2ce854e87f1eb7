"""The stages of reading a page, in order."""

from dataclasses import dataclass

from build_dataset.document import Document, SourceMetadata
from build_dataset.errors import SourceError
from build_dataset.lang.detect import detect
from build_dataset.lang.pack import load_part
from build_dataset.read.html.blocks import Block, blocks
from build_dataset.read.html.body import find_body
from build_dataset.read.html.boilerplate import beside_by_name
from build_dataset.read.html.days import find_day
from build_dataset.read.html.meta import meta_values
from build_dataset.read.html.origin import (
    find_address,
    find_language,
    find_licence,
    find_publisher,
    site_names,
)
from build_dataset.read.html.structured import all_objects, article_objects
from build_dataset.read.html.titles import find_title
from build_dataset.read.html.tree import NEVER_TEXT, folded, parse, without
from build_dataset.read.html.writers import LONGEST_BYLINE, Near, editors, find_writers, once, stated_people
from build_dataset.read.wording import Wording
from build_dataset.schema import ArticleFlag, Byline

ENDS = 4
"""So many blocks at either end of an article may be about it."""
MOST_INTRODUCING = 3
"""So many blocks of an article may stand above its byline: its summary."""
MOST_ABOVE = 30
MOST_BELOW = 12
"""So many blocks above and below an article may hold its byline."""


@dataclass(frozen=True, slots=True)
class Page:
    """An article as its page gives it."""

    text: str
    metadata: SourceMetadata
    flags: tuple[ArticleFlag, ...] = ()


def read_page(html: str, url: str | None = None, *, nesting: int = 512) -> Page:
    """The article of a page.

    Args:
        html: the page, decoded.
        url: where it was found, if that is known.
        nesting: so many elements may be within each other.

    Returns:
        Its paragraphs and subheadings, parted by blank lines, and what the page says of them.

    Raises:
        SourceError: there is no article text in it, or it is nested deeper.
    """
    tree = parse(html, nesting)
    values = meta_values(tree)
    objects = all_objects(tree)
    articles = article_objects(objects)
    address = find_address(tree, values, url)
    sites = site_names(values, articles, address)
    title = find_title(tree, values, articles, sites)
    published = find_day(tree, values, articles, address)
    language = find_language(tree, values, articles)
    license_ = find_licence(tree, values, articles)

    without(tree, list(tree.iter(*NEVER_TEXT)))
    named = beside_by_name(tree)
    shown = list(blocks(tree, named))
    chosen = find_body(tree, shown, named, title or "")
    if not chosen:
        raise SourceError("no article text in it")
    code = detect("\n".join(shown[number].text for number in chosen))
    wording = load_part(code, "metadata") if code else None
    near = None
    if wording is not None:
        article, about = parted(shown, chosen, wording)
        above, below = near_blocks(shown, chosen, title or "")
        near = Near([*above, *about], below, wording)
        chosen = article
    if not chosen:
        raise SourceError("no article text in it")
    text = "\n\n".join(shown[number].text for number in chosen)
    byline: tuple[Byline, ...] = ()
    if near is not None and wording is not None:
        byline = find_writers(stated_people(articles, objects), values, near, wording, sites)
        others = editors(near)
        if not byline and others:  # else nobody would look for the writers in the text
            byline = wording.read(Document("", text)).byline
        byline = once([*byline, *others])
    metadata = SourceMetadata(
        url=address,
        title=title,
        byline=byline,
        published=published or (near.published if near else None),
        publisher=find_publisher(values, articles),
        license=license_,
        language=language,
    )
    return Page(text, metadata)


def parted(shown: list[Block], chosen: list[int], wording: Wording) -> tuple[list[int], list[Block]]:
    """The blocks of an article without captions, and those at its ends that are about it: bylines, days."""
    article = [number for number in chosen if not wording.caption(shown[number].text)]
    ends = {*article[:ENDS], *article[-ENDS:]}
    about = [
        number
        for number in article
        if number in ends and len(shown[number].text) <= LONGEST_BYLINE and wording.about(shown[number].text)
    ]
    return [number for number in article if number not in about], [shown[number] for number in about]


def near_blocks(shown: list[Block], chosen: list[int], title: str) -> tuple[list[Block], list[Block]]:
    """The blocks above and below an article."""
    first, last = chosen[0], chosen[-1]
    begun = chosen[min(MOST_INTRODUCING, len(chosen) - 1)]
    key = folded(title)
    heading = max((number for number in range(first) if folded(shown[number].text) == key), default=first)
    inside = set(chosen)
    above = [
        number for number in range(max(0, heading - 4, first - MOST_ABOVE), begun) if number not in inside
    ]
    below = range(last + 1, min(len(shown), last + 1 + MOST_BELOW))
    return [shown[number] for number in above], [shown[number] for number in below]
