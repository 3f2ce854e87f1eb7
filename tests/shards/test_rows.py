"""Rows come back as they were put aside, in one batch or in many."""

from pathlib import Path

import pyarrow as pa
import pytest

from build_dataset.shards.rows import RowWriters, read_rows, take_rows, write_rows

ROWS = pa.table({"number": range(10), "text": [str(number) * number for number in range(10)]})


@pytest.fixture(params=[1, 3, 10])
def path(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A file with the rows in batches of so many."""
    with RowWriters(tmp_path) as rows:
        for start in range(0, 10, request.param):
            rows.write("some", ROWS.slice(start, request.param))
    assert rows.rows == {"some": 10}
    return tmp_path / "some.arrow"


def test_all_of_them(path: Path) -> None:
    assert read_rows(path).equals(ROWS)


@pytest.mark.parametrize("wanted", [[], [3], [9, 0, 5], [7, 7, 1, 2, 8, 0, 7], list(range(10))])
def test_some_of_them_in_the_order_that_is_asked_for(path: Path, wanted: list[int]) -> None:
    assert take_rows(path, wanted).equals(ROWS.take(pa.array(wanted, pa.int64())))


def test_of_a_table_without_rows(tmp_path: Path) -> None:
    write_rows(tmp_path / "none.arrow", ROWS.slice(0, 0))

    assert take_rows(tmp_path / "none.arrow", []).equals(ROWS.slice(0, 0))
