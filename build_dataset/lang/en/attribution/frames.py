"""Cues and what the grammar allows around them.

Each kind of cue is one small function that looks at one place of a unit and answers with a frame or None; contents of
one frame that hold another one are settled at the end.
"""

import re

from build_dataset.document import Frame
from build_dataset.lang.en.attribution.borders import Borders
from build_dataset.lang.en.attribution.lexicon import Lexicon
from build_dataset.lang.en.attribution.nominal import NominalCues
from build_dataset.lang.en.attribution.settle import settle
from build_dataset.lang.en.attribution.sources import SourceReader
from build_dataset.lang.en.attribution.units import Unit
from build_dataset.lang.en.attribution.verbs import VerbCues

_CUE = re.compile("[VkG:-]")
"""Classes of which each word may be a cue; of the others only some words are."""


class FrameFinder:
    """Finds the frames of a unit."""

    def __init__(self, lexicon: Lexicon, reader: SourceReader) -> None:
        self._lexicon = lexicon
        cues = lexicon.cues
        self._cue_words = cues.feeling | cues.view | cues.noun | {"according"}
        borders = Borders(lexicon, reader)
        self._nominal = NominalCues(lexicon, reader, borders)
        self.verbs = VerbCues(lexicon, reader, borders, self._nominal)

    def find(self, unit: Unit) -> list[Frame]:
        """The frames of a unit in order of their cues, none inside another's content."""
        frames: list[Frame] = []
        for index in self._cues(unit):
            frame = self._at(unit, index, unit.shape[index], frames)
            if frame is not None:
                frames.append(frame)
        return settle(frames, unit.text) if frames else frames

    def _cues(self, unit: Unit) -> list[int]:
        """Where a cue may stand, in order."""
        places = [match.start() for match in _CUE.finditer(unit.shape)]
        if self._cue_words.isdisjoint(unit.lower):
            return places
        return sorted({*places, *(at for at, word in enumerate(unit.lower) if word in self._cue_words)})

    def _at(self, unit: Unit, index: int, letter: str, found: list[Frame]) -> Frame | None:
        if letter in "VkG":
            return self.verbs.frame(unit, index, found)
        word = unit.lower[index]
        if word == "according" and unit.lower[index + 1 : index + 2] == ("to",):
            return self._nominal.according(unit, index)
        cues = self._lexicon.cues
        if letter in "ne":
            if word in cues.feeling:
                return self._nominal.feeling(unit, index)
            if word in cues.view:
                frame = self._nominal.view(unit, index)
                if frame is not None:
                    return frame
            if word in cues.noun:
                return self._nominal.noun(unit, index)
        if letter == ":":
            return self._nominal.colon(unit, index, found)
        if letter == "-" and 0 < index < len(unit.shape) - 1 and unit.shape[index - 1] == "Q":
            return self._nominal.signature(unit, index)
        return None
