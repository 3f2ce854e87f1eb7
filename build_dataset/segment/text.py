"""A document cut into paragraphs, sentences, tokens and quotations."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from build_dataset.document import Range, SegmentedText, Sentence, Token
from build_dataset.lang.pack import LanguagePack
from build_dataset.segment.quotation_marks import find_quotations

_LINE = re.compile(r"[^\n]*\S[^\n]*")


def segment(text: str, pack: LanguagePack, excluded: tuple[Range, ...] = ()) -> SegmentedText:
    """Cut a text into its parts; the text itself stays as it is.

    Args:
        text: the article's text.
        pack: the pack of its language.
        excluded: ranges that are about the article (byline, date line …): sentences inside them are left out.

    Returns:
        Its paragraphs (lines that are not blank), sentences, tokens and outermost quotations.
    """
    paragraphs = find_paragraphs(text)
    tokens = pack.segmentation.tokens(text)
    sentences = _sentences(text, paragraphs, tokens, pack, excluded)
    quotations = find_quotations(text, paragraphs)
    return SegmentedText(
        text, tuple(tokens), tuple(sentences), tuple(paragraphs), tuple(quotations), excluded
    )


def find_paragraphs(text: str) -> list[Range]:
    """The lines of a text that are not blank, without the blanks at their ends."""
    paragraphs = []
    for match in _LINE.finditer(text):
        line = match.group()
        start = match.start() + len(line) - len(line.lstrip())
        paragraphs.append(Range(start, match.start() + len(line.rstrip())))
    return paragraphs


def _sentences(
    text: str,
    paragraphs: Sequence[Range],
    tokens: Sequence[Token],
    pack: LanguagePack,
    excluded: Sequence[Range],
) -> list[Sentence]:
    starts = [token.start for token in tokens]
    gaps = sorted(excluded)
    ends = [gap.end for gap in gaps]
    sentences = []
    for number, paragraph in enumerate(paragraphs):
        begin = paragraph.start
        for end in (*pack.segmentation.sentence_ends(text, paragraph), paragraph.end):
            sentence = Range(*_trim(text, begin, end))
            for piece in _without(text, sentence, gaps, ends) if gaps else (sentence,):
                first = bisect_left(starts, piece.start)
                last = bisect_left(starts, piece.end, first)
                if first < last:
                    sentences.append(Sentence(piece.start, piece.end, number, first, last))
            begin = end
    return sentences


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _without(text: str, sentence: Range, gaps: Sequence[Range], ends: Sequence[int]) -> Iterator[Range]:
    """What is left of a sentence outside the gaps; `ends` are where these end."""
    begin = sentence.start
    for at in range(bisect_right(ends, sentence.start), len(gaps)):
        if gaps[at].start >= sentence.end:
            break
        yield from _piece(text, begin, gaps[at].start)
        begin = max(begin, gaps[at].end)
    yield from _piece(text, begin, sentence.end)


def _piece(text: str, start: int, end: int) -> Iterator[Range]:
    start, end = _trim(text, start, end)
    if start < end:
        yield Range(start, end)
