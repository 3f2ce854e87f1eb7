"""A document cut into paragraphs, sentences, tokens and quotations."""

import re
from bisect import bisect_left
from collections.abc import Sequence

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
    sentences = []
    for number, paragraph in enumerate(paragraphs):
        begin = paragraph.start
        for end in (*pack.segmentation.sentence_ends(text, paragraph), paragraph.end):
            start, stop = _trim(text, begin, end)
            for piece in _without(Range(start, stop), excluded):
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


def _without(sentence: Range, excluded: Sequence[Range]) -> list[Range]:
    """What is left of a sentence outside the excluded ranges: at most the part before or the part behind one."""
    for gap in excluded:
        if sentence.start < gap.end and gap.start < sentence.end:
            parts = (Range(sentence.start, gap.start), Range(gap.end, sentence.end))
            return [part for whole in parts if whole.start < whole.end for part in _without(whole, excluded)]
    return [sentence] if sentence.start < sentence.end else []
