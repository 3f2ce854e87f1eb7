"""The text of an article and the lines about it, told apart as its language words them; and whether there is one."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from lxml.html import fragment_fromstring

from build_dataset.errors import SourceError
from build_dataset.read.html.blocks import Block, prose
from build_dataset.read.html.head import Head
from build_dataset.read.html.tree import line
from build_dataset.read.wording import Wording

LONGEST_LINE = 240
"""Characters: a longer block is a paragraph."""
ENDS = 4
"""So many blocks at either end of an article may be about it."""
MOST_BELOW_HEADING = 0.5
"""A heading of other articles with more of the sentences below it is none."""
LEAST_WORDS = 50
"""A page that does not say that it is an article must have so many words of sentences to be one."""
FEW_WORDS = 80
"""A page whose title speaks of an error has no more."""
MOST_COOKIES = 0.3
"""With more of its paragraphs speaking of cookies a page only asks for consent."""
LEAST_LISTED = 5
"""So many headings that lead elsewhere make a list of articles, if there are as few paragraphs."""
LINKED = 0.8
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
CUT_SHARE = 0.5
"""With less of the words that it should have, an article is cut off."""
SHORTEST_STATED = 80
"""Characters."""
MORE = 2
"""The text in JSON-LD is taken if it is so many times as long as what the page shows."""

_ERROR = re.compile(
    r"(?<!\d)(?:40[0134]|410|429|50[0234])(?!\d)|\bnot found\b|\baccess denied\b", re.IGNORECASE
)
_COOKIES = re.compile(r"cookie|gdpr", re.IGNORECASE)
_IDEOGRAPH = re.compile("[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3]")
_MARKUP = re.compile(r"<(?:p|br|div|a|b|i|em|strong|span)\b[^<>]{0,500}>", re.IGNORECASE)


class Parts(NamedTuple):
    """The blocks of an article by what they are, as numbers."""

    text: list[int]
    about: list[int]
    """At its ends: bylines, days."""


def part_article(blocks: Sequence[Block], chosen: Sequence[int], wording: Wording) -> Parts:
    """Tell the text of an article from bylines, captions, calls to subscribe and lists of other articles.

    Args:
        blocks: of the whole page.
        chosen: those that are the article, by their numbers.
        wording: of its language.
    """
    numbers = _above_related(blocks, chosen, wording)
    numbers = [
        number
        for number in numbers
        if not (wording.caption(blocks[number].text) or wording.aside(blocks[number].text))
    ]
    ends = {*numbers[:ENDS], *numbers[-ENDS:]}
    about = [
        number
        for number in numbers
        if number in ends and len(blocks[number].text) <= LONGEST_LINE and wording.about(blocks[number].text)
    ]
    return Parts([number for number in numbers if number not in about], about)


def _above_related(blocks: Sequence[Block], chosen: Sequence[int], wording: Wording) -> list[int]:
    """The blocks above the heading of a list of other articles; without the heading where the article goes on."""
    below = whole = sum(prose(blocks[number]) for number in chosen)
    kept: list[int] = []
    for number in chosen:
        below -= prose(blocks[number])
        if not wording.related(blocks[number].text):
            kept.append(number)
        elif kept and below <= MOST_BELOW_HEADING * whole:
            break
    return kept


def check_article(blocks: Sequence[Block], text: Sequence[int], head: Head) -> None:
    """See whether a page has an article.

    Args:
        blocks: of the whole page.
        text: those that seem to be the text of an article, by their numbers.
        head: what the page says of itself.

    Raises:
        SourceError: it has none.
    """
    sentences = [blocks[number] for number in text if prose(blocks[number])]
    words = sum(map(count_words, (block.text for block in sentences)))
    if not text or (not head.is_article and words < LEAST_WORDS):
        raise SourceError("no article text in it: the page has hardly a sentence")
    if _ERROR.search(head.title or "") and words < FEW_WORDS and not head.writers.people:
        raise SourceError("no article text in it: the page is an error message")
    if sum(1 for block in sentences if _COOKIES.search(block.text)) > MOST_COOKIES * len(sentences) > 0 and (
        not head.is_article
    ):
        raise SourceError("no article text in it: the page asks for consent")
    listed = sum(
        1
        for block in blocks[text[0] : text[-1]]
        if block.element.tag in HEADINGS and block.linked >= LINKED * len(block.text)
    )
    if listed >= LEAST_LISTED and listed + 1 >= len(sentences):
        raise SourceError("no article text in it: the page is a list of articles")


def count_words(text: str) -> float:
    """About how many words a text has: an ideograph counts a half."""
    ideographs = len(_IDEOGRAPH.findall(text))
    return ideographs / 2 + len(_IDEOGRAPH.sub(" ", text).split())


def stated_text(shown: Sequence[str], head: Head) -> list[str] | None:
    """The article as the page has it for machines, where it shows hardly anything of it; else None."""
    whole = paragraphs_of(head.body)
    return whole if sum(map(len, whole)) > max(MORE * sum(map(len, shown)), SHORTEST_STATED) else None


def is_cut(text: str, head: Head) -> bool:
    """Whether a page that not everybody may read shows only the beginning of its article."""
    return head.locked and count_words(text) < CUT_SHARE * head.words


def paragraphs_of(body: str) -> list[str]:
    """The paragraphs of the text in JSON-LD, in which some write HTML."""
    if _MARKUP.search(body):
        fragment = fragment_fromstring(body, create_parent="div")
        body = "\n".join(fragment.itertext())
    return [line(text) for text in body.splitlines() if line(text)]
