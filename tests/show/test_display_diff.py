import io
import json
from pathlib import Path

import pyarrow as pa
import pytest
from rich.console import Console

from build_dataset.examine.diff import compare
from build_dataset.show.diff import BEFORE, VALUE_CHARACTERS, display, excerpts, json_parts
from tests.examine.folders import make_folder

LONG = "word " * 100


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path]:
    """One speaker is gone, three have come, and one has another name and role."""
    columns = ("speaker_id", "name", "role")
    rows = [("a", "Ana\x1b[31m", f"{LONG}minister"), ("b", "Ben", None)]
    more = [("x", "Xi", None), ("y", "Yi", None), ("z", "Zi", None), ("a", "Ana  B", f"{LONG}mayor")]
    old, new = (
        make_folder(
            tmp_path / name, "speakers", [pa.table(dict(zip(columns, zip(*some, strict=True), strict=True)))]
        )
        for name, some in (("old", rows), ("new", more))
    )
    (new / "README.md").touch()
    return old, new


def printed(old: Path, new: Path, limit: int | None = None) -> str:
    out = io.StringIO()
    with compare(old, new, limit) as comparison:
        display(comparison, Console(file=out, width=120, highlight=False, emoji=False, markup=False))
    return out.getvalue()


def test_the_report_counts_and_shows_the_first_of_each_kind(folders: tuple[Path, Path]) -> None:
    lines = [line.strip() for line in printed(*folders, 2).splitlines()]

    assert lines[0] == f"{folders[0]} → {folders[1]}: not the same"
    assert "files that differ: README.md, speakers/ (1)" in lines
    assert ["speakers", "2", "4", "3", "1", "1", "0"] in [line.split() for line in lines]
    assert "speakers changed in: name 1, role 1" in lines
    start = lines.index("speakers, added (3)")
    assert lines[start : start + 7] == [
        "speakers, added (3)",
        "x  Xi",
        "y  Yi",
        "… and 1 more; --limit N shows more",
        "",
        "speakers, removed (1)",
        "b  Ben",
    ]


def test_a_changed_value_is_shown_where_it_differs(folders: tuple[Path, Path]) -> None:
    report = printed(*folders)

    assert 'name  "Ana\\u001b[31m" → "Ana  B"' in report  # blanks count, and nothing is sent to the terminal
    assert 'rd word word word minister" → …' in report
    assert "--limit" not in report


def test_versions_and_columns_stand_above_the_counts(folders: tuple[Path, Path]) -> None:
    old, new = folders
    (new / "manifest.json").write_text('{"format": "build-dataset", "options": {"engine": "fast"}}')
    other = make_folder(old.with_name("other"), "speakers", [pa.table({"speaker_id": ["b"], "age": [1]})])

    assert 'options.engine: null → "fast"' in printed(old, new)
    assert "column speakers.age: only in the new table (int64)" in printed(old, other)
    assert "column speakers.age: only in the old table (int64)" in printed(other, old)


def test_equal_folders_have_the_same_records(folders: tuple[Path, Path]) -> None:
    old, _ = folders

    assert f"{old} → {old}: the same records\n" in printed(old, old)


@pytest.mark.parametrize("limit", [None, 0, 1])
def test_json_is_one_object_with_the_records_last(folders: tuple[Path, Path], limit: int | None) -> None:
    with compare(*folders, limit) as comparison:
        content = json.loads("\n".join(json_parts(comparison)))
        records = [json.loads(json.dumps(record.as_json())) for record in comparison.records()]

        assert list(content) == ["old", "new", "equal", "settings", "schema", "files", "tables", "records"]
        assert content["records"] == records
        assert content["tables"]["speakers"] == {
            "added": 3,
            "removed": 1,
            "changed": 1,
            "unchanged": 0,
            "fields": {"name": 1, "role": 1},
        }


def test_short_values_are_shown_whole() -> None:
    assert excerpts("1", "2") == ("1", "2")


@pytest.mark.parametrize("place", [0, 5, 200, 995])
def test_long_values_are_cut_around_the_first_difference(place: int) -> None:
    text = "-" * 1000
    old, new = excerpts(text, f"{text[:place]}X{text[place + 1 :]}")

    assert old != new
    assert new.count("X") == 1
    assert new.lstrip("…").index("X") == min(place, BEFORE)
    assert max(len(old), len(new)) <= VALUE_CHARACTERS + 2
