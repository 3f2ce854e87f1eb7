"""Comparing dataset folders: the same as in memory for any tables, and no more memory for larger ones."""

import gc
import tracemalloc
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from build_dataset.examine.diff import compare, partitions
from tests.examine.folders import Rows, as_plain, differences, make_folder, plain_difference

SCHEMA = pa.schema(
    [
        ("speaker_id", pa.string()),
        ("name", pa.string()),
        ("share", pa.float64()),
        ("aliases", pa.list_(pa.struct([("name", pa.string()), ("language", pa.string())]))),
    ]
)
ALIASES = st.lists(
    st.fixed_dictionaries({"name": st.sampled_from("xy"), "language": st.just("en")}), max_size=2
)
RECORDS = st.fixed_dictionaries(
    {
        "name": st.sampled_from(["", "a", "“b”"]) | st.none(),
        "share": st.sampled_from([0.1, 0.1 + 2**-56, 2.0]) | st.none(),
        "aliases": ALIASES,
    }
)
KEYS = st.sampled_from([f"spk_{number}" for number in range(12)])
TABLE = st.dictionaries(KEYS, RECORDS)
SHARED = st.dictionaries(st.sampled_from(["spk_in", "spk_both"]), RECORDS)


def rows_of(table: dict[str, Any]) -> Rows:
    return [{"speaker_id": key, **record} for key, record in table.items()]


@st.composite
def files(draw: st.DrawFn, rows: Rows, shared: Rows) -> list[pa.Table]:
    """The rows in any order, cut into any files, and one more file somewhere among them."""
    shuffled = draw(st.permutations(rows))
    cuts = sorted(draw(st.lists(st.integers(0, len(rows)), max_size=3)))
    parts = [shuffled[start:end] for start, end in zip([0, *cuts], [*cuts, len(rows)], strict=True)]
    parts.insert(draw(st.integers(0, len(parts))), shared)
    return [pa.Table.from_pylist(part, schema=SCHEMA) for part in parts]


@given(st.data(), TABLE, TABLE, SHARED)
@settings(max_examples=40, deadline=None)
def test_it_finds_what_dictionaries_in_memory_tell(
    data: st.DataObject, old: dict[str, Any], new: dict[str, Any], shared: dict[str, Any]
) -> None:
    """Whatever the files, the order of the rows and the number of partitions."""
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        sides = [
            make_folder(Path(folder, name), "speakers", data.draw(files(rows_of(table), rows_of(shared))))
            for name, table in (("old", old), ("new", new))
        ]
        found = differences(*sides)
        assert len(found) == len(as_plain(found))
        assert as_plain(found) == plain_difference(old, new)
        patch.setattr(partitions, "PARTITION_ROWS", data.draw(st.integers(1, 5)))
        assert differences(*sides) == found


ROWS = st.lists(st.builds(lambda key, name: {"speaker_id": key, "name": name}, KEYS, st.sampled_from("xyz")))


@given(st.data(), ROWS, ROWS, ROWS)
@settings(max_examples=25, deadline=None)
def test_repeated_identifiers_are_paired_by_content(
    data: st.DataObject, old: Rows, new: Rows, shared: Rows
) -> None:
    """Equal rows first, then the others; whether they stand in files that are opened or not."""
    with TemporaryDirectory() as folder:
        sides = [
            make_folder(Path(folder, name), "speakers", data.draw(files(rows, shared)))
            for name, rows in (("old", old), ("new", new))
        ]
        found = differences(*sides)
    before, after = (Counter((row["speaker_id"], row["name"]) for row in rows) for rows in (old, new))
    gone, come = (Counter(key for key, _ in rest.elements()) for rest in (before - after, after - before))
    assert Counter((one.id, one.change) for one in found) == Counter(
        {(key, "changed"): number for key, number in (gone & come).items()}
        | {(key, "removed"): number for key, number in (gone - come).items()}
        | {(key, "added"): number for key, number in (come - gone).items()}
    )


def speakers(first: int, number: int, name: Callable[[int], str]) -> pa.Table:
    numbers = range(first, first + number)
    return pa.table(
        {
            "speaker_id": [f"spk_{one:020x}" for one in numbers],
            "name": [name(one) for one in numbers],
            "quotes": list(numbers),
        }
    )


def peak(folder: Path, rows: int) -> tuple[int, int]:
    """The most memory that a comparison takes (bytes of Arrow, bytes of Python).

    A tenth of the records differ on each side.
    """
    part = 5_000
    starts = range(0, rows, part)
    old = make_folder(folder / f"old{rows}", "speakers", [speakers(n, part, str) for n in starts])
    new = make_folder(
        folder / f"new{rows}",
        "speakers",
        [speakers(n + 500, part, lambda one: f"{one}" if one % 10 else "new") for n in reversed(starts)],
    )
    gc.collect()
    before = pa.default_memory_pool()
    pool = pa.proxy_memory_pool(before)
    pa.set_memory_pool(pool)
    tracemalloc.start()
    try:
        with compare(old, new) as comparison:
            assert sum(1 for _ in comparison.records()) >= rows / 10
        return pool.max_memory(), tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
        pa.set_memory_pool(before)


def test_memory_does_not_grow_with_the_tables(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(partitions, "PARTITION_ROWS", 5_000)
    peak(tmp_path / "warm", 5_000)  # what is imported and allocated once

    few, many = peak(tmp_path, 20_000), peak(tmp_path, 80_000)

    assert many[0] < 1.5 * few[0]
    assert many[1] < 1.5 * few[1]
