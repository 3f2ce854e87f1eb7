"""What a check finds: a record or a file that breaks a rule."""

from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """One violation.

    `code` is the name of the check, `where` the table or file, `record` the identifier of the row (None where
    the finding is about the table or file as a whole), `message` one plain sentence.
    """

    code: str
    where: str
    record: str | None
    message: str

    def __str__(self) -> str:
        """`quotes quo_12…: message (code)`."""
        place = f"{self.where} {self.record}" if self.record else self.where
        return f"{place}: {self.message} ({self.code})"

    def as_json(self) -> dict[str, str | None]:
        """The finding as a JSON object."""
        return asdict(self)
