"""Whose words they are where the clause of a cue does not say it: earlier clauses, earlier sentences."""

from bisect import bisect_right
from itertools import pairwise

from build_dataset.lang.zh.attribution_names import NameReader
from build_dataset.lang.zh.attribution_persons import LIKELY, NAMED
from build_dataset.lang.zh.attribution_posts import Source
from build_dataset.lang.zh.attribution_reports import Place
from build_dataset.lang.zh.attribution_subjects import SubjectFinder
from build_dataset.lang.zh.attribution_text import QUOTED, Unit, View
from build_dataset.schema import SpeakerKind

_LONGEST_PHRASE = 70
_PEOPLE = (SpeakerKind.PERSON, SpeakerKind.UNNAMED, None)


class TopicFinder:
    """Finds whom earlier clauses and sentences are about."""

    def __init__(self, reader: NameReader, subjects: SubjectFinder) -> None:
        """Use `reader` for phrases and `subjects` for clauses."""
        self._reader = reader
        self._subjects = subjects

    def of_sentences(self, place: Place, units: list[Unit]) -> Source | None:
        """Whom the sentences before are about in which nobody speaks, the nearest first."""
        view = place.view
        for unit in reversed(units):
            pauses = [*view.pauses(unit.start, unit.end), unit.end]
            for start, end in pairwise(pauses):
                if start < end:
                    source = self._subjects.of_clause(view, place.known, start, end)
                    if source is not None and source.mention.kind in _PEOPLE:
                        return source
        return None

    def earlier(self, place: Place, begin: int, *, labels: bool = True) -> Source | None:
        """The subject of the clauses before `begin` in the unit, the nearest first."""
        view, known, unit, pauses = place.view, place.known, place.unit, place.pauses
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
