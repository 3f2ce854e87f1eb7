"""The rules of the Hugging Face Hub for the front matter of a dataset card, as far as they can be checked offline.

The words that it knows stand in tests/cases/hub_vocabulary.yaml. What it does with configurations and features is
asked of `datasets`, which it uses itself.
"""

import json
import re
from collections.abc import Callable, Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import yaml
from datasets import Features
from datasets.utils.metadata import MetadataConfigs
from huggingface_hub import DatasetCard, DatasetCardData

Matter = dict[str, Any]

CASES = Path(__file__).parents[1] / "cases"
VOCABULARY = yaml.safe_load((CASES / "hub_vocabulary.yaml").read_text(encoding="utf-8"))
LONG_CODES = {
    code
    for code in json.loads(files("datasets.utils.resources").joinpath("languages.json").read_text("utf-8"))
    if len(code) == 3
}
REQUIRED = ("pretty_name", "license", "multilinguality", "size_categories", "task_categories", "configs")
LISTS = ("task_categories", "size_categories", "annotations_creators", "language_creators", "multilinguality")
LEAST_ROWS = {"n": 0, "1K": 10**3, "10K": 10**4, "100K": 10**5, "1M": 10**6}
NOT_IN_A_CONFIG_NAME = r'[<>:/\\|?*"]'


def read_matter(folder: Path) -> Matter:
    """The front matter as the Hub's own client reads it."""
    matter: Matter = DatasetCard.load(folder / "README.md").data.to_dict()
    return matter


def violations(matter: Matter, folder: Path) -> list[str]:
    """What in the front matter breaks a rule, one sentence each."""
    return [f"{name}: {message}" for name, rule in RULES.items() for message in rule(matter, folder)]


def is_complete(matter: Matter, folder: Path) -> Iterator[str]:
    yield from (f"{key} is missing" for key in REQUIRED if not matter.get(key))


def words_are_known(matter: Matter, folder: Path) -> Iterator[str]:
    for key in LISTS:
        yield from (f"{key}: {word}" for word in matter.get(key, []) if word not in VOCABULARY[key])
    if matter.get("license") not in VOCABULARY["license"]:
        yield f"license: {matter.get('license')}"
    for code in matter.get("language", []):
        if code not in VOCABULARY["language"] and code not in LONG_CODES:
            yield f"language: {code}"
    for source in matter.get("source_datasets", []):
        if source.partition("|")[0] not in VOCABULARY["source_datasets"]:
            yield f"source_datasets: {source}"


def tasks_are_of_their_categories(matter: Matter, folder: Path) -> Iterator[str]:
    allowed = {
        task for name in matter.get("task_categories", []) for task in VOCABULARY["task_ids"].get(name, [])
    }
    yield from (f"task_ids: {task}" for task in matter.get("task_ids", []) if task not in allowed)


def another_license_is_named_and_linked(matter: Matter, folder: Path) -> Iterator[str]:
    name, link = matter.get("license_name"), matter.get("license_link")
    if matter.get("license") != "other":
        if name or link:
            yield "license_name and license_link go with license: other"
        return
    if not re.fullmatch(r"[a-z0-9][a-z0-9.-]*", name or ""):
        yield f"license_name {name} is no id"
    if not str(link).startswith("https://") and not (
        link in ("LICENSE", "LICENSE.md") and (folder / link).is_file()
    ):
        yield f"license_link {link} leads nowhere"


def languages_agree(matter: Matter, folder: Path) -> Iterator[str]:
    languages = matter.get("language", [])
    expected = "other" if not languages else "monolingual" if len(languages) == 1 else "multilingual"
    if matter.get("multilinguality") != [expected]:
        yield f"multilinguality of {languages} is {matter.get('multilinguality')}"
    for tag in matter.get("language_bcp47", []):
        if tag.partition("-")[0] not in languages:
            yield f"language_bcp47: {tag} is none of {languages}"


def tags_are_distinct_words(matter: Matter, folder: Path) -> Iterator[str]:
    tags = matter.get("tags", [])
    if len(set(tags)) != len(tags) or not all(re.fullmatch(r"[a-z0-9-]+", tag) for tag in tags):
        yield f"tags: {tags}"


def the_size_is_that_of_the_articles(matter: Matter, folder: Path) -> Iterator[str]:
    rows = sum(pq.read_metadata(path).num_rows for path in (folder / "articles").glob("*.parquet"))
    category = matter["size_categories"][0]
    least = LEAST_ROWS.get(category.partition("<")[0])
    if least is None or not least <= rows < max(10 * least, 1000):
        yield f"{rows} articles are not {category}"


def configurations_find_their_files(matter: Matter, folder: Path) -> Iterator[str]:
    try:
        configs = MetadataConfigs.from_dataset_card_data(DatasetCardData(**matter))
    except ValueError as error:
        yield str(error)
        return
    if len(configs) != len(matter.get("configs", [])):
        yield "a configuration stands twice"
    if sum(config.get("default", False) for config in configs.values()) != 1:
        yield "not one default"
    found = set()
    for name, config in configs.items():
        if re.search(NOT_IN_A_CONFIG_NAME, name):
            yield f"{name} is no name"
        for split in config.get("data_files", []):
            paths = set(folder.glob(split["path"]))
            found |= paths
            if not paths:
                yield f"{split['path']} finds nothing"
    yield from (f"{path.name} is found by none" for path in set(folder.rglob("*.parquet")) - found)


def the_info_is_that_of_the_files(matter: Matter, folder: Path) -> Iterator[str]:
    names = [config.get("config_name") for config in matter.get("configs", [])]
    infos = {info["config_name"]: info for info in matter.get("dataset_info", [])}
    if list(infos) != names:
        yield f"dataset_info is of {list(infos)}, configs are {names}"
        return
    for config, info in zip(matter["configs"], infos.values(), strict=True):
        for split, described in zip(config["data_files"], info["splits"], strict=True):
            paths = sorted(folder.glob(split["path"]))
            yield from _misdescribed(info, split["split"], described, paths)


def _misdescribed(info: Matter, split: str, described: Matter, paths: list[Path]) -> Iterator[str]:
    where = info["config_name"]
    features = Features._from_yaml_list(info["features"])
    if any(features != Features.from_arrow_schema(pq.read_schema(path)) for path in paths):
        yield f"{where}: features are not those of the files"
    if yaml.safe_load(yaml.safe_dump(features._to_yaml_list())) != info["features"]:
        yield f"{where}: features are not written as datasets writes them"
    if described["name"] != split:
        yield f"{where}: split {described['name']}"
    if described["num_examples"] != sum(pq.read_metadata(path).num_rows for path in paths):
        yield f"{where}: num_examples {described['num_examples']}"
    if info["download_size"] != sum(path.stat().st_size for path in paths):
        yield f"{where}: download_size {info['download_size']}"
    if info["dataset_size"] != described["num_bytes"]:
        yield f"{where}: dataset_size {info['dataset_size']}"


RULES: dict[str, Callable[[Matter, Path], Iterator[str]]] = {
    rule.__name__: rule
    for rule in (
        is_complete,
        words_are_known,
        tasks_are_of_their_categories,
        another_license_is_named_and_linked,
        languages_agree,
        tags_are_distinct_words,
        the_size_is_that_of_the_articles,
        configurations_find_their_files,
        the_info_is_that_of_the_files,
    )
}
