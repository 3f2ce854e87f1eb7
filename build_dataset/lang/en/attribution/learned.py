"""Frames from the tagger: what it read off a text, told apart, with sources described as the grammar describes them."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from build_dataset.document import DropReason, Evidence, Frame, Range, SegmentedText, SourceMention, Token
from build_dataset.lang.en.attribution.borders import trim
from build_dataset.lang.en.attribution.combine import TAGGED, TAGGED_CHANNEL
from build_dataset.lang.en.attribution.sources import SourceReader
from build_dataset.lang.en.attribution.units import Unit
from build_dataset.lang.en.attribution.verbs import VerbCues
from build_dataset.tagger.model import TaggedAttribution, Tagger
from build_dataset.tagger.settle import apart

LEAST_CUE = 0.5
"""Log-odds from which a word counts as a cue, chosen on the development articles."""
SHOWN_CUE = -1.0
"""Log-odds from which a word is told of where nothing was found in it."""
_WORDS_TO_MARK = 5
"""Words between content and the next mark that are taken for the rest of it."""
LEAST_CONTENT = 3.0
"""Log-odds, summed over the words, that content has to have."""


class TaggedFrames:
    """Frames of one language's texts by its tagger."""

    def __init__(self, tagger: Tagger, reader: SourceReader, verbs: VerbCues) -> None:
        self._tagger = tagger
        self._reader = reader
        self._verbs = verbs

    def find(self, segmented: SegmentedText, units: Sequence[Unit]) -> list[Frame]:
        """The frames of a text, no content of two; what is no frame is marked as dropped."""
        tagged = self._tagger.tag(segmented, LEAST_CUE, SHOWN_CUE)
        full = [one for one in tagged if one.score >= LEAST_CUE and one.content_score >= LEAST_CONTENT]
        places = _Places(segmented, units)
        kept = apart(list(_to_next_mark(full, segmented)))
        frames = [self._frame(places, one) for one in kept]
        left_out = {one.cue for one in tagged} - {one.cue for one in kept}
        return [
            *(frame for frame in frames if frame is not None),
            *(_dropped(places, one) for one in tagged if one.cue in left_out),
        ]

    def _frame(self, places: "_Places", one: TaggedAttribution) -> Frame | None:
        before, after = places.text_range(one.before), places.text_range(places.without_link(one.after))
        if before is None and after is None:
            return None
        source = None if one.source is None else self._source(places, one.source)
        behind_source = one.source is not None and one.source.start < one.cue
        cue, asserted = self._cue(places, one.cue, behind_source=behind_source)
        start, end = cue
        if source is not None and source.phrase is not None:
            start, end = min(start, source.phrase.start), max(end, source.phrase.end)
        if before is not None:
            start = max(start, min(before.end, cue.start))
        if after is not None:
            end = min(end, max(after.start, cue.end))
        evidence = Evidence(one.score, one.saying, one.content_score, one.source_score, asserted)
        rule = TAGGED_CHANNEL if places.is_according(one.cue) else TAGGED
        return Frame(cue, Range(start, end), source, before, after, rule=rule, evidence=evidence)

    def _cue(self, places: "_Places", token: int, *, behind_source: bool) -> tuple[Range, bool]:
        """Where the cue stands, particle included, and whether it asserts."""
        start, end, _, _ = places.segmented.tokens[token]
        unit, index, _ = places.in_unit(Range(start, end))
        if unit is not None and self._verbs.knows(unit, index):
            last = self._verbs.cue_end(unit, index)
            asserted = self._verbs.asserts(unit, index, behind_source=behind_source)
            return Range(start, unit.tokens[last - 1].end), asserted
        if places.is_according(token):
            end = places.segmented.tokens[token + 1].end
        return Range(start, end), True

    def _source(self, places: "_Places", tokens: Range) -> SourceMention | None:
        """Who the tokens name."""
        text = places.segmented.text
        phrase = Range(*places.bounds(tokens))
        unit, first, last = places.in_unit(phrase)
        if unit is None:  # inside a quotation
            return SourceMention(*phrase, text[slice(*phrase)], None, phrase=phrase)
        mention = self._reader.phrase(unit, first, last)
        return None if mention is None else mention._replace(phrase=phrase)


class _Places:
    """Where the tokens of a text stand, in the text and in the units of the grammar."""

    def __init__(self, segmented: SegmentedText, units: Sequence[Unit]) -> None:
        self.segmented = segmented
        self._units = units
        self._starts = [unit.tokens[0].start for unit in units]

    def bounds(self, tokens: Range) -> tuple[int, int]:
        """Where a stretch of tokens begins and ends in the text."""
        return self.segmented.tokens[tokens.start].start, self.segmented.tokens[tokens.end - 1].end

    def text_range(self, tokens: Range | None) -> Range | None:
        """The text of a stretch of tokens without marks at its ends."""
        return None if tokens is None else trim(self.segmented.text, *self.bounds(tokens))

    def is_according(self, token: int) -> bool:
        """Whether "according to" begins at a token."""
        words = [one.text.lower() for one in self.segmented.tokens[token : token + 2]]
        return words == ["according", "to"]

    def without_link(self, tokens: Range | None) -> Range | None:
        """Content without the "that" which links it to its cue."""
        if tokens is None or self.segmented.tokens[tokens.start].text.lower() != "that":
            return tokens
        return Range(tokens.start + 1, tokens.end) if tokens.end - tokens.start > 1 else tokens

    def in_unit(self, place: Range) -> tuple[Unit | None, int, int]:
        """The unit and its tokens (half-open) that a place of the text holds; no unit if it stands in a quotation."""
        number = bisect_right(self._starts, place.start) - 1
        if number < 0:
            return None, 0, 0
        unit = self._units[number]
        first = bisect_right(unit.tokens, place.start, key=lambda token: token.start) - 1
        last = bisect_right(unit.tokens, place.end - 1, key=lambda token: token.start)
        if unit.tokens[first].start != place.start or unit.tokens[first].tag or last <= first:
            return None, 0, 0
        return unit, first, last


def _dropped(places: _Places, one: TaggedAttribution) -> Frame:
    """What the tagger saw and was not sure enough of, or what another attribution holds."""
    cue = Range(*places.bounds(Range(one.cue, one.cue + 1)))
    reason = DropReason.OVERLAP
    if one.score < LEAST_CUE:
        reason = DropReason.WEAK_CUE
    elif one.content_score < LEAST_CONTENT:
        reason = DropReason.NO_CONTENT
    evidence = Evidence(one.score, one.saying, one.content_score, one.source_score)
    return Frame(cue, cue, None, None, None, rule=TAGGED, evidence=evidence, dropped=reason)


def _to_next_mark(
    tagged: Sequence[TaggedAttribution], segmented: SegmentedText
) -> Iterator[TaggedAttribution]:
    """Attributions whose content goes on to the next mark, where only a few words stand between."""
    tokens = segmented.tokens
    others = {one.cue for one in tagged}
    for one in tagged:
        others.update(range(*one.source) if one.source is not None else ())
    for one in tagged:
        if one.after is None or not _is_word(tokens[one.after.end - 1]):
            yield one
            continue
        end = one.after.end
        stop = min(end + _WORDS_TO_MARK, len(tokens))
        while end < stop and _is_word(tokens[end]) and end not in others:
            end += 1
        at_mark = end < stop and end not in others
        yield one._replace(after=Range(one.after.start, end)) if at_mark else one


def _is_word(token: Token) -> bool:
    return token.text[-1].isalnum()
