"""Which predicted item is which gold item: one to one, by the characters that both cover."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from build_dataset.examine.annotation import AnnotatedQuote, AnnotatedStatistic, TextSpan

HALF = 0.5
"""From this intersection over union on, two passages are the same passage with other borders."""

Item = AnnotatedQuote | AnnotatedStatistic


class Matching(NamedTuple):
    """Indices of matched pairs (gold, found), of missed gold items, and of false and ignored found items."""

    pairs: list[tuple[int, int]]
    missed: list[int]
    false: list[int]
    ignored: list[int]


def characters(spans: Iterable[TextSpan]) -> frozenset[int]:
    """The positions that the spans cover."""
    return frozenset(position for start, end in spans for position in range(start, end))


def overlap(one: frozenset[int], other: frozenset[int]) -> float:
    """Intersection over union of two sets of positions; 0 for two empty ones."""
    common = len(one & other)
    return common / (len(one) + len(other) - common) if common else 0.0


def match(gold: Sequence[Item], found: Sequence[Item], at_least: float) -> Matching:
    """Pair found items with gold items greedily, the best overlap first; ties go to the earlier item.

    Required gold items choose first. A found item that is left over is ignored where it is an optional gold
    item (intersection over union of at least a half, or more than half of it inside), and false otherwise.
    Optional items that nobody found are not missed.

    Args:
        gold: the items that should be found.
        found: the items that were.
        at_least: the overlap above 0 that a pair needs.
    """
    gold_places = [characters(item.places) for item in gold]
    found_places = [characters(item.places) for item in found]
    required = [index for index, item in enumerate(gold) if not item.optional]
    optional = [gold_places[index] for index, item in enumerate(gold) if item.optional]
    candidates = sorted(
        (-score, expected, candidate)
        for expected in required
        for candidate, place in enumerate(found_places)
        if (score := overlap(gold_places[expected], place)) > 0 and score >= at_least
    )
    of_gold: dict[int, int] = {}
    taken: set[int] = set()
    for _, expected, candidate in candidates:
        if expected not in of_gold and candidate not in taken:
            of_gold[expected] = candidate
            taken.add(candidate)
    left = [index for index in range(len(found)) if index not in taken]
    ignored = [index for index in left if _is_any(found_places[index], optional)]
    return Matching(
        pairs=sorted(of_gold.items()),
        missed=[index for index in required if index not in of_gold],
        false=[index for index in left if index not in ignored],
        ignored=ignored,
    )


def _is_any(place: frozenset[int], optional: Sequence[frozenset[int]]) -> bool:
    return any(overlap(place, other) >= HALF or len(place & other) * 2 > len(place) for other in optional)
