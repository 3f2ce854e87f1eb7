"""An article takes time, and gives records, in proportion to its length, whatever it repeats."""

import pytest

from build_dataset.document import Document
from build_dataset.pipeline import extract_article
from build_dataset.records import article_records
from tests.proportion import MOST, assert_in_proportion

SHORT = 2_000
"""Characters; the long text has ten times as many."""

OPENINGS = {
    "en": "The mayor said on Monday that the bridge will close. " * 3,
    "zh": "市长周一表示，大桥将封闭。" * 3,
}
"""What tells the language: a text that is nothing but marks has none, and nothing is looked for in it."""

MARKS = [
    '"',
    "“",
    "”",
    "‘",
    "’",
    "'",
    "„",
    "«",
    "»",
    "「",
    "」",
    "『",
    "『「",
    "“”",
    "“‘’”",
    "「『』」",
    "''",
    '"a" ',
    "「啊」",
]
BRACKETS = ["(", ")", "()", "((", "[", "【", "（", "《", "《》", "<", "{", "(AP) ", "（记者王明）"]
FIGURES = [
    "9",
    "9,",
    "9.",
    "9 ",
    "-",
    "−",
    "–",
    "%",
    "9%",
    "$",
    "€9",
    "9亿",
    "一",
    "亿",
    "9 people, ",
    "超过9万人，",
    "from 9 to ",
]
SEPARATORS = [",", "，", "、", "。", ".", ";", ":", "：", "!", "…", "—", "·", "/", "_", "*", "&", "@"]
INVISIBLE = [
    "\n",
    "\n\n",
    "\r",
    "\t",
    " ",
    "\u3000",
    "\u00a0",
    "\u200b",
    "\ufeff",
    "\u0301",
    "e\u0301",
    "\u202e",
    "\x0b",
    "\u2028",
]
WORDS = [
    "a",
    "A",
    "word ",
    "Name ",
    "王",
    "的",
    "说",
    "\U0001f600",
    "\U00020bb7",
    "U.S. ",
    "a-",
    "http://a.b/",
]
ENGLISH = [
    *("He said that ", "said ", "said: ", "she said, ", "According to Ann Lee, ", "Ann Lee, ", "Mr. Lee "),
    *("the mayor of ", "told Lee that ", "who said ", '," said Ann. ', "“Yes,” he said, ", "Lee: "),
    *('\nLee: "a" ', "\nBy Ann Lee\n"),
]
CHINESE = [
    *(
        "他说",
        "他说，",
        "他说：“",
        "据",
        "据王明说，",
        "王明，",
        "记者",
        "”他说。",
        "，”他说，“",
        "市长王明表示，",
    ),
    *("王明：", "\n王明：“啊”"),
]
UNITS = [*MARKS, *BRACKETS, *FIGURES, *SEPARATORS, *INVISIBLE, *WORDS, *ENGLISH, *CHINESE]


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize("opening", OPENINGS)
def test_ten_times_the_text_takes_about_ten_times_as_long(opening: str, unit: str) -> None:
    short, long = (OPENINGS[opening] + unit * (length // len(unit)) for length in (SHORT, 10 * SHORT))

    assert_in_proportion(records, short, long)


def records(text: str) -> None:
    """What a build does with a text."""
    article_records(extract_article(Document("any", text)))


@pytest.mark.parametrize("unit", ["9 people, ", "超过9万人，", "“Yes,” he said, ", "，”他说，“"])
def test_records_do_not_repeat_the_text_over_and_over(unit: str) -> None:
    """A sentence with thousands of figures is not the context of each of them."""
    short, long = (OPENINGS["zh"] + unit * (length // len(unit)) for length in (2 * SHORT, 20 * SHORT))

    assert contexts(long) <= MOST * contexts(short)


def contexts(text: str) -> int:
    """Characters of context in the records of a text."""
    found = article_records(extract_article(Document("any", text)))
    return sum(len(quote.context) for quote in found.quotes) + sum(
        len(statistic.context) for statistic in found.statistics
    )
