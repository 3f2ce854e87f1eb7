"""What a page says of itself for machines: the `meta` elements of its head, and words marked in its body."""

from collections.abc import Iterable

from lxml.html import HtmlElement

from build_dataset.read.html.tree import line, text_of

LONGEST_VALUE = 2000
"""Characters: more is no title, name or day."""

Meta = dict[str, list[str]]


def meta_values(tree: HtmlElement) -> Meta:
    """The contents of the `meta` elements by their name or property, in lower case."""
    values: Meta = {}
    for element in tree.iter("meta"):
        content = line(element.get("content"))
        if not content or len(content) > LONGEST_VALUE:
            continue
        for attribute in ("property", "name", "itemprop", "http-equiv"):
            for name in (element.get(attribute) or "").lower().split():
                values.setdefault(name, []).append(content)
    return values


def first(values: Meta, names: Iterable[str]) -> str | None:
    """The first value of the first name that has one."""
    return next((values[name][0] for name in names if name in values), None)


def every(values: Meta, names: Iterable[str]) -> list[str]:
    """All values of some names, in the order of the names."""
    return [value for name in names for value in values.get(name, ())]


def marked(tree: HtmlElement, *properties: str) -> list[HtmlElement]:
    """The elements that microdata or RDFa marks as one of some properties, in order."""
    wanted = set(properties)
    return [
        element
        for element in tree.iter("*")
        if not wanted.isdisjoint(
            name.rpartition(":")[2]
            for name in f"{element.get('itemprop') or ''} {element.get('property') or ''}".split()
        )
    ]


def value_of(element: HtmlElement) -> str:
    """What a marked element says: its machine-readable value, else its words."""
    for attribute in ("content", "datetime"):
        value = line(element.get(attribute))
        if value:
            return value
    return text_of(element)
