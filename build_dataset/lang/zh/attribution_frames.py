"""Cues with their sources and contents: the rules of attribution in Chinese.

A rule looks at one unit (a sentence that full stops inside quotation marks do not end) and yields reports.
Then reports of one unit are settled: a bare channel yields to the source it passes on, what one source says is
one report, and what another's report contains is no report of its own.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import replace
from enum import Enum

from build_dataset.document import Frame, Quotation, Range, SourceMention
from build_dataset.lang.zh.attribution_channels import HINT, ChannelRules
from build_dataset.lang.zh.attribution_colons import ColonRules
from build_dataset.lang.zh.attribution_cues import Cue, CueFinder
from build_dataset.lang.zh.attribution_names import NameReader
from build_dataset.lang.zh.attribution_posts import Post
from build_dataset.lang.zh.attribution_reports import Place, Report
from build_dataset.lang.zh.attribution_subjects import SubjectFinder
from build_dataset.lang.zh.attribution_text import QUOTED, Unit, View
from build_dataset.lang.zh.attribution_topics import TopicFinder
from build_dataset.lang.zh.attribution_verbs import VerbRules

_NO_VERB = re.compile(f"[：{QUOTED}]|{HINT.pattern}")
"""What a unit without a verb of speech must hold to report anything."""


class _Inside(Enum):
    """What becomes of a report inside the content of another."""

    PART = "part of the other"
    BORDER = "ends the other's content"
    INSTEAD = "takes the place of the other"


class FrameFinder:
    """Finds the frames of a text."""

    def __init__(self, reader: NameReader) -> None:
        """Make the rules; `reader` reads source phrases."""
        self._reader = reader
        self._cues = CueFinder()
        subjects = SubjectFinder(reader)
        topics = TopicFinder(reader, subjects)
        self._verbs = VerbRules(reader, subjects, topics, self._cues)
        self._channels = ChannelRules(reader, subjects)
        self._colons = ColonRules(reader, subjects, topics, self._cues)

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
        silent: list[Unit] = []
        for unit in view.units:
            if unit.paragraph != paragraph:
                paragraph, spoken = unit.paragraph, None
                silent = []
            reports = self._settle(view, list(self._reports(Place(view, known, unit, [], spoken, silent))))
            silent = [] if reports else [*silent[-2:], unit]
            for report in reports:
                quotation = self._quotation_before(view, unit, report)
                if quotation is not None and quotation.start not in claimed:
                    claimed.add(quotation.start)
                    if report.contrast and spoken is not None:
                        found.append(_going_on(spoken, quotation))
                    else:
                        report.before = Range(quotation.start, quotation.end)
                spoken = report.source or spoken
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
                rule=report.rule,
            )
            for report in found
        ]

    def _reports(self, place: Place) -> Iterator[Report]:
        """The reports of a unit."""
        view, unit = place.view, place.unit
        cues = list(self._cues.cues(view, unit.start, unit.end))
        if not cues and _NO_VERB.search(view.text, unit.start, unit.end) is None:
            return
        place = replace(place, pauses=view.pauses(unit.start, unit.end))
        channels = list(self._channels.reports(place))
        yield from channels
        reported = bool(channels)
        for number, cue in enumerate(cues):
            following = cues[number + 1] if number + 1 < len(cues) else None
            if following is not None and self._leads_to(view, cue, following):
                continue
            at = bisect_right(channels, cue.start, key=lambda channel: channel.clause.start) - 1
            if at >= 0 and cue.start < channels[at].clause.end:
                continue
            report = self._verbs.report(place, cue)
            if report is not None:
                reported = True
                yield report
        report = None if reported else self._colons.report(place)
        if report is not None:
            yield report

    def _leads_to(self, view: View, cue: Cue, following: Cue) -> bool:
        """发布通报，称: the second verb is the one that reports."""
        if (
            cue.word in self._cues.plain
            or following.word not in self._cues.plain
            or following.start < cue.follow
        ):
            return False
        return not view.text[cue.follow : following.start].strip("，：并且还 ")

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
            inside = self._inside(view, outer, report, border)
            if inside is _Inside.INSTEAD:
                kept[-1] = report
            elif inside is _Inside.BORDER:
                end = border
                while end > outer.after.start and view.text[end - 1] in "，；：,; ":
                    end -= 1
                outer.after = Range(outer.after.start, end) if end > outer.after.start else None
                if not report.explicit:
                    report.source = outer.source
                kept.append(report)
        return kept

    def _inside(self, view: View, outer: Report, report: Report, border: int) -> _Inside:
        """Whether a report inside another's content replaces it, ends it, or is part of it."""
        assert outer.after is not None
        if view.text[outer.after.start] == QUOTED and report.cue is not None:
            between = view.text[outer.after.start : border]
            if not between.strip("，：；。、 并且也还又同时" + QUOTED):
                return _Inside.BORDER
        if outer.bare:
            if report.source is None or (report.bare and outer.source is not None):
                return _Inside.PART
            if not report.explicit and outer.source is not None:
                return _Inside.PART
            only = self._reader.only_adverbial(view, outer.after.start, border)
            return _Inside.INSTEAD if only else _Inside.BORDER
        if not report.explicit:
            return _Inside.PART
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
            return _Inside.BORDER
        return _Inside.BORDER if separate and far else _Inside.PART

    def _quotation_before(self, view: View, unit: Unit, report: Report) -> Quotation | None:
        """“A。”X认为，B: the quotation right before an attribution that has content of its own behind it."""
        if report.before is not None or report.after is None:
            return None
        quotation = None
        if unit.before is not None and self._reader.only_adverbial(view, unit.start, report.clause.start):
            quotation = unit.before if report.explicit else None
        else:
            start = report.clause.start
            while start > unit.start and view.text[start - 1] in "，, ：—…":
                start -= 1
            inside = view.quotation_ending(start)
            return inside if inside is not None and inside.start == unit.start else None
        return quotation if quotation is not None and view.is_sentence(quotation) else None


def _going_on(spoken: SourceMention, quotation: Quotation) -> Report:
    """甲表示，A。“B。”乙则认为，C: whoever spoke goes on, because the next one is set against him."""
    return Report(
        cue=None,
        clause=Range(quotation.start, quotation.start),
        source=spoken,
        before=None,
        after=Range(quotation.start, quotation.end),
        rule="goes_on",
        explicit=False,
        verbal_only=True,
    )
