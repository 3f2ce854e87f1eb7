"""What is packed is read as if it were not, within bounds, and nothing is ever written where a name says."""

import gzip
import io
import json
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from build_dataset.options import Limits, Reading
from build_dataset.read import SourceFile, packed
from build_dataset.read.contents import parts
from tests.read.files import PAGE, STORY, table, texts, zipped, zstd

LINES = "".join(f"{json.dumps({'text': text})}\n" for text in ("One.", "Two.")).encode()


@pytest.mark.parametrize(("suffix", "pack"), [(".gz", gzip.compress), (".zst", zstd)])
def test_a_compressed_file_is_the_file_in_it(
    tmp_path: Path, suffix: str, pack: Callable[[bytes], bytes]
) -> None:
    for name, content in {
        "a.txt": STORY.encode(),
        "b.html": PAGE.encode(),
        "c.jsonl": LINES,
        "d.parquet": table("One.", "Two."),
    }.items():
        (tmp_path / f"{name}{suffix}").write_bytes(pack(content))

    assert texts(tmp_path / f"a.txt{suffix}") == {f"a.txt{suffix}": STORY}
    assert texts(tmp_path / f"b.html{suffix}") == {f"b.html{suffix}": STORY}
    for name in ("c.jsonl", "d.parquet"):
        source = f"{name}{suffix}"
        assert texts(tmp_path / source) == {f"{source}#1": "One.", f"{source}#2": "Two."}


def test_an_archive_is_read_like_a_folder(tmp_path: Path) -> None:
    content = {
        "news/a.txt": STORY.encode(),
        "news/b.jsonl": LINES,
        "news/.hidden.txt": b"no",
        "__MACOSX/a.txt": b"no",
        "c.txt.gz": gzip.compress(b"Three."),
        "d.zip": zipped(**{"e.txt": b"Four."}),
        "notes.md": b"no",
    }
    (tmp_path / "a.zip").write_bytes(zipped(**content))

    assert texts(tmp_path / "a.zip") == {
        "a.zip#news/a.txt": STORY,
        "a.zip#news/b.jsonl#1": "One.",
        "a.zip#news/b.jsonl#2": "Two.",
        "a.zip#c.txt.gz": "Three.",
        "a.zip#d.zip#e.txt": "Four.",
        "a.zip#notes.md": "[unknown format .md; give text, HTML, JSON Lines, Parquet or WARC, or name the file itself]",
    }


def test_a_large_archive_is_read_in_parts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packed, "PART_BYTES", 10)
    members = {f"{number:02d}.txt": b"Rain %d." % number for number in range(20)}
    (tmp_path / "a.zip").write_bytes(zipped(**members))

    assert len(list(parts(SourceFile(str(tmp_path / "a.zip"), "a.zip", "a.zip")))) > 5
    assert texts(tmp_path / "a.zip") == {
        f"a.zip#{name}": content.decode() for name, content in members.items()
    }


def test_a_name_that_leads_outside_is_only_a_name(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.zip").write_bytes(zipped(**{"../../escaped.txt": b"Rain.", "/etc/b.txt": b"Wind."}))
    before = sorted(tmp_path.rglob("*"))

    assert set(texts(tmp_path / "in" / "a.zip").values()) == {"Rain.", "Wind."}
    assert sorted(tmp_path.rglob("*")) == before


def test_names_in_the_encoding_of_another_system_are_read(tmp_path: Path) -> None:
    name = "新闻报道/港务局局长陈立波表示新码头将于明年开放.txt"
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("x" * len(name.encode("gb18030")), "雨。")
    raw = content.getvalue().replace(b"x" * len(name.encode("gb18030")), name.encode("gb18030"))
    (tmp_path / "a.zip").write_bytes(raw)

    assert texts(tmp_path / "a.zip") == {f"a.zip#{name}": "雨。"}


def test_a_bomb_is_stopped_and_named(tmp_path: Path) -> None:
    lines = b'{"text": "' + b"A" * 1000 + b'"}\n'
    (tmp_path / "a.txt.gz").write_bytes(gzip.compress(b"A" * 12_000_000))
    (tmp_path / "a.jsonl.gz").write_bytes(gzip.compress(lines * 12_000))
    nested = b"A" * 12_000_000
    for _ in range(4):
        nested = gzip.compress(nested)
    (tmp_path / "nested.gz").write_bytes(nested)
    reading = Reading(Limits(megabytes=1, expansion=20))

    bomb = "[unpacks to more than 20 times its size; raise --max-expansion to read it]"
    assert texts(tmp_path / "a.txt.gz", reading) == {"a.txt.gz": bomb}
    found = texts(tmp_path / "a.jsonl.gz", reading)
    assert found["a.jsonl.gz"] == bomb
    assert 100 < len(found) < 2_000
    assert texts(tmp_path / "nested.gz", reading) == {
        "nested.gz": "[packed more than 3 times over; unpack it first]"
    }


def test_what_is_cut_off_or_damaged_gives_no_half_article(tmp_path: Path) -> None:
    whole = gzip.compress(STORY.encode() * 50, mtime=0)
    lines = gzip.compress(b"".join(b'{"text": "%d"}\n' % number for number in range(50_000)), mtime=0)
    archive = zipped(**{"a.txt": STORY.encode() * 50, "b.txt": b"Rain."})
    files = {
        "cut.txt.gz": whole[:-20],
        "cut.jsonl.gz": lines[: len(lines) // 2],
        "damaged.txt.gz": whole[:40] + b"\xff" * 10 + whole[50:],
        "cut.txt.zst": zstd(STORY.encode() * 50)[:-20],
        "damaged.zip": archive[:60] + b"\xff" * 10 + archive[70:],
        "cut.zip": archive[:-10],
    }
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)

    assert texts(tmp_path / "cut.txt.gz") == {"cut.txt.gz": "[cut off: its compressed data ends too early]"}
    (*read, told) = texts(tmp_path / "cut.jsonl.gz").items()
    assert told == ("cut.jsonl.gz", "[cut off: its compressed data ends too early]")
    assert read == [(f"cut.jsonl.gz#{number + 1}", str(number)) for number in range(len(read))]
    assert len(read) > 10_000
    for name in ("damaged.txt.gz", "cut.txt.zst"):
        assert texts(tmp_path / name)[name].startswith(("[damaged: ", "[cut off: "))
    found = texts(tmp_path / "damaged.zip")
    assert found["damaged.zip#a.txt"].startswith("[damaged: ")
    assert found["damaged.zip#b.txt"] == "Rain."
    assert texts(tmp_path / "cut.zip")["cut.zip"].startswith("[broken ZIP archive: ")


def test_a_member_without_a_name_is_damaged(tmp_path: Path) -> None:
    content = bytearray(zipped(a=b"Rain.", **{"b.txt": b"Wind."}))
    entry = content.find(b"PK\x01\x02")
    content[entry + 28], content[entry + 32] = 0, 1  # its name is its comment now
    (tmp_path / "a.zip").write_bytes(content)

    found = texts(tmp_path / "a.zip")
    assert found["a.zip#b.txt"] == "Wind."
    assert found["a.zip#"].startswith("[damaged: ")


def test_a_member_whose_name_cannot_be_read_is_damaged(tmp_path: Path) -> None:
    content = bytearray(zipped(**{"äa.txt": b"Rain.", "b.txt": b"Wind."}))
    content[content.find("ä".encode())] = 0xFF  # in front of the file, not in the list
    (tmp_path / "a.zip").write_bytes(content)

    found = texts(tmp_path / "a.zip")
    assert found["a.zip#b.txt"] == "Wind."
    assert found["a.zip#äa.txt"].startswith("[damaged: ")


@pytest.mark.parametrize("shift", [0, 100_000])
def test_files_that_lie_outside_of_their_archive_are_named(tmp_path: Path, shift: int) -> None:
    """The end of an archive says where its list of files begins, and all places are counted from that."""
    whole = bytearray(zipped(**{"a.txt": STORY.encode(), "b.txt": b"Rain."}))
    (begins,) = struct.unpack_from("<I", whole, len(whole) - 6)
    struct.pack_into("<I", whole, len(whole) - 6, begins + 10)
    listed = whole.index(b"PK\x01\x02")
    struct.pack_into("<I", whole, listed + 42, shift)
    (tmp_path / "a.zip").write_bytes(whole)
    found = texts(tmp_path / "a.zip")

    assert found.keys() == {"a.zip#a.txt", "a.zip#b.txt"}
    assert all(reason.startswith("[damaged: ") for reason in found.values())
