"""From the shards of work to the published files: which articles stay, who is who, what goes into which file.

Only the index of the articles (some hundred bytes each) is held as a whole; rows are fetched from the shards
for one published file at a time. All of it follows from the rows alone: not from the order of the inputs, nor
from how they were cut into shards.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from build_dataset.assemble.duplicates import gather_sources
from build_dataset.assemble.final import EXCLUDED, LINKED, final_duplicates, final_speakers
from build_dataset.document import LocalSpeaker
from build_dataset.options import TextPolicy
from build_dataset.records import CHILDREN, provisional_identifier
from build_dataset.resolve.link import SpeakerRecord, block_article, link_block
from build_dataset.schema import Speaker, SpeakerKind
from build_dataset.schema.derived import arrow_schema
from build_dataset.shards.rows import read_rows, shards, take_rows, write_rows
from build_dataset.write.cut import cut, target_bytes
from build_dataset.write.parquet import file_name, write_parquet
from build_dataset.write.text_policy import apply_policy

SPEAKER_BYTES = 200
"""What a row of `speakers` takes, roughly, uncompressed."""

BUCKET_ROWS = 1 << 15
"""About as many sources of single articles are linked at once, at most: a thousand bytes each."""

PLACED_SPEAKERS = pa.schema(
    [*arrow_schema("speakers"), ("home", pa.string()), ("published", pa.date32())],
)
"""Speakers, and where they are known in one article only, which and when it appeared."""

SPEAKERS_BY = ("at_home", "published", "home", "name", "speaker_id")
"""What the published speakers are sorted by."""


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
        index = read_rows(place / "index.arrow").drop_columns("sketch")
        shard = pa.repeat(pa.scalar(int(place.name), pa.int32()), index.num_rows)
        rows = pa.array(range(index.num_rows), pa.int32())
        indexes.append(index.append_column("shard", shard).append_column("row", rows))
    return pa.concat_tables(indexes)


def _sources(index: pa.Table) -> pa.Table:
    return index.select(["order", "file", "article_id"]).sort_by("order").drop_columns("order")


def _duplicates(dropped: pa.Table, kept: pa.Table) -> pa.Table:
    dropped = dropped.sort_by("order")
    place = pc.index_in(dropped["article_id"], value_set=kept["article_id"].combine_chunks())
    return dropped.select(["source", "article_id"]).append_column("kept", kept["source"].take(place))


@dataclass(frozen=True, slots=True)
class LinkTask:
    """One of several buckets of blocks of speakers."""

    bucket: int
    buckets: int
    folder: Path
    excluded: frozenset[str] = frozenset()
    """Identifiers and names, casefolded, of speakers who are left out."""

    def place(self, table: str) -> Path:
        """Where the outcome is put aside: `speakers`, `linked` and `excluded`."""
        return self.folder / f"{table}-{self.bucket:04d}.arrow"


def plan_links(folder: Path, excluded: Iterable[str] = ()) -> list[LinkTask]:
    """As many buckets as keep each small. `excluded`: identifiers and names of speakers who are left out."""
    count = sum(read_rows(place / "local_speakers.arrow").num_rows for place in shards(folder))
    buckets = 1 << (count // BUCKET_ROWS).bit_length()  # a power of two: a bucket is the end of a hash
    names = frozenset(map(str.casefold, excluded))
    return [LinkTask(bucket, buckets, folder, names) for bucket in range(buckets)]


def link_bucket(task: LinkTask) -> int:
    """Link the speakers of a bucket and put them aside, with the records whose identifier it changed.

    Returns:
        The number of distinct speakers.
    """
    blocks: dict[str, list[SpeakerRecord]] = defaultdict(list)
    for block, record in _speaker_records(task):
        blocks[block].append(record)
    speakers: list[dict[str, Any]] = []
    linked: list[dict[str, Any]] = []
    excluded: list[dict[str, Any]] = []
    for block in sorted(blocks):
        records = blocks.pop(block)
        outcome = link_block(records)
        out = {speaker.speaker_id: speaker for speaker in outcome.speakers if _is_excluded(speaker, task)}
        home = _home(block, records)
        speakers += (
            home | speaker.model_dump() for speaker in outcome.speakers if speaker.speaker_id not in out
        )
        expected = provisional_identifier(block)
        for (article, number), identifier in outcome.ids.items():
            if identifier != expected:
                row = {"article_id": article, "local_speaker": number, "speaker_id": identifier}
                linked.append(row)
            if identifier in out:
                excluded.append({"article_id": article, "speaker_id": identifier})
    write_rows(task.place("speakers"), pa.Table.from_pylist(speakers, schema=PLACED_SPEAKERS))
    write_rows(task.place("linked"), pa.Table.from_pylist(linked, schema=LINKED))
    write_rows(task.place("excluded"), pa.Table.from_pylist(excluded, schema=EXCLUDED))
    return len(speakers)


def _is_excluded(speaker: Speaker, task: LinkTask) -> bool:
    names = (speaker.speaker_id, speaker.name, *(alias.name for alias in speaker.aliases))
    return not task.excluded.isdisjoint(name.casefold() for name in names)


def _home(block: str, records: Sequence[SpeakerRecord]) -> dict[str, Any]:
    """Where the speakers of a block stand in the table: by name, or with the one article that they are known in."""
    home = block_article(block)
    return {"home": home, "published": records[0].published if home else None}


def _speaker_records(task: LinkTask) -> Iterator[tuple[str, SpeakerRecord]]:
    """The local speakers of a bucket in the articles that stay, with their blocks."""
    dropped = read_rows(task.folder / "dropped.arrow")
    for place in shards(task.folder):
        rows = read_rows(place / "local_speakers.arrow")
        gone = dropped.filter(pc.equal(dropped["shard"], int(place.name)))
        if gone.num_rows:
            stale = pc.is_in(rows["article"], value_set=gone["row"].combine_chunks())
            rows = rows.filter(pc.invert(stale))
        bucket = pc.bit_wise_and(rows["block_hash"], pa.scalar(task.buckets - 1, pa.uint32()))
        for row in rows.filter(pc.equal(bucket, task.bucket)).to_pylist():
            speaker = LocalSpeaker(
                name=row["name"],
                kind=SpeakerKind(row["kind"]),
                aliases=tuple(row["aliases"]),
                role=row["role"],
                organization=row["organization"],
            )
            yield (
                row["block"],
                SpeakerRecord(
                    article_id=row["article_id"],
                    published=row["published"],
                    language=row["language"],
                    index=row["local_speaker"],
                    speaker=speaker,
                    quotes=row["quotes"],
                ),
            )


def gather_links(folder: Path, out: Path, target: int) -> list[str]:
    """Put the buckets together: write `linked.arrow`, `excluded.arrow` and the published speakers.

    Those who are known across articles come first, by name: with every article that is added some of them change.
    Those who are known in one article only stand in the order of the articles, and stay as they are.

    Args:
        folder: where the rows were put aside.
        out: the dataset folder.
        target: about how many bytes a file shall have, uncompressed.

    Returns:
        The identifiers of the speakers who are left out, sorted.
    """
    tasks = plan_links(folder)
    for table in ("linked", "excluded"):
        rows = pa.concat_tables(read_rows(task.place(table)) for task in tasks)
        write_rows(folder / f"{table}.arrow", rows)
    speakers = pa.concat_tables(read_rows(task.place("speakers")) for task in tasks)
    speakers = speakers.append_column("at_home", speakers["home"].is_valid())
    speakers = speakers.sort_by([(column, "ascending") for column in SPEAKERS_BY]).combine_chunks()
    (out / "speakers").mkdir()
    ends = cut(((key, SPEAKER_BYTES) for key in speakers["speaker_id"].to_pylist()), target)
    for number, (start, end) in enumerate(pairwise([0, *ends])):
        path = out / "speakers" / file_name(number, len(ends))
        write_parquet("speakers", speakers.slice(start, end - start), path)
    return sorted(set(read_rows(folder / "excluded.arrow")["speaker_id"].to_pylist()))


@dataclass(frozen=True, slots=True)
class FileTask:
    """One published file of a table: the articles `start` to `end` of the index."""

    table: str
    path: Path
    folder: Path
    start: int
    end: int
    policy: TextPolicy


def file_bytes(index: pa.Table) -> int:
    """About how many bytes each file of the dataset shall have, uncompressed."""
    return target_bytes(sum(pc.sum(index[f"{table}_bytes"]).as_py() for table in ("articles", *CHILDREN)))


def plan_files(folder: Path, out: Path, index: pa.Table, policy: TextPolicy) -> list[FileTask]:
    """The files of the tables whose rows belong to articles."""
    target = file_bytes(index)
    articles = index["article_id"].to_pylist()
    tasks = []
    for table in ("articles", *CHILDREN):
        ends = cut(zip(articles, index[f"{table}_bytes"].to_pylist(), strict=True), target)
        for number, (start, end) in enumerate(pairwise([0, *ends])):
            path = out / table / file_name(number, len(ends))
            tasks.append(FileTask(table, path, folder, start, end, policy))
    return tasks


def write_file(task: FileTask) -> int:
    """Fetch the rows of a published file, give them what other articles say of them, write them. Returns how many."""
    index = read_rows(task.folder / "index.arrow").slice(task.start, task.end - task.start)
    rows = _fetch(task.folder, task.table, index)
    if task.table in CHILDREN:
        rows = final_speakers(rows, task.folder)
    rows = final_duplicates(task.table, rows, task.folder, task.start, task.end)
    excluded = read_rows(task.folder / "excluded.arrow")
    rows = apply_policy(task.table, rows, task.policy, excluded["article_id"].combine_chunks())
    task.path.parent.mkdir(exist_ok=True)
    write_parquet(task.table, rows, task.path)
    return int(rows.num_rows)


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
