"""What differs between two dataset folders: records added, removed and changed, field by field.

    read both folders → deal the rows of a table into partitions by identifier → compare partition by partition

Memory does not grow with the tables: rows and differences wait on disk (in the folder that `TMPDIR` names),
and one partition of each side is in memory at a time. Files that both folders have are not opened.
"""

from build_dataset.examine.diff.comparison import Comparison, compare
from build_dataset.examine.diff.differences import (
    CHANGES,
    Change,
    ColumnDifference,
    Counts,
    Difference,
    FileDifference,
    SettingDifference,
)

__all__ = [
    "CHANGES",
    "Change",
    "ColumnDifference",
    "Comparison",
    "Counts",
    "Difference",
    "FileDifference",
    "SettingDifference",
    "compare",
]
