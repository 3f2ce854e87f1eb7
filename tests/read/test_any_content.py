"""Every reader, whatever it is given: documents and reasons, in time in proportion to the size, and whole texts."""

import gzip
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from build_dataset.document import Document
from build_dataset.options import Limits, Reading
from build_dataset.read import SkippedSource, SourceFile
from build_dataset.read.contents import READERS, parts, read_part
from build_dataset.read.reader import Part
from tests.proportion import assert_in_proportion
from tests.read.files import PAGE, STORY, found, table, zipped, zstd
from tests.read.web_archive import answer, compressed, plain, record

RECORDS = (record(1, answer(PAGE.encode())), record(2, STORY.encode(), "resource", Content_Type="text/plain"))
LINES = "".join(f"{json.dumps({'text': text})}\n" for text in STORY.split("\n\n")).encode()
WHOLE: dict[str, bytes] = {
    "text": STORY.encode("gb18030"),
    "html": PAGE.encode(),
    "json": json.dumps([{"text": STORY}, {"html": PAGE}]).encode(),
    "jsonl": LINES,
    "parquet": table(STORY, "Rain."),
    "warc": plain(*RECORDS),
    "warc.gz": compressed(*RECORDS),
    "gzip": gzip.compress(LINES),
    "zstd": zstd(LINES),
    "zip": zipped(**{"a.txt": STORY.encode(), "b.jsonl.gz": gzip.compress(LINES)}),
}
SUFFIXES = {
    "text": ".txt",
    "html": ".html",
    "json": ".json",
    "jsonl": ".jsonl",
    "parquet": ".parquet",
    "warc": ".warc",
    "warc.gz": ".warc.gz",
    "gzip": ".jsonl.gz",
    "zstd": ".jsonl.zst",
    "zip": ".zip",
}
READING = Reading(Limits(megabytes=1))
SOME = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@st.composite
def damaged(draw: st.DrawFn, format_: str) -> bytes:
    """A whole file of a format, cut, with bytes changed, taken out and put in."""
    content = bytearray(WHOLE[format_])
    for _ in range(draw(st.integers(0, 4))):
        place = draw(st.integers(0, len(content)))
        length = draw(st.integers(0, 8))
        content[place : place + length] = draw(st.binary(max_size=8))
    return bytes(content[: draw(st.integers(0, len(content)))] if draw(st.booleans()) else content)


def test_every_reader_is_tried() -> None:
    assert WHOLE.keys() == SUFFIXES.keys() == READERS.keys()


@pytest.mark.parametrize("format_", WHOLE)
@given(data=st.data())
@SOME
def test_a_damaged_file_gives_documents_and_reasons(
    format_: str, data: st.DataObject, tmp_path: Path
) -> None:
    content = data.draw(damaged(format_))
    path = tmp_path / f"a{SUFFIXES[format_]}"
    path.write_bytes(content)
    for one in found(path, READING):
        assert one.source.startswith(path.name)
        if isinstance(one, Document):
            one.text.encode("utf-8")
            assert one.text.strip()
            assert "\0" not in one.text
        else:
            assert one.reason
            assert not one.reason.startswith("cannot be read: ")  # an error that the reader did not think of


@pytest.mark.parametrize("suffix", SUFFIXES.values())
@given(content=st.binary(max_size=400))
@SOME
def test_any_bytes_under_any_name(suffix: str, content: bytes, tmp_path: Path) -> None:
    path = tmp_path / f"a{suffix}"
    path.write_bytes(content)
    reasons = [one.reason for one in found(path, READING) if isinstance(one, SkippedSource)]

    assert not [reason for reason in reasons if reason.startswith("cannot be read: ")]


TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\r"), min_size=1).filter(
    lambda text: bool(text.strip()) and not text.startswith("\ufeff")
)


@given(texts=st.lists(TEXTS, min_size=1, max_size=5))
@SOME
def test_any_text_comes_back_whole(texts: list[str], tmp_path: Path) -> None:
    lines = "".join(f"{json.dumps({'text': text})}\n" for text in texts).encode()
    (tmp_path / "a.jsonl").write_bytes(lines)
    (tmp_path / "a.json").write_text(json.dumps([{"text": text} for text in texts]), encoding="utf-8")
    (tmp_path / "a.parquet").write_bytes(table(*texts))
    (tmp_path / "a.jsonl.gz").write_bytes(gzip.compress(lines))
    (tmp_path / "a.jsonl.zst").write_bytes(zstd(lines))
    (tmp_path / "a.zip").write_bytes(zipped(**{"a.jsonl": lines}))
    for path in sorted(tmp_path.iterdir()):
        assert [one.text if isinstance(one, Document) else one for one in found(path)] == texts, path.name


def read(content: tuple[str, bytes]) -> list[object]:
    """All that is in a file of a format."""
    format_, held = content
    from build_dataset.read.contents import reader

    part = Part(SourceFile("", "a", "a"), format_, 0, len(held))
    return list(reader(format_).read(io.BytesIO(held), part, Reading(Limits(megabytes=10))))


MANY: dict[str, Callable[[int], bytes]] = {
    "text": lambda times: (STORY + "\n").encode("gb18030") * times,
    "json": lambda times: json.dumps([{"text": STORY}] * times).encode(),
    "jsonl": lambda times: LINES * times,
    "parquet": lambda times: table(*[STORY] * times),
    "warc": lambda times: RECORDS[1] * times,
    "warc.gz": lambda times: compressed(RECORDS[1]) * times,
    "zip": lambda times: zipped(**{f"{number}.txt": STORY.encode() for number in range(times)}),
    "gzip": lambda times: gzip.compress(LINES * times),
}


@pytest.mark.parametrize("format_", MANY)
def test_ten_times_the_file_takes_about_ten_times_as_long(format_: str) -> None:
    short, long = (MANY[format_](times) for times in (100, 1000))

    assert_in_proportion(read, (format_, short), (format_, long))


ODD: dict[str, Callable[[int], tuple[str, bytes]]] = {
    "one long line": lambda times: ("jsonl", b'{"text": "' + b"a" * 1000 * times + b'"}'),
    "lines without an end": lambda times: ("jsonl", b"{" * 1000 * times),
    "opened and never closed": lambda times: ("json", b"[" * 100 * times),
    "empty lines": lambda times: ("jsonl", b"\n" * 1000 * times),
    "no record": lambda times: ("warc", b"WARC/1.0" * 100 * times),
    "records without a length": lambda times: ("warc", b"\nWARC/1.0\nA: b" * 100 * times),
    "headers alone": lambda times: ("warc", b"WARC/1.0\r\nA: b\r\n\r\n" * 100 * times),
    "line ends": lambda times: ("warc", b"WARC/1.0" + b"\r\n" * 1000 * times),
    "no member": lambda times: ("warc.gz", b"\x1f\x8b\x08" * 10 * times),
    "bytes of no encoding": lambda times: ("text", bytes(range(128, 256)) * 10 * times),
    "ideographs": lambda times: ("text", ("市長說。" * 100 * times).encode("big5")),
}


@pytest.mark.parametrize("odd", ODD)
def test_odd_files_take_time_in_proportion_too(odd: str) -> None:
    def attempt(content: tuple[str, bytes]) -> None:
        from build_dataset.errors import SourceError

        try:
            read(content)
        except SourceError:
            return

    assert_in_proportion(attempt, ODD[odd](100), ODD[odd](1000))


def test_parts_hold_together_what_the_file_holds(tmp_path: Path) -> None:
    for format_, content in WHOLE.items():
        path = tmp_path / f"a{SUFFIXES[format_]}"
        path.write_bytes(content)
        cut = list(parts(SourceFile(str(path), path.name, path.name)))

        assert [one for one in cut if isinstance(one, SkippedSource)] == []
        held = [one for part in cut if isinstance(part, Part) for one in read_part(part)]
        assert len(held) >= 1
        assert all(isinstance(one, Document) for one in held), path.name
