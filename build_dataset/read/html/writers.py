"""Who wrote an article: what the page says for machines, checked against its byline."""

import re
from collections.abc import Collection, Iterable, Sequence
from datetime import date
from html import unescape
from itertools import chain
from typing import Any, NamedTuple

from lxml.html import HtmlElement

from build_dataset.read.facts import read_posted
from build_dataset.read.html.blocks import Block
from build_dataset.read.html.meta import Meta, every, marked
from build_dataset.read.html.structured import Object, strings, types
from build_dataset.read.html.tree import folded, line, text_of
from build_dataset.read.wording import Wording
from build_dataset.schema import Byline

META_WRITERS = (
    "author", "article:author", "article:author_name", "og:article:author", "parsely-author", "sailthru.author",
    "cxenseparse:author", "byl", "byline", "dc.creator", "dcterms.creator", "citation_author",
)  # fmt: skip
LONGEST_NAME = 60
LONGEST_BYLINE = 240
"""Characters."""
OTHERS = frozenset({
    "contributor", "editor", "photographer", "producer", "proofreader", "reviewer", "translator",
})  # fmt: skip
"""The roles of those who took part in an article and did not write it."""
MOST_MARKED = 20
"""Elements of a page that are marked as its author."""
MOST_ANCESTORS = 5
"""So far up an element that is named as a byline is looked for."""

_BYLINE = re.compile(r"by-?_?line|author|writer|reporter|contributor|creator|journalist", re.IGNORECASE)
_NO_NAME = re.compile(r"[@#<>{}\[\]\\|=_]|https?:|www\.|\d|\.(?:com|net|org|cn)\b", re.IGNORECASE)
_CONTACT = re.compile(r"[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64})+|(?<!\w)@\w+|https?://\S+")
_REVERSED = re.compile(r"([^\W\d_][\w'’-]+), ([^\W\d_][\w.'’-]+(?: [^\W\d_][\w.'’-]*)?)")


class Stated(NamedTuple):
    """Who wrote an article as a page says for machines."""

    people: list[str]
    """Whom JSON-LD calls a person."""
    others: list[str]
    """Other writers of JSON-LD and of `meta` elements: people, media, accounts."""
    marked: list[str]
    """The words that microdata, RDFa and links mark as the author, wherever they stand."""


def stated_writers(
    tree: HtmlElement, values: Meta, articles: Sequence[Object], objects: Iterable[Object]
) -> Stated:
    """What a page says of the writers for machines.

    Args:
        tree: the page.
        values: of its meta elements.
        articles: what its JSON-LD says of the article.
        objects: all its JSON-LD: authors may be given by their identifier alone.
    """
    known = {one["@id"]: one for one in objects if isinstance(one.get("@id"), str) and "name" in one}
    people: list[str] = []
    others: list[str] = []
    for one in articles[:1]:
        for author in _listed(one.get("author") or one.get("creator")):
            if isinstance(author, dict):
                author = author if "name" in author else known.get(str(author.get("@id")), {})
                names = [_plain(name) for name in strings(author.get("name"))]
                (people if "Person" in types(author) else others).extend(names)
            elif isinstance(author, str):
                others.append(_plain(author))
    others += every(values, META_WRITERS)
    marks = [
        *marked(tree, "author", "creator"),
        *(e for e in tree.iter("a") if "author" in (e.get("rel") or "").split()),
    ]
    names = [next(map(text_of, marked(element, "name")), text_of(element)) for element in marks[:MOST_MARKED]]
    return Stated(people, others, [name for name in names if 0 < len(name) <= LONGEST_BYLINE])


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
            text = line(_CONTACT.sub(" ", block.text))
            words.append(text)
            about = wording.about(text)
            is_posted = read_posted(text, _no, _no) is not None  # an account, mostly of a medium
            if about is not None:
                self.published = self.published or about.published
                self.lines.append(() if is_posted else about.byline)
            if number < len(above) and is_byline(block.origin):
                marked_words.append(text)
                self.bare += wording.writers(text) if about is None else ()
            elif about is not None and about.byline:
                marked_words.append(text)
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


def _no(_: str) -> bool:
    return False


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


def find_writers(stated: Stated, near: Near, wording: Wording, sites: Collection[str]) -> tuple[Byline, ...]:
    """The writers of an article as far as anything but its text names them.

    Args:
        stated: what the page says for machines.
        near: the lines above and below the article.
        wording: of its language.
        sites: names of the site.
    """
    names = [
        one for name in stated.people for one in _read(name, wording) if _is_person(one.name, sites, near)
    ]
    if not names:
        given = [one for name in stated.others for one in _read(name, wording)]
        names = [one for one in given if near.credits(one.name) or _is_shown(one, near, wording, sites)]
    if not names:
        names = [one for name in stated.marked for one in wording.writers(name) if near.shows(one.name)]
    names = [one for one in names if wrote(near.role(one.name))]
    keys = {folded(one.name) for one in names}
    for people_of_line in near.lines:
        writers = [one for one in people_of_line if wrote(one.role)]
        if keys <= {folded(one.name) for one in writers} and writers:
            return once(map(plainly, writers))
    return once(map(plainly, names or near.bare))


def wrote(role: str | None) -> bool:
    """Whether somebody in a role wrote the article."""
    return role not in OTHERS


def plainly(one: Byline) -> Byline:
    """Somebody who wrote the article, as reporter or author: what else they are (staff writer) is no role in it."""
    reports = one.role is not None and "report" in one.role
    return Byline(name=one.name, role="reporter" if reports else "author")


def _is_person(name: str, sites: Collection[str], near: Near) -> bool:
    return folded(name) not in sites or near.credits(name)


def _is_shown(one: Byline, near: Near, wording: Wording, sites: Collection[str]) -> bool:
    """Whether what is surely a name stands beside the article."""
    return bool(wording.writers(one.name)) and near.shows(one.name) and folded(one.name) not in sites


def others(near: Near) -> tuple[Byline, ...]:
    """Who else took part, by the lines above and below an article."""
    return once(one for one in near.people() if not wrote(one.role))


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
