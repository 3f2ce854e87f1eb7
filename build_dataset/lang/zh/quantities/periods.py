"""Words of a Chinese text for a time: for which one a figure is, and with which one it is compared."""

import re

from build_dataset.lang.zh.quantities.data import QuantityData
from build_dataset.lang.zh.quantities.units import alternatives


def time_pattern(data: QuantityData) -> re.Pattern[str]:
    """Matches a time; the group `comparison` where a figure is compared with it (同比, 较去年同期)."""
    number = "[一二两三四五六七八九十几数\\d]{1,3}"
    part = (
        rf"(?:上半年|下半年|全年|第?[一二三四1-4]季度|前{number}个?(?:月|季度)"
        r"|\d{1,2}月(?:份|[底末初中]|\d{1,2}日)?)"
    )
    year = rf"(?:(?:1[89]|20)\d\d年(?:度|[底末初]|{part})?|(?:{alternatives(data.years)})(?:{part}|同期|[底末初])?)"
    length = (
        rf"(?:{alternatives(data.spans)}){number}(?:多|余)?个?(?:年|月|季度|天|周|小时)(?:来|内|间|里|中)?"
    )
    period = rf"(?:截至|截止|到)?(?:{year}|{part})|{length}|{alternatives(data.current_times)}"
    comparison = (
        rf"{alternatives(data.comparisons)}"
        rf"|(?:{alternatives(data.compared)})(?:{alternatives(data.former_times)}|{year})(?:同期)?"
    )
    return re.compile(rf"(?P<comparison>{comparison})|(?P<period>{period})")
