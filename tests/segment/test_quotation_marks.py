"""Pairs of quotation marks, and the marks that have no partner."""

import pytest

from build_dataset.segment.quotation_marks import find_quotations
from build_dataset.segment.text import find_paragraphs


def quotations(text: str) -> list[tuple[str, bool, bool]]:
    """What stands in marks, and whether they open and close."""
    found = find_quotations(text, find_paragraphs(text))
    return [(text[slice(*one.inner)], one.opened, one.closed) for one in found]


def closed(*contents: str) -> list[tuple[str, bool, bool]]:
    return [(content, True, True) for content in contents]


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ('He said: "It rains."', "It rains."),
        ("He said: “It rains.”", "It rains."),
        ("He said: «It rains.»", "It rains."),
        ("He said: „It rains.“", None),
        ("他说：「下雨了。」", "下雨了。"),
        ("他说：『下雨了。』", "下雨了。"),
        ("他说：＂下雨了。＂", "下雨了。"),
        ('他说"下雨了"就走了', "下雨了"),
        ("He said: ''It rains.''", "It rains."),
        ("He said: ``It rains.''", "It rains."),
        ("He said: ‘It rains.’", "It rains."),
        ("He said: 'It rains.'", "It rains."),
    ],
)
def test_every_kind_of_mark(text: str, content: str | None) -> None:
    """Straight, curly, angle, corner and doubled single marks make a quotation."""
    if content is not None:
        assert quotations(text) == closed(content)
    else:  # the German closing mark is an opening one elsewhere: read as one that is never closed
        assert next(found[1:] for found in quotations(text)) == (True, False)


def test_apostrophes_are_no_marks() -> None:
    assert quotations("The workers' union can't say it's over, isn't it?") == []


def test_the_outermost_quotation_holds_those_inside() -> None:
    assert quotations("他说：“这是‘仿真’，不是“真”。”") == closed("这是‘仿真’，不是“真”。")
    assert quotations('"Read "The Tower" to it," he said.') == closed('Read "The Tower" to it,')


def test_a_mark_that_is_never_closed_reaches_to_the_end_of_its_paragraph() -> None:
    assert quotations('He said: "It rains. It pours.\nThey left.') == [("It rains. It pours.", True, False)]


def test_a_mark_that_was_never_opened_reaches_back_to_the_start_of_its_paragraph() -> None:
    assert quotations("They left.\nIt rains. It pours. ” He sighed.") == [
        ("It rains. It pours.", False, True)
    ]


def test_one_pair_may_hold_several_paragraphs() -> None:
    assert quotations("“It rains.\nIt pours.”\nThey left.") == closed("It rains.\nIt pours.")


def test_paragraphs_that_open_the_marks_anew_are_quotations_of_their_own() -> None:
    assert quotations("“It rains.\n“It pours.”") == [("It rains.", True, False), ("It pours.", True, True)]


def test_neighbouring_quotations_stay_apart() -> None:
    assert quotations('"It rains," he said. "It pours."') == closed("It rains,", "It pours.")
    assert quotations('"It rains." "It pours."') == closed("It rains.", "It pours.")
