"""From a file to what it holds: its format found, its parts listed, each part read, whatever is wrong with it."""

from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from importlib import import_module
from typing import TypeVar

from build_dataset.document import Document
from build_dataset.errors import DatasetError, SourceError
from build_dataset.options import Reading
from build_dataset.read.formats import HEAD_BYTES, format_of
from build_dataset.read.location import open_location, size_of, trouble
from build_dataset.read.reader import UNTIL_END, Part, Reader, SkippedSource, SourceFile

READERS: dict[str, tuple[str, ...]] = {
    "text": ("plain_text", "PlainText"),
    "html": ("html_file", "HtmlPages"),
    "json": ("json_file", "JsonDocuments"),
    "jsonl": ("jsonl", "JsonLines"),
    "parquet": ("parquet", "ParquetRows"),
    "warc": ("warc.archives", "Archive"),
    "warc.gz": ("warc.archives", "CompressedArchive"),
    "gzip": ("packed", "GzipFile"),
    "zstd": ("packed", "ZstandardFile"),
    "zip": ("packed", "ZipArchive"),
}
"""The formats, by the name that a `Part` carries: module and class of the reader."""

BLOCK_BYTES = 1 << 20

Found = TypeVar("Found")


@cache
def reader(format_: str) -> Reader:
    """The reader of a format; the library that it stands on is imported with the first of its files."""
    module, name = READERS[format_]
    made: Reader = getattr(import_module(f"build_dataset.read.{module}"), name)()
    return made


def parts(file: SourceFile) -> Iterator[Part | SkippedSource]:
    """The parts of a file, or why it has none."""
    return _guarded(file, _parts(file))


def _parts(file: SourceFile) -> Iterator[Part]:
    with open_location(file.location) as stream:
        format_ = format_of(file.name, stream.read(HEAD_BYTES), file.named)
        stream.seek(0)
        yield from reader(format_).parts(file, stream, size_of(file.location))


def read_part(part: Part, reading: Reading = Reading()) -> Iterator[Document | SkippedSource]:  # noqa: B008 - immutable
    """What a part of a file holds, in order: its articles, and the entries that give none."""
    return _guarded(part.file, _read_part(part, reading))


def _read_part(part: Part, reading: Reading) -> Iterator[Document | SkippedSource]:
    with open_location(part.file.location) as stream:
        stream.seek(part.start)
        yield from reader(part.format).read(stream, part, reading)


def _guarded(file: SourceFile, found: Iterator[Found]) -> Iterator[Found | SkippedSource]:
    """What is found in a file; where that breaks, what came before it and why there is no more."""
    try:
        yield from found
    except SourceError as error:
        yield SkippedSource(file.source, str(error))
    except OSError as error:
        yield SkippedSource(file.source, trouble(error))
    except (DatasetError, ImportError, MemoryError):  # no source is to blame
        raise
    except Exception as error:  # one file that nobody thought of must not cost the others
        yield SkippedSource(file.source, f"cannot be read: {type(error).__name__}: {error}")


def read_file(file: SourceFile, reading: Reading = Reading()) -> Iterator[Document | SkippedSource]:  # noqa: B008 - immutable
    """What a file holds, part by part."""
    for part in parts(file):
        if isinstance(part, SkippedSource):
            yield part
        else:
            yield from read_part(part, reading)


def hash_file(file: SourceFile) -> tuple[int, str]:
    """Size and SHA-256 of a file.

    Raises:
        SourceError: it cannot be read.
    """
    return hash_part(Part(file, "", 0, UNTIL_END))


def hash_part(part: Part) -> tuple[int, str]:
    """Size and SHA-256 of the bytes of a part.

    Raises:
        SourceError: they cannot be read.
    """
    digest, left = sha256(), part.end - part.start
    try:
        with open_location(part.file.location) as stream:
            stream.seek(part.start)
            while left and (block := stream.read(min(left, BLOCK_BYTES))):
                digest.update(block)
                left -= len(block)
    except OSError as error:
        raise SourceError(trouble(error)) from error
    return part.end - part.start - left, digest.hexdigest()
