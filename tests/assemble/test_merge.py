"""The merge of sorted files, range by range: what sorting everything at once gives."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from build_dataset.assemble import merge
from build_dataset.assemble.merge import merge_sorted
from build_dataset.assemble.speakers import SPEAKERS_BY
from build_dataset.shards.rows import write_rows

SCHEMA = pa.schema(
    [
        ("at_home", pa.bool_()),
        ("published", pa.date32()),
        ("home", pa.string()),
        ("name", pa.string()),
        ("speaker_id", pa.string()),
        ("row", pa.int64()),
    ]
)
NAMES = st.sampled_from(["", "a", "Ann", "é", "张伟", "𝒜", "\uffff"])
ROWS = st.builds(
    lambda day, home, name, key: {
        "at_home": home is not None,
        "published": day and date(1969, 12, 28) + timedelta(days=day),
        "home": home,
        "name": name,
        "speaker_id": key,
    },
    st.none() | st.integers(1, 9),
    st.none() | NAMES,
    NAMES,
    NAMES,
)


def sorted_files(buckets: list[list[dict[str, Any]]], folder: Path) -> list[Path]:
    paths, row = [], 0
    for number, bucket in enumerate(buckets):
        numbered = [one | {"row": row + place} for place, one in enumerate(bucket)]
        row += len(bucket)
        paths.append(folder / f"{number}.arrow")
        write_rows(paths[-1], pa.Table.from_pylist(numbered, schema=SCHEMA).sort_by(SPEAKERS_BY))
    return paths


def everything(buckets: list[list[dict[str, Any]]]) -> pa.Table:
    rows = [one for bucket in buckets for one in bucket]
    numbered = [one | {"row": place} for place, one in enumerate(rows)]
    return pa.Table.from_pylist(numbered, schema=SCHEMA).sort_by(SPEAKERS_BY)


@settings(max_examples=150, deadline=None)
@given(
    buckets=st.lists(st.lists(ROWS, max_size=12), min_size=1, max_size=6),
    sampled=st.integers(1, 4),
    ranges=st.integers(1, 3),
)
def test_it_is_the_order_of_all(
    buckets: list[list[dict[str, Any]]],
    sampled: int,
    ranges: int,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    files = sorted_files(buckets, tmp_path_factory.mktemp("merge"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(merge, "SAMPLED", sampled)
        patch.setattr(merge, "RANGE_ROWS", sampled * ranges)
        merged = pa.concat_tables(merge_sorted(files, SPEAKERS_BY))

    assert merged.equals(everything(buckets).combine_chunks())


def test_no_more_rows_are_held_than_shall_be(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(merge, "SAMPLED", 4)
    monkeypatch.setattr(merge, "RANGE_ROWS", 100)
    rows = [
        {"at_home": True, "published": date(2024, 1, 1), "home": f"{row * 7919 % 5000:05}", "name": "a"}
        for row in range(5000)
    ]
    files = sorted_files([rows[number::5] for number in range(5)], tmp_path)
    sizes = [rows.num_rows for rows in merge_sorted(files, SPEAKERS_BY)]

    assert sum(sizes) == 5000
    assert max(sizes) <= 100 + 5 * 4
