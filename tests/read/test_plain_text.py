"""A text comes through as it is, or not at all with the reason."""

import codecs

import pytest

from build_dataset.errors import SourceError
from build_dataset.read.plain_text import text_document


@pytest.mark.parametrize(
    "content",
    [
        "“Yes,” she said.\n是。\n".encode(),
        "“Yes,” she said.\r\n是。\r\n".encode(),
        "“Yes,” she said.\n是。\n".encode("utf-8-sig"),
        "“Yes,” she said.\r\n是。\n".encode("utf-16"),
        "“Yes,” she said.\n是。\n".encode("gb18030"),
        "“Yes,” she said.\n是。\n".encode("utf-16-le"),
        codecs.BOM_UTF16_BE + "“Yes,” she said.\n是。\n".encode("utf-16-be"),
    ],
)
def test_the_encoding_and_the_line_ends_do_not_show_in_the_text(content: bytes) -> None:
    assert text_document("a.txt", content).text == "“Yes,” she said.\n是。\n"


def test_nothing_else_is_changed() -> None:
    text = " \tA\u200b\u00a0\ufeffB\rC\x1b[0m \n\n"

    assert text_document("a.txt", text.encode()).text == text


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty: there is no text in it"),
        (" \t\u3000\u00a0\r\n".encode(), "empty: there is no text in it"),
        (codecs.BOM_UTF8, "empty: there is no text in it"),
        (codecs.BOM_UTF8 + b"ab\xff", "not UTF-8 at byte 5; save it as UTF-8"),
        (bytes(range(128, 256)), "cannot tell its encoding; save it as UTF-8"),
        (b"12\x003", "not text: character 2 is NUL; remove it"),
        (b"\x89PNG\r\n\x1a\n\x00", "not text: it is a PNG picture"),
        (b"%PDF-1.7", "not text: it is a PDF document"),
        (b"\x00\x00\x00\x20ftypisom", "not text: it is an MP4 video"),
        (b"\x7fELF\x02\x01\x01\x00", "not text: it is a program"),
        (b"text \xff\x00 and more", "not text: byte 6 is NUL"),
        (codecs.BOM_UTF16_LE + b"a\x00\x00\xd8", "not UTF-16 at byte 4; save it as UTF-8"),
    ],
)
def test_what_is_no_text_is_refused_with_the_reason(content: bytes, reason: str) -> None:
    with pytest.raises(SourceError) as error:
        text_document("a.txt", content)

    assert str(error.value) == reason
