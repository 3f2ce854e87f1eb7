"""What holds for any text at all."""

from datetime import timedelta

from hypothesis import example, given, settings
from hypothesis import strategies as st

from build_dataset.document import Document
from build_dataset.pipeline import extract_article
from build_dataset.records import article_records
from tests.extract.marked import parse
from tests.extract.test_quotes import cases

PIECES = [parse(case.values[0]["says"])[0] for case in cases()]
MARKS = [
    '"',
    "“",
    "”",
    "「",
    "」",
    "'",
    "‘",
    "’",
    "''",
    "（",
    ")",
    "**",
    "\n",
    "\n\n",
    "。",
    ". ",
    ", ",
    "：",
    " — ",
    "\u200b",
    "\ufeff",
]

texts = st.one_of(
    st.text(max_size=300),
    st.lists(
        st.one_of(st.sampled_from(PIECES), st.sampled_from(MARKS), st.text(max_size=8)), max_size=14
    ).map("".join),
)


@settings(max_examples=300, deadline=timedelta(seconds=10))
@given(texts)
@example("SAID「”0”")
@example("It's a reasonable assumption then that the harbor will need at least 60 boats to open this fall.")
def test_every_record_of_any_text_is_grounded(text: str) -> None:
    """No text breaks the extraction, and every span cuts out what its record says."""
    records = article_records(extract_article(Document("any", text)))

    assert records.left_out == []
    assert all(speaker.name.strip() for speaker in records.speakers)
    for quote in records.quotes:
        assert quote.text == " ".join(text[span.start : span.end] for span in quote.spans)
        assert all(one.end <= two.start for one, two in zip(quote.spans, quote.spans[1:], strict=False))
        for mention in (quote.mention, quote.cue):
            assert mention is None or mention.text == text[mention.start : mention.end]
        assert quote.context in text
        assert 0 <= quote.confidence <= 1
    for statistic in records.statistics:
        assert statistic.text == text[statistic.start : statistic.end]
        place = statistic.subject_span
        assert statistic.subject == (None if place is None else text[place.start : place.end])
        for words in (statistic.period, statistic.comparison):
            assert words is None or words.text == text[words.start : words.end]


@settings(max_examples=60, deadline=timedelta(seconds=10))
@given(texts)
def test_the_same_text_gives_the_same_records(text: str) -> None:
    assert article_records(extract_article(Document("any", text))) == article_records(
        extract_article(Document("any", text))
    )
