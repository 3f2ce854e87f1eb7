"""What a page says of its article for machines and in its headline, before its text is looked at."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from lxml.html import HtmlElement

from build_dataset.read.html.days import find_day, stated_day
from build_dataset.read.html.meta import Meta, every, marked, meta_values
from build_dataset.read.html.origin import (
    find_address,
    find_language,
    find_licence,
    find_publisher,
    site_names,
)
from build_dataset.read.html.structured import Object, all_objects, article_objects, strings
from build_dataset.read.html.titles import find_title
from build_dataset.read.html.writers import Stated, stated_writers

MOST_ARTICLES = 3
"""With more `article` elements a page may be a list of articles."""


LONGEST_NUMBER = 8
"""Digits of a number of words."""


@dataclass(frozen=True, slots=True)
class Head:
    """What a page says of its article."""

    address: str | None
    title: str | None
    published: date | None
    publisher: str | None
    license: str | None
    language: str
    sites: frozenset[str]
    """The folded names of the site."""
    writers: Stated
    is_article: bool
    """Whether it says that it is an article."""
    body: str
    """The text of the article, where JSON-LD has it."""
    words: int
    """How many words the article has, where JSON-LD says so; else 0."""
    locked: bool
    """Whether only some may read the whole article."""


def read_head(tree: HtmlElement, url: str | None) -> Head:
    """What a page says of its article.

    Args:
        tree: the whole page.
        url: where it was found, if that is known.
    """
    values = meta_values(tree)
    objects = all_objects(tree)
    articles = article_objects(objects)
    address = find_address(tree, values, url)
    sites = site_names(values, articles, address)
    return Head(
        address=address,
        title=find_title(tree, values, articles, sites),
        published=find_day(tree, values, articles, address),
        publisher=find_publisher(values, articles),
        license=find_licence(tree, values, articles),
        language=find_language(tree, values, articles),
        sites=frozenset(sites),
        writers=stated_writers(tree, values, articles, objects),
        is_article=_is_article(tree, values, articles),
        body=max(_strings(articles, "articleBody"), key=len, default=""),
        words=max(map(_number, articles[:1]), default=0),
        locked=any(one.get("isAccessibleForFree") in (False, "False", "false") for one in articles),
    )


def _is_article(tree: HtmlElement, values: Meta, articles: Sequence[Object]) -> bool:
    kinds = (value.lower() for value in every(values, ["og:type"]))
    elements = sum(1 for _ in tree.iter("article"))
    return bool(
        articles
        or any(kind.startswith("article") for kind in kinds)
        or stated_day(tree, values, articles)
        or marked(tree, "articleBody")
        or 0 < elements <= MOST_ARTICLES
    )


def _strings(articles: Sequence[Object], key: str) -> list[str]:
    return [value for one in articles[:1] for value in strings(one.get(key))]


def _number(one: Object) -> int:
    """The number of words in an object, which some write as a string."""
    value = str(one.get("wordCount"))
    return int(value) if value.isdecimal() and len(value) < LONGEST_NUMBER else 0
