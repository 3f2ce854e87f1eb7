"""Building again from the manifest: the same bytes, or which table, records and fields are not the same."""

import json
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner, Result

from build_dataset import __version__
from build_dataset.build import build
from build_dataset.cli import app
from build_dataset.options import Options, TextPolicy
from tests.conftest import write_corpus


def rebuild(folder: Path, *arguments: str | Path) -> Result:
    return CliRunner().invoke(app, ["rebuild", str(folder), *map(str, arguments)])


def edit_manifest(folder: Path, **values: Any) -> None:
    path = folder / "manifest.json"
    manifest = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps(manifest | values), encoding="utf-8")


def test_the_same_sources_give_the_same_bytes(corpus: Path, dataset: Path) -> None:
    done = rebuild(dataset, "--inputs", corpus)

    assert (done.exit_code, done.stdout) == (0, f"{dataset}: identical, byte for byte\n")


def test_in_json(corpus: Path, dataset: Path) -> None:
    found = json.loads(rebuild(dataset, "--inputs", corpus, "--json").stdout)

    assert found["identical"]
    assert found["version"] == {"recorded": __version__, "running": __version__}
    assert found["sources"] == {"changed": [], "missing": [], "added": []}
    assert found["records"] == []


def test_a_dataset_among_its_sources_is_no_source(tmp_path: Path) -> None:
    news = write_corpus(tmp_path / "news")
    folder = build([news], news / "dataset").folder

    assert rebuild(folder, "--inputs", news).exit_code == 0


@pytest.mark.parametrize(
    "options",
    [Options(text=TextPolicy.NONE), Options(text=TextPolicy.EXCERPT), Options(excluded=("Maria Olsen",))],
)
def test_the_options_are_those_that_were_recorded(corpus: Path, tmp_path: Path, options: Options) -> None:
    folder = build([corpus], tmp_path / "out", options=options).folder

    assert rebuild(folder, "--inputs", corpus).exit_code == 0


def test_a_long_list_of_sources_stands_beside_the_manifest(
    corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("build_dataset.write.sources.LISTED", 2)
    folder = build([corpus], tmp_path / "out").folder

    assert "sources" not in json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    assert rebuild(folder, "--inputs", corpus).exit_code == 0


def test_sources_that_are_not_what_they_were(tmp_path: Path) -> None:
    news = write_corpus(tmp_path / "news")
    folder = build([news], tmp_path / "out").folder
    (news / "bridge.txt").write_text("The bridge will close, said Maria Olsen.", encoding="utf-8")
    (news / "city" / "school.txt").unlink()
    (news / "new.txt").write_text("The ferry will stop, said Peter Brandt.", encoding="utf-8")
    done = rebuild(folder, "--inputs", news)

    assert done.exit_code == 1
    assert "source bridge.txt: changed since\n" in done.stdout
    assert "source city/school.txt: not there any more\n" in done.stdout
    assert "source new.txt: not there then\n" in done.stdout
    assert "articles, removed (1)" in done.stdout
    assert done.stdout.endswith(f"{folder}: not identical\n")
    found = json.loads(rebuild(folder, "--inputs", news, "--json").stdout)
    assert found["sources"] == {
        "changed": ["bridge.txt"],
        "missing": ["city/school.txt"],
        "added": ["new.txt"],
    }
    assert (found["tables"]["articles"]["removed"], found["tables"]["articles"]["added"]) == (1, 2)


def test_a_record_that_the_sources_do_not_give(corpus: Path, dataset_copy: Path) -> None:
    path = dataset_copy / "statistics" / "train-00000-of-00001.parquet"
    table = pq.read_table(path)
    first, *others = table.to_pylist()
    pq.write_table(table.from_pylist([first | {"value": 1e9}, *others], schema=table.schema), path)
    done = rebuild(dataset_copy, "--inputs", corpus)

    assert done.exit_code == 1
    assert "files that differ: statistics/ (1)" in done.stdout
    assert "statistics changed in: value 1" in done.stdout
    assert first["statistic_id"] in done.stdout
    assert f"value  1000000000.0 → {first['value']}" in done.stdout


def test_a_file_beside_the_tables(corpus: Path, dataset_copy: Path) -> None:
    (dataset_copy / "README.md").write_text("edited", encoding="utf-8")
    done = rebuild(dataset_copy, "--inputs", corpus)

    assert done.exit_code == 1
    assert "files that differ: README.md" in done.stdout
    assert done.stdout.endswith("the records are the same, the files above are not\n")


def test_another_version_is_named_first(corpus: Path, dataset_copy: Path) -> None:
    edit_manifest(dataset_copy, built_with={"build-dataset": "0.0.1", "pyarrow": "1"})
    done = rebuild(dataset_copy, "--inputs", corpus)

    assert done.exit_code == 1
    assert done.stderr.startswith(
        f"{dataset_copy}: built with build-dataset 0.0.1, and this is {__version__}"
    )
    assert 'built_with.build-dataset: "0.0.1"' in done.stdout


class TestNotPossible:
    def test_none_of_the_sources(self, dataset: Path, tmp_path: Path) -> None:
        (tmp_path / "other.txt").write_text("Rain fell.", encoding="utf-8")
        done = rebuild(dataset, "--inputs", tmp_path / "other.txt")

        assert done.exit_code == 2
        assert (
            f"none of the 5 sources of {dataset} is in {tmp_path / 'other.txt'}; "
            "name where they are with --inputs" in done.stderr
        )

    def test_an_option_of_another_version(self, corpus: Path, dataset_copy: Path) -> None:
        edit_manifest(dataset_copy, options={"engine": "quantum"})
        done = rebuild(dataset_copy, "--inputs", corpus)

        assert done.exit_code == 2
        assert (
            "manifest.json: options: 'quantum' is not a valid Engine; another version built it" in done.stderr
        )

    def test_no_dataset(self, tmp_path: Path) -> None:
        done = rebuild(tmp_path)

        assert done.exit_code == 2
        assert f"{tmp_path}: not a dataset folder: it has no manifest.json" in done.stderr
