"""What an article says of itself: title, byline, date, publisher, licence, and which of its lines say so.

Only the first and last lines of a text can be about it as a whole; those between are looked at for captions
and licences alone. How things are worded is the language pack's part (`Wording`); here is where they may
stand, and what wins.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from build_dataset.document import ArticleMetadata, Document, Range, SourceMetadata
from build_dataset.lang.detect import is_mixed
from build_dataset.lang.pack import load_part
from build_dataset.read.facts import Facts, join_facts
from build_dataset.read.masked_words import has_masked_words
from build_dataset.read.wording import Wording
from build_dataset.schema import ArticleFlag

ENDS = 6
"""So many lines at either end of a text, blank ones aside, may hold byline, date line or dateline."""
LONGEST_LINE = 240
"""Characters: a longer line is a paragraph, not a byline or caption."""
LONGEST_TITLE = 160
MOST_CLOSINGS = 3
"""Behind the last sentence: the reporter, the medium, the end."""
CUT_CONTEXT = 13
"""Characters at the end of a line that show whether a sentence ended there."""
MOST_CUT_LINES = 2
"""With more lines cut in mid-sentence a text is truncated, whatever its end; a slip or two happen."""

_LINE = re.compile(r"[^\n]*\S[^\n]*")
_SENTENCE_END = re.compile('[.。…:：;；,，、"”’」』]$')
_CUT = re.compile('[^.!?。！？…”"’」』)）]{12}(?:(?<=[^\\W\\d_])|(?<=[,，、]))$')


class Line(NamedTuple):
    """A line with something in it, without the blanks round it."""

    start: int
    end: int
    text: str


def read_metadata(document: Document, wording: Wording, code: str) -> ArticleMetadata:
    """What the container of a text says of it, and for the rest what the text says of itself.

    Args:
        document: the article.
        wording: of its language.
        code: the language's pack.

    Returns:
        The metadata; `excluded` in order. A title is annotatable text and never excluded.
    """
    text = document.text
    found = _Reading(wording, list(_lines(text)))
    found.read_ends()
    found.read_captions(text)
    found.read_close()
    found.read_title(text)
    if is_mixed(text, code):
        found.flags.add(ArticleFlag.MIXED_LANGUAGE)
    if has_masked_words(text):
        found.flags.add(ArticleFlag.MASKED_WORDS)
    return found.combined(document.metadata, load_part(code, "segmentation").tag(text))


def _lines(text: str) -> Iterator[Line]:
    for match in _LINE.finditer(text):
        line = match[0].rstrip()
        stripped = line.lstrip()
        end = match.start() + len(line)
        yield Line(end - len(stripped), end, stripped)


@dataclass(slots=True)
class _Reading:
    """The lines of a text, and what has been found in them so far."""

    wording: Wording
    lines: Sequence[Line]
    facts: list[Facts] = field(default_factory=list)
    excluded: list[Range] = field(default_factory=list)
    title: str | None = None
    license: str | None = None
    flags: set[ArticleFlag] = field(default_factory=set)
    prose: list[int] = field(default_factory=list)
    """The lines among the first and last that are not about the article."""

    def read_ends(self) -> None:
        """Read the first and the last lines, where bylines, dates and publishers stand."""
        count = len(self.lines)
        for number in (*range(min(ENDS, count)), *range(max(ENDS, count - ENDS), count)):
            line = self.lines[number]
            about = self.wording.about(line.text) if len(line.text) <= LONGEST_LINE else None
            if about is not None:
                self.facts.append(about)
                self.excluded.append(Range(line.start, line.end))
            else:
                self.prose.append(number)
                opening = self.wording.opening(line.text) if number < ENDS else None
                if opening is not None:
                    self.facts.append(opening[0])
                    self.excluded.append(Range(line.start, line.start + opening[1]))

    def read_close(self) -> None:
        """Read what stands behind the last sentence."""
        if not self.prose:
            return
        line = self.lines[self.prose[-1]]
        ending = line.text[-LONGEST_LINE:]
        begin = line.end - len(ending)
        stated: list[Facts] = []
        while len(stated) < MOST_CLOSINGS and (closing := self.wording.closing(ending)) is not None:
            stated.insert(0, closing[0])
            ending = ending[: closing[1]]
        begin += len(ending)
        if stated and not any(place.end > begin for place in self.excluded):
            # A day behind the text may be that of a revision, or of what the text tells.
            self.facts.append(replace(join_facts(stated), published=None))
            self.excluded.append(Range(begin, line.end))

    def read_captions(self, text: str) -> None:
        """Exclude captions and licences anywhere, and see whether lines were cut."""
        folded = text.lower()
        licensed = any(word in folded for word in self.wording.license_words)
        known = {place.start: place.end for place in self.excluded}
        cut = []
        for number, line in enumerate(self.lines):
            if len(line.text) > self.wording.longest_heading and _CUT.search(line.text[-CUT_CONTEXT:]):
                cut.append(number)
            if len(line.text) > LONGEST_LINE or known.get(line.start) == line.end:
                continue
            stated = self.wording.license(line.text) if licensed else None
            if stated is not None or self.wording.caption(line.text):
                self.license = self.license or stated
                self.excluded.append(Range(line.start, line.end))
                if self.prose and number == self.prose[-1]:
                    self.prose.pop()
        last = self.prose[-1] if self.prose else -1
        if (
            len(cut) > MOST_CUT_LINES
            or last in cut
            or (last >= 0 and self.wording.goes_on(self.lines[last].text[-LONGEST_LINE:]))
        ):
            self.flags.add(ArticleFlag.TRUNCATED)

    def read_title(self, text: str) -> None:
        """The first line if it is a headline: short, no sentence, apart from the body or over a byline."""
        self.title = next((fact.title for fact in self.facts if fact.title), None)
        if (
            self.title
            or len(self.lines) < 2
            or any(place.start == self.lines[0].start for place in self.excluded)
        ):
            return
        first, second = self.lines[:2]
        headline = len(first.text) <= LONGEST_TITLE and not _SENTENCE_END.search(first.text)
        apart = text.count("\n", first.end, second.start) > 1
        over_byline = any(place == (second.start, second.end) for place in self.excluded)
        if headline and (apart or over_byline) and sum(map(str.isalpha, first.text)) >= 4:
            self.title = first.text

    def combined(self, given: SourceMetadata, language: str) -> ArticleMetadata:
        """What the container gives wins; the first that the text says comes next."""
        facts = join_facts(self.facts)
        return ArticleMetadata(
            url=given.url,
            title=given.title or self.title,
            byline=given.byline or tuple(dict.fromkeys(facts.byline)),
            published=given.published or facts.published,
            publisher=given.publisher or facts.publisher,
            license=given.license or self.license,
            language=language,
            flags=tuple(sorted(self.flags)),
            excluded=tuple(sorted(self.excluded)),
        )
