"""For which time an English figure is, and what it is compared with, where its sentence says so."""

import re
from collections.abc import Mapping, Sequence

from build_dataset.document import Range
from build_dataset.extract.figures import Figure
from build_dataset.extract.periods import Times, nearest
from build_dataset.lang.en.quantities.data import QuantityData
from build_dataset.lang.en.quantities.sentences import Sentence
from build_dataset.lang.en.quantities.terms import alternatives


class PeriodFinder:
    """Finds the words that say which time a figure is for."""

    def __init__(self, data: QuantityData) -> None:
        months = alternatives(data.months)
        number = r"(?:\d{1,3}|" + alternatives(data.numbers) + ")"
        word = alternatives(data.period_words)
        current = alternatives(data.current)
        year = r"(?:fiscal\s)?(?:1[89]|20)\d\d(?:[-/–]\d{2,4})?"
        named = rf"(?:the\s)?(?:{current})(?:\s(?:few|several|{number}))?\s(?:{word})(?:\sof\s{year})?"
        date = rf"(?:(?:{months})\.?(?:\s\d{{1,2}})?(?:,?\s{year})?|{year}|the\s{year}s)"
        between = rf"(?:between|from)\s{date}\s(?:and|to|through)\s{date}"
        days = alternatives(data.weekdays)
        period = (
            rf"{between}|(?:in|during|for|by|since|until|over|within|through|at\sthe\send\sof)\s(?:{named}|{date})"
            rf"|(?:last|this|next)\s(?:{word})|on\s(?:{days})|(?:an?|{number})\s(?:{word})\s(?:ago|earlier)"
        )
        past = (
            rf"(?:the\s(?:same|previous|prior|preceding)\s[a-z]+(?:\s[a-z]+)?(?:\s(?:in|of)\s{year}|\sa\syear\s(?:ago|earlier))?"
            rf"|an?\s(?:{word})\s(?:ago|earlier|before)|(?:last|previous)\s(?:{word})|in\s{date}|{date})"
        )
        compared = rf"(?:{alternatives(data.compared_words)})\s{past}|{alternatives(data.compared_phrases)}"
        self._times = re.compile(
            rf"\b(?:(?P<comparison>{compared})|(?P<period>{period}))\b(?![-’'%]|\.\d)", re.IGNORECASE
        )

    def find(self, sentence: Sentence, figures: Mapping[int, Figure]) -> dict[int, Times]:
        """Period and comparison of the figures that have one, by the start of the figure.

        Args:
            sentence: the sentence.
            figures: its figures by the index of their token.
        """
        begin, end = sentence.tokens[0].start, sentence.tokens[-1].end
        periods: list[Range] = []
        comparisons: list[Range] = []
        for match in self._times.finditer(sentence.text, begin, end):
            into = periods if match["comparison"] is None else comparisons
            into.append(Range(*match.span()))
        if not periods and not comparisons:
            return {}
        places: Sequence[Figure] = list(figures.values())
        return nearest(sentence.text, places, periods, comparisons, marks=";", times_first=False)
