"""From records to findings: everything that is always true of a dataset, checked before it is put in place."""

from build_dataset.validate.finding import Finding
from build_dataset.validate.report import ValidationReport, validate

__all__ = ["Finding", "ValidationReport", "validate"]
