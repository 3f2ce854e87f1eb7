"""Records as rows of a table for people: column name → words, or None."""

from collections.abc import Mapping, Sequence

from build_dataset.schema import Quote, Statistic

Cells = dict[str, str | None]


def filled_columns(rows: Sequence[Cells]) -> list[str]:
    """The columns that something stands in."""
    return [column for column in rows[0] if any(row[column] for row in rows)] if rows else []


def quote_rows(quotes: Sequence[Quote], numbers: Mapping[str, str], names: Mapping[str, str]) -> list[Cells]:
    """A row for each quote.

    Args:
        quotes: the records.
        numbers: how each is called, by its identifier.
        names: of the speakers, by identifier.
    """
    return [
        {
            "": numbers[quote.quote_id],
            "speaker": names.get(quote.speaker_id or ""),
            "type": quote.type,
            "text": quote.text,
            "mention": quote.mention.text if quote.mention else None,
            "cue": quote.cue.text if quote.cue else None,
            "sure": f"{quote.confidence:.2f}",
            "flags": ", ".join(quote.flags),
        }
        for quote in quotes
    ]


def statistic_rows(statistics: Sequence[Statistic], numbers: Mapping[str, str]) -> list[Cells]:
    """A row for each statistic.

    Args:
        statistics: the records.
        numbers: how each quote is called, by its identifier.
    """
    return [
        {
            "text": one.text,
            "value": value(one),
            "unit": unit(one),
            "kind": one.kind,
            "qualifier": one.qualifier,
            "subject": one.subject,
            "change": " ".join(filter(None, (one.change_direction, one.change_role))),
            "time": one.period.text if one.period else None,
            "quote": numbers.get(one.quote_id or ""),
            "sure": f"{one.confidence:.2f}",
            "flags": ", ".join(one.flags),
        }
        for one in statistics
    ]


def value(one: Statistic) -> str:
    """The number of a statistic, or both ends of a range."""
    return f"{one.value:,.12g}" + ("" if one.value_max is None else f"–{one.value_max:,.12g}")


def unit(one: Statistic) -> str | None:
    """The unit of a statistic, and what it is per."""
    return one.unit if one.per is None else f"{one.unit or ''} per {one.per}".strip()
