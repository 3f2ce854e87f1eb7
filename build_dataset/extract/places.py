"""Where a place of a text stands: its sentence, its paragraph, the sentences round it."""

from bisect import bisect_left, bisect_right

from build_dataset.document import Range, SegmentedText


class Places:
    """Looks up places of one text."""

    def __init__(self, segmented: SegmentedText) -> None:
        self._segmented = segmented
        self._starts = [sentence.start for sentence in segmented.sentences]
        self._paragraph_starts = [paragraph.start for paragraph in segmented.paragraphs]

    def sentence_number(self, at: int) -> int:
        """The number of the sentence in which a place stands, or of the last one before it; -1 before the first."""
        return bisect_right(self._starts, at) - 1

    def sentence(self, at: int) -> Range:
        """The sentence in which a place stands, or the last one before it."""
        sentence = self._segmented.sentences[max(0, self.sentence_number(at))]
        return Range(sentence.start, sentence.end)

    def sentence_from(self, at: int) -> int | None:
        """Where the first sentence begins that does not begin before a place."""
        number = bisect_left(self._starts, at)
        return self._starts[number] if number < len(self._starts) else None

    def paragraph_number(self, at: int) -> int:
        """The number of the paragraph in which a place stands."""
        return bisect_right(self._paragraph_starts, at) - 1

    def paragraph(self, at: int) -> Range:
        """The paragraph in which a place stands."""
        return self._segmented.paragraphs[max(0, self.paragraph_number(at))]

    def context(self, start: int, end: int) -> Range:
        """The sentences that a range touches."""
        first = max(0, self.sentence_number(start))
        last = max(first, bisect_left(self._starts, end) - 1)
        sentences = self._segmented.sentences
        return Range(min(start, sentences[first].start), max(end, sentences[last].end))
