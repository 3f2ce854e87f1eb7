"""Articles annotated in the format of the annotation guidelines, by a person or by the extractor.

Gold files and what a build found are brought into this one form, so that scoring compares like with like.
"""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from pydantic import BaseModel, ConfigDict, ValidationError, model_validator

from build_dataset.document import Extraction, QuoteCandidate, Range
from build_dataset.errors import DatasetError
from build_dataset.schema import Byline, Qualifier, QuoteType, SpeakerKind, StatisticKind

TextSpan = tuple[int, int]
"""Half-open, in code points of the article's text."""


class Annotation(BaseModel):
    """A part of an annotation file; keys beyond those described are left alone."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class AnnotatedMetadata(Annotation):
    """What the article says of itself; null where it says nothing."""

    title: str | None = None
    published: str | None = None
    byline: list[Byline] = []
    publisher: str | None = None
    license: str | None = None


class AnnotatedQuote(Annotation):
    """A quote. `speaker` is the canonical name of an entry of `AnnotatedArticle.speakers`, or null."""

    spans: list[TextSpan]
    text: list[str] = []
    type: QuoteType
    speaker: str | None = None
    speaker_span: TextSpan | None = None
    cue_span: TextSpan | None = None
    optional: bool = False

    @property
    def places(self) -> list[TextSpan]:
        """Where it stands."""
        return self.spans

    @property
    def group(self) -> str:
        """What it is counted under: the type."""
        return self.type.value

    @model_validator(mode="after")
    def _text_for_each_span(self) -> "AnnotatedQuote":
        if not self.spans or (self.text and len(self.text) != len(self.spans)):
            raise ValueError("give at least one span, and one text for each span")
        return self


class AnnotatedStatistic(Annotation):
    """A statistic, its number with its unit at `span`."""

    span: TextSpan
    text: str | None = None
    value: float
    value_max: float | None = None
    unit: str | None = None
    kind: StatisticKind
    qualifier: Qualifier | None = None
    subject: str | None = None
    flags: list[str] = []
    optional: bool = False

    @property
    def places(self) -> list[TextSpan]:
        """Where it stands."""
        return [self.span]

    @property
    def group(self) -> str:
        """What it is counted under: the kind."""
        return self.kind.value


class AnnotatedSpeaker(Annotation):
    """A source of the article under its canonical name."""

    name: str
    aliases: list[str] = []
    kind: SpeakerKind
    role: str | None = None
    organization: str | None = None


class AnnotatedArticle(Annotation):
    """All that is annotated in one article; `source` is the name of its file."""

    source: str
    language: str
    article: AnnotatedMetadata = AnnotatedMetadata()
    quotes: list[AnnotatedQuote] = []
    speakers: list[AnnotatedSpeaker] = []
    statistics: list[AnnotatedStatistic] = []

    def file_name(self) -> str:
        """The last part of `source`: what an article is recognised by."""
        return PurePosixPath(self.source).name

    def passages(self) -> Iterator[tuple[str, TextSpan, str]]:
        """Every place of the text that the annotation repeats: item, span, words."""
        for number, quote in enumerate(self.quotes):
            for part, (span, words) in enumerate(zip(quote.spans, quote.text, strict=False)):
                yield f"quotes[{number}].text[{part}]", span, words
        for number, statistic in enumerate(self.statistics):
            if statistic.text is not None:
                yield f"statistics[{number}].text", statistic.span, statistic.text

    def misfit(self, text: str) -> str | None:
        """Which item is not what its span cuts out of `text`, the first in words; None where all fit."""
        for item, (start, end), words in self.passages():
            if text[start:end] != words:
                there = _short(text[start:end])
                return f"{item} is {_short(words)}, but the text has {there} at [{start}, {end})"
        return None


class FoundArticle(NamedTuple):
    """An article as it was extracted, with its text (None where the dataset leaves texts out)."""

    annotation: AnnotatedArticle
    text: str | None


def _short(words: str) -> str:
    return repr(words if len(words) <= 60 else words[:57] + "…")


def read_gold(folder: Path) -> list[AnnotatedArticle]:
    """The annotation files (`*.json`) of a folder, by name.

    Raises:
        DatasetError: there is none, or one has another format; the message names file and field.
    """
    files = sorted(folder.glob("*.json")) if folder.is_dir() else []
    if not files:
        raise DatasetError(f"{folder}: no annotation files (*.json) here; name the folder that holds them")
    return [_read_file(file) for file in files]


def _read_file(file: Path) -> AnnotatedArticle:
    try:
        return AnnotatedArticle.model_validate(json.loads(file.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError, json.JSONDecodeError) as error:
        raise DatasetError(f"{file}: cannot be read as JSON: {error}") from error
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(str(part) for part in first["loc"])
        raise DatasetError(f"{file}: {field}: {first['msg']}; see the guidelines' file format") from error


def from_extraction(extraction: Extraction) -> AnnotatedArticle:
    """What the extractor found in one article, as an annotation."""
    metadata = extraction.metadata
    speakers = extraction.speakers
    return AnnotatedArticle(
        source=extraction.document.source,
        language=metadata.language,
        article=AnnotatedMetadata(
            title=metadata.title,
            published=metadata.published.isoformat() if metadata.published else None,
            byline=list(metadata.byline),
            publisher=metadata.publisher,
            license=metadata.license,
        ),
        quotes=[
            _quote(quote.candidate, None if quote.speaker is None else speakers[quote.speaker].name)
            for quote in extraction.quotes
        ],
        speakers=[
            AnnotatedSpeaker(
                name=speaker.name,
                aliases=list(speaker.aliases),
                kind=speaker.kind,
                role=speaker.role,
                organization=speaker.organization,
            )
            for speaker in speakers
        ],
        statistics=[
            AnnotatedStatistic(
                span=(found.start, found.end),
                value=found.value,
                value_max=found.value_max,
                unit=found.unit,
                kind=found.kind,
                qualifier=found.qualifier,
                subject=found.subject and extraction.document.text[found.subject.start : found.subject.end],
                flags=[flag.value for flag in found.flags],
            )
            for found in extraction.statistics
        ],
    )


def _quote(candidate: QuoteCandidate, speaker: str | None) -> AnnotatedQuote:
    source = candidate.source
    return AnnotatedQuote(
        spans=_spans(candidate.spans),
        type=candidate.type,
        speaker=speaker,
        speaker_span=(source.start, source.end) if source else None,
        cue_span=(candidate.cue.start, candidate.cue.end) if candidate.cue else None,
    )


def _spans(ranges: Sequence[Range]) -> list[TextSpan]:
    return [(one.start, one.end) for one in ranges]
