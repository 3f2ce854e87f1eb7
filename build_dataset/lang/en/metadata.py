"""Bylines, datelines, days, publishers and licences as English articles word them."""

import re
from collections.abc import Collection, Iterable
from datetime import date
from itertools import zip_longest

from pydantic import BaseModel, ConfigDict

from build_dataset.document import ArticleMetadata, Document
from build_dataset.lang.detect import is_mixed
from build_dataset.lang.pack import load_data
from build_dataset.read.metadata import Facts, day, iso_date, read_metadata
from build_dataset.schema import ArticleFlag, Byline


class MetadataData(BaseModel):
    """`metadata.yaml`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    labels: dict[str, tuple[str, ...]]
    publisher_labels: frozenset[str]
    date_labels: frozenset[str]
    professions: frozenset[str]
    own_medium: frozenset[str]
    media: frozenset[str]
    medium_words: frozenset[str]
    months: dict[int, tuple[str, ...]]
    weekdays: frozenset[str]
    caption_labels: frozenset[str]
    caption_openings: frozenset[str]
    end_marks: frozenset[str]
    goes_on: frozenset[str]
    works: frozenset[str]


def _any(words: Iterable[str]) -> str:
    """A pattern for the longest of some words, in any case; a blank stands for any number of them."""
    ordered = sorted(words, key=lambda word: (-len(word), word))
    return "(?i:" + "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in ordered) + ")"


_CAPITALIZED = r"[^\W\d_a-zß-öø-ÿ][\w'’.&-]*"
_NAME_WORD = rf"(?:{_CAPITALIZED}|[dDO]['’]{_CAPITALIZED})"
_PARTICLE = r"(?:al|bin|da|de|del|della|den|der|di|dos|du|el|ibn|la|le|ter|van|von|y)"
_NAME = rf"{_NAME_WORD}(?:[ ](?:{_PARTICLE}[ ]){{0,2}}{_NAME_WORD}){{0,4}}"
_AND = r"(?:\s*,\s*(?:and\s+)?|\s+(?:and|&)\s+|\s*[/;、]\s*)"
_NAMES = rf"{_NAME}(?:{_AND}{_NAME}){{0,7}}"
_SPLIT_NAMES = re.compile(_AND)
_ONLY_NAME = re.compile(_NAME)
_PLACE = rf"{_CAPITALIZED}(?:[ ]{_CAPITALIZED}){{0,3}}(?:,[ ]{_CAPITALIZED}(?:[ ]{_CAPITALIZED})?)?"
_IN_PLACE = re.compile(rf"\s+(?:in|from|at)\s+{_CAPITALIZED}(?:\s+{_CAPITALIZED}){{0,3}}")
_TIME = re.compile(
    r"[\s,]*(?:at\s+|-\s*|–\s*|\|\s*)?(?:T?\d{1,2}[:.]\d\d(?:[:.]\d\d)?\s*(?:[ap]\.?m\.?)?|\d{1,2}\s*[ap]\.?m\.?)?"
    r"\s*\(?(?:[A-Z]{2,4}(?:[+-]\d{1,2})?|Z)?\)?\s*\.?",
    re.IGNORECASE,
)
_HINT_WORD = re.compile(r"[a-z]+|\d{4}")
_CLOCK = re.compile(r"\d{1,2}:\d\d(?::\d\d)?\s*(?:[ap]\.?m\.?)?\s*(?:[A-Z]{2,4})?\s*,?\s*", re.IGNORECASE)
_MEDIUM_BEFORE = re.compile(r"\(([^()]{2,40})\)\s*(.+)")
_MEDIUM_BEHIND = re.compile(r"(.+?)\s*\(([^()]{2,40})\)")
_REPORTS = re.compile(r"\s+(?:reports?|reporting|reported)(?:\s+from\s+[^.]{1,40})?$")
_PIECES = re.compile(r"\s*[,|–—]\s*")
_OTHER_LABEL = re.compile(r"(?<![^\W_])([A-Z][a-z]*(?:\s+[a-z]+){0,2})\s*([|｜丨])\s*(?=[^\W\d_])")
_LABEL_MARK = re.compile("[:：|｜丨]")
_BAR = re.compile(r"\s*[|｜丨]\s*")
_PARTS = re.compile(r"\s+[|•·–—]\s+|\s{2,}|\t+")
_POSTED_BY = re.compile(r"([^\s:：]{2,40}?)[ ]?((?:19|20)\d\d-\d\d-\d\d)[ T]\d\d:\d\d(?::\d\d)?")
_OUTER_BRACKETS = re.compile(r"[(（\[【]([^()（）\[\]【】]+)[)）\]】]\s*[.。]?")
_BRACKETS_AT_END = re.compile(r"[(（\[【]([^()（）\[\]【】]{2,160})[)）\]】]\s*[.。]?\s*$")
_BRACKETS_AT_START = re.compile(
    r"([^()（）\[\]【】.]{0,60}?)\s*[(（\[【]([^()（）\[\]【】]{4,120})[)）\]】]\s*"
)
_SENTENCE_BEFORE = re.compile("[.!?。！？\"”’'…)）]\\s*$")
_FINAL_STOP = re.compile(r"(?<=[\w)])\s*[.。]$")
_HAS_QUOTE = re.compile('["“”]')
_UPPER_PLACE = re.compile(
    r"[A-Z][A-Z.'’-]+(?:[ ,]+(?:[A-Z][A-Z.'’-]*|[A-Z][a-z]+\.?)){0,4}\s*(?:--|—|–)\s*(?=[\"“‘A-Z\d])"
)
_DASH = r"\s*(--|—|–|-|_|:)?\s*"
_RIGHTS = re.compile(
    r"(?:©|\(c\)|copyright\s*(?:©|\(c\)|(?:19|20)\d\d)).*|.*\ball rights reserved\b.*", re.IGNORECASE
)
_NAMED_LICENSE = re.compile(r"(?:CC[ -](?:BY|0|licen[sc]e)|Creative Commons)\b[\w .()-]{0,80}", re.IGNORECASE)
_LICENSE_NAME = re.compile(r"licen[sc]e|\bCC|creative commons|public domain", re.IGNORECASE)
_AFTER_LICENSE = re.compile(
    r",|;|\.(?!\d)|\s+(?:and|which|that|with|by|unless|\(?https?:)|\s+[-–—]\s|\s*[(:]"
)


SHORT_LINE = 10
"""Words."""
PROSE_SHARE = 0.6
"""Of the words of a line: in prose three quarters are in lower case."""


class EnglishMetadata:
    """The forms, compiled from the words of `metadata.yaml`."""

    longest_heading = 150
    license_words: Collection[str] = (
        "licen",
        "creative commons",
        "cc by",
        "cc-by",
        "cc0",
        "©",
        "(c)",
        "copyright",
        "all rights",
        " under ",
    )

    def __init__(self, data: MetadataData) -> None:
        self._data = data
        self._months = {word: number for number, words in data.months.items() for word in words}
        self._roles = {word: role for role, words in data.labels.items() for word in words}
        month, profession, label = _any(self._months), f"(?i:{_any(data.professions)}s?)", _any(self._roles)
        all_labels = _any([*self._roles, *data.publisher_labels])
        weekday = rf"(?:{_any(data.weekdays)}\.?,?\s+)?"
        self._medium = re.compile(
            rf"(?i:the\s+)?(?:(?:[^\W\d_][\w.'’&-]*\s+){{0,4}}{_any(data.medium_words)}(?:\s+(?i:online))?"
            rf"|{_any(data.media)}|[\w-]+\.(?:com|net|org|cn)(?:\.cn)?)"
        )
        self._known_medium = re.compile(rf"(?i:the\s+)?{_any(data.media)}")
        self._date = re.compile(
            rf"{weekday}(?:(?P<month>{month})\.?\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>(?:19|20)\d\d)"
            rf"|(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?\s+(?P<month2>{month})\.?,?\s+(?P<year2>(?:19|20)\d\d)"
            r"|(?P<iso>(?:19|20)\d\d[-/.]\d{1,2}[-/.]\d{1,2}))(?![\d-])"
        )
        self._date_label = re.compile(rf"{_any(data.date_labels)}\s*(?:[:：]\s*|\s)", re.IGNORECASE)
        words = [*self._roles, *data.professions, *data.publisher_labels, "contributed"]
        singular = {word for phrase in words for word in phrase.split()} - {"on", "up"}
        self._hints = frozenset(
            singular | {f"{word}s" for word in singular} | set(map(str, range(1900, 2100)))
        )
        self._label = re.compile(rf"(?<![^\W_])({all_labels})\s*([:：]|[|｜丨])\s*")
        self._by = re.compile(
            rf"(?i:(?:(?:written|story|words|reported|posted|published)\s+)?by)\s+({_NAMES})(?:(?:\s*[,|–—-]\s*(?:for\s+)?|\s+(?:for|on)\s+)(.+))?"
        )
        self._profession_word = re.compile(rf"(?<![\w'’-])({profession})(?![\w'’-])")
        self._name_profession = re.compile(rf"({_NAMES}?),?\s+({profession})")
        self._credit = re.compile(rf"({label})\s+(.+)")
        self._contributed = re.compile(
            rf"(.{{2,160}}?)\s+contributed(?:\s+reporting)?(?:\s+to\s+(?:this|the)\s+{_any(data.works)})?",
            re.IGNORECASE,
        )
        self._writers = re.compile(rf"(.*?)\b{profession}\s+")
        month_day = (
            rf"(?:{month}\.?\s+\d{{1,2}}(?:,\s+(?:19|20)\d\d)?|\d{{1,2}}\s+{month}\.?(?:\s+(?:19|20)\d\d)?)"
        )
        self._dateline = re.compile(
            rf"(?:{_PLACE}(?:\s*,\s*({month_day}))?\s*)?[(/]([^()/]{{2,40}})[)/]\s*[,:]?{_DASH}"
        )
        self._agency_first = re.compile(
            rf"({self._medium.pattern}),?\s+{_PLACE},?\s+({month_day})(?:\s*[(（]([^()（）]{{2,120}})[)）])?{_DASH}"
        )
        self._caption = re.compile(
            rf"[(（\[]?(?:{_any(data.caption_labels)}\s*[:：|｜丨]\s*\S|(?:{_any(data.caption_openings)})(?:(?<!by)\s+\S|\s+{_CAPITALIZED})).{{0,160}}"
        )
        self._end_mark = re.compile(
            rf"\s*(?:[(（\[【]\s*{_any(data.end_marks)}\s*[.]?[)）\]】]|\s-\s*{_any(data.end_marks)}\s*-|\s###)\s*[.。]?\s*$"
        )
        self._goes_on = re.compile(
            rf"[\[(]?{_any(data.goes_on)}\b.{{0,40}}|.*[^\s.](?:\s?\.{{3,}}|\s?…+)\s?(?:[\[(]?{_any(data.goes_on)}\b.{{0,20}})?"
            r"|.*\[(?:\.{3}|…|\+\d+ chars)\]"
        )
        work = rf"(?:this|our|the)\s+(?:\w+\s+)?{_any(data.works)}"
        self._licensed = re.compile(
            rf"(?:{work}\b.{{0,120}}?\s+)?(?:re)?(?:published|licen[sc]ed|released|available|distributed|shared)"
            r"\s+(?:here\s+)?under\s+(?:the\s+terms\s+of\s+)?(?:an?\s+|the\s+)?",
            re.IGNORECASE,
        )
        self._license_label = re.compile(r"licen[sc]e\s*[:：]\s*(\S.*)", re.IGNORECASE)

    def read(self, document: Document) -> ArticleMetadata:
        """Title, byline, day, publisher and licence as far as the text states them."""
        flags = [ArticleFlag.MIXED_LANGUAGE] if is_mixed(document.text, "en") else []
        return read_metadata(document, self, "en", flags)

    # ── lines about the article ──

    def about(self, line: str) -> Facts | None:
        """Bylines, credits and date lines that fill a line."""
        if self._hints.isdisjoint(_HINT_WORD.findall(line.lower())) or _is_prose(line):
            return None
        brackets = _OUTER_BRACKETS.fullmatch(line)
        text = _FINAL_STOP.sub("", brackets[1].strip() if brackets else line)
        posted = _POSTED_BY.fullmatch(text)
        if posted:
            return Facts(byline=(Byline(name=posted[1], role="author"),), published=iso_date(posted[2]))
        return self._labelled(text) or self._credits(text) or self._parts(text)

    def _labelled(self, line: str) -> Facts | None:
        """`Author: Jane Roe  Editor: John Doe`, `… Author |Jane. Edit |John.`: labels with what they name."""
        labels = self._labels(line) if _LABEL_MARK.search(line) else []
        if not labels or (labels[0].start() > 0 and labels[0][2] in ":："):
            return None
        byline: list[Byline] = []
        publisher, published = None, None
        for label, following in zip(labels, [*labels[1:], None], strict=True):
            value = line[label.end() : following.start() if following else len(line)].strip(
                " \t.。;；,/|()（）"
            )
            pieces = [(piece, self._day(piece)) for piece in _BAR.split(value)]
            published = next((stated.published for _, stated in pieces if stated), published)
            value = " | ".join(piece for piece, stated in pieces if not stated)
            word = " ".join(label[1].lower().split())
            role = self._roles.get(word)
            if role is None:
                if word in self._data.publisher_labels and self._medium.fullmatch(value):
                    publisher = value
                elif len(labels) == 1:
                    return None
                continue
            names = self._names(value, handles=label[2] not in ":：" or len(labels) > 1)
            if not names:
                return None
            byline.extend(Byline(name=name, role=role) for name in names)
        return Facts(tuple(byline), published, publisher) if byline or published or publisher else None

    def _labels(self, line: str) -> list[re.Match[str]]:
        """The labels of a line in order; if one is known, other words before a bar too (`Produced |…`)."""
        known = list(self._label.finditer(line))
        ends = {label.end() for label in known}
        others = [
            label
            for label in (_OTHER_LABEL.finditer(line) if known else ())
            if label.end() not in ends and not self._medium.fullmatch(label[1])
        ]
        return sorted([*known, *others], key=re.Match.start)

    def _credits(self, line: str) -> Facts | None:
        """`Reporting by Jane Roe in Rome; editing by John Doe`, `Jane Roe contributed to this report`."""
        contributed = self._contributed.fullmatch(line) if "contributed" in line else None
        if contributed:
            return self._full_names(self._byline(self._writers.sub("", contributed[1]), "contributor"))
        byline: list[Byline] = []
        for part in re.split(r"\s*[;；]\s*", line):
            credit = self._credit.fullmatch(part)
            words = " ".join(credit[1].lower().split()) if credit else ""
            facts = self._byline(credit[2], self._roles[words]) if credit and words.endswith(" by") else None
            if facts is None:
                return None
            byline.extend(facts.byline)
        return Facts(byline=tuple(byline))

    def _parts(self, line: str) -> Facts | None:
        """`By Jane Roe | March 4, 2024 | City Herald`: names, days and media, and not media alone."""
        before = _MEDIUM_BEFORE.fullmatch(line)
        if before and self._medium.fullmatch(before[1]):
            line = f"{before[1]} | {before[2]}"
        pieces = [part.strip(" ,") for part in _PARTS.split(line) if part.strip(" ,")]
        facts = [self._part(part) for part in pieces]
        if len(facts) > 1 and facts[0] is None and any(fact is not None and fact.published for fact in facts):
            facts[0] = self._byline(pieces[0], "author") if " " in pieces[0] else None
        if not facts or any(fact is None for fact in facts):
            return None
        found = [fact for fact in facts if fact is not None]
        byline = tuple(name for fact in found for name in fact.byline)
        published = next((fact.published for fact in found if fact.published), None)
        publisher = next((fact.publisher for fact in found if fact.publisher), None)
        bare = not byline and published is None and not (len(found) == 1 and line[:3].lower() == "by ")
        return None if bare else Facts(byline, published, publisher)

    def _part(self, part: str) -> Facts | None:
        return self._day(part) or self._by_name(part) or self._reporter_name(part) or self._medium_alone(part)

    def _day(self, part: str) -> Facts | None:
        label = self._date_label.match(part)
        match = self._date.match(part, label.end() if label else 0)
        if match is None:  # 9:35, March 4, 2024
            clock = _CLOCK.match(part, label.end() if label else 0)
            match = self._date.match(part, clock.end()) if clock else None
        if match is None or not _TIME.fullmatch(part, match.end()):
            return None
        return Facts(published=self._date_of(match))

    def _date_of(self, match: re.Match[str]) -> date | None:
        if match["iso"]:
            return iso_date(match["iso"])
        if match["month"]:
            return day(match["year"], self._months[match["month"].lower()], match["day"])
        return day(match["year2"], self._months[match["month2"].lower()], match["day2"])

    def _by_name(self, part: str) -> Facts | None:
        """`By Jane Roe and John Doe, Staff Writers`."""
        medium_behind = _MEDIUM_BEHIND.fullmatch(part)
        if medium_behind and self._medium.fullmatch(medium_behind[2]):
            part = f"{medium_behind[1]}, {medium_behind[2]}"
        match = self._by.fullmatch(_IN_PLACE.sub("", part))
        if match is None:
            return None
        if self._known_medium.fullmatch(match[1]) or (
            self._medium.fullmatch(match[1]) and match[1].count(" ") < 3
        ):
            return Facts(publisher=match[1])
        role, publisher = "author", None
        names = match[1]
        behind = self._day(match[2]) if match[2] else None
        published = behind.published if behind else None
        rest = [] if behind else [piece for piece in _PIECES.split(match[2] or "") if piece]
        pieces = _SPLIT_NAMES.split(names)
        while len(pieces) > 1 and (self._is_profession(pieces[-1]) or self._medium.fullmatch(pieces[-1])):
            rest.insert(0, pieces.pop())
        for piece in rest:
            if self._is_profession(piece):
                role = self._profession(piece)
            elif self._medium.fullmatch(piece):
                publisher = piece
            elif (stated := self._day(piece)) is not None:
                published = stated.published
            else:
                return None
        people = [self._without_medium(piece) for piece in pieces]
        publisher = publisher or next((medium for _, medium in people if medium), None)
        if any(" " not in name for name, _ in people):
            return None
        byline = tuple(Byline(name=name, role=role) for name, _ in people)
        return Facts(byline=byline, published=published, publisher=publisher)

    def _without_medium(self, name: str) -> tuple[str, str | None]:
        """`JANE ROE Associated Press`: the name and the medium behind it."""
        words = name.split()
        media = {" ".join(words[first:]): " ".join(words[:first]) for first in range(2, len(words))}
        for known in (self._known_medium, self._medium):
            for medium, person in media.items():
                if known.fullmatch(medium):
                    return person, medium
        return name, None

    def _reporter_name(self, part: str) -> Facts | None:
        """`City News Reporter Jane Roe`, `Our reporter Jane Roe and John Doe`, `Jane Roe, Staff Writer`."""
        behind = self._name_profession.fullmatch(part)
        if behind and " " in behind[1]:
            return self._byline(behind[1], self._profession(behind[2]))
        titles = list(self._profession_word.finditer(part))
        if not titles:
            return None
        before = part[: titles[0].start()].strip(" -,|")
        own = all(word.lower() in self._data.own_medium for word in before.split())
        publisher = before if not own and self._medium.fullmatch(before) else None
        if not own and publisher is None and not all(word[0].isupper() for word in before.split()):
            return None
        byline: list[Byline] = []
        for title, following in zip_longest(titles, titles[1:]):
            if title is None:
                continue
            names = part[title.end() : following.start() if following else len(part)]
            found = self._byline(
                _REPORTS.sub("", names).strip(" :：,&").removesuffix(" and"), self._profession(title[1])
            )
            if found is None:
                return None
            byline.extend(found.byline)
        plural = titles[0][1].lower().endswith("s")
        if not before and plural and len(byline) == 1:  # Reporters Without Borders
            return None
        return self._full_names(Facts(byline=tuple(byline), publisher=publisher))

    @staticmethod
    def _full_names(facts: Facts | None) -> Facts | None:
        """The facts if their names have two or three words, as names without a label must have."""
        if facts is None or any(byline.name.count(" ") not in (1, 2) for byline in facts.byline):
            return None
        return facts

    def _medium_alone(self, part: str) -> Facts | None:
        return Facts(publisher=part) if part[:1].isupper() and self._medium.fullmatch(part) else None

    def _is_profession(self, words: str) -> bool:
        return self._profession(words) in self._data.professions

    def _profession(self, words: str) -> str:
        folded = " ".join(words.lower().split())
        return folded if folded in self._data.professions else folded.removesuffix("s")

    def _byline(self, names: str, role: str | None) -> Facts | None:
        found = [name for name in self._names(_IN_PLACE.sub("", names)) if not self._medium.fullmatch(name)]
        return Facts(byline=tuple(Byline(name=name, role=role) for name in found)) if found else None

    def _names(self, value: str, handles: bool = False) -> list[str]:
        """The names in a list; none where anything else stands in it. A handle is a name of any one word."""
        pieces = [piece.strip() for piece in _SPLIT_NAMES.split(value) if piece.strip()]
        for piece in pieces:
            if not _ONLY_NAME.fullmatch(piece) and not (handles and " " not in piece and len(piece) <= 30):
                return []
        return pieces

    # ── parts of lines ──

    def opening(self, line: str) -> tuple[Facts, int] | None:
        """`City News Service, Rome, May 2 (Reporter Jane Roe)`, `ROME, May 2 (Reuters) --`, `ROME — `."""
        match = self._agency_first.match(line)
        if match and match[1][0].isupper():
            reporters = (self._inside(match[3]) or self._byline(match[3], None)) if match[3] else Facts()
            if reporters is not None:
                return Facts(reporters.byline, self._day_of_dateline(match[2]), match[1]), match.end()
        match = self._dateline.match(line)
        if match and self._medium.fullmatch(match[2]) and (match[1] or match[3]):
            return Facts(published=self._day_of_dateline(match[1] or ""), publisher=match[2]), match.end()
        match = _BRACKETS_AT_START.match(line)
        if match and (not match[1] or len(match[1].split()) <= 6):
            reporters = self._inside(match[2])
            if reporters is not None and reporters.byline:
                medium = match[1] if self._medium.fullmatch(match[1]) and match[1][0].isupper() else None
                if medium and self._medium.fullmatch(medium.removesuffix(" News")):
                    medium = medium.removesuffix(" News")  # "Harbor Daily News (Reporter …)": 海港日报讯
                own = match[1].split()[:1] in (["Our"], ["This"])
                publisher = reporters.publisher or (None if own else medium)
                return Facts(reporters.byline, publisher=publisher), match.end()
        match = _UPPER_PLACE.match(line)
        return (Facts(), match.end()) if match else None

    def _inside(self, inside: str) -> Facts | None:
        """What brackets at either end of a text name: reporters, credits."""
        return (
            self._labelled(inside)
            or self._credits(inside)
            or self._reporter_name(inside)
            or self._by_name(inside)
        )

    def _day_of_dateline(self, words: str) -> date | None:
        match = self._date.fullmatch(words)
        return self._date_of(match) if match else None

    def closing(self, line: str) -> tuple[Facts, int] | None:
        """`(City Daily)`, `(Reporting by Jane Roe; editing by John Doe)`, `(End)` behind the text."""
        begin = len(line)
        facts = Facts()
        for _ in range(3):
            mark = self._end_mark.search(line[:begin])
            brackets = _BRACKETS_AT_END.search(line[:begin]) if mark is None else None
            if mark is not None:
                begin = mark.start()
            elif brackets is not None and _SENTENCE_BEFORE.search(line[: brackets.start()]):
                stated = self._medium_alone(brackets[1].strip()) or self._inside(brackets[1].strip(" ."))
                if stated is None:
                    break
                facts = Facts(stated.byline + facts.byline, None, stated.publisher or facts.publisher)
                begin = brackets.start()
            else:
                break
        return (facts, begin) if begin < len(line) else None

    def license(self, line: str) -> str | None:
        """`This article is licensed under X`, `License: X`, `© 2024 X. All rights reserved.`."""
        if _RIGHTS.fullmatch(line) and len(line) <= 200:
            return line
        label = self._license_label.match(line)
        licensed = self._licensed.match(line)
        stated = label[1] if label else line[licensed.end() :] if licensed else None
        if stated is None:
            named = _NAMED_LICENSE.match(line)
            return _FINAL_STOP.sub("", line) if named and named.end() >= len(line.rstrip(".")) else None
        end = _AFTER_LICENSE.search(stated)
        if label is None and not _LICENSE_NAME.search(stated):
            return None
        return (stated[: end.start()] if end else stated).strip(" \"'“”.") or None

    def caption(self, line: str) -> bool:
        """`Source: X`, `Photo: X`, `Screenshot from X`, `Tags: x, y`; not where somebody is quoted in it."""
        return self._caption.fullmatch(line) is not None and _HAS_QUOTE.search(line) is None

    def goes_on(self, line: str) -> bool:
        """`Read more`, a last line that ends in dots."""
        return self._goes_on.fullmatch(line) is not None


def _is_prose(line: str) -> bool:
    """Whether most words of a longer line are in lower case, as in no list of names."""
    words = line.split()
    return len(words) > SHORT_LINE and sum(word[0].islower() for word in words) > PROSE_SHARE * len(words)


def load() -> EnglishMetadata:
    """The English metadata with its words."""
    return EnglishMetadata(load_data(MetadataData, "en", "metadata"))
