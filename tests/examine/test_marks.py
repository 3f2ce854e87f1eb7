"""A text cut at the borders of its marks, and what there is of a text that was left out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from build_dataset.examine.marks import Layer, Mark, Segment, marks_of, segments
from build_dataset.examine.passages import Passage, marks_within, passages
from build_dataset.schema import Article, ArticleFlag, Mention, Quote, QuoteType, Span
from tests.made import make_article

TEXT = "Rain. “It will rain,” said Ana Ruiz, “and rain again.” Bo Li agreed that it will rain."
ARTICLE_ID = "art_" + "0" * 20


def mark(start: int, end: int, record: str = "quo", words: str = "") -> Mark:
    return Mark(start, end, words, Layer.QUOTE, record)


@st.composite
def marked_texts(draw: st.DrawFn) -> tuple[int, list[Mark]]:
    length = draw(st.integers(min_value=1, max_value=40))
    borders = st.lists(st.integers(0, length), min_size=2, max_size=2, unique=True).map(sorted)
    spans = draw(st.lists(borders, max_size=12))
    return length, [mark(start, end, str(number)) for number, (start, end) in enumerate(spans)]


@given(marked_texts())
def test_the_segments_are_the_text_and_each_mark_lies_over_its_span(case: tuple[int, list[Mark]]) -> None:
    length, marks = case

    cut = list(segments(length, marks))

    assert [place for one in cut for place in range(one.start, one.end)] == list(range(length))
    for one in marks:
        under = [place for piece in cut if one in piece.marks for place in range(piece.start, piece.end)]
        assert under == list(range(one.start, one.end))


@given(marked_texts())
def test_no_two_segments_could_be_one(case: tuple[int, list[Mark]]) -> None:
    length, marks = case
    borders = {0, length, *(one.start for one in marks), *(one.end for one in marks)}

    assert len(list(segments(length, marks))) == len(borders) - 1


def test_the_outermost_mark_comes_first() -> None:
    inner, outer = mark(2, 4, "inner"), mark(2, 8, "outer")

    assert list(segments(9, [inner, outer])) == [
        Segment(0, 2, ()),
        Segment(2, 4, (outer, inner)),
        Segment(4, 8, (outer,)),
        Segment(8, 9, ()),
    ]


def test_marks_may_be_the_same() -> None:
    one = mark(0, 3)

    assert list(segments(3, [one, one])) == [Segment(0, 3, (one, one))]


def test_an_empty_text_has_no_segments() -> None:
    assert list(segments(0, [])) == []


@pytest.mark.parametrize("span", [(2, 2), (3, 2), (-1, 2), (0, 6)])
def test_a_mark_is_inside_the_text(span: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="a mark at"):
        list(segments(5, [mark(*span)]))


def test_many_marks_take_no_longer_than_their_number() -> None:
    length = 400_000
    marks = [mark(place, place + 3) for place in range(0, length - 4, 2)]

    assert sum(len(one.marks) for one in segments(length, marks)) < 2 * length


def quote(*words: str, mention: str | None = None, cue: str | None = None, context: str) -> Quote:
    starts: list[int] = []
    for one in words:
        starts.append(TEXT.index(one, starts[-1] if starts else 0))
    spans = [Span(start=start, end=start + len(one)) for start, one in zip(starts, words, strict=True)]
    return Quote(
        quote_id=f"quo_{spans[0].start:020}",
        article_id=ARTICLE_ID,
        duplicate_of=None,
        speaker_id=None,
        type=QuoteType.DIRECT,
        text=" ".join(words),
        spans=spans,
        mention=_mention(mention),
        cue=_mention(cue),
        context=context,
        language="en",
        confidence=0.9,
        flags=[],
    )


def _mention(words: str | None) -> Mention | None:
    if words is None:
        return None
    start = TEXT.index(words)
    return Mention(text=words, start=start, end=start + len(words))


def article(text: str | None, *flags: ArticleFlag) -> Article:
    return make_article(ARTICLE_ID, "rain.txt", text, characters=len(TEXT), words=16, flags=list(flags))


SPLIT = quote(
    "It will rain,", "and rain again.", mention="Ana Ruiz", cue="said", context=TEXT[6 : TEXT.index(" Bo")]
)
REPORTED = quote(
    "it will rain", mention="Bo Li", cue="agreed", context="Bo Li agreed that it will rain."
).model_copy(update={"type": QuoteType.INDIRECT})


def test_the_marks_of_a_quote_say_what_stands_there() -> None:
    marks = marks_of([SPLIT, REPORTED])

    assert [one.words for one in marks] == [TEXT[one.start : one.end] for one in marks]
    assert [one.words for one in marks[:4]] == ["It will rain,", "and rain again.", "Ana Ruiz", "said"]


def test_a_whole_text_is_one_passage() -> None:
    assert passages(article(TEXT), [SPLIT, REPORTED], []) == [Passage(0, TEXT)]


def test_of_a_text_left_out_there_are_the_contexts() -> None:
    found = passages(article(None), [SPLIT, REPORTED], [])

    assert [one.text for one in found] == [SPLIT.context, REPORTED.context]
    assert all(TEXT[one.start : one.end] == one.text for one in found)


def test_a_context_without_its_surroundings_gives_the_words_of_the_records() -> None:
    bare = SPLIT.model_copy(update={"context": SPLIT.text})

    found = passages(article(None), [bare], [])

    assert [one.text for one in found] == ["It will rain,", "said", "Ana Ruiz", "and rain again."]
    assert all(TEXT[one.start : one.end] == one.text for one in found)


def test_an_excerpt_is_joined_with_the_contexts_that_it_touches() -> None:
    found = passages(article(TEXT[:20], ArticleFlag.EXCERPT), [SPLIT, REPORTED], [])

    assert [one.text for one in found] == [TEXT[: TEXT.index(" Bo")], REPORTED.context]


def test_marks_move_with_their_passage() -> None:
    found = passages(article(None), [SPLIT, REPORTED], [])

    first, second = marks_within(found, marks_of([SPLIT, REPORTED]))

    assert [SPLIT.context[one.start : one.end] for one in first] == [one.words for one in first]
    assert [one.words for one in second] == ["it will rain", "Bo Li", "agreed"]
    assert [REPORTED.context[one.start : one.end] for one in second] == [one.words for one in second]


def test_a_mark_over_other_words_is_held_by_no_passage() -> None:
    assert marks_within([Passage(10, "abc")], [mark(10, 12, words="ax"), mark(2, 4, words="ab")]) == [[]]
