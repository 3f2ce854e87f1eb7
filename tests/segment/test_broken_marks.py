"""When a text is flagged for quotation marks without a partner."""

import pytest

from build_dataset.document import SegmentedText
from build_dataset.segment.broken_marks import has_broken_marks
from build_dataset.segment.quotation_marks import find_quotations
from build_dataset.segment.text import find_paragraphs


@pytest.mark.parametrize(
    ("text", "broken"),
    [
        ('"We are late," she said. "We know."', False),
        ("“We are late,” she said.", False),
        ("“我们迟到了。”她说，“大家都知道。”", False),
        ("「我們遲到了。」她說。", False),
        ("The dogs' house isn't hers.", False),
        ('The screen is 15" wide.', False),
        ("“We are late.\n“We know,” she said.", False),
        ("“我们迟到了。\n“大家都知道。”她说。", False),
        ('She said, "We are late.\nNobody knew why.', True),
        ("We are late.” She left.", True),
        ("“我们迟到了，她说。\n大家都知道。", True),
        ("我们迟到了。”她说。", True),
    ],
)
def test_a_mark_without_partner_is_broken(text: str, broken: bool) -> None:
    paragraphs = find_paragraphs(text)
    segmented = SegmentedText(text, (), (), tuple(paragraphs), tuple(find_quotations(text, paragraphs)))

    assert has_broken_marks(segmented) is broken
