"""What a line or a part of one says of the article that it stands in."""

import re
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date

from build_dataset.schema import Byline

_ISO_DATE = re.compile(r"(?<!\d)((?:19|20)\d\d)([-/.])(\d{1,2})\2(\d{1,2})(?!\d)")
_POSTED = re.compile(r"(\w[^\s:：]{0,39}?)[ ]?((?:19|20)\d\d-\d\d-\d\d)[ T]\d\d:\d\d(?::\d\d)?")


@dataclass(frozen=True, slots=True)
class Facts:
    """What a line or a part of one says of the article."""

    byline: tuple[Byline, ...] = ()
    published: date | None = None
    publisher: str | None = None
    title: str | None = None


def join_facts(facts: Collection[Facts]) -> Facts:
    """All names in order; of day, publisher and title the first that is stated."""
    return Facts(
        byline=tuple(name for fact in facts for name in fact.byline),
        published=next((fact.published for fact in facts if fact.published), None),
        publisher=next((fact.publisher for fact in facts if fact.publisher), None),
        title=next((fact.title for fact in facts if fact.title), None),
    )


def bylines(names: Iterable[str], role: str | None) -> tuple[Byline, ...]:
    """Names that share a role."""
    return tuple(Byline(name=name, role=role) for name in names)


def read_posted(
    line: str, is_medium: Callable[[str], object], is_label: Callable[[str], bool]
) -> Facts | None:
    """`jane_roe 2024-03-04 10:30:00`, `某某2024-03-04 10:30`: who posted the article, and the day.

    Args:
        line: all of it is looked at.
        is_medium: whether a word is the name of a medium, so that nobody's name stands there.
        is_label: whether a word is only the label of the day.
    """
    posted = _POSTED.fullmatch(line)
    if posted is None or is_label(posted[1]):
        return None
    if is_medium(posted[1]):
        return Facts(published=iso_date(posted[2]), publisher=posted[1])
    return Facts(bylines([posted[1]], "author"), iso_date(posted[2]))


def iso_date(text: str) -> date | None:
    """The first full date in figures, year first."""
    match = _ISO_DATE.search(text)
    return day(match[1], match[3], match[4]) if match else None


def day(year: str | int, month: str | int, number: str | int) -> date | None:
    """A day that the calendar has, else None."""
    try:
        return date(int(year), int(month), int(number))
    except ValueError:
        return None
