"""Lines of names, days and media: `By Jane Roe | March 4, 2024 | City Herald`."""

import re
from dataclasses import replace
from itertools import zip_longest

from build_dataset.lang.en.metadata.credits import Credits
from build_dataset.lang.en.metadata.data import MetadataData
from build_dataset.lang.en.metadata.dates import Dates
from build_dataset.lang.en.metadata.names import NAMES, SPLIT_NAMES, Names, full_names, without_place
from build_dataset.read.facts import Facts, bylines, join_facts, read_posted
from build_dataset.schema import Byline

_HINT_WORD = re.compile(r"[a-z]+|\d{4}")
_MEDIUM_BEFORE = re.compile(r"\(([^()]{2,40})\)\s*(.+)")
_MEDIUM_BEHIND = re.compile(r"(.+?)\s*\(([^()]{2,40})\)")
_REPORTS = re.compile(r"\s+(?:reports?|reporting|reported)(?:\s+from\s+[^.]{1,40})?$")
_PIECES = re.compile(r"\s*[,|–—]\s*")
_PARTS = re.compile(r"\s+[|•·–—]\s+|\s{2,}|\t+")
_OUTER_BRACKETS = re.compile(r"[(（\[【]([^()（）\[\]【】]+)[)）\]】]\s*[.。]?")
_FINAL_STOP = re.compile(r"(?<=[\w)])\s*[.。]$")

SHORT_LINE = 10
"""Words."""
PROSE_SHARE = 0.6
"""Of the words of a line: in prose three quarters are in lower case."""


class Bylines:
    """The forms of bylines, and the words without which a line is none."""

    def __init__(self, data: MetadataData, dates: Dates, names: Names, labels: Credits) -> None:
        self._dates = dates
        self._names = names
        self._credits = labels
        self._own_medium = data.own_medium
        self._nobody = data.nobody
        words = [*data.roles(), *data.professions, *data.publisher_labels, "contributed"]
        singular = {word for phrase in words for word in phrase.split()} - {"on", "up"}
        self._hints = frozenset(
            singular | {f"{word}s" for word in singular} | set(map(str, range(1900, 2100)))
        )
        self._by = re.compile(
            rf"(?i:(?:(?:written|story|words|reported|posted|published)\s+)?by)\s+({NAMES})"
            r"(?:(?:\s*[,|–—-]\s*(?:for\s+)?|\s+(?:for|on)\s+)(.+))?"
        )
        profession = names.profession_pattern
        self._profession_word = re.compile(rf"(?<![\w'’-])({profession})(?![\w'’-])")
        self._name_profession = re.compile(rf"({NAMES}?),?\s+({profession})")

    def about(self, line: str) -> Facts | None:
        """Bylines, credits and date lines that fill a line."""
        if self._hints.isdisjoint(_HINT_WORD.findall(line.lower())) or _is_prose(line):
            return None
        brackets = _OUTER_BRACKETS.fullmatch(line)
        text = _FINAL_STOP.sub("", brackets[1].strip() if brackets else line)
        return (
            read_posted(text, self._names.medium_alone, self._dates.is_label)
            or self._credits.labelled(text)
            or self._credits.credited(text)
            or self._line(text)
        )

    def writers(self, value: str) -> tuple[Byline, ...]:
        """`Jane Roe and John Doe`, `By Jane Roe, City Herald`, `Jane Roe, Staff Writer`."""
        facts = self.about(value) or self._line(f"By {value}") or self._reporter_name(value)
        return facts.byline if facts else ()

    def is_nobody(self, value: str) -> bool:
        """`No author`, `Web Desk`."""
        return value.strip(" .").lower() in self._nobody

    def inside(self, inside: str) -> Facts | None:
        """What brackets at either end of a text name: reporters, credits."""
        return (
            self._credits.labelled(inside)
            or self._credits.credited(inside)
            or self._reporter_name(inside)
            or self._by_name(inside)
        )

    def _line(self, line: str) -> Facts | None:
        """`By Jane Roe | March 4, 2024 | City Herald`: names, days and media, and not media alone."""
        before = _MEDIUM_BEFORE.fullmatch(line)
        if before and self._names.is_medium(before[1]):
            line = f"{before[1]} | {before[2]}"
        pieces = [part.strip(" ,") for part in _PARTS.split(line) if part.strip(" ,")]
        facts = [self._part(part) for part in pieces]
        if len(facts) > 1 and facts[0] is None and any(fact is not None and fact.published for fact in facts):
            facts[0] = self._names.people(pieces[0], "author") if " " in pieces[0] else None
        stated = [fact for fact in facts if fact is not None]
        if not stated or len(stated) < len(facts):
            return None
        found = join_facts(stated)
        by = len(stated) == 1 and line[:3].lower() == "by "
        return found if found.byline or found.published or by else None

    def _part(self, part: str) -> Facts | None:
        return (
            self._dates.read(part)
            or self._by_name(part)
            or self._reporter_name(part)
            or self._names.medium_alone(part)
        )

    def _by_name(self, part: str) -> Facts | None:
        """`By Jane Roe and John Doe, Staff Writers`."""
        medium_behind = _MEDIUM_BEHIND.fullmatch(part)
        if medium_behind and self._names.is_medium(medium_behind[2]):
            part = f"{medium_behind[1]}, {medium_behind[2]}"
        match = self._by.fullmatch(without_place(part))
        if match is None:
            return None
        names, behind = match[1], match[2] or ""
        if self._names.is_known_medium(names) or (self._names.is_medium(names) and names.count(" ") < 3):
            return Facts(publisher=names)
        pieces = SPLIT_NAMES.split(names)
        rest: list[str] = []
        while len(pieces) > 1 and (
            self._names.is_profession(pieces[-1]) or self._names.is_medium(pieces[-1])
        ):
            rest.insert(0, pieces.pop())
        day = self._dates.read(behind)
        read = self._behind_names(rest if day else [*rest, *filter(None, _PIECES.split(behind))])
        people = [self._names.without_medium(piece) for piece in pieces]
        if read is None or any(" " not in name for name, _ in people):
            return None
        role, facts = read
        media = [Facts(publisher=medium) for _, medium in people]
        found = join_facts([facts, *media] if day is None else [facts, day, *media])
        return replace(found, byline=bylines([name for name, _ in people], role))

    def _behind_names(self, pieces: list[str]) -> tuple[str, Facts] | None:
        """What stands behind the names: the role and the last medium and day; None where there is anything else."""
        role, facts = "author", Facts()
        for piece in pieces:
            if self._names.is_profession(piece):
                role = self._names.profession(piece)
            elif self._names.is_medium(piece):
                facts = replace(facts, publisher=piece)
            elif (day := self._dates.read(piece)) is not None:
                facts = replace(facts, published=day.published)
            else:
                return None
        return role, facts

    def _reporter_name(self, part: str) -> Facts | None:
        """`City News Reporter Jane Roe`, `Our reporter Jane Roe and John Doe`, `Jane Roe, Staff Writer`."""
        behind = self._name_profession.fullmatch(part)
        if behind and " " in behind[1]:
            return self._names.people(behind[1], self._names.profession(behind[2]))
        titles = list(self._profession_word.finditer(part))
        if not titles:
            return None
        before = part[: titles[0].start()].strip(" -,|")
        own = all(word.lower() in self._own_medium for word in before.split())
        publisher = before if not own and self._names.is_medium(before) else None
        if not own and publisher is None and not all(word[0].isupper() for word in before.split()):
            return None
        stated: list[Facts] = []
        for title, following in zip_longest(titles, titles[1:]):
            names = _REPORTS.sub("", part[title.end() : following.start() if following else len(part)])
            role = self._names.profession(title[1])
            found = self._names.people(names.strip(" :：,&").removesuffix(" and"), role)
            if found is None:
                return None
            stated.append(found)
        people = join_facts(stated)
        plural = titles[0][1].lower().endswith("s")
        if not before and plural and len(people.byline) == 1:  # Reporters Without Borders
            return None
        return full_names(replace(people, publisher=publisher))


def _is_prose(line: str) -> bool:
    """Whether most words of a longer line are in lower case, as in no list of names."""
    words = line.split()
    return len(words) > SHORT_LINE and sum(word[0].islower() for word in words) > PROSE_SHARE * len(words)
