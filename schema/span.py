"""Where a record stands in its article."""

from pydantic import Field

from .record import Record


class Span(Record):
    """A half-open range `[start, end)` of the article's text, in Unicode code points."""

    start: int = Field(ge=0, description="first code point of the span", json_schema_extra={"arrow": "int32"})
    end: int = Field(ge=1, description="one past its last code point", json_schema_extra={"arrow": "int32"})


class Mention(Record):
    """A span together with the words it cuts out."""

    text: str = Field(min_length=1, description="the words between `start` and `end`")
    start: int = Field(
        ge=0, description="first code point of the words", json_schema_extra={"arrow": "int32"}
    )
    end: int = Field(ge=1, description="one past their last code point", json_schema_extra={"arrow": "int32"})
