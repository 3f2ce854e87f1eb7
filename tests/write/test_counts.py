"""What the card counts is what stands in the tables."""

from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from build_dataset.schema.derived import arrow_schema
from build_dataset.write import counts as counts_module
from build_dataset.write.counts import read_counts
from build_dataset.write.parquet import file_name, write_parquet
from build_dataset.write.periods import MOST, gather, label_length

Rows = list[dict[str, Any]]


def rows(folder: Path, table: str) -> Rows:
    return list(pq.read_table(folder / table).to_pylist())


def test_each_number_is_that_of_the_rows(dataset: Path) -> None:
    counts = read_counts(dataset)
    articles = {row["article_id"]: row for row in rows(dataset, "articles")}
    quotes, statistics = rows(dataset, "quotes"), rows(dataset, "statistics")

    assert counts.quote_types == Counter(row["type"] for row in quotes)
    assert counts.statistic_kinds == Counter(row["kind"] for row in statistics)
    assert counts.speaker_kinds == Counter(row["kind"] for row in rows(dataset, "speakers"))
    assert list(counts.languages) == ["en", "zh-Hans"]
    for language, numbers in counts.languages.items():
        assert numbers == {
            "articles": sum(row["language"] == language for row in articles.values()),
            "quotes": sum(row["language"] == language for row in quotes),
            "statistics": sum(articles[row["article_id"]]["language"] == language for row in statistics),
        }
        types = Counter(row["type"] for row in quotes if row["language"] == language)
        assert counts.language_types[language] == types


def test_what_is_frequent_comes_first(dataset: Path) -> None:
    counts = read_counts(dataset)

    for numbers in (counts.quote_types, counts.statistic_kinds, counts.speaker_kinds):
        assert list(numbers.items()) == sorted(numbers.items(), key=lambda entry: (-entry[1], entry[0]))
    order = [(-one.quotes, -one.articles, one.name) for one in counts.speakers]
    assert order == sorted(order)


def test_days_are_counted_and_so_are_articles_without(dataset: Path) -> None:
    counts = read_counts(dataset)
    articles = {row["article_id"]: row for row in rows(dataset, "articles")}

    assert counts.published == (date(2024, 3, 4), date(2024, 3, 5))
    assert counts.undated == sum(row["published"] is None for row in articles.values()) == 3
    assert [(one.name, one.articles) for one in counts.periods] == [("2024-03-04", 1), ("2024-03-05", 1)]
    for period in counts.periods:
        of_day = (
            q for q in rows(dataset, "quotes") if str(articles[q["article_id"]]["published"]) == period.name
        )
        assert period.quotes == Counter(quote["type"] for quote in of_day)


def test_the_unnamed_are_not_among_the_most_quoted(dataset: Path) -> None:
    speakers = rows(dataset, "speakers")
    named = {row["name"] for row in speakers if row["kind"] != "unnamed"}

    assert {one.name for one in read_counts(dataset).speakers} == named


def test_a_table_of_several_files_is_counted_as_one(dataset_copy: Path) -> None:
    before = read_counts(dataset_copy)
    for table in ("articles", "quotes", "statistics", "speakers"):
        (path,) = (dataset_copy / table).iterdir()
        whole = pq.read_table(path)
        path.unlink()
        half = whole.num_rows // 2
        for number, part in enumerate((whole.slice(0, half), whole.slice(half))):
            write_parquet(table, part, dataset_copy / table / file_name(number, 2))

    assert read_counts(dataset_copy) == before


def test_wordings_of_licences_are_counted(dataset_copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counts_module, "TOP_WORDINGS", 1)
    (path,) = (dataset_copy / "articles").iterdir()
    articles = rows(dataset_copy, "articles")
    for row, wording in zip(articles, ["CC BY", "CC BY", "© A", "© B", None], strict=True):
        row["license"] = wording
    write_parquet("articles", pa.Table.from_pylist(articles, schema=arrow_schema("articles")), path)
    licenses = read_counts(dataset_copy).licenses

    assert licenses.top == {"CC BY": 2}
    assert (licenses.others, licenses.others_articles, licenses.unstated) == (2, 2, 1)


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        ("2024-03-04", "2024-03-04", "2024-03-04"),
        ("2024-03-04", "2024-04-12", "2024-03-04"),
        ("2024-03-04", "2024-04-13", "2024-03"),
        ("2021-03-04", "2024-01-01", "2021-03"),
        ("2020-03-04", "2024-01-01", "2020"),
        ("1986-01-01", "2023-01-01", "1986"),
        ("1980-01-01", "2023-01-01", "198"),
        ("0085-01-01", "2023-01-01", "008"),
    ],
)
def test_the_steps_suit_the_range(first: str, last: str, expected: str) -> None:
    start, end = date.fromisoformat(first), date.fromisoformat(last)
    length = label_length(start, end)

    assert first[:length] == expected
    assert length == 3 or len(gather({first[:length]: 1, last[:length]: 1}, {})) <= MOST


def test_periods_between_are_there_too() -> None:
    def names(first: str, last: str) -> list[str]:
        return [period.name for period in gather({first: 1, last: 1}, {})]

    assert names("2023-12-31", "2024-01-02") == ["2023-12-31", "2024-01-01", "2024-01-02"]
    assert names("2023-11", "2024-02") == ["2023-11", "2023-12", "2024-01", "2024-02"]
    assert names("1999", "2001") == ["1999", "2000", "2001"]
    assert names("199", "201") == ["1990s", "2000s", "2010s"]


def test_what_is_much_earlier_is_one_period() -> None:
    articles = {"010": 2, "150": 1, "202": 3}
    periods = gather(articles, {"010": {"direct": 1}, "150": {"direct": 2, "mixed": 1}, "202": {"mixed": 4}})

    assert len(periods) == MOST + 1
    assert (periods[0].name, periods[0].articles) == ("before 1630s", 3)
    assert periods[0].quotes == {"direct": 3, "mixed": 1}
    assert (periods[-1].name, periods[-1].quotes) == ("2020s", {"mixed": 4})


def test_without_days_there_are_no_periods() -> None:
    assert gather({}, {}) == ()
