"""A text as the rules of attribution look at it: one script, one kind of punctuation, quotations covered.

Everything keeps its offset. What stands between quotation marks, in parentheses or in a title 《…》 is covered
with filler characters, so that no rule takes a verb in there for the cue of the sentence.
"""

import re
from bisect import bisect_left, bisect_right
from typing import NamedTuple

from build_dataset.document import Quotation, SegmentedText, Token
from build_dataset.lang.zh.script import to_simplified

QUOTED = "\ue000"
BRACKETED = "\ue001"
TITLED = "\ue002"

_HALF_WIDTH = re.compile(r"(?<![0-9])[,:]|[,:](?![0-9])|[;!?\ufe30\ufe55\u2236\uff61]")
_FULL_WIDTH = {
    ",": "，",
    ":": "：",
    ";": "；",
    "!": "！",
    "?": "？",
    "\ufe30": "：",
    "\ufe55": "：",
    "\u2236": "：",
    "\uff61": "。",
}
_BRACKETS = re.compile(r"[（(][^（）()\n。]{0,80}[）)]|\[[^\[\]\n]{0,40}\]")
_TITLE = re.compile(r"《[^《》\n]{1,80}》")
_STOP = re.compile(r"[。！？\n]+|(?<=\s)[【】]|【|】")
_PAUSE = re.compile(r"[，：；。！？…—\n【】|│”」』]|\s{2,}|(?<=[^\x00-\x7f]|[%)])\s(?=[^\x00-\x7f])")
_FINAL = frozenset("。！？!?…")
_GOES_ON = frozenset("的上中等里为之和与、这主专项推一活会这案")
_JOINS = frozenset("，、；：,;:。！？）)")


class Unit(NamedTuple):
    """A sentence as far as attribution goes: full stops inside quotation marks do not end it.

    `before` is the quotation that stands right before it in its paragraph, if any.
    """

    start: int
    end: int
    paragraph: int
    before: Quotation | None


class View:
    """The covered text with its tokens, units and quotations."""

    def __init__(self, segmented: SegmentedText) -> None:
        """Look at `segmented`."""
        self.segmented = segmented
        self.quotations = [
            quotation for quotation in segmented.quotations if quotation.opened and quotation.closed
        ]
        self.text = _cover(segmented, self.quotations)
        self.tokens = segmented.tokens
        self.token_starts = [token.start for token in segmented.tokens]
        self.edges = set(self.token_starts)
        self.edges.update(token.end for token in segmented.tokens)
        self._quotation_starts = [quotation.start for quotation in self.quotations]
        self._quotation_ends = {quotation.end: quotation for quotation in self.quotations}
        self.units = self._find_units()
        self._unit_at = {unit.start: unit for unit in self.units}

    def unit_at(self, at: int) -> Unit | None:
        """The unit that begins at `at`."""
        return self._unit_at.get(at)

    def token_at(self, at: int) -> Token | None:
        """The token that covers the character at `at`."""
        index = bisect_right(self.token_starts, at) - 1
        if index < 0 or self.tokens[index].end <= at:
            return None
        return self.tokens[index]

    def tokens_in(self, start: int, end: int) -> tuple[Token, ...]:
        """The tokens that begin in `[start, end)`."""
        first = bisect_left(self.token_starts, start)
        return self.tokens[first : bisect_left(self.token_starts, end, first)]

    def quotation_starting(self, at: int) -> Quotation | None:
        """The quotation whose opening mark stands at `at`."""
        index = bisect_left(self._quotation_starts, at)
        if index < len(self.quotations) and self.quotations[index].start == at:
            return self.quotations[index]
        return None

    def quotation_ending(self, at: int) -> Quotation | None:
        """The quotation whose closing mark stands right before `at`."""
        return self._quotation_ends.get(at)

    def quotations_in(self, start: int, end: int) -> list[Quotation]:
        """The quotations that begin in `[start, end)`."""
        first = bisect_left(self._quotation_starts, start)
        return self.quotations[first : bisect_left(self._quotation_starts, end, first)]

    def is_sentence(self, quotation: Quotation) -> bool:
        """Whether a quotation holds a sentence or a clause, not a name or a term."""
        inner = quotation.inner
        text = self.segmented.text
        return text[inner.end - 1] in "。！？!?…，," or inner.end - inner.start > 12

    def speaks(self, quotation: Quotation) -> bool:
        """Whether a quotation is a clause of its own by what is round it, not a name in one (在“…”上)."""
        text = self.text
        if self.segmented.text[quotation.inner.end - 1] in "。！？!?…，,":
            return True
        following = text[quotation.end] if quotation.end < len(text) else ""
        if following in _GOES_ON or not self.is_sentence(quotation):
            return False
        return quotation.start == 0 or text[quotation.start - 1] in "，：。！？\n"

    def pauses(self, start: int, end: int) -> list[int]:
        """Where the clauses of a stretch of text begin: behind its punctuation and its quoted sentences."""
        begins = [start, *(match.end() for match in _PAUSE.finditer(self.text, start, end))]
        begins.extend(quotation.end for quotation in self.quotations_in(start, end) if self.speaks(quotation))
        return sorted(set(begins))

    def _find_units(self) -> list[Unit]:
        units: list[Unit] = []
        excluded = self.segmented.excluded
        for number, paragraph in enumerate(self.segmented.paragraphs):
            begin = paragraph.start
            ends = {match.end() for match in _STOP.finditer(self.text, paragraph.start, paragraph.end)}
            for quotation in self.quotations_in(paragraph.start, paragraph.end):
                if self._closes_a_sentence(quotation, paragraph.end):
                    ends.add(quotation.end)
            for end in (*sorted(ends), paragraph.end):
                for gap in excluded:
                    if gap.start <= begin < gap.end:
                        begin = gap.end
                start = self._skip_blank(begin, end)
                if start < end:
                    units.append(Unit(start, end, number, self._quotation_before(start, paragraph.start)))
                begin = end
        return units

    def _closes_a_sentence(self, quotation: Quotation, limit: int) -> bool:
        text = self.segmented.text
        following = text[quotation.end] if quotation.end < limit else ""
        return text[quotation.inner.end - 1] in _FINAL and following not in _JOINS

    def _skip_blank(self, start: int, end: int) -> int:
        while start < end and self.text[start].isspace():
            start += 1
        return start

    def _quotation_before(self, start: int, limit: int) -> Quotation | None:
        while start > limit and self.text[start - 1].isspace():
            start -= 1
        return self._quotation_ends.get(start)


def _cover(segmented: SegmentedText, quotations: list[Quotation]) -> str:
    folded = to_simplified(segmented.text)
    folded = _HALF_WIDTH.sub(lambda match: _FULL_WIDTH[match.group()], folded)
    pieces = []
    at = 0
    for quotation in quotations:
        pieces.append(folded[at : quotation.start])
        pieces.append(QUOTED * (quotation.end - quotation.start))
        at = quotation.end
    pieces.append(folded[at:])
    folded = "".join(pieces)
    folded = _TITLE.sub(lambda match: "《" + TITLED * (len(match.group()) - 2) + "》", folded)
    return _BRACKETS.sub(lambda match: BRACKETED * len(match.group()), folded)
