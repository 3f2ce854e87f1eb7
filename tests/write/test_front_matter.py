"""The front matter keeps the Hub's rules whatever the corpus, and the check of them can fail."""

import copy
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from build_dataset.build import build
from tests.conftest import BRIDGE, HARBOR, SCHOOL
from tests.write.hub_rules import RULES, Matter, read_matter, violations

POLISH = "Rada miasta poinformowała w poniedziałek, że nowy most zostanie otwarty w maju, a stary będzie zamknięty.\n"
CORPORA: dict[str, tuple[tuple[str, ...], list[str] | None, list[str] | None]] = {
    "English": ((BRIDGE, SCHOOL), ["en"], None),
    "Chinese": ((HARBOR,), ["zh"], ["zh-Hans"]),
    "both": ((BRIDGE, HARBOR), ["en", "zh"], ["zh-Hans"]),
    "a language that cannot be told": ((POLISH,), None, None),
    "one that can and one that cannot": ((SCHOOL, POLISH), ["en"], None),
    "no quotes": (("It rained.\n",), ["en"], None),
}


@pytest.mark.parametrize("name", CORPORA)
def test_it_keeps_the_rules_of_the_hub(name: str, tmp_path: Path) -> None:
    texts, languages, tags = CORPORA[name]
    for number, text in enumerate(texts):
        (tmp_path / f"{number}.txt").write_text(text, encoding="utf-8")
    folder = build([str(tmp_path / "*.txt")], tmp_path / "dataset").folder
    matter = read_matter(folder)

    assert violations(matter, folder) == []
    assert (matter.get("language"), matter.get("language_bcp47")) == (languages, tags)


def test_it_keeps_the_rules_of_the_hub_with_days(dataset: Path) -> None:
    assert violations(read_matter(dataset), dataset) == []


def put(key: str, value: object) -> Callable[[Matter], object]:
    return lambda matter: matter.update({key: value})


def drop(key: str) -> Callable[[Matter], object]:
    return lambda matter: matter.pop(key)


def config(**values: object) -> Callable[[Matter], object]:
    return lambda matter: matter["configs"][1].update(values)


def info(**values: object) -> Callable[[Matter], object]:
    return lambda matter: matter["dataset_info"][1].update(values)


def split(**values: object) -> Callable[[Matter], object]:
    return lambda matter: matter["dataset_info"][1]["splits"][0].update(values)


def drop_a_feature(matter: Matter) -> None:
    matter["dataset_info"][0]["features"].pop()


def rename_a_type(matter: Matter) -> None:
    matter["dataset_info"][3]["features"][-1]["dtype"] = "int64"


BROKEN: list[tuple[str, Callable[[Matter], object], str]] = [
    ("is_complete", drop("pretty_name"), "pretty_name"),
    ("is_complete", put("size_categories", []), "size_categories"),
    ("words_are_known", put("license", "notalicense"), "notalicense"),
    ("words_are_known", put("language", ["en", "zh", "english"]), "english"),
    ("words_are_known", put("language", ["en", "zh", "xyq"]), "xyq"),
    ("words_are_known", put("task_categories", ["quote-attribution"]), "quote-attribution"),
    ("words_are_known", put("size_categories", ["small"]), "small"),
    ("words_are_known", put("annotations_creators", ["rules"]), "rules"),
    ("words_are_known", put("language_creators", ["newspapers"]), "newspapers"),
    ("words_are_known", put("multilinguality", ["bilingual"]), "bilingual"),
    ("words_are_known", put("source_datasets", ["news"]), "news"),
    ("tasks_are_of_their_categories", put("task_ids", ["extractive-qa"]), "extractive-qa"),
    ("tasks_are_of_their_categories", put("task_ids", ["quoting"]), "quoting"),
    ("another_license_is_named_and_linked", drop("license_name"), "no id"),
    ("another_license_is_named_and_linked", put("license_name", "Rights of others"), "no id"),
    ("another_license_is_named_and_linked", put("license_link", "COPYING"), "leads nowhere"),
    ("another_license_is_named_and_linked", put("license_link", "LICENSE.md"), "leads nowhere"),
    ("another_license_is_named_and_linked", put("license", "mit"), "go with license: other"),
    ("languages_agree", put("multilinguality", ["monolingual"]), "multilinguality"),
    ("languages_agree", put("language_bcp47", ["de-AT"]), "de-AT"),
    ("tags_are_distinct_words", put("tags", ["news", "news"]), "news"),
    ("tags_are_distinct_words", put("tags", ["Quotes, news"]), "Quotes"),
    ("the_size_is_that_of_the_articles", put("size_categories", ["1K<n<10K"]), "5 articles"),
    ("configurations_find_their_files", config(data_files=3), "Expected data_files"),
    ("configurations_find_their_files", config(default=True), "not one default"),
    ("configurations_find_their_files", config(config_name="articles"), "stands twice"),
    ("configurations_find_their_files", config(config_name="a/b"), "no name"),
    (
        "configurations_find_their_files",
        config(data_files=[{"split": "train", "path": "quotes/*.csv"}]),
        "finds nothing",
    ),
    (
        "configurations_find_their_files",
        config(data_files=[{"split": "train", "path": "speakers/*.parquet"}]),
        "found by none",
    ),
    (
        "configurations_find_their_files",
        lambda matter: matter["configs"][0].pop("config_name"),
        "config_name",
    ),
    ("the_info_is_that_of_the_files", info(config_name="quoted"), "configs are"),
    ("the_info_is_that_of_the_files", drop_a_feature, "articles: features"),
    ("the_info_is_that_of_the_files", rename_a_type, "speakers: features"),
    ("the_info_is_that_of_the_files", split(num_examples=1), "num_examples 1"),
    ("the_info_is_that_of_the_files", split(num_bytes=1), "dataset_size"),
    ("the_info_is_that_of_the_files", split(name="test"), "split test"),
    ("the_info_is_that_of_the_files", info(download_size=0), "download_size 0"),
]


@pytest.mark.parametrize(("rule", "edit", "message"), BROKEN)
def test_a_rule_that_is_broken_is_found(
    rule: str, edit: Callable[[Matter], object], message: str, dataset: Path
) -> None:
    matter = copy.deepcopy(read_matter(dataset))
    edit(matter)

    assert message in "\n".join(RULES[rule](matter, dataset))


def test_each_rule_has_a_case_that_breaks_it() -> None:
    assert {rule for rule, _, _ in BROKEN} == set(RULES)


def test_a_licence_file_that_is_missing_is_found(dataset: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(dataset, tmp_path / "dataset"))
    (folder / "LICENSE").unlink()

    assert any("leads nowhere" in one for one in violations(read_matter(folder), folder))
