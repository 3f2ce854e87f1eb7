"""The list of what a dataset was built from: in the manifest, or where it is long, in files beside it.

Long means that the manifest, which changes with every build, would be a good part of what such a build uploads. The
files are cut like those of the tables, so that they stay while sources come after them or are taken out elsewhere.
"""

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from build_dataset.write.cut import cut, target_bytes

FOLDER = "sources"
LISTED = 10_000
"""So many are listed in the manifest itself."""

SOURCES = pa.schema(
    [("source", pa.string()), ("bytes", pa.int64()), ("sha256", pa.string()), ("articles", pa.int32())]
)
"""A file that was read: its name, size and hash, and how many articles it gave, those that others gave too included."""

ROW_BYTES = 120


def write_sources(folder: Path, sources: pa.Table) -> bool:
    """Write the sources into files of their own, if they are many; returns whether they are."""
    if sources.num_rows <= LISTED:
        return False
    (folder / FOLDER).mkdir()
    target = target_bytes(sources.num_rows * ROW_BYTES)
    ends = cut(((name, ROW_BYTES) for name in sources["source"].to_pylist()), target)
    for number, (start, end) in enumerate(pairwise([0, *ends])):
        path = folder / FOLDER / f"{number:05d}.parquet"
        part = sources.slice(start, end - start).combine_chunks()
        pq.write_table(part, path, compression="zstd", use_content_defined_chunking=True)
    return True


def read_sources(folder: Path, manifest: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The sources of a dataset folder, in order."""
    yield from manifest.get("sources", ())
    for path in sorted((folder / FOLDER).glob("*.parquet")):
        with pq.ParquetFile(path) as file:
            for batch in file.iter_batches():
                yield from batch.to_pylist()
