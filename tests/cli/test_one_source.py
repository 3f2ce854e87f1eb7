"""`extract` and `schema`: what comes out of one source, and what records are."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from build_dataset.schema import TABLES
from tests.cli.conftest import SCHOOL
from tests.commands import call, process


def _rounded(row: dict[str, Any]) -> dict[str, Any]:
    """A row with its confidence as precise as a 32-bit float."""
    return {**row, "confidence": round(row["confidence"], 6)} if "confidence" in row else row


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
