"""What a page says of itself for machines: JSON-LD in the words of schema.org."""

import json
import re
from collections.abc import Iterator
from typing import Any

from lxml.html import HtmlElement

ARTICLE = re.compile(r"(?:^|[/:#])\w*(?:Article|BlogPosting|Report|LiveBlogPosting|Reportage\w*)$")
"""The types that are articles (`NewsArticle`, `https://schema.org/OpinionNewsArticle`)."""
MOST_OBJECTS = 5000
"""Objects of a page that are looked at."""
LONGEST_BLOCK = 4_000_000
"""Characters."""

_COMMENTED = re.compile(
    r"^\s*(?:<!--|/[/*]\s*<!\[CDATA\[(?:\s*\*/)?|<!\[CDATA\[)|(?:-->|/[/*]\s*\]\]>(?:\s*\*/)?|\]\]>)[\s;]*$"
)
_TRAILING_COMMA = re.compile(r",(\s*[}\]])")

Object = dict[str, Any]


def article_objects(found: list[Object]) -> list[Object]:
    """Those of the objects of a page that are articles, in order."""
    return [one for one in found if any(ARTICLE.search(name) for name in types(one))]


def all_objects(tree: HtmlElement) -> list[Object]:
    """Every object of a page's JSON-LD, in order."""
    found: list[Object] = []
    for script in tree.iter("script"):
        kind = (script.get("type") or "").partition(";")[0].strip().lower()
        if kind == "application/ld+json" and script.text and len(script.text) <= LONGEST_BLOCK:
            for one in objects(loads(script.text)):
                found.append(one)
                if len(found) >= MOST_OBJECTS:
                    return found
    return found


def loads(block: str) -> Any:
    """What a block holds; None where it is broken beyond commas that are too many and line ends inside of strings."""
    block = _COMMENTED.sub("", block).strip().rstrip(";")
    for attempt in (block, _TRAILING_COMMA.sub(r"\1", block)):
        try:
            return json.loads(attempt, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def objects(value: Any) -> Iterator[Object]:
    """The objects of a block: the outermost, those of its lists, graphs, and what it is the page of."""
    pending = [value]
    while pending:
        one = pending.pop()
        if isinstance(one, list):
            pending.extend(reversed(one))
        elif isinstance(one, dict):
            yield one
            pending.extend(one[key] for key in ("mainEntity", "mainEntityOfPage", "@graph") if key in one)


def types(one: Object) -> list[str]:
    """The types of an object."""
    return strings(one.get("@type"))


def strings(value: Any) -> list[str]:
    """The strings of a value that is one, or a list of them."""
    values = value if isinstance(value, list) else [value]
    return [each for each in values if isinstance(each, str) and each.strip()]


def named(value: Any) -> list[str]:
    """The names of a value that is a string, an object with a name, or a list of these."""
    values = value if isinstance(value, list) else [value]
    found: list[str] = []
    for each in values:
        found += strings(each.get("name") if isinstance(each, dict) else each)
    return found
