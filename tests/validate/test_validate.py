"""Every rule that is always true of a dataset folder: break it, and exactly that finding names the row."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from build_dataset.errors import DatasetError
from build_dataset.schema.derived import KEYS
from build_dataset.schema.identifiers import quote_identifier, statistic_identifier
from build_dataset.validate import validate
from build_dataset.validate.checks import CHECKS
from build_dataset.write import card, croissant, manifest
from tests.validate.tables import change, findings, number, read, shard, write


def test_what_was_built_is_valid(dataset: Path) -> None:
    report = validate(dataset)

    assert report.valid
    assert report.rows == {table: len(read(dataset, table)) for table in KEYS}
    assert json.loads(json.dumps(report.as_json())) == {"valid": True, "rows": report.rows, "findings": []}


def test_each_check_says_what_it_protects() -> None:
    assert all((check.__doc__ or "").endswith(".") for check in CHECKS)


Edit = Callable[[dict[str, Any]], None]


def put(**values: Any) -> Edit:
    return lambda row: row.update(values)


def shift(row: dict[str, Any]) -> None:
    """The span one to the right, with the identifier that goes with it."""
    row["start"] += 1
    row["end"] += 1
    row["statistic_id"] = statistic_identifier(row["article_id"], row["start"], row["end"])


def shift_spans(row: dict[str, Any]) -> None:
    row["spans"] = [{"start": span["start"] + 1, "end": span["end"] + 1} for span in row["spans"]]
    row["quote_id"] = quote_identifier(row["article_id"], [(s["start"], s["end"]) for s in row["spans"]])


def is_free(row: dict[str, Any]) -> bool:
    return row["quote_id"] is None


def is_quoted(row: dict[str, Any]) -> bool:
    return row["quote_id"] is not None


def is_changed(row: dict[str, Any]) -> bool:
    return bool(row["change_role"] == "from")


def is_copy(row: dict[str, Any]) -> bool:
    return row["duplicate_of"] is not None


def anything(_row: dict[str, Any]) -> bool:
    return True


BROKEN: list[tuple[str, str, Callable[[dict[str, Any]], object], Edit, str]] = [
    (
        "records_fit_the_schema",
        "quotes",
        anything,
        put(type="shouted"),
        "type: Input should be 'direct', 'mixed' or",
    ),
    ("records_fit_the_schema", "quotes", anything, put(flags=["odd"]), "flags.0: Input should be"),
    (
        "records_fit_the_schema",
        "quotes",
        anything,
        put(confidence=1.5),
        "confidence: Input should be less than or",
    ),
    ("records_fit_the_schema", "statistics", anything, put(kind="odd"), "kind: Input should be"),
    ("records_fit_the_schema", "statistics", anything, put(qualifier="odd"), "qualifier: Input should be"),
    (
        "records_fit_the_schema",
        "statistics",
        anything,
        put(value=float("inf")),
        "value: Input should be a finite",
    ),
    (
        "records_fit_the_schema",
        "articles",
        anything,
        put(words=-1),
        "words: Input should be greater than or equal",
    ),
    ("records_fit_the_schema", "speakers", anything, put(kind="ghost"), "kind: Input should be"),
    (
        "articles_are_identified_by_their_text",
        "articles",
        anything,
        put(text_sha256="0" * 64),
        "is not what text_sha256 gives",
    ),
    ("characters_are_counted", "articles", anything, put(characters=3), "characters is 3, but text has"),
    ("quotes_are_grounded", "quotes", anything, put(text="never said"), "text is not what spans cut out"),
    (
        "mentions_and_cues_are_grounded",
        "quotes",
        lambda row: row["cue"],
        lambda row: row["cue"].update(text="x"),
        "cue:",
    ),
    (
        "mentions_and_cues_are_grounded",
        "quotes",
        lambda row: row["mention"],
        lambda row: row["mention"].update(text="x"),
        "mention:",
    ),
    (
        "contexts_are_grounded",
        "quotes",
        anything,
        put(context="elsewhere"),
        "context does not stand round the quote",
    ),
    (
        "contexts_are_grounded",
        "statistics",
        anything,
        put(context="elsewhere"),
        "context does not stand round the fig",
    ),
    ("quotes_are_grounded", "quotes", anything, shift_spans, "text is not what spans cut out"),
    ("quotes_have_the_language_of_their_article", "quotes", anything, put(language="fr"), "language is fr"),
    ("statistics_are_grounded", "statistics", is_free, put(text="7"), "text is not what the span cuts out"),
    ("statistics_are_grounded", "statistics", is_free, shift, "text is not what the span cuts out"),
    (
        "statistics_are_identified_by_their_content",
        "statistics",
        is_free,
        put(statistic_id="sta_" + "0" * 20),
        "statistic_id is not what article and span give",
    ),
    (
        "statistics_lie_in_their_quotes",
        "statistics",
        is_quoted,
        put(quote_id="quo_" + "0" * 20),
        "is no quote of",
    ),
    (
        "statistics_lie_in_their_quotes",
        "statistics",
        is_quoted,
        put(speaker_id=None),
        "speaker_id is not that of",
    ),
    (
        "statistics_lie_in_their_quotes",
        "statistics",
        is_quoted,
        put(quote_id=None),
        "speaker_id without quote_id",
    ),
    (
        "words_about_statistics_are_grounded",
        "statistics",
        lambda row: row["subject"],
        put(subject="elsewhere"),
        "subject: text is not what the article has there",
    ),
    (
        "words_about_statistics_are_grounded",
        "statistics",
        lambda row: row["period"],
        lambda row: row["period"].update(text="x"),
        "period: text is not what the article has there",
    ),
    (
        "changes_are_whole",
        "statistics",
        is_changed,
        put(change_role=None),
        "change_id and change_role belong",
    ),
    ("changes_are_whole", "statistics", is_changed, put(change_direction=None), "goes both ways"),
    ("changes_are_whole", "statistics", is_changed, put(change_role="to"), "has two figures for to"),
    ("ranges_are_ordered", "statistics", anything, put(value_max=-1.0), "is greater than value_max -1.0"),
    ("sources_are_listed", "articles", anything, put(source="b.txt"), "sources does not begin with source"),
    (
        "sources_are_listed",
        "articles",
        lambda row: len(row["sources"]) > 1,
        lambda row: row["sources"].append(row["sources"][1]),
        "sources names one twice",
    ),
    (
        "references_resolve",
        "articles",
        is_copy,
        put(duplicate_of="art_" + "0" * 20),
        "is not in articles",
    ),
    ("references_resolve", "quotes", is_copy, put(duplicate_of="quo_" + "0" * 20), "is not in quotes"),
    (
        "duplicates_follow",
        "articles",
        is_copy,
        lambda row: row.update(duplicate_of=row["article_id"]),
        "does not stand before it",
    ),
    (
        "duplicates_follow",
        "quotes",
        is_copy,
        lambda row: row.update(duplicate_of=row["quote_id"]),
        "does not stand before it",
    ),
    ("speakers_are_counted", "speakers", anything, put(quotes=99), "quotes is 99, but there are"),
    ("speakers_are_counted", "speakers", anything, put(articles=99), "articles is 99, but there are"),
]


@pytest.mark.parametrize(("code", "table", "fits", "edit", "message"), BROKEN)
def test_a_value_that_breaks_a_rule_is_found(
    code: str,
    table: str,
    fits: Callable[[dict[str, Any]], object],
    edit: Edit,
    message: str,
    dataset_copy: Path,
) -> None:
    rows = read(dataset_copy, table)
    place = number(rows, fits)
    edit(rows[place])
    write(dataset_copy, table, rows)
    first, *others = findings(dataset_copy)

    assert (first.code, first.where, first.record) == (code, table, rows[place][KEYS[table]])
    assert message in first.message
    if edit != shift_spans:  # which also moves the quote away from its statistics
        assert {finding.code for finding in others} <= {code}


def test_a_span_outside_the_text_is_found(dataset_copy: Path) -> None:
    rows = change(dataset_copy, "quotes", lambda rows: rows[0]["spans"][-1].update(end=10_000))
    found = {finding.code: finding for finding in findings(dataset_copy)}

    assert "outside the text" in found["quotes_are_grounded"].message
    assert found["quotes_are_identified_by_their_content"].record == rows[0]["quote_id"]


def test_a_statistic_beside_its_quote_is_found(dataset_copy: Path) -> None:
    quotes = {row["quote_id"]: row for row in read(dataset_copy, "quotes")}
    rows = read(dataset_copy, "statistics")
    row = rows[number(rows, is_quoted)]
    inside = quotes[row["quote_id"]]
    other = next(
        quote
        for quote in quotes.values()
        if quote["article_id"] == inside["article_id"]
        and quote["speaker_id"] == inside["speaker_id"]
        and quote != inside
    )
    row["quote_id"] = other["quote_id"]
    write(dataset_copy, "statistics", rows)

    assert [(finding.code, finding.message) for finding in findings(dataset_copy)] == [
        ("statistics_lie_in_their_quotes", f"does not lie inside {other['quote_id']}")
    ]


@pytest.mark.parametrize("table", KEYS)
def test_a_row_that_stands_twice_is_found(table: str, dataset_copy: Path) -> None:
    rows = change(dataset_copy, table, lambda rows: rows.insert(1, rows[0]))
    found = findings(dataset_copy)

    assert ("identifiers_are_unique", table, rows[0][KEYS[table]]) in [
        (finding.code, finding.where, finding.record) for finding in found
    ]


@pytest.mark.parametrize(
    ("table", "column"), [("quotes", "article_id"), ("quotes", "speaker_id"), ("statistics", "article_id")]
)
def test_a_reference_that_leads_nowhere_is_found(table: str, column: str, dataset_copy: Path) -> None:
    nowhere = {"article_id": "art_", "speaker_id": "spk_"}[column] + "0" * 20
    rows = change(dataset_copy, table, lambda rows: rows[0].update({column: nowhere}))
    found = [finding for finding in findings(dataset_copy) if finding.code == "references_resolve"]

    assert [(finding.where, finding.record) for finding in found] == [(table, rows[0][KEYS[table]])]
    assert nowhere in found[0].message


@pytest.mark.parametrize("table", ["articles", "quotes"])
def test_a_duplicate_of_a_later_row_or_of_a_duplicate_is_found(table: str, dataset_copy: Path) -> None:
    key = KEYS[table]
    rows = read(dataset_copy, table)
    copy = number(rows, is_copy)
    first = number(rows, lambda row: row[key] == rows[copy]["duplicate_of"])
    rows[first]["duplicate_of"] = rows[-1][key]
    copies = [row[key] for row in rows if row["duplicate_of"] == rows[first][key]]
    write(dataset_copy, table, rows)

    assert {(finding.code, finding.record, finding.message) for finding in findings(dataset_copy)} == {
        ("duplicates_follow", rows[first][key], f"duplicate_of {rows[-1][key]} does not stand before it"),
        *(
            ("duplicates_follow", of, f"duplicate_of {rows[first][key]} is itself a duplicate")
            for of in copies
        ),
    }


def test_a_speaker_without_a_quote_is_found(dataset_copy: Path) -> None:
    extra = {**read(dataset_copy, "speakers")[0], "speaker_id": "spk_" + "0" * 20}
    change(dataset_copy, "speakers", lambda rows: rows.append(extra))

    assert {(finding.code, finding.record) for finding in findings(dataset_copy)} == {
        ("speakers_are_counted", extra["speaker_id"])
    }


def test_rows_in_another_order_are_found_and_still_checked(dataset_copy: Path) -> None:
    rows = read(dataset_copy, "quotes")[::-1]
    rows[0]["text"] = "never said"
    write(dataset_copy, "quotes", rows)

    repeated = {("duplicates_follow", row["quote_id"]) for row in rows if row["duplicate_of"]}
    assert repeated
    assert {(finding.code, finding.record) for finding in findings(dataset_copy)} == repeated | {
        ("rows_are_in_order", None),
        ("quotes_are_grounded", rows[0]["quote_id"]),
    }


@pytest.mark.parametrize(
    ("alter", "message"),
    [
        (lambda table: table.drop_columns(["context"]), "column context is missing"),
        (lambda table: table.append_column("mood", table["text"]), "column mood is not of the schema"),
        (lambda table: table.select(sorted(table.column_names)), "the columns are in another order"),
        (
            lambda table: table.cast(pa.schema([f.with_nullable(True) for f in table.schema])),
            "column quote_id is",
        ),
    ],
)
def test_another_schema_is_found(
    alter: Callable[[pa.Table], pa.Table], message: str, dataset_copy: Path
) -> None:
    path = shard(dataset_copy, "quotes")
    pq.write_table(alter(pq.read_table(path)), path)
    (found,) = findings(dataset_copy)

    assert (found.code, found.where) == ("shards_have_the_schema", "quotes/train-00000-of-00001.parquet")
    assert found.message.startswith(message)


def test_a_shard_that_cannot_be_read_is_found(dataset_copy: Path) -> None:
    path = shard(dataset_copy, "quotes")
    path.write_bytes(path.read_bytes()[:-200])

    assert [finding.code for finding in findings(dataset_copy)] == ["shards_are_readable"]


@pytest.mark.parametrize("name", ["train-00000-of-00002.parquet", None])
def test_a_missing_shard_is_found(name: str | None, dataset_copy: Path) -> None:
    path = shard(dataset_copy, "statistics")
    if name:
        path.rename(path.with_name(name))
    else:
        path.unlink()

    assert [finding.code for finding in findings(dataset_copy)] == ["shards_are_complete"]


@pytest.mark.parametrize("content", [None, "[]", "{}", "not json"])
def test_a_folder_that_is_no_dataset_is_an_error(content: str | None, tmp_path: Path) -> None:
    if content is not None:
        (tmp_path / "manifest.json").write_text(content, encoding="utf-8")
    with pytest.raises(DatasetError, match=r"manifest"):
        validate(tmp_path)


def test_the_names_of_the_files_are_those_that_are_written() -> None:
    assert (card.NAME, croissant.NAME, manifest.NAME) == ("README.md", "croissant.json", "manifest.json")
