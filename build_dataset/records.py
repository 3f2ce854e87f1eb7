"""From what one article gives to its records: identifiers made, words cut out, figures tied to their quotes.

What an article cannot know is who is the same speaker in other articles; a quote therefore carries the number
of its speaker within the article beside a provisional identifier, and `resolve.link` decides.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple, TypeVar

from pydantic import ValidationError

from build_dataset.document import (
    Extraction,
    LocalSpeaker,
    Range,
    ResolvedQuote,
    StatisticCandidate,
)
from build_dataset.resolve.link import SpeakerRecord, block_key
from build_dataset.schema import Article, Quote, Span, SpeakerKind, Statistic
from build_dataset.schema.identifiers import (
    article_identifier,
    change_identifier,
    quote_identifier,
    speaker_identifier,
    statistic_identifier,
    text_sha256,
)
from build_dataset.schema.record import Record

CHILDREN = ("quotes", "statistics")
"""The tables whose rows belong to one article each."""

LONGEST_CONTEXT = 1_000
"""Characters of its sentences that stand beside a record on either side: news has under 450, but the cells of a table
in one line are one sentence, and each of them would repeat the whole table."""


class QuotedSpeaker(NamedTuple):
    """A speaker with a quote in one article, as linking needs it; `block` is the `block_key`."""

    article_id: str
    local_speaker: int
    published: date | None
    language: str
    kind: SpeakerKind
    block: str
    name: str
    aliases: tuple[str, ...]
    role: str | None
    organization: str | None
    quotes: int


@dataclass(slots=True)
class ArticleRecords:
    """The records of one article, in the order of its text; `…_speakers` go with them, one for one."""

    article: Article
    quotes: list[Quote] = field(default_factory=list)
    quote_speakers: list[int | None] = field(default_factory=list)
    statistics: list[Statistic] = field(default_factory=list)
    statistic_speakers: list[int | None] = field(default_factory=list)
    speakers: list[QuotedSpeaker] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    """Records that break a rule of the schema, and which."""


def article_records(extraction: Extraction) -> ArticleRecords:
    """What one article gives, as records: identifiers made, words cut out, figures tied to their quotes.

    Raises:
        ValidationError: the article itself breaks a rule of the schema.
    """
    records = ArticleRecords(_article(extraction))
    blocks = [
        block_key(_speaker_record(records.article, number, speaker, quotes=1))
        for number, speaker in enumerate(extraction.speakers)
    ]
    held = _add_quotes(records, extraction, [provisional_identifier(block) for block in blocks])
    _add_statistics(records, extraction, held)
    _add_speakers(records, extraction, blocks)
    return records


def _article(extraction: Extraction) -> Article:
    text, metadata = extraction.document.text, extraction.metadata
    return Article(
        article_id=article_identifier(text),
        source=extraction.document.source,
        sources=[extraction.document.source],
        encoding=extraction.document.encoding,
        url=metadata.url,
        title=metadata.title,
        byline=list(metadata.byline),
        published=metadata.published,
        publisher=metadata.publisher,
        license=metadata.license,
        language=metadata.language,
        text=text,
        text_sha256=text_sha256(text),
        characters=len(text),
        words=extraction.words,
        duplicate_of=None,
        flags=list(dict.fromkeys(metadata.flags)),
    )


def _speaker_record(article: Article, number: int, speaker: LocalSpeaker, quotes: int) -> SpeakerRecord:
    return SpeakerRecord(
        article_id=article.article_id,
        published=article.published,
        language=article.language,
        index=number,
        speaker=speaker,
        quotes=quotes,
    )


def provisional_identifier(block: str) -> str:
    """The identifier that a speaker has if linking finds nothing to merge or split in its block."""
    kind, _, identity = block.partition("\x1f")
    return speaker_identifier(kind, identity)


Model = TypeVar("Model", bound=Record)


def _made(model: type[Model], fields: dict[str, Any], records: ArticleRecords, place: str) -> Model | None:
    """A record, or None where it breaks a rule of the schema, with the reason noted."""
    try:
        return model.model_validate(fields)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        records.left_out.append(f"{model.__name__.lower()} {place}: {where}: {first['msg']}")
        return None


class _Held(NamedTuple):
    """A span of a quote."""

    start: int
    end: int
    quote: Quote
    speaker: int | None


def _add_quotes(records: ArticleRecords, extraction: Extraction, identifiers: Sequence[str]) -> list[_Held]:
    """Add the quotes; two candidates with the same spans are one, the first. Returns their spans, sorted."""
    held: list[_Held] = []
    seen: set[tuple[Range, ...]] = set()
    for resolved in sorted(extraction.quotes, key=lambda quote: quote.candidate.spans):
        spans = resolved.candidate.spans
        if spans in seen:
            continue
        seen.add(spans)
        speaker_id = None if resolved.speaker is None else identifiers[resolved.speaker]
        fields = _quote(records.article, resolved, speaker_id)
        quote = _made(Quote, fields, records, f"at {spans[0].start}–{spans[-1].end}")
        if quote is not None:
            records.quotes.append(quote)
            records.quote_speakers.append(resolved.speaker)
            held += (_Held(span.start, span.end, quote, resolved.speaker) for span in spans)
    return sorted(held, key=lambda span: (span.start, -span.end))


def _quote(article: Article, resolved: ResolvedQuote, speaker_id: str | None) -> dict[str, Any]:
    candidate = resolved.candidate
    text = article.text or ""
    source = candidate.source
    return {
        "quote_id": quote_identifier(
            article.article_id, [(span.start, span.end) for span in candidate.spans]
        ),
        "article_id": article.article_id,
        "speaker_id": speaker_id,
        "type": candidate.type,
        "text": " ".join(text[span.start : span.end] for span in candidate.spans),
        "spans": [Span(start=span.start, end=span.end) for span in candidate.spans],
        "mention": _mention(text, None if source is None else Range(source.start, source.end)),
        "cue": _mention(text, candidate.cue),
        "context": _context(text, candidate.context, candidate.spans[0].start, candidate.spans[-1].end),
        "language": article.language,
        "confidence": resolved.confidence,
        "duplicate_of": None,
        "flags": list(candidate.flags),
    }


def _context(text: str, sentences: Range, start: int, end: int) -> str:
    """The sentences round a record, as far as they are near it."""
    return text[max(sentences.start, start - LONGEST_CONTEXT) : min(sentences.end, end + LONGEST_CONTEXT)]


def _mention(text: str, place: Range | None) -> dict[str, Any] | None:
    return place and {"text": text[place.start : place.end], "start": place.start, "end": place.end}


def _add_statistics(records: ArticleRecords, extraction: Extraction, held: Sequence[_Held]) -> None:
    """Add the figures, each with the innermost quote that it lies inside; the same span twice is one."""
    open_spans: list[_Held] = []
    following = 0
    last: tuple[int, int] | None = None
    for found in sorted(extraction.statistics, key=lambda statistic: (statistic.start, statistic.end)):
        if (found.start, found.end) == last:
            continue
        last = found.start, found.end
        while following < len(held) and held[following].start <= found.start:
            open_spans.append(held[following])
            following += 1
        open_spans = [span for span in open_spans if span.end > found.start]
        inside = next((span for span in reversed(open_spans) if span.end >= found.end), None)
        fields = _statistic(records.article, found, inside.quote if inside else None)
        statistic = _made(Statistic, fields, records, f"at {found.start}–{found.end}")
        if statistic is not None:
            records.statistics.append(statistic)
            records.statistic_speakers.append(inside.speaker if inside else None)


def _statistic(article: Article, found: StatisticCandidate, quote: Quote | None) -> dict[str, Any]:
    text = article.text or ""
    change = found.change
    return {
        "statistic_id": statistic_identifier(article.article_id, found.start, found.end),
        "article_id": article.article_id,
        "quote_id": quote.quote_id if quote else None,
        "speaker_id": quote.speaker_id if quote else None,
        "text": text[found.start : found.end],
        "start": found.start,
        "end": found.end,
        "value": found.value,
        "value_max": found.value_max,
        "unit": found.unit,
        "kind": found.kind,
        "qualifier": found.qualifier,
        "per": found.per,
        "subject": found.subject and text[found.subject.start : found.subject.end],
        "subject_span": found.subject and {"start": found.subject.start, "end": found.subject.end},
        "period": _mention(text, found.period),
        "comparison": _mention(text, found.comparison),
        "change_id": change and change_identifier(article.article_id, *change.first),
        "change_role": change and change.role,
        "change_direction": change and change.direction,
        "context": _context(text, found.context, found.start, found.end),
        "confidence": found.confidence,
        "flags": list(dict.fromkeys(found.flags)),
    }


def _add_speakers(records: ArticleRecords, extraction: Extraction, blocks: Sequence[str]) -> None:
    """Add the speakers that have a quote here, with how many."""
    article = records.article
    quotes = Counter(records.quote_speakers)
    for number, (speaker, block) in enumerate(zip(extraction.speakers, blocks, strict=True)):
        if quotes[number]:
            if not speaker.name:  # found here it costs this article, in linking it would cost the build
                raise ValueError("a speaker without a name")
            records.speakers.append(
                QuotedSpeaker(
                    article_id=article.article_id,
                    local_speaker=number,
                    published=article.published,
                    language=article.language,
                    kind=speaker.kind,
                    block=block,
                    name=speaker.name,
                    aliases=speaker.aliases,
                    role=speaker.role,
                    organization=speaker.organization,
                    quotes=quotes[number],
                )
            )
