"""The validation of a dataset folder, and what is reported of it."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from build_dataset.validate.description import check_description
from build_dataset.validate.finding import Finding
from build_dataset.validate.parts import Texts
from build_dataset.validate.tables import check_tables
from build_dataset.write.manifest import read_manifest


@dataclass(frozen=True, slots=True)
class ValidationReport:
    """What the checks found in a dataset folder."""

    folder: Path
    rows: dict[str, int] = field(default_factory=dict)
    """Table → number of rows; empty where the files cannot be read as tables."""
    findings: tuple[Finding, ...] = ()

    @property
    def valid(self) -> bool:
        """Whether nothing was found."""
        return not self.findings

    def as_json(self) -> dict[str, Any]:
        """The report as a JSON object."""
        return {
            "valid": self.valid,
            "rows": self.rows,
            "findings": [finding.as_json() for finding in self.findings],
        }


def validate(folder: Path, texts: Texts | None = None) -> ValidationReport:
    """Check a dataset folder against everything that is always true of one.

    Args:
        folder: the dataset folder.
        texts: gives the texts that the dataset was built without.

    Raises:
        DatasetError: there is no dataset folder.
    """
    read_manifest(folder)
    contents = check_tables(folder, texts)
    findings = (*contents.findings, *check_description(folder, contents))
    return ValidationReport(folder, contents.rows, findings)
