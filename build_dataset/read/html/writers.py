"""Who wrote an article: what the page says for machines, checked against its byline."""

import re
from collections.abc import Collection, Iterable, Sequence
from html import unescape
from typing import Any, NamedTuple

from lxml.html import HtmlElement

from build_dataset.read.html.meta import Meta, every, marked
from build_dataset.read.html.near import LONGEST_BYLINE, Near
from build_dataset.read.html.structured import Object, strings, types
from build_dataset.read.html.tree import folded, line, text_of
from build_dataset.read.wording import Wording
from build_dataset.schema import Byline

META_WRITERS = (
    "author", "article:author", "article:author_name", "og:article:author", "parsely-author", "sailthru.author",
    "cxenseparse:author", "byl", "byline", "dc.creator", "dcterms.creator", "citation_author",
)  # fmt: skip
LONGEST_NAME = 60
"""Characters."""
OTHERS = frozenset({
    "contributor", "editor", "photographer", "producer", "proofreader", "reviewer", "translator",
})  # fmt: skip
"""The roles of those who took part in an article and did not write it."""
MOST_MARKED = 20
"""Elements of a page that are marked as its author."""

_NO_NAME = re.compile(r"[@#<>{}\[\]\\|=_]|https?:|www\.|\d|\.(?:com|net|org|cn)\b", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]*>")
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
    others += map(_plain, every(values, META_WRITERS))
    marks = [
        *marked(tree, "author", "creator"),
        *(e for e in tree.iter("a") if "author" in (e.get("rel") or "").split()),
    ]
    names = [next(map(text_of, marked(element, "name")), text_of(element)) for element in marks[:MOST_MARKED]]
    return Stated(people, others, [name for name in names if 0 < len(name) <= LONGEST_BYLINE])


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _plain(name: str) -> str:
    return line(_TAG.sub("", unescape(name)))


def find_writers(stated: Stated, near: Near, wording: Wording, sites: Collection[str]) -> tuple[Byline, ...]:
    """The writers of an article as far as anything but its text names them.

    Args:
        stated: what the page says for machines.
        near: the lines above and below the article.
        wording: of its language.
        sites: names of the site.
    """
    given = [one for name in stated.others for one in _read(name, wording)]
    choices = (
        (one for name in stated.people for one in _read(name, wording) if _is_person(one.name, near, sites)),
        (one for one in given if _is_shown(one, near, wording, sites)),
        (one for one in near.people() if wrote(one.role)),
        (one for name in stated.marked for one in wording.writers(name) if near.shows(one.name)),
        near.bare,
        (one for one in given if near.credits(one.name)),  # a medium
    )
    names = next(
        (found for choice in choices if (found := [n for n in choice if wrote(near.role(n.name))])), []
    )
    keys = {folded(one.name) for one in names}
    for people in near.lines:  # the byline may name more of them
        writers = [one for one in people if wrote(one.role)]
        if keys <= {folded(one.name) for one in writers}:
            names = writers or names
            break
    return once(map(plainly, names))


def people_alone(stated: Stated) -> tuple[Byline, ...]:
    """The writers that JSON-LD calls people, where nothing is known of how the language words a byline."""
    names = (name for name in stated.people if 0 < len(name) <= LONGEST_NAME and not _NO_NAME.search(name))
    return once(Byline(name=name, role="author") for name in names)


def wrote(role: str | None) -> bool:
    """Whether somebody in a role wrote the article."""
    return role not in OTHERS


def plainly(one: Byline) -> Byline:
    """Somebody who wrote the article, as reporter or author: what else they are (staff writer) is no role in it."""
    reports = one.role is not None and "report" in one.role
    return Byline(name=one.name, role="reporter" if reports else "author")


def _is_person(name: str, near: Near, sites: Collection[str]) -> bool:
    """Whether what JSON-LD calls a person is one: a word (admin) or the site itself must stand in the byline."""
    return near.credits(name) or (folded(name) not in sites and (_has_parts(name) or near.shows(name)))


def _has_parts(name: str) -> bool:
    return " " in name or not name.isascii()


def _is_shown(one: Byline, near: Near, wording: Wording, sites: Collection[str]) -> bool:
    """Whether what is surely a name stands beside the article; with two words it is one wherever it stands."""
    known = near.shows(one.name) or " " in one.name
    return known and bool(wording.writers(one.name)) and folded(one.name) not in sites


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
    if not value or len(value) > LONGEST_BYLINE or _NO_NAME.search(value) or wording.is_nobody(value):
        return ()
    read = wording.writers(value)
    if not read and len(value) <= LONGEST_NAME:
        return (Byline(name=value, role="author"),)
    return read
