"""Which rows of two sides are the same record."""

import json
from collections import Counter, defaultdict
from dataclasses import dataclass, field

import pyarrow as pa

Described = list[tuple[str, int]]
"""Rows with their content as text, sorted."""


@dataclass(frozen=True, slots=True)
class Pairing:
    """Numbers of rows: the pairs of both sides (old, new), and the rows of one side alone."""

    both: list[tuple[int, int]] = field(default_factory=list)
    removed: list[int] = field(default_factory=list)
    added: list[int] = field(default_factory=list)


def pair(old: pa.Table, new: pa.Table, key: str) -> Pairing:
    """Pair the rows by identifier, whatever their order.

    An identifier that stands in a table twice is against the rules, but is compared: equal rows are paired
    first, then the others by their content, and those that are too many were removed or added.

    Args:
        old: rows with the columns that count.
        new: the same columns of the other side.
        key: the column of the identifiers.
    """
    pairing = Pairing()
    waiting = _rows_by_identifier(old[key])
    for identifier, rows in _rows_by_identifier(new[key]).items():
        others = waiting.pop(identifier, [])
        if len(rows) == len(others) == 1:
            pairing.both.append((others[0], rows[0]))
        else:
            _pair_repeated(_described(old, others), _described(new, rows), pairing)
    pairing.removed.extend(row for rows in waiting.values() for row in rows)
    return pairing


def _rows_by_identifier(identifiers: pa.ChunkedArray) -> dict[str, list[int]]:
    rows: defaultdict[str, list[int]] = defaultdict(list)
    for row, identifier in enumerate(identifiers.to_pylist()):
        rows[identifier].append(row)
    return rows


def _described(table: pa.Table, rows: list[int]) -> Described:
    texts = [json.dumps(row, default=str) for row in table.take(rows).to_pylist()] if rows else []
    return sorted(zip(texts, rows, strict=True))


def _pair_repeated(old: Described, new: Described, pairing: Pairing) -> None:
    shared = Counter(text for text, _ in old) & Counter(text for text, _ in new)
    same_old, rest_old = _split(old, shared)
    same_new, rest_new = _split(new, shared)
    pairing.both.extend(zip(same_old, same_new, strict=True))
    pairing.both.extend(zip(rest_old, rest_new, strict=False))
    pairing.removed.extend(rest_old[len(rest_new) :])
    pairing.added.extend(rest_new[len(rest_old) :])


def _split(rows: Described, shared: Counter[str]) -> tuple[list[int], list[int]]:
    """The rows that the other side has as well, and the rest."""
    left = shared.copy()
    same: list[int] = []
    rest: list[int] = []
    for text, row in rows:
        (same if left[text] > 0 else rest).append(row)
        left[text] -= 1
    return same, rest
