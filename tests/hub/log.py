"""What was asked of a hub, and what came with it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Way = Literal["commit", "lfs", "xet"]

WAYS: Mapping[Way, str] = {"commit": "/commit/", "lfs": "^/lfs/objects/", "xet": "^(/v1)?/(xorbs|shards)"}


@dataclass(frozen=True)
class Exchange:
    """A request and its answer.

    `path` is decoded. `status` is None if no answer was sent. `received` and `sent` count the bytes of the two
    bodies. `contents` maps each hash of content that came with the request to the bytes stored for it, 0 if the
    hub had it before: the SHA-256 of files, and the xet hash of xorbs.
    """

    method: str
    path: str
    status: int | None
    received: int
    sent: int
    contents: Mapping[str, int] = field(default_factory=dict)


class Log(list[Exchange]):
    """All exchanges, oldest first."""

    def matching(self, method: str, pattern: str) -> list[Exchange]:
        """Those with this method whose path has the pattern in it."""
        return [one for one in self if one.method == method and re.search(pattern, one.path)]

    def contents(self, way: Way) -> dict[str, int]:
        """The contents that came in one way, with the bytes that the hub had to store for each."""
        found: dict[str, int] = {}
        for exchange in self:
            if re.search(WAYS[way], exchange.path):
                for hash_, size in exchange.contents.items():
                    found[hash_] = found.get(hash_, 0) + size
        return found

    def new_bytes(self, way: Way) -> int:
        """How many bytes the hub had to store of what came in one way."""
        return sum(self.contents(way).values())
