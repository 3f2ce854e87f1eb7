"""Articles that lie on the Hub are sources like any other."""

import json
from pathlib import Path

import pyarrow.parquet as pq

from tests.publish.conftest import BY_DEFAULT, REPO, Command

pytestmark = BY_DEFAULT


def test_a_dataset_on_the_hub_is_built_from_anew(command: Command, dataset: Path, tmp_path: Path) -> None:
    assert command("publish", dataset, "--repo", REPO).returncode == 0
    articles = f"hf://datasets/{REPO}/articles/*.parquet"
    done = command("build", articles, "--out", tmp_path / "again", "--no-cache", "--json")

    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["skipped"] == []
    for table in ("quotes", "statistics", "speakers"):
        before, after = (pq.read_table(folder / table) for folder in (dataset, tmp_path / "again"))
        assert before.equals(after), table


def test_a_file_that_is_not_on_the_hub_is_an_error(command: Command, dataset: Path, tmp_path: Path) -> None:
    assert command("publish", dataset, "--repo", REPO).returncode == 0
    done = command("build", f"hf://datasets/{REPO}/nothing.jsonl", "--out", tmp_path / "again")

    assert done.returncode == 2
    assert f"hf://datasets/{REPO}/nothing.jsonl: no such file or folder" in done.stderr
