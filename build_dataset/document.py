"""What travels between the stages: a text, its segmentation, and what the extractors found in it.

All offsets are half-open `[start, end)` in Unicode code points of `Document.text`, which no stage changes.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import partial
from typing import NamedTuple

from build_dataset.schema import (
    ArticleFlag,
    Byline,
    ChangeDirection,
    ChangeRole,
    Qualifier,
    QuoteFlag,
    QuoteType,
    SpeakerKind,
    StatisticFlag,
    StatisticKind,
)


class Range(NamedTuple):
    """A half-open range of the text."""

    start: int
    end: int

    def within(self, other: "Range") -> bool:
        """Whether `other` covers this range."""
        return other.start <= self.start and self.end <= other.end

    def stripped(self, text: str, marks: str) -> "Range | None":
        """This range of `text` without any of `marks` at its ends; None if nothing is left."""
        start, end = self
        while start < end and text[start] in marks:
            start += 1
        while end > start and text[end - 1] in marks:
            end -= 1
        return Range(start, end) if start < end else None


@dataclass(frozen=True, slots=True)
class SourceMetadata:
    """What the container of a text says of it (a JSONL field, a meta tag); every value is optional."""

    url: str | None = None
    title: str | None = None
    byline: tuple[Byline, ...] = ()
    published: date | None = None
    publisher: str | None = None
    license: str | None = None
    language: str = "und"
    """BCP 47. What the script of the text says wins where a pack reads it."""


@dataclass(frozen=True, slots=True)
class Document:
    """A source read into text."""

    source: str
    text: str
    metadata: SourceMetadata = SourceMetadata()
    flags: tuple[ArticleFlag, ...] = ()
    """What the container says of it, such as that it was cut off."""
    encoding: str | None = None
    """The character encoding of its bytes, as detected: a name of Python's codecs."""
    warnings: tuple[str, ...] = ()
    """What was wrong with its container that did not keep it from being read."""


@dataclass(frozen=True, slots=True)
class ArticleMetadata(SourceMetadata):
    """What an article says of itself: the container's words first, then the text's own."""

    flags: tuple[ArticleFlag, ...] = ()
    excluded: tuple[Range, ...] = ()
    """Title, byline, date line, licence: lines that are about the article and hold no quote or figure of it."""


class Token(NamedTuple):
    """A word, number or mark. `tag` is the word class as far as the language pack knows it, else ``""``."""

    start: int
    end: int
    text: str
    tag: str


new_token = partial(tuple.__new__, Token)
"""A token of `(start, end, text, tag)`: twice the speed of `Token(…)`, for tokenizers, which make millions of them."""


class Sentence(NamedTuple):
    """A sentence without the blanks round it; `first`, `last` index its tokens (half-open)."""

    start: int
    end: int
    paragraph: int
    first: int
    last: int


class Quotation(NamedTuple):
    """What stands between a pair of quotation marks; `start`, `end` include the marks that are there."""

    start: int
    end: int
    inner: Range
    opened: bool
    closed: bool


@dataclass(frozen=True, slots=True, eq=False)
class SegmentedText:
    """A text cut into paragraphs, sentences and tokens, with its outermost quotations; equal only to itself."""

    text: str
    tokens: tuple[Token, ...]
    sentences: tuple[Sentence, ...]
    paragraphs: tuple[Range, ...]
    quotations: tuple[Quotation, ...]
    excluded: tuple[Range, ...] = ()


class SourceMention(NamedTuple):
    """Words that name a source. `start`, `end` bound the name alone, `name` is what they cut out.

    `kind` is None for a pronoun or a short definite description ("he", "the company"), which coreference
    resolves; a description that it finds nobody for is of the kind `fallback`. `role` and `organization` are
    what an apposition beside the name says. `phrase` is all that describes the source here, apposition included, where
    it is known.
    """

    start: int
    end: int
    name: str
    kind: SpeakerKind | None
    role: str | None = None
    organization: str | None = None
    fallback: SpeakerKind = SpeakerKind.UNNAMED
    phrase: Range | None = None


class Evidence(NamedTuple):
    """What a tagger makes of an attribution: log-odds of its cue, of the cue being one of saying, of its parts.

    `asserted` is whether the clause says that it was said: not in "did not say", "could say", "was told".
    """

    cue: float
    saying: float
    content: float
    source: float
    asserted: bool = True


class Frame(NamedTuple):
    """One cue in one sentence and what the grammar says about its surroundings.

    `cue` bounds the verb or phrase alone (None: a colon or the mere place attributes). `clause` bounds the
    whole attribution clause (source, apposition, cue, addressee, linking word): what is attributed stands
    outside it. `before` and `after` are where the grammar admits content on either side, cut at the borders of
    the attributed clause; None where it admits none. `verbal_only` marks cues that introduce words in quotation
    marks but no paraphrase ("smiled", "quoted"). `rule` names the rule of the pack that made the frame, `evidence` is
    what a tagger says of it, where one made it. The content of `verbatim` frames is the speaker's own words, marks or
    not. A frame with a reason in `dropped` is only there to be shown.
    """

    cue: Range | None
    clause: Range
    source: SourceMention | None
    before: Range | None
    after: Range | None
    verbal_only: bool = False
    rule: str = ""
    evidence: Evidence | None = None
    verbatim: bool = False
    dropped: "DropReason | None" = None


class DropReason(StrEnum):
    """Why something that looked like a quote is none."""

    WEAK_CUE = "not sure enough that this is a cue"
    NO_REPORT = "no statement that is said or thought"
    OTHER_READING = "another cue explains it better"
    WITHIN_QUOTATION = "part of somebody's words"
    NO_CONTENT = "nothing beside it that it could report"
    OVERLAP = "another quote holds these words"


class DroppedQuote(NamedTuple):
    """Something that looked like a quote: its words, if any, the frame that made it, and why it was dropped."""

    spans: tuple[Range, ...]
    frame: Frame
    reason: DropReason


@dataclass(frozen=True, slots=True)
class QuoteCandidate:
    """A quote whose source has not been resolved yet.

    `follows` is the index of the candidate whose source this one shares, where it names none of its own.
    """

    spans: tuple[Range, ...]
    type: QuoteType
    cue: Range | None
    source: SourceMention | None
    context: Range
    rule: str
    flags: tuple[QuoteFlag, ...] = ()
    follows: int | None = None
    evidence: Evidence | None = None


class FoundQuotes(NamedTuple):
    """The quotes of a text, and what was not taken for one."""

    kept: list[QuoteCandidate]
    dropped: list[DroppedQuote]


class Change(NamedTuple):
    """What a figure is in a change; `first` is the span of the change's first figure, which names it."""

    first: Range
    role: ChangeRole
    direction: ChangeDirection | None


@dataclass(frozen=True, slots=True)
class StatisticCandidate:
    """A figure with its reading; `start`, `end` bound number and unit without the qualifier.

    `per` is the unit of a rate, `period` and `comparison` are the words for which time it is and what it is compared
    with.
    """

    start: int
    end: int
    value: float
    value_max: float | None
    unit: str | None
    kind: StatisticKind
    qualifier: Qualifier | None
    subject: Range | None
    context: Range
    confidence: float
    flags: tuple[StatisticFlag, ...] = ()
    per: str | None = None
    period: Range | None = None
    comparison: Range | None = None
    change: Change | None = None


@dataclass(frozen=True, slots=True)
class LocalSpeaker:
    """A source as one article knows it: what linking over the corpus works on."""

    name: str
    kind: SpeakerKind
    aliases: tuple[str, ...] = ()
    role: str | None = None
    organization: str | None = None


@dataclass(frozen=True, slots=True)
class ResolvedQuote:
    """A quote with the index of its speaker in `Extraction.speakers` (None: the article names nobody)."""

    candidate: QuoteCandidate
    speaker: int | None
    confidence: float = 0.0


@dataclass(frozen=True, slots=True)
class Extraction:
    """All that one article gives."""

    document: Document
    metadata: ArticleMetadata
    words: int
    speakers: tuple[LocalSpeaker, ...] = ()
    quotes: tuple[ResolvedQuote, ...] = ()
    statistics: tuple[StatisticCandidate, ...] = ()
    dropped: tuple[DroppedQuote, ...] = ()
