"""What stands in several articles: all sources of a text, near-duplicates, quotes that can be counted once."""

import io
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rich.console import Console

from build_dataset.assemble.duplicates import reserve
from build_dataset.build import build
from build_dataset.examine.extraction import extract_source
from build_dataset.options import Options, TextPolicy
from build_dataset.report import BuildReport
from build_dataset.show.build import summary
from build_dataset.validate import validate
from tests.resolve.test_likeness import FERRY, HOSPITAL, RESCUE, SCHOOLS
from tests.test_build import hashes, rows

HOSTILE = Path(__file__).parents[2] / ".." / "shared" / "inputs" / "hostile" / "15_duplicates.jsonl"

CLOSED = (
    "The harbor bridge will close on Friday.\n\n“We know that this will hurt the people who cross it,” said Maria "
    "Olsen, the director of the port.\n\nThe cost is not known yet.\n\n“No comment,” Maria Olsen said of it.\n"
)
DEFENDED = (
    "The port stood by its plan for the summer in a heated hearing of the council.\n\n“We know that this will hurt the "
    "people who cross it”, Maria Olsen repeated.\n\nThe hearing went on until late.\n\n“No comment,” Maria "
    "Olsen said.\n\nThe opposition agreed for once.\n\n“We know that this will hurt the people who cross it,” said "
    "Jonas Thal.\n"
)
MARKET = (
    "The fish market of Elm moves into the old customs hall in autumn, the town said on Tuesday.\n\n“It smells of a "
    "fine future,” a resident said.\n\nThe hall dates from 1874, has 62 stands and was empty for eleven years, in "
    "which three investors came and went and the roof of the eastern wing fell in twice.\n\n“Hard to park,” an "
    "official warned.\n"
)
MARKET_COPY = "Fish market to move\n\n" + MARKET.replace("“", '"').replace("”", '"')

Entry = dict[str, Any]


def entry(text: str, day: int | None = None) -> Entry:
    return {"text": text} | ({"date": f"2024-03-{day:02}"} if day else {})


def build_of(entries: Sequence[Entry], folder: Path, **more: Any) -> BuildReport:
    folder.mkdir(parents=True)
    source = folder / "news.jsonl"
    source.write_text("".join(f"{json.dumps(one)}\n" for one in entries), encoding="utf-8")
    report = build([source], folder / "out", **more)
    assert report.findings == ()
    return report


def duplicates(report: BuildReport) -> dict[object, object]:
    """Text of an article → that of the one which it is nearly a copy of."""
    texts = {row["article_id"]: row["text"] for row in rows(report.folder, "articles")}
    return {row["text"]: texts.get(row["duplicate_of"]) for row in rows(report.folder, "articles")}


def quotes(report: BuildReport) -> list[tuple[str, bool]]:
    """The quotes in order, and whether each repeats another."""
    return [(str(row["text"]), row["duplicate_of"] is not None) for row in rows(report.folder, "quotes")]


def named(report: BuildReport) -> list[tuple[object, object]]:
    """All references, without the names of sources."""
    return [
        (row[f"{table.removesuffix('s')}_id"], row["duplicate_of"])
        for table in ("articles", "quotes")
        for row in rows(report.folder, table)
    ]


class TestArticles:
    def test_the_sources_of_a_text_are_listed_in_order(self, tmp_path: Path) -> None:
        report = build_of([entry(FERRY), entry(HOSPITAL), entry(FERRY), entry(FERRY)], tmp_path / "a")
        sources = {row["source"]: row["sources"] for row in rows(report.folder, "articles")}

        assert sources == {
            "news.jsonl#1": ["news.jsonl#1", "news.jsonl#3", "news.jsonl#4"],
            "news.jsonl#2": ["news.jsonl#2"],
        }
        assert [one.source for one in report.duplicates] == ["news.jsonl#3", "news.jsonl#4"]

    def test_copies_refer_to_the_earliest_in_both_languages(self, tmp_path: Path) -> None:
        later, zh_later = FERRY.replace("1,900", "2,100"), f"岛民失去渡轮\n\n{RESCUE}"
        entries = [entry(later, 5), entry(zh_later, 6), entry(FERRY, 4), entry(RESCUE), entry(HOSPITAL, 1)]
        report = build_of([*entries, entry(SCHOOLS, 9)], tmp_path / "a")

        assert duplicates(report) == {
            HOSPITAL: None,
            FERRY: None,
            later: FERRY,
            zh_later: None,
            SCHOOLS: None,
            RESCUE: zh_later,  # what states no day stands last
        }
        assert (report.near_duplicates, report.rows["articles"]) == (2, 6)

    def test_newer_articles_change_no_older_reference(self, tmp_path: Path) -> None:
        old = [entry(FERRY, 2), entry(f"{FERRY}\nMore follows.", 3), entry(MARKET, 3), entry(CLOSED, 4)]
        new = [entry(f"Update\n\n{FERRY}", 5), entry(MARKET_COPY, 6), entry(DEFENDED, 7)]
        before, after = build_of(old, tmp_path / "old"), build_of(old + new, tmp_path / "new")

        assert (before.near_duplicates, after.near_duplicates) == (1, 3)
        assert before.repeated_quotes < after.repeated_quotes
        assert set(named(before)) < set(named(after))

    @pytest.mark.skipif(not HOSTILE.is_file(), reason="the shared folder with hostile inputs is not here")
    def test_the_hostile_file(self, tmp_path: Path) -> None:
        report = build([HOSTILE], tmp_path / "out")
        found = {str(row["source"]).partition("#")[2]: row for row in rows(report.folder, "articles")}
        of = {number: row["duplicate_of"] for number, row in found.items()}
        first = next(number for number in ("1", "4", "6") if of[number] is None)

        assert [len(list(row["sources"])) for _, row in sorted(found.items())] == [3, 1, 1, 1]  # type: ignore[call-overload]
        assert of["5"] is None
        assert {of[number] for number in {"1", "4", "6"} - {first}} == {found[first]["article_id"]}


class TestQuotes:
    def test_a_known_speaker_is_counted_once_wherever_the_words_stand(self, tmp_path: Path) -> None:
        report = build_of([entry(CLOSED, 1), entry(DEFENDED, 2)], tmp_path / "a")

        assert report.near_duplicates == 0
        assert quotes(report) == [
            ("We know that this will hurt the people who cross it,", False),
            ("No comment,", False),
            ("We know that this will hurt the people who cross it", True),
            ("No comment,", False),
            ("We know that this will hurt the people who cross it,", False),  # of another speaker
        ]
        assert report.repeated_quotes == 1

    def test_in_a_copy_short_words_and_unnamed_speakers_count_once_too(self, tmp_path: Path) -> None:
        report = build_of([entry(MARKET, 1), entry(MARKET_COPY, 2)], tmp_path / "a")
        found = quotes(report)

        assert found == [
            ("It smells of a fine future,", False),
            ("Hard to park,", False),
            ("It smells of a fine future,", True),
            ("Hard to park,", True),
        ]

    def test_the_same_words_of_an_unnamed_speaker_elsewhere_are_another_quote(self, tmp_path: Path) -> None:
        elsewhere = "Rain fell in Holm.\n\n“It smells of a fine future,” a resident said.\n"

        assert build_of([entry(MARKET, 1), entry(elsewhere, 2)], tmp_path / "a").repeated_quotes == 0

    @pytest.mark.parametrize("excluded", ["a resident", "Maria Olsen"])
    def test_nothing_refers_to_a_quote_of_somebody_who_is_left_out(
        self, excluded: str, tmp_path: Path
    ) -> None:
        entries = [entry(MARKET, 1), entry(MARKET_COPY, 2), entry(CLOSED, 3), entry(DEFENDED, 4)]
        report = build_of(entries, tmp_path / "a", options=Options(excluded=(excluded,)))

        assert report.excluded
        assert report.repeated_quotes
        assert validate(report.folder).valid

    def test_where_the_first_of_them_is_left_out_the_second_stands_for_all(self, tmp_path: Path) -> None:
        entries = [entry(MARKET, 1), entry(MARKET_COPY, 2), entry(f"Update\n\n{MARKET}", 3)]
        whole = rows(build_of(entries, tmp_path / "a").folder, "quotes")
        first = next(row for row in whole if str(row["text"]).startswith("It smells"))
        without = build_of(entries, tmp_path / "b", options=Options(excluded=(str(first["speaker_id"]),)))

        assert [repeats for text, repeats in quotes(without) if text.startswith("It smells")] == [False, True]

    @pytest.mark.parametrize("policy", TextPolicy)
    def test_what_is_published_of_the_texts_changes_nothing(self, policy: TextPolicy, tmp_path: Path) -> None:
        report = build_of(
            [entry(CLOSED, 1), entry(DEFENDED, 2), entry(MARKET), entry(MARKET_COPY)],
            tmp_path / "a",
            options=Options(text=policy),
        )

        assert (report.near_duplicates, report.repeated_quotes > 1) == (1, True)


EVERY = [
    entry(FERRY, 2),
    entry(f"{FERRY}\nMore follows.", 3),
    entry(f"Update\n\n{FERRY}"),
    entry(FERRY, 2),
    entry(MARKET, 3),
    entry(MARKET_COPY, 3),
    entry(CLOSED, 4),
    entry(DEFENDED, 4),
    entry(RESCUE, 1),
    entry(f"岛民失去渡轮\n\n{RESCUE}", 1),
]


class TestSameResult:
    @settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(order=st.permutations(EVERY))
    def test_in_any_order_of_the_sources(
        self, order: list[Entry], tmp_path_factory: pytest.TempPathFactory
    ) -> None:
        expected = named(build_of(EVERY, tmp_path_factory.mktemp("one") / "a"))

        assert named(build_of(order, tmp_path_factory.mktemp("other") / "a")) == expected

    def test_with_any_workers_and_shards(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        first = build_of(EVERY, tmp_path / "a", cache=tmp_path / "cache")
        monkeypatch.setattr("build_dataset.shards.plan.TASK_BYTES", 1)
        monkeypatch.setattr("build_dataset.read.jsonl.PART_BYTES", 200)
        monkeypatch.setattr("build_dataset.assemble.duplicates.BUCKET_QUOTES", 2)
        monkeypatch.setattr("build_dataset.assemble.duplicates.BUCKETS_AT_ONCE", 2)
        second = build([tmp_path / "a" / "news.jsonl"], tmp_path / "b", workers=2, cache=tmp_path / "cache")

        assert second.reused == len(EVERY)
        assert hashes(second.folder) == hashes(first.folder)
        assert (first.near_duplicates, first.rows["articles"]) == (4, 9)


def test_one_source_alone_has_its_sources_and_repeats_nothing(tmp_path: Path) -> None:
    source = tmp_path / "news.jsonl"
    source.write_text("".join(f"{json.dumps(one)}\n" for one in EVERY), encoding="utf-8")
    records = extract_source(str(source), print)

    several = [one.sources for one in records.articles if len(one.sources) > 1]

    assert several == [["news.jsonl#1", "news.jsonl#4"]]
    assert (
        {row.duplicate_of for row in records.articles}
        == {row.duplicate_of for row in records.quotes}
        == {None}
    )


def test_the_summary_says_what_is_there_more_than_once(tmp_path: Path) -> None:
    report = build_of(EVERY, tmp_path / "a")
    console = Console(width=200, record=True, file=io.StringIO())
    console.print(summary(report))
    printed = console.export_text()

    assert "4 articles are nearly copies of an earlier one" in printed
    assert f"{report.repeated_quotes} quotes repeat one of an earlier article" in printed
    assert {
        "near_duplicates": 4,
        "repeated_quotes": report.repeated_quotes,
    }.items() <= report.as_json().items()


def test_the_card_says_how_much_is_there_twice(tmp_path: Path) -> None:
    report = build_of(EVERY, tmp_path / "a")
    card = (report.folder / "README.md").read_text(encoding="utf-8")

    assert (
        "Here 1 further sources hold exactly the text of an article, 4 articles are nearly copies of an earlier one, "
        f"and {report.repeated_quotes} quotes repeat one of an earlier article."
    ) in card


def test_what_is_mapped_has_its_room_on_the_disk(tmp_path: Path) -> None:
    for size in (1, 5_000, 3_000_000):
        reserve(tmp_path / "file", size)

        assert (tmp_path / "file").stat().st_size == size
        assert (tmp_path / "file").stat().st_blocks * 512 >= size
