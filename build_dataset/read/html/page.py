"""The stages of reading a page, in order."""

from collections.abc import Sequence
from dataclasses import dataclass

from build_dataset.document import Document, SourceMetadata
from build_dataset.lang.detect import detect
from build_dataset.lang.pack import load_part
from build_dataset.read.html.article import check_article, is_cut, part_article, stated_text
from build_dataset.read.html.blocks import Block, blocks
from build_dataset.read.html.body import find_body
from build_dataset.read.html.boilerplate import beside_by_name
from build_dataset.read.html.head import Head, read_head
from build_dataset.read.html.tree import NEVER_TEXT, folded, parse, without
from build_dataset.read.html.writers import Near, find_writers, once, others
from build_dataset.read.wording import Wording
from build_dataset.schema import ArticleFlag, Byline

MOST_INTRODUCING = 3
"""So many blocks of an article may stand above its byline: its summary."""
OVER_HEADING = 4
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
        Its paragraphs and subheadings, parted by blank lines, and what the page says of them. `truncated` is
        among the flags if the page says that not everybody may read all of it, and shows less.

    Raises:
        SourceError: there is no article text in it, or it is nested deeper.
    """
    tree = parse(html, nesting)
    head = read_head(tree, url)
    without(tree, list(tree.iter(*NEVER_TEXT)))
    named = beside_by_name(tree)
    shown = list(blocks(tree, named))
    chosen = find_body(tree, shown, named, head.title or "")

    code = detect("\n".join(shown[number].text for number in chosen))
    wording: Wording | None = load_part(code, "metadata") if code else None
    article, about = part_article(shown, chosen, wording) if wording else (chosen, [])
    paragraphs = [shown[number].text for number in article]
    stated = stated_text(paragraphs, head)
    if stated is None:
        check_article(shown, article, head)
    text = "\n\n".join(stated or paragraphs)

    near = None
    if wording is not None and article:
        above, below = surroundings(shown, article, head.title or "")
        near = Near([*above, *(shown[number] for number in about)], below, wording)
    flags = (ArticleFlag.TRUNCATED,) if is_cut(text, head) else ()
    return Page(text, metadata(head, near, wording, text), flags)


def metadata(head: Head, near: Near | None, wording: Wording | None, text: str) -> SourceMetadata:
    """What a page says of its article, for machines and in the lines round it."""
    return SourceMetadata(
        url=head.address,
        title=head.title,
        byline=byline(head, near, wording, text) if near and wording else (),
        published=head.published or (near.published if near else None),
        publisher=head.publisher,
        license=head.license,
        language=head.language,
    )


def byline(head: Head, near: Near, wording: Wording, text: str) -> tuple[Byline, ...]:
    """Who wrote the article, then who took part in it; empty where only the text may name somebody."""
    writers = find_writers(head.writers, near, wording, head.sites)
    took_part = others(near)
    if not writers and took_part:  # else nobody would look for the writers in the text
        writers = wording.read(Document("", text)).byline
    return once([*writers, *took_part])


def surroundings(
    shown: Sequence[Block], article: Sequence[int], title: str
) -> tuple[list[Block], list[Block]]:
    """The blocks above and below an article, and those between its first ones."""
    first, last = article[0], article[-1]
    begun = article[min(MOST_INTRODUCING, len(article) - 1)]
    key = folded(title)
    heading = max((number for number in range(first) if folded(shown[number].text) == key), default=first)
    inside = set(article)
    above = range(max(0, heading - OVER_HEADING, first - MOST_ABOVE), begun)
    below = range(last + 1, min(len(shown), last + 1 + MOST_BELOW))
    return [shown[number] for number in above if number not in inside], [shown[number] for number in below]
