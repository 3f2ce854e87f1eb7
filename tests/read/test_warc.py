"""A record of a web archive with a page is an article; whatever else it holds is named or silent, and stops nothing."""

import base64
import gzip
import json
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from build_dataset.document import Document
from build_dataset.options import Limits, Reading
from build_dataset.read import SkippedSource, SourceFile
from build_dataset.read.contents import parts
from build_dataset.read.warc import archives
from build_dataset.read.warc.pages import ALTERED
from build_dataset.schema import ArticleFlag
from tests.read.files import PAGE, STORY, found, texts
from tests.read.web_archive import answer, compressed, in_one_member, plain, record

BROTLI = base64.b85decode(
    "8>;~ToCmgZv=BSJco0mN6&qYvs%r-zG$=uOBp_#J(xr(f50&`fIUd<`0Jwfs@WD&u7)f+<*JpWrNVl~NjRkX=Nie|xwHstM7>39;P2|rG07jt&ORN1R"
    "#LiX))N)Q1^oO*>I1_^A2o*wFR%v=0K_<~d6VQoiV0hzl=r9}j+v$wUn?pKJdbo+lu-Bl-3~gw)^n;K~UZ>W+)$2&q0b8zZS48hD^}~BTFkc?$XnOgG"
    "4o&`On%6YtA17mc>J$BOmb=|>ko)yX>ov~-dvbv<03fL_Hl=~75di"
)
"""`PAGE` as another program compressed it: no library of ours does."""
INPUTS = Path(__file__).parents[2] / ".." / "shared" / "inputs"


def page(number: int) -> bytes:
    return PAGE.replace("4,300", f"{number + 2},300").encode()


def story(number: int) -> str:
    return STORY.replace("4,300", f"{number + 2},300")


@pytest.fixture(params=[plain, compressed, in_one_member])
def pack(request: pytest.FixtureRequest) -> Callable[..., bytes]:
    chosen: Callable[..., bytes] = request.param
    return chosen


def test_pages_are_articles_by_their_record(tmp_path: Path, pack: Callable[..., bytes]) -> None:
    info = record(0, b"software: x\r\n", "warcinfo", Content_Type="application/warc-fields")
    request = record(1, b"GET / HTTP/1.1\r\n\r\n", "request")
    (tmp_path / "a.warc.gz").write_bytes(pack(info, request, record(2, answer(page(2)))))
    (article,) = found(tmp_path / "a.warc.gz")

    assert isinstance(article, Document)
    assert article.source == "a.warc.gz#urn:uuid:2"
    assert article.text == story(2)
    assert article.metadata.url == "https://example.org/2"
    assert article.encoding == "utf-8"


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        (gzip.compress(page(1)), {"Content_Encoding": "gzip"}),
        (zlib.compress(page(1)), {"Content_Encoding": "deflate"}),
        (zlib.compress(page(1))[2:-4], {"Content_Encoding": "deflate"}),
        (b"%x\r\n%s\r\n0\r\n\r\n" % (len(page(1)), page(1)), {"Transfer_Encoding": "chunked"}),
        (page(1), {"Content_Encoding": "gzip"}),
        (page(1), {"Content_Type": ""}),
        (page(1), {"Content_Type": "application/xhtml+xml"}),
        (page(1).decode().encode("utf-16"), {"Content_Type": "text/html"}),
    ],
)
def test_bodies_come_as_servers_send_them(tmp_path: Path, body: bytes, headers: dict[str, str]) -> None:
    (tmp_path / "a.warc.gz").write_bytes(compressed(record(1, answer(body, **headers))))

    assert texts(tmp_path / "a.warc.gz") == {"a.warc.gz#urn:uuid:1": story(1)}


def test_a_body_may_be_compressed_with_brotli(tmp_path: Path) -> None:
    (tmp_path / "a.warc.gz").write_bytes(compressed(record(1, answer(BROTLI, Content_Encoding="br"))))

    assert texts(tmp_path / "a.warc.gz") == {"a.warc.gz#urn:uuid:1": STORY}


def test_what_is_no_page_is_named(tmp_path: Path, pack: Callable[..., bytes]) -> None:
    cases = {
        record(1, answer(b"gone", "404 Not Found")): "no page: the server answered 404",
        record(2, answer(b"x", Content_Type="image/png")): "not HTML: image/png",
        record(3, answer(b"\x89PNG\r\n\x1a\n")): "not text: it is a PNG picture",
        record(4, answer(b""), "revisit"): "kept before: a revisit record points to another one",
        record(5, answer(gzip.compress(page(5))[:-9], Content_Encoding="gzip")): (
            "cut off: its compressed body ends too early"
        ),
        record(
            6, answer(b"<html><body></body></html>")
        ): "no article text in it: the page has hardly a sentence",
    }
    (tmp_path / "a.warc").write_bytes(pack(*cases, record(7, answer(page(7)))))

    assert texts(tmp_path / "a.warc") == {
        **{
            f"a.warc#urn:uuid:{number}": f"[{reason} (https://example.org/{number})]"
            for number, reason in enumerate(cases.values(), start=1)
        },
        "a.warc#urn:uuid:7": story(7),
    }


def test_a_text_that_was_kept_as_it_is_is_an_article(tmp_path: Path) -> None:
    kept = record(1, STORY.encode(), "resource", Content_Type="text/plain")
    (tmp_path / "a.warc").write_bytes(
        kept + record(2, STORY.encode(), "conversion", Content_Type="text/plain")
    )

    assert set(texts(tmp_path / "a.warc").values()) == {STORY}


def test_what_the_archive_says_of_a_page_goes_with_it(tmp_path: Path) -> None:
    cut = record(1, answer(page(1)), WARC_Truncated="length")
    altered = record(2, answer(page(2)), WARC_Payload_Digest="sha1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")
    (tmp_path / "a.warc").write_bytes(cut + altered)
    one, two = found(tmp_path / "a.warc")

    assert isinstance(one, Document)
    assert isinstance(two, Document)
    assert (one.flags, two.flags) == ((ArticleFlag.TRUNCATED,), ())
    assert (one.warnings, two.warnings) == ((), (ALTERED,))


def test_a_damaged_record_costs_itself_only(tmp_path: Path) -> None:
    records = [compressed(record(number, answer(page(number)))) for number in range(1, 5)]
    records[1] = records[1][:60] + b"\xff" * 8 + records[1][68:]
    (tmp_path / "a.warc.gz").write_bytes(b"".join(records))

    assert texts(tmp_path / "a.warc.gz") == {
        "a.warc.gz#urn:uuid:1": story(1),
        f"a.warc.gz#offset={len(records[0])}": "[damaged: its compressed data cannot be read]",
        "a.warc.gz#urn:uuid:3": story(3),
        "a.warc.gz#urn:uuid:4": story(4),
    }


def test_rubbish_between_records_is_passed_over(tmp_path: Path) -> None:
    one, two = record(1, answer(page(1))), record(2, answer(page(2)))
    (tmp_path / "a.warc").write_bytes(one + b"rubbish" * 20_000 + b"\n" + two)

    assert texts(tmp_path / "a.warc") == {
        "a.warc#urn:uuid:1": story(1),
        f"a.warc#offset={len(one)}": "[damaged: no record of a web archive begins here]",
        "a.warc#urn:uuid:2": story(2),
    }


@pytest.mark.parametrize("pack", [plain, compressed])
def test_a_file_that_ends_too_early_gives_no_half_page(tmp_path: Path, pack: Callable[..., bytes]) -> None:
    whole = pack(record(1, answer(page(1))))
    (tmp_path / "a.warc.gz").write_bytes(whole + pack(record(2, answer(page(2))))[:-100])

    assert texts(tmp_path / "a.warc.gz") == {
        "a.warc.gz#urn:uuid:1": story(1),
        f"a.warc.gz#offset={len(whole)}": "[cut off: the file ends in the middle of this record]",
    }


@pytest.mark.parametrize("pack", [plain, compressed])
def test_a_huge_record_is_passed_over(tmp_path: Path, pack: Callable[..., bytes]) -> None:
    huge = pack(record(1, answer(b"<html>" + b"A" * 5_000_000)))
    (tmp_path / "a.warc.gz").write_bytes(huge + pack(record(2, answer(page(2)))))
    sent = pack(record(1, answer(gzip.compress(b"A" * 5_000_000), Content_Encoding="gzip")))
    (tmp_path / "b.warc.gz").write_bytes(sent + pack(record(2, answer(page(2)))))
    reading = Reading(Limits(megabytes=1))
    reason = "larger than 1 MB; raise --max-megabytes to read it"

    assert texts(tmp_path / "a.warc.gz", reading) == {
        "a.warc.gz#offset=0": f"[{reason}]",
        "a.warc.gz#urn:uuid:2": story(2),
    }
    assert texts(tmp_path / "b.warc.gz", reading) == {
        "b.warc.gz#urn:uuid:1": f"[{reason} (https://example.org/1)]",
        "b.warc.gz#urn:uuid:2": story(2),
    }


def test_a_large_archive_is_read_in_parts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "PART_BYTES", 1_000)
    path = tmp_path / "a.warc.gz"
    path.write_bytes(compressed(*(record(number, answer(page(number))) for number in range(20))))

    assert len(list(parts(SourceFile(str(path), "a.warc.gz", "a.warc.gz")))) > 5
    assert texts(path) == {f"a.warc.gz#urn:uuid:{number}": story(number) for number in range(20)}


@pytest.mark.skipif(not INPUTS.is_dir(), reason="the shared folder with inputs is not here")
def test_every_record_of_a_real_crawl_is_told(tmp_path: Path) -> None:
    expected = [json.loads(line) for line in (INPUTS / "sample.warc.jsonl").read_text("utf-8").splitlines()]
    told = found(INPUTS / "sample.warc.gz")
    articles = [one for one in told if isinstance(one, Document)]
    skipped = [one for one in told if isinstance(one, SkippedSource)]

    silent = [one for one in expected if one["expect"] == "skipped in silence"]
    assert len(told) == len(expected) - len(silent)
    certain = {
        one["url"] for one in expected if one["expect"].startswith("article (") or one["expect"] == "article"
    }
    assert certain <= {one["url"] for one in expected for article in articles if _is(article, one)}
    assert all(one.source.startswith("sample.warc.gz#") for one in told)
    reasons = " ".join(one.reason for one in skipped)
    for url in ("robots.txt", "logo.png", "api?id=1", "/old", "/gone", "nonhtml-as-html", "bad-gzip-body"):
        assert url in reasons


def _is(article: Document, entry: dict[str, str]) -> bool:
    return article.source.endswith(f"{int(entry['n']):012d}")


def test_a_response_without_an_answer_is_damaged(tmp_path: Path) -> None:
    (tmp_path / "a.warc").write_bytes(
        plain(record(1, answer(page(1)), Content_Type=""), record(2, answer(page(2))))
    )

    assert texts(tmp_path / "a.warc") == {
        "a.warc#urn:uuid:1": "[damaged: a response without the answer of a server (https://example.org/1)]",
        "a.warc#urn:uuid:2": story(2),
    }
