"""What differs between two dataset folders: records by identifier, whatever files and order they stand in."""

import json
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from build_dataset.build import build
from build_dataset.errors import DatasetError
from build_dataset.examine.diff import Difference, compare
from build_dataset.schema import TABLES
from tests.conftest import write_corpus
from tests.examine.folders import differences, make_folder, read, write


def edit(folder: Path, table: str, change: Callable[[list[dict[str, Any]]], object]) -> None:
    """Change the rows of a table in place."""
    rows = read(folder, table)
    change(rows)
    write(folder, table, rows)


def of(found: list[Difference], table: str, change: str) -> list[Difference]:
    return [one for one in found if (one.table, one.change) == (table, change)]


def rebuilt(tmp_path: Path, change: Callable[[Path], object]) -> Path:
    """The dataset of the corpus after a change of its files."""
    corpus = write_corpus(tmp_path / "news")
    change(corpus)
    report = build([corpus], tmp_path / "rebuilt")
    assert not report.findings
    return report.folder


def test_a_folder_equals_its_copy(dataset: Path, dataset_copy: Path) -> None:
    with compare(dataset, dataset_copy) as comparison:
        assert comparison.equal
        assert not list(comparison.records())
        assert not comparison.files
        assert not comparison.settings
        assert not comparison.columns
        assert {table: counts.unchanged for table, counts in comparison.counts.items()} == {
            table: len(read(dataset, table)) for table in TABLES
        }


def test_records_are_the_same_in_other_files_and_another_order(dataset: Path, dataset_copy: Path) -> None:
    for table in TABLES:
        rows = read(dataset, table)[::-1]
        write(dataset_copy, table, rows[:1], [], rows[1:3], rows[3:])

    with compare(dataset, dataset_copy) as comparison:
        assert comparison.equal
        assert not list(comparison.records())
        assert {file.path.split("/")[0] for file in comparison.files} == set(TABLES)


def test_an_article_that_another_date_moves_is_changed(dataset: Path, tmp_path: Path) -> None:
    def put_off(corpus: Path) -> None:
        lines = (corpus / "more.jsonl").read_text(encoding="utf-8")
        (corpus / "more.jsonl").write_text(lines.replace("2024-03-05", "1999-01-01"), encoding="utf-8")

    folder = rebuilt(tmp_path, put_off)

    (found,) = differences(dataset, folder)
    (article,) = [row for row in read(dataset, "articles") if row["published"] == date(2024, 3, 5)]
    assert found == Difference(
        "articles",
        "changed",
        article["article_id"],
        "more.jsonl#1",
        {"published": ("2024-03-05", "1999-01-01")},
    )
    assert read(dataset, "articles").index(article) > 0
    assert read(folder, "articles")[0]["article_id"] == article["article_id"]


def test_one_more_source_adds_an_article_with_its_records(dataset: Path, tmp_path: Path) -> None:
    text = 'The road is closed.\n\n"We need 14 days," said Hanna Berg, mayor of Vik.\n'
    folder = rebuilt(tmp_path, lambda corpus: (corpus / "road.txt").write_text(text, encoding="utf-8"))

    found = differences(dataset, folder)
    assert {(one.table, one.change, one.label) for one in found} == {
        ("articles", "added", "road.txt"),
        ("quotes", "added", "We need 14 days,"),
        ("statistics", "added", "14 days · We"),
        ("speakers", "added", "Hanna Berg · mayor"),
    }
    assert differences(folder, dataset) == [
        Difference(one.table, "removed", one.id, one.label, {}) for one in found
    ]


def test_another_text_is_another_article(dataset: Path, tmp_path: Path) -> None:
    def correct(corpus: Path) -> None:
        text = (corpus / "港口.txt").read_text(encoding="utf-16")
        (corpus / "港口.txt").write_text(text.replace("300万", "400万"), encoding="utf-16")

    found = differences(dataset, rebuilt(tmp_path, correct))

    (removed,), (added,) = of(found, "articles", "removed"), of(found, "articles", "added")
    assert removed.label == added.label == "港口.txt"
    assert removed.id != added.id


def test_fields_are_compared_by_value(dataset: Path, dataset_copy: Path) -> None:
    def change(rows: list[dict[str, Any]]) -> None:
        rows[0]["spans"] = [{"start": 1, "end": 2}]
        rows[1]["speaker_id"] = None
        rows[1]["flags"] = ["continuation"]

    first, second, *_ = read(dataset, "quotes")
    edit(dataset_copy, "quotes", change)

    with compare(dataset, dataset_copy) as comparison:
        found = list(comparison.records())
        counts = comparison.counts["quotes"]
        assert not comparison.equal
    assert [one.id for one in found] == [first["quote_id"], second["quote_id"]]
    assert found[0].fields == {"spans": (first["spans"], [{"start": 1, "end": 2}])}
    assert found[1].fields == {
        "speaker_id": (second["speaker_id"], None),
        "flags": (second["flags"], ["continuation"]),
    }
    assert (counts.changed, counts.added, counts.removed) == (2, 0, 0)
    assert counts.fields == {"spans": 1, "speaker_id": 1, "flags": 1}
    assert counts.old == counts.new == len(read(dataset, "quotes"))


def test_a_column_of_one_side_is_a_difference_of_the_schema(dataset: Path, dataset_copy: Path) -> None:
    path = dataset_copy / "speakers" / "train-00000-of-00001.parquet"
    table = pq.read_table(path)
    kinds = pa.array(range(len(table)), pa.int64())
    pq.write_table(table.drop_columns(["role"]).append_column("rank", kinds), path)

    with compare(dataset, dataset_copy) as comparison:
        assert not comparison.equal
        assert not list(comparison.records())
        assert [(one.table, one.column, one.old, one.new) for one in comparison.columns] == [
            ("speakers", "rank", None, "int64"),
            ("speakers", "role", "string", None),
        ]


def test_a_column_of_another_type_is_compared_by_value(dataset: Path, dataset_copy: Path) -> None:
    path = dataset_copy / "speakers" / "train-00000-of-00001.parquet"
    rows = pq.read_table(path).to_pylist()
    rows[1]["quotes"] += 1
    pq.write_table(pa.Table.from_pylist(rows), path)  # every column nullable, numbers of 64 bits

    with compare(dataset, dataset_copy) as comparison:
        (found,) = comparison.records()
        quotes = next(one for one in comparison.columns if one.column == "quotes")
        assert (quotes.old, quotes.new) == ("int32 not null", "int64")
    assert (found.id, found.fields) == (
        rows[1]["speaker_id"],
        {"quotes": (rows[1]["quotes"] - 1, rows[1]["quotes"])},
    )


def test_a_dictionary_is_read_as_its_values(dataset: Path, dataset_copy: Path) -> None:
    path = dataset_copy / "speakers" / "train-00000-of-00001.parquet"
    table = pq.read_table(path)
    pq.write_table(table.set_column(3, "kind", table["kind"].dictionary_encode()), path)

    assert differences(dataset, dataset_copy) == []


def test_versions_options_and_other_files_are_compared(dataset: Path, dataset_copy: Path) -> None:
    manifest = json.loads((dataset_copy / "manifest.json").read_text(encoding="utf-8"))
    manifest |= {"schema_version": "9.0.0", "options": manifest["options"] | {"pace": "slow"}}
    (dataset_copy / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    (dataset_copy / "README.md").write_text("other", encoding="utf-8")
    (dataset_copy / "croissant.json").unlink()

    with compare(dataset, dataset_copy) as comparison:
        assert comparison.equal
        assert [(one.name, one.new) for one in comparison.settings] == [
            ("options.pace", "slow"),
            ("schema_version", "9.0.0"),
        ]
        assert [(file.path, file.new is None) for file in comparison.files] == [
            ("README.md", False),
            ("croissant.json", True),
            ("manifest.json", False),
        ]


def test_an_identifier_that_stands_twice_is_compared(dataset: Path, dataset_copy: Path) -> None:
    def double(rows: list[dict[str, Any]]) -> None:
        rows[1:1] = [rows[0], {**rows[0], "name": "Somebody"}]

    key = read(dataset, "speakers")[0]["speaker_id"]
    edit(dataset_copy, "speakers", double)

    added = differences(dataset, dataset_copy)
    assert [(one.change, one.id) for one in added] == [("added", key), ("added", key)]
    assert {one.label.split(" · ")[0] for one in added} == {read(dataset, "speakers")[0]["name"], "Somebody"}
    assert [one.change for one in differences(dataset_copy, dataset)] == ["removed", "removed"]
    assert differences(dataset_copy, dataset_copy) == []


def test_a_second_row_in_a_file_of_one_side_is_seen(tmp_path: Path) -> None:
    """Files that both sides have are not opened; what stands in the others is compared as if they were."""
    shared = pa.table({"speaker_id": ["a", "b"], "name": ["A", "B"]})
    more = pa.table({"speaker_id": ["b", "c"], "name": ["other", "C"]})
    old = make_folder(tmp_path / "old", "speakers", [shared])
    new = make_folder(tmp_path / "new", "speakers", [more, shared])

    assert [(one.change, one.id, one.label) for one in differences(old, new)] == [
        ("added", "b", "other"),
        ("added", "c", "C"),
    ]


def test_the_limit_holds_for_each_kind_of_change_and_all_is_counted(tmp_path: Path) -> None:
    def table(keys: range, name: str) -> pa.Table:
        return pa.table({"speaker_id": [f"{key:04}" for key in keys], "name": [name] * len(keys)})

    old = make_folder(tmp_path / "old", "speakers", [table(range(1000), "old")])
    new = make_folder(tmp_path / "new", "speakers", [table(range(1299, 299, -1), "new")])

    for limit in (0, 1, 7, 999):
        everything = differences(old, new)
        expected = [
            one
            for change in ("added", "removed", "changed")
            for one in of(everything, "speakers", change)[:limit]
        ]
        with compare(old, new, limit) as comparison:
            assert list(comparison.records()) == expected
            assert comparison.counts["speakers"].changed == 700
            assert comparison.counts["speakers"].removed == comparison.counts["speakers"].added == 300


def test_records_come_in_the_order_of_the_rows(tmp_path: Path) -> None:
    old = make_folder(
        tmp_path / "old", "speakers", [pa.table({"speaker_id": list("qwertz"), "name": list("123456")})]
    )
    new = make_folder(
        tmp_path / "new", "speakers", [pa.table({"speaker_id": list("zyxtr"), "name": list("abcde")})]
    )

    assert [(one.change, one.id) for one in differences(old, new)] == [
        ("added", "y"),
        ("added", "x"),
        ("removed", "q"),
        ("removed", "w"),
        ("removed", "e"),
        ("changed", "z"),
        ("changed", "t"),
        ("changed", "r"),
    ]


def spoil_nothing_here(folder: Path) -> None:
    shutil.rmtree(folder)
    folder.mkdir()


def spoil_table(folder: Path) -> None:
    shutil.rmtree(folder / "quotes")


def spoil_bytes(folder: Path) -> None:
    (folder / "quotes" / "train-00000-of-00001.parquet").write_bytes(b"PAR1")


def spoil_key(folder: Path) -> None:
    path = folder / "quotes" / "train-00000-of-00001.parquet"
    pq.write_table(pq.read_table(path).drop_columns(["quote_id"]), path)


def spoil_identifier(folder: Path) -> None:
    path = folder / "quotes" / "train-00000-of-00001.parquet"
    table = pq.read_table(path)
    pq.write_table(table.set_column(0, "quote_id", pa.nulls(len(table), pa.string())), path)


def spoil_one_file(folder: Path) -> None:
    path = folder / "quotes" / "train-00000-of-00001.parquet"
    pq.write_table(pq.read_table(path).drop_columns(["text"]), path.with_name("train-00001-of-00002.parquet"))


SPOILED = {
    "has no manifest.json": spoil_nothing_here,
    "no Parquet file in quotes/": spoil_table,
    "not a Parquet file that can be read": spoil_bytes,
    "no column quote_id of strings": spoil_key,
    "a row without quote_id": spoil_identifier,
    "other columns than train-00000-of-00001.parquet": spoil_one_file,
}


@pytest.mark.parametrize("message", SPOILED)
def test_what_cannot_be_compared_is_an_error(message: str, dataset: Path, dataset_copy: Path) -> None:
    SPOILED[message](dataset_copy)

    for old, new in ((dataset, dataset_copy), (dataset_copy, dataset)):
        with pytest.raises(DatasetError, match=message), compare(old, new):
            pass
