"""A corpus that grows: only what is new is read, and the result is that of a build from scratch."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from build_dataset import cache as cache_module
from build_dataset.build import build
from build_dataset.cache import Cache
from build_dataset.document import Document
from build_dataset.options import Engine, Options, TextPolicy
from build_dataset.pipeline import extract_article
from build_dataset.records import article_records
from build_dataset.validate import validate
from tests.conftest import BRIDGE, write_corpus
from tests.test_build import hashes, rows

NEWER = f"A second bridge.\n\n{BRIDGE}\nThe ferries will carry 900 people, said Maria Olsen."


def entries(cache: Path) -> list[Path]:
    return sorted(path for path in cache.rglob("*") if path.is_file())


class TestCache:
    def test_a_second_build_reads_nothing_again(self, corpus: Path, dataset: Path, tmp_path: Path) -> None:
        first = build([corpus], tmp_path / "first", cache=tmp_path / "cache")
        second = build([corpus], tmp_path / "second", cache=tmp_path / "cache")

        assert (first.reused, second.reused) == (0, second.rows["articles"] + 1)  # one text is there twice
        assert hashes(first.folder) == hashes(second.folder) == hashes(dataset)

    @pytest.mark.parametrize("workers", [1, 2])
    def test_only_what_is_new_is_read(self, tmp_path: Path, workers: int) -> None:
        news, cache = write_corpus(tmp_path / "news"), tmp_path / "cache"
        build([news], tmp_path / "out", cache=cache)
        kept = len(entries(cache))
        (news / "zoo.txt").write_text(NEWER, encoding="utf-8")
        report = build([news], tmp_path / "out", cache=cache, workers=workers)

        assert len(entries(cache)) == kept + 1
        assert report.reused == report.rows["articles"] + len(report.duplicates) - 1
        assert hashes(report.folder) == hashes(build([news], tmp_path / "scratch").folder)

    def test_a_source_that_is_gone_leaves_nothing(self, tmp_path: Path) -> None:
        news, cache = write_corpus(tmp_path / "news"), tmp_path / "cache"
        build([news], tmp_path / "out", cache=cache)
        (news / "city" / "school.txt").unlink()
        report = build([news], tmp_path / "out", cache=cache)

        assert "city/school.txt" not in {row["source"] for row in rows(report.folder, "articles")}
        assert hashes(report.folder) == hashes(build([news], tmp_path / "scratch").folder)

    def test_a_moved_source_is_not_read_again_and_has_its_new_name(self, tmp_path: Path) -> None:
        news, cache = write_corpus(tmp_path / "news"), tmp_path / "cache"
        before = build([news], tmp_path / "out", cache=cache)
        (news / "bridge.txt").rename(news / "city" / "a.txt")
        report = build([news], tmp_path / "out", cache=cache)

        assert report.reused == before.rows["articles"] + 1
        assert "city/a.txt" in {row["source"] for row in rows(report.folder, "articles")}

    def test_where_and_how_a_text_was_written_is_of_its_source(self, tmp_path: Path) -> None:
        cache, one = Cache(tmp_path), Document("a.txt", BRIDGE)
        cache.keep(one, Engine.FAST, article_records(extract_article(one)))
        found = cache.find(replace(one, source="b.txt", encoding="gb18030"), Engine.FAST)

        assert found is not None
        assert (found.article.source, found.article.sources) == ("b.txt", ["b.txt"])
        assert found.article.encoding == "gb18030"

    def test_what_the_container_says_is_part_of_the_article(self, tmp_path: Path) -> None:
        source, cache = tmp_path / "a.jsonl", tmp_path / "cache"
        for day in ("2024-03-04", "2024-03-05"):
            source.write_text(f'{{"text": "Rain fell, said Maria Olsen.", "date": "{day}"}}\n')
            report = build([source], tmp_path / "out", cache=cache)

            assert report.reused == 0
            assert str(rows(report.folder, "articles")[0]["published"]) == day

    def test_another_tool_has_results_of_its_own(
        self, corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        build([corpus], tmp_path / "out", cache=tmp_path / "cache")
        digest = cache_module.tool_digest()
        monkeypatch.setattr(cache_module, "LIBRARIES", ("pytest",))
        cache_module.tool_digest.cache_clear()

        try:
            assert cache_module.tool_digest() != digest
            assert Cache.within(tmp_path) != Cache(tmp_path / digest[:16])
        finally:
            cache_module.tool_digest.cache_clear()

    @pytest.mark.parametrize(
        "damage",
        [
            lambda content: content[:-1],
            lambda content: b"",
            lambda content: content[:40] + bytes([content[40] ^ 1]) + content[41:],
            lambda content: bytes([content[0] ^ 1]) + content[1:],
            lambda _content: b"{}" * 100,
        ],
    )
    def test_a_damaged_result_is_noticed_and_made_anew(
        self, corpus: Path, dataset: Path, tmp_path: Path, damage: Callable[[bytes], bytes]
    ) -> None:
        cache = tmp_path / "cache"
        build([corpus], tmp_path / "out", cache=cache)
        for path in entries(cache)[:2]:
            path.write_bytes(damage(path.read_bytes()))
        report = build([corpus], tmp_path / "out", cache=cache)

        assert report.damaged == 2
        assert hashes(report.folder) == hashes(dataset)
        assert build([corpus], tmp_path / "out", cache=cache).damaged == 0

    def test_a_folder_that_cannot_be_one_keeps_nothing(
        self, corpus: Path, dataset: Path, tmp_path: Path
    ) -> None:
        (tmp_path / "cache").write_text("a file")
        report = build([corpus], tmp_path / "out", cache=tmp_path / "cache")

        assert hashes(report.folder) == hashes(dataset)

    def test_what_cannot_be_kept_leaves_no_half(
        self, corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def full(*_: object) -> None:
            raise OSError("no space left")

        with monkeypatch.context() as patch:
            patch.setattr(cache_module, "Path", type("Full", (type(tmp_path),), {"replace": full}))
            report = build([corpus], tmp_path / "out", cache=tmp_path / "cache")

        assert report.replaced
        assert entries(tmp_path / "cache") == []

    def test_half_a_result_that_a_killed_build_left_is_no_result(self, corpus: Path, tmp_path: Path) -> None:
        cache = tmp_path / "cache"
        build([corpus], tmp_path / "out", cache=cache)
        for path in entries(cache):
            path.rename(path.with_name("tmp8s7d6f"))

        assert build([corpus], tmp_path / "out", cache=cache).damaged == 0


class TestGrowth:
    @pytest.fixture
    def news(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
        """Three hundred short articles, a day each, cut as a large corpus is."""
        monkeypatch.setattr("build_dataset.write.cut.LEAST_BYTES", 4096)
        monkeypatch.setattr("build_dataset.write.sources.LISTED", 10)
        folder = tmp_path / "news"
        folder.mkdir()
        for number in range(300):
            write_story(folder, number)
        return folder

    def test_newer_articles_change_the_last_files_only(self, news: Path, tmp_path: Path) -> None:
        cache = tmp_path / "cache"
        old = hashes(build([news], tmp_path / "old", cache=cache).folder)
        for number in range(300, 303):
            write_story(news, number)
        report = build([news], tmp_path / "new", cache=cache)
        new = hashes(report.folder)

        assert report.reused == 300
        assert new == hashes(build([news], tmp_path / "scratch").folder)
        for table in ("articles", "quotes", "statistics", "sources"):
            files = [digest for path, digest in new.items() if path.startswith(f"{table}/")]
            same = set(files) & set(old.values())
            assert len(files) > 5
            assert len(same) >= len(files) - 2, table

    def test_a_speaker_keeps_the_identifier(self, news: Path, tmp_path: Path) -> None:
        old = {
            row["name"]: row["speaker_id"] for row in rows(build([news], tmp_path / "a").folder, "speakers")
        }
        for number in range(300, 310):
            write_story(news, number)
        new = {
            row["name"]: row["speaker_id"] for row in rows(build([news], tmp_path / "b").folder, "speakers")
        }

        assert len(new) > 20
        assert new == old | {name: key for name, key in new.items() if name not in old}

    def test_those_known_in_one_article_stand_after_the_others_with_their_articles(
        self, news: Path, tmp_path: Path
    ) -> None:
        folder = build([news], tmp_path / "out").folder
        kinds = [str(row["kind"]) for row in rows(folder, "speakers")]
        named = [str(row["name"]) for row in rows(folder, "speakers") if row["kind"] == "person"]
        unnamed = [row["speaker_id"] for row in rows(folder, "speakers") if row["kind"] == "unnamed"]
        quoted = [row["speaker_id"] for row in rows(folder, "quotes") if row["speaker_id"] in set(unnamed)]

        assert kinds == sorted(kinds)
        assert named == sorted(named)
        assert unnamed == list(dict.fromkeys(quoted))


def write_story(folder: Path, number: int) -> None:
    first = ("Anna", "Maria", "Peter", "Clara", "Jonas")[number % 5]
    last = ("Holm", "Berg", "Lund", "Voss", "Thal")[number // 5 % 5]
    text = (
        f'The town of Elm sold {number + 7} boats, a resident said.\n\n"We sold {number + 3} of them in one '
        f'week," said {first} {last}, the harbor master. "Nobody thought that it would be story {number}."\n'
    )
    day = f"{2001 + number // 12}-{number % 12 + 1:02}-15"
    (folder / f"{number:04}.jsonl").write_text(
        f'{{"text": {json.dumps(text)}, "date": "{day}"}}\n', encoding="utf-8"
    )


@pytest.mark.parametrize("policy", TextPolicy)
def test_what_is_kept_does_not_depend_on_what_is_published(
    corpus: Path, tmp_path: Path, policy: TextPolicy
) -> None:
    build([corpus], tmp_path / "full", cache=tmp_path / "cache")
    report = build([corpus], tmp_path / "out", cache=tmp_path / "cache", options=Options(text=policy))

    assert report.reused == report.rows["articles"] + 1
    assert validate(report.folder).valid
