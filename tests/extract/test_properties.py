"""What holds for any text at all."""

from datetime import timedelta

from hypothesis import example, given, settings
from hypothesis import strategies as st

from build_dataset.document import Document
from build_dataset.pipeline import extract_article
from build_dataset.records import article_records
from tests.extract.marked import parse
from tests.extract.test_quotes import cases
from tests.grounded import assert_grounded

PIECES = [parse(case.values[0]["says"])[0] for case in cases()]
MARKS = [
    *('"', "“", "”", "「", "」", "『", "』", "«", "»", "„", "'", "‘", "’", "''", "‘‘", "``", "＂"),
    *("(", ")", "（", "）", "[", "]", "【", "】", "《", "》", "**", "*", "_", "#", "•", "…", "——", " — "),
    *("\n", "\n\n", "\r", "\r\n", "\t", "\x0b", "\x1c", "\x85", "\u2028", "\u2029", " ", "\u00a0", "\u3000"),
    *("。", ". ", ", ", "，", "、", "；", "：", ": ", "!", "？", "·", ".", ",", ":", "/", "&", "@", "%", "％", "$"),
    *("-", "–", "−", "€", "£", "¥", "°", "±", "×", "~", "^", "=", "|", "\\", "<", ">"),
    *("\u200b", "\ufeff", "\u00ad", "\u200d", "\u202e", "\u2066", "\u2069", "\u0301", "\u20e3", "\ufe0f", "\U000e0041"),
]  # fmt: skip
ENGLISH = [
    *(
        "said",
        "says",
        "told",
        "according to",
        "added",
        "wrote",
        "asked whether",
        "claims that",
        "who said",
        "that",
    ),
    *(
        "Ann Lee",
        "Mr. Lee",
        "Lee",
        "O’Brien",
        "the mayor",
        "a spokesman for the U.N.",
        "she",
        "they",
        "the company",
    ),
    *(
        "people",
        "percent",
        "million",
        "dollars",
        "rose",
        "fell to",
        "from",
        "to",
        "per day",
        "in 2019",
        "on Monday",
    ),
    *(
        "(AP)",
        "By Ann Lee",
        "WASHINGTON",
        "Photo:",
        "©",
        "Jan. 5, 2024",
        "The",
        "and",
        "of",
        "not",
        "not only",
    ),
]
CHINESE = [
    *(
        "说",
        "表示",
        "称",
        "指出",
        "据",
        "介绍",
        "认为",
        "记者",
        "透露",
        "问",
        "答",
        "没有",
        "的",
        "了",
        "将",
        "已",
    ),
    *("王明", "李梅", "市长", "局长王明", "他", "她", "该公司", "港务局", "阿里·汗", "𬸚", "𠮷"),
    *(
        "人",
        "万",
        "亿",
        "元",
        "亿元",
        "%",
        "百分之",
        "增长",
        "同比",
        "下降到",
        "从",
        "到",
        "约",
        "第",
        "每",
        "余",
        "多",
    ),
    *("2019年", "3月5日", "周一", "（记者 王明）", "本报讯", "新华社北京3月5日电", "编辑：", "来源："),
]
NUMBERS = [
    "0",
    "1",
    "12",
    "4,300",
    "3.5",
    "1e9",
    "½",
    "१२",
    "１２",
    "一",
    "两",
    "三十",
    "twelve",
    "a dozen",
    "9" * 40,
    "²",
    "Ⅻ",
    "①",
]

news = st.one_of(*(st.sampled_from(words) for words in (PIECES, MARKS, MARKS, ENGLISH, CHINESE, NUMBERS)))
any_characters = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
texts = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=300),
    st.lists(st.one_of(news, any_characters), max_size=14).map("".join),
    st.lists(st.one_of(news, st.just(" ")), max_size=40).map("".join),
    st.lists(st.sampled_from([*ENGLISH, *NUMBERS, *MARKS]), max_size=40).map(" ".join),
    st.lists(st.sampled_from([*CHINESE, *NUMBERS, *MARKS]), max_size=40).map("".join),
)


@settings(max_examples=500, deadline=timedelta(seconds=10))
@given(texts)
@example("SAID「”0”")
@example("It's a reasonable assumption then that the harbor will need at least 60 boats to open this fall.")
def test_every_record_of_any_text_is_grounded(text: str) -> None:
    """No text breaks the extraction, and every record is as a valid dataset has it."""
    assert_grounded(Document("any", text))


@settings(max_examples=60, deadline=timedelta(seconds=10))
@given(texts)
def test_the_same_text_gives_the_same_records(text: str) -> None:
    assert article_records(extract_article(Document("any", text))) == article_records(
        extract_article(Document("any", text))
    )
