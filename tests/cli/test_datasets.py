"""`build`, `validate` and `evaluate` on a dataset folder."""

import json
import os
import pty
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import SCHOOL
from tests.commands import call, process


class TestBuild:
    def test_writes_a_dataset_and_says_what_and_how_to_load_it(self, news: Path, tmp_path: Path) -> None:
        out = tmp_path / "out"

        result = call("build", news, "--out", out)

        assert result.exit_code == 0
        assert (out / "quotes" / "train-00000-of-00001.parquet").is_file()
        rows = [line.split() for line in result.stdout.splitlines()]
        assert ["articles", "2", "2"] in rows
        assert "picture.txt: not text: it is a PNG picture" in result.stdout
        for loader in ("load_dataset", "read_parquet", "duckdb"):
            assert loader in result.stdout
        assert result.stderr == ""

    def test_is_json_on_request(self, news: Path, tmp_path: Path) -> None:
        report = json.loads(call("build", news, "--out", tmp_path / "out", "--json").stdout)

        assert report["rows"]["articles"] == 2
        assert [skipped["source"] for skipped in report["skipped"]] == ["picture.txt"]

    def test_falls_short_under_strict_if_a_source_failed(self, news: Path, tmp_path: Path) -> None:
        out = tmp_path / "out"

        assert call("build", news, "--out", out, "--strict").exit_code == 1
        assert (out / "README.md").is_file()
        assert call("build", news / "school.txt", "--out", out, "--strict").exit_code == 0

    def test_reads_seeds_by_default(self, tmp_path: Path) -> None:
        (tmp_path / "seeds").mkdir()
        (tmp_path / "seeds" / "school.txt").write_text(SCHOOL, encoding="utf-8")

        done = process("build", "--out", "out", "--json", cwd=tmp_path)

        assert done.returncode == 0
        assert json.loads(done.stdout)["rows"]["articles"] == 1

    def test_shows_a_bar_on_a_terminal_only(self, news: Path, tmp_path: Path) -> None:
        terminal, stderr = pty.openpty()
        command = [sys.executable, "-m", "build_dataset", "build", str(news), "--out", str(tmp_path / "out")]

        with os.fdopen(terminal, "rb", buffering=0) as screen:
            subprocess.run(command, stdout=subprocess.DEVNULL, stderr=stderr, check=True)
            os.close(stderr)
            shown = screen.read(1 << 16)

        assert b"extract" in shown
        assert process("build", news, "--out", tmp_path / "out").stderr == b""


class TestValidate:
    def test_a_dataset_that_was_built_is_valid(self, dataset: Path) -> None:
        result = call("validate", dataset)

        assert result.exit_code == 0
        assert "valid" in result.stdout
        assert json.loads(call("validate", dataset, "--json").stdout)["valid"] is True

    def test_lists_violations_and_exits_with_1(self, dataset: Path, tmp_path: Path) -> None:
        import pyarrow.compute as pc
        import pyarrow.parquet as pq

        broken = tmp_path / "broken"
        shutil.copytree(dataset, broken)
        file = next((broken / "statistics").glob("*.parquet"))
        table = pq.read_table(file)
        column = table.column_names.index("article_id")
        wrong = pc.replace_substring(table["article_id"], "art_", "art_f")
        pq.write_table(table.set_column(column, table.schema.field(column), wrong), file)

        result = call("validate", broken)
        listed = json.loads(call("validate", broken, "--json").stdout)

        assert result.exit_code == 1
        identifier = table["statistic_id"][0].as_py()
        assert any(
            line.startswith("statistics") and identifier in line for line in result.stdout.splitlines()
        )
        assert listed["valid"] is False
        assert listed["findings"]


class TestEvaluate:
    @pytest.fixture
    def gold(self, tmp_path: Path) -> Path:
        words = "The school will stay,"
        start = SCHOOL.index(words)
        article = {
            "source": "school.txt",
            "language": "en",
            "article": {"title": None, "byline": []},
            "quotes": [
                {
                    "spans": [[start, start + len(words)]],
                    "text": [words],
                    "type": "direct",
                    "speaker": "Tom Berg",
                    "speaker_span": [29, 37],
                    "cue_span": [24, 28],
                    "optional": False,
                }
            ],
            "speakers": [{"name": "Tom Berg", "aliases": [], "kind": "person", "role": "head teacher"}],
            "statistics": [],
        }
        folder = tmp_path / "gold"
        folder.mkdir()
        (folder / "school.json").write_text(json.dumps(article), encoding="utf-8")
        return folder

    def test_scores_the_dataset(self, dataset: Path, gold: Path) -> None:
        result = call("evaluate", dataset, "--gold", gold)
        scores = json.loads(call("evaluate", dataset, "--gold", gold, "--json").stdout)

        assert result.exit_code == 0
        assert "Quotes" in result.stdout
        assert scores["scored_articles"] == 1
        assert scores["quotes"]["all"]["exact"] == {"hits": 1, "precision": 1.0, "recall": 1.0, "f1": 1.0}
        assert scores["quotes"]["all"]["accuracy"]["speaker"]["accuracy"] == 1.0
        assert scores["statistics"]["all"]["found"] == 1

    def test_shows_what_differs_on_request(self, dataset: Path, gold: Path) -> None:
        result = call("evaluate", dataset, "--gold", gold, "--errors", "5")

        assert "statistics: false  school.txt" in result.stdout
        assert "450 pupils" in result.stdout

    def test_scores_a_dataset_without_texts(self, dataset: Path, gold: Path, tmp_path: Path) -> None:
        import pyarrow as pa
        import pyarrow.parquet as pq

        bare = Path(shutil.copytree(dataset, tmp_path / "bare"))
        file = next((bare / "articles").glob("*.parquet"))
        table = pq.read_table(file)
        column = table.column_names.index("text")
        nothing = pa.nulls(table.num_rows, pa.string())
        pq.write_table(table.set_column(column, table.schema.field(column), nothing), file)

        scores = json.loads(call("evaluate", bare, "--gold", gold, "--json").stdout)

        assert scores["quotes"]["all"]["exact"]["f1"] == 1.0

    def test_says_which_gold_has_no_article(self, dataset: Path, gold: Path) -> None:
        (gold / "other.json").write_text('{"source": "other.txt", "language": "en"}', encoding="utf-8")

        result = call("evaluate", dataset, "--gold", gold)

        assert result.exit_code == 0
        assert "other.txt" in result.stderr

    @pytest.mark.parametrize(
        ("content", "message"),
        [
            ("{", "school.json: cannot be read as JSON"),
            ('{"source": "school.txt"}', "school.json: language: Field required"),
            (
                '{"source": "school.txt", "language": "en", "quotes": [{"spans": [[0, 3]], "type": "loud"}]}',
                "school.json: quotes.0.type",
            ),
            (
                '{"source": "school.txt", "language": "en", '
                '"quotes": [{"spans": [[0, 3]], "text": ["Abc"], "type": "direct"}]}',
                "school.txt: quotes[0].text[0] is 'Abc', but the text has",
            ),
        ],
    )
    def test_wrong_gold_is_an_error_that_names_file_and_item(
        self, dataset: Path, gold: Path, content: str, message: str
    ) -> None:
        (gold / "school.json").write_text(content, encoding="utf-8")

        result = call("evaluate", dataset, "--gold", gold)

        assert result.exit_code == 2
        assert message in result.stderr
        assert result.stdout == ""

    def test_a_folder_that_is_no_dataset_and_one_without_gold_are_errors(
        self, dataset: Path, gold: Path
    ) -> None:
        assert call("evaluate", gold, "--gold", gold).exit_code == 2
        assert call("evaluate", dataset, "--gold", dataset).exit_code == 2
