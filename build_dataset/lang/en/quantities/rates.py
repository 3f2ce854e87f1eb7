"""What money, a count, a length of time or a percentage is per: $5 an hour, 15 points per game."""

import re
from typing import NamedTuple

from build_dataset.lang.en.quantities.data import QuantityData
from build_dataset.lang.en.quantities.patterns import alternatives
from build_dataset.lang.en.quantities.units import UnitReader

_JOINT = re.compile(
    r"\s?(?:(?P<per>\bper\s|/(?=[a-z]))|-?\s?\ban?(?:\s?-\s?|\s)|\b(?:each|every)\s)", re.IGNORECASE
)
_PER_ANNUM = re.compile(r"\sp\.\s?a\.", re.IGNORECASE)
_WORD = re.compile(r"(?P<word>[a-z]{2,20})(?:-[a-z]{2,20})?(?![\w])")
_PAST = re.compile(r"\s(?:ago|earlier|later|since|old|older|from\snow)\b|\s(?:before|after)\b(?!\s\w)")


class Rate(NamedTuple):
    """What a figure is per, and where the words that say so end."""

    per: str
    end: int


class RateReader:
    """Reads the rate behind a figure."""

    def __init__(self, data: QuantityData, units: UnitReader) -> None:
        self._units = units
        self._names = data.rate_names
        self._no_rates = data.no_rates
        self._noun = re.compile(rf"(?P<noun>{alternatives([*data.rate_nouns, *data.rate_names])})(?![\w])")

    def read(self, text: str, end: int) -> Rate | None:
        """The rate that begins where a figure ends."""
        joint = _JOINT.match(text, end)
        if joint is None:
            annual = _PER_ANNUM.match(text, end)
            return Rate("year", annual.end()) if annual is not None else None
        found = self._noun_at(text, joint.end(), anything=joint["per"] is not None)
        if found is None or (joint["per"] is None and _PAST.match(text, found.end)):
            return None
        return found

    def _noun_at(self, text: str, start: int, *, anything: bool) -> Rate | None:
        unit = self._units.name(text, start)
        if unit is not None and (anything or not text[start : unit[1]].endswith("s")):
            return Rate(*unit)
        noun = self._noun.match(text, start)
        if noun is not None:
            return Rate(self._names.get(noun["noun"], noun["noun"]), noun.end())
        word = _WORD.match(text, start) if anything else None
        if word is None or word["word"] in self._no_rates:
            return None
        return Rate(word.group(), word.end())
