"""Texts in each encoding that can hold them: how often they are read right, refused, or misread.

    python -m tests.bench.encodings [--misread N]

Texts are English and Chinese articles from the shared folder, and made-up ones in other languages
(`tests/cases/encodings.yaml`). They are cut into pieces of several lengths, in characters; a piece that is in ASCII, or
whose bytes are UTF-8 as well, is left out. Beside this project stand the plain detectors that are installed, and what
their answer decodes to.
"""

import argparse
import importlib
import importlib.util
import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from rich.console import Console
from rich.table import Table

from build_dataset.errors import SourceError
from build_dataset.read.encoding import decode

SHARED = Path(__file__).parents[2] / ".." / "shared"
CASES = Path(__file__).parents[1] / "cases" / "encodings.yaml"
LENGTHS = (100, 300, 1000, 4000)
MOST_PIECES = 4
"""Pieces of a length out of one text."""
WIDE = ("utf-16-le", "utf-16-be")
ENGLISH = ("cp1252", "mac_roman", "gb18030", *WIDE)
CHINESE = ("gb18030", "gbk", "gb2312", "big5hkscs", *WIDE)


@dataclass(frozen=True, slots=True)
class Text:
    """A text, and what it may be in."""

    language: str
    encodings: tuple[str, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a text in one encoding."""

    language: str
    encoding: str
    length: int
    text: str
    content: bytes


def texts() -> Iterator[Text]:
    """All of them; those that are here, where the shared folder is not."""
    articles = SHARED / "corpora" / "polnear" / "dev.jsonl"
    if articles.is_file():
        for line in articles.open(encoding="utf-8"):
            yield Text("en", ENGLISH, json.loads(line)["text"])
    for path in sorted((SHARED / "inputs" / "html").glob("*.json")):
        page = json.loads(path.read_bytes())
        blocks = [
            block if isinstance(block, str) else block.get("text", "") for block in page.get("body") or []
        ]
        yield Text(
            page["language"], CHINESE if page["language"].startswith("zh") else ENGLISH, "\n".join(blocks)
        )
    for case in yaml.safe_load(CASES.read_text(encoding="utf-8")):
        yield Text(case["language"], (*case["encodings"], *WIDE), case["text"])


def pieces(text: Text) -> Iterator[Piece]:
    """A text cut up, in every encoding that can hold the piece and is not UTF-8 at the same time."""
    for length in LENGTHS:
        for start in range(0, min(len(text.text) - length + 1, MOST_PIECES * length), length):
            piece = text.text[start : start + length]
            for encoding in text.encodings:
                try:
                    content = piece.encode(encoding)
                except UnicodeEncodeError:
                    continue
                if encoding in WIDE or not is_utf8(content):
                    yield Piece(text.language, encoding, length, piece, content)


def is_utf8(content: bytes) -> bool:
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def ours(content: bytes) -> str | None:
    try:
        return decode(content).text
    except SourceError:
        return None


Detector = Callable[[bytes], str | None]


def detectors() -> dict[str, Detector]:
    """This project, and the detectors that are installed."""
    found: dict[str, Detector] = {"build-dataset": ours}
    for name, encoding in (
        ("chardet", _chardet),
        ("charset_normalizer", _normalizer),
        ("cchardet", _cchardet),
    ):
        if importlib.util.find_spec(name):
            found[name] = _decoding(encoding)
    return found


def _chardet(content: bytes) -> str | None:
    return _answer(_module("chardet").detect(content, prefer_superset=True)["encoding"])


def _cchardet(content: bytes) -> str | None:
    return _answer(_module("cchardet").detect(content)["encoding"])


def _normalizer(content: bytes) -> str | None:
    best = _module("charset_normalizer").from_bytes(content).best()
    return _answer(best and best.encoding)


@cache
def _module(name: str) -> Any:
    return importlib.import_module(name)


def _answer(encoding: object) -> str | None:
    return encoding if isinstance(encoding, str) else None


def _decoding(detect: Detector) -> Detector:
    def decoded(content: bytes) -> str | None:
        encoding = detect(content)
        try:
            return content.decode(encoding) if encoding else None
        except (UnicodeDecodeError, LookupError):
            return None

    return decoded


def outcome(piece: Piece, read: Detector) -> str:
    """Right, refused or misread."""
    text = read(piece.content)
    return "refused" if text is None else "right" if text == piece.text else "misread"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument(
        "--misread", type=int, default=0, metavar="N", help="show N pieces that are not read right"
    )
    shown = parser.parse_args().misread
    console = Console()
    cut = [piece for text in texts() for piece in pieces(text)]
    columns = detectors()
    counts: dict[str, defaultdict[tuple[str, str, int], Counter[str]]] = {}
    for name, read in columns.items():
        counts[name] = defaultdict(Counter)
        for piece in cut:
            found = outcome(piece, read)
            counts[name][piece.language, piece.encoding, piece.length][found] += 1
            if read is ours and found != "right" and shown > 0:
                shown -= 1
                console.print(
                    f"{found}: {piece.language} {piece.encoding} {piece.text[:200]!r}", markup=False
                )
    table = Table(title="right / refused / misread")
    for heading in ("language", "encoding", "characters", *columns):
        table.add_column(heading, justify="left" if heading in ("language", "encoding") else "right")
    for key in sorted(counts["build-dataset"]):
        language, encoding, length = key
        table.add_row(language, encoding, str(length), *(_counted(counts[name][key]) for name in columns))
    console.print(table)


def _counted(found: Counter[str]) -> str:
    return " / ".join(str(found[name]) for name in ("right", "refused", "misread"))


if __name__ == "__main__":
    main()
