"""The table `statistics`: one row a number with what it measures."""

from enum import StrEnum

from pydantic import Field

from .record import Record


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
    kind: StatisticKind = Field(
        description="`money`, `percent`, `count`, `duration`, `measure`, `ratio`, `score` or `rank`"
    )
    qualifier: Qualifier | None = Field(
        description="`about`, `at_least`, `at_most`, `nearly`; null where none is stated"
    )
    subject: str | None = Field(description="what it is a figure of, in the article's words")
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
