"""Digits and number characters of Chinese text that are a date, a time, a telephone number, a feast."""

import re

from build_dataset.lang.zh.quantities.data import QuantityData
from build_dataset.lang.zh.quantities.units import alternatives

_YEAR = r"(?:1\d{3}|20\d\d)"
_MONTH = r"(?:1[0-2]|0?[1-9])\s?月(?!龄)"
_DAY = r"(?:3[01]|[12]\d|0?[1-9])\s?[日号號]"
_CHARACTERS = "[零〇○一二三四五六七八九十]"
_SPELLED_MONTH = "(?:十[一二]?|正|腊|[一二三四五六七八九])月(?!龄)"
_SPELLED_DAY = (
    "(?:初[一二三四五六七八九十]|廿[一二三四五六七八九]?"
    "|[二三]?十[一二三四五六七八九]?(?=$|[，。、；早晚上下凌中夜的]))"
)
_MINUTE = (
    "(?:[二三四五]?十[一二三四五六七八九]?分?|[一三]刻|[零一二三四五六七八九]{1,2}分"
    "|[0-5]?\\d分|半|整|[钟鐘]|许|左右)"
)
_DAYTIME = "(?<=[午晚晨早间夜])"
_TO = r"\s?[-—–~～至到]{1,2}\s?"
_DIGIT = "[一二三四五六七八九]"
_DIGIT_TO_TEN = "[一二三四五六七八九十]"
_NO_DATE = "(?!历史|的历史|以上|多|余|级|之久)"
LONGEST_SCORES = 20
"""Characters about a result in which its results before and a word of sports are looked for."""

_BEFORE_SCORE = re.compile(r"(?:以|比分[^，。；,;\d]{0,6})(?:\d{1,2}[:：]\d{1,2}[、，,和及])*$")
_DATE = re.compile(
    rf"""
      (?:(?<=公元前)|(?<=公元)|(?<=西元)|(?<=西元前))\s?(?:约\s?)?\d{{1,4}}年(?:{_TO}\d{{1,4}}年)?
    | {_YEAR} (?:{_TO}|/) (?:(?:1\d|20)?\d{{2}})? \s?年 (?!级|以上|多|历史|的历史) (?:\d{{1,2}}月)?
    | (?:{_YEAR}|[２１][０-９]{{3}}) \s?年 {_NO_DATE} [度底初末中]? (?:\s?{_MONTH}(?:\s?{_DAY})?)?
    | {_YEAR} [-/.]\d{{1,2}}[-/.]\d{{1,2}} (?:[ T]+\d{{1,2}}:\d{{2}}(?::\d{{2}})?)?
    | [一二][零〇○一二三四五六七八九]{{3}}年 [度底初末中]?
    | [零〇○一二三四五六七八九]{{2}}年 (?=[一二三四五六七八九十]{{1,2}}月|代|初|底|末)
    | \d\d年 (?=\d{{1,2}}月|底|初|末|上半|下半|第|春|夏|秋|冬|[一二三四]季|[Qq]\d)
    | 0\d年
    | (?:元|{_CHARACTERS}{{1,4}}|\d{{1,3}})年 (?=(?:{_SPELLED_MONTH}|{_MONTH}))
    | (?:{_SPELLED_MONTH} | (?<=[正腊臘]月)) {_SPELLED_DAY}
    | (?<=初)(?<![年月季纪紀起当當最]初) {_DIGIT_TO_TEN} (?![十百千万萬个個名])
    | {_MONTH} (?:份|底|初|末|中旬|上旬|下旬)? (?:\s?{_DAY})? (?:{_TO}(?:\d{{1,2}}月)?{_DAY})?
    | (?:十[一二]?|{_DIGIT})月(?!龄) (?:份|底|初|末|中旬|上旬|下旬)? (?:[一二三四五六七八九十]{{1,3}}[日号號])?
    | (?:1[0-2]|[1-9]){_TO}{_MONTH}(?:份|底|初|末|中旬|上旬|下旬)?
    | (?:十[一二]?|{_DIGIT})[至到](?:十[一二]?|{_DIGIT})月(?!龄)份?
    | (?:{_DIGIT}|[两兩\d])[升降增减涨跌平](?:{_DIGIT}|[两兩\d])[升降增减涨跌平]
    | (?:\d{{1,2}}(?:{_TO}|、))?{_DAY} (?!内|之内|以内|游|线|楼|院|店|机|车|馆|厅|门|井)
    | (?:[二三]?十{_DIGIT}?|{_DIGIT})[日号號] (?!内|之内|以内|游|线|楼)
    | (?P<clock> (?:[01]?\d|2[0-4])[:：][0-5]\d ) (?:[:：][0-5]\d)? (?!\d)
    | (?:[01]?\d|2[0-4])\s?[时時](?:\s?[0-5]?\d分)?[许整]?
    | (?:[01]?\d|2[0-4])[点點](?:\s?{_MINUTE} | (?![\d零一二三四五六七八九])) (?!以上|要求)
    | (?:十[一二三四五六七八九]?|二十[一二三四]?|{_DIGIT}|两|兩|零)[点點][钟鐘]?{_MINUTE}
    | {_DAYTIME}(?:十[一二]?|{_DIGIT}|两|兩|零)(?:[至到](?:十[一二]?|{_DIGIT}))?[点點时時]
    | (?:1\d|2[01]|[1-9])\s?世[纪紀](?:\d0年代)?
    | (?:二十一?|十{_DIGIT}?|{_DIGIT})世[纪紀](?:{_DIGIT}十年代)?
    | \d0年代 | {_DIGIT}十年代 | [6-9056]0\s?后 | 00后 | [零七八九]零后
    | [一二三四1-4]季[度报]
    | 十[一二三四五六]五(?=规划|时期|期间|末|开局|以来|计划|[”」，。、])
    | 1[3-9]\d{{9}}(?!\d) | 0\d{{2,3}}-\d{{7,8}} | 400-\d{{3}}-?\d{{4}}
    | [五六七八九]一(?=节|假期|黄金周|长假|国际|小长假|期间|劳动)
    | 十一(?=假期|黄金周|长假|国庆|期间)
    | \d{{1,2}}[·•]\d{{1,2}}(?!\d) | {_CHARACTERS}{{1,3}}[·•]{_CHARACTERS}{{1,3}}
    | (?: (?:[二四八]|十六)分之一 | 1/(?:[248]|16) ) 决赛
    | 九一八 | 九一一 | 七七事变
    """,
    re.VERBOSE,
)


class DateFinder:
    """Finds what is a date, a time, a telephone number, a feast."""

    def __init__(self, data: QuantityData) -> None:
        self._before_levels = data.before_levels
        self._scores = re.compile(alternatives(data.score_words))

    def end(self, text: str, start: int) -> int:
        """Where the date at a place ends; `start` where there is none."""
        match = _DATE.match(text, start)
        if match is None or (match["clock"] is not None and self._is_score(text, start, match.end())):
            return start
        if "点" in match.group() and text[start - 1 : start] in self._before_levels:
            return start  # 上涨30点: the point of an index
        return match.end()

    def _is_score(self, text: str, start: int, end: int) -> bool:
        """以21:16和21:12战胜, 比分分别为21:16: a result, where 21:16 alone is a time."""
        if _BEFORE_SCORE.search(text, max(0, start - LONGEST_SCORES), start) is None:
            return False
        return self._scores.search(text, max(0, start - LONGEST_SCORES), end + LONGEST_SCORES) is not None
