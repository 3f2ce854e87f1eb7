"""The card says what is in the files, in the form that the Hub reads."""

import json
import re
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from datasets import Features
from datasets.utils.metadata import MetadataConfigs
from huggingface_hub import DatasetCard

from build_dataset.build import BuildReport
from build_dataset.schema import TABLES
from build_dataset.schema.derived import column_table, features
from build_dataset.write import card

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def front_matter(dataset: Path) -> dict[str, object]:
    matter: dict[str, object] = DatasetCard.load(dataset / "README.md").data.to_dict()
    return matter


def test_the_front_matter_is_complete(front_matter: dict[str, object]) -> None:
    assert front_matter["language"] == ["en", "zh"]
    assert front_matter["language_bcp47"] == ["zh-Hans"]
    assert front_matter["multilinguality"] == ["multilingual"]
    assert front_matter["size_categories"] == ["n<1K"]
    assert (front_matter["license"], front_matter["license_link"]) == ("other", "LICENSE")
    expected = {
        "pretty_name",
        "license_name",
        "annotations_creators",
        "source_datasets",
        "task_categories",
        "tags",
    }
    assert expected <= front_matter.keys()


def test_each_configuration_finds_its_files(dataset: Path) -> None:
    configs = MetadataConfigs.from_dataset_card_data(DatasetCard.load(dataset / "README.md").data)

    assert list(configs) == list(TABLES)
    assert configs.get_default_config_name() == "articles"
    for table, config in configs.items():
        (split,) = config["data_files"]
        assert list(dataset.glob(split["path"])) == list((dataset / table).iterdir())


def test_features_and_sizes_are_those_of_the_files(dataset: Path, front_matter: dict[str, object]) -> None:
    infos = front_matter["dataset_info"]
    assert isinstance(infos, list)
    for table, info in zip(TABLES, infos, strict=True):
        files = list((dataset / table).iterdir())
        assert info["config_name"] == table
        assert Features._from_yaml_list(info["features"]) == features(table)
        assert info["splits"][0]["num_examples"] == sum(pq.read_metadata(file).num_rows for file in files)
        assert info["download_size"] == sum(file.stat().st_size for file in files)
        assert info["dataset_size"] == info["splits"][0]["num_bytes"] > 0


def test_the_counts_are_those_of_the_build(built: BuildReport) -> None:
    text = (built.folder / "README.md").read_text(encoding="utf-8")

    for table, number in built.rows.items():
        assert f"| {table} | {number:,} | " in text
    for language, counts in built.languages.items():
        assert f"| {language} | {counts['articles']} | {counts['quotes']} | {counts['statistics']} |" in text
    assert "published from 2024-03-04 to 2024-03-05" in text


def test_each_table_has_its_columns_and_an_example(dataset: Path) -> None:
    text = (dataset / "README.md").read_text(encoding="utf-8")
    examples = re.findall(r"```json\n(.*?)\n```", text, re.DOTALL)

    for table, example in zip(TABLES, examples, strict=True):
        assert column_table(table) in text
        keys = {next(iter(row.values())) for row in pq.read_table(dataset / table).to_pylist()}
        assert next(iter(json.loads(example).values())) in keys


def test_the_template_in_the_repository_is_up_to_date() -> None:
    """The column tables of dataset_card.md are generated: `python -m tests.update_card` writes them."""
    template = (ROOT / "dataset_card.md").read_text(encoding="utf-8")

    assert template == card.fill_columns(template)


def test_every_number_and_part_of_the_card_is_filled_in(dataset: Path) -> None:
    text = (dataset / "README.md").read_text(encoding="utf-8")

    assert not re.search(r"<!-- generated: [a-z ]+ -->\n<!-- end -->", text)
