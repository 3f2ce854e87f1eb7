"""Words that no verb attributes, but a colon or the mere place: X：“…”, X：C, X…，“…。”, X…。“…。”."""

from bisect import bisect_right

from build_dataset.document import Quotation, Range
from build_dataset.lang.zh.attribution_cues import CueFinder
from build_dataset.lang.zh.attribution_names import NameReader
from build_dataset.lang.zh.attribution_persons import LIKELY, NAMED
from build_dataset.lang.zh.attribution_reports import Place, Report
from build_dataset.lang.zh.attribution_subjects import SubjectFinder
from build_dataset.lang.zh.attribution_text import View
from build_dataset.lang.zh.attribution_topics import TopicFinder
from build_dataset.lang.zh.attribution_words import report_words
from build_dataset.schema import SpeakerKind

_LONGEST_LABEL = 36


class ColonRules:
    """Finds what a colon or the mere place attributes."""

    def __init__(
        self, reader: NameReader, subjects: SubjectFinder, topics: TopicFinder, cues: CueFinder
    ) -> None:
        """Read the lists of words; the arguments find names, subjects and cues."""
        self._reader = reader
        self._subjects = subjects
        self._topics = topics
        self._cues = cues
        self._no_labels = tuple(report_words().context.no_labels)

    def report(self, place: Place) -> Report | None:
        """What a unit without a cue attributes."""
        view, unit = place.view, place.unit
        alone = view.quotation_starting(unit.start)
        if alone is not None:
            return self._quotation_alone(place, alone)
        colon = view.text.find("：", unit.start, unit.end)
        if colon < 0:
            return self._comma_and_quotation(place)
        quotation = view.quotation_starting(self._skip(view.text, colon + 1, unit.end))
        report = self._label(place, colon, quotation)
        if report is None and quotation is not None and view.is_sentence(quotation):
            return self._clause_and_colon(place, colon, quotation)
        return report

    def _quotation_alone(self, place: Place, quotation: Quotation) -> Report | None:
        """X充满了期待。“…”: a quotation of its own after a sentence that is about somebody."""
        view, unit, silent = place.view, place.unit, place.silent
        if not silent or not view.is_sentence(quotation) or view.text[quotation.end : unit.end].strip("。 "):
            return None
        if silent[-1].end > unit.start or self._is_claimed_later(place):
            return None
        source = self._topics.of_sentences(place, place.silent[-1:])
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
        )

    def _is_claimed_later(self, place: Place) -> bool:
        """Whether an attribution stands right behind the quotation: “…。”X说."""
        view, unit = place.view, place.unit
        following = view.unit_at(self._skip(view.text, unit.end, len(view.text)))
        if following is None or following.paragraph != unit.paragraph:
            return False
        cue = next(self._cues.cues(view, following.start, following.end), None)
        return cue is not None and not view.text[following.start : cue.start].count("。")

    @staticmethod
    def _skip(text: str, at: int, limit: int) -> int:
        while at < limit and text[at].isspace():
            at += 1
        return at

    def _label(self, place: Place, colon: int, quotation: Quotation | None) -> Report | None:
        """X：C at the start of a block, or X：“…” anywhere."""
        view, unit = place.view, place.unit
        text = view.text
        paragraph = view.segmented.paragraphs[unit.paragraph]
        heads = not text[paragraph.start : unit.start].strip("【[ ")
        if colon == unit.start or (not heads and quotation is None):
            return None
        begin = [at for at in view.pauses(unit.start, colon) if at < colon][-1]
        if begin > unit.start and (quotation is not None or not text[begin - 1].isspace()):
            begin = unit.start
        label = text[begin:colon]
        if len(label) > _LONGEST_LABEL or label.endswith(self._no_labels):
            return None
        source = self._reader.read(view, place.known, begin, colon)
        if source is None or source.certainty < (NAMED if quotation is None else LIKELY):
            return None
        mention = source.mention
        if mention.kind is SpeakerKind.DOCUMENT or (mention.kind is None and quotation is None):
            return None
        if mention.kind is SpeakerKind.UNNAMED and quotation is None and len(label) < 3:
            return None
        follow = self._skip(text, colon + 1, unit.end)
        end = place.content_end()
        if follow >= end:
            return None
        return Report(
            None,
            Range(begin, follow),
            mention,
            None,
            Range(follow, end),
            "label",
            explicit=True,
        )

    def _clause_and_colon(self, place: Place, colon: int, quotation: Quotation) -> Report | None:
        """X发了一条朋友圈：“…”: somebody does something, and a colon gives the words."""
        view, unit, pauses = place.view, place.unit, place.pauses
        begin = pauses[bisect_right(pauses, colon) - 1]
        source = self._subjects.of_clause(view, place.known, begin, colon) or self._topics.earlier(
            place, begin
        )
        if source is None:
            return None
        cue = self._last_verb(view, begin, colon)
        end = place.content_end()
        return Report(
            cue,
            Range(unit.start, quotation.start),
            source.mention,
            None,
            Range(quotation.start, max(end, quotation.end)),
            "clause_and_colon",
            explicit=True,
            verbal_only=True,
        )

    @staticmethod
    def _last_verb(view: View, start: int, end: int) -> Range | None:
        for token in reversed(view.tokens_in(start, end)):
            if token.tag in {"v", "vn", "vd"} and token.end <= end:
                return Range(token.start, token.end)
        return None

    def _comma_and_quotation(self, place: Place) -> Report | None:
        """X松了口气，“…。”: a sentence in quotation marks ends what somebody does."""
        view, unit = place.view, place.unit
        quotations = view.quotations_in(unit.start, unit.end)
        if not quotations:
            return None
        last = quotations[-1]
        if last.start == unit.start or view.text[last.end : unit.end].strip("。！？ "):
            return None
        if view.text[last.start - 1] != "，" or not view.is_sentence(last):
            return None
        source = self._topics.earlier(place, last.start)
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
        )
