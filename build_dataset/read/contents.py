"""From a file to what it holds: its format found, its parts listed, each part read, whatever is wrong with it."""

from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from importlib import import_module

from build_dataset.document import Document
from build_dataset.errors import DatasetError, SourceError
from build_dataset.options import Reading
from build_dataset.read.formats import HEAD_BYTES, format_of
from build_dataset.read.location import open_location, size_of, trouble
from build_dataset.read.reader import Part, Reader, SkippedSource, SourceFile

READERS: dict[str, tuple[str, ...]] = {
    "text": ("plain_text", "PlainText"),
    "html": ("html_file", "HtmlPages"),
    "json": ("json_file", "JsonDocuments"),
    "jsonl": ("jsonl", "JsonLines"),
    "parquet": ("parquet", "ParquetRows"),
    "warc": ("warc", "Archive"),
    "warc.gz": ("warc", "CompressedArchive"),
    "gzip": ("packed", "GzipFile"),
    "zstd": ("packed", "ZstandardFile"),
    "zip": ("packed", "ZipArchive"),
}
"""The formats, by the name that a `Part` carries: module and class of the reader."""

BLOCK = 1 << 20


@cache
def reader(format_: str) -> Reader:
    """The reader of a format; the library that it stands on is imported with the first of its files."""
    module, name = READERS[format_]
    made: Reader = getattr(import_module(f"build_dataset.read.{module}"), name)()
    return made


def parts(file: SourceFile) -> Iterator[Part | SkippedSource]:
    """The parts of a file, or why it has none."""
    try:
        with open_location(file.location) as stream:
            format_ = format_of(file.name, stream.read(HEAD_BYTES), file.named)
            stream.seek(0)
            yield from reader(format_).parts(file, stream, size_of(file.location))
    except SourceError as error:
        yield SkippedSource(file.source, str(error))
    except OSError as error:
        yield SkippedSource(file.source, trouble(error))


def read_part(part: Part, reading: Reading = Reading()) -> Iterator[Document | SkippedSource]:  # noqa: B008 - immutable
    """What a part of a file holds, in order: its articles, and the entries that give none."""
    try:
        with open_location(part.file.location) as stream:
            stream.seek(part.start)
            yield from reader(part.format).read(stream, part, reading)
    except SourceError as error:
        yield SkippedSource(part.file.source, str(error))
    except OSError as error:
        yield SkippedSource(part.file.source, trouble(error))
    except (DatasetError, ImportError, MemoryError):  # no source is to blame
        raise
    except Exception as error:  # one file that nobody thought of must not cost the others
        yield SkippedSource(part.file.source, f"cannot be read: {type(error).__name__}: {error}")


def read_file(file: SourceFile, reading: Reading = Reading()) -> Iterator[Document | SkippedSource]:  # noqa: B008 - immutable
    """What a file holds, part by part."""
    for part in parts(file):
        if isinstance(part, SkippedSource):
            yield part
        else:
            yield from read_part(part, reading)


def file_digest(file: SourceFile) -> str:
    """SHA-256 of a file, in hexadecimal.

    Raises:
        OSError: it cannot be read.
    """
    return part_digest(Part(file, "", 0, size_of(file.location)))


def part_digest(part: Part) -> str:
    """SHA-256 of the bytes of a part, in hexadecimal.

    Raises:
        OSError: they cannot be read.
    """
    digest = sha256()
    left = part.end - part.start
    with open_location(part.file.location) as stream:
        stream.seek(part.start)
        while left > 0 and (block := stream.read(min(BLOCK, left))):
            digest.update(block)
            left -= len(block)
    return digest.hexdigest()
