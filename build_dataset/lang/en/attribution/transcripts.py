"""Transcripts: paragraphs that begin with who speaks, "WALLACE: Let's start with …"."""

import re
from collections import Counter
from collections.abc import Iterator

from build_dataset.document import Frame, Range, SegmentedText, SourceMention
from build_dataset.schema import SpeakerKind

_WORD = r"[A-Z][\w.’'-]*"
_TURN = re.compile(rf"[\"“]?(?P<name>{_WORD}(?: {_WORD}){{0,3}}): +(?P<words>\S.*?)[\s\"”]*$")
_TURNS = 3
"""Paragraphs with labels that make a transcript, one label at least standing twice."""
_WORDS = 3
"""Words of the shortest turn: what is shorter may be an entry of a list ("Sanders: 60%")."""


def transcript_frames(segmented: SegmentedText) -> list[Frame]:
    """The turns of a transcript, each the speaker's own words; none where labels don't come back."""
    turns = list(_turns(segmented))
    labels = Counter(frame.source.name for frame in turns if frame.source is not None)
    if len(turns) < _TURNS or len(labels) < 2 or labels.most_common(1)[0][1] < 2:
        return []
    return [
        frame
        for frame in turns
        if frame.source is not None and (frame.source.name.isupper() or labels[frame.source.name] > 1)
    ]


def _turns(segmented: SegmentedText) -> Iterator[Frame]:
    for start, end in segmented.paragraphs:
        match = _TURN.match(segmented.text[start:end])
        if match is None or len(match["words"].split()) < _WORDS:
            continue
        name = Range(start + match.start("name"), start + match.end("name"))
        yield Frame(
            cue=None,
            clause=Range(name.start, name.end + 1),
            source=SourceMention(*name, match["name"], SpeakerKind.PERSON),
            before=None,
            after=Range(start + match.start("words"), start + match.end("words")),
            rule="transcript",
            verbatim=True,
        )
