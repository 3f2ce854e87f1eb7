"""The text of an article cut into pieces, each with what is marked on it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from build_dataset.examine.marks import Layer, Mark, marks_of, segments
from build_dataset.examine.passages import Passage, marks_within, passages
from build_dataset.examine.review import ReviewedArticle
from build_dataset.schema import Quote, Statistic
from build_dataset.show.rows import unit, value

UNSURE = 0.7
"""Below it three in ten are wrong, or more."""


@dataclass(frozen=True, slots=True)
class Label:
    """What stands before a span of a quote, and leads to its record."""

    quote_id: str
    number: str
    speaker: str
    type: str
    first: bool
    """Whether the quote begins here."""
    doubts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Piece:
    """Words that the same marks lie over."""

    text: str
    kinds: tuple[str, ...]
    """`direct`, `mixed` or `indirect` of the innermost quote, `mention`, `cue`, `figure`; none for plain text."""
    title: str
    labels: tuple[Label, ...]
    """Of the spans of quotes that begin with it."""
    ends: int
    """How many spans of quotes end with it."""
    figure: str | None
    """Identifier of the statistic it is a part of, the innermost."""
    figures: tuple[tuple[str, bool], ...]
    """Of the statistics that begin with it: identifier, whether somebody should look at it."""


def doubts(record: Quote | Statistic) -> tuple[str, ...]:
    """Why somebody should look at a record: its flags, and that it is unsure."""
    unsure = (f"unsure: {record.confidence:.2f}",) if record.confidence < UNSURE else ()
    return (*unsure, *record.flags)


class Marking:
    """How the records of an article are called in its text."""

    def __init__(
        self, reviewed: ReviewedArticle, numbers: Mapping[str, str], names: Mapping[str, str]
    ) -> None:
        """Mark an article.

        Args:
            reviewed: the article with its records.
            numbers: how each quote is called, by its identifier.
            names: of the speakers, by identifier.
        """
        self.reviewed = reviewed
        self.numbers = numbers
        self.names = names
        self.quotes = {quote.quote_id: quote for quote in reviewed.quotes}
        self.statistics = {one.statistic_id: one for one in reviewed.statistics}
        self.begun: set[str] = set()  # quotes of which a span has been met

    def passages(self) -> list[list[Piece]]:
        """What there is of the article's text, cut into pieces."""
        one = self.reviewed
        found = passages(one.article, one.quotes, one.statistics)
        marks = marks_within(found, marks_of(one.quotes, one.statistics))
        return [list(self._pieces(*entry)) for entry in zip(found, marks, strict=True)]

    def _pieces(self, passage: Passage, marks: Sequence[Mark]) -> Iterator[Piece]:
        for segment in segments(len(passage.text), marks):
            quotes = [mark for mark in segment.marks if mark.layer is Layer.QUOTE]
            others = [mark for mark in segment.marks if mark.layer is not Layer.QUOTE]
            innermost = [self.quotes[quotes[-1].record].type.value] if quotes else []
            figures = [mark for mark in others if mark.layer is Layer.FIGURE]
            yield Piece(
                text=passage.text[segment.start : segment.end],
                kinds=(*innermost, *dict.fromkeys(mark.layer.value for mark in others)),
                title="; ".join(self._meaning(mark) for mark in segment.marks),
                labels=tuple(self._label(mark) for mark in quotes if mark.start == segment.start),
                ends=sum(mark.end == segment.end for mark in quotes),
                figure=figures[-1].record if figures else None,
                figures=tuple(
                    (mark.record, bool(doubts(self.statistics[mark.record])))
                    for mark in figures
                    if mark.start == segment.start
                ),
            )

    def _label(self, mark: Mark) -> Label:
        quote = self.quotes[mark.record]
        first = quote.quote_id not in self.begun
        self.begun.add(quote.quote_id)
        return Label(
            quote_id=quote.quote_id,
            number=self.numbers[quote.quote_id],
            speaker=self._speaker(quote),
            type=quote.type.value,
            first=first,
            doubts=doubts(quote),
        )

    def _meaning(self, mark: Mark) -> str:
        if mark.layer is Layer.FIGURE:
            one = self.statistics[mark.record]
            parts = (one.kind, one.qualifier, value(one), unit(one), *doubts(one))
            return "figure: " + ", ".join(filter(None, parts))
        quote = self.quotes[mark.record]
        number = self.numbers[quote.quote_id]
        if mark.layer is Layer.QUOTE:
            return f"quote {number}: " + ", ".join((quote.type, self._speaker(quote), *doubts(quote)))
        return f"{mark.layer} of quote {number}: {self._speaker(quote)}"

    def _speaker(self, quote: Quote) -> str:
        return self.names.get(quote.speaker_id or "", "nobody named")
