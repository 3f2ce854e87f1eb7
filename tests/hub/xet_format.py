"""The two binary formats of xet: xorbs, which hold chunks of content, and shards, which tell of files and xorbs.

Written from the published protocol specification.
"""

import struct
import time
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import pyarrow as pa

UNCOMPRESSED, LZ4, GROUPED_LZ4 = 0, 1, 2

TAG = b"HFRepoMetaData\0" + bytes.fromhex("556967456a7b815783a5bdd95ccdd14aa9")
VERSION, FOOTER_VERSION, FOOTER_SIZE = 2, 1, 200
ENTRY = 48  # bytes of every entry of a shard, and of its header
LAST = b"\xff" * 32  # in place of a hash: the end of a section
HAS_VERIFICATION, HAS_SHA256 = 1 << 31, 1 << 30
DAY = 86400


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
class ShardFile:
    """A file that a shard tells of. It may leave out the SHA-256."""

    hash: str
    sha256: str | None
    terms: tuple[Term, ...]


@dataclass(frozen=True)
class ShardXorb:
    """The chunks of a xorb, as a shard tells of them to find them again; `entries` is that part of the shard."""

    chunks: tuple[str, ...]
    entries: bytes


@dataclass(frozen=True)
class Shard:
    files: tuple[ShardFile, ...]
    xorbs: tuple[ShardXorb, ...]


def printed(hash_: bytes) -> str:
    """A hash as text: four numbers of 64 bits, each in hexadecimal."""
    return "".join(f"{number:016x}" for number in struct.unpack("<4Q", hash_))


def read_chunks(xorb: bytes) -> Iterator[Chunk]:
    """The chunks of a xorb, up to the footer that may follow.

    Raises:
        MalformedError: if a chunk ends too early, or cannot be unpacked.
    """
    start = 0
    while start + 8 <= len(xorb) and not xorb.startswith((b"XETBLOB", b"XBLB"), start):
        packed = int.from_bytes(xorb[start + 1 : start + 4], "little")
        size = int.from_bytes(xorb[start + 5 : start + 8], "little")
        stop = start + 8 + packed
        if stop > len(xorb):
            raise MalformedError("A xorb that ends too early")
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
    """Content as it was before every fourth byte was put together, for better compression of numbers."""
    whole = bytearray(len(content))
    start = 0
    for offset in range(4):
        count = len(range(offset, len(content), 4))
        whole[offset::4] = content[start : start + count]
        start += count
    return bytes(whole)


def read_shard(shard: bytes) -> Shard:
    """The two sections of a shard.

    Raises:
        MalformedError: if it ends too early.
    """
    entries = (shard[at : at + ENTRY] for at in range(ENTRY, len(shard), ENTRY))
    try:
        return Shard(tuple(read_files(entries)), tuple(read_xorbs(entries)))
    except (RuntimeError, struct.error) as error:  # RuntimeError: a generator that has nothing more to read
        raise MalformedError("A shard that ends too early") from error


def read_files(entries: Iterator[bytes]) -> Iterator[ShardFile]:
    while (head := next(entries))[:32] != LAST:
        flags, count = struct.unpack_from("<II", head, 32)
        terms = tuple(read_term(next(entries)) for _ in range(count))
        for _ in range(count if flags & HAS_VERIFICATION else 0):
            next(entries)
        sha256 = printed(next(entries)[:32]) if flags & HAS_SHA256 else None
        yield ShardFile(printed(head[:32]), sha256, terms)


def read_term(entry: bytes) -> Term:
    _, size, first, stop = struct.unpack_from("<IIII", entry, 32)
    return Term(printed(entry[:32]), size, first, stop)


def read_xorbs(entries: Iterator[bytes]) -> Iterator[ShardXorb]:
    while (head := next(entries))[:32] != LAST:
        _, count = struct.unpack_from("<II", head, 32)
        chunks = [next(entries) for _ in range(count)]
        yield ShardXorb(tuple(printed(chunk[:32]) for chunk in chunks), b"".join((head, *chunks)))


def write_shard(xorb: ShardXorb) -> bytes:
    """A shard that tells of a xorb, as an answer to who asks for one of its chunks."""
    last = LAST + bytes(ENTRY - len(LAST))
    head = TAG + struct.pack("<QQ", VERSION, FOOTER_SIZE)
    body = head + last + xorb.entries + last
    return body + footer(xorbs=len(head + last), stop=len(body))


def footer(xorbs: int, stop: int) -> bytes:
    """The end of a shard whose section of xorbs begins at `xorbs`, with three tables for look-up left empty."""
    now = int(time.time())
    tables = struct.pack("<6Q", stop, 0, stop, 0, stop, 0)
    no_key = bytes(32)  # the hashes of the chunks are as they are
    dates = struct.pack("<QQ", now, now + DAY)
    sizes = struct.pack("<4Q", 0, 0, 0, stop)
    return struct.pack("<QQQ", FOOTER_VERSION, ENTRY, xorbs) + tables + no_key + dates + bytes(48) + sizes
