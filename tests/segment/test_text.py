"""Paragraphs, sentences and tokens."""

import pytest

from build_dataset.document import Range
from build_dataset.lang.pack import load_pack
from build_dataset.segment.text import segment


def sentences(text: str, language: str = "en", excluded: tuple[Range, ...] = ()) -> list[str]:
    segmented = segment(text, load_pack(language), excluded)
    return [text[one.start : one.end] for one in segmented.sentences]


@pytest.mark.parametrize(
    "marked",
    [
        "It rains.| It pours!| Does it?| Yes.",
        "Mr. Feng met Dr. Wu in the U.S. on Jan. 3.| They left.",
        "J. R. Smith and Acme Inc. won.| Nobody knew.",
        "“It rains.”| He left.",
        "“Does it rain?” he asked.| She nodded.",
        "It fell 15%。|In one day it rose.",
        "It cost 1.5 million.| It was 3.14 m long.",
        "It was late ...| He left.",
        "“The end.” — Maria Lopez",
    ],
)
def test_english_sentences_end_where_a_reader_ends_them(marked: str) -> None:
    pieces = [piece.strip() for piece in marked.split("|")]
    assert sentences(marked.replace("|", "")) == pieces


@pytest.mark.parametrize(
    "marked",
    [
        "下雨了。|他走了！|真的吗？|是的。",
        "他说：“下雨了。”|然后走了。",
        "同比增长3.5%。|他很高兴。",
    ],
)
def test_chinese_sentences_end_where_a_reader_ends_them(marked: str) -> None:
    assert sentences(marked.replace("|", ""), "zh") == marked.split("|")


def test_a_line_is_a_paragraph_and_ends_its_sentence() -> None:
    assert sentences("Harbour opens\nIt rains.\n\n  It pours.  ") == [
        "Harbour opens",
        "It rains.",
        "It pours.",
    ]


def test_excluded_ranges_hold_no_sentence() -> None:
    text = "LEEDS (Agency) - It rains. It pours. (Agency)"
    assert sentences(text, excluded=(Range(0, 16), Range(36, 45))) == ["It rains.", "It pours."]


def test_tokens_cut_out_what_they_say() -> None:
    for language, text in (
        ("en", "The U.S.-based O'Brien's state-owned firm saidChinese **"),
        ("zh", "周某某 表示,𠮷野家２家。"),
    ):
        segmented = segment(text, load_pack(language))
        assert [token.text for token in segmented.tokens] == [
            text[one.start : one.end] for one in segmented.tokens
        ]
        assert "".join(token.text for token in segmented.tokens) == "".join(text.split())


def test_words_that_lost_the_blank_between_them_are_two() -> None:
    tokens = [
        token.text
        for token in segment("He saidChinese firms use YouTube and iPhones", load_pack("en")).tokens
    ]
    assert tokens == ["He", "said", "Chinese", "firms", "use", "YouTube", "and", "iPhones"]
