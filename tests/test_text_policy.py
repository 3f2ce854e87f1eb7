"""What of the texts is published, and who is left out: less is published, and what is stays grounded."""

import json
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from build_dataset.build import build
from build_dataset.cli import app
from build_dataset.errors import DatasetError
from build_dataset.options import Options, TextPolicy
from build_dataset.read.excluded_speakers import read_excluded_speakers
from build_dataset.read.texts import HeldTexts
from build_dataset.validate import validate
from build_dataset.write.text_policy import EXCERPT_CHARACTERS, EXCERPT_SHARE, excerpt
from tests.test_build import rows


@pytest.fixture(scope="module", params=[TextPolicy.EXCERPT, TextPolicy.NONE])
def lean(request: pytest.FixtureRequest, corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The corpus, published with less of its texts."""
    return build(
        [corpus], tmp_path_factory.mktemp("lean") / "out", options=Options(text=request.param)
    ).folder


def change(folder: Path, table: str, **values: Any) -> None:
    """Change columns of the first row of a table."""
    path = folder / table / "train-00000-of-00001.parquet"
    old = pq.read_table(path)
    first, *others = old.to_pylist()
    pq.write_table(old.from_pylist([first | values, *others], schema=old.schema), path)


class TestTexts:
    def test_the_records_are_those_of_the_whole_text(self, lean: Path, dataset: Path) -> None:
        for table in ("quotes", "statistics", "speakers"):
            changed = {"context"}
            assert [
                {name: value for name, value in row.items() if name not in changed}
                for row in rows(lean, table)
            ] == [
                {name: value for name, value in row.items() if name not in changed}
                for row in rows(dataset, table)
            ]

    def test_no_article_is_there_as_a_whole(self, lean: Path, dataset: Path) -> None:
        whole = {row["article_id"]: str(row["text"]) for row in rows(dataset, "articles")}
        for row in rows(lean, "articles"):
            text = whole[row["article_id"]]
            assert row["characters"] == len(text)
            if row["text"] is None:
                continue
            assert row["flags"] == ["excerpt"]
            assert text.startswith(str(row["text"]))
            assert 0 < len(str(row["text"])) <= len(text) / 3

    def test_without_texts_a_record_has_its_own_words_alone(self, corpus: Path, tmp_path: Path) -> None:
        folder = build([corpus], tmp_path / "out", options=Options(text=TextPolicy.NONE)).folder

        assert {row["text"] for row in rows(folder, "articles")} == {None}
        for table in ("quotes", "statistics"):
            assert all(row["context"] == row["text"] for row in rows(folder, table))

    def test_the_manifest_says_so(self, lean: Path, dataset: Path) -> None:
        manifest = json.loads((lean / "manifest.json").read_text(encoding="utf-8"))

        assert manifest["options"]["text"] in ("excerpt", "none")

    def test_it_is_valid_and_grounded_in_the_texts_that_somebody_holds(
        self, lean: Path, corpus: Path
    ) -> None:
        assert validate(lean).valid
        assert validate(lean, HeldTexts([corpus])).valid

    def test_a_quote_that_the_text_does_not_have_is_found_with_the_texts_alone(
        self, corpus: Path, tmp_path: Path
    ) -> None:
        folder = build([corpus], tmp_path / "out", options=Options(text=TextPolicy.NONE)).folder
        change(folder, "quotes", text="We never said that.", context="We never said that.")

        assert "quotes_are_grounded" not in {one.code for one in validate(folder).findings}
        found = {one.code for one in validate(folder, HeldTexts([corpus])).findings}
        assert "quotes_are_grounded" in found

    def test_an_excerpt_of_something_else_is_found(self, corpus: Path, tmp_path: Path) -> None:
        folder = build([corpus], tmp_path / "out", options=Options(text=TextPolicy.EXCERPT)).folder
        change(folder, "articles", text="Another beginning")

        found = {one.code for one in validate(folder, HeldTexts([corpus])).findings}
        assert "excerpts_are_beginnings" in found

    def test_a_text_that_is_not_held_is_named(self, lean: Path, corpus: Path, tmp_path: Path) -> None:
        report = validate(lean, HeldTexts([corpus / "bridge.txt"]))

        assert {one.code for one in report.findings} == {"texts_are_held"}
        assert len(report.findings) == report.rows["articles"] - 1

    def test_on_the_command_line(self, corpus: Path, tmp_path: Path) -> None:
        out = tmp_path / "out"
        run = CliRunner().invoke
        assert run(app, ["build", str(corpus), "--out", str(out), "--text", "none"]).exit_code == 0

        assert run(app, ["validate", str(out), "--texts", str(corpus)]).exit_code == 0
        assert run(app, ["validate", str(out), "--texts", str(corpus / "bridge.txt")]).exit_code == 1
        assert run(app, ["validate", str(out), "--texts", str(tmp_path / "nowhere")]).exit_code == 2


@given(st.text())
def test_an_excerpt_is_a_beginning_and_never_much(text: str) -> None:
    part = excerpt(text)

    assert text.startswith(part)
    assert len(part) <= min(EXCERPT_CHARACTERS, len(text) / EXCERPT_SHARE)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One two three four five six seven eight.", "One two"),
        (
            "港务局局长陈立波表示，新码头将于明年开放，预计每年吞吐量超过三百万吨。" * 2,
            "港务局局长陈立波表示，新码头将于明年开放，",
        ),
        ("", ""),
    ],
)
def test_an_excerpt_ends_between_words(text: str, expected: str) -> None:
    assert excerpt(text) == expected


@pytest.fixture(scope="module", params=["name", "identifier"])
def without(
    request: pytest.FixtureRequest,
    corpus: Path,
    dataset: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> Path:
    """The corpus without Maria Olsen."""
    key = next(row["speaker_id"] for row in rows(dataset, "speakers") if row["name"] == "Maria Olsen")
    excluded = (str(key),) if request.param == "identifier" else ("maria olsen", "Nobody At All")
    folder = tmp_path_factory.mktemp("without") / "out"
    report = build([corpus], folder, options=Options(excluded=excluded))
    assert (report.findings, report.excluded) == ((), 1)
    return folder


class TestExcludedSpeakers:
    def test_the_speaker_and_all_that_was_said_is_gone(self, without: Path, dataset: Path) -> None:
        (key,) = {row["speaker_id"] for row in rows(dataset, "speakers") if row["name"] == "Maria Olsen"}
        said = [row["text"] for row in rows(dataset, "quotes") if row["speaker_id"] == key]

        assert len(said) >= 3
        for table in ("speakers", "quotes", "statistics"):
            kept = rows(without, table)
            assert kept == [
                row | {"context": kept[number].get("context")} if table != "speakers" else row
                for number, row in enumerate(row for row in rows(dataset, table) if row["speaker_id"] != key)
            ]
        assert not any(
            words in json.dumps(row, ensure_ascii=False, default=str)
            for table in ("articles", "quotes", "statistics", "speakers")
            for row in rows(without, table)
            for words in ("Olsen", *map(str, said))
        )

    def test_the_articles_that_quoted_the_speaker_say_that_their_text_is_withheld(
        self, without: Path
    ) -> None:
        flagged = {row["source"]: (row["text"] is None, row["flags"]) for row in rows(without, "articles")}

        assert flagged["bridge.txt"] == (True, ["withheld"])
        assert flagged["city/school.txt"] == (False, [])

    def test_the_manifest_keeps_the_identifier_for_a_rebuild_and_no_name(
        self, without: Path, dataset: Path
    ) -> None:
        key = next(row["speaker_id"] for row in rows(dataset, "speakers") if row["name"] == "Maria Olsen")
        content = (without / "manifest.json").read_text(encoding="utf-8")

        assert json.loads(content)["options"]["exclude_speakers"] == [key]
        assert "olsen" not in content.casefold()
        assert "nobody" not in content.casefold()

    def test_it_is_valid(self, without: Path, corpus: Path) -> None:
        assert validate(without).valid
        assert validate(without, HeldTexts([corpus])).valid

    def test_a_file_of_names(self, tmp_path: Path) -> None:
        file = tmp_path / "excluded.txt"
        file.write_text("\ufeff# asked in March\nMaria  Olsen  # by mail\n\nspk_0123\n", encoding="utf-8")

        assert read_excluded_speakers(file) == ("Maria Olsen", "spk_0123")

    def test_a_file_that_is_not_there(self, tmp_path: Path) -> None:
        with pytest.raises(
            DatasetError, match=r"none\.txt: the speakers to leave out cannot be read: No such"
        ):
            read_excluded_speakers(tmp_path / "none.txt")

    def test_on_the_command_line(self, corpus: Path, tmp_path: Path) -> None:
        (tmp_path / "excluded.txt").write_text("Maria Olsen\n", encoding="utf-8")
        command = ["build", str(corpus), "--out", str(tmp_path / "out"), "--json"]
        done = CliRunner().invoke(app, [*command, "--exclude-speakers", str(tmp_path / "excluded.txt")])

        assert json.loads(done.stdout)["excluded"] == 1
