"""Pairs of quotation marks, and the marks that have no partner.

Marks are read paragraph by paragraph. A pointed mark (“ ” 「 」 « ») says itself whether it opens or closes; a straight
one is judged by its neighbours and, where they do not tell, by whether a quotation is open. A quotation that is open
at the end of its paragraph goes on into the next ones if a closing mark without a partner follows there.
"""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from build_dataset.document import Quotation, Range

OPENING = {
    "\N{LEFT DOUBLE QUOTATION MARK}": "\N{RIGHT DOUBLE QUOTATION MARK}",
    "\N{DOUBLE LOW-9 QUOTATION MARK}": "\N{RIGHT DOUBLE QUOTATION MARK}",
    "\N{LEFT CORNER BRACKET}": "\N{RIGHT CORNER BRACKET}",
    "\N{LEFT WHITE CORNER BRACKET}": "\N{RIGHT WHITE CORNER BRACKET}",
    "\N{LEFT-POINTING DOUBLE ANGLE QUOTATION MARK}": "\N{RIGHT-POINTING DOUBLE ANGLE QUOTATION MARK}",
    "\N{LEFT SINGLE QUOTATION MARK}": "\N{RIGHT SINGLE QUOTATION MARK}",
}
CLOSING = frozenset(OPENING.values())
STRAIGHT = frozenset('"\N{FULLWIDTH QUOTATION MARK}\N{DOUBLE HIGH-REVERSED-9 QUOTATION MARK}')
SINGLE = frozenset("'\N{LEFT SINGLE QUOTATION MARK}\N{RIGHT SINGLE QUOTATION MARK}")

_MARK = re.compile("[" + "".join(OPENING) + "".join(CLOSING) + "".join(STRAIGHT) + "']")
_IDEOGRAPH = re.compile("[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
_BEFORE_OPENING = frozenset("([{\u2014\u2013-/:,\uff08\uff1a\uff0c\u3001\u300a\uff1b;")
_AFTER_CLOSING = frozenset(".,;:!?)]}\u2014\u2013-/\u2026\uff09\uff0c\u3002\uff1b\uff1a\uff01\uff1f\u3001\u300b*")
_LONGEST_SINGLE = 400
"""Characters that a quotation in single marks may hold: beyond that they are apostrophes that happen to face each other."""
_LONGEST_CARRY = 12
"""Paragraphs over which one pair of marks may reach: beyond that the opening mark was never closed."""


class Mark(NamedTuple):
    """A quotation mark and whether its shape and neighbours let it open or close a quotation."""

    at: int
    char: str
    opens: bool
    closes: bool


def find_quotations(text: str, paragraphs: Sequence[Range]) -> list[Quotation]:
    """The outermost quotations of a text, in order.

    Args:
        text: the article's text.
        paragraphs: its paragraphs, in order.

    Returns:
        One quotation for each outermost pair, opening mark without partner (reaching to the end of its paragraph or
        to the next quotation) and closing mark without partner (reaching back to the start of its paragraph or to
        the quotation before).
    """
    found: list[Quotation] = []
    carried: tuple[int, int] | None = None  # where a quotation was left open, and in which paragraph
    for number, paragraph in enumerate(paragraphs):
        pairs = _pair(_marks(text, paragraph))
        if carried is not None and number - carried[1] > _LONGEST_CARRY:
            carried = None
        if carried is not None and pairs:
            first = pairs[0]
            if first[0] is None and first[1] is not None and _is_first_mark(first[1], pairs):
                found = [quotation for quotation in found if quotation.start < carried[0]]
                found.append(_quotation(text, carried[0], first[1], paragraph))
                pairs = pairs[1:]
            carried = None
        found.extend(_complete(text, paragraph, pairs))
        if pairs and pairs[-1][1] is None and pairs[-1][0] is not None and text[pairs[-1][0]] in OPENING:
            carried = (pairs[-1][0], number)
    return [quotation for quotation in found if quotation.inner.start < quotation.inner.end]


def _is_first_mark(at: int, pairs: Iterable[tuple[int | None, int | None]]) -> bool:
    return all(start is None or start > at for start, _ in pairs)


def _marks(text: str, paragraph: Range) -> list[Mark]:
    marks = []
    for match in _MARK.finditer(text, paragraph.start, paragraph.end):
        mark = _classify(text, match.start(), paragraph)
        if mark is not None:
            marks.append(mark)
    return marks


def _classify(text: str, at: int, paragraph: Range) -> Mark | None:
    char = text[at]
    previous = text[at - 1] if at > paragraph.start else " "
    following = text[at + 1] if at + 1 < paragraph.end else " "
    if char in SINGLE:
        return _classify_single(char, at, previous, following)
    if char in OPENING:
        return Mark(at, char, opens=True, closes=False)
    if char in STRAIGHT:
        return _classify_straight(char, at, previous, following)
    # A curly closing mark that stands where only an opening one can is a slip of the typist.
    slipped = char == "\N{RIGHT DOUBLE QUOTATION MARK}" and previous.isspace() and following.isalnum()
    return Mark(at, char, opens=slipped, closes=True)


def _classify_straight(char: str, at: int, previous: str, following: str) -> Mark:
    ideographic = bool(_IDEOGRAPH.match(previous) or _IDEOGRAPH.match(following))
    if ideographic:  # no blanks round words: only the order of the marks tells
        return Mark(at, char, opens=True, closes=True)
    after_gap = previous.isspace() or previous in _BEFORE_OPENING or previous in STRAIGHT
    before_gap = following.isspace() or following in _AFTER_CLOSING or following in STRAIGHT
    if after_gap == before_gap:
        if previous.isspace() != following.isspace():
            return Mark(at, char, opens=previous.isspace(), closes=following.isspace())
        return Mark(at, char, opens=True, closes=True)
    return Mark(at, char, opens=after_gap, closes=before_gap)


def _classify_single(char: str, at: int, previous: str, following: str) -> Mark | None:
    if char == "\N{LEFT SINGLE QUOTATION MARK}":
        if previous.isalnum() and not _IDEOGRAPH.match(previous):
            return None
        return Mark(at, char, opens=True, closes=False)
    wordlike = previous.isalnum() and following.isalnum() and not _IDEOGRAPH.match(previous)
    if wordlike:  # an apostrophe
        return None
    opens = char == "'" and not previous.isalnum() and following.isalpha()
    closes = not previous.isspace() and not following.isalnum()
    if not (opens or closes):
        return None
    return Mark(at, char, opens=opens and not closes, closes=closes)


def _pair(marks: Sequence[Mark]) -> list[tuple[int | None, int | None]]:
    """Outermost pairs of one paragraph as (opening, closing); None stands for a partner that is missing."""
    stack: list[Mark] = []
    pairs: list[tuple[int | None, int | None]] = []
    for mark in marks:
        partner = _partner(stack, mark)
        if partner is not None:
            opening = stack[partner]
            del stack[partner:]
            pairs.append((opening.at, mark.at))
        elif mark.opens and (not mark.closes or not stack or mark.char not in STRAIGHT):
            stack.append(mark)
        elif mark.closes and mark.char not in SINGLE:
            pairs.append((None, mark.at))
    pairs.extend((mark.at, None) for mark in stack if mark.char not in SINGLE)
    return _outermost(pairs)


def _partner(stack: Sequence[Mark], mark: Mark) -> int | None:
    """The place in the stack of the mark that `mark` closes."""
    if not mark.closes:
        return None
    for index in range(len(stack) - 1, max(-1, len(stack) - 9), -1):
        opening = stack[index]
        if mark.char in SINGLE:
            single = opening.char in SINGLE and mark.at - opening.at <= _LONGEST_SINGLE
            if single and mark.at - opening.at > 1:
                return index
            return None
        if opening.char in SINGLE:
            continue
        if OPENING.get(opening.char) == mark.char or opening.char in STRAIGHT or mark.char in STRAIGHT:
            return index
        if opening.char == "\N{RIGHT DOUBLE QUOTATION MARK}" == mark.char:
            return index
    return None


def _outermost(pairs: list[tuple[int | None, int | None]]) -> list[tuple[int | None, int | None]]:
    closed = sorted((start, end) for start, end in pairs if start is not None and end is not None)
    outer: list[tuple[int | None, int | None]] = []
    reach = -1
    for start, end in closed:
        if start > reach:
            outer.append((start, end))
            reach = end
    lone = [pair for pair in pairs if pair[0] is None or pair[1] is None]
    inside = [
        pair
        for pair in lone
        if any(a < at < b for at in (pair[0] if pair[0] is not None else pair[1],) if at is not None for a, b in closed)
    ]
    outer.extend(pair for pair in lone if pair not in inside)
    return sorted(outer, key=lambda pair: pair[0] if pair[0] is not None else pair[1] or 0)


def _complete(text: str, paragraph: Range, pairs: Sequence[tuple[int | None, int | None]]) -> list[Quotation]:
    found: list[Quotation] = []
    for index, (start, end) in enumerate(pairs):
        if start is None:
            reach = found[-1].end if found else paragraph.start
            found.append(_quotation(text, None, end, paragraph, reach))
        elif end is None:
            following = pairs[index + 1] if index + 1 < len(pairs) else (None, None)
            limit = following[0] if following[0] is not None else paragraph.end
            found.append(_quotation(text, start, None, paragraph, limit))
        else:
            found.append(_quotation(text, start, end, paragraph))
    return found


def _quotation(text: str, opening: int | None, closing: int | None, paragraph: Range, limit: int = 0) -> Quotation:
    start = opening if opening is not None else limit
    end = closing + 1 if closing is not None else limit
    inner_start = start + (opening is not None)
    inner_end = end - (closing is not None)
    while inner_start < inner_end and text[inner_start].isspace():
        inner_start += 1
    while inner_end > inner_start and text[inner_end - 1].isspace():
        inner_end -= 1
    return Quotation(start, end, Range(inner_start, inner_end), opening is not None, closing is not None)
