"""The checks of a dataset in parts: whatever the parts and whoever checks them, the same is found and digested."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from build_dataset.build import build
from build_dataset.errors import DatasetError
from build_dataset.executors.executor import Failure
from build_dataset.executors.local import ProcessPerTask
from build_dataset.schema.derived import arrow_schema
from build_dataset.validate import Contents, check_tables, parts
from build_dataset.write.inventory import shard_paths
from build_dataset.write.parquet import write_parquet

Rows = list[dict[str, Any]]


@pytest.fixture
def in_files(corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A dataset whose tables have several files each."""
    monkeypatch.setattr("build_dataset.write.cut.LEAST_BYTES", 1)
    return build([corpus], tmp_path / "cut").folder


def put_everywhere(column: str, value: object) -> Callable[[Rows], None]:
    def edit(rows: Rows) -> None:
        for row in rows:
            row[column] = value

    return edit


def no_edit(_rows: Rows) -> None:
    """What was built is sound."""


EDITS: list[tuple[str, Callable[[Rows], object]]] = [
    ("articles", no_edit),
    ("articles", put_everywhere("characters", 3)),
    ("articles", lambda rows: rows.append(rows[0])),
    ("articles", lambda rows: rows.clear()),
    ("quotes", put_everywhere("text", "never said")),
    ("quotes", put_everywhere("speaker_id", "spk_" + "0" * 20)),
    ("quotes", put_everywhere("article_id", "art_" + "0" * 20)),
    ("quotes", lambda rows: rows.insert(0, rows[0] | {"article_id": "art_" + "0" * 20})),
    ("quotes", lambda rows: rows.reverse()),
    ("quotes", lambda rows: rows.clear()),
    ("statistics", put_everywhere("kind", "odd")),
    ("statistics", lambda rows: rows.reverse()),
    ("speakers", put_everywhere("quotes", 99)),
    ("speakers", put_everywhere("kind", "ghost")),
    ("speakers", lambda rows: rows.append(rows[0])),
    ("speakers", lambda rows: rows.clear()),
]


@pytest.mark.parametrize(("table", "edit"), EDITS)
def test_the_same_is_found_in_any_parts(
    table: str, edit: Callable[[Rows], object], in_files: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    edit_rows(in_files, table, edit)
    whole = check_tables(in_files)
    monkeypatch.setattr(parts, "PART_ROWS", 1)
    cut = check_tables(in_files)

    assert bool(whole.findings) == (edit is not no_edit)
    assert (cut.rows, cut.digests, cut.findings) == (whole.rows, whole.digests, whole.findings)


def edit_rows(folder: Path, table: str, edit: Callable[[Rows], object]) -> None:
    """Change the rows of a table and share them out over its files, some of which have none then."""
    paths = shard_paths(folder, table)
    rows = [row for path in paths for row in pq.read_table(path).to_pylist()]
    edit(rows)
    share = -(-len(rows) // max(len(paths) - 1, 1)) or 1
    for number, path in enumerate(paths):
        some = rows[number * share : (number + 1) * share]
        write_parquet(table, pa.Table.from_pylist(some, schema=arrow_schema(table)), path)


def test_workers_find_the_same(in_files: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    edit_rows(in_files, "statistics", put_everywhere("kind", "odd"))
    whole = check_tables(in_files)
    monkeypatch.setattr(parts, "PART_ROWS", 1)
    aside = tmp_path / "aside"
    aside.mkdir()

    assert check_tables(in_files, executor=ProcessPerTask(2), aside=aside) == whole
    assert [*aside.iterdir()] == []


class Backwards:
    """An executor that is given its tasks in one order and does them in the other."""

    def run(self, function: Callable[[Any], Any], tasks: Any, on_result: Callable[[Any, Any], None]) -> Any:
        for task in reversed(tasks):
            on_result(task, function(task))
        return []


def test_parts_that_end_in_another_order_give_the_same(
    in_files: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole: Contents = check_tables(in_files)
    monkeypatch.setattr(parts, "PART_ROWS", 1)

    assert check_tables(in_files, executor=Backwards()) == whole


class Deadly:
    """An executor whose workers die."""

    def run(self, function: Any, tasks: Any, on_result: Any) -> Any:
        return [Failure(task, "its process ended with exit code -9") for task in tasks]


def test_a_worker_that_dies_is_an_error(dataset: Path) -> None:
    with pytest.raises(DatasetError, match="validate: its process ended with exit code -9; is there enough"):
        check_tables(dataset, executor=Deadly())
