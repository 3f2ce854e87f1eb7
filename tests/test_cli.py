"""The command line as people and scripts use it: exit statuses, streams, errors, start-up."""

import json
import os
import pty
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from build_dataset import __version__
from build_dataset.cli import app
from build_dataset.schema import TABLES

ROOT = Path(__file__).parent.parent

HARBOUR = """Harbour to open in May

The new harbour will open in May, Maria Lopez, the mayor of Santander, told reporters on Monday.

“We have waited 12 years for this day,” she said. According to the port authority, the work cost €30 million.
"""
SCHOOL = "“The school will stay,” said Tom Berg, the head teacher. About 450 pupils attend it.\n"
COMMANDS = ("build", "extract", "validate", "schema", "evaluate", "review")


def call(*arguments: str | Path, stdin: str | bytes | None = None) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments], input=stdin)


def process(
    *arguments: str | Path, stdin: bytes = b"", cwd: Path | None = None, **environ: str
) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "build_dataset", *map(str, arguments)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), **environ}
    return subprocess.run(command, input=stdin, capture_output=True, check=False, env=environment, cwd=cwd)


def _rounded(row: dict[str, Any]) -> dict[str, Any]:
    """A row with its confidence as precise as a 32-bit float."""
    return {**row, "confidence": round(row["confidence"], 6)} if "confidence" in row else row


@pytest.fixture(scope="module")
def news(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("input") / "news"
    folder.mkdir()
    (folder / "harbour.txt").write_text(HARBOUR, encoding="utf-8")
    (folder / "school.txt").write_text(SCHOOL, encoding="utf-8")
    (folder / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n")
    return folder


@pytest.fixture(scope="module")
def dataset(news: Path) -> Path:
    out = news.parent / "dataset"
    assert call("build", news, "--out", out).exit_code == 0
    return out


class TestHelp:
    @pytest.mark.parametrize("arguments", [["--help"], ["-h"], *([name, "--help"] for name in COMMANDS)])
    def test_is_a_result(self, arguments: list[str]) -> None:
        result = call(*arguments)

        assert result.exit_code == 0
        assert result.stdout.startswith("Usage: ")
        assert result.stderr == ""

    def test_names_every_command(self) -> None:
        assert all(f"\n  {name} " in call("--help").stdout for name in COMMANDS)

    def test_version(self) -> None:
        assert call("--version").stdout == f"build-dataset {__version__}\n"


class TestAWrongCall:
    @pytest.mark.parametrize(
        "arguments",
        [
            [],
            ["bild"],
            ["--verbos"],
            ["build"],
            ["build", "--out"],
            ["build", "--out", "x", "--workers", "0"],
            ["extract"],
            ["extract", "a.txt", "--format", "xml"],
            ["validate"],
            ["schema", "--format", "sql"],
            ["evaluate", "x"],
        ],
        ids=" ".join,
    )
    def test_exits_with_2_and_says_so_on_stderr(self, arguments: list[str]) -> None:
        result = call(*arguments)

        assert result.exit_code == 2
        assert result.stdout == ""
        assert result.stderr.strip()

    def test_names_a_missing_file_in_a_sentence(self, tmp_path: Path) -> None:
        missing = tmp_path / "missing.txt"

        calls: list[list[str | Path]] = [
            ["extract", missing],
            ["build", missing, "--out", tmp_path / "out"],
            ["validate", missing],
        ]
        for arguments in calls:
            result = call(*arguments)
            assert result.exit_code == 2
            assert result.stdout == ""
            assert str(missing) in result.stderr
            assert result.stderr.count("\n") == 1
            assert "Traceback" not in result.stderr
        assert not (tmp_path / "out").exists()

    @pytest.mark.parametrize("before", [True, False])
    def test_has_a_traceback_with_debug_only(self, tmp_path: Path, before: bool) -> None:
        words = ["extract", str(tmp_path / "missing.txt")]

        plain = process(*words)
        debug = process(*(["--debug", *words] if before else [*words, "--debug"]))

        assert (plain.returncode, b"Traceback" in plain.stderr) == (2, False)
        assert b"Traceback" in debug.stderr
        assert debug.returncode != 0


class TestStartUp:
    HEAVY = ("pyarrow", "datasets", "pandas", "huggingface_hub", "polars", "duckdb", "matplotlib", "jinja2")

    @pytest.mark.parametrize(
        "arguments", [["--help"], ["extract", "-"], ["extract", "-", "--json"]], ids=" ".join
    )
    def test_imports_nothing_heavy_for_it(self, arguments: list[str]) -> None:
        code = (
            "import sys\n"
            f"sys.argv = ['build-dataset', *{arguments!r}]\n"
            "from build_dataset.cli import main\n"
            "try:\n"
            "    main()\n"
            "except SystemExit as end:\n"
            f"    heavy = [name for name in {self.HEAVY!r} if name in sys.modules]\n"
            "    print(end.code, *heavy, file=sys.stderr)\n"
        )

        done = subprocess.run(
            [sys.executable, "-c", code], input=SCHOOL.encode(), capture_output=True, check=True
        )

        assert done.stderr.decode().split() in (["0"], ["None"])


class TestExtract:
    def test_shows_the_text_with_marked_quotes_and_the_records(self, news: Path) -> None:
        result = call("extract", news / "school.txt")

        assert result.exit_code == 0
        assert result.stderr == ""
        assert "“⟦1 direct · Tom Berg: The school will stay,⟧” said Tom Berg" in result.stdout
        assert "About 450 pupils attend it." in result.stdout
        assert all(heading in result.stdout for heading in ("Quotes", "Statistics", "Speakers"))

    def test_gives_the_records_as_json(self, news: Path) -> None:
        result = call("extract", news / "school.txt", "--json")

        tables = json.loads(result.stdout)
        assert list(tables) == list(TABLES)
        for name, model in TABLES.items():
            assert tables[name]
            assert [model.model_validate(row).model_dump(mode="json") for row in tables[name]] == tables[name]
        assert tables["quotes"][0]["speaker_id"] == tables["speakers"][0]["speaker_id"]

    def test_says_why_on_request(self, news: Path) -> None:
        plain, explained = (call("extract", news / "school.txt", *more) for more in ([], ["--why"]))

        assert explained.stdout.startswith(plain.stdout)
        assert "Why these" in explained.stdout
        assert "tagger" in explained.stdout
        (first, *_) = json.loads(call("extract", news / "school.txt", "--json", "--why").stdout)["why"]
        assert first["quote_id"] and first["rule"]

    def test_gives_what_a_build_of_the_same_file_writes(self, news: Path, tmp_path: Path) -> None:
        import pyarrow.parquet as pq

        file = news / "harbour.txt"
        call("build", file, "--out", tmp_path / "out")

        extracted = json.loads(call("extract", file, "--json").stdout)

        for name, model in TABLES.items():
            rows = pq.read_table(tmp_path / "out" / name).to_pylist()
            single = [json.loads(model.model_validate(row).model_dump_json()) for row in rows]
            assert [_rounded(row) for row in extracted[name]] == [_rounded(row) for row in single]

    def test_two_ways_to_ask_for_json_are_one(self, news: Path) -> None:
        file = news / "school.txt"

        assert call("extract", file, "--json").stdout == call("extract", file, "--format", "json").stdout

    def test_reads_standard_input(self) -> None:
        tables = json.loads(call("extract", "-", "--json", stdin=SCHOOL).stdout)

        assert tables["articles"][0]["source"] == "-"
        assert tables["articles"][0]["text"] == SCHOOL

    def test_works_in_a_pipe_whose_reader_leaves(self, tmp_path: Path) -> None:
        long = tmp_path / "long.txt"
        long.write_text(SCHOOL * 3000, encoding="utf-8")
        command = f'"{sys.executable}" -m build_dataset extract "{long}" | head -n 1'

        done = subprocess.run(command, shell=True, capture_output=True, check=True)

        assert done.stdout.count(b"\n") == 1
        assert b"Traceback" not in done.stderr

    @pytest.mark.parametrize("encoding", ["ascii", "latin-1"])
    def test_prints_where_the_terminal_has_no_such_characters(self, encoding: str) -> None:
        done = process("extract", "-", stdin=SCHOOL.encode(), PYTHONIOENCODING=encoding)

        assert done.returncode == 0
        assert b"The school will stay," in done.stdout

    def test_no_escape_sequence_of_the_source_is_sent(self) -> None:
        text = SCHOOL.replace("school", "sch\x1b[31mool\x07").replace("Tom", "T\x9bom")
        for arguments in (["extract", "-"], ["extract", "-", "--json"]):
            out = call(*arguments, stdin=text).stdout
            assert not {"\x1b", "\x07", "\x9b"} & set(out)

    def test_names_a_file_that_is_no_text(self, news: Path) -> None:
        result = call("extract", news / "picture.txt")

        assert result.exit_code == 2
        assert "picture.txt: not text: it is a PNG picture" in result.stderr

    def test_refuses_a_folder_and_an_empty_input(self, news: Path) -> None:
        assert call("extract", news).exit_code == 2
        assert "empty" in call("extract", "-", stdin="").stderr

    def test_a_bad_line_does_not_stop_the_others(self, tmp_path: Path) -> None:
        lines = tmp_path / "news.jsonl"
        lines.write_text(f'{json.dumps({"text": SCHOOL})}\n{{"text": 3}}\n', encoding="utf-8")

        result = call("extract", lines, "--json")

        assert result.exit_code == 0
        assert len(json.loads(result.stdout)["articles"]) == 1
        assert "news.jsonl#2: field text is a number" in result.stderr


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


class TestSchema:
    def test_every_form_holds_every_table(self) -> None:
        for form in ("json-schema", "arrow", "features", "croissant", "markdown"):
            result = call("schema", "--format", form)
            assert result.exit_code == 0
            assert all(name in result.stdout for name in TABLES)

    def test_the_forms_for_machines_are_json(self) -> None:
        for form in ("json-schema", "features", "croissant"):
            assert json.loads(call("schema", "--format", form).stdout)

    def test_json_schema_is_the_default(self) -> None:
        default = call("schema").stdout

        assert default == call("schema", "--format", "json-schema").stdout == call("schema", "--json").stdout

    def test_a_form_for_readers_is_not_json(self) -> None:
        assert call("schema", "--json", "--format", "markdown").exit_code == 2


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


@pytest.mark.parametrize(
    ("command", "place", "said"),
    [
        (
            ["build", "seeds", "--out", "x"],
            "build_dataset.build.build",
            "Stopped. What is finished is kept; run the same command again to go on.\n",
        ),
        (["validate", "x"], "build_dataset.validate.validate", "Stopped.\n"),
    ],
)
def test_a_command_that_is_interrupted_says_so(
    command: list[str], place: str, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(place, interrupt)
    done = call(*command)

    assert (done.exit_code, done.stderr) == (130, said)
