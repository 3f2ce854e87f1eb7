"""What the tests of readers share: a file made, and what is found in it."""

import io
import zipfile
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from build_dataset.document import Document
from build_dataset.options import Reading
from build_dataset.read import SkippedSource, SourceFile, read_file

STORY = (
    "The harbor bridge will close for 12 days, the Port Authority said on Monday.\n\n"
    "“We know this will hurt the 4,300 people who cross it every day,” said Maria Olsen, its director. "
    "“There is no other way.”"
)
PAGE = (
    "<!doctype html><html lang='en'><head><title>Bridge to close</title>"
    "<meta property='article:published_time' content='2024-03-05T08:00:00Z'></head>"
    "<body><article><h1>Bridge to close</h1>"
    + "".join(f"<p>{paragraph}</p>" for paragraph in STORY.split("\n\n"))
    + "</article></body></html>"
)


def found(path: Path, reading: Reading = Reading()) -> list[Document | SkippedSource]:  # noqa: B008 - immutable
    """What is found in a file that the user names."""
    return list(read_file(SourceFile(str(path), path.name, path.name), reading))


def texts(path: Path, reading: Reading = Reading()) -> dict[str, str]:  # noqa: B008 - immutable
    """Source → the text, or in brackets why there is none."""
    return {
        one.source: one.text if isinstance(one, Document) else f"[{one.reason}]"
        for one in found(path, reading)
    }


def zstd(content: bytes) -> bytes:
    return pa.compress(content, codec="zstd", asbytes=True)  # type: ignore[no-any-return]


def zipped(**members: bytes) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, member in members.items():
            archive.writestr(name, member)
    return content.getvalue()


def table(*rows: str) -> bytes:
    content = io.BytesIO()
    pq.write_table(pa.table({"text": list(rows)}), content)
    return content.getvalue()
