"""The headline: what the page shows largest, as far as what it says for machines agrees."""

import re
from collections.abc import Collection, Sequence
from html import unescape

from lxml.html import HtmlElement

from build_dataset.read.html.meta import Meta, every, marked
from build_dataset.read.html.structured import Object, strings
from build_dataset.read.html.tree import folded, line, text_of

META_TITLES = (
    "og:title", "twitter:title", "parsely-title", "sailthru.title", "cxenseparse:title", "dc.title", "dcterms.title",
    "title", "headline",
)  # fmt: skip
HEADLINES = ("h2", "h3", "h4", "b", "strong", "font", "big")
NAMED = ("div", "p", "span", "td")
LONGEST_HEADLINE = 300
"""Characters."""
LIKE = 0.5
"""A heading is the headline if that share of its pairs of characters is in a title given for machines."""
MOST_HEADINGS = 200
"""Headings of a page that are looked at."""

_STRONG = re.compile(r"\s*[|｜_»«·•]\s*|\s+::\s+|\s+>\s+")
_WEAK = re.compile(r"\s+[-–—]\s+|\s*[—–-]\s*(?=[^-–—]{2,24}$)")
_LONG_ENOUGH = 8
"""Characters of a title without the name of the site."""
_LONGEST_SITE = 4
"""Words of the name of a site."""
_IDEOGRAPH = re.compile("[\u3400-\u9fff]")


def find_title(
    tree: HtmlElement, values: Meta, articles: Sequence[Object], sites: Collection[str]
) -> str | None:
    """The headline of an article.

    Args:
        tree: the page.
        values: of its meta elements.
        articles: what its JSON-LD says of the article.
        sites: names of the site.
    """
    claimed = [_plain(title) for one in articles for title in strings(one.get("headline"))]
    claimed += every(values, META_TITLES)
    window = next((text_of(element) for element in tree.iter("title")), "")
    claimed += [window] if window else []
    return _shown(headings(tree), claimed, sites) or _given(claimed, sites)


def _plain(title: str) -> str:
    """A title without entities, which some write into JSON-LD."""
    return line(unescape(title))


def headings(tree: HtmlElement) -> tuple[list[str], list[str]]:
    """What a page shows as a headline: in its largest headings, and in others or what is named a title."""
    largest = [*marked(tree, "headline"), *tree.iter("h1")]
    others = [e for e in tree.iter(*HEADLINES, *NAMED) if e.tag in HEADLINES or _is_named(e)]
    return _texts(largest), _texts(others)


def _texts(found: Sequence[HtmlElement]) -> list[str]:
    texts = (text_of(element) for element in found[:MOST_HEADINGS])
    return list(
        dict.fromkeys(text for text in texts if len(folded(text)) > 1 and len(text) <= LONGEST_HEADLINE)
    )


def _is_named(element: HtmlElement) -> bool:
    names = f"{element.get('class') or ''} {element.get('id') or ''}"[:300].lower()
    return "title" in names or "headline" in names


def _shown(shown: tuple[list[str], list[str]], claimed: Sequence[str], sites: Collection[str]) -> str | None:
    """The heading that is most like what machines are told; a smaller one only if they are told no other words."""
    titles = [folded(without_site(title, sites)) for title in claimed]
    best, liking = None, LIKE
    for heading in shown[0]:
        key = folded(heading)
        like = max((likeness(key, title) for title in titles), default=0.0)
        if (
            key not in sites
            and like >= liking
            and (best is None or like > liking or len(heading) > len(best))
        ):
            best, liking = heading, like
    if best is not None:
        return best
    return max((one for one in shown[1] if _is_named_by(one, claimed, sites)), key=len, default=None)


def _is_named_by(heading: str, claimed: Sequence[str], sites: Collection[str]) -> bool:
    """Whether a title is a heading with the name of a site or section before it, or with anything behind it."""
    key = folded(heading)
    for title in claimed if key not in sites else ():
        if 2 * len(key) < len(folded(title)):
            continue
        before = title[: -len(heading)].rstrip(" :|-–—") if title.endswith(heading) else ""
        if folded(title).startswith(key) or (before.isascii() and _is_site(before, heading, sites)):
            return True
    return False


def likeness(heading: str, title: str) -> float:
    """How much of a heading is in a title, in pairs of characters; a short word alone is like no title."""
    if heading == title:
        return 1.0
    pairs = {heading[at : at + 2] for at in range(len(heading) - 1)}
    others = {title[at : at + 2] for at in range(len(title) - 1)}
    if not pairs or not others:
        return 0.0
    common = len(pairs & others)
    return common / len(pairs) * min(1.0, 2 * common / len(others))


def _given(claimed: Sequence[str], sites: Collection[str]) -> str | None:
    """The title for machines that most others begin with or are like, without the name of the site."""
    for title in claimed:
        found = without_site(title, sites)
        if found and folded(found) not in sites:
            return found
    return None


def without_site(title: str, sites: Collection[str]) -> str:
    """A title without the name of the site and of the section before or behind it."""
    pieces = [piece for piece in _STRONG.split(title) if folded(piece)]
    if len(pieces) > 1:
        others = [piece for piece in pieces if folded(piece) not in sites]
        title = max(others or pieces, key=len)
    while True:
        last = max(_WEAK.finditer(title), key=re.Match.start, default=None)
        if last is None or not _is_site(title[last.end() :], title[: last.start()], sites):
            return title.strip()
        title = title[: last.start()]


def _is_site(name: str, before: str, sites: Collection[str]) -> bool:
    """Whether the last words of a title are the name of a site or section."""
    if folded(name) in sites:
        return True
    if len(folded(before)) < _LONG_ENOUGH or len(folded(name)) < 2:
        return False
    words = name.split()
    short = len(words) <= _LONGEST_SITE and all(
        word[:1].isupper() or _IDEOGRAPH.match(word) for word in words
    )
    return short and len(folded(name)) < len(folded(before))
