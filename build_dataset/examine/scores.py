"""Counts of what was found and what was right, and the rates that follow from them."""

from collections import Counter
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

Problem = Literal["missed", "false", "wrong"]


def rate(part: int, whole: int) -> float | None:
    """`part / whole`; None where there is nothing to divide by."""
    return part / whole if whole else None


@dataclass
class Scores:
    """Counts over a group of items.

    `expected` items are in the gold (optional ones left out), `found` ones were predicted (ignored ones left
    out). `hits` counts, for each way to be right ("exact", "overlap", "joint"), the found items that are:
    precision is hits / found, recall hits / expected. `right` and `judged` count attributes of matched items.
    """

    expected: int = 0
    found: int = 0
    hits: Counter[str] = field(default_factory=Counter)
    right: Counter[str] = field(default_factory=Counter)
    judged: Counter[str] = field(default_factory=Counter)

    def judge(self, attribute: str, is_right: bool) -> None:
        """Count one attribute of one matched item."""
        self.judged[attribute] += 1
        self.right[attribute] += is_right

    def hit(self, way: str, is_hit: bool = True) -> None:
        """Count one found item that is right in this way, or is not."""
        self.hits[way] += is_hit

    def precision(self, way: str) -> float | None:
        """Share of the found items that are right."""
        return rate(self.hits[way], self.found)

    def recall(self, way: str) -> float | None:
        """Share of the expected items that were found."""
        return rate(self.hits[way], self.expected)

    def f1(self, way: str) -> float | None:
        """Harmonic mean of precision and recall: 2 hits / (found + expected)."""
        return rate(2 * self.hits[way], self.found + self.expected)

    def accuracy(self, attribute: str) -> float | None:
        """Share of the matched items whose attribute is right."""
        return rate(self.right[attribute], self.judged[attribute])

    def as_json(self) -> dict[str, Any]:
        """Counts and rates, for `--json`."""
        counted = {"expected": self.expected, "found": self.found} if self.hits else {}
        return {
            **counted,
            **{
                way: {
                    "hits": self.hits[way],
                    "precision": self.precision(way),
                    "recall": self.recall(way),
                    "f1": self.f1(way),
                }
                for way in self.hits
            },
            "accuracy": {
                attribute: {
                    "right": self.right[attribute],
                    "of": self.judged[attribute],
                    "accuracy": self.accuracy(attribute),
                }
                for attribute in self.judged
            },
        }


@dataclass
class TableScores:
    """The scores of one table: over everything, by language, and by type (of a quote) or kind.

    `ways` are the ways in which an item of the table can be right.
    """

    ways: tuple[str, ...] = ()
    all: Scores = field(init=False)
    by_language: dict[str, Scores] = field(default_factory=dict)
    by_type: dict[str, Scores] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.all = self._empty()

    def _empty(self) -> Scores:
        return Scores(hits=Counter(dict.fromkeys(self.ways, 0)))

    def groups(self, language: str, type_: str | None = None) -> list[Scores]:
        """The three (without a type two) groups that an item counts in."""
        groups = [self.all, self.by_language.setdefault(language, self._empty())]
        if type_ is not None:
            groups.append(self.by_type.setdefault(type_, self._empty()))
        return groups

    def as_json(self) -> dict[str, Any]:
        """All groups, for `--json`."""
        return {
            "all": self.all.as_json(),
            "by_language": {name: scores.as_json() for name, scores in sorted(self.by_language.items())},
            "by_type": {name: scores.as_json() for name, scores in sorted(self.by_type.items())},
        }


@dataclass(frozen=True)
class Difference:
    """An item that is not as in the gold: missed, false (found, but not there), or wrong in attributes."""

    table: str
    problem: Problem
    source: str
    attributes: tuple[str, ...] = ()
    expected: str | None = None
    found: str | None = None
    context: str = ""


@dataclass
class Evaluation:
    """The outcome: scores by table, every difference, and gold files whose article is not in the dataset."""

    articles: TableScores = field(default_factory=TableScores)
    quotes: TableScores = field(default_factory=lambda: TableScores(("overlap", "exact", "joint")))
    statistics: TableScores = field(default_factory=lambda: TableScores(("overlap", "exact", "joint")))
    speakers: TableScores = field(default_factory=lambda: TableScores(("name",)))
    scored: int = 0
    missing: list[str] = field(default_factory=list)
    differences: list[Difference] = field(default_factory=list)

    def tables(self) -> dict[str, TableScores]:
        """The four tables by name."""
        return {
            "articles": self.articles,
            "quotes": self.quotes,
            "statistics": self.statistics,
            "speakers": self.speakers,
        }

    def as_json(self, differences: int = 0) -> dict[str, Any]:
        """Everything, with the first so many differences, for `--json`."""
        return {
            "scored_articles": self.scored,
            "missing_articles": self.missing,
            **{name: table.as_json() for name, table in self.tables().items()},
            "differences": [asdict(one) for one in self.differences[:differences]],
        }
