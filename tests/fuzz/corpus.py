"""What fuzzing begins with: a few inputs of each format."""

import gzip
import zlib
from collections.abc import Iterator
from pathlib import Path

from tests.read.files import PAGE, STORY, table, zipped, zstd
from tests.read.web_archive import answer, compressed, in_one_member, plain, record

REPOSITORY = Path(__file__).parents[2]
SHARED = REPOSITORY / ".." / "shared" / "inputs"
LARGEST = {"article": 1 << 11, "text": 1 << 11}
"""Bytes of an input: more of a text are slow, and show nothing that a few paragraphs do not."""
LARGEST_OTHER = 1 << 16

WORDS = """
“ ” ‘ ’ „ « » 「 」 『 』 《 》 （ ） 【 】 。 ， 、 ： ； ？ — – − … · ％ € £ ½ 〇
said says told that according to asked who he she they Mr. Lee Ann U.S. (AP) By percent million $9 4,300 from per 2019
说 表示 称 据 记者 王明 市长 他 的 人 万 亿 元 百分之 增长 同比 下降到 从 到 约 第 每 余 年 月 日 周一
<p> </p> <br> <meta charset= <script> &amp; &#x201c; {"text": "title": WARC/1.0
"""

SUFFIXES: dict[str, tuple[str, ...]] = {
    "article": (".txt",),
    "text": (".txt",),
    "html": (".html", ".html.gz"),
    "json": (".jsonl",),
    "jsonl": (".jsonl",),
}
"""Files that hold a format, by the ends of their names."""


RECORDS = (record(1, answer(PAGE.encode())), record(2, STORY.encode(), "resource", Content_Type="text/plain"))
MADE: dict[str, tuple[bytes, ...]] = {
    "warc": (plain(*RECORDS),),
    "warc.gz": (compressed(*RECORDS), in_one_member(*RECORDS)),
    "gzip": (gzip.compress(STORY.encode()), gzip.compress(PAGE.encode())),
    "zstd": (zstd(STORY.encode()),),
    "zip": (zipped(**{"a.txt": STORY.encode(), "b.html": PAGE.encode()}),),
    "parquet": (table(STORY, "Rain."),),
}
"""Of formats that chance does not hit, a whole file each."""


def words() -> Iterator[str]:
    """What news has a lot of and chance hardly makes, as lines of a dictionary of libFuzzer."""
    for word in WORDS.split():
        yield '"' + "".join(f"\\x{byte:02x}" for byte in word.encode()) + '"'


def inputs(format_: str) -> Iterator[bytes]:
    """The seeds of this repository, and what is in the shared folder where that is here."""
    yield b""
    suffixes = SUFFIXES.get(format_, ("",))
    folders = (REPOSITORY / "seeds", REPOSITORY / "tests" / "cases", SHARED / "hostile", SHARED / "html")
    yield from MADE.get(format_, ())
    for folder in folders if format_ not in MADE else ():
        for path in sorted(folder.rglob("*")) if folder.is_dir() else ():
            if path.is_file() and path.name.endswith(suffixes):
                content = path.read_bytes()
                if format_ == "html" and path.suffix == ".gz":
                    content = _unpacked(content)
                yield content[: LARGEST.get(format_, LARGEST_OTHER)]


def _unpacked(content: bytes) -> bytes:
    """The beginning of what gzip members hold, one after the other, as far as they are whole."""
    unpacked = b""
    while content and len(unpacked) < LARGEST_OTHER:
        member = zlib.decompressobj(zlib.MAX_WBITS | 16)
        try:
            unpacked += member.decompress(content, LARGEST_OTHER)
        except zlib.error:
            break
        content = member.unused_data
    return unpacked
