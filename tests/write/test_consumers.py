"""The tools that people load datasets with read every table, with the right types."""

import json
import os
import subprocess
import sys
from pathlib import Path

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from datasets import Features

from build_dataset.build import build
from build_dataset.schema import SCHEMA_VERSION, TABLES
from build_dataset.schema.derived import arrow_schema, features
from tests.conftest import BRIDGE, SCHOOL

LOAD = """
import json, sys
from datasets import load_dataset
folder, cache, *tables = sys.argv[1:]
loaded = {}
for table in tables:
    dataset = load_dataset(folder, table, cache_dir=cache)
    rows = dataset["train"]
    loaded[table] = {
        "splits": list(dataset),
        "rows": rows.num_rows,
        "features": rows.features._to_yaml_list(),
        "version": str(rows.info.version),
        "first": [str(value) for value in (rows[0] if rows.num_rows else {}).values()],
    }
loaded["default"] = load_dataset(folder, cache_dir=cache)["train"].num_rows
loaded["streamed"] = sum(1 for _ in load_dataset(folder, "quotes", split="train", streaming=True))
print(json.dumps(loaded))
"""


def load(folder: Path, cache: Path, *tables: str) -> dict[str, dict[str, object]]:
    """Load with `datasets` in a process of its own, without the network and with a fresh cache."""
    offline = {
        "HF_HUB_OFFLINE": "1",
        "HF_DATASETS_OFFLINE": "1",
        "HF_HOME": str(cache),
        "HF_HUB_DISABLE_TELEMETRY": "1",
    }
    done = subprocess.run(
        [sys.executable, "-c", LOAD, str(folder), str(cache), *tables],
        env={**os.environ, **offline},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    loaded: dict[str, dict[str, object]] = json.loads(done.stdout)
    return loaded


def test_datasets_loads_each_configuration(dataset: Path, tmp_path: Path) -> None:
    loaded = load(dataset, tmp_path, *TABLES)

    for table in TABLES:
        rows = pq.read_table(dataset / table)
        assert loaded[table]["splits"] == ["train"]
        assert loaded[table]["rows"] == rows.num_rows > 0
        assert Features._from_yaml_list(loaded[table]["features"]) == features(table)
        assert loaded[table]["version"] == SCHEMA_VERSION
        assert loaded[table]["first"] == [str(value) for value in rows.slice(0, 1).to_pylist()[0].values()]
    assert loaded["default"] == loaded["articles"]["rows"]
    assert loaded["streamed"] == loaded["quotes"]["rows"]


def test_tables_without_rows_are_read_and_a_rebuild_is_not_taken_from_the_cache(tmp_path: Path) -> None:
    """`datasets` streams a table without rows; loading it as a whole is an error there, whatever the file."""
    (tmp_path / "a.txt").write_text("It rained.\n", encoding="utf-8")
    out = build([tmp_path / "a.txt"], tmp_path / "dataset").folder
    before = load(out, tmp_path / "cache", "articles")
    assert [len(pd.read_parquet(out / table)) for table in TABLES] == [1, 0, 0, 0]
    assert [len(pl.read_parquet(out / table / "*.parquet")) for table in TABLES] == [1, 0, 0, 0]
    assert [len(duckdb.read_parquet(f"{out}/{table}/*.parquet")) for table in TABLES] == [1, 0, 0, 0]
    (tmp_path / "a.txt").write_text(SCHOOL + BRIDGE, encoding="utf-8")
    build([tmp_path / "a.txt"], out)
    after = load(out, tmp_path / "cache", *TABLES)

    assert before["articles"]["rows"] == 1
    assert not before["streamed"]
    assert after["articles"]["first"] != before["articles"]["first"]
    assert all(int(str(after[table]["rows"])) > 0 for table in TABLES)


@pytest.mark.parametrize("table", TABLES)
class TestEachTable:
    def test_pandas(self, dataset: Path, table: str) -> None:
        frame = pd.read_parquet(dataset / table)

        assert list(frame.columns) == arrow_schema(table).names
        assert len(frame) == pq.read_table(dataset / table).num_rows
        numbers = {"int32": "int32", "float": "float32", "double": "float64", "string": "str"}
        for field in arrow_schema(table):
            expected = numbers.get(str(field.type))
            assert expected is None or str(frame.dtypes[field.name]) == expected

    def test_polars(self, dataset: Path, table: str) -> None:
        frame = pl.read_parquet(dataset / table / "*.parquet")

        expected = pl.DataFrame(pl.from_arrow(arrow_schema(table).empty_table()))
        assert frame.schema == expected.schema
        assert frame.rows() == pl.DataFrame(pl.from_arrow(pq.read_table(dataset / table))).rows()

    def test_duckdb(self, dataset: Path, table: str) -> None:
        relation = duckdb.read_parquet(f"{dataset}/{table}/*.parquet")

        assert relation.columns == arrow_schema(table).names
        expected = duckdb.from_arrow(arrow_schema(table).empty_table()).types
        assert relation.types == expected
        assert len(relation.fetchall()) == pq.read_table(dataset / table).num_rows

    def test_pyarrow(self, dataset: Path, table: str) -> None:
        (path,) = (dataset / table).iterdir()
        footer = pq.read_metadata(path)

        assert pq.read_schema(path).equals(arrow_schema(table))
        assert pq.read_schema(path).metadata is None
        assert footer.num_row_groups == 1
        column = footer.row_group(0).column(0)
        assert (column.compression, column.has_column_index) == ("ZSTD", True)


def test_tables_are_joined_by_their_identifiers(dataset: Path) -> None:
    rows = duckdb.execute(
        f"""
        SELECT speakers.name, statistics.text, articles.text[statistics.start + 1 : statistics.end]
        FROM '{dataset}/statistics/*.parquet' AS statistics
        JOIN '{dataset}/quotes/*.parquet' AS quotes USING (quote_id)
        JOIN '{dataset}/speakers/*.parquet' AS speakers ON speakers.speaker_id = quotes.speaker_id
        JOIN '{dataset}/articles/*.parquet' AS articles ON articles.article_id = quotes.article_id
        """
    ).fetchall()

    assert ("Port Authority", "$18.6 million", "$18.6 million") in rows
    assert all(text == cut for _, text, cut in rows)


def test_articles_are_sorted_by_day_and_identifier(dataset: Path) -> None:
    table = pq.read_table(dataset / "articles", columns=["published", "article_id"])

    assert table.equals(table.sort_by([("published", "ascending"), ("article_id", "ascending")]))
    assert pa.types.is_date32(table.schema.field("published").type)
