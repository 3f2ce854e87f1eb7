"""Which format a file has: its first bytes decide, and where they leave a choice its name does."""

import json
import re
import zlib
from pathlib import PurePosixPath

from build_dataset.errors import SourceError

HEAD_BYTES = 1 << 16
"""So much of the beginning of a file is looked at."""

MAGIC: dict[bytes, str] = {
    b"\x1f\x8b\x08": "gzip",
    b"\x28\xb5\x2f\xfd": "zstd",
    b"PK\x03\x04": "zip",
    b"PK\x05\x06": "zip",
    b"PAR1": "parquet",
    b"WARC/": "warc",
}
"""First bytes of formats that cannot be mistaken."""

SUFFIXES: dict[str, str] = {
    "": "text",
    ".txt": "text",
    ".text": "text",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".shtml": "html",
    ".json": "json",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".parquet": "parquet",
    ".warc": "warc",
}
"""What a name promises, where the content does not say otherwise."""

PACKED: dict[str, str] = {".gz": "gzip", ".zst": "zstd", ".zip": "zip"}

UNSUPPORTED: dict[str, str] = {
    ".csv": "CSV",
    ".tsv": "CSV",
    ".xml": "XML",
    ".pdf": "PDF",
    ".doc": "Word",
    ".docx": "Word",
    ".odt": "OpenDocument",
    ".rtf": "RTF",
    ".xlsx": "Excel",
    ".epub": "EPUB",
    ".tar": "tar",
    ".tgz": "tar",
}
"""Formats that are none of ours, whoever names the file and whatever it begins with."""

WANTED = "give text, HTML, JSON Lines, Parquet or WARC"

_PAGE = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*(?:<!doctype\s+html|<html|<head|<body)",
    re.IGNORECASE | re.DOTALL,
)
_BLANKS = b"\xef\xbb\xbf \t\r\n"


def format_of(name: str, head: bytes, named: bool = True) -> str:
    """The reader of a file.

    Args:
        name: of the file, to tell what its content alone does not.
        head: its first `HEAD_BYTES` bytes.
        named: whether the user named the file itself; one that a folder brings along has to look like a source.

    Returns:
        A key of `READERS`.

    Raises:
        SourceError: it is none that is read.
    """
    suffix = PurePosixPath(name).suffix.lower()
    if suffix in UNSUPPORTED:
        raise SourceError(f"{UNSUPPORTED[suffix]} is not supported; {WANTED}")
    for magic, found in MAGIC.items():
        if head.startswith(magic):
            return _unpacked_archive(found, head)
    if suffix in PACKED:  # it is not what its name says
        suffix = PurePosixPath(name).with_suffix("").suffix.lower()
    promised = SUFFIXES.get(suffix)
    if promised in ("parquet", "warc"):
        raise SourceError(
            f"not {suffix.removeprefix('.')} data, though it is named so: it is broken or misnamed"
        )
    if promised in ("json", "jsonl"):
        return _json(head, promised)
    if promised == "html" or _PAGE.match(head):
        return "html"
    if promised == "text" and suffix:
        return "text"
    if promised or named:
        return _json(head, "text")
    raise SourceError(f"unknown format {suffix}; {WANTED}, or name the file itself")


def _unpacked_archive(found: str, head: bytes) -> str:
    """A compressed web archive is read as it is: each of its records is compressed on its own."""
    if found != "gzip":
        return found
    try:
        beginning = zlib.decompressobj(31).decompress(head, 8)
    except zlib.error:
        return found
    return "warc.gz" if beginning.startswith(b"WARC/") else found


def _json(head: bytes, otherwise: str) -> str:
    """Objects one a line, or one JSON document: many are named .json that hold the one or the other."""
    beginning = head.lstrip(_BLANKS)
    if beginning.startswith(b"["):
        return "json" if otherwise != "text" or beginning[1:].lstrip().startswith(b"{") else otherwise
    if beginning.startswith(b"{"):
        line, _, following = beginning.partition(b"\n")
        if _is_object(line):
            return "json" if otherwise == "json" and not following.strip() else "jsonl"
        if otherwise != "text":
            return otherwise
        return "json" if re.match(rb'\{\s*"[^"\n]*"\s*:', beginning) else otherwise
    return otherwise


def _is_object(line: bytes) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False
