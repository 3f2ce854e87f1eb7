"""Where the records of an article stand in its text, and what stands between their borders."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from build_dataset.schema import Quote, Statistic


class Layer(StrEnum):
    """What a mark says of the words under it."""

    QUOTE = "quote"
    MENTION = "mention"
    CUE = "cue"
    FIGURE = "figure"


@dataclass(frozen=True, slots=True)
class Mark:
    """A place in a text that a record speaks of."""

    start: int
    end: int
    words: str
    """What stands there, says the record."""
    layer: Layer
    record: str
    """Identifier of the quote or the statistic."""


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of a text that the same marks lie over from its beginning to its end."""

    start: int
    end: int
    marks: tuple[Mark, ...]
    """The outermost first."""


def marks_of(quotes: Sequence[Quote] = (), statistics: Sequence[Statistic] = ()) -> list[Mark]:
    """The marks of records: the spans, mention and cue of each quote, and each figure."""
    return [mark for quote in quotes for mark in _marks_of_quote(quote)] + [
        Mark(one.start, one.end, one.text, Layer.FIGURE, one.statistic_id) for one in statistics
    ]


def _marks_of_quote(quote: Quote) -> Iterator[Mark]:
    place = 0  # in the quote's text, which is that of its spans, joined with one space
    for span in quote.spans:
        length = span.end - span.start
        words = quote.text[place : place + length]
        yield Mark(span.start, span.end, words, Layer.QUOTE, quote.quote_id)
        place += length + 1
    for layer, mention in ((Layer.MENTION, quote.mention), (Layer.CUE, quote.cue)):
        if mention:
            yield Mark(mention.start, mention.end, mention.text, layer, quote.quote_id)


def segments(length: int, marks: Sequence[Mark]) -> Iterator[Segment]:
    """Cut a text wherever a mark begins or ends; the segments, in order, are the whole text.

    One sweep over the sorted borders: no longer than the segments and the marks over each of them.

    Args:
        length: of the text, in code points.
        marks: of it, in any order; they may overlap, nest and be the same.

    Raises:
        ValueError: a mark is empty or not inside the text.
    """
    beginning: defaultdict[int, list[int]] = defaultdict(list)
    ending: defaultdict[int, list[int]] = defaultdict(list)
    for number, mark in enumerate(marks):
        if not 0 <= mark.start < mark.end <= length:
            raise ValueError(f"a mark at {mark.start}–{mark.end} in a text of {length} characters")
        beginning[mark.start].append(number)
        ending[mark.end].append(number)
    over: dict[int, Mark] = {}  # in the order in which they began
    for start, end in pairwise(sorted({0, length, *beginning, *ending})):
        for number in ending[start]:
            del over[number]
        for number in sorted(beginning[start], key=lambda number: (-marks[number].end, number)):
            over[number] = marks[number]
        yield Segment(start, end, tuple(over.values()))
