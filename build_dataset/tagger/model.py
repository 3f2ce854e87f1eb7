"""The tagger: a text's attributions, read by the network, and the file it is kept in.

The file is in the safetensors format: arrays and text, nothing that could be run.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from importlib.resources.abc import Traversable
from typing import Any, NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict
from safetensors.numpy import load, save

from build_dataset.document import Range, SegmentedText
from build_dataset.tagger.features import Integers, Layout, WordClasses, layout
from build_dataset.tagger.network import TEXT_TABLES, CueNetwork, Numbers, TextNetwork
from build_dataset.tagger.spans import Doubles, Stretches, best_stretches
from build_dataset.tagger.words import WordReader

_NEVER = -1e9
_LEAST_SOURCE = -3.0
"""Log-odds from which the likeliest token is the source where none is likelier than not: few cues have none."""
_CUES_AT_A_TIME = 256
"""Cues whose surroundings are read together: memory stays small whatever the text."""


class Settings(BaseModel):
    """What has to be known of a model beside its arrays; `…_step` is what one step of a score adds to the log-odds."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    text_dilations: tuple[int, ...]
    cue_dilations: tuple[int, ...]
    cue_step: float
    part_step: float


class TaggedAttribution(NamedTuple):
    """What the network takes for an attribution; all ranges count tokens and are half-open.

    `before` and `after` are the content on either side of the cue. `score` and `saying` are the log-odds of the cue
    being one, and one of saying; `content_score` and `source_score` say how clear the parts are (log-odds, summed
    over the tokens).
    """

    cue: int
    before: Range | None
    after: Range | None
    source: Range | None
    score: float
    saying: float
    content_score: float
    source_score: float


class Reader(Protocol):
    """Reads a text: what the cues are found in."""

    def read(self, segmented: SegmentedText, places: Layout) -> Numbers:
        """Tokens × width, integers from 0: what is known of each token."""


class Tagger:
    """Finds attributions in the texts of one language."""

    def __init__(self, reader: Reader, network: CueNetwork, settings: Settings) -> None:
        self.reader = reader
        self._network = network
        self.settings = settings

    def tag(self, segmented: SegmentedText, least: float, shown: float) -> list[TaggedAttribution]:
        """The attributions of a text in order of their cues; their contents may overlap.

        Args:
            segmented: the text.
            least: the log-odds from which a token counts as a cue.
            shown: the log-odds from which it is given back, but without content and source.
        """
        if not segmented.tokens:
            return []
        places = layout(segmented)
        values = self.reader.read(segmented, places)
        scores = self._network.cues(values)
        seen = np.nonzero((scores[:, 0] >= shown / self.settings.cue_step) & (places.sentence >= 0))[0]
        odds = scores[seen] * np.float64(self.settings.cue_step)
        clear = odds[:, 0] >= least
        weak, cues, heads = seen[~clear], seen[clear], odds[clear]
        found = [
            TaggedAttribution(cue, None, None, None, score, saying, 0.0, 0.0)
            for cue, (score, saying) in zip(weak.tolist(), odds[~clear].tolist(), strict=True)
        ]
        for start in range(0, len(cues), _CUES_AT_A_TIME):
            part = slice(start, start + _CUES_AT_A_TIME)
            found += self._attributions(values, cues[part], heads[part], places)
        return sorted(found)

    def _attributions(
        self, values: Numbers, cues: Integers, heads: Doubles, places: Layout
    ) -> Iterator[TaggedAttribution]:
        before, after, source = self._parts(values, cues, places)
        step = self.settings.part_step
        for row, cue in enumerate(cues.tolist()):
            offset = cue - self._network.window
            yield TaggedAttribution(
                cue=cue,
                before=_range(before, row, offset),
                after=_range(after, row, offset),
                source=_range(source, row, offset),
                score=float(heads[row, 0]),
                saying=float(heads[row, 1]),
                content_score=float(before.sum[row] + after.sum[row]) * step,
                source_score=float(source.sum[row]) * step,
            )

    def _parts(
        self, values: Numbers, cues: Integers, places: Layout
    ) -> tuple[Stretches, Stretches, Stretches]:
        """Content before and behind each cue, and its source: the best stretch of each."""
        scores, around = self._network.parts(values, cues, places)
        best_of_others = np.maximum(scores[:, [1, 0, 0]], scores[:, [2, 2, 1]])
        margins = np.full((3, len(cues), 2 * self._network.window + 1), _NEVER)
        here = around.inside[:, 0] > 0
        margins[:, around.row[here], around.column[here]] = (scores - best_of_others)[here].T
        _, content, source = margins
        middle = self._network.window
        before, after = content.copy(), content
        before[:, middle:] = _NEVER
        after[:, : middle + 1] = _NEVER
        source[:, middle] = _NEVER
        least = _LEAST_SOURCE / self.settings.part_step
        return best_stretches(before), best_stretches(after), best_stretches(source, least)


def _range(stretches: Stretches, row: int, offset: int) -> Range | None:
    start, end = int(stretches.start[row]), int(stretches.end[row])
    return None if start == end else Range(start + offset, end + offset)


def load_tagger(file: Traversable, classes: WordClasses) -> Tagger:
    """The tagger kept in a file.

    Args:
        file: what `saved` gave.
        classes: what the pack of its language says of words.
    """
    arrays, settings, words = read_model(file)
    text = {name: array for name, array in arrays.items() if name in TEXT_TABLES or name.startswith("text.")}
    vocabulary = {word: row for row, word in enumerate(words)}
    reader = WordReader(TextNetwork(text, settings.text_dilations), vocabulary, classes)
    return Tagger(reader, cue_network(arrays, settings), settings)


def cue_network(arrays: Mapping[str, NDArray[Any]], settings: Settings) -> CueNetwork:
    """The part of a model that finds cues and what belongs to them."""
    own = {
        name: array
        for name, array in arrays.items()
        if name not in TEXT_TABLES and not name.startswith("text.")
    }
    return CueNetwork(own, settings.cue_dilations)


def read_model(file: Traversable) -> tuple[dict[str, NDArray[Any]], Settings, list[str]]:
    """The arrays, settings and words that a file holds."""
    content = file.read_bytes()
    arrays = load(content)
    settings = Settings.model_validate_json(_metadata(content)["settings"])
    return arrays, settings, arrays.pop("words").tobytes().decode().split("\n")


def saved(arrays: Mapping[str, NDArray[np.generic]], settings: Settings, words: Sequence[str]) -> bytes:
    """The content of a tagger's file: the same arrays give the same bytes."""
    text = np.frombuffer("\n".join(words).encode(), np.uint8)
    ordered = {
        name: np.ascontiguousarray(array) for name, array in arrays.items()
    }  # the format knows no strides
    return save({**ordered, "words": text}, metadata={"settings": settings.model_dump_json()})


def _metadata(content: bytes) -> dict[str, str]:
    """The texts in the header of a safetensors file: 8 bytes give its length, JSON follows."""
    length = int.from_bytes(content[:8], "little")
    found: dict[str, str] = json.loads(content[8 : 8 + length])["__metadata__"]
    return found
