"""Figures, as the cases in tests/cases/<language>/statistics.yaml state them, and what holds for any text.

The cases were made for the rules; the annotated articles, on which the rules are only measured, are in
tests/test_accuracy.py.
"""

import math
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from inflection import singularize

from build_dataset.document import Document, Range, StatisticCandidate
from build_dataset.extract.statistics import assemble
from build_dataset.lang.en.quantities.data import QuantityData
from build_dataset.lang.pack import load_data, load_pack
from build_dataset.pipeline import extract_article
from build_dataset.segment.text import segment

CASES = Path(__file__).parents[1] / "cases"
_MARK = re.compile(r"\[([^\]]+)\]")


def cases() -> list[Any]:
    collected = []
    for file in sorted(CASES.glob("*/statistics.yaml")):
        language = file.parent.name
        for case in yaml.safe_load(file.read_text(encoding="utf-8")):
            collected += [
                pytest.param(language, case["expect"], says, id=f"{language}-{says[:48]}")
                for says in case["says"]
            ]
    return collected


def statistics(text: str, language: str) -> list[StatisticCandidate]:
    pack = load_pack(language)
    segmented = segment(text, pack)
    return assemble(segmented, pack.quantities.figures(segmented))


def subjects(text: str, language: str) -> list[str | None]:
    return [one.subject and text[one.subject.start : one.subject.end] for one in statistics(text, language)]


@pytest.mark.parametrize(("language", "expect", "says"), cases())
def test_a_figure_is_read_as_marked(language: str, expect: Any, says: str) -> None:
    """What stands in brackets is the one statistic of the sentence, with this reading."""
    text = _MARK.sub(r"\1", says)
    expected = [] if expect == "nothing" else [expect] if isinstance(expect, dict) else expect
    actual = statistics(text, language)

    assert _MARK.findall(says) == [text[one.start : one.end] for one in actual]
    for wanted, one in zip(expected, actual, strict=True):
        assert wanted == {key: getattr(one, key) for key in wanted}
        assert wanted.get("value_max") == one.value_max
        assert wanted.get("qualifier") == one.qualifier


@pytest.mark.parametrize(
    ("language", "text", "flags"),
    [
        ("en", "Shares of the retailer fell 158%.", {"implausible"}),
        ("en", "The compound annual growth rate was 3998%.", {"implausible"}),
        ("en", "Spending will reach 6,008 by 2027100 million yuan.", {"implausible"}),
        ("en", "According to the poll, 158% of people agree.", {"implausible"}),
        ("en", "The harbor handled 12,3456 tons.", {"garbled"}),
        ("en", "Profits rose by 12** percent.", {"garbled"}),
        ("en", "The firm raised $80 ** last year.", {"garbled"}),
        ("en", "The firm has **12** shops in Ohio.", set()),
        ("en", "Shares of the retailer fell 15.8%.", set()),
        ("en", "Sales rose 158%.", set()),
        ("en", "The plan costs 10,000 million yuan.", set()),
        ("zh", "股价暴跌158%。", {"implausible"}),
        ("zh", "年均复合增长率为3998%。", {"implausible"}),
        ("zh", "该产品市场占比158%。", {"implausible"}),
        ("zh", "规模将达20271000亿元。", {"implausible"}),
        ("zh", "股价下跌15.8%。", set()),
        ("zh", "产量增长158%。", set()),
    ],
)
def test_a_figure_that_cannot_be_right_is_flagged_and_keeps_its_value(
    language: str, text: str, flags: set[str]
) -> None:
    """Falls and shares beyond the whole, yearly growth without its decimal point, digits run together, masks."""
    (statistic,) = statistics(text, language)

    assert flags == set(statistic.flags)
    assert statistic.value != 0


def test_a_piece_of_a_torn_figure_is_no_figure_of_its_own() -> None:
    """ "6,008 by 2027100 million yuan" was 6,008 × 100 million by 2027: one flagged figure, as printed."""
    (statistic,) = statistics("It will reach 6,008 by 2027100 million yuan.", "en")

    assert statistic.value == 2_027_100_000_000


def test_the_subject_is_in_the_words_of_the_article() -> None:
    """The noun behind "of", the noun tied to the number, the words before the verb or the colon."""
    text = "Net profit rose 12%. It surveyed 33% of rural shops. They showed a 60-second video. Attendance: 12,300."

    assert subjects(text, "en") == [
        "Net profit",
        "rural shops",
        "video",
        "Attendance",
    ]


def test_chinese_figures_in_a_row_share_their_subject() -> None:
    """Words of comparison (同比) and of degree (高达) are no part of it."""
    text = "三家公司的利润分别为3亿元、5亿元和8亿元。销量达到60万辆，同比增长12%。增幅高达35%。"

    assert subjects(text, "zh")[1:] == [
        *["公司的利润"] * 3,
        "销量",
        "销量",
        "增幅",
    ]


def test_a_statistic_knows_its_sentence() -> None:
    text = "It was dry. Rain fell for 40 days. Then it was dry again."
    (statistic,) = statistics(text, "en")

    assert text[slice(*statistic.context)] == "Rain fell for 40 days."


def test_lines_about_the_article_hold_no_statistic() -> None:
    pack = load_pack("en")
    text = "Updated 15 minutes later\nRain fell for 40 days."
    segmented = segment(text, pack, (Range(0, 24),))
    found = assemble(segmented, pack.quantities.figures(segmented))

    assert [text[one.start : one.end] for one in found] == ["40 days"]


HOSTILE = [
    "9" * 5000,
    "1e999999%",
    "½ of it, −5 °C, ٣٤٥ people, 一亿亿亿亿亿亿亿亿元, ５０００％",
    "1.2.3.4.5, 1,2,3,4,5 and 12:61:99",
    "$" * 500 + "5",
    "百分之" * 50,
    "one hundred and " * 50,
    "0/0 of them, 5:0, 3比0, 零分之五",
    "million million million million million dollars, 5 million million million million million billion",
]


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: text[:20])
def test_hostile_numbers_give_finite_values_or_nothing(language: str, text: str) -> None:
    _assert_sound(text, statistics(text, language))


SNIPPETS = st.sampled_from(
    [
        "5",
        "3.5",
        "1,200",
        "2024",
        "%",
        " percent",
        "$",
        "€",
        "million",
        " to ",
        "-",
        "–",
        "from ",
        "about ",
        "half ",
        "a ",
        "one ",
        "twenty",
        " hundred",
        " years",
        "m ",
        " ",
        ".",
        ", ",
        "(",
        ")",
        "**",
        "people ",
        "of ",
        "the ",
        "No. ",
        *list("亿万元个十三至年月第半多名约《》。，比零点\n度½٣５"),
        "百分之",
        "分之",
        "公里",
        "零下",
    ]
)
ANY_TEXT = st.one_of(st.text(max_size=80), st.lists(SNIPPETS, max_size=25).map("".join))


@settings(deadline=None, max_examples=300)
@given(text=ANY_TEXT, language=st.sampled_from(["en", "zh"]))
def test_any_text_gives_grounded_statistics_without_overlap(text: str, language: str) -> None:
    _assert_sound(text, statistics(text, language))


def _assert_sound(text: str, found: list[StatisticCandidate]) -> None:
    end = 0
    for one in found:
        assert end <= one.start < one.end <= len(text)
        assert text[one.start : one.end].strip() == text[one.start : one.end]
        assert math.isfinite(one.value) and (one.value_max is None or one.value < one.value_max < math.inf)
        assert 0 < one.confidence < 1
        assert one.context.start <= one.start and one.end <= one.context.end
        end = one.end


@settings(deadline=None)
@given(number=st.integers(min_value=10, max_value=10**9).filter(lambda number: not 1000 <= number < 2200))
def test_an_integer_written_in_any_supported_way_is_read_back(number: int) -> None:
    grouped = f"{number:,}"
    for text, language in [
        (f"They counted {grouped} birds.", "en"),
        (f"They counted {english(number)} birds.", "en"),
        (f"It costs ${grouped}.", "en"),
        (f"It costs {grouped.replace(',', '.')},00 euros.", "en"),
        (f"It has {grouped.replace(',', chr(0xA0))} residents.", "en"),
        (f"It costs Rs {indian(number)}.", "en"),
        (f"It fell by {number} meters.", "en"),
        (f"共有{number}名代表。", "zh"),
        (f"共有{full_width(str(number))}名代表。", "zh"),
        (f"售价{grouped}元。", "zh"),
        (f"售价{chinese(number)}元。", "zh"),
        (f"收到人民币{capital(number)}元整。", "zh"),
    ]:
        (statistic,) = statistics(text, language)
        assert number == statistic.value, text


@settings(deadline=None)
@given(tenths=st.integers(min_value=11, max_value=9999).filter(lambda tenths: tenths % 10))
def test_a_scale_multiplies_exactly(tenths: int) -> None:
    written = f"{tenths // 10}.{tenths % 10}"
    for text, language, scale in [
        (f"It cost ${written} million.", "en", 10**5),
        (f"It cost ${written}bn.", "en", 10**8),
        (f"销量为{written}万辆。", "zh", 10**3),
        (f"营收为{written}亿元。", "zh", 10**7),
    ]:
        (statistic,) = statistics(text, language)
        assert tenths * scale == statistic.value, text


@settings(deadline=None)
@given(hundredths=st.integers(min_value=1, max_value=9999), language=st.sampled_from(["en", "zh"]))
def test_a_decimal_percentage_is_read_back_exactly(hundredths: int, language: str) -> None:
    written = f"{hundredths / 100:.2f}"
    (statistic,) = statistics(
        f"The rate is {written}%." if language == "en" else f"比率为{written}%。", language
    )

    assert float(written) == statistic.value


def english(number: int) -> str:
    """A number below 10^12 in English words."""
    for scale, word in ((10**9, "billion"), (10**6, "million"), (1000, "thousand"), (100, "hundred")):
        if number >= scale:
            high, low = divmod(number, scale)
            joint = " and " if scale == 100 else " "
            return f"{english(high)} {word}" + (joint + english(low) if low else "")
    if number < len(SMALL):
        return SMALL[number]
    tens, ones = divmod(number, 10)
    return TENS[tens - 2] + (f"-{SMALL[ones]}" if ones else "")


SMALL = [
    *["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven"],
    *["twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"],
]
TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]


def indian(number: int) -> str:
    """Digits grouped as in India: 12,34,567."""
    head, tail = str(number)[:-3], str(number)[-3:]
    pairs = [head[max(0, end - 2) : end] for end in range(len(head), 0, -2)]
    return ",".join([*reversed(pairs), tail])


def full_width(digits: str) -> str:
    """Digits as wide as Chinese characters."""
    return "".join(chr(ord(digit) - ord("0") + ord("０")) for digit in digits)


def capital(number: int) -> str:
    """The characters that cheques are written with."""
    return chinese(number).translate(str.maketrans("一二三四五六七八九十百千", "壹贰叁肆伍陆柒捌玖拾佰仟"))


def chinese(number: int) -> str:
    """A number below 10^12 in Chinese characters."""
    if number < 10_000:
        written = "".join(
            ("零一二三四五六七八九"[int(digit)] + unit if digit != "0" else "零")
            for digit, unit in zip(f"{number:04}", ("千", "百", "十", ""), strict=True)
        )
        return re.sub("零+", "零", written).strip("零")
    for scale, unit in ((10**8, "亿"), (10**4, "万")):
        if number >= scale:
            high, low = divmod(number, scale)
            zero = "零" if low and low < scale // 10 else ""
            return chinese(high) + unit + (zero + chinese(low) if low else "")
    raise AssertionError(number)


def test_a_listed_singular_is_one_that_the_rules_get_wrong() -> None:
    """The list stays short: what `inflection` knows is not in it."""
    singulars = load_data(QuantityData, "en", "quantities").singulars

    assert {plural: one for plural, one in singulars.items() if singularize(plural) != one} == singulars


def test_statistics_come_out_of_the_whole_pipeline() -> None:
    extraction = extract_article(
        Document("case", "The bridge, which is 640 meters long, cost $18.6 million.")
    )

    assert [one.value for one in extraction.statistics] == [640, 18_600_000]
