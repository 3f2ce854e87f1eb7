"""What all record types share."""

from pydantic import BaseModel, ConfigDict


class Record(BaseModel):
    """A published record: immutable, and no column beyond those described."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)
