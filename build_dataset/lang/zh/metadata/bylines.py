"""Lines of labels, professions, names and days, as Chinese bylines are made of."""

import re

from build_dataset.lang.zh.metadata.data import MetadataData
from build_dataset.lang.zh.metadata.forms import BETWEEN, BLANKS, HAN, MARK, Forms, date_of
from build_dataset.lang.zh.metadata.names import read_names, without_ending
from build_dataset.lang.zh.script import to_simplified
from build_dataset.read.facts import Facts, bylines, join_facts, read_posted
from build_dataset.read.wording import any_of
from build_dataset.schema import Byline

_OUTER_BRACKETS = re.compile(r"[（(【〔\[]([^（）()【】〔〕\[\]]+)[）)】〕\]]")
_ACCOUNT = re.compile('(?:微信)?公[众眾][号號][:：]?[“"「]?([^“”"「」，。]{2,20})[”"」]?')
_FROM_ACCOUNT = re.compile(f"本文(?:来自|转自|转载自|首发于|源自){_ACCOUNT.pattern}")
_OTHER_LABEL = re.compile(rf"(?:^|(?<={BLANKS})|(?<=[;；，,。])){HAN}{{2,4}}\s*[｜|丨]{BLANKS}*(?=\S)")
_SEPARATOR = re.compile("\\s*[|｜丨/／]\\s*|\\s+")
_BETWEEN_NAMES = re.compile(r"[\s\u3000、，,]")
_SITES = (".com", ".cn")


class Bylines:
    """The forms of bylines, and the words without which a line is none."""

    def __init__(self, data: MetadataData, forms: Forms) -> None:
        self._forms = forms
        self._roles = data.roles()
        self._nobody = data.nobody
        words = [*self._roles, *forms.professions, *data.publisher_labels, *data.date_labels]
        self._hint = re.compile(any_of(words) + r"|(?:19|20)\d\d")
        labels = any_of([*self._roles, *data.publisher_labels])
        self._label = re.compile(
            rf"(?:^|(?<={BLANKS})|(?<=[/／|｜丨;；，,。）)]))({labels})\s*([:：|｜丨/])\s*"
        )
        medium = rf"(?:{forms.known_medium}|《[^《》]{{1,12}}》|[A-Za-z][\w.]{{1,20}})"
        self._profession = re.compile(
            rf"({forms.own_medium}|{medium})?(?:综合)?(?:报道)?[\s\u3000丨|]{{0,3}}({forms.profession})"
            rf"(?:{MARK}|{BLANKS}+|(?={HAN}))"
        )

    def about(self, line: str) -> Facts | None:
        """Bylines and date lines that fill a line."""
        folded = to_simplified(line)
        if self._hint.search(folded) is None:
            return None
        posted = read_posted(line, self._forms.is_medium, self._forms.is_date_label)
        if posted:
            return posted
        brackets = _OUTER_BRACKETS.fullmatch(folded)
        inside = slice(*brackets.span(1)) if brackets else slice(None)
        return self.pieces(line[inside], folded[inside])

    def is_nobody(self, value: str) -> bool:
        """`佚名`, `本站`."""
        return to_simplified(value) in self._nobody

    def writers(self, value: str) -> tuple[Byline, ...]:
        """`张三、李四`, `本报记者 张三`, `文/张三`."""
        facts = self.about(value)
        if facts is not None:
            return facts.byline
        return () if self._forms.is_medium(value) else bylines(read_names(value), "author")

    def pieces(self, line: str, folded: str) -> Facts | None:
        """Days, labels and professions with names, one after the other, and nothing else."""
        stated: list[Facts] = []
        at = 0
        while at < len(line):
            if line[at] in BETWEEN or line[at] == "·":
                at += 1
                continue
            found = (
                self._day(folded, at)
                or self._other_label(folded, at)
                or self._labelled(line, folded, at)
                or self._profession_names(line, folded, at)
                or self._origin(line, folded, at)
            )
            if found is None:
                return None
            stated.append(found[0])
            at = found[1]
        facts = join_facts(stated)
        return facts if facts != Facts() else None

    def _day(self, folded: str, at: int) -> tuple[Facts, int] | None:
        """发布时间：2024年3月4日 10:30 from `at` on."""
        match = self._forms.date.match(folded, at)
        return (Facts(published=date_of(match)), match.end()) if match else None

    def _other_label(self, folded: str, at: int) -> tuple[Facts, int] | None:
        """排版｜某某 from `at` on, up to the next label: a role that is none of a byline."""
        if self._label.match(folded, at):
            return None
        other = _OTHER_LABEL.match(folded, at)
        if other is None or self._profession.match(folded, at):
            return None
        return Facts(), self._next(folded, other.end())

    def _labelled(self, line: str, folded: str, at: int) -> tuple[Facts, int] | None:
        """作者：某某 or 来源：某报 from `at` on, up to the next label."""
        label = self._label.match(folded, at)
        if label is None:
            return None
        if label[1] in self._roles and self._profession.match(folded, label.end()):  # 文｜本报记者 张三
            return self._profession_names(line, folded, label.end())
        end = self._next(folded, label.end())
        value = line[label.end() : end].strip(BETWEEN)
        if self.is_nobody(value):
            return Facts(), end
        role = self._roles.get(label[1])
        if role is None:
            publisher = self._publisher(value)
            return (Facts(publisher=publisher), end) if publisher else None
        handles = role != "reporter" and not (len(label[1]) == 1 and label[2] in ":：")
        names = read_names(value, handles=handles)
        return (Facts(byline=bylines(names, role)), end) if names else None

    def _publisher(self, value: str) -> str | None:
        """The medium or account behind 来源：."""
        account = _ACCOUNT.fullmatch(value)
        if account:
            return account[1]
        known = self._forms.is_medium(value) or value.endswith(_SITES)
        return value.strip("《》") if known else None

    def _profession_names(self, line: str, folded: str, at: int) -> tuple[Facts, int] | None:
        """本报记者 张三 李四, 某报记者张三 from `at` on, up to the next label or profession."""
        match = self._profession.match(folded, at)
        if match is None:
            return None
        end = self._next(folded, match.end())
        names = read_names(without_ending(line[match.end() : end].strip(BETWEEN)))
        if not names:
            return None
        publisher = line[slice(*match.span(1))].strip("《》") if self._forms.publisher(match[1]) else None
        return Facts(byline=bylines(names, self._forms.professions[match[2]]), publisher=publisher), end

    def _origin(self, line: str, folded: str, at: int) -> tuple[Facts, int] | None:
        """某日报 beside other pieces, 本文来自微信公众号“某某”."""
        from_account = _FROM_ACCOUNT.match(folded, at)
        if from_account is not None:
            return Facts(publisher=line[slice(*from_account.span(1))]), from_account.end()
        end = _SEPARATOR.search(folded, at)
        if end is None or not self._forms.medium.fullmatch(folded, at, end.start()):
            return None
        return Facts(publisher=line[at : end.start()]), end.end()

    def _next(self, folded: str, at: int) -> int:
        """Where the next label, profession or day begins."""
        found = [len(folded)]
        for pattern in (self._label, self._forms.date, _OTHER_LABEL):
            match = pattern.search(folded, at)
            if match is not None:
                found.append(match.start())
        for blank in _BETWEEN_NAMES.finditer(folded[at : min(found)]):
            if self._profession.match(folded, at + blank.end()):
                found.append(at + blank.start())
                break
        return min(found)
