"""Web archives made by hand, for the tests of their reader."""

import gzip


def record(number: int, block: bytes, kind: str = "response", **headers: str) -> bytes:
    lines = {
        "WARC-Type": kind,
        "WARC-Record-ID": f"<urn:uuid:{number}>",
        "WARC-Date": "2024-03-05T08:00:00Z",
        "WARC-Target-URI": f"https://example.org/{number}",
        "Content-Type": "application/http; msgtype=response",
        "Content-Length": str(len(block)),
        **{name.replace("_", "-"): value for name, value in headers.items()},
    }
    head = "WARC/1.0\r\n" + "".join(f"{name}: {value}\r\n" for name, value in lines.items() if value)
    return head.encode() + b"\r\n" + block + b"\r\n\r\n"


def answer(body: bytes, status: str = "200 OK", **headers: str) -> bytes:
    lines = {
        "Content-Type": "text/html; charset=utf-8",
        **{n.replace("_", "-"): v for n, v in headers.items()},
    }
    head = f"HTTP/1.1 {status}\r\n" + "".join(
        f"{name}: {value}\r\n" for name, value in lines.items() if value
    )
    return head.encode() + b"\r\n" + body


def plain(*records: bytes) -> bytes:
    return b"".join(records)


def compressed(*records: bytes) -> bytes:
    return b"".join(gzip.compress(one, mtime=0) for one in records)


def in_one_member(*records: bytes) -> bytes:
    return gzip.compress(b"".join(records), mtime=0)
