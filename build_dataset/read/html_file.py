"""HTML: one article a page, saved as a file or held by an archive or a table."""

from collections.abc import Iterator
from typing import BinaryIO

from build_dataset.document import Document
from build_dataset.options import Reading
from build_dataset.read.encoding import decode_page
from build_dataset.read.plain_text import article_text, refuse_other_formats
from build_dataset.read.reader import Part, SourceFile, read_whole, whole
from build_dataset.time_limit import time_limit


class HtmlPages:
    """Reads a page as one article."""

    def parts(self, file: SourceFile, _stream: BinaryIO, size: int) -> Iterator[Part]:
        """The whole file: a page is not cut."""
        return whole(file, "html", size)

    def read(self, stream: BinaryIO, part: Part, reading: Reading) -> Iterator[Document]:
        """The article of the page."""
        yield page_document(part.file.source, read_whole(stream, reading.limits), reading)


def page_document(
    source: str, content: bytes, reading: Reading, *, url: str | None = None, charset: str | None = None
) -> Document:
    """The article of a page.

    Args:
        source: its name in the dataset.
        content: the bytes of the page.
        reading: how deep it may be nested, and how long it may take.
        url: its address, if that is known.
        charset: the encoding that the server stated.

    Raises:
        SourceError: there is no article in it.
    """
    from build_dataset.read.html import read_page

    refuse_other_formats(content)
    decoded = decode_page(content, charset)
    with time_limit(reading.limits.seconds):
        page = read_page(decoded.text, url, nesting=reading.limits.nesting)
    return Document(source, article_text(page.text), page.metadata, page.flags, decoded.encoding)
