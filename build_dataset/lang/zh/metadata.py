"""Bylines, datelines, days, publishers and licences as Chinese articles word them."""

import re
from collections.abc import Collection, Iterable
from datetime import date

from pydantic import BaseModel, ConfigDict

from build_dataset.document import ArticleMetadata, Document
from build_dataset.lang.detect import is_mixed
from build_dataset.lang.pack import load_data, load_part
from build_dataset.lang.zh.pinyin import pinyin
from build_dataset.lang.zh.script import to_simplified
from build_dataset.read.metadata import Facts, day, iso_date, read_metadata
from build_dataset.schema import ArticleFlag, Byline

MOST_HANDLES = 3
"""More words than that behind a label are no list of names."""


class MetadataData(BaseModel):
    """`metadata.yaml`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    labels: dict[str, tuple[str, ...]]
    publisher_labels: frozenset[str]
    date_labels: frozenset[str]
    professions: dict[str, tuple[str, ...]]
    own_medium: frozenset[str]
    media: frozenset[str]
    medium_words: frozenset[str]
    dateline_marks: frozenset[str]
    caption_labels: frozenset[str]
    captions: frozenset[str]
    end_marks: frozenset[str]
    goes_on: frozenset[str]
    works: frozenset[str]
    licensing: frozenset[str]


def _any(words: Iterable[str]) -> str:
    """A pattern for the longest of some words."""
    return "(?:" + "|".join(sorted(map(re.escape, words), key=lambda word: (-len(word), word))) + ")"


_HAN = "[\u3400-\u4dbf\u4e00-\u9fff]"
_DATE = (
    r"(?:(?P<year>(?:19|20)\d\d)\s*年\s*(?P<month>\d{1,2})\s*月\s*(?P<day>\d{1,2})\s*日"
    r"|(?P<iso>(?:19|20)\d\d[-/.]\d{1,2}[-/.]\d{1,2}))"
)
_TIME = r"(?:T?\s*(?:星期.|周.)?\s*(?:[上下]午|凌晨|晚)?\s*\d{1,2}[:：时]\d{1,2}(?:[:：分]\d{0,2}秒?)?)?"
_MARK = r"\s*[:：|｜丨/]\s*"
_BLANKS = "[\\s\u3000]"
_POSTED_BY = re.compile(r"([^\s:：]{1,40}?)[ ]?((?:19|20)\d\d-\d\d-\d\d)[ T]\d\d:\d\d(?::\d\d)?")
_OUTER_BRACKETS = re.compile(r"[（(【〔\[]([^（）()【】〔〕\[\]]+)[）)】〕\]]")
_BRACKETS_AT_END = re.compile(r"[（(【〔\[]([^（）()【】〔〕\[\]]{1,80})[）)】〕\]]\s*$")
_BRACKETS_AT_START = re.compile(
    r"([^（）()【】〔〕\[\]。，]{0,24}?)\s*[（(【〔\[]([^（）()【】〔〕\[\]]{2,80})[）)】〕\]]\s*"
)
_SENTENCE_BEFORE = re.compile("[。！？!?.…”’」』）)】]\\s*$")
_SPLIT_NAMES = re.compile(rf"{_BLANKS}*[、，,;；/&]{_BLANKS}*|{_BLANKS}+(?:和|与|及){_BLANKS}*|{_BLANKS}+")
_LATIN_NAME = re.compile(r"[A-Za-z][\w.'’-]*(?: [A-Z][\w.'’-]*){0,3}")
_FOREIGN_NAME = re.compile(f"{_HAN}{{1,8}}(?:[·•・]{_HAN}{{1,8}})+")
_ACCOUNT = re.compile('(?:微信)?公[众眾][号號][:：]?[“"「]?([^“”"「」，。]{2,20})[”"」]?')
_FROM_ACCOUNT = re.compile(f"本文(?:来自|转自|转载自|首发于|源自){_ACCOUNT.pattern}")
_OTHER_LABEL = re.compile(rf"(?:^|(?<={_BLANKS})|(?<=[;；，,。])){_HAN}{{2,4}}\s*[｜|丨]{_BLANKS}*(?=\S)")
_SEPARATOR = re.compile("\\s*[|｜丨]\\s*|\\s+")
_AFTER_DATELINE = re.compile("[:：,，]?")
_HANDLE = re.compile(r"[^\s、，,。：:；;？！?!（）()《》“”]{1,16}")
_ENDING = re.compile(
    rf"(?:[/／]{_HAN}{{2,4}}(?:报道|报导|电)|(?:{_BLANKS}+{_HAN}{{2,4}})?(?:综合|摄影)?(?:报道|报导)"
    rf"|{_BLANKS}+(?:文|摄|图|文/图|文图|图文)|{_BLANKS}*发自{_HAN}{{2,6}})$"
)
_RIGHTS = re.compile(r".*(?:版权所有|保留所有权利|All rights reserved).*|(?:©|Copyright\b).*", re.IGNORECASE)
_CC = re.compile(r"(?:CC|Creative Commons)[\s-]?(?:BY|0|协议|许可)?[\w\s.-]*", re.IGNORECASE)
_TITLE_MARKS = re.compile("《([^《》]{2,60})》")
_LICENSE_NAME_END = re.compile("[，。；,;]|进行|授权|发布|许可$|\\.(?!\\d)")
_LICENSE_WORD = re.compile("协议|许可|CC|Creative", re.IGNORECASE)


class ChineseMetadata:
    """The forms, compiled from the words of `metadata.yaml`; matched on simplified characters."""

    longest_heading = 60
    license_words: Collection[str] = (
        "协议",
        "協議",
        "许可",
        "許可",
        "版权",
        "版權",
        "保留",
        "cc",
        "©",
        "copyright",
        "rights",
        "creative",
    )

    def __init__(self, data: MetadataData) -> None:
        self._data = data
        self._roles = {word: role for role, words in data.labels.items() for word in words}
        self._professions = {word: role for role, words in data.professions.items() for word in words}
        profession = _any(self._professions)
        labels = _any([*self._roles, *data.publisher_labels])
        known = rf"{_any(data.media)}|[\w\u4e00-\u9fff]{{1,12}}?{_any(data.medium_words)}"
        medium = rf"(?:{known}|[A-Za-z][\w.]{{1,20}})"
        own = _any(data.own_medium)
        self._medium = re.compile(rf"《?(?:{known})》?(?:{_HAN}{{0,3}}客户端|网)?")
        words = [*self._roles, *self._professions, *data.publisher_labels, *data.date_labels]
        self._hint = re.compile(_any(words) + r"|(?:19|20)\d\d")
        self._label = re.compile(
            rf"(?:^|(?<={_BLANKS})|(?<=[/／|｜丨;；，,。）)]))({labels})\s*([:：|｜丨/])\s*"
        )
        self._date = re.compile(rf"(?:{_any(data.date_labels)}(?:{_MARK})?{_BLANKS}*)?{_DATE}{_TIME}")
        self._profession = re.compile(
            rf"({own}|{medium})?(?:综合)?(?:报道)?[\s\u3000丨|]{{0,3}}({profession})(?:{_MARK}|{_BLANKS}+|(?={_HAN}))"
        )
        lead = rf"(?P<medium>{own}|[A-Za-z\u4e00-\u9fff]{{1,8}}?{_any(data.medium_words)}|{_any(data.media)})"
        marks = _any(data.dateline_marks)
        self._dateline = re.compile(
            rf"(?P<after>据)?(?!据){lead}(?P<place>{_HAN}{{2,10}}?)?(?:(?P<year>(?:19|20)\d\d)年)?"
            rf"(?:(?P<month>\d{{1,2}})月)?(?P<day>\d{{1,2}})日?(?:电讯?|(?(after)(?!)|{marks}))"
        )
        self._undated = re.compile(rf"{lead}(?:讯|消息)(?={_BLANKS}|[（(:：])")
        self._bracketed_dateline = re.compile(
            rf"{lead}{profession}(?P<names>{_HAN}{{2,16}}?)(?:\d{{1,2}}月)?\d{{1,2}}日{marks}"
        )
        self._reporters = re.compile(
            rf"{_BLANKS}*(?:[（(]([^（）()]{{2,60}})[）)]"
            rf"|({profession}{_BLANKS}*[^，。、\s]{{2,8}}(?:[、\s][^，。、\s]{{2,4}}){{0,3}}?(?:报道|报导|(?={_BLANKS}))))"
        )
        self._own_report = re.compile(rf"{lead}(?:综合)?(?:报道|消息|讯)")
        self._report = re.compile(
            rf"(?:{own}|{known})?{profession}{_HAN}{{2,4}}(?:、{_HAN}{{2,4}}){{0,3}}[/／]{_HAN}{{2,4}}(?:报道|报导|电)[:：]?{_BLANKS}*"
        )
        self._headline = re.compile(rf"{_BLANKS}*题[:：]{_BLANKS}*(\S.*)")
        self._caption = re.compile(
            rf"[（(【▲△↑]?{_BLANKS}*(?:(?:{_HAN}{{0,6}}{_any(data.caption_labels)}){_MARK}\S.{{0,80}}"
            rf"|.{{0,30}}{_any(data.captions)}.{{0,10}}[）)】]?|(?:{_HAN}{{0,2}}图片?)来自.{{1,20}}"
            rf"|.{{0,60}}[\s\u3000。]{_HAN}{{2,4}}[\s\u3000]?[/／]?[摄攝][）)]?)|[▲△].{{1,80}}"
        )
        goes_on = _any(data.goes_on)
        self._goes_on = re.compile(
            rf".{{0,12}}{goes_on}.{{0,12}}|.*[^。！？”](?:…+|\.{{3,}}){_BLANKS}*(?:{goes_on})?"
        )
        self._licensed = re.compile(rf"{_any(data.works)}.{{0,12}}?{_any(data.licensing)}")

    def read(self, document: Document) -> ArticleMetadata:
        """Title, byline, day, publisher and licence as far as the text states them."""
        flags = [ArticleFlag.MIXED_LANGUAGE] if is_mixed(document.text, "zh") else []
        language = load_part("zh", "segmentation").tag(document.text)
        return read_metadata(document, self, language, flags)

    # ── lines about the article ──

    def about(self, line: str) -> Facts | None:
        """Bylines and date lines that fill a line."""
        folded = to_simplified(line)
        if self._hint.search(folded) is None:
            return None
        brackets = _OUTER_BRACKETS.fullmatch(folded)
        begin, end = brackets.span(1) if brackets else (0, len(line))
        posted = _POSTED_BY.fullmatch(line)
        if posted and self._medium.fullmatch(to_simplified(posted[1])):
            return Facts(published=iso_date(posted[2]), publisher=posted[1])
        if posted and not self._is_label(posted[1]):
            return Facts(byline=(Byline(name=posted[1], role="author"),), published=iso_date(posted[2]))
        return self._pieces(line[begin:end], folded[begin:end])

    def _is_label(self, word: str) -> bool:
        return any(word.startswith(label) for label in self._data.date_labels)

    def _pieces(self, line: str, folded: str) -> Facts | None:
        """Days, labels and professions with names, one after the other, and nothing else."""
        byline: list[Byline] = []
        published, publisher, at = None, None, 0
        while at < len(line):
            if line[at] in " \t\u3000|｜丨/／;；，,。·":
                at += 1
                continue
            when = self._date.match(folded, at)
            if when is not None:
                published = published or _date_of(when)
                at = when.end()
                continue
            other = _OTHER_LABEL.match(folded, at) if not self._label.match(folded, at) else None
            if other is not None and not self._profession.match(folded, at):
                at = self._next(folded, other.end())
                continue
            found = (
                self._labelled(line, folded, at)
                or self._profession_names(line, folded, at)
                or self._origin(line, folded, at)
            )
            if found is None:
                return None
            facts, at = found
            byline.extend(facts.byline)
            publisher = publisher or facts.publisher
        if not byline and published is None and publisher is None:
            return None
        return Facts(tuple(byline), published, publisher)

    def _labelled(self, line: str, folded: str, at: int) -> tuple[Facts, int] | None:
        """作者：某某 or 来源：某报 from `at` on, up to the next label."""
        label = self._label.match(folded, at)
        if label is None:
            return None
        if label[1] in self._roles and self._profession.match(folded, label.end()):  # 文｜本报记者 张三
            return self._profession_names(line, folded, label.end())
        end = self._next(folded, label.end())
        value = line[label.end() : end].strip(" \t\u3000|｜丨/／;；，,。")
        role = self._roles.get(label[1])
        if role is None:
            account = _ACCOUNT.fullmatch(value)
            known = self._medium.fullmatch(to_simplified(value)) or value.endswith((".com", ".cn"))
            publisher = account[1] if account else value.strip("《》") if known else None
            return (Facts(publisher=publisher), end) if publisher else None
        handles = role != "reporter" and not (len(label[1]) == 1 and label[2] in ":：")
        names = self._names(value, handles=handles)
        return (Facts(byline=tuple(Byline(name=name, role=role) for name in names)), end) if names else None

    def _profession_names(self, line: str, folded: str, at: int) -> tuple[Facts, int] | None:
        """本报记者 张三 李四, 某报记者张三 from `at` on, up to the next label or profession."""
        match = self._profession.match(folded, at)
        if match is None:
            return None
        end = self._next(folded, match.end())
        value = line[match.end() : end].strip(" \t\u3000|｜丨/／;；，,。")
        names = self._names(_without_ending(value))
        if not names:
            return None
        medium = match[1]
        publisher = (
            line[match.start(1) : match.end(1)] if medium and medium not in self._data.own_medium else None
        )
        role = self._professions[match[2]]
        return Facts(byline=tuple(Byline(name=name, role=role) for name in names), publisher=publisher), end

    def _origin(self, line: str, folded: str, at: int) -> tuple[Facts, int] | None:
        """某日报 beside other pieces, 本文来自微信公众号“某某”."""
        from_account = _FROM_ACCOUNT.match(folded, at)
        if from_account is not None:
            return Facts(publisher=line[from_account.start(1) : from_account.end(1)]), from_account.end()
        end = _SEPARATOR.search(folded, at)
        if end is None or not self._medium.fullmatch(folded, at, end.start()):
            return None
        return Facts(publisher=line[at : end.start()]), end.end()

    def _next(self, folded: str, at: int) -> int:
        """Where the next label, profession or day begins."""
        found = [len(folded)]
        for pattern in (self._label, self._date, _OTHER_LABEL):
            match = pattern.search(folded, at)
            if match is not None:
                found.append(match.start())
        for blank in re.finditer(r"[\s\u3000、，,]", folded[at : min(found)]):
            if self._profession.match(folded, at + blank.end()):
                found.append(at + blank.start())
                break
        return min(found)

    def _names(self, value: str, handles: bool = False) -> list[str]:
        """The names in a list of them; none where anything else stands in it. A handle is any one word."""
        if _LATIN_NAME.fullmatch(value):
            return [value]
        names: list[str] = []
        pieces = [piece for piece in _SPLIT_NAMES.split(value) if piece]
        while pieces:
            piece = pieces.pop(0)
            if (
                len(piece) == 1 and pieces and len(pieces[0]) == 1
            ):  # 张 三: a name of two characters spread out
                piece += pieces.pop(0)
            chinese = 2 <= len(piece) <= 4 and pinyin().split(to_simplified(piece)) is not None
            handle = handles and len(names) < MOST_HANDLES and _HANDLE.fullmatch(piece)
            if not (chinese or handle or _FOREIGN_NAME.fullmatch(piece) or _LATIN_NAME.fullmatch(piece)):
                return []
            names.append(piece)
        return names

    # ── parts of lines ──

    def opening(self, line: str) -> tuple[Facts, int] | None:
        """某社北京2月22日电（记者张三）, 本报讯（记者 张三）, （某社记者张三台北22日电）."""
        start = len(line) - len(line.lstrip(" \u3000"))
        folded = to_simplified(line[:160])
        match = self._dateline.match(folded, start) or self._undated.match(folded, start)
        if match is not None:
            return self._behind_dateline(line, folded, match)
        report = self._report.match(folded, start)
        facts = self._pieces(line[start : report.end()].rstrip(), report[0].rstrip()) if report else None
        if report is not None and facts is not None:
            return facts, report.end()
        brackets = _BRACKETS_AT_START.match(folded, start)
        if brackets is None:
            return None
        inside = line[brackets.start(2) : brackets.end(2)]
        facts = self._in_brackets(inside)
        before = brackets[1].strip()
        if facts is None or (
            before and not self._medium.fullmatch(before) and before not in self._data.own_medium
        ):
            return None
        publisher = facts.publisher or (before if before and before not in self._data.own_medium else None)
        return Facts(facts.byline, facts.published, publisher), brackets.end()

    def _behind_dateline(self, line: str, folded: str, match: re.Match[str]) -> tuple[Facts, int]:
        medium = match["medium"]
        publisher = (
            None if medium in self._data.own_medium else line[match.start("medium") : match.end("medium")]
        )
        published = None
        if match.groupdict().get("year") and match["month"]:
            published = day(match["year"], match["month"], match["day"])
        end = _AFTER_DATELINE.match(folded, match.end()).end()  # type: ignore[union-attr]  # matches nothing too
        byline: tuple[Byline, ...] = ()
        reporters = self._reporters.match(folded, end)
        if reporters is not None:
            group = 1 if reporters[1] else 2
            facts = self._in_brackets(line[reporters.start(group) : reporters.end(group)])
            alone = self._names(line[reporters.start(1) : reporters.end(1)]) if reporters[1] else []
            if facts is not None:
                byline, end = facts.byline, reporters.end()
            elif alone:  # 某网北京2月22日电(张三)
                byline, end = tuple(Byline(name=name, role=None) for name in alone), reporters.end()
        headline = self._headline.fullmatch(line, end)
        if headline is not None:
            return Facts(byline, published, publisher, title=headline[1]), headline.start(1)
        return Facts(byline, published, publisher), end

    def _in_brackets(self, inside: str) -> Facts | None:
        """What brackets at either end of a text name: reporters with their medium, a dateline."""
        folded = to_simplified(inside)
        dateline = self._bracketed_dateline.fullmatch(folded)
        if dateline is None:
            alone = self._dateline.fullmatch(folded) or self._own_report.fullmatch(folded)
            if alone is None:
                return self._pieces(inside, folded)
            own = alone["medium"] in self._data.own_medium
            return Facts(publisher=None if own else inside[: alone.end("medium")])
        medium = dateline["medium"]
        publisher = None if medium in self._data.own_medium else inside[: dateline.end("medium")]
        names = inside[dateline.start("names") : dateline.end("names")]
        return Facts((Byline(name=_name_before_place(names), role="reporter"),), publisher=publisher)

    def closing(self, line: str) -> tuple[Facts, int] | None:
        """（记者 张三）, （某日报）, （完） behind the last sentence."""
        folded = to_simplified(line)
        begin = len(line)
        facts = Facts()
        for _ in range(3):
            brackets = _BRACKETS_AT_END.search(folded[:begin])
            if brackets is None or not _SENTENCE_BEFORE.search(folded[: brackets.start()]):
                break
            inside = line[brackets.start(1) : brackets.end(1)].strip(" \u3000")
            word = to_simplified(inside)
            if word in self._data.end_marks:
                stated = Facts()
            elif self._medium.fullmatch(word):
                stated = Facts(publisher=inside.strip("《》"))
            else:
                found = self._in_brackets(inside)
                if found is None:
                    break
                stated = found
            facts = Facts(stated.byline + facts.byline, None, stated.publisher or facts.publisher)
            begin = brackets.start()
        return (facts, begin) if begin < len(line) else None

    def license(self, line: str) -> str | None:
        """本作品采用《某协议》, 本文采用某许可协议进行许可, 版权所有."""
        folded = to_simplified(line)
        if _RIGHTS.fullmatch(folded) and len(line) <= 80:
            return line
        licensed = self._licensed.search(folded)
        if licensed is None or licensed.start() > 12 or _LICENSE_WORD.search(folded, licensed.end()) is None:
            return None
        marked = _TITLE_MARKS.search(line, licensed.end())
        if marked and _LICENSE_WORD.search(to_simplified(marked[1])):
            return marked[1]
        rest = line[licensed.end() :]
        end = _LICENSE_NAME_END.search(to_simplified(rest))
        return (rest[: end.start()] if end else rest).strip(" 了《》“”") or None

    def caption(self, line: str) -> bool:
        """图源：…, 资料图, 标签：…; not where somebody is quoted in it."""
        return (
            len(line) <= 100 and "“" not in line and self._caption.fullmatch(to_simplified(line)) is not None
        )

    def goes_on(self, line: str) -> bool:
        """阅读全文, a last line that ends in dots."""
        return self._goes_on.fullmatch(to_simplified(line)) is not None


def _date_of(match: re.Match[str]) -> date | None:
    return iso_date(match["iso"]) if match["iso"] else day(match["year"], match["month"], match["day"])


def _without_ending(names: str) -> str:
    """Names without 文/图, 报道 and a place behind them."""
    return names[: len(_ENDING.sub("", to_simplified(names)))]


def _name_before_place(characters: str) -> str:
    """The name in 张三丰台北: three characters, or two where the place would be left with one."""
    return characters[:2] if len(characters) in (2, 4) else characters[:3]


def load() -> ChineseMetadata:
    """The Chinese metadata with its words."""
    return ChineseMetadata(load_data(MetadataData, "zh", "metadata"))
