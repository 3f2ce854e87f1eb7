"""The lines above and below an article, where bylines stand."""

import re
from collections.abc import Iterable
from datetime import date
from itertools import chain

from lxml.html import HtmlElement

from build_dataset.read.facts import read_posted
from build_dataset.read.html.blocks import Block
from build_dataset.read.html.tree import folded, line
from build_dataset.read.wording import Wording
from build_dataset.schema import Byline

LONGEST_BYLINE = 240
"""Characters."""
NAMING = (
    "class",
    "id",
    "itemprop",
    "rel",
    "data-component",
    "data-testid",
    "data-qa",
    "data-name",
    "aria-label",
)
"""Attributes that say what an element holds."""
MOST_ANCESTORS = 5
"""So far up an element that is named as a byline is looked for."""

_BYLINE = re.compile(r"by-?_?line|author|writer|reporter|contributor|creator|journalist", re.IGNORECASE)
_CONTACT = re.compile(r"[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64})+|(?<!\w)@\w+|https?://\S+")


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
        if any(_BYLINE.search((here.get(name) or "")[:LONGEST_BYLINE]) for name in NAMING):
            return True
        if any(_BYLINE.search(child.get("rel") or "") for child in here.iterchildren("a")):
            return True
        here = here.getparent()
    return False
