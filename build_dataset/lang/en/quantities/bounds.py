"""Two bounds that are one range: more than 10 and less than 40, at most 100 and at least 20."""

import re
from collections.abc import Iterable, Iterator

from build_dataset.lang.en.quantities.data import QuantityData
from build_dataset.lang.en.quantities.patterns import alternatives
from build_dataset.schema import Qualifier

_LONGEST_BOUND = 32


class Bounds:
    """Knows the words that make a number the lower or the upper bound of something."""

    def __init__(self, data: QuantityData) -> None:
        lower, upper = (
            alternatives(_with_equal([*data.qualifiers[qualifier], *data.bounds[qualifier]]))
            for qualifier in (Qualifier.AT_LEAST, Qualifier.AT_MOST)
        )
        bound = rf"(?:(?P<lower>{lower})|(?P<upper>{upper}))\s"
        self._before = re.compile(rf"\b{bound}$", re.IGNORECASE)
        self._behind = re.compile(rf"(?:,\s|,?\s(?:and|but)\s){bound}(?=[\w$€£¥.])", re.IGNORECASE)

    def other_end(self, text: str, start: int, end: int) -> tuple[int, bool] | None:
        """Where the other bound of a number begins, and whether the number itself is the lower one."""
        behind = self._behind.match(text, end)
        if behind is None:
            return None
        before = self._before.search(text, max(0, start - _LONGEST_BOUND), start)
        if before is None or (before["lower"] is None) == (behind["lower"] is None):
            return None
        return behind.end(), before["lower"] is not None


def _with_equal(phrases: Iterable[str]) -> Iterator[str]:
    """Greater than: greater than or equal to, greater or equal than."""
    for phrase in phrases:
        if not phrase[0].isalpha():
            continue
        yield phrase
        if phrase.endswith(" than"):
            yield f"{phrase} or equal to"
            yield from (f"{phrase.removesuffix(' than')} or equal {word}" for word in ("than", "to"))
