"""A page as a tree of elements: parsed once, within bounds, and rid of what is never text."""

import re
import unicodedata
from collections.abc import Iterable, Iterator

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from build_dataset.errors import SourceError

NEVER_TEXT = (
    "applet", "audio", "button", "canvas", "datalist", "dialog", "embed", "frame", "frameset", "head",
    "iframe", "input", "map", "math", "noembed", "noframes", "noscript", "object", "option", "param", "progress",
    "rp", "rt", "script", "select", "source", "style", "svg", "template", "textarea", "title", "track", "video",
)  # fmt: skip
"""Elements that hold code, controls or media. No `form`: some sites wrap the whole page in one."""
DROPPED = "dropped"
"""The name that elements get before all of that name are taken out at once: one by one it would take square time."""

_NO_TEXT = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_SUPERSCRIPTS = str.maketrans("0123456789+-−–=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁻⁼⁽⁾ⁿ")
_SUBSCRIPTS = str.maketrans("0123456789+-−–=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₋₌₍₎")
_RAISED = re.compile(r"[\d+\-−–=()n]+", re.ASCII)
_LOWERED = re.compile(r"[\d+\-−–=()]+", re.ASCII)


def parse(html: str, nesting: int) -> HtmlElement:
    """The tree of a page, without comments.

    Args:
        html: the page.
        nesting: so many elements may be within each other.

    Raises:
        SourceError: there is nothing in it, or it is nested deeper.
    """
    # libxml2 stops at 2048 elements within each other and leaves the rest out, so what it keeps is deeper still.
    parser = HTMLParser(huge_tree=True, remove_comments=True, remove_pis=True, encoding="utf-8")
    try:
        tree = document_fromstring(_NO_TEXT.sub("\ufffd", html).encode(), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError) as error:
        raise SourceError("no article text in it: there is no HTML") from error
    if depth(tree) > nesting:
        raise SourceError(f"nested too deep: more than {nesting} elements are within each other")
    if _NO_TEXT.search("".join(tree.itertext())):  # &#1; was no character yet when the text was cleaned
        replace_controls(tree)
    for element in tree.iter("sup", "sub"):
        write_in_line(element)
    return tree


def replace_controls(tree: HtmlElement) -> None:
    """Put U+FFFD for every character of the texts of a tree that no text has."""
    for element in elements(tree):
        if element.text:
            element.text = _NO_TEXT.sub("\ufffd", element.text)
        if element.tail:
            element.tail = _NO_TEXT.sub("\ufffd", element.tail)


def depth(tree: HtmlElement) -> int:
    """How many elements are within each other at most."""
    deepest = now = 0
    for event, _ in etree.iterwalk(tree, events=("start", "end")):
        now += 1 if event == "start" else -1
        deepest = max(deepest, now)
    return deepest


def write_in_line(element: HtmlElement) -> None:
    """Turn `10<sup>6</sup>` into `10⁶`: without it the text would say 106. Other raised words (3<sup>rd</sup>) stay."""
    if len(element) or not element.text:
        return
    text = element.text.strip()
    pattern, digits = (_RAISED, _SUPERSCRIPTS) if element.tag == "sup" else (_LOWERED, _SUBSCRIPTS)
    if pattern.fullmatch(text):
        element.text = text.translate(digits)


def elements(tree: HtmlElement) -> Iterator[HtmlElement]:
    """Every element of a tree in the order of the page."""
    return (element for element in tree.iter() if isinstance(element.tag, str))


def without(tree: HtmlElement, unwanted: Iterable[HtmlElement]) -> None:
    """Take elements out of a tree; the text behind them stays.

    Args:
        tree: is changed.
        unwanted: elements below its root.
    """
    for element in unwanted:
        if element is not tree:
            element.tag = DROPPED
    etree.strip_elements(tree, DROPPED, with_tail=False)


def line(text: str | None) -> str:
    """A text in one line, without blanks round it and without characters that only guide the layout."""
    return " ".join(_LAYOUT.sub("", _NO_TEXT.sub("\ufffd", text)).split()) if text else ""


_OTHER = re.compile(r"[\W_]+")
_LAYOUT = re.compile("[\u00ad\u200b\u2060\ufeff]")


def folded(words: str) -> str:
    """Letters and digits alone, in one case: what two spellings of a title or name share."""
    return _OTHER.sub("", unicodedata.normalize("NFKC", words).casefold())


def text_of(element: HtmlElement) -> str:
    """All words of an element in one line."""
    return line("".join(element.itertext()))
