"""Licences, captions, and lines that say that the text goes on elsewhere, as Chinese articles word them."""

import re

from build_dataset.lang.zh.metadata.data import MetadataData
from build_dataset.lang.zh.metadata.forms import BLANKS, HAN, MARK
from build_dataset.lang.zh.script import to_simplified
from build_dataset.read.wording import any_of

_RIGHTS = re.compile(r".*(?:版权所有|保留所有权利|All rights reserved).*|(?:©|Copyright\b).*", re.IGNORECASE)
_TITLE_MARKS = re.compile("《([^《》]{2,60})》")
_LICENSE_NAME_END = re.compile("[，。；,;]|进行|授权|发布|许可$|\\.(?!\\d)")
_LICENSE_WORD = re.compile("协议|许可|CC|Creative", re.IGNORECASE)
LONGEST_RIGHTS = 80
"""Characters of a line that reserves all rights."""
LONGEST_BEFORE = 12
"""Characters of a line before it speaks of the article."""
LONGEST_CAPTION = 100
LONGEST_ASIDE = 160


class Notices:
    """The forms of what is neither byline nor text."""

    def __init__(self, data: MetadataData) -> None:
        self._licensed = re.compile(rf"{any_of(data.works)}.{{0,12}}?{any_of(data.licensing)}")
        self._caption = re.compile(
            rf"[（(【▲△▼▽↑]*{BLANKS}*(?:(?:{HAN}{{0,6}}{any_of(data.caption_labels)}){MARK}\S.{{0,80}}"
            rf"|.{{0,30}}{any_of(data.captions)}.{{0,10}}[）)】]?|(?:{HAN}{{0,2}}图片?)来自.{{1,20}}"
            rf"|.{{0,60}}[\s\u3000。]{HAN}{{2,4}}[\s\u3000]?[/／]?[摄攝][）)]?)|[▲△▼▽]+.{{1,80}}"
            rf"|{HAN}{{2,4}}(?:中心|组){BLANKS}*[/／]{BLANKS}*{HAN}{{2,4}}(?:报道|报导)"  # a desk, nobody's name
        )
        self._related = re.compile(rf"\W*{any_of(data.related_headings)}\s*[:：]?\W*")
        self._aside = re.compile(rf"\W*{any_of(data.asides)}")
        goes_on = any_of(data.goes_on)
        self._goes_on = re.compile(
            rf".{{0,12}}{goes_on}.{{0,12}}|.*[^。！？”](?:…+|\.{{3,}}){BLANKS}*(?:{goes_on})?"
        )

    def license(self, line: str) -> str | None:
        """本作品采用《某协议》, 本文采用某许可协议进行许可, 版权所有."""
        folded = to_simplified(line)
        if _RIGHTS.fullmatch(folded) and len(line) <= LONGEST_RIGHTS:
            return line
        licensed = self._licensed.search(folded)
        if licensed is None or licensed.start() > LONGEST_BEFORE:
            return None
        if _LICENSE_WORD.search(folded, licensed.end()) is None:
            return None
        marked = _TITLE_MARKS.search(line, licensed.end())
        if marked and _LICENSE_WORD.search(to_simplified(marked[1])):
            return marked[1]
        rest = line[licensed.end() :]
        end = _LICENSE_NAME_END.search(to_simplified(rest))
        return (rest[: end.start()] if end else rest).strip(" 了《》“”") or None

    def caption(self, line: str) -> bool:
        """图源：…, 资料图, 标签：…; not where somebody is quoted in it."""
        if len(line) > LONGEST_CAPTION or "“" in line:
            return False
        return self._caption.fullmatch(to_simplified(line)) is not None

    def related(self, line: str) -> bool:
        """相关阅读, 热门评论."""
        return len(line) <= LONGEST_CAPTION and self._related.fullmatch(to_simplified(line)) is not None

    def aside(self, line: str) -> bool:
        """扫描二维码关注…, 免责声明：…; not where somebody is quoted in it."""
        return (
            len(line) <= LONGEST_ASIDE
            and "“" not in line
            and self._aside.match(to_simplified(line)) is not None
        )

    def goes_on(self, line: str) -> bool:
        """阅读全文, a last line that ends in dots."""
        return self._goes_on.fullmatch(to_simplified(line)) is not None
