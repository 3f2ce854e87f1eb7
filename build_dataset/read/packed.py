"""Packed files: gzip and Zstandard hold one file, ZIP holds many. What is in them is read as it comes.

Nothing is ever unpacked to a place that a name in an archive could choose.
"""

import gzip
import io
import shutil
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import PurePosixPath
from typing import IO, BinaryIO, Protocol, cast

from build_dataset.document import Document
from build_dataset.errors import SourceError
from build_dataset.options import Limits, Reading
from build_dataset.read.encoding import decode
from build_dataset.read.formats import HEAD_BYTES, PACKED, format_of
from build_dataset.read.reader import UNTIL_END, Part, SkippedSource, SourceFile, whole

LAYERS = 3
"""So many times a file may be packed: a ZIP of compressed dumps, and one more."""
PART_BYTES = 1 << 20
"""An archive is cut after the file that makes a part so large, unpacked."""
SEEKING = ("parquet", "zip", "warc.gz")
"""Formats that are not read from beginning to end."""
ENCRYPTED = 0x1


class _Source(Protocol):
    def read(self, size: int, /) -> bytes: ...


class _Unpacked(io.RawIOBase):
    """What a packed file holds, as long as it keeps within bounds."""

    def __init__(self, source: _Source, packed: int, limits: Limits) -> None:
        super().__init__()
        self._source = source
        self._left = max(limits.bytes, packed * limits.expansion)
        self._expansion = limits.expansion

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        try:
            content = self._source.read(len(buffer))
        except EOFError as error:
            raise SourceError("cut off: its compressed data ends too early") from error
        except (OSError, ValueError, zlib.error, zipfile.BadZipFile) as error:
            raise SourceError(f"damaged: its compressed data cannot be read: {_first_line(error)}") from error
        self._left -= len(content)
        if self._left < 0:
            raise SourceError(
                f"unpacks to more than {self._expansion} times its size; raise --max-expansion to read it"
            )
        buffer[: len(content)] = content
        return len(content)


def _first_line(error: Exception) -> str:
    return str(error).partition("\n")[0] or type(error).__name__


class GzipFile:
    """Reads the file in a gzip file."""

    def parts(self, file: SourceFile, _stream: BinaryIO, size: int) -> Iterator[Part]:
        """The whole file: what is compressed in one piece is read in one piece."""
        return whole(file, "gzip", size)

    def read(self, stream: BinaryIO, part: Part, reading: Reading) -> Iterator[Document | SkippedSource]:
        """What the file in it holds."""
        yield from _read_compressed(gzip.GzipFile(fileobj=stream), part, reading)


class ZstandardFile:
    """Reads the file in a Zstandard file."""

    def parts(self, file: SourceFile, _stream: BinaryIO, size: int) -> Iterator[Part]:
        """The whole file: what is compressed in one piece is read in one piece."""
        return whole(file, "zstd", size)

    def read(self, stream: BinaryIO, part: Part, reading: Reading) -> Iterator[Document | SkippedSource]:
        """What the file in it holds."""
        import pyarrow as pa

        with pa.CompressedInputStream(pa.PythonFile(stream, mode="r"), "zstd") as source:
            yield from _read_compressed(source, part, reading)


def _read_compressed(source: _Source, part: Part, reading: Reading) -> Iterator[Document | SkippedSource]:
    packed = part.end - part.start if part.end < UNTIL_END else 0
    name = PurePosixPath(part.file.name)
    inner = replace(part.file, name=name.stem if name.suffix.lower() in PACKED else name.name)
    return _read_packed(_Unpacked(source, packed, reading.limits), inner, reading)


class ZipArchive:
    """Reads each file in a ZIP archive; hidden ones are left out, as in a folder."""

    def parts(self, file: SourceFile, stream: BinaryIO, size: int) -> Iterator[Part]:
        """Runs of files of about a megabyte."""
        start, length = 0, 0
        with _opened(stream) as archive:
            members = _members(archive, size)
        if not members:
            raise SourceError("empty: there is no file in it")
        for place, member in members:
            if length >= PART_BYTES and place > start:
                yield Part(file, "zip", start, place)
                start, length = place, 0
            length += member.file_size
        yield Part(file, "zip", start, size)

    def read(self, stream: BinaryIO, part: Part, reading: Reading) -> Iterator[Document | SkippedSource]:
        """What the files of a part hold."""
        size = stream.seek(0, io.SEEK_END)
        with _opened(stream) as archive:
            for place, member in _members(archive, size):
                if part.start <= place < part.end:
                    yield from self._member(archive, member, part.file, reading)

    def _member(
        self, archive: zipfile.ZipFile, member: zipfile.ZipInfo, file: SourceFile, reading: Reading
    ) -> Iterator[Document | SkippedSource]:
        name = _name(member)
        inner = replace(file, source=f"{file.source}#{name}", name=name, named=False)
        try:
            if member.flag_bits & ENCRYPTED:
                raise SourceError("encrypted; unpack it first")
            with _opened_member(archive, member) as content:
                unpacked = _Unpacked(content, member.compress_size, reading.limits)
                yield from _read_packed(unpacked, inner, reading)
        except SourceError as error:
            yield SkippedSource(inner.source, str(error))


@contextmanager
def _opened(stream: BinaryIO) -> Iterator[zipfile.ZipFile]:
    try:
        archive = zipfile.ZipFile(stream)
    except (zipfile.BadZipFile, NotImplementedError, ValueError) as error:
        raise SourceError(f"broken ZIP archive: {_first_line(error)}") from error
    with archive:
        yield archive


def _opened_member(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> IO[bytes]:
    """A file in an archive.

    Raises:
        SourceError: it is not where or what the archive's list of files says.
    """
    try:
        return archive.open(member)
    except (NotImplementedError, RuntimeError, ValueError, OSError, zipfile.BadZipFile) as error:
        raise SourceError(f"damaged: {_first_line(error)}") from error


def _members(archive: zipfile.ZipFile, size: int) -> list[tuple[int, zipfile.ZipInfo]]:
    """Its files in the order they lie in, with their places; one that lies nowhere is at an end, and is not lost.

    Asked whether it is a folder, one without a name raises an error.
    """
    listed = [
        (min(max(one.header_offset, 0), size - 1), one)
        for one in archive.infolist()
        if not one.filename.endswith("/") and not _hidden(one.filename)
    ]
    return sorted(listed, key=lambda member: (member[0], member[1].filename))


def _hidden(name: str) -> bool:
    return any(part == "__MACOSX" or (part.startswith(".") and part != "..") for part in name.split("/"))


UTF8_NAME = 0x800


def _name(member: zipfile.ZipInfo) -> str:
    """A member's name; one that is not marked as UTF-8 is in whatever its maker's system used."""
    if member.flag_bits & UTF8_NAME:
        return member.filename
    try:
        return decode(member.filename.encode("cp437")).text
    except (SourceError, UnicodeEncodeError):
        return member.filename


def _read_packed(
    unpacked: io.RawIOBase, file: SourceFile, reading: Reading
) -> Iterator[Document | SkippedSource]:
    """Read what was packed, by its own format.

    Raises:
        SourceError: it is none that is read, or packed too often.
    """
    if file.layers == LAYERS:
        raise SourceError(f"packed more than {LAYERS} times over; unpack it first")
    from build_dataset.read.contents import reader  # which knows this module too: what is packed can be any

    file = replace(file, layers=file.layers + 1)
    stream = io.BufferedReader(unpacked, HEAD_BYTES)
    format_ = format_of(file.name, stream.peek(HEAD_BYTES), file.named)
    with _seekable(cast(BinaryIO, stream), format_) as content:
        yield from reader(format_).read(content, Part(file, format_, 0, UNTIL_END), reading)


@contextmanager
def _seekable(stream: BinaryIO, format_: str) -> Iterator[BinaryIO]:
    """The stream, or a nameless copy on disk where the format has to move about in it."""
    if format_ not in SEEKING:
        yield stream
        return
    with tempfile.TemporaryFile() as copy:
        shutil.copyfileobj(stream, copy)
        copy.seek(0)
        yield cast(BinaryIO, copy)
