"""Whether a text has quotation marks without a partner: what the flag `broken_quotation_marks` tells."""

import re
from itertools import zip_longest

from build_dataset.document import Quotation, SegmentedText
from build_dataset.segment.quotation_marks import SINGLE, STRAIGHT

_NEXT_PARAGRAPH = re.compile(r"[^\n]*\n\s*")


def has_broken_marks(segmented: SegmentedText) -> bool:
    """Whether some double quotation mark was never closed or never opened.

    A quotation that goes on in the next paragraph is opened anew there and closed at its end only: that is
    how it is printed, and nothing is broken.
    """
    text = segmented.text
    double = [
        quotation
        for quotation in segmented.quotations
        if text[quotation.start if quotation.opened else quotation.end - 1] not in SINGLE
    ]
    return any(
        _is_broken(text, quotation, later)
        for quotation, later in zip_longest(double, double[1:])
        if quotation
    )


def _is_broken(text: str, quotation: Quotation, later: Quotation | None) -> bool:
    if quotation.opened and quotation.closed:
        return False
    if quotation.opened:
        return (
            later is None
            or not later.opened
            or not _NEXT_PARAGRAPH.fullmatch(text, quotation.end, later.start)
        )
    inches = text[quotation.end - 1] in STRAIGHT and text[quotation.end - 2 : quotation.end - 1].isdecimal()
    return not inches
