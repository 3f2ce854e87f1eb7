"""JSON Lines: one article a line, an object with its text and what is known of it (`columns` says how)."""

from collections.abc import Iterator
from typing import BinaryIO

from build_dataset.document import Document
from build_dataset.errors import SourceError
from build_dataset.options import Reading
from build_dataset.read.json_file import parse, read_entry
from build_dataset.read.reader import Part, SkippedSource, SourceFile, too_large

PART_BYTES = 1 << 20
"""A file is cut at the first line end after as many bytes."""


class JsonLines:
    """Reads each line of a file as one article."""

    def parts(self, file: SourceFile, stream: BinaryIO, size: int) -> Iterator[Part]:
        """Runs of whole lines of about a megabyte; where each starts is found without holding a line."""
        start, number = 0, 1
        while start < size:
            end, lines = _part_end(stream, start)
            yield Part(file, "jsonl", start, end, number)
            start, number = end, number + lines
        if not size:
            raise SourceError("empty: there is no line in it")

    def read(self, stream: BinaryIO, part: Part, reading: Reading) -> Iterator[Document | SkippedSource]:
        """The article of each line that is not blank, or why it has none."""
        limit = reading.limits.bytes
        for number, line in enumerate(_lines(stream, part.end - part.start, limit), start=part.entry):
            source = f"{part.file.source}#{number}"
            if len(line) > limit:
                yield SkippedSource(source, str(too_large(reading.limits)))
            elif line and not line.isspace():
                try:
                    content, encoding = parse(line.rstrip())
                    yield read_entry(source, content, reading, encoding)
                except SourceError as error:
                    yield SkippedSource(source, str(error))


def _part_end(stream: BinaryIO, start: int) -> tuple[int, int]:
    """Where the part ends that begins at `start`, and how many lines it has."""
    end = lines = 0
    while block := stream.read(PART_BYTES):
        stop = block.find(b"\n", max(PART_BYTES - end - 1, 0)) + 1
        if stop:
            end += stop
            lines += block.count(b"\n", 0, stop)
            break
        end += len(block)
        lines += block.count(b"\n")
    stream.seek(start + end)
    return start + end, lines


def _lines(stream: BinaryIO, length: int, limit: int) -> Iterator[bytes]:
    """The lines of the next `length` bytes; one that is longer than the limit is cut one byte after it."""
    read = 0
    while read < length:
        line = stream.readline(limit + 1)
        if not line:
            return
        read += len(line)
        yield line
        while len(line) > limit and not line.endswith(b"\n"):
            line = stream.readline(limit + 1)
            read += len(line)
