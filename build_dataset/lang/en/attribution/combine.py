"""One reading out of two: the tagger's frames and the grammar's.

The tagger reads cue, content and source together and is right more often where both read a sentence. The grammar adds
what the tagger saw nothing in, decides where its rules leave no choice, and knows words at the borders that the tagger
loses ("the", "not", whom it was told to).
"""

from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from itertools import chain

from build_dataset.document import DropReason, Frame, Range, SourceMention
from build_dataset.schema import SpeakerKind

TAGGED = "tagger"
"""The rule of the tagger's frames; where the grammar makes a frame of the same cue, its rule is added."""
TAGGED_CHANNEL = "tagger_according_to"
"""The rule of the tagger's frames of "according to"."""
_EXACT = frozenset(("according_to", "bare_channel", "impersonal", "in_view"))
"""Rules of the grammar for constructions that have only one reading: what the tagger reads there yields."""

_NEIGHBOURS = 8
"""Frames on either side of one whose content can reach it."""


def combined(tagged: Sequence[Frame], grammar: Sequence[Frame], says: Callable[[Frame], bool]) -> list[Frame]:
    """All frames in order; those that yield to others are marked as dropped.

    Args:
        tagged: the tagger's frames, those it dropped marked.
        grammar: the grammar's.
        says: whether the cue of a frame of the tagger says or thinks something; others yield to the grammar.
    """
    by_start = {frame.cue.start: frame for frame in grammar if frame.cue is not None}
    by_end = {frame.cue.end: frame for frame in grammar if frame.cue is not None}
    dropped = [frame for frame in tagged if frame.dropped]
    refined = [
        _refined(frame, _same(frame.cue, by_start, by_end))
        for frame in tagged
        if frame.cue is not None and not frame.dropped
    ]
    merged = {frame.cue for frame in refined}
    grammar = [frame for frame in grammar if frame.cue not in merged or frame.rule in _EXACT]
    exact = [frame for frame in grammar if frame.rule in _EXACT]
    others = [frame for frame in grammar if frame.rule not in _EXACT]
    refined = _yielding(_outermost(refined), exact)
    refined = [_without_channel(frame, by_start) for frame in refined]
    sure: list[Frame] = []
    unsure: list[Frame] = []
    for frame in refined:
        (dropped if frame.dropped else sure if says(frame) else unsure).append(frame)
    others = _yielding(others, [*exact, *sure])
    unsure = _yielding(unsure, [frame for frame in others if not frame.dropped])
    return sorted(chain(exact, sure, unsure, others, dropped), key=lambda frame: frame.clause)


def _same(cue: Range, by_start: Mapping[int, Frame], by_end: Mapping[int, Frame]) -> Frame | None:
    """The grammar's frame of the same cue, or of the word beside it: "main concern"."""
    return by_start.get(cue.start) or by_start.get(cue.end + 1) or by_end.get(cue.start - 1)


def _refined(frame: Frame, grammar: Frame | None) -> Frame:
    """A frame of the tagger with the borders that the grammar knows better."""
    if grammar is None:
        return frame
    source = _fuller(frame.source, grammar.source)
    frame = frame._replace(cue=grammar.cue, source=source, rule=f"{TAGGED}+{grammar.rule}")
    before, after = frame.before, frame.after
    if before is not None and grammar.before is not None:
        before = Range(min(before.start, grammar.before.start), max(before.end, grammar.before.end))
    if after is None or grammar.after is None or grammar.after.start >= after.end:
        return frame._replace(before=before)
    clause = Range(frame.clause.start, min(max(frame.clause.end, grammar.clause.end), grammar.after.start))
    return frame._replace(clause=clause, before=before, after=Range(grammar.after.start, after.end))


def _fuller(source: SourceMention | None, grammar: SourceMention | None) -> SourceMention | None:
    """An unnamed source keeps its whole phrase, where the grammar knows more of it: "experts interviewed by …"."""
    if source is None or grammar is None or grammar.kind is not SpeakerKind.UNNAMED:
        return source
    return (
        grammar._replace(phrase=source.phrase)
        if grammar.start == source.start and grammar.end > source.end
        else source
    )


def _without_channel(frame: Frame, by_start: Mapping[int, Frame]) -> Frame:
    """A bare channel yields to the source that it reports: "According to local media, Lopez believes that …"."""
    if frame.rule != TAGGED_CHANNEL or frame.after is None:
        return frame
    inside = (by_start[start] for start in range(*frame.after) if start in by_start)
    reported = any(other.source is not None and other.clause.within(frame.after) for other in inside)
    return frame._replace(dropped=DropReason.OTHER_READING) if reported else frame


def _outermost(frames: Sequence[Frame]) -> list[Frame]:
    """The frames, in order, those marked as dropped whose cue stands in the content or source of a clearer one."""
    found = []
    for number, frame in enumerate(frames):
        near = frames[max(0, number - _NEIGHBOURS) : number + _NEIGHBOURS + 1]
        inside = any(_clarity(other) > _clarity(frame) and _holds(other, frame) for other in near)
        found.append(frame._replace(dropped=DropReason.OTHER_READING) if inside else frame)
    return found


def _clarity(frame: Frame) -> float:
    return 0.0 if frame.evidence is None else frame.evidence.cue


def _holds(outer: Frame, inner: Frame) -> bool:
    if inner.cue is None:
        return False
    source = None if outer.source is None else outer.source.phrase
    return any(part is not None and inner.cue.within(part) for part in (outer.before, outer.after, source))


def _yielding(frames: Sequence[Frame], others: Sequence[Frame]) -> list[Frame]:
    """The frames, those marked as dropped that touch others."""
    taken = sorted(part for frame in others for part in _parts(frame))
    return [
        frame._replace(dropped=DropReason.OTHER_READING)
        if any(_touches(part, taken) for part in _parts(frame))
        else frame
        for frame in frames
    ]


def _parts(frame: Frame) -> list[Range]:
    return [part for part in (frame.clause, frame.before, frame.after) if part is not None]


def _touches(part: Range, taken: Sequence[Range]) -> bool:
    """Whether a range shares a character with one of several, which are sorted and hardly overlap."""
    at = bisect_left(taken, part.end, key=lambda other: other.start)
    return any(other.end > part.start for other in taken[max(0, at - 8) : at])
