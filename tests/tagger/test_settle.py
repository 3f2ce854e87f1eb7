"""Which attribution keeps content that several claim."""

from hypothesis import given
from hypothesis import strategies as st

from build_dataset.document import Range
from build_dataset.tagger.model import TaggedAttribution
from build_dataset.tagger.settle import apart


def attribution(cue: int, before: Range | None, after: Range | None, score: float) -> TaggedAttribution:
    return TaggedAttribution(cue, before, after, None, score, 0.0, 9.0, 0.0)


@st.composite
def attributions(draw: st.DrawFn) -> list[TaggedAttribution]:
    """Cues in order, each with content on one or both sides of it."""
    found = []
    for cue in sorted(draw(st.sets(st.integers(10, 60), max_size=6))):
        length, back = draw(st.integers(0, 9)), draw(st.integers(0, 9))
        after = Range(cue + 1, cue + 1 + length) if length else None
        before = Range(cue - back, cue) if back else None
        found.append(attribution(cue, before, after, draw(st.integers(0, 5))))
    return found


@given(attributions())
def test_no_token_is_content_of_two(tagged: list[TaggedAttribution]) -> None:
    held = [
        token for one in apart(tagged) for part in (one.before, one.after) if part for token in range(*part)
    ]

    assert len(held) == len(set(held))


@given(attributions())
def test_what_is_kept_was_there_before_and_in_order(tagged: list[TaggedAttribution]) -> None:
    kept = apart(tagged)
    cues = {one.cue: one for one in tagged}

    assert [one.cue for one in kept] == sorted(one.cue for one in kept)
    for one in kept:
        for part, whole in ((one.before, cues[one.cue].before), (one.after, cues[one.cue].after)):
            assert part is None or (whole is not None and part.within(whole))


def test_an_attribution_inside_anothers_content_is_part_of_it() -> None:
    """She said [the sum he says he raised is too small]."""
    outer = attribution(1, None, Range(2, 11), score=2)
    inner = attribution(5, None, Range(6, 8), score=5)

    assert apart([outer, inner]) == [outer]


def test_content_goes_to_the_nearer_cue_where_the_other_has_content_of_its_own() -> None:
    """[No,] he said, adding, [yes]."""
    said = attribution(2, Range(0, 1), Range(5, 6), score=6)
    adding = attribution(4, None, Range(5, 6), score=1)

    assert apart([said, adding]) == [said._replace(after=None), adding]
