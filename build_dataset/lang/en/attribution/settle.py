"""Frames of one sentence that hold one another: whose content is it?"""

from build_dataset.document import Frame, Range
from build_dataset.lang.en.attribution.borders import trim


def settle(frames: list[Frame], text: str) -> list[Frame]:
    """Frames of one unit, none inside the content of another.

    A clause that begins a coordinate part of the sentence ends the content before it; any other frame inside a
    content belongs to that content. A bare channel yields to the source that it reports.
    """
    kept: list[Frame] = []
    for frame in frames:
        outer = kept[-1] if kept else None
        if (
            outer is None
            or outer.after is None
            or not outer.after.start <= frame.clause.start < outer.after.end
        ):
            kept.append(frame)
        elif outer.rule == "bare_channel" and frame.source is not None:
            kept[-1] = frame
        elif (
            frame.before is not None
            and frame.after is None
            and frame.rule not in ("according_to", "bare_channel")
        ):
            kept[-1] = frame  # "C said that D, E added": all of it is E's
        elif frame.source == outer.source:
            continue  # two cues of one source make one quote
        elif (
            frame.source is not None
            and (frame.source.kind is not None or " " in frame.source.name)
            and _is_coordinate(frame, outer.after, text)
        ):
            kept[-1] = outer._replace(after=_trim_coordinate(text, outer.after.start, frame.clause.start))
            kept.append(
                frame._replace(before=None) if frame.before is not None and frame.after is not None else frame
            )
    return [frame for frame in kept if not any(_holds(other, frame) for other in kept if other is not frame)]


def _holds(outer: Frame, inner: Frame) -> bool:
    """Whether a frame stands inside another one's clause ("Lopez, who asked not to be named, said") or content."""
    clause, inside = outer.clause, inner.clause
    if inside.within(clause) and inside != clause:
        return True
    return outer.before is not None and inside.within(outer.before)


def _is_coordinate(frame: Frame, content: Range, text: str) -> bool:
    gap = text[max(content.start, frame.clause.start - 12) : frame.clause.start].rstrip().lower()
    if gap.endswith((";", "；")):
        return True
    linked = gap.endswith((", and", ", but", ", while", ", whereas", ", yet"))
    participle = (
        gap.endswith(",")
        and frame.cue is not None
        and text[frame.cue.start : frame.cue.end].split()[0].endswith("ing")
    )
    return linked or participle


def _trim_coordinate(text: str, start: int, end: int) -> Range | None:
    """Content before a coordinate clause, without the conjunction that links them."""
    content = trim(text, start, end)
    if content is None:
        return None
    words = text[content.start : content.end].rsplit(None, 1)
    if len(words) == 2 and words[1].lower() in ("and", "but", "while", "whereas", "yet"):
        return trim(text, content.start, content.end - len(words[1]))
    return content
