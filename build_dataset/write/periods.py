"""Days, months, years or decades: the steps in which a corpus is counted over time."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

MOST = 40
"""A plot with more bars can't be read: longer steps are taken, and before the last 40 decades all is one."""

MONTH, YEAR = 28, 365
"""The fewest days of each, so that no more steps than that come of it."""


@dataclass(frozen=True, slots=True)
class Period:
    """A day, month, year or decade."""

    name: str
    """`2024-03-04`, `2024-03`, `2024` or `2020s`; `before 1630s` for all that is earlier."""
    articles: int
    quotes: dict[str, int]
    """Type → quotes."""


def label_length(first: date, last: date) -> int:
    """How many characters of an ISO date name the period that it lies in."""
    days = (last - first).days + 1
    if days <= MOST:
        return 10
    return 7 if days <= (MOST - 2) * MONTH else 4 if days <= (MOST - 2) * YEAR else 3


def gather(articles: Mapping[str, int], quotes: Mapping[str, Mapping[str, int]]) -> tuple[Period, ...]:
    """The periods from the first to the last, those without an article too.

    Args:
        articles: period → articles.
        quotes: period → type → quotes.
    """
    if not articles:
        return ()
    names = list(_names(min(articles), max(articles)))
    shown = names[-MOST:]
    periods = [Period(_written(name), articles.get(name, 0), dict(quotes.get(name, {}))) for name in shown]
    earlier = sorted(name for name in articles if name < shown[0])
    if earlier:
        sums: Counter[str] = Counter()
        for name in earlier:
            sums.update(quotes.get(name, {}))
        number = sum(articles[name] for name in earlier)
        periods.insert(0, Period(f"before {_written(shown[0])}", number, dict(sums)))
    return tuple(periods)


def _written(name: str) -> str:
    return f"{name}0s" if len(name) == 3 else name


def _names(first: str, last: str) -> Iterator[str]:
    """Every period between two of the same kind, with them."""
    if len(first) == 10:
        days = range(date.fromisoformat(first).toordinal(), date.fromisoformat(last).toordinal() + 1)
        yield from (date.fromordinal(day).isoformat() for day in days)
    elif len(first) == 7:
        for month in range(_month(first), _month(last) + 1):
            yield f"{month // 12:04}-{month % 12 + 1:02}"
    else:
        yield from (f"{number:0{len(first)}}" for number in range(int(first), int(last) + 1))


def _month(name: str) -> int:
    """The number of a month since the year 0."""
    year, month = name.split("-")
    return int(year) * 12 + int(month) - 1
