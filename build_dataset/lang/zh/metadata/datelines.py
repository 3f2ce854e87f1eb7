"""What stands before the first and behind the last sentence of Chinese articles."""

import re
from dataclasses import replace

from build_dataset.lang.zh.metadata.bylines import Bylines
from build_dataset.lang.zh.metadata.data import MetadataData
from build_dataset.lang.zh.metadata.forms import BLANKS, HAN, Forms
from build_dataset.lang.zh.metadata.names import name_before_place, read_names
from build_dataset.lang.zh.script import to_simplified
from build_dataset.read.facts import Facts, bylines, day
from build_dataset.read.wording import any_of

_BRACKETS_AT_END = re.compile(r"[（(【〔\[]([^（）()【】〔〕\[\]]{1,80})[）)】〕\]]\s*$")
_BRACKETS_AT_START = re.compile(
    r"([^（）()【】〔〕\[\]。，]{0,24}?)\s*[（(【〔\[]([^（）()【】〔〕\[\]]{2,80})[）)】〕\]]\s*"
)
_SENTENCE_BEFORE = re.compile("[。！？!?.…”’」』）)】]\\s*$")
_AFTER_DATELINE = ":：,，"
_HEADLINE = re.compile(rf"{BLANKS}*题[:：]{BLANKS}*(\S.*)")
LONGEST_OPENING = 160
"""Characters."""


class Datelines:
    """The forms of datelines, and of brackets at the end."""

    def __init__(self, data: MetadataData, forms: Forms, bylines: Bylines) -> None:
        self._forms = forms
        self._bylines = bylines
        self._own_media = data.own_medium
        self._end_marks = data.end_marks
        own, profession, marks = forms.own_medium, forms.profession, any_of(data.dateline_marks)
        medium = rf"(?P<medium>{own}|[A-Za-z\u4e00-\u9fff]{{1,8}}?{any_of(data.medium_words)}|{any_of(data.media)})"
        self._dateline = re.compile(
            rf"(?P<after>据)?(?!据){medium}(?P<place>{HAN}{{2,10}}?)?(?:(?P<year>(?:19|20)\d\d)年)?"
            rf"(?:(?P<month>\d{{1,2}})月)?(?P<day>\d{{1,2}})日?(?:电讯?|(?(after)(?!)|{marks}))"
        )
        self._undated = re.compile(rf"{medium}(?:讯|消息)(?={BLANKS}|[（(:：])")
        self._bracketed = re.compile(
            rf"{medium}{profession}(?P<names>{HAN}{{2,16}}?)(?:\d{{1,2}}月)?\d{{1,2}}日{marks}"
        )
        self._reporters = re.compile(
            rf"{BLANKS}*(?:[（(]([^（）()]{{2,60}})[）)]"
            rf"|({profession}{BLANKS}*[^，。、\s]{{2,8}}(?:[、\s][^，。、\s]{{2,4}}){{0,3}}?(?:报道|报导|(?={BLANKS}))))"
        )
        self._own_report = re.compile(rf"{medium}(?:综合)?(?:报道|消息|讯)")
        self._report = re.compile(
            rf"(?:{own}|{forms.known_medium})?{profession}{HAN}{{2,4}}(?:、{HAN}{{2,4}}){{0,3}}"
            rf"[/／]{HAN}{{2,4}}(?:报道|报导|电)[:：]?{BLANKS}*"
        )

    def opening(self, line: str) -> tuple[Facts, int] | None:
        """某社北京2月22日电（记者张三）, 本报讯（记者 张三）, （某社记者张三台北22日电）."""
        start = len(line) - len(line.lstrip(" \u3000"))
        folded = to_simplified(line[:LONGEST_OPENING])
        dateline = self._dateline.match(folded, start) or self._undated.match(folded, start)
        if dateline is not None:
            return self._from_dateline(line, folded, dateline)
        report = self._report.match(folded, start)
        facts = (
            self._bylines.pieces(line[start : report.end()].rstrip(), report[0].rstrip()) if report else None
        )
        if report is not None and facts is not None:
            return facts, report.end()
        return self._reporters_first(line, _BRACKETS_AT_START.match(folded, start))

    def _reporters_first(self, line: str, brackets: re.Match[str] | None) -> tuple[Facts, int] | None:
        """某日报（记者 张三）."""
        facts = self._in_brackets(line[slice(*brackets.span(2))]) if brackets else None
        if brackets is None or facts is None:
            return None
        before = brackets[1].strip()
        if before and before not in self._own_media and not self._forms.is_medium(before):
            return None
        publisher = facts.publisher or self._forms.publisher(before)
        return Facts(facts.byline, facts.published, publisher), brackets.end()

    def _from_dateline(self, line: str, folded: str, match: re.Match[str]) -> tuple[Facts, int]:
        """What a dateline says, reporters and a headline behind it with it."""
        publisher = line[slice(*match.span("medium"))] if match["medium"] not in self._own_media else None
        stated = match.groupdict()
        dated = stated.get("year") and stated["month"]
        published = day(stated["year"], stated["month"], stated["day"]) if dated else None
        end = match.end() + (folded[match.end() : match.end() + 1] in tuple(_AFTER_DATELINE))
        facts = Facts(published=published, publisher=publisher)
        reporters = self._reporters.match(folded, end)
        if reporters is not None:
            group = 1 if reporters[1] else 2
            named = self._in_brackets(line[slice(*reporters.span(group))])
            alone = read_names(line[slice(*reporters.span(1))]) if reporters[1] else []
            if named is not None or alone:  # alone: 某网北京2月22日电(张三)
                end = reporters.end()
                facts = replace(facts, byline=named.byline if named else bylines(alone, None))
        headline = _HEADLINE.fullmatch(line, end)
        if headline is not None:
            return replace(facts, title=headline[1]), headline.start(1)
        return facts, end

    def _in_brackets(self, inside: str) -> Facts | None:
        """What brackets at either end of a text name: reporters with their medium, a dateline."""
        folded = to_simplified(inside)
        reporter = self._bracketed.fullmatch(folded)
        found = reporter or self._dateline.fullmatch(folded) or self._own_report.fullmatch(folded)
        if found is None:
            return self._bylines.pieces(inside, folded)
        publisher = inside[: found.end("medium")] if found["medium"] not in self._own_media else None
        if reporter is None:
            return Facts(publisher=publisher)
        names = inside[slice(*reporter.span("names"))]
        return Facts(bylines([name_before_place(names)], "reporter"), publisher=publisher)

    def closing(self, line: str) -> tuple[Facts, int] | None:
        """（记者 张三）, （某日报）, （完） behind the last sentence."""
        folded = to_simplified(line)
        brackets = _BRACKETS_AT_END.search(folded)
        if brackets is None or not _SENTENCE_BEFORE.search(folded[: brackets.start()]):
            return None
        inside = line[slice(*brackets.span(1))].strip(" \u3000")
        word = to_simplified(inside)
        if word in self._end_marks:
            return Facts(), brackets.start()
        if self._forms.is_medium(word):
            return Facts(publisher=inside.strip("《》")), brackets.start()
        facts = self._in_brackets(inside)
        return (facts, brackets.start()) if facts else None
