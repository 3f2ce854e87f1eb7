"""Days as English articles write them, with or without a label and the time of the day."""

import re
from datetime import date

from build_dataset.lang.en.metadata.data import MetadataData
from build_dataset.read.facts import Facts, day, iso_date
from build_dataset.read.wording import any_of

_TIME = re.compile(
    r"[\s,]*(?:at\s+|-\s*|–\s*|\|\s*)?(?:T?\d{1,2}[:.]\d\d(?:[:.]\d\d)?\s*(?:[ap]\.?m\.?)?|\d{1,2}\s*[ap]\.?m\.?)?"
    r"\s*\(?(?:[A-Z]{2,4}(?:[+-]\d{1,2})?|Z)?\)?\s*\.?",
    re.IGNORECASE,
)
_CLOCK = re.compile(r"\d{1,2}:\d\d(?::\d\d)?\s*(?:[ap]\.?m\.?)?\s*(?:[A-Z]{2,4})?\s*,?\s*", re.IGNORECASE)


class Dates:
    """The forms of a day."""

    def __init__(self, data: MetadataData) -> None:
        self._months = {word: number for number, words in data.months.items() for word in words}
        month = any_of(self._months, "i")
        weekday = rf"(?:{any_of(data.weekdays, 'i')}\.?,?\s+)?"
        self._date = re.compile(
            rf"{weekday}(?:(?P<month>{month})\.?\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>(?:19|20)\d\d)"
            rf"|(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?\s+(?P<month2>{month})\.?,?\s+(?P<year2>(?:19|20)\d\d)"
            r"|(?P<iso>(?:19|20)\d\d[-/.]\d{1,2}[-/.]\d{1,2}))(?![\d-])"
        )
        self._label = re.compile(rf"{any_of(data.date_labels, 'i')}\s*(?:[:：]\s*|\s)", re.IGNORECASE)
        self._words = data.date_labels | data.weekdays
        self.month_day = (
            rf"(?:{month}\.?\s+\d{{1,2}}(?:,\s+(?:19|20)\d\d)?|\d{{1,2}}\s+{month}\.?(?:\s+(?:19|20)\d\d)?)"
        )
        """A pattern for the day of a dateline, mostly without the year."""

    def read(self, part: str) -> Facts | None:
        """`Published: March 4, 2024, 10:30 GMT`: a part that is a day and nothing else."""
        label = self._label.match(part)
        match = self._date.match(part, label.end() if label else 0)
        if match is None:  # 9:35, March 4, 2024
            clock = _CLOCK.match(part, label.end() if label else 0)
            match = self._date.match(part, clock.end()) if clock else None
        if match is None or not _TIME.fullmatch(part, match.end()):
            return None
        return Facts(published=self._date_of(match))

    def is_label(self, word: str) -> bool:
        """Whether a word is the label of a day or its weekday."""
        return word.lower() in self._words

    def of_dateline(self, words: str) -> date | None:
        """The day of a dateline, if it has a year."""
        match = self._date.fullmatch(words)
        return self._date_of(match) if match else None

    def _date_of(self, match: re.Match[str]) -> date | None:
        if match["iso"]:
            return iso_date(match["iso"])
        if match["month"]:
            return day(match["year"], self._months[match["month"].lower()], match["day"])
        return day(match["year2"], self._months[match["month2"].lower()], match["day2"])
