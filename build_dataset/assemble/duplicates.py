"""What stands in several articles, over the whole corpus: all sources of a text, near-duplicates, repeated quotes.

Nothing is dropped: an article refers to the first one that it is nearly a copy of, a quote to the first that has the
same words and speaker. All of it follows from the rows in the order of the tables.
"""

import tempfile
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from build_dataset.assemble.final import NEAR, REPEATED, SHARED, final_speakers
from build_dataset.resolve.likeness import SKETCH_BYTES, SLOT, Rows, Slots, find_leaders
from build_dataset.shards.rows import RowWriters, read_rows, table_file, write_rows

Keys = NDArray[np.uint64]
SHORT_KEY = np.dtype("<u8")
"""What a key is told by at first: its first eight bytes of sixteen."""

RESERVED_AT_ONCE = 1 << 20
BUCKET_QUOTES = 50_000
"""About as many quotes that may repeat each other are looked at at once."""
BUCKETS_AT_ONCE = 256
"""So many of them are written at once: each is an open file."""
WANTED = ["quote_id", "article_id", "speaker_id", "local_speaker", "key", "anywhere"]
"""What a quote is linked by."""


def gather_sources(folder: Path, kept: pa.Table, dropped: pa.Table) -> None:
    """List the sources of texts that more than one source holds, and write `shared.arrow`.

    Args:
        folder: where the rows were put aside.
        kept: the index of the articles that stay.
        dropped: the index of the others.
    """
    columns = ["article_id", "source", "order"]
    several = pc.unique(dropped["article_id"])
    place = pc.index_in(several, value_set=kept["article_id"].combine_chunks())
    every = pa.concat_tables([kept.take(place).select(columns), dropped.select(columns)])
    once = every.group_by(columns[:2], use_threads=False).aggregate([("order", "min")]).sort_by("order_min")
    lists = once.group_by("article_id", use_threads=False).aggregate([("source", "list")])
    places = pc.index_in(lists["article_id"], value_set=kept["article_id"].combine_chunks())
    shared = pa.table([places, lists["article_id"], lists["source_list"]], schema=SHARED)
    write_rows(folder / "shared.arrow", shared.sort_by("place"))


def link_articles(folder: Path) -> None:
    """Find the articles that are nearly copies of an earlier one, and write `near.arrow`."""
    index = read_rows(folder / "index.arrow")
    leaders = find_leaders(_sketches(folder, index))
    copies = np.flatnonzero(leaders >= 0)
    identifiers = index["article_id"].combine_chunks()
    near = [
        pa.array(copies, pa.int32()),
        identifiers.take(pa.array(copies)),
        identifiers.take(pa.array(leaders[copies])),
    ]
    write_rows(folder / "near.arrow", pa.table(near, schema=NEAR))


def _sketches(folder: Path, index: pa.Table) -> Slots:
    """The sketches of all articles, in order, in a file: a build holds a few of them in memory at a time."""
    reserve(folder / "sketches", index.num_rows * SKETCH_BYTES)
    size = (index.num_rows, SKETCH_BYTES // SLOT.itemsize)
    sketches = np.memmap(folder / "sketches", SLOT, "r+", shape=size)
    for place, here in _by_shard(folder, index):
        found = read_rows(place / "index.arrow")["sketch"].take(here["row"]).combine_chunks()
        sketches[here["place"].to_numpy()] = _content(found, SLOT).reshape(len(found), -1)
    return sketches


def reserve(path: Path, size: int) -> None:
    """Make a file of so many bytes that are really there: in a mapped file with holes a full disk kills the process.

    Raises:
        OSError: there is no room for it.
    """
    with path.open("wb") as file:
        for written in range(0, size, RESERVED_AT_ONCE):
            file.write(bytes(min(RESERVED_AT_ONCE, size - written)))


def _by_shard(folder: Path, index: pa.Table) -> Iterator[tuple[Path, pa.Table]]:
    """Each shard's folder with its articles, which have their `place` in the index."""
    columns = ["shard", "row", "quotes_first", "quotes_rows"]
    index = index.select(columns).append_column("place", pa.array(np.arange(index.num_rows, dtype=np.int32)))
    order = np.argsort(index["shard"].to_numpy(), kind="stable")
    shards, starts = np.unique(index["shard"].to_numpy()[order], return_index=True)
    for shard, rows in zip(shards.tolist(), np.split(order, starts[1:]), strict=True):
        yield folder / f"{shard:06d}", index.take(pa.array(rows))


def link_quotes(folder: Path) -> None:
    """Find the quotes that repeat one of an earlier article, and write `repeated.arrow`.

    Quotes with the same words have the same key. Those whose key is not alone are put aside in buckets by key, as many
    buckets at a time as files can be open, and looked at bucket by bucket.
    """
    index = read_rows(folder / "index.arrow")
    clusters = _clusters(folder, index)
    several, count = _several(folder, index)
    buckets = 1 + count // BUCKET_QUOTES
    sink = folder / "repeated.arrow"
    with pa.OSFile(str(sink), "wb") as file, pa.ipc.new_file(file, REPEATED) as writer:
        for first in range(0, buckets, BUCKETS_AT_ONCE):
            chosen = range(first, min(first + BUCKETS_AT_ONCE, buckets))
            quotes = _candidates(folder, index, several, clusters)
            with tempfile.TemporaryDirectory(dir=folder) as name:
                aside = Path(name)
                for bucket in _put_aside(quotes, aside, buckets, chosen):
                    writer.write_table(_repeated(read_rows(table_file(aside, bucket))))


def _put_aside(quotes: Iterator[pa.Table], aside: Path, buckets: int, chosen: range) -> list[str]:
    """Share quotes out to some of the buckets, each a file; returns their names, in order."""
    with RowWriters(aside) as writers:
        for rows in _some_at_once(quotes):
            of = _short_keys(rows, np.arange(rows.num_rows)) % np.uint64(buckets)
            order = np.argsort(of, kind="stable")
            starts = np.searchsorted(of[order], np.arange(chosen.start, chosen.stop + 1))
            sorted_rows = rows.take(pa.array(order))
            for bucket, (start, end) in zip(chosen, pairwise(starts.tolist()), strict=True):
                if start < end:
                    writers.write(f"{bucket:06d}", sorted_rows.slice(start, end - start))
    return sorted(writers.rows)


def _some_at_once(tables: Iterator[pa.Table]) -> Iterator[pa.Table]:
    """Rows of several tables in one: each bucket gets a few rows of every shard, and a batch has its price."""
    held: list[pa.Table] = []
    for rows in tables:
        held.append(rows)
        if sum(some.num_rows for some in held) >= BUCKET_QUOTES:
            yield pa.concat_tables(held)
            held = []
    if held:
        yield pa.concat_tables(held)


def _repeated(quotes: pa.Table) -> pa.Table:
    """Of the quotes of a bucket those that repeat one before them in another article, and which."""
    quotes = quotes.sort_by([("place", "ascending"), ("number", "ascending")])
    key, whose = (quotes[column].cast(pa.binary()) for column in ("key", "whose"))
    group = pc.binary_join_element_wise(key, whose, b"").combine_chunks()
    _, first, number = np.unique(
        group.dictionary_encode().indices.to_numpy(), return_index=True, return_inverse=True
    )
    first = first[number]
    places = quotes["place"].to_numpy()
    again = pa.array(places != places[first])
    columns = [quotes["place"], quotes["quote_id"], quotes["quote_id"].take(pa.array(first))]
    return pa.table(columns, schema=REPEATED).filter(again)


def _candidates(folder: Path, index: pa.Table, several: Keys, clusters: pa.Array) -> Iterator[pa.Table]:
    """The quotes that have one of some keys, shard by shard: `place`, `number`, `quote_id`, `key`, and `whose`.

    `whose` is the speaker, or the first of some articles that are nearly copies of each other.
    """
    for place, here in _by_shard(folder, index):
        rows = read_rows(place / "quotes.arrow")
        places, numbers = _numbers(here)
        wanted = _is_among(_short_keys(rows, numbers), several)
        rows = rows.select(WANTED).take(pa.array(numbers[wanted]))
        rows = rows.append_column("place", pa.array(places[wanted], pa.int32()))
        rows = final_speakers(rows.append_column("number", pa.array(numbers[wanted])), folder)
        cluster = clusters.take(rows["place"].combine_chunks())
        whose = pc.if_else(rows["anywhere"], rows["speaker_id"], cluster)
        rows = rows.append_column("whose", whose).filter(whose.is_valid())
        yield rows.select(["place", "number", "quote_id", "key", "whose"])


def _clusters(folder: Path, index: pa.Table) -> pa.Array:
    """For each article the first of those that it is nearly a copy of or that are of it; null where there are none."""
    near = read_rows(folder / "near.arrow")
    identifiers = index["article_id"].combine_chunks()
    first = pc.unique(near["duplicate_of"])
    leads = pc.if_else(pc.is_in(identifiers, value_set=first), identifiers, pa.scalar(None, pa.string()))
    where = pc.index_in(identifiers, value_set=near["article_id"].combine_chunks())
    return pc.coalesce(near["duplicate_of"].combine_chunks().take(where), leads)


def _several(folder: Path, index: pa.Table) -> tuple[Keys, int]:
    """Those beginnings of keys that more than one quote has, sorted, and how many quotes have one of them."""
    keys = [
        _short_keys(read_rows(place / "quotes.arrow"), _numbers(here)[1])
        for place, here in _by_shard(folder, index)
    ]
    values, counts = np.unique(np.concatenate(keys), return_counts=True)
    return values[counts > 1], int(counts[counts > 1].sum())


def _numbers(articles: pa.Table) -> tuple[Rows, NDArray[np.int64]]:
    """For each quote of some articles of a shard the place of its article, and its row in the shard."""
    count = articles["quotes_rows"].to_numpy()
    skipped = articles["quotes_first"].to_numpy() - (np.cumsum(count) - count)
    return (
        np.repeat(articles["place"].to_numpy(), count),
        np.arange(count.sum(), dtype=np.int64) + np.repeat(skipped, count),
    )


def _short_keys(quotes: pa.Table, numbers: NDArray[np.int64]) -> Keys:
    """The first eight bytes of the keys of some quotes."""
    return _content(quotes["key"].combine_chunks(), SHORT_KEY)[::2][numbers]


def _content(values: pa.FixedSizeBinaryArray, kind: np.dtype[Any]) -> NDArray[Any]:
    """Binary values as the numbers that they are made of."""
    width, length = values.type.byte_width, len(values)
    buffer = memoryview(values.buffers()[1] or b"")
    return np.frombuffer(buffer[values.offset * width : (values.offset + length) * width], kind)


def _is_among(keys: Keys, values: Keys) -> NDArray[np.bool_]:
    """Which keys are among some values, which are sorted."""
    where = np.searchsorted(values, keys)
    where[where == len(values)] = 0
    return values[where] == keys if len(values) else np.zeros(len(keys), np.bool_)
