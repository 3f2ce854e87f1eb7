"""Who wrote an article: what the page says for machines, checked against its byline."""

import re
from collections.abc import Collection, Iterable, Sequence
from datetime import date
from html import unescape
from itertools import chain
from typing import Any

from lxml.html import HtmlElement

from build_dataset.read.facts import read_posted
from build_dataset.read.html.blocks import Block
from build_dataset.read.html.meta import Meta, every
from build_dataset.read.html.structured import Object, strings, types
from build_dataset.read.html.tree import folded, line
from build_dataset.read.wording import Wording
from build_dataset.schema import Byline

META_WRITERS = (
    "author", "article:author", "article:author_name", "og:article:author", "parsely-author", "sailthru.author",
    "cxenseparse:author", "byl", "byline", "dc.creator", "dcterms.creator", "citation_author",
)  # fmt: skip
LONGEST_NAME = 60
LONGEST_BYLINE = 240
"""Characters."""
WRITERS = ("author", "reporter", "correspondent", "contributor", "columnist")
"""The roles of those who wrote an article."""
MOST_ANCESTORS = 5
"""So far up an element that is named as a byline is looked for."""

_BYLINE = re.compile(r"by-?_?line|author|writer|reporter|contributor|creator|journalist", re.IGNORECASE)
_NO_NAME = re.compile(r"[@#<>{}\[\]\\|=_]|https?:|www\.|\d|\.(?:com|net|org|cn)\b", re.IGNORECASE)
_REVERSED = re.compile(r"([^\W\d_][\w'’-]+), ([^\W\d_][\w.'’-]+(?: [^\W\d_][\w.'’-]*)?)")


def stated_people(articles: Sequence[Object], others: Iterable[Object]) -> tuple[list[str], list[str]]:
    """The writers of JSON-LD: people, and what it calls organizations or gives no type.

    Args:
        articles: what it says of the article.
        others: all its objects: authors may be given by their identifier alone.
    """
    known = {one["@id"]: one for one in others if isinstance(one.get("@id"), str) and "name" in one}
    people: list[str] = []
    rest: list[str] = []
    for one in articles[:1]:
        for author in _listed(one.get("author") or one.get("creator")):
            if isinstance(author, dict):
                author = author if "name" in author else known.get(author.get("@id"), {})
                names = [_plain(name) for name in strings(author.get("name"))]
                (people if "Person" in types(author) else rest).extend(names)
            elif isinstance(author, str):
                rest.append(_plain(author))
    return people, rest


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _plain(name: str) -> str:
    return line(unescape(name))


class Near:
    """The lines above and below an article, where bylines stand."""

    def __init__(self, above: Iterable[Block], below: Iterable[Block], wording: Wording) -> None:
        self.lines: list[tuple[Byline, ...]] = []
        """The people that each line names with words round them."""
        self.bare: list[Byline] = []
        """Names without any word round them, in elements above the article that are named as bylines."""
        self.published: date | None = None
        marked_words: list[str] = []
        words: list[str] = []
        above = list(above)
        for number, block in enumerate(chain(above, below)):
            if len(block.text) > LONGEST_BYLINE:
                continue
            words.append(block.text)
            about = wording.about(block.text)
            is_posted = read_posted(block.text, bool, bool) is not None
            if about is not None:
                self.published = self.published or about.published
                self.lines.append(() if is_posted else about.byline)
            if number < len(above) and is_byline(block.origin):
                marked_words.append(block.text)
                self.bare += wording.writers(block.text) if about is None else ()
            elif about is not None and about.byline:
                marked_words.append(block.text)
        self._words = folded("\n".join(words))
        self._bylines = folded("\n".join(marked_words))

    def shows(self, name: str) -> bool:
        """Whether a name stands in these lines."""
        return folded(name) in self._words

    def credits(self, name: str) -> bool:
        """Whether a name stands in a byline."""
        return folded(name) in self._bylines

    def people(self) -> list[Byline]:
        """All people that lines name with words round them."""
        return [one for line_ in self.lines for one in line_]

    def role(self, name: str) -> str | None:
        """The role that a line gives somebody."""
        key = folded(name)
        return next((one.role for one in self.people() if folded(one.name) == key), None)


def is_byline(element: HtmlElement) -> bool:
    """Whether an element is named as a byline, or one round it."""
    here: HtmlElement | None = element
    for _ in range(MOST_ANCESTORS):
        if here is None or here.tag in ("body", "article", "main"):
            return False
        if any(_BYLINE.search((here.get(name) or "")[:300]) for name in ("class", "id", "itemprop", "rel")):
            return True
        if any(_BYLINE.search((child.get("rel") or "")[:300]) for child in here.iterchildren("a")):
            return True
        here = here.getparent()
    return False


def find_writers(
    stated: tuple[list[str], list[str]], values: Meta, near: Near, wording: Wording, sites: Collection[str]
) -> tuple[Byline, ...]:
    """The writers of an article as far as anything but its text names them.

    Args:
        stated: the writers that JSON-LD calls people, and its other ones.
        values: of the page's meta elements.
        near: the lines above and below the article.
        wording: of its language.
        sites: names of the site.
    """
    people, rest = stated
    names = [one for name in people for one in _read(name, wording) if _is_person(one.name, sites, near)]
    if not names:
        given = [one for name in (*rest, *every(values, META_WRITERS)) for one in _read(name, wording)]
        names = [
            one
            for one in given
            if near.credits(one.name)
            or (_reads(one, wording) and near.shows(one.name) and folded(one.name) not in sites)
        ]
    names = [one for one in names if near.role(one.name) in (None, *WRITERS)]
    keys = {folded(one.name) for one in names}
    for people_of_line in near.lines:
        writers = [one for one in people_of_line if one.role in WRITERS]
        if keys <= {folded(one.name) for one in writers} and writers:
            return once(writers)
    return once(names or near.bare)


def _is_person(name: str, sites: Collection[str], near: Near) -> bool:
    return folded(name) not in sites or near.credits(name)


def _reads(one: Byline, wording: Wording) -> bool:
    return bool(wording.writers(one.name))


def editors(near: Near) -> tuple[Byline, ...]:
    """Who else took part, by the lines above and below an article."""
    return once(one for one in near.people() if one.role not in WRITERS)


def once(people: Iterable[Byline]) -> tuple[Byline, ...]:
    """Each name once, as it is written first."""
    found: dict[str, Byline] = {}
    for one in people:
        found.setdefault(folded(one.name), one)
    return tuple(found.values())


def _read(value: str, wording: Wording) -> tuple[Byline, ...]:
    """The names in a value that should be one or more; none in an address or a handle."""
    reversed_ = _REVERSED.fullmatch(value)
    if reversed_:
        value = f"{reversed_[2]} {reversed_[1]}"
    if not value or len(value) > LONGEST_BYLINE or _NO_NAME.search(value):
        return ()
    read = wording.writers(value)
    if not read and len(value) <= LONGEST_NAME:
        return (Byline(name=value, role="author"),)
    return read
