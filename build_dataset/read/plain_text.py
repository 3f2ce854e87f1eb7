"""Plain text: one article a file, in any encoding that can be told."""

from collections.abc import Iterator
from typing import BinaryIO

from build_dataset.document import Document, SourceMetadata
from build_dataset.errors import SourceError
from build_dataset.options import Reading
from build_dataset.read.encoding import decode
from build_dataset.read.reader import Part, SourceFile, read_whole, whole

SIGNATURES: dict[bytes, str] = {
    b"\x89PNG": "a PNG picture",
    b"\xff\xd8\xff": "a JPEG picture",
    b"GIF8": "a GIF picture",
    b"%PDF": "a PDF document",
    b"PK\x03\x04": "a ZIP archive or an office document",
    b"\x1f\x8b": "gzip-compressed",
    b"PAR1": "a Parquet file",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": "an old office document",
    b"{\\rtf": "an RTF document",
    b"7z\xbc\xaf'\x1c": "a 7z archive",
    b"Rar!\x1a\x07": "a RAR archive",
    b"\xfd7zXZ\0": "xz-compressed",
    b"BZh": "bzip2-compressed",
    b"\x28\xb5\x2f\xfd": "zstd-compressed",
    b"SQLite format 3\0": "a SQLite database",
    b"\x7fELF": "a program",
    b"ID3": "an MP3 recording",
    b"OggS": "an Ogg recording",
    b"RIFF": "a RIFF recording or picture",
}
"""First bytes of files that are no text, whatever their name says."""
VIDEO = b"ftyp"
"""Bytes 4 to 7 of MP4 and its kin."""


class PlainText:
    """Reads a text file as one article."""

    def parts(self, file: SourceFile, _stream: BinaryIO, size: int) -> Iterator[Part]:
        """The whole file: a text is not cut."""
        return whole(file, "text", size)

    def read(self, stream: BinaryIO, part: Part, reading: Reading) -> Iterator[Document]:
        """The article."""
        yield text_document(part.file.source, read_whole(stream, reading.limits))


def text_document(source: str, content: bytes, url: str | None = None) -> Document:
    """The article of a text.

    Raises:
        SourceError: it is none.
    """
    refuse_other_formats(content)
    decoded = decode(content)
    return Document(source, article_text(decoded.text), SourceMetadata(url=url), encoding=decoded.encoding)


def refuse_other_formats(content: bytes) -> None:
    """Refuse bytes that begin as no text does.

    Raises:
        SourceError: they do.
    """
    for signature, kind in SIGNATURES.items():
        if content.startswith(signature):
            raise SourceError(f"not text: it is {kind}")
    if content[4:8] == VIDEO and content.startswith(b"\0"):
        raise SourceError("not text: it is an MP4 video")


def article_text(text: str) -> str:
    r"""The text of an article: byte order mark dropped, `\r\n` as `\n`, nothing else changed.

    Raises:
        SourceError: it cannot be an article.
    """
    return checked(text.removeprefix("\ufeff").replace("\r\n", "\n"))


def checked(text: str) -> str:
    """The text itself, if it can be an article.

    Raises:
        SourceError: it is blank, or has characters that no text has and that readers of the dataset choke on.
    """
    if not text or text.isspace():
        raise SourceError("empty: there is no text in it")
    nul = text.find("\0")
    if nul >= 0:
        raise SourceError(f"not text: character {nul} is NUL; remove it")
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise SourceError(f"half of a surrogate pair at character {error.start}; repair it") from error
    return text
