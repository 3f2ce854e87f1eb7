"""The table `statistics`: one row a number with what it measures."""

from enum import StrEnum

from pydantic import Field

from .record import Record
from .span import Mention, Span


class StatisticKind(StrEnum):
    """What sort of quantity the number is."""

    MONEY = "money"
    PERCENT = "percent"
    COUNT = "count"
    DURATION = "duration"
    MEASURE = "measure"
    RATIO = "ratio"
    SCORE = "score"
    RANK = "rank"


class Qualifier(StrEnum):
    """How the words around a number bend it."""

    ABOUT = "about"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    NEARLY = "nearly"


class ChangeRole(StrEnum):
    """What a figure is in a change: how much, from where, to where."""

    BY = "by"
    FROM = "from"
    TO = "to"


class ChangeDirection(StrEnum):
    """Which way something changed."""

    UP = "up"
    DOWN = "down"


class StatisticFlag(StrEnum):
    """What a careful consumer wants to know of a statistic."""

    IMPLAUSIBLE = "implausible"
    GARBLED = "garbled"


class Statistic(Record):
    """A number in an article, with its unit and what it is a figure of."""

    statistic_id: str = Field(pattern=r"^sta_[0-9a-f]{20}$", description="made from the article and the span")
    article_id: str = Field(description="the article it stands in")
    quote_id: str | None = Field(description="the quote it lies inside")
    speaker_id: str | None = Field(description="who thereby claims it")
    text: str = Field(min_length=1, description="number with its unit, without the qualifier")
    start: int = Field(
        ge=0, description="first code point of `text` in the article", json_schema_extra={"arrow": "int32"}
    )
    end: int = Field(ge=1, description="one past its last code point", json_schema_extra={"arrow": "int32"})
    value: float = Field(description="the number with its scale applied; the lower end of a range")
    value_max: float | None = Field(description="the upper end of a range; null otherwise")
    unit: str | None = Field(
        description="ISO 4217 code, `percent`, `second` … `century`, a measure in English, `times`, "
        "or the counted noun; null for a bare fraction"
    )
    per: str | None = Field(
        description="what money, a count, a length of time or a percentage is per (`hour` of $5 an hour); "
        "null where it is no rate; a measure has it in `unit`"
    )
    kind: StatisticKind = Field(
        description="`money`, `percent`, `count`, `duration`, `measure`, `ratio`, `score` or `rank`"
    )
    qualifier: Qualifier | None = Field(
        description="`about`, `at_least`, `at_most`, `nearly`; null where none is stated"
    )
    subject: str | None = Field(description="what it is a figure of, in the article's words")
    subject_span: Span | None = Field(description="where `subject` stands in the article")
    period: Mention | None = Field(
        description="the words that say which time it is for (`in 2023`, `in the next five years`)"
    )
    comparison: Mention | None = Field(
        description="the words that say what it is compared with (`from a year earlier`, `同比`)"
    )
    change_id: str | None = Field(
        pattern=r"^cha_[0-9a-f]{20}$",
        description="the same for all figures of one change; null for a level",
    )
    change_role: ChangeRole | None = Field(
        description="what it is in the change: how much (`by`), from where (`from`), to where (`to`)"
    )
    change_direction: ChangeDirection | None = Field(
        description="`up` or `down`; null where the words do not say"
    )
    context: str = Field(min_length=1, description="the sentence it stands in")
    confidence: float = Field(
        ge=0,
        le=1,
        description="estimated probability that span, value and unit are right",
        json_schema_extra={"arrow": "float32"},
    )
    flags: list[StatisticFlag] = Field(
        description="`implausible`: cannot be right as printed; `garbled`: broken by masking or run together"
    )
