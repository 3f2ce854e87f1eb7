"""From records to findings: what is always true of a dataset, checked before it is put in place."""

from build_dataset.validate.description import check_description
from build_dataset.validate.finding import Finding
from build_dataset.validate.report import ValidationReport, validate
from build_dataset.validate.tables import Contents, check_tables

__all__ = ["Contents", "Finding", "ValidationReport", "check_description", "check_tables", "validate"]
