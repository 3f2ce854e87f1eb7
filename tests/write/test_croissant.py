"""croissant.json is valid, and records of every table are loaded through it."""

import json
from pathlib import Path

import mlcroissant
import pyarrow.parquet as pq
import pytest

from build_dataset import __version__
from build_dataset.build import build
from build_dataset.schema import TABLES
from build_dataset.schema.derived import KEYS
from build_dataset.write.croissant import croissant


@pytest.fixture(scope="module")
def without_quotes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A dataset folder with one article and three empty tables."""
    folder = tmp_path_factory.mktemp("rain")
    (folder / "a.txt").write_text("It rained.\n", encoding="utf-8")
    return build([folder / "a.txt"], folder / "dataset").folder


@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore:The inplace keyword")
@pytest.mark.parametrize("name", ["dataset", "without_quotes"])
def test_mlcroissant_validates_it_and_loads_the_records_of_each_table(
    name: str, request: pytest.FixtureRequest
) -> None:
    folder = request.getfixturevalue(name)
    described = mlcroissant.Dataset(jsonld=folder / "croissant.json")

    assert not described.metadata.ctx.issues.errors
    for table, key in KEYS.items():
        expected = pq.read_table(folder / table, columns=[key])[key].to_pylist()
        records = list(described.records(table))
        assert len(records) == len(expected)
        assert {record[f"{table}/{key}"].decode() for record in records} == set(expected)


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_it_says_when_how_and_from_what_it_was_made(dataset: Path) -> None:
    found = mlcroissant.Dataset(jsonld=dataset / "croissant.json").metadata.to_json()

    assert found["rai:dataCollectionTimeFrame"] == ["2024-03-04", "2024-03-05"]
    assert found["rai:dataSocialImpact"]
    assert found["rai:dataReleaseMaintenancePlan"]
    assert found["prov:wasDerivedFrom"]
    agent = found["prov:wasGeneratedBy"]["prov:wasAssociatedWith"]
    assert (agent["name"], agent["softwareVersion"]) == ("build-dataset", __version__)


def test_no_day_is_made_up(without_quotes: Path) -> None:
    found = json.loads((without_quotes / "croissant.json").read_bytes())

    assert not {"temporalCoverage", "datePublished", "rai:dataCollectionTimeFrame"} & found.keys()


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
