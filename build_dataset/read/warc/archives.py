"""The readers of web archives: compressed a record at a time, as they should be, or not compressed."""

from collections.abc import Iterator
from typing import BinaryIO

from build_dataset.document import Document
from build_dataset.options import Limits, Reading
from build_dataset.read.reader import Part, SkippedSource, SourceFile, whole
from build_dataset.read.warc.pages import articles
from build_dataset.read.warc.records import Ahead, members, record_end, records

PART_BYTES = 4 << 20
"""An archive is cut after the record that makes a part so large, as it lies there."""


class CompressedArchive:
    """Reads each gzip member of a file as one record."""

    def parts(self, file: SourceFile, stream: BinaryIO, size: int) -> Iterator[Part]:
        """Runs of records of some megabytes; one part where all records lie in one member."""
        start, entry = 0, 1
        for number, raw in enumerate(members(stream, 0, size, Limits().bytes), start=1):
            if raw.start == 0 and record_end(raw.content) < len(raw.content.rstrip()):
                yield from whole(file, "gzip", size)
                return
            if raw.start - start >= PART_BYTES:
                yield Part(file, "warc.gz", start, raw.start, entry)
                start, entry = raw.start, number
        yield Part(file, "warc.gz", start, size, entry)

    def read(self, stream: BinaryIO, part: Part, reading: Reading) -> Iterator[Document | SkippedSource]:
        """The article of each page, or why there is none."""
        for raw in members(stream, part.start, part.end, reading.limits.bytes):
            yield from articles(raw, part.file, reading)


class Archive:
    """Reads the records of a file that is not compressed."""

    def parts(self, file: SourceFile, _stream: BinaryIO, size: int) -> Iterator[Part]:
        """The whole file."""
        return whole(file, "warc", size)

    def read(self, stream: BinaryIO, part: Part, reading: Reading) -> Iterator[Document | SkippedSource]:
        """The article of each page, or why there is none."""
        for raw in records(Ahead(stream), reading.limits.bytes):
            yield from articles(raw, part.file, reading)
