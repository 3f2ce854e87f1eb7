"""Days, media and professions as Chinese articles write them: the parts of all longer forms."""

import re
from datetime import date

from build_dataset.lang.zh.metadata.data import MetadataData
from build_dataset.lang.zh.script import to_simplified
from build_dataset.read.facts import day, iso_date
from build_dataset.read.wording import any_of, by_word

HAN = "[\u3400-\u4dbf\u4e00-\u9fff]"
BLANKS = "[\\s\u3000]"
MARK = r"\s*[:：|｜丨/]\s*"
BETWEEN = " \t\u3000|｜丨/／;；，,。"
"""Characters between the pieces of a line."""
_DATE = (
    r"(?:(?P<year>(?:19|20)\d\d)\s*年\s*(?P<month>\d{1,2})\s*月\s*(?P<day>\d{1,2})\s*日"
    r"|(?P<iso>(?:19|20)\d\d[-/.]\d{1,2}[-/.]\d{1,2}))"
)
_TIME = r"(?:T?\s*(?:星期.|周.)?\s*(?:[上下]午|凌晨|晚)?\s*\d{1,2}[:：时]\d{1,2}(?:[:：分]\d{0,2}秒?)?)?"


class Forms:
    """Patterns of days, media and professions."""

    def __init__(self, data: MetadataData) -> None:
        self.professions = by_word(data.professions)
        self.profession = any_of(self.professions)
        self.own_medium = any_of(data.own_medium)
        self.known_medium = rf"{any_of(data.media)}|[\w\u4e00-\u9fff]{{1,12}}?{any_of(data.medium_words)}"
        self.date = re.compile(rf"(?:{any_of(data.date_labels)}(?:{MARK})?{BLANKS}*)?{_DATE}{_TIME}")
        self.medium = re.compile(rf"《?(?:{self.known_medium})》?(?:{HAN}{{0,3}}客户端|网)?")
        self._date_labels = tuple(data.date_labels)
        self._own_media = data.own_medium

    def is_medium(self, words: str) -> bool:
        """Whether words are the name of a medium, known or made like one."""
        return self.medium.fullmatch(to_simplified(words)) is not None

    def is_date_label(self, word: str) -> bool:
        """Whether a word begins with the label of a day."""
        return to_simplified(word).startswith(self._date_labels)

    def publisher(self, medium: str | None) -> str | None:
        """The medium, if a name names another than the one at hand."""
        return medium if medium and medium not in self._own_media else None


def date_of(match: re.Match[str]) -> date | None:
    """The day that `Forms.date` has found."""
    return iso_date(match["iso"]) if match["iso"] else day(match["year"], match["month"], match["day"])
