"""Labels with the names behind them, and who took part: `Author: …`, `Reporting by …`, `… contributed`."""

import re
from itertools import zip_longest

from build_dataset.lang.en.metadata.data import MetadataData
from build_dataset.lang.en.metadata.dates import Dates
from build_dataset.lang.en.metadata.names import Names, full_names
from build_dataset.read.facts import Facts, bylines, join_facts
from build_dataset.read.wording import any_of

_OTHER_LABEL = re.compile(r"(?<![^\W_])([A-Z][a-z]*(?:\s+[a-z]+){0,2})\s*([|｜丨])\s*(?=[^\W\d_])")
_LABEL_MARK = re.compile("[:：|｜丨]")
_COLONS = ":："
_BAR = re.compile(r"\s*[|｜丨]\s*")
_ROUND_VALUE = " \t.。;；,/|()（）"
_SEMICOLON = re.compile(r"\s*[;；]\s*")


class Credits:
    """The labels and verbs of credits."""

    def __init__(self, data: MetadataData, dates: Dates, names: Names) -> None:
        self._dates = dates
        self._names = names
        self._roles = data.roles()
        self._publisher_labels = data.publisher_labels
        self._label = re.compile(
            rf"(?<![^\W_])({any_of([*self._roles, *data.publisher_labels], 'i')})\s*([:：]|[|｜丨])\s*"
        )
        self._credit = re.compile(rf"({any_of(self._roles, 'i')})\s+(.+)")
        self._contributed = re.compile(
            rf"(.{{2,160}}?)\s+contributed(?:\s+reporting)?(?:\s+to\s+(?:this|the)\s+{any_of(data.works, 'i')})?",
            re.IGNORECASE,
        )
        self._writers = re.compile(rf"(.*?)\b{names.profession_pattern}\s+")

    def labelled(self, line: str) -> Facts | None:
        """`Author: Jane Roe  Editor: John Doe`, `… Author |Jane. Edit |John.`: labels with what they name."""
        labels = self._labels(line) if _LABEL_MARK.search(line) else []
        if not labels or (labels[0].start() > 0 and labels[0][2] in _COLONS):
            return None
        stated: list[Facts] = []
        for label, following in zip_longest(labels, labels[1:]):
            value = line[label.end() : following.start() if following else len(line)]
            facts = self._value(label, value.strip(_ROUND_VALUE), alone=len(labels) == 1)
            if facts is None:
                return None
            stated.append(facts)
        found = join_facts(stated)
        return found if found != Facts() else None

    def _value(self, label: re.Match[str], value: str, *, alone: bool) -> Facts | None:
        """What a label names, a day behind a bar with it; None where the value is nothing that it can name."""
        pieces = [(piece, self._dates.read(piece)) for piece in _BAR.split(value)]
        published = next((day.published for _, day in pieces if day), None)
        value = " | ".join(piece for piece, day in pieces if not day)
        word = " ".join(label[1].lower().split())
        role = self._roles.get(word)
        if role is not None:
            names = self._names.read(value, handles=label[2] not in _COLONS or not alone)
            return Facts(bylines(names, role), published) if names else None
        if word in self._publisher_labels and self._names.is_medium(value):
            return Facts(published=published, publisher=value)
        return None if alone else Facts(published=published)

    def _labels(self, line: str) -> list[re.Match[str]]:
        """The labels of a line in order; if one is known, other words before a bar too (`Produced |…`)."""
        known = list(self._label.finditer(line))
        ends = {label.end() for label in known}
        others = [
            label
            for label in (_OTHER_LABEL.finditer(line) if known else ())
            if label.end() not in ends and not self._names.is_medium(label[1])
        ]
        return sorted([*known, *others], key=re.Match.start)

    def credited(self, line: str) -> Facts | None:
        """`Reporting by Jane Roe in Rome; editing by John Doe`, `Jane Roe contributed to this report`."""
        contributed = self._contributed.fullmatch(line) if "contributed" in line else None
        if contributed:
            return full_names(self._names.people(self._writers.sub("", contributed[1]), "contributor"))
        stated: list[Facts] = []
        for part in _SEMICOLON.split(line):
            credit = self._credit.fullmatch(part)
            words = " ".join(credit[1].lower().split()) if credit else ""
            facts = (
                self._names.people(credit[2], self._roles[words])
                if credit and words.endswith(" by")
                else None
            )
            if facts is None:
                return None
            stated.append(facts)
        return join_facts(stated)
