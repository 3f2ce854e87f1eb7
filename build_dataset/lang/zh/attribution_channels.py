"""Phrases that name a source without a verb of their own: 据X介绍，C; 在X看来，C; 正如X所说，C."""

import re
from collections.abc import Iterator

from build_dataset.document import Range, SourceMention
from build_dataset.lang.zh.attribution_names import NameReader
from build_dataset.lang.zh.attribution_persons import NAMED
from build_dataset.lang.zh.attribution_posts import Source
from build_dataset.lang.zh.attribution_reports import AUTHOR, Place, Report
from build_dataset.lang.zh.attribution_subjects import SubjectFinder
from build_dataset.lang.zh.attribution_text import BRACKETED, QUOTED, View
from build_dataset.lang.zh.attribution_words import Lexicon, report_words
from build_dataset.schema import SpeakerKind

HINT = re.compile(
    "[据依按照援诚恰传听]|引述|看来|眼[中里]|印象|[心忆目]中|的(?:话|说法|观点|看法|理解|解释)|[正就]像|正?如|记者"
    "|[消报]息?道?称|有[^，。：]{1,4}[称说认指]"
)
"""What a clause with such a phrase holds: one search leaves most clauses out."""
_LONGEST_PHRASE = 70
_SHORTEST_CONTENT = 4
_FROM = re.compile(
    r"记者[^，。：；]{0,14}?从(?P<source>[^，。：；]{2,44}?)(?:处|方面|那里|中)?(?P<verb>了解到|获悉|得知|悉)"
)
_SAID = re.compile(r"所?(?P<verb>说|言|指出|写|讲|述|称|强调|写道)过?的?(?:那样|一样)?$")
_IN_WORDS = ("按照", "依照", "用", "按", "照", "以")
_SHOWN = ("显示", "指出", "称", "表明", "认为", "提到", "统计")
_WRITTEN = frozenset(("根据", "依据", "按照"))
_HEARD = frozenset(("据", "另据", "又据"))
_MEDIA_NOUNS = frozenset(("报道", "报导", "了解", "获悉", "消息", "讯", "电"))


class ChannelRules:
    """Finds channel phrases."""

    def __init__(self, reader: NameReader, subjects: SubjectFinder) -> None:
        """Read the lists of words; the arguments find names and subjects."""
        channels = report_words().channels
        self._reader = reader
        self._subjects = subjects
        self._prefixes = Lexicon(channels.prefixes)
        self._nouns = Lexicon(channels.nouns)
        self._bare = channels.bare
        self._impersonal = Lexicon(channels.impersonal)
        self._views = Lexicon(channels.views)
        self._tells = Lexicon(channels.tells)
        self._likes = Lexicon(channels.likes)
        self._no_source = Lexicon(channels.no_source)
        begins = (lexicon.begins_with() for lexicon in (self._prefixes, self._impersonal, self._likes))
        self._begins = frozenset("在用按照以依").union(*begins)

    def reports(self, place: Place) -> Iterator[Report]:
        """据X介绍，C; 在X看来，C; 用X的话说，C; 正如X所说，C; 记者从X获悉，C."""
        view, unit, pauses = place.view, place.unit, place.pauses
        text = view.text
        hint = HINT.search(text, unit.start, unit.end)
        if hint is None:
            return
        for begin, following in zip(pauses, [*pauses[1:], unit.end], strict=True):
            if begin >= unit.end or hint is None:
                return
            if hint.start() >= following:
                continue
            hint = HINT.search(text, following, unit.end)
            start = begin
            while start < unit.end and text[start].isspace():
                start += 1
            report = None
            for at in (start, self._behind_leads(view, start, unit.end)):
                report = self._channel_at(place, at)
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

    def _channel_at(self, place: Place, start: int) -> Report | None:
        view, unit = place.view, place.unit
        text = view.text
        if start >= unit.end:
            return None
        if text.find("记者", start, start + 12) >= 0:
            return self._from(place, start)
        if text[start] not in self._begins:
            return None
        length = self._impersonal.starting(text, start, unit.end)
        if length and self._pause_at(text, start + length, unit.end):
            return self._channel(place, start, Range(start, start + length), None, start + length, bare=True)
        end = self._phrase_end(view, start, unit.end)
        if end is None:
            return None
        for rule in (self._according_to, self._in_the_view_of, self._in_the_words_of, self._as_said):
            report = rule(place, start, end)
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
        self, place: Place, start: int, cue: Range, source: SourceMention | None, end: int, *, bare: bool
    ) -> Report:
        view, unit = place.view, place.unit
        follow = place.behind_links(end)
        stop = place.content_end()
        after = Range(follow, stop) if follow < stop else None
        before = None
        if after is None and start - unit.start > _SHORTEST_CONTENT and view.text[start - 1] == "，":
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
        )

    def _according_to(self, place: Place, start: int, end: int) -> Report | None:
        """据X介绍，C; 根据《…》，C."""
        view, text = place.view, place.view.text
        prefix = self._prefixes.starting(text, start, end)
        if not prefix:
            return None
        begin, stop = start + prefix, end
        while stop > begin and text[stop - 1] in (BRACKETED, " "):
            stop -= 1
        limit = stop - self._noun(view, start, begin, stop)
        if limit == stop:
            source = self._written_source(place, begin, stop)
            if source is None:
                return None
            cue = Range(start, begin)
        else:
            source = self._channel_source(place, begin, limit)
            if source is None and limit > begin and text[start:begin] not in _HEARD:
                return None
            cue = Range(limit, stop)
        mention = self._mention(view, source, text[limit:stop])
        passing = text[limit:stop] in self._bare and (
            mention is None or mention.kind is not SpeakerKind.PERSON
        )
        return self._channel(place, start, cue, mention, end, bare=passing or mention is None)

    def _noun(self, view: View, start: int, begin: int, stop: int) -> int:
        """The length of the noun that ends 据…介绍; 0 in 根据…的报告, where the document is the source."""
        text = view.text
        shown = next((word for word in _SHOWN if text.endswith(word, begin, stop)), "")
        noun = max(self._nouns.ending(text, begin, stop), len(shown))
        if noun and text[stop - noun : stop] in self._reader.documents:
            written = text[start:begin] in _WRITTEN or text[stop - noun - 1] == "的"
            return 0 if written else noun
        return 0 if noun == 1 and stop - noun not in view.edges else noun

    def _written_source(self, place: Place, begin: int, stop: int) -> Source | None:
        """The document in 根据《…》, or the organization whose figures it names."""
        view, text = place.view, place.view.text
        source = self._reader.read(view, place.known, begin, stop)
        if source is None or source.mention.kind is not SpeakerKind.DOCUMENT:
            source = self._channel_source(place, begin, stop)
        if source is None or source.certainty < NAMED or self._no_source.ending(text, begin, stop):
            return None
        if source.mention.kind is SpeakerKind.ORGANIZATION:
            return source if source.mention.end < stop else None
        return source if source.mention.kind is SpeakerKind.DOCUMENT else None

    def _mention(self, view: View, source: Source | None, noun: str) -> SourceMention | None:
        mention = source.mention if source is not None else None
        if mention is None or self._reader.is_bare_document(view, mention):
            return None
        if mention.kind is SpeakerKind.DOCUMENT and noun in _MEDIA_NOUNS:
            return mention._replace(kind=SpeakerKind.ORGANIZATION)
        return mention

    def _channel_source(self, place: Place, begin: int, end: int) -> Source | None:
        """The source in 据…介绍, without what stands between it and the noun (此前, 12月28日, 向记者)."""
        if begin >= end:
            return None
        subject = self._subjects.before(place.view, place.known, begin, end)
        source = subject.source
        if source is None or source.mention.start < begin:
            return None
        return source

    def _in_the_view_of(self, place: Place, start: int, end: int) -> Report | None:
        """在X看来，C."""
        view, text = place.view, place.view.text
        if text[start] != "在":
            return None
        noun = self._views.ending(text, start + 1, end)
        if not noun:
            return None
        stop = end - noun
        if text[stop - 1] == "的":
            stop -= 1
        source = self._reader.read(view, place.known, start + 1, stop) if stop > start + 1 else None
        if source is None or text[source.mention.start : source.mention.end] in AUTHOR:
            return None
        return self._channel(place, start, Range(end - noun, end), source.mention, end, bare=False)

    def _in_the_words_of(self, place: Place, start: int, end: int) -> Report | None:
        """用X的话说，C; 按X的说法，C."""
        view, text = place.view, place.view.text
        prefix = next((word for word in _IN_WORDS if text.startswith(word, start)), "")
        words = self._tells.ending(text, start, end)
        if not prefix or not words:
            return None
        source = self._reader.read(view, place.known, start + len(prefix), end - words)
        if source is None:
            return None
        cue = Range(end - words + 1, end)
        return self._channel(place, start, cue, source.mention, end, bare=False)

    def _as_said(self, place: Place, start: int, end: int) -> Report | None:
        """正如X所说，C."""
        view, text = place.view, place.view.text
        prefix = self._likes.starting(text, start, end)
        if not prefix:
            return None
        match = _SAID.search(text, max(start + prefix, end - 8), end)
        if match is None:
            return None
        subject = self._subjects.before(view, place.known, start + prefix, match.start())
        source = subject.source
        if source is None or text[source.mention.start : source.mention.end] in AUTHOR:
            return None
        return self._channel(place, start, Range(*match.span("verb")), source.mention, end, bare=False)

    def _from(self, place: Place, start: int) -> Report | None:
        """记者从X获悉，C: X is the source."""
        view, unit = place.view, place.unit
        match = _FROM.search(view.text, start, min(unit.end, start + 70))
        if match is None or any(char in "，：。" for char in view.text[start : match.start()]):
            return None
        source = self._reader.read(view, place.known, *match.span("source"))
        if source is None:
            return None
        cue = Range(*match.span("verb"))
        return self._channel(place, start, cue, source.mention, match.end(), bare=False)
