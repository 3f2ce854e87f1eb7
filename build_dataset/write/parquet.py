"""Rows to Parquet: the same rows give the same bytes."""

from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from build_dataset.schema.derived import arrow_schema
from build_dataset.write.inventory import shard_paths

SORTED_BY: dict[str, list[tuple[str, str]]] = {
    "articles": [("published", "ascending"), ("article_id", "ascending")],
}
"""Quotes and statistics stand in the order of their articles, and within one in that of the text; speakers by name,
those who are known in one article only after the others and in the order of these articles."""


def file_name(number: int, of: int) -> str:
    """The name of a shard."""
    return f"train-{number:05d}-of-{of:05d}.parquet"


ROWS_AT_ONCE = 1 << 17
"""Of some columns, so many rows are read before they are looked at: each look has its price."""


def read_columns(folder: Path, table: str, *columns: str) -> Iterator[pa.Table]:
    """Some columns of a table of a dataset folder, some files at a time.

    In one thread: several would each keep memory for themselves.
    """
    read: list[pa.Table] = []
    for path in shard_paths(folder, table):
        with pq.ParquetFile(path) as file:
            read.append(file.read(list(columns), use_threads=False))
        if sum(rows.num_rows for rows in read) >= ROWS_AT_ONCE:
            yield pa.concat_tables(read)
            read = []
    if read:
        yield pa.concat_tables(read)


def write_parquet(table: str, rows: pa.Table, path: Path) -> None:
    """Write the rows of one shard.

    One row group: shards are cut so that it stays small enough for the Hub's viewer. Without rows there is
    none, since `datasets` cannot stream an empty one. Chunking by content keeps the pages of unchanged rows
    the same, so that a new version uploads little. Nothing but the schema goes into the metadata, and the
    rows into one chunk: both would show in the bytes.
    """
    schema = arrow_schema(table)
    options = {
        "compression": "zstd",
        "compression_level": 3,
        "write_page_index": True,
        "use_content_defined_chunking": True,
        "store_schema": True,
        "version": "2.6",
        "write_page_checksum": True,
    }
    if table in SORTED_BY:
        ordering = pq.SortingColumn.from_ordering(schema, SORTED_BY[table], null_placement="at_end")
        options["sorting_columns"] = ordering
    with pq.ParquetWriter(path, schema, **options) as writer:
        if rows.num_rows:
            chunk = rows.select(schema.names).cast(schema).combine_chunks()
            writer.write_table(chunk, row_group_size=rows.num_rows)
