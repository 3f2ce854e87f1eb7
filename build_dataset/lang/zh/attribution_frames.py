"""Cues with their sources and contents: the rules of attribution in Chinese.

A rule looks at one unit (a sentence that full stops inside quotation marks do not end) and yields reports; `settle`
then decides between reports of one unit: a bare channel yields to the source it passes on, what one source says is
one report, and what another's report contains is no report of its own.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from build_dataset.document import Frame, Quotation, Range, SourceMention
from build_dataset.lang.zh.attribution_cues import Cue, CueFinder
from build_dataset.lang.zh.attribution_names import LIKELY, NAMED, NameReader, Post, Source
from build_dataset.lang.zh.attribution_subjects import Subject, SubjectFinder
from build_dataset.lang.zh.attribution_text import QUOTED, Unit, View
from build_dataset.lang.zh.attribution_words import Lexicon, report_words, source_words
from build_dataset.schema import SpeakerKind

_LINKING = "，：, :\u3000"
_LONGEST_PHRASE = 70
_LONGEST_HEAD = 160
"""Characters of a clause before its verb that are looked at: titles are long, but not endless."""
_LONGEST_ADDRESSEE = 24
_LONGEST_LABEL = 36
_ADDRESSEE = re.compile(
    r"[^，：。！？；]{0,14}?(?:记者|媒体|本报|本刊|他|她|我|大家|我们|笔者|你|外界|公众)(?:们)?(?:说|称|表示)?"
)
_FROM = re.compile(
    r"记者[^，。：；]{0,14}?从(?P<source>[^，。：；]{2,44}?)(?:处|方面|那里|中)?(?:了解到|获悉|得知|悉)"
)
_SAID = re.compile(r"所?(?P<verb>说|言|指出|写|讲|述|称|强调|写道)过?的?(?:那样|一样)?$")
_CHANNEL_HINT = re.compile(
    "[据依按照援诚恰传听]|引述|看来|眼[中里]|印象|[心忆目]中|的(?:话|说法|观点|看法|理解|解释)|[正就]像|[正]?如|记者"
    "|[消报]息?道?称|有[^，。：]{1,4}[称说认指]"
)
_NO_VERB = re.compile("[：\ue000]|" + _CHANNEL_HINT.pattern)
"""What a unit without a verb of speech must hold to report anything."""
_NO_LABEL = (
    "记者 来源 编辑 作者 责编 责任编辑 通讯员 摄影 标题 导语 编者按 摘要 备注 注 提醒 链接 阅读 问题 时间 地点 题 图 文 校对 审核 监制 策划 供图 实习生 原标题 "
    "电话 邮箱 网址 地址 关键词 提示 如下 包括 分别为 分别是 结果 原因 原文 内容 目的 简介"
).split()
_WRITTEN = frozenset(("规定", "记载", "载明", "写明", "注明"))
_PEOPLE = (SpeakerKind.PERSON, SpeakerKind.UNNAMED, None)
_MEDIA_NOUNS = frozenset(("报道", "报导", "了解", "获悉", "消息", "讯", "电"))
_PAPERS = frozenset(("报道", "报导", "通报", "公告", "通告", "声明"))
_COMMENTS = (
    "引发",
    "引起",
    "此举",
    "此事",
    "此消息",
    "消息一出",
    "不料",
    "随后",
    "其他",
    "其它",
    "外界",
    "令外界",
    "一时间",
)


@dataclass(slots=True)
class Report:
    """A frame in the making."""

    cue: Range | None
    clause: Range
    source: SourceMention | None
    before: Range | None
    after: Range | None
    rule: str
    explicit: bool
    """Its own clause names the source."""
    bare: bool = False
    """A channel that only passes on what another source says."""
    contrast: bool = False
    verbal_only: bool = False
    strength: int = 2


class FrameFinder:
    """Finds the frames of a text."""

    def __init__(self, reader: NameReader) -> None:
        """Read the lists of words; `reader` reads source phrases."""
        words = report_words()
        self._reader = reader
        self._subjects = SubjectFinder(reader)
        self._cues = CueFinder()
        self._final = words.cues.final
        self._attitudes = Lexicon(words.attitudes)
        self._contrast = Lexicon(words.context.contrast)
        channels = words.channels
        self._prefixes = Lexicon(channels.prefixes)
        self._channel_nouns = Lexicon(channels.nouns)
        self._bare = channels.bare
        self._impersonal = Lexicon(channels.impersonal)
        self._views = Lexicon(channels.views)
        self._tells = Lexicon(channels.tells)
        self._likes = Lexicon(channels.likes)
        self._no_source = Lexicon(channels.no_source)
        self._begins_channel = (
            self._prefixes.begins_with() | self._impersonal.begins_with() | self._likes.begins_with()
        ) | set("在用按照以依")
        self._bare_documents = Lexicon(source_words().documents.bare)

    def frames(self, view: View, known: dict[str, Post]) -> list[Frame]:
        """All frames of a text, in order.

        Args:
            view: the text.
            known: the persons it names.
        """
        found: list[Report] = []
        spoken: SourceMention | None = None
        paragraph = -1
        claimed: set[int] = set()
        for unit in view.units:
            if unit.paragraph != paragraph:
                paragraph, spoken = unit.paragraph, None
                silent: list[Unit] = []
            reports = self._settle(view, list(self._reports(view, known, unit, spoken, silent)))
            silent = [] if reports else [*silent[-2:], unit]
            for report in reports:
                self._take_quotation_before(view, unit, report, claimed)
                if report.source is not None:
                    spoken = report.source
                if report.after is not None:
                    claimed.update(quotation.start for quotation in view.quotations_in(*report.after))
            found.extend(reports)
        found.sort(key=lambda report: (report.clause.start, report.clause.end))
        return [
            Frame(
                cue=report.cue,
                clause=report.clause,
                source=report.source,
                before=report.before,
                after=report.after,
                verbal_only=report.verbal_only,
                strength=report.strength,
                rule=report.rule,
            )
            for report in found
        ]

    def _reports(
        self, view: View, known: dict[str, Post], unit: Unit, spoken: SourceMention | None, silent: list[Unit]
    ) -> Iterator[Report]:
        """The reports of a unit.

        Args:
            view: the text.
            known: the persons it names.
            unit: where to look.
            spoken: who spoke last in this paragraph.
            silent: the units since then.
        """
        cues = list(self._cues.cues(view, unit.start, unit.end))
        if not cues and _NO_VERB.search(view.text, unit.start, unit.end) is None:
            return
        pauses = view.pauses(unit.start, unit.end)
        channels = list(self._channels(view, known, unit, pauses))
        yield from channels
        reported = bool(channels)
        for number, cue in enumerate(cues):
            following = cues[number + 1] if number + 1 < len(cues) else None
            if following is not None and self._leads_to(view, cue, following):
                continue
            at = bisect_right(channels, cue.start, key=lambda channel: channel.clause.start) - 1
            if at >= 0 and cue.start < channels[at].clause.end:
                continue
            report = self._verb(view, known, unit, pauses, cue, spoken, silent)
            if report is not None:
                reported = True
                yield report
        if not reported:
            yield from self._without_verb(view, known, unit, pauses, silent)

    def _leads_to(self, view: View, cue: Cue, following: Cue) -> bool:
        """发布通报，称: the second verb is the one that reports."""
        if (
            cue.word in self._cues.plain
            or following.word not in self._cues.plain
            or following.start < cue.follow
        ):
            return False
        return not view.text[cue.follow : following.start].strip("，：并且还 ")

    # -- a verb -------------------------------------------------------------------------------------------------

    def _verb(
        self,
        view: View,
        known: dict[str, Post],
        unit: Unit,
        pauses: list[int],
        cue: Cue,
        spoken: SourceMention | None,
        silent: list[Unit],
    ) -> Report | None:
        """X表示，C: subject, adverbials, verb, content."""
        begin = max(pauses[bisect_right(pauses, cue.start) - 1], cue.start - _LONGEST_HEAD)
        subject = self._subjects.before(view, known, begin, cue.start)
        if subject.denied:
            return None
        follow = self._behind(view, unit, cue)
        if follow is None or self._is_attitude(view, cue, unit):
            return None
        source, explicit = self._source_of(view, known, unit, pauses, begin, cue, subject, spoken, silent)
        if not self._admits(view, cue, subject, source, explicit, follow):
            return None
        mention = source if not self._is_bare_document(view, source) else None
        words = Range(cue.start, cue.end)
        if mention is None and not explicit and cue.word[:2] in _PAPERS and len(cue.word) > 2:
            name = view.segmented.text[cue.start : cue.start + 2]
            mention = SourceMention(cue.start, cue.start + 2, name, SpeakerKind.DOCUMENT)
            words = Range(cue.start + 2, cue.end)
        end = self._content_end(view, unit)
        if not cue.set_off:
            end = self._before_a_comment(view, pauses, follow, end)
        after = Range(follow, end) if follow < end else None
        start = min(begin, mention.start) if explicit and mention is not None else begin
        while start < cue.start and view.text[start].isspace():
            start += 1
        before = self._content_before(view, unit, begin, cue, explicit) if after is None else None
        return Report(
            cue=words,
            clause=Range(start, min(max(follow, cue.end), unit.end)),
            source=mention,
            before=before,
            after=after,
            rule="verb" if explicit else "verb_without_subject",
            explicit=explicit,
            bare=mention is None or (cue.word == "显示" and mention.kind is SpeakerKind.DOCUMENT),
            contrast=subject.contrast or (begin > unit.start and view.text[begin - 1] == "；"),
            strength=3 if explicit else 1,
        )

    def _behind(self, view: View, unit: Unit, cue: Cue) -> int | None:
        """Where the content begins behind a cue and its addressee; None where an addressee leads to nothing."""
        text = view.text
        follow = cue.follow
        if not cue.set_off and cue.word in self._cues.tell:
            pause = self._next_pause(view, follow, min(unit.end, follow + _LONGEST_ADDRESSEE))
            always = cue.word in {"告诉", "告知", "转告"}
            if pause is not None and (always or _ADDRESSEE.fullmatch(text, follow, pause)):
                follow = pause
            elif always:
                addressee = _ADDRESSEE.match(text, follow, unit.end)
                if addressee is None:
                    return None
                follow = addressee.end()
            elif cue.word not in self._cues.clause:
                return None
        while follow < unit.end and text[follow] in _LINKING:
            follow += 1
        return follow

    @staticmethod
    def _next_pause(view: View, start: int, end: int) -> int | None:
        for at in range(start, end):
            if view.text[at] in "，：" or view.text[at] == QUOTED:
                return at
            if view.text[at] in "。！？；":
                return None
        return None

    def _is_attitude(self, view: View, cue: Cue, unit: Unit) -> bool:
        """表示欢迎, 表示强烈不满和坚决反对: an attitude and no content."""
        if not cue.word.endswith("表示") or cue.set_off:
            return False
        end = cue.end
        while (
            end < unit.end
            and view.text[end] not in "，。；：！？、"
            and end - cue.end <= 22
            and view.text[end] != QUOTED
        ):
            end += 1
        if end < unit.end and (view.text[end] == "：" or end - cue.end > 22):
            return False
        return self._attitudes.ending(view.text, cue.end, end) > 0

    def _source_of(
        self,
        view: View,
        known: dict[str, Post],
        unit: Unit,
        pauses: list[int],
        begin: int,
        cue: Cue,
        subject: Subject,
        spoken: SourceMention | None,
        silent: list[Unit],
    ) -> tuple[SourceMention | None, bool]:
        """The source of a verb, and whether its own clause names it."""
        if subject.source is not None:
            if subject.source.certainty >= LIKELY or cue.word in self._cues.plain:
                return subject.source.mention, True
            return None, False
        if not subject.left_out and not cue.quotes:
            return None, False
        labels = cue.word in self._cues.plain or cue.quotes
        earlier = self._earlier(view, known, unit, pauses, begin, labels=labels)
        if earlier is not None:
            return earlier.mention, False
        if not labels or not (cue.set_off or len(cue.word) > 1):
            return None, False
        topic = self._topic(view, known, silent)
        return (topic.mention if topic is not None else spoken), False

    def _topic(self, view: View, known: dict[str, Post], silent: list[Unit]) -> Source | None:
        """Whom the sentences before are about in which nobody speaks, the nearest first."""
        for unit in reversed(silent):
            pauses = [*view.pauses(unit.start, unit.end), unit.end]
            for start, end in zip(pauses, pauses[1:], strict=False):
                if start < end:
                    source = self._subjects.of_clause(view, known, start, end)
                    if source is not None and source.mention.kind in _PEOPLE:
                        return source
        return None

    def _earlier(
        self,
        view: View,
        known: dict[str, Post],
        unit: Unit,
        pauses: list[int],
        begin: int,
        *,
        labels: bool = True,
    ) -> Source | None:
        """The subject of the clauses before `begin` in the unit, the nearest first."""
        index = bisect_right(pauses, begin) - 1
        for number in range(index - 1, max(-1, index - 7), -1):
            start, end = pauses[number], pauses[number + 1]
            while end > start and view.text[end - 1] in "，：；。！？ ":
                end -= 1
            if start >= end or view.text[start] == QUOTED:
                continue
            source = self._subjects.of_clause(view, known, start, end)
            if labels and end - start <= _LONGEST_PHRASE:
                whole = self._reader.read(view, known, start, end)
                if whole is not None and whole.certainty >= LIKELY and self._is_whole(view, source, whole):
                    source = whole
            if source is not None and source.mention.start >= unit.start:
                return source
        return None

    @staticmethod
    def _is_whole(view: View, part: Source | None, whole: Source) -> bool:
        """Whether a clause is a phrase that names its end: 曾带领某队夺冠的张三，…表示."""
        if part is None:
            return whole.certainty >= NAMED and view.text[whole.start] not in "面针在对就当据"
        mention = whole.mention
        if part.mention.kind in (None, SpeakerKind.PERSON) and view.text[mention.start - 1] != "的":
            return False
        if mention.kind is not SpeakerKind.PERSON or mention.start <= part.mention.end:
            return False
        return mention.role is not None or view.text[mention.start - 1] == "的"

    def _admits(
        self,
        view: View,
        cue: Cue,
        subject: Subject,
        source: SourceMention | None,
        explicit: bool,
        follow: int,
    ) -> bool:
        """Whether the verb reports here, by the class of the verb and by what stands round it."""
        if source is not None and self._is_author(view, source, cue):
            return False
        if cue.final and cue.word not in self._final:
            return False
        show = cue.word in self._cues.show and (
            source is None or source.kind is SpeakerKind.DOCUMENT or source.kind is SpeakerKind.ORGANIZATION
        )
        if cue.word in self._cues.plain:
            if explicit:
                return True
            strong = len(cue.word) > 1
            if not subject.left_out:
                return cue.set_off and not cue.final and (strong or cue.quotes)
            return cue.set_off or source is not None
        if source is None:
            return cue.word == "预计" and subject.left_out and not explicit and self._opens(view, cue)
        if cue.word == "说明" and source.kind is SpeakerKind.DOCUMENT:
            return False
        if cue.word in _WRITTEN and source.kind is not SpeakerKind.DOCUMENT:
            return False
        if cue.quotes and cue.word in self._cues.colon:
            return True
        if cue.word in self._cues.pause and cue.set_off:
            return True
        if cue.word in self._cues.clause:
            agent = source.kind is not SpeakerKind.DOCUMENT or (show and cue.set_off)
            if not cue.set_off and not self._holds_a_verb(view, follow):
                return False
            return agent and (
                cue.set_off or subject.left_out or (explicit and self._is_near(view, source, cue))
            )
        if cue.word in self._cues.tell and follow > cue.follow:
            return True
        if cue.word == "发现" and source.kind is not SpeakerKind.DOCUMENT:
            return cue.set_off and any(word in source.name for word in ("研究", "科学家", "团队", "学者"))
        return show and (
            source.kind is SpeakerKind.DOCUMENT or (explicit and cue.set_off) or cue.word == "显示"
        )

    @staticmethod
    def _opens(view: View, cue: Cue) -> bool:
        """预计全年产量…: an expectation of nobody at the start of a sentence."""
        return any(sentence.start == cue.start for sentence in view.segmented.sentences)

    @staticmethod
    def _holds_a_verb(view: View, start: int) -> bool:
        """Whether a clause follows, not a mere object: 相信科学, 担心孩子的安全."""
        timed = False
        for token in view.tokens_in(start, start + 40):
            timed = timed or (token.start == start and token.tag in {"m", "t"})
            if view.text[token.start] in "。；：！？" or (view.text[token.start] == "，" and not timed):
                return False
            if (
                token.tag[:1] == "v"
                or token.tag in {"a", "ad", "i", "l", "z"}
                or view.text[token.start] == QUOTED
            ):
                return True
        return False

    @staticmethod
    def _is_near(view: View, source: SourceMention, cue: Cue) -> bool:
        """Whether no other verb stands between a source and a verb that reports only sometimes."""
        tokens = view.tokens_in(source.end, cue.start)
        if not tokens or tokens[0].tag == "p" or view.text[tokens[0].start] in "在对向就于从":
            return True
        return not any(
            token.tag == "v" and token.text not in {"还", "也", "再", "开始", "继续"} for token in tokens
        )

    @staticmethod
    def _is_author(view: View, source: SourceMention, cue: Cue) -> bool:
        """记者发现, 我认为: the author's own voice."""
        name = view.text[source.start : source.end]
        if name in {"我", "我们", "笔者", "咱们"}:
            return True
        return "记者" in name[-6:] and cue.word in {"发现", "获悉", "了解到", "得知", "统计"}

    def _is_bare_document(self, view: View, source: SourceMention | None) -> bool:
        """数据显示: figures of nobody in particular."""
        return (
            source is not None
            and source.kind in (SpeakerKind.DOCUMENT, SpeakerKind.UNNAMED, SpeakerKind.ORGANIZATION)
            and view.text[source.start : source.end] in self._bare_documents
        )

    def _content_end(self, view: View, unit: Unit) -> int:
        end = unit.end
        while end > unit.start and (view.text[end - 1] in "。；】" or view.text[end - 1].isspace()):
            end -= 1
        return end

    @staticmethod
    def _before_a_comment(view: View, pauses: list[int], start: int, end: int) -> int:
        """Where the article goes on in its own voice: X宣布…，引发热议; X宣布…，其他公司纷纷效仿."""
        first = bisect_right(pauses, start)
        for begin in pauses[first : first + 12]:
            if begin < end and view.text.startswith(_COMMENTS, begin):
                while begin > start and view.text[begin - 1] in "，； ":
                    begin -= 1
                return begin
        return end

    def _content_before(self, view: View, unit: Unit, begin: int, cue: Cue, explicit: bool) -> Range | None:
        """C，X说。: what stands before the attribution that ends a sentence."""
        if not explicit or begin <= unit.start:
            return None
        end = begin
        while end > unit.start and view.text[end - 1] in "，：,: ":
            end -= 1
        quotation = view.quotation_ending(end)
        if quotation is not None and quotation.start == unit.start:
            return Range(quotation.start, quotation.end)
        start = unit.start
        if end - start < 4 or view.text[begin - 1] not in "，,…—" + QUOTED:
            return None
        first = view.token_at(start)
        opens = first is not None and first.tag == "p"
        return None if opens else Range(start, end)

    # -- channels -----------------------------------------------------------------------------------------------

    def _channels(
        self, view: View, known: dict[str, Post], unit: Unit, pauses: list[int]
    ) -> Iterator[Report]:
        """据X介绍，C; 在X看来，C; 用X的话说，C; 正如X所说，C; 记者从X获悉，C."""
        text = view.text
        hint = _CHANNEL_HINT.search(text, unit.start, unit.end)
        if hint is None:
            return
        for begin, following in zip(pauses, [*pauses[1:], unit.end], strict=True):
            if begin >= unit.end or hint is None:
                return
            if hint.start() >= following:
                continue
            hint = _CHANNEL_HINT.search(text, following, unit.end)
            start = begin
            while start < unit.end and text[start].isspace():
                start += 1
            report = None
            for at in (start, self._behind_leads(view, start, unit.end)):
                report = self._channel_at(view, known, unit, at)
                if report is not None:
                    break
            if report is not None:
                yield report

    def _behind_leads(self, view: View, start: int, end: int) -> int:
        """Behind 不过, 此外 and the like, but not behind 据."""
        at = self._reader.skip_leads(view, start, end)
        if at > start and view.text[at - 1] == "据":
            at -= 1
        return at

    def _channel_at(self, view: View, known: dict[str, Post], unit: Unit, start: int) -> Report | None:
        text = view.text
        if start >= unit.end:
            return None
        if text.find("记者", start, start + 12) >= 0:
            return self._from(view, known, unit, start)
        if text[start] not in self._begins_channel:
            return None
        length = self._impersonal.starting(text, start, unit.end)
        if length and self._pause_at(text, start + length, unit.end):
            return self._channel(
                view, unit, start, Range(start, start + length), None, start + length, bare=True
            )
        end = self._phrase_end(view, start, unit.end)
        if end is None:
            return None
        for rule in (self._according_to, self._in_the_view_of, self._in_the_words_of, self._as_said):
            report = rule(view, known, unit, start, end)
            if report is not None:
                return report
        return None

    @staticmethod
    def _pause_at(text: str, at: int, limit: int) -> bool:
        return at < limit and (text[at] in "，：" or text[at] == QUOTED)

    @staticmethod
    def _phrase_end(view: View, start: int, limit: int) -> int | None:
        """Where the comma or colon stands that ends a channel phrase."""
        for at in range(start, min(limit, start + _LONGEST_PHRASE)):
            if view.text[at] in "，：":
                return at
            if view.text[at] in "。；！？":
                return None
        return None

    def _channel(
        self,
        view: View,
        unit: Unit,
        start: int,
        cue: Range,
        source: SourceMention | None,
        end: int,
        *,
        bare: bool,
    ) -> Report:
        follow = end
        while follow < unit.end and view.text[follow] in _LINKING:
            follow += 1
        stop = self._content_end(view, unit)
        after = Range(follow, stop) if follow < stop else None
        before = None
        if after is None and start > unit.start:
            before = Range(unit.start, start - 1)
        return Report(
            cue=cue,
            clause=Range(start, max(follow, cue.end)),
            source=source,
            before=before,
            after=after,
            rule="channel",
            explicit=source is not None,
            bare=bare,
            strength=0 if bare else 2,
        )

    def _according_to(
        self, view: View, known: dict[str, Post], unit: Unit, start: int, end: int
    ) -> Report | None:
        """据X介绍，C; 根据《…》，C."""
        text = view.text
        prefix = self._prefixes.starting(text, start, end)
        if not prefix:
            return None
        stop = end
        while stop > start and text[stop - 1] in "\ue001 ":
            stop -= 1
        begin = start + prefix
        shown = next(
            (
                word
                for word in ("显示", "指出", "称", "表明", "认为", "提到", "统计")
                if text.endswith(word, begin, stop)
            ),
            "",
        )
        noun = max(self._channel_nouns.ending(text, begin, stop), len(shown))
        if noun and stop - noun not in view.edges and noun == 1:
            noun = 0
        limit = stop - noun
        source = self._channel_source(view, known, begin, limit)
        if not noun:
            if source is None or source.mention.kind not in (SpeakerKind.DOCUMENT, SpeakerKind.ORGANIZATION):
                return None
            if self._no_source.ending(text, begin, stop) or source.certainty < NAMED:
                return None
            if source.mention.kind is SpeakerKind.ORGANIZATION and text[source.mention.end : stop] == "":
                return None
            cue = Range(start, start + prefix)
        else:
            cue = Range(limit, stop)
        if source is None and limit > begin and text[start : start + prefix] not in {"据", "另据", "又据"}:
            return None
        mention = source.mention if source is not None else None
        if self._is_bare_document(view, mention):
            mention = None
        if mention is not None and mention.kind is SpeakerKind.DOCUMENT and text[limit:stop] in _MEDIA_NOUNS:
            mention = mention._replace(kind=SpeakerKind.ORGANIZATION)
        bare = text[limit:stop] in self._bare and (mention is None or mention.kind is not SpeakerKind.PERSON)
        return self._channel(view, unit, start, cue, mention, end, bare=bare or mention is None)

    def _channel_source(self, view: View, known: dict[str, Post], begin: int, end: int) -> Source | None:
        """The source in 据…介绍, without what stands between it and the noun (此前, 12月28日, 向记者)."""
        if begin >= end:
            return None
        subject = self._subjects.before(view, known, begin, end)
        source = subject.source
        if source is None or source.mention.start < begin:
            return None
        return source

    def _in_the_view_of(
        self, view: View, known: dict[str, Post], unit: Unit, start: int, end: int
    ) -> Report | None:
        """在X看来，C."""
        text = view.text
        if text[start] != "在":
            return None
        noun = self._views.ending(text, start + 1, end)
        if not noun:
            return None
        stop = end - noun
        if text[stop - 1] == "的":
            stop -= 1
        source = self._reader.read(view, known, start + 1, stop) if stop > start + 1 else None
        if source is None or text[source.mention.start : source.mention.end] in {"我", "我们", "笔者"}:
            return None
        return self._channel(view, unit, start, Range(end - noun, end), source.mention, end, bare=False)

    def _in_the_words_of(
        self, view: View, known: dict[str, Post], unit: Unit, start: int, end: int
    ) -> Report | None:
        """用X的话说，C; 按X的说法，C."""
        text = view.text
        prefix = next(
            (word for word in ("按照", "依照", "用", "按", "照", "以") if text.startswith(word, start)), ""
        )
        words = self._tells.ending(text, start, end)
        if not prefix or not words:
            return None
        source = self._reader.read(view, known, start + len(prefix), end - words)
        if source is None:
            return None
        cue = Range(end - words + 1, end)
        return self._channel(view, unit, start, cue, source.mention, end, bare=False)

    def _as_said(self, view: View, known: dict[str, Post], unit: Unit, start: int, end: int) -> Report | None:
        """正如X所说，C."""
        text = view.text
        prefix = self._likes.starting(text, start, end)
        if not prefix:
            return None
        match = _SAID.search(text, max(start + prefix, end - 8), end)
        if match is None:
            return None
        subject = self._subjects.before(view, known, start + prefix, match.start())
        source = subject.source
        if source is None or text[source.mention.start : source.mention.end] in {"我", "我们", "笔者"}:
            return None
        return self._channel(view, unit, start, Range(*match.span("verb")), source.mention, end, bare=False)

    def _from(self, view: View, known: dict[str, Post], unit: Unit, start: int) -> Report | None:
        """记者从X获悉，C: X is the source."""
        match = _FROM.search(view.text, start, min(unit.end, start + 70))
        if match is None or any(char in "，：。" for char in view.text[start : match.start()]):
            return None
        source = self._reader.read(view, known, *match.span("source"))
        if source is None:
            return None
        cue = Range(match.end("source"), match.end())
        verb = next(
            word for word in ("了解到", "获悉", "得知", "悉") if view.text.endswith(word, cue.start, cue.end)
        )
        cue = Range(cue.end - len(verb), cue.end)
        return self._channel(view, unit, start, cue, source.mention, match.end(), bare=False)

    # -- no verb ------------------------------------------------------------------------------------------------

    def _without_verb(
        self, view: View, known: dict[str, Post], unit: Unit, pauses: list[int], silent: list[Unit]
    ) -> Iterator[Report]:
        """X：“…”, X：C, X…：“…”, X…，“…”, X…。“…”: a colon or the mere place attributes."""
        text = view.text
        alone = view.quotation_starting(unit.start)
        if alone is not None:
            report = self._quotation_alone(view, known, unit, alone, silent)
            if report is not None:
                yield report
            return
        colon = text.find("：", unit.start, unit.end)
        if colon < 0:
            report = self._comma_and_quotation(view, known, unit, pauses)
            if report is not None:
                yield report
            return
        quotation = view.quotation_starting(self._skip(text, colon + 1, unit.end))
        report = self._label(view, known, unit, colon, quotation)
        if report is None and quotation is not None and view.is_sentence(quotation):
            report = self._clause_and_colon(view, known, unit, pauses, colon, quotation)
        if report is not None:
            yield report

    def _quotation_alone(
        self, view: View, known: dict[str, Post], unit: Unit, quotation: Quotation, silent: list[Unit]
    ) -> Report | None:
        """X充满了期待。“…”: a quotation of its own after a sentence that is about somebody."""
        if not silent or not view.is_sentence(quotation) or view.text[quotation.end : unit.end].strip("。 "):
            return None
        if silent[-1].end > unit.start or self._is_claimed_later(view, known, unit):
            return None
        source = self._topic(view, known, silent[-1:])
        if source is None:
            return None
        return Report(
            None,
            Range(silent[-1].start, quotation.start),
            source.mention,
            None,
            Range(quotation.start, quotation.end),
            "topic_and_quotation",
            explicit=True,
            verbal_only=True,
            strength=0,
        )

    def _is_claimed_later(self, view: View, known: dict[str, Post], unit: Unit) -> bool:
        """Whether an attribution stands right behind the quotation: “…。”X说."""
        at = self._skip(view.text, unit.end, len(view.text))
        following = next((other for other in view.units if other.start == at), None)
        if following is None or following.paragraph != unit.paragraph:
            return False
        cue = next(self._cues.cues(view, following.start, following.end), None)
        return cue is not None and not view.text[following.start : cue.start].count("。")

    @staticmethod
    def _skip(text: str, at: int, limit: int) -> int:
        while at < limit and text[at].isspace():
            at += 1
        return at

    def _label(
        self, view: View, known: dict[str, Post], unit: Unit, colon: int, quotation: Quotation | None
    ) -> Report | None:
        """X：C at the start of a block, or X：“…” anywhere."""
        text = view.text
        paragraph = view.segmented.paragraphs[unit.paragraph]
        heads = not text[paragraph.start : unit.start].strip("【[ ")
        if not heads and quotation is None:
            return None
        label = text[unit.start : colon]
        if len(label) > _LONGEST_LABEL or label.endswith(tuple(_NO_LABEL)):
            return None
        source = self._reader.read(view, known, unit.start, colon)
        if source is None or source.certainty < (NAMED if quotation is None else LIKELY):
            return None
        mention = source.mention
        if mention.kind is SpeakerKind.DOCUMENT or (mention.kind is None and quotation is None):
            return None
        if mention.kind is SpeakerKind.UNNAMED and quotation is None and len(label) < 3:
            return None
        follow = self._skip(text, colon + 1, unit.end)
        end = self._content_end(view, unit)
        if follow >= end:
            return None
        return Report(
            None,
            Range(unit.start, follow),
            mention,
            None,
            Range(follow, end),
            "label",
            explicit=True,
            strength=1,
        )

    def _clause_and_colon(
        self,
        view: View,
        known: dict[str, Post],
        unit: Unit,
        pauses: list[int],
        colon: int,
        quotation: Quotation,
    ) -> Report | None:
        """X发了一条朋友圈：“…”: somebody does something, and a colon gives the words."""
        begin = pauses[bisect_right(pauses, colon) - 1]
        source = self._subjects.of_clause(view, known, begin, colon) or self._earlier(
            view, known, unit, pauses, begin
        )
        if source is None:
            return None
        cue = self._last_verb(view, begin, colon)
        end = self._content_end(view, unit)
        return Report(
            cue,
            Range(unit.start, quotation.start),
            source.mention,
            None,
            Range(quotation.start, max(end, quotation.end)),
            "clause_and_colon",
            explicit=True,
            verbal_only=True,
            strength=1,
        )

    @staticmethod
    def _last_verb(view: View, start: int, end: int) -> Range | None:
        for token in reversed(view.tokens_in(start, end)):
            if token.tag in {"v", "vn", "vd"} and token.end <= end:
                return Range(token.start, token.end)
        return None

    def _comma_and_quotation(
        self, view: View, known: dict[str, Post], unit: Unit, pauses: list[int]
    ) -> Report | None:
        """X松了口气，“…。”: a sentence in quotation marks ends what somebody does."""
        quotations = view.quotations_in(unit.start, unit.end)
        if not quotations:
            return None
        last = quotations[-1]
        if last.start == unit.start or view.text[last.end : unit.end].strip("。！？ "):
            return None
        if view.text[last.start - 1] != "，" or not view.is_sentence(last):
            return None
        source = self._earlier(view, known, unit, pauses, last.start)
        if source is None or source.mention.kind in (SpeakerKind.DOCUMENT, SpeakerKind.ORGANIZATION):
            return None
        return Report(
            None,
            Range(unit.start, last.start),
            source.mention,
            None,
            Range(last.start, last.end),
            "clause_and_quotation",
            explicit=True,
            verbal_only=True,
            strength=1,
        )

    # -- one unit -----------------------------------------------------------------------------------------------

    def _settle(self, view: View, reports: list[Report]) -> list[Report]:
        """What is left of the reports of one unit, none inside the content of another."""
        reports.sort(key=lambda report: report.clause.end)
        kept: list[Report] = []
        for report in reports:
            outer = kept[-1] if kept else None
            if outer is None or outer.after is None or report.clause.end <= outer.after.start:
                kept.append(report)
                continue
            border = max(
                outer.after.start,
                min(report.clause.start, report.cue.start if report.cue else report.clause.start),
            )
            verdict = self._inner(view, outer, report, border)
            if verdict == "replace":
                kept[-1] = report
            elif verdict == "cut":
                end = border
                while end > outer.after.start and view.text[end - 1] in "，；：,; ":
                    end -= 1
                outer.after = Range(outer.after.start, end) if end > outer.after.start else None
                if not report.explicit:
                    report.source = outer.source
                kept.append(report)
        return kept

    def _inner(self, view: View, outer: Report, report: Report, border: int) -> str:
        """Whether a report inside another's content replaces it, ends it, or is part of it."""
        assert outer.after is not None
        if view.text[outer.after.start] == QUOTED and report.cue is not None:
            between = view.text[outer.after.start : border]
            if not between.strip("，：；。、 并且也还又同时" + QUOTED):
                return "cut"
        if outer.bare:
            if report.source is None or (report.bare and outer.source is not None):
                return "part"
            if not report.explicit and outer.source is not None:
                return "part"
            return "replace" if self._only_adverbial(view, outer.after.start, border) else "cut"
        if not report.explicit:
            return "part"
        separate = report.contrast or view.text[max(0, border - 1)] == "；"
        if report.bare:
            separate = view.text[max(0, border - 1)] == "；"
        far = border > outer.after.start + 5
        if (
            far
            and report.cue is not None
            and report.after is not None
            and view.text[report.after.start] == QUOTED
        ):
            return "cut"
        return "cut" if separate and far else "part"

    def _only_adverbial(self, view: View, start: int, end: int) -> bool:
        """Whether nothing but time, place and occasion stands between a channel and the source it passes on."""
        if end - start > _LONGEST_HEAD:
            return False
        for piece in re.split("[，：]", view.text[start:end]):
            if not piece:
                continue
            at = start + view.text[start:end].find(piece)
            if self._reader.skip_leads(view, at, at + len(piece)) >= at + len(piece):
                continue
            if piece[0] not in "在当就对针面谈于被从随受" and not piece.endswith(
                ("时", "后", "上", "中", "期间", "日")
            ):
                return False
        return True

    def _take_quotation_before(self, view: View, unit: Unit, report: Report, claimed: set[int]) -> None:
        """“A。”X认为，B: a quotation that nobody has claimed belongs to the attribution right behind it."""
        if report.before is not None or report.after is None:
            return
        quotation = None
        if unit.before is not None and self._starts_unit(view, unit, report):
            quotation = unit.before
        else:
            start = report.clause.start
            while start > unit.start and view.text[start - 1] in "，, ：—…":
                start -= 1
            inside = view.quotation_ending(start)
            if inside is not None and inside.start == unit.start:
                quotation = inside
        if quotation is None or quotation.start in claimed or not view.is_sentence(quotation):
            return
        if report.explicit or quotation.end > unit.start:
            report.before = Range(quotation.start, quotation.end)
            claimed.add(quotation.start)

    def _starts_unit(self, view: View, unit: Unit, report: Report) -> bool:
        return self._only_adverbial(view, unit.start, report.clause.start)
