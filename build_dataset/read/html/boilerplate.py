"""What of a page is not its article, by the standard elements and the usual words of class names and ids."""

import re
from collections.abc import Collection, Mapping
from enum import Enum

from lxml.html import HtmlElement

from build_dataset.read.html.tree import elements

CONTAINERS = frozenset({
    "aside", "dd", "details", "div", "dl", "figure", "footer", "header", "li", "ol", "p", "section", "span", "table",
    "td", "ul",
})  # fmt: skip
PARTS = frozenset({"aside", "footer", "form", "menu", "nav"})
"""Elements that HTML keeps for what is beside an article."""
ROLES = frozenset({
    "alertdialog", "banner", "complementary", "contentinfo", "dialog", "menu", "navigation", "search", "toolbar",
})  # fmt: skip
"""ARIA roles of the same."""
MOST_PROSE = 0.25
"""With a larger share of a page's sentences an element is no menu or box, whatever its name: it wraps the article."""
LONGEST_NAMES = 500
"""Characters of class names and ids that are looked at."""

_WORD_START = r"(?:^|[\s_\-]|(?<=[a-z])(?=[A-Z]))"
_COMMENTS = re.compile(
    rf"{_WORD_START}(?i:comments?(?!ary|ator)|disqus|dsq|livefyre|replies|reply|respond|pinglun|gentie)(?![a-z])"
    rf"|{_WORD_START}(?i:captions?|photo-?credits?|(?:pic|img|image|photo)-?_?(?:info|desc(?:ription)?|text|title|note))(?![a-z])"
)
_BOXES = re.compile(
    rf"""{_WORD_START}(?i:
    credits?
    |related|recommend(?:ed|ations?)?|read-?more|read-?next|also-?read|more-?(?:from|on|stories)
    |most-?(?:read|popular|viewed)|trending|popular|top-?stories|teasers?|taboola|outbrain|promo
    |newsletter|subscri(?:be|ption)|sign-?up|paywall|cookie|consent|gdpr
    |shar(?:e|ing)|social|follow-?us|breadcrumbs?|tags?-?(?:list|links|cloud)|article-?tags?
    |author-?(?:bio|box|card|info)|about-?the-?author
    |copyright|disclaimer|advert(?:isement|s)?|sponsored|print-?only|screen-?reader-text|visually-?hidden|sr-only
    |pagination)(?![a-z])""",
    re.VERBOSE,
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden")


class Beside(Enum):
    """How surely an element is beside the article."""

    SURELY = "comments of readers, captions"
    UNLESS_LARGE = "a box, a menu, hidden"


def beside_by_name(tree: HtmlElement) -> dict[HtmlElement, Beside]:
    """The elements of a page that call themselves something beside its article."""
    found = {element: beside(element) for element in elements(tree) if element is not tree}
    return {element: how for element, how in found.items() if how is not None}


def beside(element: HtmlElement) -> Beside | None:
    """How surely an element is beside the article, by its own word; None where it says nothing of the kind."""
    tag = element.tag
    if tag == "figcaption":
        return Beside.SURELY
    names = f"{element.get('class') or ''} {element.get('id') or ''}"[:LONGEST_NAMES]
    if tag in CONTAINERS and _COMMENTS.search(names):
        return Beside.SURELY
    hidden = element.get("hidden") is not None or _HIDDEN.search((element.get("style") or "")[:LONGEST_NAMES])
    if tag in PARTS or element.get("role") in ROLES or hidden:
        return Beside.UNLESS_LARGE
    if tag in CONTAINERS and (element.get("aria-hidden") == "true" or _BOXES.search(names)):
        return Beside.UNLESS_LARGE
    return None


def beside_article(
    named: Mapping[HtmlElement, Beside], prose: Mapping[HtmlElement, int], headings: Collection[HtmlElement]
) -> set[HtmlElement]:
    """Those of the elements that call themselves something beside the article that do not hold it.

    Args:
        named: the elements.
        prose: how many characters of sentences every element of the page holds.
        headings: the elements with the headline, and all round them.
    """
    surely = {element for element, how in named.items() if how is Beside.SURELY and element not in headings}
    whole = max(prose.values(), default=0) - sum(
        prose.get(element, 0) for element in surely if surely.isdisjoint(element.iterancestors())
    )
    return surely | {
        element
        for element, how in named.items()
        if how is Beside.UNLESS_LARGE
        and element not in headings
        and prose.get(element, 0) <= MOST_PROSE * whole
    }
