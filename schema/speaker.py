"""The table `speakers`: one row a distinct source over the whole corpus."""

from enum import StrEnum

from pydantic import Field

from .record import Record


class SpeakerKind(StrEnum):
    """What sort of source it is."""

    PERSON = "person"
    ORGANIZATION = "organization"
    DOCUMENT = "document"
    UNNAMED = "unnamed"


class Alias(Record):
    """Another form of a speaker's name."""

    name: str = Field(min_length=1, description="the form met")
    language: str = Field(description="BCP 47 tag of the article it was met in")


class Speaker(Record):
    """A person, organization, document or unnamed group that is quoted."""

    speaker_id: str = Field(
        pattern=r"^spk_[0-9a-f]{20}$",
        description="stable under adding articles wherever the identity does not change",
    )
    name: str = Field(min_length=1, description="canonical form")
    aliases: list[Alias] = Field(description="other forms met, other scripts included")
    kind: SpeakerKind = Field(description="`person`, `organization`, `document` or `unnamed`")
    role: str | None = Field(description="office or profession as stated, the most frequent")
    organization: str | None = Field(description="where the role is held, as stated, the most frequent")
    articles: int = Field(
        ge=1, description="in how many articles it is quoted", json_schema_extra={"arrow": "int32"}
    )
    quotes: int = Field(ge=1, description="how many quotes are its own", json_schema_extra={"arrow": "int32"})
