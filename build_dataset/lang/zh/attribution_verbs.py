"""The verb that reports: X表示，C; C，X说。; X…，称C."""

import re
from bisect import bisect_right

from build_dataset.document import Range, SourceMention
from build_dataset.lang.zh.attribution_cues import Cue, CueFinder
from build_dataset.lang.zh.attribution_names import NameReader
from build_dataset.lang.zh.attribution_persons import LIKELY
from build_dataset.lang.zh.attribution_reports import AUTHOR, LONGEST_HEAD, Place, Report
from build_dataset.lang.zh.attribution_subjects import Subject, SubjectFinder
from build_dataset.lang.zh.attribution_text import QUOTED, View
from build_dataset.lang.zh.attribution_topics import TopicFinder
from build_dataset.lang.zh.attribution_words import Lexicon, report_words
from build_dataset.schema import SpeakerKind

_LONGEST_ADDRESSEE = 24
_RESEARCHERS = ("研究", "科学家", "团队", "学者")
_ADDRESSEE = re.compile(
    r"[^，：。！？；]{0,14}?(?:记者|媒体|本报|本刊|他|她|我|大家|我们|笔者|你|外界|公众)(?:们)?(?:说|称|表示)?"
)


class VerbRules:
    """Reads the clause of a verb of speech or thought."""

    def __init__(
        self, reader: NameReader, subjects: SubjectFinder, topics: TopicFinder, cues: CueFinder
    ) -> None:
        """Read the lists of words; the arguments find names, subjects and cues."""
        words = report_words()
        self._reader = reader
        self._subjects = subjects
        self._topics = topics
        self._cues = cues
        self._verbs = words.cues
        self._attitudes = Lexicon(words.attitudes)
        self._comments = tuple(words.context.comments)

    def report(self, place: Place, cue: Cue) -> Report | None:
        """X表示，C: subject, adverbials, verb, content."""
        view, unit = place.view, place.unit
        begin = max(place.pauses[bisect_right(place.pauses, cue.start) - 1], cue.start - LONGEST_HEAD)
        subject = self._subjects.before(view, place.known, begin, cue.start)
        if subject.denied:
            return None
        follow = self._behind(place, cue)
        if follow is None or self._is_attitude(place, cue):
            return None
        source, explicit = self._source_of(place, begin, cue, subject)
        if not self._admits(place, cue, subject, source, explicit, follow):
            return None
        mention = source if not self._reader.is_bare_document(view, source) else None
        words = Range(cue.start, cue.end)
        if mention is None and not explicit and cue.word[:2] in self._verbs.papers and len(cue.word) > 2:
            name = view.segmented.text[cue.start : cue.start + 2]
            mention = SourceMention(cue.start, cue.start + 2, name, SpeakerKind.DOCUMENT)
            words = Range(cue.start + 2, cue.end)
        end = place.content_end()
        if not cue.set_off:
            end = self._before_a_comment(place, follow, end)
        after = Range(follow, end) if follow < end else None
        start = min(begin, mention.start) if explicit and mention is not None else begin
        while start < cue.start and view.text[start].isspace():
            start += 1
        before = self._content_before(place, begin, explicit) if after is None else None
        if after is None and before is None and self._reader.only_adverbial(view, unit.start, start):
            start = unit.start
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
        )

    def _behind(self, place: Place, cue: Cue) -> int | None:
        """Where the content begins behind a cue and its addressee; None where there is none."""
        unit = place.unit
        view, text = place.view, place.view.text
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
        return place.behind_links(follow)

    @staticmethod
    def _next_pause(view: View, start: int, end: int) -> int | None:
        for at in range(start, end):
            if view.text[at] in "，：" or view.text[at] == QUOTED:
                return at
            if view.text[at] in "。！？；":
                return None
        return None

    def _is_attitude(self, place: Place, cue: Cue) -> bool:
        """表示欢迎, 表示强烈不满和坚决反对: an attitude and no content."""
        view, unit = place.view, place.unit
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
        self, place: Place, begin: int, cue: Cue, subject: Subject
    ) -> tuple[SourceMention | None, bool]:
        """The source of a verb, and whether its own clause names it."""
        if subject.source is not None:
            if subject.source.certainty >= LIKELY or cue.word in self._cues.plain:
                return subject.source.mention, True
            return None, False
        if not subject.left_out and not cue.quotes:
            return None, False
        labels = cue.word in self._cues.plain or cue.quotes
        earlier = self._topics.earlier(place, begin, labels=labels)
        if earlier is not None:
            return earlier.mention, False
        if not labels or not (cue.set_off or len(cue.word) > 1):
            return None, False
        topic = self._topics.of_sentences(place, place.silent)
        return (topic.mention if topic is not None else place.spoken), False

    def _admits(
        self,
        place: Place,
        cue: Cue,
        subject: Subject,
        source: SourceMention | None,
        explicit: bool,
        follow: int,
    ) -> bool:
        """Whether the verb reports here, by the class of the verb and by what stands round it."""
        if source is not None and self._is_author(place.view, source, cue):
            return False
        if cue.final and cue.word not in self._verbs.final:
            return False
        if cue.word in self._verbs.plain or cue.word in self._cues.compounds:
            return self._plain_admits(cue, subject, source, explicit)
        if source is None:
            return cue.word == "预计" and subject.left_out and self._opens(place, cue)
        document = source.kind is SpeakerKind.DOCUMENT
        if (document and cue.word == "说明") or (not document and cue.word in self._verbs.written):
            return False
        if cue.quotes and cue.word in self._verbs.colon:
            return True
        if cue.set_off and cue.word in self._verbs.pause:
            return True
        if cue.word in self._verbs.clause:
            return self._clause_admits(place.view, cue, subject, source, explicit, follow)
        if cue.word in self._verbs.tell and follow > cue.follow:
            return True
        return cue.word in self._verbs.show and self._shows(cue, source, explicit)

    @staticmethod
    def _plain_admits(cue: Cue, subject: Subject, source: SourceMention | None, explicit: bool) -> bool:
        """表示, 说: whatever follows, once it is clear who does it."""
        if explicit:
            return True
        if not subject.left_out:
            return cue.set_off and not cue.final and (len(cue.word) > 1 or cue.quotes)
        return cue.set_off or source is not None

    def _clause_admits(
        self, view: View, cue: Cue, subject: Subject, source: SourceMention, explicit: bool, follow: int
    ) -> bool:
        """希望, 承认: set off, or with a clause behind them and nothing between them and their source."""
        if source.kind is SpeakerKind.DOCUMENT:
            return cue.set_off and cue.word in self._verbs.show
        if cue.set_off:
            return True
        near = subject.left_out or (explicit and self._is_near(view, source, cue))
        return near and self._holds_a_verb(view, follow)

    @staticmethod
    def _shows(cue: Cue, source: SourceMention, explicit: bool) -> bool:
        """显示, 发现: documents and figures do, researchers find."""
        if source.kind is SpeakerKind.DOCUMENT:
            return True
        if cue.word == "发现":
            return cue.set_off and any(word in source.name for word in _RESEARCHERS)
        if source.kind is None:
            return explicit and cue.set_off
        organization = source.kind is SpeakerKind.ORGANIZATION
        return organization and ((explicit and cue.set_off) or cue.word == "显示")

    def _opens(self, place: Place, cue: Cue) -> bool:
        """预计全年产量…: an expectation of nobody at the start of a sentence."""
        return self._reader.skip_leads(place.view, place.unit.start, cue.start) >= cue.start

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
        if name in AUTHOR:
            return True
        return "记者" in name[-6:] and cue.word in {"发现", "获悉", "了解到", "得知", "统计"}

    def _before_a_comment(self, place: Place, start: int, end: int) -> int:
        """Where the article goes on in its own voice: X宣布…，引发热议; X宣布…，其他公司纷纷效仿."""
        view, pauses = place.view, place.pauses
        first = bisect_right(pauses, start)
        for begin in pauses[first : first + 12]:
            if begin < end and view.text.startswith(self._comments, begin):
                while begin > start and view.text[begin - 1] in "，； ":
                    begin -= 1
                return begin
        return end

    def _content_before(self, place: Place, begin: int, explicit: bool) -> Range | None:
        """C，X说。: what stands before the attribution that ends a sentence."""
        view, unit = place.view, place.unit
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
        opens = (first is not None and first.tag == "p") or self._reader.only_adverbial(view, start, end)
        return None if opens else Range(start, end)
