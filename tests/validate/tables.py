"""Read and change the tables of a dataset folder."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from build_dataset.schema.derived import arrow_schema
from build_dataset.validate import Finding, validate
from build_dataset.write.parquet import write_parquet

Rows = list[dict[str, Any]]

DESCRIPTIONS = {"files_are_as_listed", "manifest_is_in_step", "card_is_in_step", "croissant_is_in_step"}
"""What any change of a table breaks: the manifest, the card and croissant.json tell of the old one."""


def shard(folder: Path, table: str) -> Path:
    return folder / table / "train-00000-of-00001.parquet"


def read(folder: Path, table: str) -> Rows:
    return list(pq.read_table(shard(folder, table)).to_pylist())


def write(folder: Path, table: str, rows: Rows) -> None:
    write_parquet(table, pa.Table.from_pylist(rows, schema=arrow_schema(table)), shard(folder, table))


def findings(folder: Path) -> list[Finding]:
    """What is found in the tables themselves."""
    return [finding for finding in validate(folder).findings if finding.code not in DESCRIPTIONS]


def change(folder: Path, table: str, edit: Callable[[Rows], object]) -> Rows:
    rows = read(folder, table)
    edit(rows)
    write(folder, table, rows)
    return rows


def number(rows: Rows, fits: Callable[[dict[str, Any]], object]) -> int:
    """The place of the first row that fits."""
    return next(place for place, row in enumerate(rows) if fits(row))
