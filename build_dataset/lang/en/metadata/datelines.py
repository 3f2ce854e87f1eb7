"""What stands before the first and behind the last sentence of English articles."""

import re

from build_dataset.lang.en.metadata.bylines import Bylines
from build_dataset.lang.en.metadata.data import MetadataData
from build_dataset.lang.en.metadata.dates import Dates
from build_dataset.lang.en.metadata.names import CAPITALIZED, Names
from build_dataset.read.facts import Facts
from build_dataset.read.wording import any_of

_PLACE = rf"{CAPITALIZED}(?:[ ]{CAPITALIZED}){{0,3}}(?:,[ ]{CAPITALIZED}(?:[ ]{CAPITALIZED})?)?"
_DASH = r"\s*(--|—|–|-|_|:)?\s*"
_UPPER_PLACE = r"[A-Z][A-Z.'’-]+(?:[ ,]+(?:[A-Z][A-Z.'’-]*|[A-Z][a-z]+\.?)){0,4}"
_BRACKETS_AT_END = re.compile(r"[(（\[【]([^()（）\[\]【】]{2,160})[)）\]】]\s*[.。]?\s*$")
_BRACKETS_AT_START = re.compile(
    r"([^()（）\[\]【】.]{0,60}?)\s*[(（\[【]([^()（）\[\]【】]{4,120})[)）\]】]\s*"
)
_SENTENCE_BEFORE = re.compile("[.!?。！？\"”’'…)）]\\s*$")
MOST_WORDS_BEFORE = 6
"""Words before the brackets with the reporters."""


class Datelines:
    """The forms of datelines, and of brackets and marks at the end."""

    def __init__(self, data: MetadataData, dates: Dates, names: Names, bylines: Bylines) -> None:
        self._dates = dates
        self._names = names
        self._bylines = bylines
        self._dateline = re.compile(
            rf"(?:{_PLACE}(?:\s*,\s*({dates.month_day}))?\s*)?[(/]([^()/]{{2,40}})[)/]\s*[,:]?{_DASH}"
        )
        self._place_alone = re.compile(
            rf"{_UPPER_PLACE}(?:,\s*({dates.month_day}))?(?:\s*(?:--|—|–)|\s-\s)\s*(?=[\"“‘A-Z\d])"
        )
        self._agency_first = re.compile(
            rf"({names.medium_pattern}),?\s+{_PLACE},?\s+({dates.month_day})(?:\s*[(（]([^()（）]{{2,120}})[)）])?{_DASH}"
        )
        end_mark = any_of(data.end_marks, "i")
        self._end_mark = re.compile(
            rf"\s*(?:[(（\[【]\s*{end_mark}\s*[.]?[)）\]】]|\s-\s*{end_mark}\s*-|\s###)\s*[.。]?\s*$"
        )

    def opening(self, line: str) -> tuple[Facts, int] | None:
        """`City News Service, Rome, May 2 (Reporter Jane Roe)`, `ROME, May 2 (Reuters) --`, `ROME - `."""
        found = self._agency_dateline(line) or self._place_dateline(line) or self._reporters(line)
        if found is not None:
            return found
        match = self._place_alone.match(line)
        if match is None:
            return None
        return Facts(published=self._dates.of_dateline(match[1] or "")), match.end()

    def _agency_dateline(self, line: str) -> tuple[Facts, int] | None:
        match = self._agency_first.match(line)
        if match is None or not match[1][0].isupper():
            return None
        inside = match[3]
        reporters = (self._bylines.inside(inside) or self._names.people(inside, None)) if inside else Facts()
        if reporters is None:
            return None
        return Facts(reporters.byline, self._dates.of_dateline(match[2]), match[1]), match.end()

    def _place_dateline(self, line: str) -> tuple[Facts, int] | None:
        match = self._dateline.match(line)
        if match is None or not self._names.is_medium(match[2]) or not (match[1] or match[3]):
            return None
        return Facts(published=self._dates.of_dateline(match[1] or ""), publisher=match[2]), match.end()

    def _reporters(self, line: str) -> tuple[Facts, int] | None:
        """`City Daily (Reporter Jane Roe) `."""
        match = _BRACKETS_AT_START.match(line)
        if match is None or len(match[1].split()) > MOST_WORDS_BEFORE:
            return None
        reporters = self._bylines.inside(match[2])
        if reporters is None or not reporters.byline:
            return None
        medium = match[1] if self._names.medium_alone(match[1]) else None
        if medium and self._names.is_medium(medium.removesuffix(" News")):
            medium = medium.removesuffix(" News")  # "Harbor Daily News (Reporter …)": 海港日报讯
        own = match[1].split()[:1] in (["Our"], ["This"])
        return Facts(
            reporters.byline, publisher=reporters.publisher or (None if own else medium)
        ), match.end()

    def closing(self, line: str) -> tuple[Facts, int] | None:
        """`(City Daily)`, `(Reporting by Jane Roe; editing by John Doe)`, `(End)` behind the text."""
        mark = self._end_mark.search(line)
        if mark is not None:
            return Facts(), mark.start()
        brackets = _BRACKETS_AT_END.search(line)
        if brackets is None or not _SENTENCE_BEFORE.search(line[: brackets.start()]):
            return None
        inside = brackets[1].strip()
        stated = self._names.medium_alone(inside) or self._bylines.inside(inside.strip(" ."))
        return (stated, brackets.start()) if stated else None
