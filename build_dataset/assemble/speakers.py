"""Who is who, over the whole corpus: speakers are linked bucket by bucket, and then merged.

A bucket holds all blocks whose hash ends in the same bits, so that each can be linked without the others, wherever
there is room. None of it holds all speakers in memory: the merge holds those of a range of the published order.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from build_dataset.assemble.final import EXCLUDED, LINKED
from build_dataset.assemble.merge import merge_sorted
from build_dataset.document import LocalSpeaker
from build_dataset.records import provisional_identifier
from build_dataset.resolve.link import SpeakerRecord, block_article, link_block
from build_dataset.schema import Speaker, SpeakerKind
from build_dataset.schema.derived import arrow_schema
from build_dataset.shards.rows import RowWriters, read_rows, shards, write_rows

BUCKET_ROWS = 1 << 15
"""About as many sources of single articles are linked at once, at most: a thousand bytes each."""

PLACED_SPEAKERS = pa.schema(
    [
        *arrow_schema("speakers"),
        ("at_home", pa.bool_()),
        ("home", pa.string()),
        ("published", pa.date32()),
    ]
)
"""Speakers, whether they are known in one article only, which, and when it appeared."""

SPEAKERS_BY = [(column, "ascending") for column in ("at_home", "published", "home", "name", "speaker_id")]
"""What the published speakers are sorted by."""


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
    """Link the speakers of a bucket and put them aside, sorted, with the records whose identifier it changed.

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
    placed = pa.Table.from_pylist(speakers, schema=PLACED_SPEAKERS)
    write_rows(task.place("speakers"), placed.sort_by(SPEAKERS_BY))
    write_rows(task.place("linked"), pa.Table.from_pylist(linked, schema=LINKED))
    write_rows(task.place("excluded"), pa.Table.from_pylist(excluded, schema=EXCLUDED))
    return len(speakers)


def _is_excluded(speaker: Speaker, task: LinkTask) -> bool:
    names = (speaker.speaker_id, speaker.name, *(alias.name for alias in speaker.aliases))
    return not task.excluded.isdisjoint(name.casefold() for name in names)


def _home(block: str, records: Sequence[SpeakerRecord]) -> dict[str, Any]:
    """Where the speakers of a block stand in the table: by name, or with the one article that they are known in."""
    home = block_article(block)
    return {"at_home": bool(home), "home": home, "published": records[0].published if home else None}


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


def gather_links(folder: Path, tasks: Sequence[LinkTask]) -> list[str]:
    """Put the buckets together: write `linked.arrow`, `excluded.arrow` and `speakers.arrow`.

    Those who are known across articles come first, by name: with every article that is added some of them change.
    Those who are known in one article only stand in the order of the articles, and stay as they are.

    Args:
        folder: where the rows were put aside.
        tasks: all buckets.

    Returns:
        The identifiers of the speakers who are left out, sorted.
    """
    with RowWriters(folder) as writers:
        for task in tasks:
            for table in ("linked", "excluded"):
                writers.write(table, read_rows(task.place(table)))
        for speakers in merge_sorted([task.place("speakers") for task in tasks], SPEAKERS_BY):
            writers.write("speakers", speakers)
    return sorted(pc.unique(read_rows(folder / "excluded.arrow")["speaker_id"]).to_pylist())
