"""Where the files of a table end: in places that follow from the rows nearby, so that they stay when others come.

Files cut every so many rows, or months, all change when an article is added before their end. Here a file ends after
a row whose identifier says so (content-defined chunking, as rsync and restic cut files; Muthitacharoen, Chen and
Mazières, SOSP 2001): an article that is added or taken out changes the file that it is in, sometimes the next one, and
no other. The identifiers are hashes, so that one row in so many ends a file.
"""

from collections.abc import Iterable
from zlib import crc32

FILES = 512
"""About so many files hold a large dataset: few enough for a hub, and each a small part of it."""
LEAST_BYTES, MOST_BYTES = 1 << 20, 64 << 20
"""Of a file, uncompressed: smaller ones cost more to open than to read; larger ones a viewer does not show."""

HASHES = 1 << 32


def target_bytes(total: int) -> int:
    """How large the files of a dataset shall be, uncompressed.

    A power of two, so that it is the same for datasets of like size, and adding a little seldom changes it.

    Args:
        total: bytes of all tables, uncompressed.
    """
    target = 1 << max(total // FILES, 1).bit_length() - 1
    return min(max(target, LEAST_BYTES), MOST_BYTES)


def cut(rows: Iterable[tuple[str, int]], target: int) -> list[int]:
    """Where each file of a table ends.

    Args:
        rows: identifier and size in bytes of each row (or article with its rows), in order.
        target: about how many bytes a file shall have; none has more than twice as many, but for one huge row.

    Returns:
        Row numbers, each one past the last row of a file; there is one file at least.
    """
    ends, end, size = [], 0, 0
    for end, (identifier, more) in enumerate(rows, start=1):
        size += more
        chosen = crc32(identifier.encode()) * target < HASHES * more
        if size >= 2 * target or (chosen and size >= target // 4):
            ends.append(end)
            size = 0
    return ends if ends and ends[-1] == end else [*ends, end]
