"""The same corpus gives the same bytes, a bad source costs no other, a folder is whole or not there."""

import errno
import json
import os
import random
import subprocess
import sys
import time
from hashlib import sha256
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from build_dataset.assemble import merge, speakers
from build_dataset.build import build
from build_dataset.document import Document, Extraction
from build_dataset.errors import DatasetError
from build_dataset.options import Engine, Options
from build_dataset.read import SkippedSource
from build_dataset.report import BuildReport, Duplicate
from build_dataset.shards import plan, shard
from build_dataset.shards.store import FolderStore
from build_dataset.validate import validate
from build_dataset.write.manifest import read_manifest
from build_dataset.write.sources import read_sources
from tests.conftest import BRIDGE, SCHOOL, write_corpus


def hashes(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def there(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def rows(folder: Path, table: str) -> list[dict[str, object]]:
    return list(pq.read_table(folder / table).to_pylist())


class TestContents:
    def test_the_folder_is_as_the_contract_says(self, dataset: Path) -> None:
        assert list(hashes(dataset)) == [
            "LICENSE",
            "README.md",
            "articles/train-00000-of-00001.parquet",
            "croissant.json",
            "manifest.json",
            "plots/quotes_by_language.svg",
            "plots/quotes_over_time.svg",
            "plots/statistics_by_kind.svg",
            "plots/top_speakers.svg",
            "quotes/train-00000-of-00001.parquet",
            "speakers/train-00000-of-00001.parquet",
            "statistics/train-00000-of-00001.parquet",
        ]

    def test_sources_that_give_nothing_are_named(self, built: BuildReport) -> None:
        assert built.skipped == (
            SkippedSource("empty.txt", "empty: there is no text in it"),
            SkippedSource(
                "more.jsonl#3",
                "field text is missing; the fields are title: name it with --column text=NAME",
            ),
            SkippedSource("table.csv", "CSV is not supported; give text, HTML, JSON Lines, Parquet or WARC"),
        )

    def test_equal_texts_are_one_article_of_the_first_source(self, built: BuildReport) -> None:
        (duplicate,) = built.duplicates

        assert (duplicate.source, duplicate.kept) == ("more.jsonl#2", "bridge.txt")
        sources = [row["source"] for row in rows(built.folder, "articles")]
        assert sources == ["more.jsonl#4", "more.jsonl#1", *sources[2:]]
        assert sorted(map(str, sources[2:])) == ["bridge.txt", "city/school.txt", "港口.txt"]

    def test_a_duplicate_adds_nothing_to_its_speakers(self, dataset: Path) -> None:
        counted = {row["name"]: (row["articles"], row["quotes"]) for row in rows(dataset, "speakers")}
        quotes = rows(dataset, "quotes")
        by_name = {row["speaker_id"]: row["name"] for row in rows(dataset, "speakers")}
        olsen = [row for row in quotes if by_name.get(row["speaker_id"]) == "Maria Olsen"]

        assert counted["Maria Olsen"] == (len({row["article_id"] for row in olsen}), len(olsen))
        assert counted["Maria Olsen"][0] == 3

    def test_the_report_counts_what_is_there(self, built: BuildReport) -> None:
        assert built.rows == {table: len(rows(built.folder, table)) for table in built.rows}
        assert built.languages["en"]["articles"] == 4
        assert sum(language["quotes"] for language in built.languages.values()) == built.rows["quotes"]
        assert sum(built.quote_types.values()) == built.rows["quotes"]
        assert sum(built.statistic_kinds.values()) == built.rows["statistics"]
        assert sum(built.speaker_kinds.values()) == built.rows["speakers"]
        assert json.loads(json.dumps(built.as_json()))["rows"] == built.rows

    def test_the_manifest_says_what_it_was_built_from(self, corpus: Path, dataset: Path) -> None:
        manifest = json.loads((dataset / "manifest.json").read_text(encoding="utf-8"))
        sources = {entry["source"]: entry for entry in manifest["sources"]}

        assert list(sources) == ["bridge.txt", "city/school.txt", "empty.txt", "more.jsonl", "港口.txt"]
        for name, entry in sources.items():
            content = (corpus / name).read_bytes()
            assert (entry["bytes"], entry["sha256"]) == (len(content), sha256(content).hexdigest())
        assert {name: entry["articles"] for name, entry in sources.items()} == {
            "bridge.txt": 1,
            "city/school.txt": 1,
            "empty.txt": 0,
            "more.jsonl": 3,
            "港口.txt": 1,
        }
        assert [skip["source"] for skip in manifest["skipped"]] == ["empty.txt", "more.jsonl#3", "table.csv"]
        assert [entry["kept"] for entry in manifest["duplicates"]] == ["bridge.txt"]

    def test_no_file_says_where_or_when_it_was_built(self, corpus: Path, dataset: Path) -> None:
        for path in dataset.rglob("*"):
            content = path.read_bytes() if path.is_file() else b""
            assert not any(
                told.encode() in content
                for told in (
                    str(corpus),
                    str(dataset.parent),
                    os.uname().nodename + ".",
                    time.strftime("%Y-%m-%dT"),
                )
            )


class TestSameBytes:
    def test_in_a_second_build(self, corpus: Path, dataset: Path, tmp_path: Path) -> None:
        assert hashes(build([corpus], tmp_path / "again").folder) == hashes(dataset)

    def test_with_the_inputs_in_another_order_and_named_in_another_way(
        self, dataset: Path, tmp_path: Path
    ) -> None:
        news = write_corpus(tmp_path / "news")
        inputs: list[Path | str] = [*sorted(news.iterdir(), reverse=True), news, f"{news}/*.txt"]

        assert hashes(build(inputs, tmp_path / "again").folder) == hashes(dataset)

    @pytest.mark.parametrize("workers", [2, 4])
    def test_with_several_workers(
        self, workers: int, corpus: Path, dataset: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(plan, "TASK_PARTS", 2)
        assert hashes(build([corpus], tmp_path / "again", workers=workers).folder) == hashes(dataset)

    def test_however_the_work_is_cut(
        self, corpus: Path, dataset: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(plan, "TASK_BYTES", 1)
        monkeypatch.setattr(shard, "BATCH_DOCUMENTS", 2)
        monkeypatch.setattr(speakers, "BUCKET_ROWS", 2)
        monkeypatch.setattr(merge, "RANGE_ROWS", 2)
        monkeypatch.setattr(merge, "SAMPLED", 1)

        assert hashes(build([corpus], tmp_path / "again").folder) == hashes(dataset)

    def test_with_files_in_a_shuffled_order_of_the_file_system(self, tmp_path: Path) -> None:
        one, two = tmp_path / "one", tmp_path / "two"
        texts = [f"{BRIDGE}\n{number} more will follow, said Maria Olsen." for number in range(2, 12)]
        for folder, order in ((one, range(10)), (two, random.Random(1).sample(range(10), 10))):
            folder.mkdir()
            for number in order:
                (folder / f"{number}.txt").write_text(texts[number], encoding="utf-8")

        assert hashes(build([one], tmp_path / "a").folder) == hashes(build([two], tmp_path / "b").folder)


def test_large_tables_are_cut_into_files_that_hold_the_same_rows(
    corpus: Path, dataset: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("build_dataset.write.cut.LEAST_BYTES", 1)
    monkeypatch.setattr("build_dataset.write.sources.LISTED", 2)
    report = build([corpus], tmp_path / "cut")

    assert report.findings == ()
    assert len(list((report.folder / "articles").iterdir())) == 5
    assert [one["source"] for one in read_sources(report.folder, read_manifest(report.folder))] == [
        "bridge.txt",
        "city/school.txt",
        "empty.txt",
        "more.jsonl",
        "港口.txt",
    ]
    assert len(list((report.folder / "speakers").iterdir())) > 1
    for table in report.rows:
        assert rows(report.folder, table) == rows(dataset, table)


class TestBadSources:
    def test_an_article_that_breaks_the_extraction_costs_no_other(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        from build_dataset import batch, pipeline

        extract = pipeline.extract_article

        def fragile(document: Document, engine: Engine) -> Extraction:
            if "schools" in document.text:
                raise IndexError("nobody thought of this")
            return extract(document, engine)

        monkeypatch.setattr(batch, "extract_article", fragile)
        report = build([write_corpus(tmp_path / "news")], tmp_path / "out")

        assert (
            SkippedSource("city/school.txt", "extraction failed: IndexError: nobody thought of this")
            in report.skipped
        )
        assert report.rows["articles"] == 3

    def test_nothing_to_read_is_an_error_that_says_why(self, tmp_path: Path) -> None:
        (tmp_path / "news").mkdir()
        with pytest.raises(DatasetError, match="no source to read"):
            build([tmp_path / "news"], tmp_path / "out")
        (tmp_path / "news" / "a.txt").touch()
        with pytest.raises(DatasetError, match=r"no article in any source: a\.txt: empty"):
            build([tmp_path / "news"], tmp_path / "out")

        assert there(tmp_path) == ["news"]


class TestTarget:
    def test_a_target_inside_the_input_is_not_read(self, tmp_path: Path) -> None:
        news = write_corpus(tmp_path / "news")
        first = build([news], news / "out")
        second = build([news], news / "out")

        assert (first.rows, first.skipped) == (second.rows, second.skipped)

    def test_a_dataset_folder_is_replaced(self, dataset_copy: Path, tmp_path: Path) -> None:
        (tmp_path / "a.txt").write_text(SCHOOL, encoding="utf-8")
        report = build([tmp_path / "a.txt"], dataset_copy)

        assert report.replaced
        assert len(rows(dataset_copy, "articles")) == 1
        assert validate(dataset_copy).valid
        assert there(tmp_path) == ["a.txt", "dataset"]

    def test_an_empty_folder_is_used(self, corpus: Path, tmp_path: Path) -> None:
        (tmp_path / "out").mkdir()

        assert build([corpus], tmp_path / "out").replaced

    def test_anything_else_is_refused_and_left_alone(self, corpus: Path, tmp_path: Path) -> None:
        (tmp_path / "out").mkdir()
        (tmp_path / "out" / "thesis.doc").write_text("years", encoding="utf-8")
        with pytest.raises(DatasetError, match="not a dataset folder; remove it or name another --out"):
            build([corpus], tmp_path / "out")
        with pytest.raises(DatasetError, match="not a dataset folder"):
            build([corpus], tmp_path / "out" / "thesis.doc")

        assert (tmp_path / "out" / "thesis.doc").read_text(encoding="utf-8") == "years"

    def test_a_dataset_folder_with_a_file_of_somebody_else_is_refused(
        self, corpus: Path, dataset_copy: Path
    ) -> None:
        (dataset_copy / "notes.txt").write_text("mine", encoding="utf-8")
        with pytest.raises(DatasetError, match=r"notes\.txt: not part of the dataset there"):
            build([corpus], dataset_copy)

    def test_a_clone_of_a_repository_is_refused(self, corpus: Path, dataset_copy: Path) -> None:
        (dataset_copy / ".git").mkdir()
        with pytest.raises(DatasetError, match=r"\.git: not part of the dataset there"):
            build([corpus], dataset_copy)

    def test_a_new_dataset_that_breaks_a_rule_replaces_nothing(
        self, corpus: Path, dataset_copy: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        from build_dataset import records

        before = hashes(dataset_copy)
        monkeypatch.setattr(records, "quote_identifier", lambda article, spans: "quo_" + "0" * 20)
        report = build([corpus], dataset_copy)

        assert not report.replaced
        assert {finding.code for finding in report.findings} >= {"quotes_are_identified_by_their_content"}
        assert hashes(dataset_copy) == before
        assert there(dataset_copy.parent) == ["dataset"]


LIMITED_BUILD = """
import resource, signal, sys
from pathlib import Path
from build_dataset.build import build
from build_dataset.errors import DatasetError
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (4000, 4000))
try:
    build([sys.argv[1]], Path(sys.argv[2]))
except DatasetError as error:
    print(error)
"""


def test_a_disk_that_is_full_is_an_error_and_leaves_the_old_dataset(corpus: Path, dataset_copy: Path) -> None:
    """A limit on the size of files stands for the disk."""
    before = hashes(dataset_copy)
    command = [sys.executable, "-c", LIMITED_BUILD, str(corpus), str(dataset_copy)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)

    assert done.stdout == f"{dataset_copy}: cannot be written: {os.strerror(errno.EFBIG)}\n"
    assert hashes(dataset_copy) == before
    assert there(dataset_copy.parent) == ["dataset"]


def test_a_shard_of_work_is_put_in_place_once(corpus: Path, tmp_path: Path) -> None:
    """Two workers with the same task, one after the other: the second changes nothing."""
    from build_dataset.read import find_sources

    tasks, _ = plan.plan_shards(find_sources([corpus]).files, FolderStore(tmp_path), Options())
    first = shard.run_shard(tasks[0])
    before = hashes(tmp_path)

    assert shard.run_shard(tasks[0]) == first
    assert hashes(tmp_path) == before
    assert first.rows["articles"] > 0


def test_duplicates_within_one_shard_keep_the_first(tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt", "c.txt"):
        (tmp_path / name).write_text(SCHOOL, encoding="utf-8")
    report = build([tmp_path / "b.txt", tmp_path / "c.txt", tmp_path / "a.txt"], tmp_path / "out")

    (article,) = rows(report.folder, "articles")
    identifier = str(article["article_id"])
    assert article["source"] == "a.txt"
    assert report.duplicates == (
        Duplicate("b.txt", "a.txt", identifier),
        Duplicate("c.txt", "a.txt", identifier),
    )
