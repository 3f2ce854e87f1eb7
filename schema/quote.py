"""The table `quotes`: one row for each thing somebody is reported to have said or thought."""

from enum import StrEnum

from pydantic import Field

from .record import Record
from .span import Mention, Span


class QuoteType(StrEnum):
    """How the words are given."""

    DIRECT = "direct"
    MIXED = "mixed"
    INDIRECT = "indirect"


class QuoteFlag(StrEnum):
    """What a careful consumer wants to know of a quote."""

    UNCLOSED_QUOTATION_MARK = "unclosed_quotation_mark"
    UNOPENED_QUOTATION_MARK = "unopened_quotation_mark"
    NO_QUOTATION_MARKS = "no_quotation_marks"
    INFERRED_SPEAKER = "inferred_speaker"
    CONTINUATION = "continuation"


class Quote(Record):
    """What the article attributes to a source: said, written, announced, believed, predicted."""

    quote_id: str = Field(pattern=r"^quo_[0-9a-f]{20}$", description="made from the article and the spans")
    article_id: str = Field(description="the article it stands in")
    speaker_id: str | None = Field(description="who said it; null where the article names nobody")
    type: QuoteType = Field(
        description="`direct`: all in quotation marks; `indirect`: paraphrased; `mixed`: a paraphrase with quoted words"
    )
    text: str = Field(min_length=1, description="the content: the text of the spans, joined with one space")
    spans: list[Span] = Field(
        min_length=1, description="where the content stands, without the outer quotation marks"
    )
    mention: Mention | None = Field(description="the words that name the source here (`He`)")
    cue: Mention | None = Field(description="the verb or phrase that attributes (`said`, `according to`)")
    context: str = Field(min_length=1, description="the sentence or sentences the quote stands in")
    language: str = Field(description="BCP 47 tag of the article")
    confidence: float = Field(
        ge=0,
        le=1,
        description="estimated probability that content and speaker are right",
        json_schema_extra={"arrow": "float32"},
    )
    duplicate_of: str | None = Field(
        description="the first quote with the same words and speaker, in another article; null for that one, so that "
        "the rows with null count what was said once"
    )
    flags: list[QuoteFlag] = Field(description="what to know before using it")
