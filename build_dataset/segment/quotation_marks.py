"""Pairs of quotation marks, and the marks that have no partner.

Marks are read paragraph by paragraph. A pointed mark (“ ” 「 」 « ») says itself whether it opens or closes; a straight
one is judged by its neighbours and, where they do not tell, by whether a quotation is open. A quotation that is open
at the end of its paragraph goes on into the next ones if a closing mark without a partner follows there.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
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

_DOUBLED = {"''": '"', "‘‘": "“", "’’": "”", "``": "“"}
"""Two single marks that stand for a double one."""
_MARK = re.compile("''|‘‘|’’|``|[" + "".join(OPENING) + "".join(CLOSING) + "".join(STRAIGHT) + "']")
_IDEOGRAPH = re.compile("[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
_BEFORE_OPENING = frozenset("([{\u2014\u2013-/:,\uff08\uff1a\uff0c\u3001\u300a\uff1b;")
_AFTER_CLOSING = frozenset(
    ".,;:!?)]}\u2014\u2013-/\u2026\uff09\uff0c\u3002\uff1b\uff1a\uff01\uff1f\u3001\u300b*"
)
_LONGEST_SINGLE = 400
"""Characters that a quotation in single marks may hold: beyond that they are apostrophes that face each other."""
_LONGEST_CARRY = 12
"""Paragraphs over which one pair of marks may reach: beyond that the opening mark was never closed."""


class Mark(NamedTuple):
    """A quotation mark and whether its shape and neighbours let it open or close a quotation."""

    at: int
    char: str
    opens: bool
    closes: bool
    width: int = 1


Pair = tuple[Mark | None, Mark | None]
"""An opening and a closing mark; None where it is missing."""


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
    carried: tuple[int, int] | None = None  # which quotation was left open, and in which paragraph
    for number, paragraph in enumerate(paragraphs):
        pairs = _pair(_marks(text, paragraph))
        if not pairs:
            continue
        if carried is not None and number - carried[1] <= _LONGEST_CARRY:
            opening, closing = pairs[0]
            if opening is None and closing is not None:
                left_open = found[carried[0]]
                found[carried[0]] = _quotation(
                    text, Mark(left_open.start, text[left_open.start], opens=True, closes=False), closing
                )
                pairs = pairs[1:]
        carried = None
        found.extend(_complete(text, paragraph, pairs))
        if pairs and pairs[-1][1] is None and pairs[-1][0] is not None and pairs[-1][0].char in OPENING:
            carried = (len(found) - 1, number)
    return [quotation for quotation in found if quotation.inner.start < quotation.inner.end]


def _marks(text: str, paragraph: Range) -> list[Mark]:
    marks = []
    for match in _MARK.finditer(text, paragraph.start, paragraph.end):
        mark = _classify(text, match, paragraph)
        if mark is not None:
            marks.append(mark)
    return marks


def _classify(text: str, match: re.Match[str], paragraph: Range) -> Mark | None:
    at, end = match.span()
    previous = text[at - 1] if at > paragraph.start else " "
    following = text[end] if end < paragraph.end else " "
    char = _DOUBLED.get(match.group(), match.group())
    mark = _classify_one(char, at, previous, following)
    return mark if mark is None or end - at == 1 else mark._replace(width=end - at)


def _classify_one(char: str, at: int, previous: str, following: str) -> Mark | None:
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


def _pair(marks: Sequence[Mark]) -> list[Pair]:
    """Outermost pairs of one paragraph as (opening, closing); None stands for a partner that is missing."""
    stack: list[Mark] = []
    closed: list[tuple[Mark, Mark]] = []
    lone: list[Pair] = []
    for mark in marks:
        partner = _partner(stack, mark)
        if partner is not None:
            closed.append((stack[partner], mark))
            lone.extend((left, None) for left in stack[partner + 1 :] if left.char not in SINGLE)
            del stack[partner:]
        elif mark.opens and (not mark.closes or not stack or mark.char not in STRAIGHT):
            stack.append(mark)
        elif mark.closes and mark.char not in SINGLE:
            lone.append((None, mark))
    lone.extend((mark, None) for mark in stack if mark.char not in SINGLE)
    return _outermost(closed, lone)


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


def _outermost(closed: list[tuple[Mark, Mark]], lone: list[Pair]) -> list[Pair]:
    outer: list[tuple[Mark, Mark]] = []
    for pair in sorted(closed):
        if not outer or pair[0].at > outer[-1][1].at:
            outer.append(pair)
    starts = [opening.at for opening, _ in outer]
    kept: list[Pair] = list(outer)
    for single in lone:
        at = _place(single)
        holder = bisect_right(starts, at) - 1
        if holder < 0 or outer[holder][1].at < at:
            kept.append(single)
    return sorted(kept, key=_place)


def _place(pair: Pair) -> int:
    mark = pair[0] or pair[1]
    return mark.at if mark is not None else 0


def _complete(text: str, paragraph: Range, pairs: Sequence[Pair]) -> list[Quotation]:
    found: list[Quotation] = []
    for index, (opening, closing) in enumerate(pairs):
        limit = paragraph.start
        if opening is None and found:
            limit = found[-1].end
        elif closing is None:
            following = pairs[index + 1][0] if index + 1 < len(pairs) else None
            limit = following.at if following is not None else paragraph.end
        found.append(_quotation(text, opening, closing, limit))
    return found


def _quotation(text: str, opening: Mark | None, closing: Mark | None, limit: int = 0) -> Quotation:
    start = opening.at if opening is not None else limit
    end = closing.at + closing.width if closing is not None else limit
    inner_start = start + (opening.width if opening is not None else 0)
    inner_end = end - (closing.width if closing is not None else 0)
    while inner_start < inner_end and text[inner_start].isspace():
        inner_start += 1
    while inner_end > inner_start and text[inner_end - 1].isspace():
        inner_end -= 1
    return Quotation(start, end, Range(inner_start, inner_end), opening is not None, closing is not None)
