"""What an article gives becomes records: grounded, identified by content, tied to each other."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from build_dataset.batch import process_batch
from build_dataset.document import (
    ArticleMetadata,
    Document,
    Extraction,
    LocalSpeaker,
    QuoteCandidate,
    Range,
    ResolvedQuote,
    SourceMention,
    StatisticCandidate,
)
from build_dataset.records import article_records
from build_dataset.schema import QuoteFlag, QuoteType, SpeakerKind, StatisticKind
from build_dataset.schema.identifiers import article_identifier, quote_identifier, statistic_identifier

TEXT = '"We need 40 buses," said Ann Roy, "and 300 drivers." It has 12.'
ANN = LocalSpeaker(name="Ann Roy", kind=SpeakerKind.PERSON)


def span(words: str) -> Range:
    start = TEXT.index(words)
    return Range(start, start + len(words))


def quote(*words: str, speaker: int | None = 0, confidence: float = 0.5) -> ResolvedQuote:
    place = span("Ann Roy")
    candidate = QuoteCandidate(
        spans=tuple(map(span, words)),
        type=QuoteType.DIRECT,
        cue=span("said"),
        source=SourceMention(place.start, place.end, "Ann Roy", SpeakerKind.PERSON),
        context=Range(0, len(TEXT)),
        rule="test",
        flags=(QuoteFlag.CONTINUATION,),
    )
    return ResolvedQuote(candidate, speaker, confidence)


def statistic(words: str, value: float = 1.0) -> StatisticCandidate:
    place = span(words)
    return StatisticCandidate(
        start=place.start,
        end=place.end,
        value=value,
        value_max=None,
        unit="bus",
        kind=StatisticKind.COUNT,
        qualifier=None,
        subject=None,
        context=Range(0, len(TEXT)),
        confidence=0.9,
    )


def extraction(
    quotes: tuple[ResolvedQuote, ...] = (),
    statistics: tuple[StatisticCandidate, ...] = (),
    speakers: tuple[LocalSpeaker, ...] = (ANN,),
) -> Extraction:
    metadata = ArticleMetadata(published=date(2024, 3, 4), language="en")
    return Extraction(Document("a.txt", TEXT), metadata, 12, speakers, quotes, statistics)


SAID = quote("We need 40 buses,", "and 300 drivers.")


def test_a_quote_is_cut_out_of_the_text() -> None:
    (made,) = article_records(extraction((SAID,))).quotes

    article_id = article_identifier(TEXT)
    spans = [(1, 18), (35, 51)]
    assert made.text == "We need 40 buses, and 300 drivers."
    assert [(part.start, part.end) for part in made.spans] == spans
    assert made.quote_id == quote_identifier(article_id, spans)
    assert made.mention and (made.mention.text, made.mention.start) == ("Ann Roy", TEXT.index("Ann Roy"))
    assert made.cue and made.cue.text == "said"
    assert made.flags == [QuoteFlag.CONTINUATION]


def test_a_statistic_belongs_to_the_quote_round_it_and_to_its_speaker() -> None:
    inner = quote("40 buses", speaker=None)
    figures = (
        statistic("12"),
        statistic("40"),
        statistic("300 drivers"),
        statistic('said Ann Roy, "and 300'),
    )
    records = article_records(extraction((SAID, inner), figures))
    by_text = {one.text: one for one in records.statistics}
    outer_id, inner_id = (one.quote_id for one in records.quotes)

    assert by_text["300 drivers"].quote_id == outer_id
    assert by_text["300 drivers"].speaker_id == records.quotes[0].speaker_id is not None
    assert (by_text["40"].quote_id, by_text["40"].speaker_id) == (inner_id, None)
    assert by_text["12"].quote_id is None
    assert by_text['said Ann Roy, "and 300'].quote_id is None
    assert by_text["12"].statistic_id == statistic_identifier(article_identifier(TEXT), *span("12"))


def test_records_stand_in_the_order_of_the_text_and_none_twice() -> None:
    figures = (statistic("300 drivers"), statistic("40"), statistic("40", 2.0))
    records = article_records(
        extraction((quote("and 300 drivers."), quote("We need"), quote("We need")), figures)
    )

    assert [one.text for one in records.quotes] == ["We need", "and 300 drivers."]
    assert [(one.text, one.value) for one in records.statistics] == [("40", 1.0), ("300 drivers", 1.0)]


def test_a_record_that_breaks_a_rule_is_left_out_and_named() -> None:
    figures = (statistic("40", float("inf")), statistic("12"))
    records = article_records(extraction((quote("We need", confidence=2.0), quote("buses")), figures))

    assert [one.text for one in records.quotes] == ["buses"]
    assert [one.text for one in records.statistics] == ["12"]
    assert records.left_out == [
        "quote at 1–8: confidence: Input should be less than or equal to 1",
        "statistic at 9–11: value: Input should be a finite number",
    ]


def test_only_speakers_with_a_quote_are_kept() -> None:
    others = (LocalSpeaker(name="Bo", kind=SpeakerKind.PERSON), ANN)
    records = article_records(extraction((quote("buses", speaker=1),), speakers=others))

    assert [(one.name, one.local_speaker, one.quotes) for one in records.speakers] == [("Ann Roy", 1, 1)]


def test_an_article_without_anything_is_a_row() -> None:
    batch = process_batch([Document("a.txt", "Rain."), Document("b.txt", "Привет, мир.")])

    assert {name: table.num_rows for name, table in batch.tables.items()} == {
        "articles": 2,
        "quotes": 0,
        "statistics": 0,
        "local_speakers": 0,
        "index": 2,
    }
    assert batch.skipped == ()


def test_the_index_tells_where_the_rows_of_each_article_stand() -> None:
    documents = [
        Document(
            f"{number}.txt",
            f'"It has {number} doors," said Ann Roy. The {number} doors are {number} meters wide.',
        )
        for number in range(20, 25)
    ]
    tables = process_batch(documents).tables

    for row in tables["index"].to_pylist():
        assert documents[row["document"]].source == row["source"]
        for table in ("quotes", "statistics"):
            part = tables[table].slice(row[f"{table}_first"], row[f"{table}_rows"])
            assert set(part["article_id"].to_pylist()) <= {row["article_id"]}
            assert (
                row[f"{table}_rows"] == tables[table]["article_id"].to_pylist().count(row["article_id"]) > 0
            )


@pytest.mark.parametrize("separator", ["", "\n", "\n\n"])
@given(
    st.lists(
        st.sampled_from(
            ['"', "“", "”", "「", " said Ann. ", "He ", "5%", "说:", "他", "。", "$3 ", "\x00", "😀"]
        )
    )
)
def test_any_text_gives_records_that_fit(separator: str, pieces: list[str]) -> None:
    batch = process_batch([Document("a.txt", separator.join(pieces) or "x")])

    assert batch.skipped == ()
    assert batch.tables["articles"].num_rows == 1
