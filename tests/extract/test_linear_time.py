"""Reading figures takes time in proportion to the text, whatever it repeats."""

import time

import pytest

from build_dataset.extract.statistics import assemble
from build_dataset.lang.pack import load_pack
from build_dataset.segment.text import segment

SHORT, LONG = 1_500, 12_000
"""Characters. Eight times the text: a step for each pair of characters would take 64 times as long."""

MOST = 24
"""How many times as long eight times the text may take, with room for a machine that does other things besides."""

ENGLISH = [
    *[
        "9",
        "9,",
        "9 ",
        "1.",
        "9e",
        "9e ",
        "9/",
        "9^",
        "9 to ",
        "9 per ",
        "$",
        "$9 and ",
        "(9) ",
        "-",
        "a ",
        "one ",
    ],
    *["one hundred ", "one hundred thousand million ", "one thousand one thousand ", "twenty-", "half a "],
    *["a quarter of a ", "and a half ", "3 hundred and ", "5 ft 3 in ", "3 dollars and ", "more than 9 and "],
    *["one over ", "point nought ", "rose 5 percent to ", "fell 5% ", "in 2019 ", "**5"],
]
CHINESE = [
    *[
        "1,",
        "9",
        "亿",
        "一亿",
        "几十",
        "翻番",
        "十点",
        "1又",
        "三分之",
        "大于1小于",
        "1块2",
        "每1",
        "9^9",
        "负负",
        "½",
        "一 ",
    ],
    *["半", "第一", "增长5%", "从3到", "零", "5 %"],
]


@pytest.mark.parametrize(
    ("language", "unit"), [*(("en", unit) for unit in ENGLISH), *(("zh", unit) for unit in CHINESE)]
)
def test_eight_times_the_text_takes_about_eight_times_as_long(language: str, unit: str) -> None:
    short, long = (unit * (length // len(unit)) for length in (SHORT, LONG))

    assert seconds(long, language) < MOST * max(seconds(short, language), 0.001)


def seconds(text: str, language: str) -> float:
    """CPU seconds to read a text, the better of two."""
    pack = load_pack(language)
    taken = []
    for _ in range(2):
        began = time.process_time()
        segmented = segment(text, pack)
        assemble(segmented, pack.quantities.figures(segmented))
        taken.append(time.process_time() - began)
    return min(taken)
