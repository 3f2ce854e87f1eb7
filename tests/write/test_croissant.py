"""croissant.json is valid, and records of every table are loaded through it."""

import json
from pathlib import Path

import mlcroissant
import pyarrow.parquet as pq
import pytest

from build_dataset.schema import TABLES
from build_dataset.write.croissant import croissant


@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore:The inplace keyword")
def test_mlcroissant_validates_it_and_loads_the_records_of_each_table(dataset: Path) -> None:
    described = mlcroissant.Dataset(jsonld=dataset / "croissant.json")

    assert not described.metadata.ctx.issues.errors
    for table in TABLES:
        expected = pq.read_table(dataset / table).to_pylist()
        records = list(described.records(table))
        assert len(records) == len(expected)
        keys = {record[f"{table}/{next(iter(expected[0]))}"].decode() for record in records}
        assert keys == {row[next(iter(row))] for row in expected}


def test_every_column_is_a_field_with_its_description() -> None:
    sets = croissant({})["recordSet"]

    assert [one["@id"] for one in sets] == list(TABLES)
    for one in sets:
        fields = {field["name"]: field["description"] for field in one["field"]}
        model = TABLES[one["name"]]
        assert fields == {name: info.description for name, info in model.model_fields.items()}


def test_it_lists_each_file_with_its_hash(dataset: Path) -> None:
    objects = json.loads((dataset / "croissant.json").read_text(encoding="utf-8"))["distribution"]
    listed = {
        entry["path"]: entry["sha256"]
        for entry in json.loads((dataset / "manifest.json").read_bytes())["files"]
    }

    for entry in objects:
        if entry["@type"] == "cr:FileObject":
            assert listed[entry["contentUrl"]] == entry["sha256"]
