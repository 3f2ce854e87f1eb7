"""What `extract` prints of records, whatever made them."""

import io
from typing import Any

import pytest
from rich.console import Console

from build_dataset.examine.extraction import ExtractedRecords
from build_dataset.schema import Alias, Article, Mention, Quote, Span, Speaker, SpeakerKind, Statistic
from build_dataset.show.extraction import display
from tests.made import make_article

TEXT = (
    "“Rain,” said Ana Ruiz, “will come.” She hopes floods cost [red]30 million euros[/red].\x1b]0;owned\x07"
)
ARTICLE = "art_" + "0" * 20
SPEAKER = "spk_" + "1" * 20


def quote(number: int, *spans: tuple[int, int], **more: Any) -> Quote:
    fields = {"speaker_id": SPEAKER, "type": "direct", "mention": None, "cue": None, "flags": [], **more}
    return Quote(
        quote_id=f"quo_{number:020}",
        article_id=ARTICLE,
        text=" ".join(TEXT[start:end] for start, end in spans),
        spans=[Span(start=start, end=end) for start, end in spans],
        context=TEXT,
        language="en",
        confidence=0.875,
        duplicate_of=None,
        **fields,
    )


def statistic(words: str, **more: Any) -> Statistic:
    start = TEXT.index(words)
    fields = {"value": 30e6, "value_max": None, "unit": "EUR", "kind": "money", "qualifier": None, **more}
    return Statistic(
        statistic_id="sta_" + "0" * 20,
        article_id=ARTICLE,
        speaker_id=None,
        text=words,
        start=start,
        end=start + len(words),
        per=None,
        subject="floods",
        subject_span=None,
        period=None,
        comparison=None,
        change_id=None,
        change_role=None,
        change_direction=None,
        context=TEXT,
        confidence=0.5,
        flags=[],
        **{"quote_id": None, **fields},
    )


def article() -> Article:
    return make_article(ARTICLE, "rain\x1b[2J.txt", TEXT, characters=len(TEXT), words=14)


def shown(
    *quotes: Quote, statistics: list[Statistic] | None = None, terminal: bool = False, width: int = 200
) -> str:
    speaker = Speaker(
        speaker_id=SPEAKER,
        name="Ana Ruiz",
        aliases=[Alias(name="Ms. Ruiz", language="en")],
        kind=SpeakerKind.PERSON,
        role="mayor",
        organization=None,
        articles=1,
        quotes=1,
    )
    records = ExtractedRecords([article()], list(quotes), statistics or [], [speaker])
    out = io.StringIO()
    display(records, Console(file=out, width=width, force_terminal=terminal, highlight=False, markup=False))
    return out.getvalue()


def test_each_span_of_a_quote_is_marked_with_number_type_and_speaker() -> None:
    out = shown(quote(1, (1, 6), (24, 34), cue=Mention(text="said", start=8, end=12)))

    assert "“⟦1 direct · Ana Ruiz: Rain,⟧” said Ana Ruiz, “⟦1 direct · Ana Ruiz: will come.⟧” She" in out


def test_a_quote_inside_a_quote_has_its_own_mark() -> None:
    out = shown(quote(1, (40, 82), type="indirect"), quote(2, (46, 52), type="mixed", speaker_id=None))

    assert "⟦1 indirect · Ana Ruiz: hopes ⟦2 mixed · nobody named: floods⟧ cost" in out


def test_two_quotes_side_by_side_are_closed_before_the_next_opens() -> None:
    out = shown(quote(1, (0, 4)), quote(2, (4, 8)))

    assert "Rai⟧⟦2 direct" in out


def test_the_text_is_there_in_full_but_for_the_marks() -> None:
    out = shown()

    assert TEXT.removesuffix("\x1b]0;owned\x07") + "␛]0;owned␇" in out


def test_the_tables_hold_quotes_statistics_and_speakers() -> None:
    one = quote(1, (1, 6), cue=Mention(text="said", start=8, end=12), flags=["inferred_speaker"])

    out = shown(one, statistics=[statistic("30 million euros", quote_id=one.quote_id)])

    rows = [line.split() for line in out.splitlines()]
    assert ["1", "Ana", "Ruiz", "direct", "Rain,", "said", "0.88", "inferred_speaker"] in rows
    assert ["30", "million", "euros", "30,000,000", "EUR", "money", "floods", "1", "0.50"] in rows
    assert ["Ana", "Ruiz", "Ms.", "Ruiz", "person", "mayor", "1"] in rows


def test_a_range_shows_both_ends() -> None:
    assert "30,000,000–40,000,000" in shown(statistics=[statistic("30 million euros", value_max=40e6)])


def test_what_is_not_there_is_said() -> None:
    out = shown()

    assert "Quotes: none" in out
    assert "Statistics: none" in out


@pytest.mark.parametrize("width", [20, 80, 200])
def test_no_escape_of_the_source_reaches_the_terminal(width: int) -> None:
    out = shown(quote(1, (24, len(TEXT))), statistics=[statistic("30 million euros")], width=width)

    assert not {"\x1b", "\x07"} & set(out)


def test_colours_are_only_for_terminals_and_words_in_brackets_are_not_markup() -> None:
    assert "\x1b[32m" in shown(quote(1, (1, 6)), terminal=True)
    assert "[red]30 million euros[/red]" in shown(quote(1, (1, 6)))
