"""The store behind xet: files cut into chunks, chunks packed into xorbs, and shards that say which make a file.

Written from the published protocol specification. Two things of it are left out: nobody checks that a xorb has
the hash it comes under (the SHA-256 of every whole file is checked instead), and nobody is told of chunks that
others have uploaded, so a client saves only what it remembers itself.
"""

import hashlib
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import pyarrow as pa

from .repository import Contents

UNCOMPRESSED, LZ4, GROUPED_LZ4 = 0, 1, 2
ENTRY = 48  # bytes of every entry of a shard, and of its header
END = b"\xff" * 32
HAS_VERIFICATION, HAS_SHA256 = 1 << 31, 1 << 30


class MalformedError(ValueError):
    """A xorb or shard that cannot be read, or does not fit what the store has."""


@dataclass(frozen=True)
class Chunk:
    """A chunk of a xorb: where its bytes lie there, and what they hold."""

    start: int
    stop: int
    content: bytes


@dataclass(frozen=True)
class Xorb:
    body: bytes

    @cached_property
    def chunks(self) -> list[Chunk]:
        return list(read_chunks(self.body))


@dataclass(frozen=True)
class Term:
    """Some chunks in a row of a xorb: a piece of a file."""

    xorb: str
    size: int
    first: int
    stop: int


@dataclass(frozen=True)
class StoredFile:
    terms: tuple[Term, ...]
    size: int


def printed(hash_: bytes) -> str:
    """A xet hash as text: four numbers of 64 bits, each in hexadecimal."""
    return "".join(f"{number:016x}" for number in struct.unpack("<4Q", hash_))


def read_chunks(xorb: bytes) -> Iterator[Chunk]:
    """The chunks of a xorb, up to the footer that may follow."""
    start = 0
    while start + 8 <= len(xorb) and not xorb[start:].startswith((b"XETBLOB", b"XBLB")):
        packed = int.from_bytes(xorb[start + 1 : start + 4], "little")
        size = int.from_bytes(xorb[start + 5 : start + 8], "little")
        stop = start + 8 + packed
        yield Chunk(start, stop, unpacked(xorb[start + 8 : stop], xorb[start + 4], size))
        start = stop


def unpacked(packed: bytes, scheme: int, size: int) -> bytes:
    if scheme == UNCOMPRESSED:
        return packed
    if scheme not in (LZ4, GROUPED_LZ4):
        raise MalformedError(f"Unknown compression of a chunk: {scheme}")
    content = bytes(pa.decompress(packed, decompressed_size=size, codec="lz4", asbytes=True))
    return content if scheme == LZ4 else ungrouped(content)


def ungrouped(content: bytes) -> bytes:
    """Every fourth byte was put together, for better compression of numbers."""
    whole = bytearray(len(content))
    start = 0
    for offset in range(4):
        count = len(range(offset, len(content), 4))
        whole[offset::4] = content[start : start + count]
        start += count
    return bytes(whole)


def read_shard(shard: bytes) -> Iterator[tuple[str, str | None, tuple[Term, ...]]]:
    """Hash, SHA-256 if given, and terms of every file of a shard."""
    entries = (shard[at : at + ENTRY] for at in range(ENTRY, len(shard), ENTRY))
    for head in entries:
        if head[:32] == END:
            return
        flags, count = struct.unpack_from("<II", head, 32)
        terms = tuple(read_term(next(entries)) for _ in range(count))
        for _ in range(count if flags & HAS_VERIFICATION else 0):
            next(entries)
        yield printed(head[:32]), printed(next(entries)[:32]) if flags & HAS_SHA256 else None, terms


def read_term(entry: bytes) -> Term:
    _, size, first, stop = struct.unpack_from("<IIII", entry, 32)
    return Term(printed(entry[:32]), size, first, stop)


class XetStore:
    """Xorbs and files by their xet hash. Whole files go to the contents of the hub as well."""

    def __init__(self, contents: Contents) -> None:
        self.xorbs: dict[str, Xorb] = {}
        self.files: dict[str, StoredFile] = {}
        self._contents = contents
        self._hashes: dict[str, str] = {}

    def hash_of(self, sha256: str) -> str | None:
        """The xet hash of content that came through xet."""
        return self._hashes.get(sha256)

    def add_xorb(self, hash_: str, body: bytes) -> int:
        """Keep a xorb; how many bytes are new."""
        if hash_ in self.xorbs:
            return 0
        xorb = Xorb(body)
        if not xorb.chunks:
            raise MalformedError("A xorb without chunks")
        self.xorbs[hash_] = xorb
        return len(body)

    def add_shard(self, shard: bytes) -> list[str]:
        """Put together the files that a shard tells of; their SHA-256."""
        return [self._add_file(*file) for file in read_shard(shard)]

    def _add_file(self, hash_: str, announced: str | None, terms: tuple[Term, ...]) -> str:
        if any(term.xorb not in self.xorbs for term in terms):
            raise MalformedError("A shard tells of a xorb that was not uploaded")
        content = b"".join(self._content(term) for term in terms)
        if announced not in (None, hashlib.sha256(content).hexdigest()):
            raise MalformedError("The content is not what the shard says it is")
        sha256, _ = self._contents.add(content)
        self.files[hash_] = StoredFile(terms, len(content))
        self._hashes[sha256] = hash_
        return sha256

    def _content(self, term: Term) -> bytes:
        return b"".join(chunk.content for chunk in self.xorbs[term.xorb].chunks[term.first : term.stop])

    def overlapping(self, file: StoredFile, wanted: range) -> tuple[int, list[Term]]:
        """The terms with bytes of a range of a file, and how many bytes of the first come before the range."""
        found: list[Term] = []
        skipped = start = 0
        for term in file.terms:
            stop = start + term.size
            if start < wanted.stop and stop > wanted.start:
                skipped = skipped if found else wanted.start - start
                found.append(term)
            start = stop
        return skipped, found

    def place(self, term: Term) -> range:
        """Where the chunks of a term lie in their xorb."""
        chunks = self.xorbs[term.xorb].chunks
        return range(chunks[term.first].start, chunks[term.stop - 1].stop)
