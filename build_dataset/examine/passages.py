"""What a dataset has of an article's text: all of it, or what stands round its records.

A build may leave texts out, or all but their beginning. Then offsets still count in the whole text, and what is
known of it is put together from the words of the records and their contexts.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from build_dataset.examine.marks import Layer, Mark, marks_of
from build_dataset.schema import Article, ArticleFlag, Quote, Statistic


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of an article's text."""

    start: int
    """Where it begins in the whole text."""
    text: str

    @property
    def end(self) -> int:
        """One past its last code point."""
        return self.start + len(self.text)

    def holds(self, mark: Mark) -> bool:
        """Whether a mark lies inside, over the words that it says."""
        words = self.text[mark.start - self.start : mark.end - self.start]
        return self.start <= mark.start and mark.end <= self.end and words == mark.words


def whole_text(article: Article) -> str | None:
    """The text that offsets count in; None where the dataset is without."""
    return None if ArticleFlag.EXCERPT in article.flags else article.text


def passages(article: Article, quotes: Sequence[Quote], statistics: Sequence[Statistic]) -> list[Passage]:
    """What there is of an article's text, in order; no two pieces touch.

    Args:
        article: with its text, the beginning of it, or none.
        quotes: all that stand in it.
        statistics: all that stand in it.
    """
    text = whole_text(article)
    if text is not None:
        return [Passage(0, text)]
    parts = [Passage(0, article.text)] if article.text else []
    for quote in quotes:
        parts += _round(quote.context, marks_of([quote]))
    for one in statistics:
        parts += _round(one.context, marks_of([], [one]))
    return _joined(parts)


def _round(context: str, marks: Sequence[Mark]) -> Iterator[Passage]:
    """The words of a record, and its context if it can be told where it stands."""
    yield from (Passage(mark.start, mark.words) for mark in marks)
    first = marks[0]
    within = [mark for mark in marks if mark.layer in (Layer.QUOTE, Layer.FIGURE)]
    place = context.find(first.words)
    while place >= 0:
        passage = Passage(first.start - place, context)
        if passage.start >= 0 and all(passage.holds(mark) for mark in within):
            yield passage
            return
        place = context.find(first.words, place + 1)


def _joined(parts: Sequence[Passage]) -> list[Passage]:
    """Pieces put together where they overlap or touch."""
    joined: list[list[Passage]] = []
    end = -1
    for part in sorted(parts, key=lambda part: (part.start, -part.end)):
        if part.start > end:
            joined.append([])
            end = part.start
        if part.end > end:
            joined[-1].append(Passage(end, part.text[end - part.start :]))
            end = part.end
    return [Passage(group[0].start, "".join(part.text for part in group)) for group in joined]


def marks_within(pieces: Sequence[Passage], marks: Sequence[Mark]) -> list[list[Mark]]:
    """For each passage the marks that it holds, with their places in the passage.

    Args:
        pieces: in order.
        marks: with their places in the whole text.
    """
    starts = [piece.start for piece in pieces]
    within: list[list[Mark]] = [[] for _ in pieces]
    for mark in marks:
        number = bisect_right(starts, mark.start) - 1
        if number >= 0 and pieces[number].holds(mark):
            offset = starts[number]
            moved = Mark(mark.start - offset, mark.end - offset, mark.words, mark.layer, mark.record)
            within[number].append(moved)
    return within
