"""The day of first publication."""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from htmldate import find_date
from lxml.html import HtmlElement

from build_dataset.read.facts import day
from build_dataset.read.html.meta import Meta, every, marked, value_of
from build_dataset.read.html.structured import Object, strings

META_DAYS = (
    "article:published_time", "article:published", "og:article:published_time", "og:published_time", "og:pubdate",
    "datepublished", "date_published", "published_time", "publish_date", "publish-date", "publishdate", "published_at",
    "pubdate", "parsely-pub-date", "sailthru.date", "cxenseparse:recs:publishtime", "dc.date.issued", "dcterms.issued",
    "dc.date.created", "dcterms.created", "dc.date", "dcterms.date", "citation_publication_date", "citation_date",
    "article.published", "article_date_original", "article:post_date", "originalpublicationdate",
    "weibo:article:create_at", "bytedance:published_time", "ptime", "date",
)  # fmt: skip
FIRST_YEAR, LAST_YEAR = 1990, 2099
"""Years of pages. The last one is fixed: what is found must not depend on the day it is looked for."""

_DAY = re.compile(r"\s*(\d{4})(?:([-/.])(\d{1,2})\2(\d{1,2})|年(\d{1,2})月(\d{1,2})日|(\d\d)(\d\d))(?!\d)")


def find_day(tree: HtmlElement, values: Meta, articles: Sequence[Object], address: str | None) -> date | None:
    """The day an article was published first, as written there: in the time zone of the page.

    Args:
        tree: the page.
        values: of its meta elements.
        articles: what its JSON-LD says of the article.
        address: of the page.
    """
    return stated_day(tree, values, articles) or _searched(tree, address)


def stated_day(tree: HtmlElement, values: Meta, articles: Sequence[Object]) -> date | None:
    """The day that a page states for machines; the arguments are those of `find_day`."""
    return next(_days(_stated(tree, values, articles)), None)


def _stated(tree: HtmlElement, values: Meta, articles: Sequence[Object]) -> Iterator[str]:
    for one in articles:
        yield from strings(one.get("datePublished"))
    yield from every(values, META_DAYS)
    for element in marked(tree, "datePublished", "pubdate", "issued"):
        yield value_of(element)
    for element in tree.iter("time"):
        if element.get("pubdate") is not None:
            yield value_of(element)


def _days(stated: Iterable[str]) -> Iterator[date]:
    for value in stated:
        found = read_day(value)
        if found:
            yield found


def read_day(value: str) -> date | None:
    """The day that a date or time begins with, year first."""
    match = _DAY.match(value)
    if match is None:
        return None
    year, _, *numbers = match.groups()
    month, number = (part for part in numbers if part)
    found = day(year, month, number)
    return found if found and FIRST_YEAR <= found.year <= LAST_YEAR else None


def _searched(tree: HtmlElement, address: str | None) -> date | None:
    """What htmldate finds in the address and in the text; its slow search is left out, which reads "today" too."""
    found = find_date(
        tree,
        extensive_search=False,
        original_date=True,
        url=address or "",
        min_date=f"{FIRST_YEAR}-01-01",
        max_date=f"{LAST_YEAR}-12-31",
    )
    return read_day(found) if found else None
