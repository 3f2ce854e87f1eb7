"""Traditional characters written as simplified ones, one for one, so that offsets stay."""

from functools import cache

from pydantic import BaseModel, ConfigDict, field_validator

from build_dataset.lang.pack import load_data


class _Pairs(BaseModel):
    """What `script.yaml` holds: words of two characters, the traditional and its simplified one."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    pairs: list[str]

    @field_validator("pairs", mode="before")
    @classmethod
    def _split(cls, value: str) -> list[str]:
        return value.split()

    @field_validator("pairs")
    @classmethod
    def _check(cls, value: list[str]) -> list[str]:
        for pair in value:
            if len(pair) != 2:
                raise ValueError(f"{pair!r} is no pair of characters")
        if len({pair[0] for pair in value}) != len(value):
            raise ValueError("a traditional character stands twice")
        return value


@cache
def _table() -> dict[int, str]:
    return {ord(pair[0]): pair[1] for pair in load_data(_Pairs, "zh", "script").pairs}


def to_simplified(text: str) -> str:
    """The text in simplified characters; as long as `text`, every other character as it is."""
    return text.translate(_table())
