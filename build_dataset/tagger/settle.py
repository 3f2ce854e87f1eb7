"""Whose content is it? What the network read for each cue by itself, put so that no two attributions share words."""

from collections.abc import Iterator, Sequence
from itertools import zip_longest

from build_dataset.document import Range
from build_dataset.tagger.model import TaggedAttribution

_REACH = 160
"""Tokens between two cues whose contents can meet: twice the network's window."""


def apart(tagged: Sequence[TaggedAttribution]) -> list[TaggedAttribution]:
    """Attributions of which no two share content, in order of the text.

    One that stands in another's content is part of it. Content goes to the nearer of two cues before it, else to the
    clearer.

    Args:
        tagged: attributions in order of their cues.
    """
    outermost = [one for number, one in enumerate(tagged) if not _is_inner(one, list(_near(tagged, number)))]
    candidates = list(_nearest(outermost))
    kept: dict[int, TaggedAttribution] = {}
    for number in sorted(range(len(candidates)), key=lambda number: -candidates[number].score):
        one = candidates[number]
        others = [kept[other.cue] for other in _near(candidates, number) if other.cue in kept]
        before, after = (_left(part, others) for part in (one.before, one.after))
        if _size(before, after) and _size(before, after) * 2 >= _size(one.before, one.after):
            kept[one.cue] = one._replace(before=before, after=after)
    return [kept[cue] for cue in sorted(kept)]


def _near(tagged: Sequence[TaggedAttribution], number: int) -> Iterator[TaggedAttribution]:
    """The attributions before and behind one, as far as their contents can reach each other."""
    cue = tagged[number].cue
    for step in (-1, 1):
        at = number + step
        while 0 <= at < len(tagged) and abs(tagged[at].cue - cue) <= _REACH:
            yield tagged[at]
            at += step


def _is_inner(one: TaggedAttribution, others: Sequence[TaggedAttribution]) -> bool:
    """Whether an attribution stands, cue and content, in the content of another one."""
    return any(
        _contains(part, one) for other in others for part in (other.before, other.after) if part is not None
    )


def _contains(content: Range, one: TaggedAttribution) -> bool:
    parts = (Range(one.cue, one.cue + 1), one.before, one.after)
    return all(part is None or part.within(content) for part in parts)


def _nearest(tagged: Sequence[TaggedAttribution]) -> Iterator[TaggedAttribution]:
    """Attributions, those with content on both sides without that behind them which the next one claims, too."""
    for one, following in zip_longest(tagged, tagged[1:]):
        claimed = None if following is None or following.cue >= _start(one.after) else following.after
        if (
            one.before is not None
            and claimed is not None
            and one.after is not None
            and claimed.start < one.after.end
        ):
            yield one._replace(after=None)
        else:
            yield one


def _start(part: Range | None) -> int:
    return -1 if part is None else part.start


def _size(*parts: Range | None) -> int:
    return sum(part.end - part.start for part in parts if part is not None)


def _left(part: Range | None, others: Sequence[TaggedAttribution]) -> Range | None:
    """What is left of a range outside the contents of others; where one cuts it in two, the longer piece."""
    if part is None:
        return None
    start, end = part
    for other in others:
        for taken in (other.before, other.after):
            if taken is not None and taken.start < end and start < taken.end:
                if taken.start - start >= end - taken.end:
                    end = taken.start
                else:
                    start = taken.end
                if start >= end:
                    return None
    return Range(start, end)
