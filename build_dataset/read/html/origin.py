"""Where an article stands, who publishes it, in which language and under which licence."""

import re
from collections.abc import Sequence
from urllib.parse import urljoin, urlsplit

from lxml.html import HtmlElement

from build_dataset.read.html.meta import LONGEST_VALUE, Meta, every
from build_dataset.read.html.structured import Object, named, strings
from build_dataset.read.html.tree import folded, line

_ADDRESS = re.compile(r"https?://[^\s/?#]+\S*\Z", re.IGNORECASE)
_TAG = re.compile(r"([a-z]{2,3})(?:[-_]([A-Za-z]{4}))?(?:[-_]([A-Za-z]{2}|\d{3}))?\Z", re.IGNORECASE)
_LICENCE_LINK = re.compile(
    r"https?://(?:[a-z]+\.)?creativecommons\.org/(?:licenses|publicdomain)/", re.IGNORECASE
)


def is_address(value: str) -> bool:
    """Whether a value is an http or https address."""
    if not _ADDRESS.match(value) or len(value) > LONGEST_VALUE:
        return False
    try:
        return bool(urlsplit(value).hostname)
    except ValueError:
        return False


def find_address(tree: HtmlElement, values: Meta, url: str | None) -> str | None:
    """The canonical address: what the page gives for itself, else where it was found."""
    links = [e.get("href") for e in tree.iter("link") if "canonical" in (e.get("rel") or "").lower().split()]
    for value in (*links, *every(values, ["og:url"]), url):
        address = _resolved(line(value), url)
        if address:
            return address
    return None


def _resolved(value: str, base: str | None) -> str | None:
    try:
        address = urljoin(base, value) if base and value else value
    except ValueError:
        return None
    return address if is_address(address) else None


def find_publisher(values: Meta, articles: Sequence[Object]) -> str | None:
    """The medium: its name as the page gives it."""
    stated = [name for one in articles for name in named(one.get("publisher"))]
    names = [*every(values, ["og:site_name"]), *stated, *every(values, ["application-name", "dc.publisher"])]
    return next((line(name) for name in names if line(name) and not is_address(line(name))), None)


def site_names(values: Meta, articles: Sequence[Object], address: str | None) -> set[str]:
    """The names a site goes by, folded: none of them is a title or an author."""
    names = every(
        values,
        [
            "og:site_name",
            "application-name",
            "apple-mobile-web-app-title",
            "dc.publisher",
            "article:publisher",
        ],
    )
    names += [name for one in articles for name in named(one.get("publisher"))]
    host = (urlsplit(address).hostname or "") if address else ""
    host = host.removeprefix("www.")
    names += [host, host.partition(".")[0]]
    return {folded(name) for name in names if folded(name)}


def find_language(tree: HtmlElement, values: Meta, articles: Sequence[Object]) -> str:
    """The language the page says it is in, as BCP 47; `und` where it does not."""
    root = tree.getroottree().getroot()
    stated = [root.get("lang"), root.get("{http://www.w3.org/XML/1998/namespace}lang"), root.get("xml:lang")]
    stated += [name for one in articles for name in strings(one.get("inLanguage"))]
    stated += every(values, ["og:locale", "content-language", "dc.language", "dcterms.language", "language"])
    for value in stated:
        match = _TAG.match(line(value))
        if match:
            language, script, region = match.groups()
            parts = (language.lower(), script and script.title(), region and region.upper())
            return "-".join(part for part in parts if part)
    return "und"


def find_licence(tree: HtmlElement, values: Meta, articles: Sequence[Object]) -> str | None:
    """The licence that the page names as the article's own."""
    stated = [
        value for one in articles for value in (*strings(one.get("license")), *named(one.get("license")))
    ]
    stated += every(values, ["dcterms.license", "dc.rights.license", "license"])
    stated += [
        e.get("href") or ""
        for e in tree.iter("a", "link")
        if "license" in (e.get("rel") or "").lower().split()
    ]
    links = {
        e.get("href") for e in tree.iter("a") if _LICENCE_LINK.match(e.get("href") or "") and not in_figure(e)
    }
    stated += links if len(links) == 1 else ()
    values_in_order = (line(value) for value in stated)
    return next(
        (value for value in values_in_order if 0 < len(value) <= LONGEST_VALUE and "script:" not in value),
        None,
    )


def in_figure(element: HtmlElement) -> bool:
    """Whether an element is part of a picture: its licence is that of the picture."""
    return next(element.iterancestors("figure", "figcaption"), None) is not None
