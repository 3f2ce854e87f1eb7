"""Reported speech and thought in English: what a tagger learned of it, and a grammar without a parser.

`units` turns a text into sentences with one letter for each word's class. `learned` makes frames of what the tagger
reads, `frames` finds cues and the borders of what they attribute by grammar, `transcripts` reads turns with labels;
`combine` makes one reading of them, `reports` tells quotes from other attributions. `sources` reads who is named,
`names` knows pronouns and short forms. The words are in `cues.yaml`, `words.yaml` and `sources.yaml`; MODEL_CARD.md
describes the taggers, `train` makes them.
"""

from collections.abc import Sequence
from functools import cached_property, lru_cache, partial
from importlib.resources import files

from build_dataset.document import Frame, Range, SegmentedText, SourceMention
from build_dataset.lang.en.attribution.combine import combined
from build_dataset.lang.en.attribution.frames import FrameFinder
from build_dataset.lang.en.attribution.learned import TaggedFrames
from build_dataset.lang.en.attribution.lexicon import Lexicon, load_lexicon
from build_dataset.lang.en.attribution.names import Names
from build_dataset.lang.en.attribution.reports import Reports
from build_dataset.lang.en.attribution.sources import Source, SourceReader
from build_dataset.lang.en.attribution.transcripts import transcript_frames
from build_dataset.lang.en.attribution.units import find_units
from build_dataset.lang.pack import Pronoun
from build_dataset.options import Engine
from build_dataset.schema import QuoteType
from build_dataset.tagger.encoder import load_encoder_tagger
from build_dataset.tagger.model import load_tagger


class EnglishAttribution:
    """Cues, sources and people of English text."""

    def __init__(self, lexicon: Lexicon, engine: Engine) -> None:
        self._engine = engine
        reader = SourceReader(lexicon)
        self._frames = FrameFinder(lexicon, reader)
        self._lexicon = lexicon
        self._reports = Reports(lexicon)
        self._reader = reader
        self._names = Names(lexicon, reader)
        # Frames and people are asked for one after the other, of the same text.
        self._units = lru_cache(maxsize=1)(lambda segmented: find_units(segmented, lexicon))

    @cached_property
    def _tagged(self) -> TaggedFrames:
        """Read when first needed: what trains the tagger uses the rest of the pack."""
        folder = files(__package__)
        classes = self._lexicon.word
        if self._engine is Engine.ACCURATE:
            tagger = load_encoder_tagger(folder.joinpath("encoder"), classes)
        else:
            tagger = load_tagger(folder.joinpath("tagger.safetensors"), classes)
        return TaggedFrames(tagger, self._reader, self._frames.verbs)

    def frames(self, segmented: SegmentedText) -> list[Frame]:
        """Every cue of the text with its source and where its content can stand, the tagger's and the grammar's."""
        units = self._units(segmented)
        grammar = [frame for unit in units for frame in self._frames.find(unit)]
        return transcript_frames(segmented) + combined(
            self._tagged.find(segmented, units), grammar, partial(self._reports.says, segmented.text)
        )

    def reports(self, text: str, frame: Frame, kind: QuoteType, spans: Sequence[Range]) -> bool:
        """Whether somebody's words stand there, or a cue of saying or thinking with a statement."""
        if frame.evidence is None:
            return True
        speaks = frame.source is None or self._reader.speaks(Source(frame.source, 0, 0))
        return self._reports.is_report(text, frame, kind, spans, speaks=speaks)

    def people(self, segmented: SegmentedText) -> list[SourceMention]:
        """Every name of the text outside quotations, with role and organization where they are stated."""
        return self._names.people(self._units(segmented))

    def pronoun(self, mention: str) -> Pronoun | None:
        """What a mention can stand for if it is a pronoun."""
        return self._names.pronoun(mention)

    def female(self, name: str) -> bool | None:
        """What a courtesy title in a name says of the gender."""
        return self._names.female(name)

    def same_name(self, short: str, full: str) -> bool:
        """Whether `short` can be a short form of `full` within one article."""
        return self._names.same_name(short, full)

    def is_term(self, text: str, quoted: Range) -> bool:
        """Whether the words in quotation marks at `quoted` are a name: each begins with a capital."""
        return self._names.is_title(text[quoted.start : quoted.end])

    def first_person(self, text: str) -> bool:
        """Whether a passage speaks in the first person."""
        return self._names.first_person(text)


def load(engine: Engine = Engine.FAST) -> EnglishAttribution:
    """The English attribution grammar with its data, and the tagger of an engine."""
    return EnglishAttribution(load_lexicon(), engine)
