"""The store behind xet: files cut into chunks, chunks packed into xorbs, and what tells which make a file.

Nobody checks that a xorb or file has the xet hash it comes under, which needs a hash function that Python lacks:
the SHA-256 of every whole file is checked instead.
"""

import hashlib
from dataclasses import dataclass

from .repository import Contents
from .xet_format import MalformedError, ShardFile, ShardXorb, Term, Xorb, read_shard, write_shard


@dataclass(frozen=True)
class StoredFile:
    terms: tuple[Term, ...]
    size: int


class XetStore:
    """Xorbs and files by their xet hash. Whole files go to the contents of the hub as well."""

    def __init__(self, contents: Contents) -> None:
        self.xorbs: dict[str, Xorb] = {}
        self.files: dict[str, StoredFile] = {}
        self._contents = contents
        self._hashes: dict[str, str] = {}
        self._holders: dict[str, ShardXorb] = {}

    def hash_of(self, sha256: str) -> str | None:
        """The xet hash of content that came through xet."""
        return self._hashes.get(sha256)

    def add_xorb(self, hash_: str, body: bytes) -> int:
        """Keep a xorb; how many bytes are new.

        Raises:
            MalformedError: if it cannot be read.
        """
        if hash_ in self.xorbs:
            return 0
        xorb = Xorb(body)
        if not xorb.chunks:
            raise MalformedError("A xorb without chunks")
        self.xorbs[hash_] = xorb
        return len(body)

    def add_shard(self, body: bytes) -> list[str]:
        """Put together the files that a shard tells of; their SHA-256.

        Raises:
            MalformedError: if it cannot be read, or does not fit the xorbs.
        """
        shard = read_shard(body)
        files = [self._add_file(file) for file in shard.files]
        for xorb in shard.xorbs:
            self._holders.update(dict.fromkeys(xorb.chunks, xorb))
        return files

    def shard_about(self, chunk: str) -> bytes | None:
        """What tells a client of the xorb that holds a chunk, so that it need not upload any of that again."""
        holder = self._holders.get(chunk)
        return None if holder is None else write_shard(holder)

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

    def _add_file(self, file: ShardFile) -> str:
        if any(term.xorb not in self.xorbs for term in file.terms):
            raise MalformedError("A shard tells of a xorb that was not uploaded")
        content = b"".join(self._content(term) for term in file.terms)
        if file.sha256 not in (None, hashlib.sha256(content).hexdigest()):
            raise MalformedError("The content is not what the shard says it is")
        sha256, _ = self._contents.add(content)
        self.files[file.hash] = StoredFile(file.terms, len(content))
        self._hashes[sha256] = file.hash
        return sha256

    def _content(self, term: Term) -> bytes:
        return b"".join(chunk.content for chunk in self.xorbs[term.xorb].chunks[term.first : term.stop])
