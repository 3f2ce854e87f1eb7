"""What an article says of itself: title, byline, date, publisher, licence, and which of its lines say so.

Only the first and last lines of a text can be about it as a whole; those between are looked at for captions
and licences alone. How things are worded is the language pack's part (`Wording`); here is where they may
stand, and what wins.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple, Protocol

from build_dataset.document import ArticleMetadata, Document, Range, SourceMetadata
from build_dataset.schema import ArticleFlag, Byline

ENDS = 6
"""So many lines at either end of a text, blank ones aside, may hold byline, date line or dateline."""
LONGEST_LINE = 240
"""Characters: a longer line is a paragraph, not a byline or caption."""
LONGEST_TITLE = 160
CUT_CONTEXT = 13
"""Characters at the end of a line that show whether a sentence ended there."""
MOST_CUT_LINES = 2
"""With more lines cut in mid-sentence a text is truncated, whatever its end; a slip or two happen."""

_LINE = re.compile(r"[^\n]*\S[^\n]*")
_ISO_DATE = re.compile(r"(?<!\d)((?:19|20)\d\d)([-/.])(\d{1,2})\2(\d{1,2})(?!\d)")
_ASTERISKS = re.compile(r"[*＊]+")
_EMPHASIS = re.compile(r"(?<![\w*＊])(\*{1,3})(?=[^\s*])[^*\n]{1,300}(?<=[^\s*])\1(?![\w*＊])")
_RULE_OR_BULLET = re.compile(r"[\s*＊·.~_=-]*$|\s*[*＊]\s")
_SENTENCE_END = re.compile('[.。…:：;；,，、"”’」』]$')
_CUT = re.compile('[^.!?。！？…”"’」』)）]{12}(?:(?<=[^\\W\\d_])|(?<=[,，、]))$')


@dataclass(frozen=True, slots=True)
class Facts:
    """What a line or a part of one says of the article."""

    byline: tuple[Byline, ...] = ()
    published: date | None = None
    publisher: str | None = None
    title: str | None = None


class Line(NamedTuple):
    """A line with something in it, without the blanks round it."""

    start: int
    end: int
    text: str


class Wording(Protocol):
    """How a language words what articles say of themselves."""

    longest_heading: int
    """Characters: a longer line that ends in the middle of a sentence was cut."""
    license_words: Collection[str]
    """One of them, in lower case, is in every line that states a licence."""

    def about(self, line: str) -> Facts | None:
        """What a line says that is about the article as a whole; None for any other line."""

    def opening(self, line: str) -> tuple[Facts, int] | None:
        """What stands before the first sentence of a line (a dateline), and where that ends."""

    def closing(self, line: str) -> tuple[Facts, int] | None:
        """What stands behind the last sentence at a line's end ("(End)", a medium), and where it begins."""

    def license(self, line: str) -> str | None:
        """The licence that a line names as the article's own."""

    def caption(self, line: str) -> bool:
        """Whether a line is the caption or credit of a picture, or a list of tags."""

    def goes_on(self, line: str) -> bool:
        """Whether the end of a line says that the text goes on elsewhere ("Read more")."""


def read_metadata(
    document: Document, wording: Wording, language: str, flags: Iterable[ArticleFlag] = ()
) -> ArticleMetadata:
    """What the container of a text says of it, and for the rest what the text says of itself.

    Args:
        document: the article.
        wording: of its language.
        language: its BCP 47 tag.
        flags: those that are known already.

    Returns:
        The metadata; `excluded` in order. A title is annotatable text and never excluded.
    """
    lines = list(_lines(document.text))
    found = _Reading(wording, lines)
    found.read_ends()
    found.read_captions(document.text)
    found.read_close()
    found.read_title(document.text)
    found.flags.update(flags)
    if has_masked_words(document.text):
        found.flags.add(ArticleFlag.MASKED_WORDS)
    return found.combined(document.metadata, language)


def iso_date(text: str) -> date | None:
    """The first full date in figures, year first."""
    match = _ISO_DATE.search(text)
    return day(match[1], match[3], match[4]) if match else None


def day(year: str | int, month: str | int, number: str | int) -> date | None:
    """A day that the calendar has, else None."""
    try:
        return date(int(year), int(month), int(number))
    except ValueError:
        return None


def has_masked_words(text: str) -> bool:
    """Whether words were cut out and asterisks put in their place; emphasis in Markdown is something else."""
    if "*" not in text and "＊" not in text:
        return False
    return any(_is_masked(line) for line in text.split("\n") if _ASTERISKS.search(line))


def _is_masked(line: str) -> bool:
    if _RULE_OR_BULLET.match(line):
        line = line.lstrip(" \t*＊")
    line = _EMPHASIS.sub("", line)
    return any(
        len(match[0]) > 1 or (line[: match.start()][-1:].isalpha() and line[match.end() :][:1].isalpha())
        for match in _ASTERISKS.finditer(line)
    )


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
        closing = self.wording.closing(ending)
        if closing is None:
            return
        begin = line.end - len(ending) + closing[1]
        if not any(place.end > begin for place in self.excluded):
            self.facts.append(closing[0])
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
        byline = tuple(dict.fromkeys(name for fact in self.facts for name in fact.byline))
        return ArticleMetadata(
            url=given.url,
            title=given.title or self.title,
            byline=given.byline or byline,
            published=given.published
            or next((fact.published for fact in self.facts if fact.published), None),
            publisher=given.publisher
            or next((fact.publisher for fact in self.facts if fact.publisher), None),
            license=given.license or self.license,
            language=language,
            flags=tuple(sorted(self.flags)),
            excluded=tuple(sorted(self.excluded)),
        )
