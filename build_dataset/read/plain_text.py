"""Plain text: one article a file, in UTF-8, or in UTF-16 with a byte order mark."""

import codecs
from collections.abc import Iterator

from build_dataset.document import Document
from build_dataset.errors import SourceError
from build_dataset.read.reader import Part, SkippedSource, SourceFile

UTF16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)

SIGNATURES: dict[bytes, str] = {
    b"\x89PNG": "a PNG picture",
    b"\xff\xd8\xff": "a JPEG picture",
    b"GIF8": "a GIF picture",
    b"%PDF": "a PDF document",
    b"PK\x03\x04": "a ZIP archive or an office document",
    b"\x1f\x8b": "gzip-compressed",
    b"PAR1": "a Parquet file",
}
"""First bytes of files that are no text, whatever their name says."""


def decode(content: bytes) -> str:
    r"""The text of a file: byte order mark dropped, `\r\n` as `\n`, nothing else changed.

    Raises:
        SourceError: it is in another encoding, or no text at all.
    """
    for signature, kind in SIGNATURES.items():
        if content.startswith(signature):
            raise SourceError(f"not text: it is {kind}")
    utf16 = content.startswith(UTF16_MARKS)
    encoding = "UTF-16" if utf16 else "UTF-8"
    try:
        text = content.decode("utf-16" if utf16 else "utf-8-sig")
    except UnicodeDecodeError as error:
        offset = error.start + (len(codecs.BOM_UTF8) if content.startswith(codecs.BOM_UTF8) else 0)
        raise SourceError(f"not {encoding} at byte {offset}; save it as UTF-8") from error
    return checked(text.replace("\r\n", "\n"))


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


class PlainText:
    """Reads a text file as one article."""

    def parts(self, file: SourceFile) -> Iterator[Part]:
        """The whole file: a text is not cut."""
        yield Part(file, 0, file.path.stat().st_size)

    def read(self, part: Part, content: bytes) -> Iterator[Document | SkippedSource]:
        """The article, or why there is none."""
        try:
            yield Document(part.file.source, decode(content))
        except SourceError as error:
            yield SkippedSource(part.file.source, str(error))
