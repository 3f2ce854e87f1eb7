"""Chinese quantities that the dataset leaves out: they are read all the same, with the reason."""

from decimal import Decimal

import pytest

from build_dataset.extract.figures import Exclusion, Figure
from build_dataset.lang.pack import load_pack
from build_dataset.segment.text import segment


def figures(text: str) -> list[Figure]:
    pack = load_pack("zh")
    return list(pack.quantities.figures(segment(text, pack)))


@pytest.mark.parametrize(
    ("text", "span", "low", "high", "unit", "exclusion"),
    [
        ("他是一名医生。", "一名", 1, None, "名", Exclusion.ONE),
        ("一周只有一天休息。", "一周", 1, None, "week", Exclusion.ONE),
        ("他今年45岁。", "45岁", 45, None, "year", Exclusion.AGE),
        ("六至九歲的學童", "六至九歲", 6, 9, "year", Exclusion.AGE),
        ("孩子四个月大。", "四个月大", 4, None, "month", Exclusion.AGE),
        ("三千年前的城址", "三千年", 3000, None, "year", Exclusion.PAST),
        ("20分钟之前发车", "20分钟", 20, None, "minute", Exclusion.PAST),
        ("答案是九。", "九", 9, None, None, Exclusion.BARE),
        ("答案是-7。", "-7", -7, None, None, Exclusion.BARE),
        ("读数为-300K。", "-300K", -300000, None, None, Exclusion.BARE),
        ("算出1e6。", "1e6", 1000000, None, None, Exclusion.BARE),
        ("算出2^10。", "2^10", 1024, None, None, Exclusion.BARE),
        ("他得2/5。", "2/5", "0.4", None, None, Exclusion.BARE),
        ("每十万人中有三例。", "十万人", 100000, None, "人", Exclusion.BARE),
        ("损失几十万元。", "几十万元", 100000, 1000000, "CNY", Exclusion.VAGUE),
        ("來了十幾名記者。", "十幾名", 10, 20, "名", Exclusion.VAGUE),
        ("一百几十名工人", "一百几十名", 110, 200, "名", Exclusion.VAGUE),
        ("数十亿美元", "数十亿美元", 10**9, 10**10, "USD", Exclusion.VAGUE),
        ("百名志愿者到场。", "百名", 100, None, "名", Exclusion.VAGUE),
        ("两国签署协议。", "两国", 2, None, "国", Exclusion.NAME),
        ("七大洲五大洋", "七大洲", 7, None, "大洲", Exclusion.NAME),
        ("六大国会谈。", "六", 6, None, None, Exclusion.NAME),
    ],
)
def test_what_the_dataset_leaves_out_is_read_with_the_reason(
    text: str, span: str, low: float | str, high: float | None, unit: str | None, exclusion: Exclusion
) -> None:
    figure = figures(text)[0]

    assert text[figure.start : figure.end] == span
    assert (figure.low, figure.high) == (Decimal(low), None if high is None else Decimal(high))
    assert (figure.unit, figure.exclusion) == (unit, exclusion)


@pytest.mark.parametrize(
    "text",
    [
        *[
            "第三名",
            "第二百五十",
            "2024年5月6日",
            "八月十五",
            "九点四十",
            "13点",
            "12-11-10",
            "2023-2024赛季",
        ],
        *[
            "GPT-4和5G",
            "万一下雨",
            "百闻不如一见",
            "三星手机",
            "十分重要",
            "一起努力",
            "路易十六世",
            "58同城",
            "1. 开幕",
            "13912345678",
        ],
        *[
            "https://example.org/300%20公里",
            "二〇二四年",
            "“3·15”晚会",
            "一二·九运动",
            "两点一刻",
            "于1842签订",
        ],
    ],
)
def test_dates_ordinals_and_names_are_no_quantities_at_all(text: str) -> None:
    assert figures(text) == []


def test_what_is_left_out_swallows_no_figure_beside_it() -> None:
    text = "三年前他才15岁，一个人用几十万元买下3台机器，两国各出资200万元。"
    kept = [text[one.start : one.end] for one in figures(text) if one.exclusion is None]

    assert kept == ["3台", "200万元"]
