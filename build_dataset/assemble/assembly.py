"""From the shards of work to the published files: which articles stay, and what goes into which file.

Only the index of the articles (some hundred bytes each) is held as a whole; rows are fetched from the shards
for one published file at a time. All of it follows from the rows alone: not from the order of the inputs, nor
from how they were cut into shards.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from build_dataset.assemble.duplicates import gather_sources
from build_dataset.assemble.final import final_duplicates, final_speakers
from build_dataset.options import TextPolicy
from build_dataset.records import CHILDREN
from build_dataset.schema import TABLES
from build_dataset.shards.rows import read_rows, shards, take_rows, write_rows
from build_dataset.write.cut import cut, target_bytes
from build_dataset.write.parquet import file_name, write_parquet
from build_dataset.write.text_policy import apply_policy

SPEAKER_BYTES = 200
"""What a row of `speakers` takes, roughly, uncompressed."""

WRITTEN_AT_ONCE = 16 << 20
"""So many bytes of files, uncompressed, are one task: the start of a process takes longer than to write a small one."""


@dataclass(frozen=True, slots=True)
class Assembly:
    """What is left of the shards' indexes: the articles that stay, in order, and the duplicates."""

    index: pa.Table
    duplicates: pa.Table
    """`source`, `article_id`, `kept` (the source that stays), in order of the sources."""
    sources: pa.Table
    """`file` (its number) and `article_id` of all articles, duplicates included, in order of the sources."""


def assemble(folder: Path) -> Assembly:
    """Put the indexes of all shards together; write `index.arrow`, `dropped.arrow` and `shared.arrow` beside them."""
    index = _all_indexes(folder)
    first = index.group_by("article_id").aggregate([("order", "min")])
    stays = pc.is_in(index["order"], value_set=first["order_min"].combine_chunks())
    kept = index.filter(stays).sort_by([("published", "ascending"), ("article_id", "ascending")])
    dropped = index.filter(pc.invert(stays))
    write_rows(folder / "index.arrow", kept)
    write_rows(folder / "dropped.arrow", dropped.select(["shard", "row"]))
    gather_sources(folder, kept, dropped)
    return Assembly(read_rows(folder / "index.arrow"), _duplicates(dropped, kept), _sources(index))


def _all_indexes(folder: Path) -> pa.Table:
    indexes = []
    for place in shards(folder):
        mapped = read_rows(place / "index.arrow").drop_columns("sketch")
        rows = pa.array(range(mapped.num_rows), pa.int32())
        index = mapped.take(rows)  # a copy: of what is mapped the sketches would stay in memory too
        shard = pa.repeat(pa.scalar(int(place.name), pa.int32()), index.num_rows)
        indexes.append(index.append_column("shard", shard).append_column("row", rows))
    return pa.concat_tables(indexes)


def _sources(index: pa.Table) -> pa.Table:
    return index.select(["order", "file", "article_id"]).sort_by("order").drop_columns("order")


def _duplicates(dropped: pa.Table, kept: pa.Table) -> pa.Table:
    dropped = dropped.sort_by("order")
    place = pc.index_in(dropped["article_id"], value_set=kept["article_id"].combine_chunks())
    return dropped.select(["source", "article_id"]).append_column("kept", kept["source"].take(place))


@dataclass(frozen=True, slots=True)
class FileTask:
    """One published file of a table: the articles `start` to `end` of the index, or so many speakers."""

    table: str
    path: Path
    folder: Path
    start: int
    end: int
    policy: TextPolicy


def file_bytes(index: pa.Table) -> int:
    """About how many bytes each file of the dataset shall have, uncompressed."""
    return target_bytes(sum(pc.sum(index[f"{table}_bytes"]).as_py() for table in ("articles", *CHILDREN)))


def plan_files(folder: Path, out: Path, index: pa.Table, policy: TextPolicy) -> list[list[FileTask]]:
    """The files of all tables, as many together as are worth a process."""
    target = file_bytes(index)
    files = []
    for table in TABLES:
        ends = cut(_sizes(folder, table, index), target)
        for number, (start, end) in enumerate(pairwise([0, *ends])):
            path = out / table / file_name(number, len(ends))
            files.append(FileTask(table, path, folder, start, end, policy))
    together = max(WRITTEN_AT_ONCE // target, 1)
    return [files[first : first + together] for first in range(0, len(files), together)]


def _sizes(folder: Path, table: str, index: pa.Table) -> Iterator[tuple[str, int]]:
    """By what the files of a table are cut: the articles with the bytes of their rows, or the speakers."""
    if table != "speakers":
        yield from zip(index["article_id"].to_pylist(), index[f"{table}_bytes"].to_pylist(), strict=True)
        return
    for keys in read_rows(folder / "speakers.arrow")["speaker_id"].chunks:
        yield from ((key, SPEAKER_BYTES) for key in keys.to_pylist())


def write_files(tasks: Sequence[FileTask]) -> int:
    """Fetch the rows of some files, give them what other articles say of them, write them. Returns how many rows."""
    return sum(_write_file(task) for task in tasks)


def _write_file(task: FileTask) -> int:
    rows = _speakers(task) if task.table == "speakers" else _of_articles(task)
    task.path.parent.mkdir(exist_ok=True)
    write_parquet(task.table, rows, task.path)
    return int(rows.num_rows)


def _speakers(task: FileTask) -> pa.Table:
    return read_rows(task.folder / "speakers.arrow").slice(task.start, task.end - task.start)


def _of_articles(task: FileTask) -> pa.Table:
    index = read_rows(task.folder / "index.arrow").slice(task.start, task.end - task.start)
    rows = _fetch(task.folder, task.table, index)
    if task.table in CHILDREN:
        rows = final_speakers(rows, task.folder)
    rows = final_duplicates(task.table, rows, task.folder, task.start, task.end)
    excluded = read_rows(task.folder / "excluded.arrow")
    return apply_policy(task.table, rows, task.policy, excluded["article_id"].combine_chunks())


def _fetch(folder: Path, table: str, index: pa.Table) -> pa.Table:
    """The rows of some articles from their shards, in the order of the articles."""
    shard_of = index["shard"].to_pylist()
    if table == "articles":
        first, count = index["row"].to_pylist(), [1] * len(shard_of)
    else:
        first, count = index[f"{table}_first"].to_pylist(), index[f"{table}_rows"].to_pylist()
    articles_in: dict[int, list[int]] = defaultdict(list)
    for article, shard in enumerate(shard_of):
        articles_in[shard].append(article)
    pieces, fetched_at, fetched = [], [0] * len(shard_of), 0
    for shard, articles in sorted(articles_in.items()):
        wanted: list[int] = []
        for article in articles:
            fetched_at[article] = fetched + len(wanted)
            wanted += range(first[article], first[article] + count[article])
        fetched += len(wanted)
        pieces.append(take_rows(folder / f"{shard:06d}" / f"{table}.arrow", wanted))
    order = [row for at, rows in zip(fetched_at, count, strict=True) for row in range(at, at + rows)]
    return pa.concat_tables(pieces).combine_chunks().take(pa.array(order, pa.int64()))
