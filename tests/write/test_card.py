"""The card says what is in the files, in the form that the Hub reads."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from datasets import Features
from datasets.utils.metadata import MetadataConfigs
from huggingface_hub import DatasetCard

from build_dataset.build import build
from build_dataset.options import Options, TextPolicy
from build_dataset.report import BuildReport
from build_dataset.schema import TABLES
from build_dataset.schema.derived import column_table, features
from build_dataset.write import card
from build_dataset.write.counts import read_counts
from build_dataset.write.parts import texts
from tests.conftest import BRIDGE, SCHOOL

ROOT = Path(__file__).parents[2]


def card_of(folder: Path) -> str:
    return (folder / "README.md").read_text(encoding="utf-8")


def part_of(folder: Path, name: str) -> str:
    """What stands between the markers of a generated part."""
    (part,) = re.findall(rf"<!-- generated: {name} -->\n(.*?)\n<!-- end -->", card_of(folder), re.DOTALL)
    return str(part)


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
    text = card_of(built.folder)

    for table, number in built.rows.items():
        assert f"| {table} | {number:,} | " in text
    for language, counts in built.languages.items():
        assert f"| {language} | {counts['articles']} | {counts['quotes']} | {counts['statistics']} |" in text
    assert "published from 2024-03-04 to 2024-03-05" in text


def test_it_shows_each_plot_with_words_for_it(dataset: Path) -> None:
    shown = dict(re.findall(r"^!\[(.+)\]\((plots/.+)\)$", card_of(dataset), re.MULTILINE))

    assert sorted(shown.values()) == sorted(f"plots/{path.name}" for path in (dataset / "plots").iterdir())


def test_it_lists_the_most_quoted(dataset: Path) -> None:
    lines = card_of(dataset).splitlines()
    start = lines.index("| name | quotes | articles | kind | role |") + 2

    assert lines[start - 1] == "| --- | ---: | ---: | --- | --- |"
    rows = pq.read_table(dataset / "speakers").to_pylist()
    for row, line in zip(read_counts(dataset).speakers, lines[start:], strict=False):
        (speaker,) = (one for one in rows if one["name"] == row.name)
        cells = (row.name, speaker["quotes"], speaker["articles"], speaker["kind"], speaker["role"] or "")
        assert line == f"| {' | '.join(map(str, cells))} |"


def test_it_counts_days_and_articles_without_one(dataset: Path) -> None:
    table = part_of(dataset, "periods").splitlines()

    assert [line.split(" | ")[:2] for line in table[2:]] == [
        ["| 2024-03-04", "1"],
        ["| 2024-03-05", "1"],
        ["| not stated", "3"],
    ]
    types = read_counts(dataset).quote_types
    columns = zip(*(map(int, line.strip("| ").split(" | ")[2:]) for line in table[2:]), strict=True)
    assert list(map(sum, columns)) == list(types.values())


def test_licences_and_publishers_stand_as_the_sources_state_them(tmp_path: Path) -> None:
    odd = "© 2024 | *All* <b>rights</b>\n<!-- end -->"
    lines = [
        {"text": BRIDGE, "license": "CC BY 4.0", "publisher": "The Herald"},
        {"text": SCHOOL, "license": odd},
        {"text": "It rained."},
    ]
    (tmp_path / "a.jsonl").write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    folder = build([tmp_path / "a.jsonl"], tmp_path / "dataset").folder

    assert part_of(folder, "licences").splitlines()[2:] == [
        "| CC BY 4.0 | 1 |",
        r"| © 2024 \| \*All\* \<b\>rights\</b\> \<\!-- end --\> | 1 |",
        "| *not stated* | 1 |",
    ]
    assert part_of(folder, "publishers").splitlines()[2:] == ["| The Herald | 1 |", "| *not stated* | 2 |"]


def test_what_is_not_there_is_said(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("It rained.\n", encoding="utf-8")
    folder = build([tmp_path / "a.txt"], tmp_path / "dataset").folder

    assert part_of(folder, "plots") == "There is nothing to plot."
    assert part_of(folder, "periods") == "No article states its day."
    assert part_of(folder, "speakers") == "Nobody is quoted by name."
    for name in ("licences", "publishers"):
        assert part_of(folder, name).splitlines()[2:] == ["| *not stated* | 1 |"]


@pytest.mark.parametrize("policy", TextPolicy)
def test_it_says_what_of_the_texts_is_there(policy: TextPolicy, corpus: Path, tmp_path: Path) -> None:
    folder = build([corpus], tmp_path / "dataset", options=Options(text=policy)).folder

    assert part_of(folder, "texts") == texts(policy)


def test_its_contents_lead_to_its_sections(dataset: Path) -> None:
    text = card_of(dataset)
    sections = re.findall(r"^## (.+)$", text, re.MULTILINE)

    assert re.findall(r"^- \[(.+)\]\(#.+\)$", text, re.MULTILINE) == sections
    anchors = [section.lower().replace(" ", "-") for section in sections]
    assert re.findall(r"^- \[.+\]\(#(.+)\)$", text, re.MULTILINE) == anchors


def test_each_table_has_its_columns_and_an_example(dataset: Path) -> None:
    text = card_of(dataset)
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
    """All but what changed since the last release, which is known when it is published."""
    empty = re.findall(r"<!-- generated: ([a-z ]+) -->\n<!-- end -->", card_of(dataset))

    assert empty == ["changes"]


def test_what_changed_is_filled_in_later(dataset: Path) -> None:
    text = card_of(dataset)
    released = card.with_changes(text, "**v1.1.0** 3 articles more.")

    assert (card.changes(text), card.changes(released)) == ("", "**v1.1.0** 3 articles more.")
    assert released.replace("**v1.1.0** 3 articles more.\n", "") == text


BLOCKS = re.findall(r"```(python|sql)\n(.*?)```", (ROOT / "dataset_card.md").read_text("utf-8"), re.DOTALL)


@pytest.mark.parametrize(("language", "block"), BLOCKS)
def test_its_code_runs_on_a_dataset(language: str, block: str, dataset: Path, tmp_path: Path) -> None:
    """The folder stands for the Hub: the same paths in it."""
    local = block.replace("hf://datasets/ORG/NAME@v1.2.0", "dataset").replace("ORG/NAME", "dataset")
    (tmp_path / "dataset").symlink_to(dataset, target_is_directory=True)
    environment = {**os.environ, "HF_HOME": str(tmp_path / "cache"), "HF_HUB_OFFLINE": "1"}
    code = local.replace("DATASET", "dataset") + "\nassert len(quotes)\n"
    if language == "sql":
        statements = [part for part in local.replace("DATASET", "dataset").split(";") if part.strip()]
        code = (
            f"import duckdb\nfor statement in {statements!r}:\n    assert duckdb.sql(statement).fetchall()\n"
        )

    subprocess.run([sys.executable, "-c", code], cwd=tmp_path, env=environment, check=True)


def test_every_way_of_loading_it_is_shown() -> None:
    text = "".join(block for _, block in BLOCKS)

    assert all(
        tool in text for tool in ("load_dataset(", "pandas.", "polars.", "DuckDB", "revision=", "@v1.2.0")
    )
