"""What an English figure is a figure of: the noun tied to it, the noun it belongs to, or the subject of its clause."""

import re
from collections.abc import Mapping

from build_dataset.document import Range
from build_dataset.extract.figures import Figure
from build_dataset.lang.en.attribution.phrases import HEAD, noun_phrase_before, subject_of
from build_dataset.lang.en.quantities.data import QuantityData
from build_dataset.lang.en.quantities.sentences import FIGURE, Qualifiers, Sentence
from build_dataset.schema import StatisticKind

LONGEST_SEARCH = 60
"""Tokens before a figure in which its verb is looked for."""

_VERBS = frozenset("xvVeGg")
_IN_VERB_GROUP = frozenset("xvVeGgat")
_NOUNS = frozenset("nNkT*")
_NO_PLACES = _NOUNS - {"N"}
_PHRASE = re.compile("[da]*[egG]?[nNkT*0-]*[nNkT*](?:f[d]*[nNkT*0e-]*[nNkT*])*")
_SKIPPED = frozenset("y)")
_OBJECT_ENDS = frozenset({"at", "by", "for", "from", "to"})
_JOINS = frozenset({"at", "by", "for", "from", "or", "and", "to", ",", "than", "versus", "vs"})
_BARE_MASS = frozenset({"in", "worth"})
_MOVES = frozenset({"+", "down", "up"})
_LIST_MARKS = frozenset("#:;()")
LONGEST_LISTED = 8
"""Tokens of a name before its figure in a list."""

_NOT_FIRST = frozenset({"next", "last", "latest", "same"})
_RATE = frozenset({"a", "an", "each", "every", "per"})
LONGEST_TIME = 2
"""Words of a time that looks like a subject (day earlier, Thursday night)."""

LONGEST_ASIDE = 12
"""Tokens between two commas or brackets behind a subject."""

_CLAUSE_OPENINGS = frozenset(
    {"after", "as", "because", "before", "if", "since", "that", "when", "where", "while"}
)


class SubjectFinder:
    """Finds the subject of each figure of a sentence."""

    def __init__(self, data: QuantityData, qualifiers: Qualifiers) -> None:
        self._data = data
        self._qualifiers = qualifiers
        self._times = data.times_of_day | frozenset(data.period_words)

    def find(self, sentence: Sentence, figures: Mapping[int, Figure]) -> dict[int, Range]:
        """The subjects of the figures that have one.

        Args:
            sentence: the sentence.
            figures: its figures by the index of their token.

        Returns:
            The place of the subject by the index of its figure's token; never in another figure.
        """
        found: dict[int, Range] = {}
        for at, figure in figures.items():
            subject = self._subject(sentence, at, figure, found)
            if subject is not None:
                found[at] = subject
        return found

    def _is_time(self, sentence: Sentence, phrase: Range) -> bool:
        """A day earlier, on Thursday night: no subject of a figure."""
        words = sentence.text[phrase.start : phrase.end].lower().split()
        return words[-1] in self._times and len(words) <= LONGEST_TIME

    def _subject(
        self, sentence: Sentence, at: int, figure: Figure, found: Mapping[int, Range]
    ) -> Range | None:
        before = self._qualifiers.before(sentence, at)
        if figure.subject is not None and _is_subject(sentence, before, at):
            return figure.subject
        return (
            _heading(sentence, before)
            or self._behind(sentence, at, figure)
            or self._joined(sentence, before, found)
            or _listed(sentence, before, figure.kind)
            or self._governing(sentence, before)
            or self._of_clause(sentence, before)
            or figure.subject
            or _of_clause_behind(sentence, at)
        )

    def _behind(self, sentence: Sentence, at: int, figure: Figure) -> Range | None:
        """5% of its workforce, $1 billion in gains, a $3,500 mortgage, an 80-yard touchdown."""
        shape, lower = sentence.shape, sentence.lower
        behind = at + 1
        if behind >= len(shape):
            return None
        if lower[behind] in _RATE and shape[behind + 1 : behind + 2] == "n":
            behind += 2  # a $3,500 a month mortgage
            if behind >= len(shape):
                return None
        if lower[behind] == "of":
            return _phrase_from(sentence, behind + 1)
        if lower[behind] == "for" and figure.kind is StatisticKind.MONEY and self._is_paid(sentence, at):
            return _phrase_from(sentence, behind + 1)
        if figure.kind is StatisticKind.MONEY and lower[behind] in _BARE_MASS:
            mass = _NOUNS if lower[behind] == "worth" else _NO_PLACES  # $8 in Ohio
            return _phrase_from(sentence, behind + 1) if shape[behind + 1 : behind + 2] in mass else None
        counted = figure.kind is StatisticKind.COUNT and figure.unit is not None
        return None if counted else self._described(sentence, behind, figure.kind)

    def _described(self, sentence: Sentence, behind: int, kind: StatisticKind) -> Range | None:
        """A $3,500 mortgage; of a change what changes: a 5% increase in prices."""
        shape, lower = sentence.shape, sentence.lower
        change = lower[behind] in self._data.move_nouns
        if not change and (shape[behind] not in _NOUNS or not self._is_tied(sentence, behind)):
            return None
        if kind is StatisticKind.PERCENT and shape[behind] == "N":
            return None  # Dow +0.2% Nasdaq +0.8%
        tied = _PHRASE.match(shape, behind)
        moved = behind + 1 if change else tied.end() if tied is not None else behind
        if lower[moved - 1] in self._data.move_nouns and lower[moved : moved + 1] in (("in",), ("of",)):
            following = shape[moved + 1 : moved + 2]
            if following not in ("y", "0"):
                return _phrase_from(sentence, moved + (2 if following == FIGURE else 1))
        return _phrase_from(sentence, behind) if shape[behind] in _NOUNS else None

    def _is_paid(self, sentence: Sentence, at: int) -> bool:
        """Whether a verb of paying stands before: what is paid for follows."""
        return any(word in self._data.paying for word in sentence.lower[max(0, at - 6) : at])

    def _is_tied(self, sentence: Sentence, behind: int) -> bool:
        """Whether a noun behind a figure is what it describes: not in "4% higher", "90 miles wide"."""
        word = sentence.lower[behind]
        if word in self._data.phrase_ends or word in self._data.measured_adjectives or word.endswith("er"):
            return False
        return sentence.shape[behind + 1 : behind + 2] != "u"

    def _joined(self, sentence: Sentence, before: int, found: Mapping[int, Range]) -> Range | None:
        """Fell 190 points, or 0.6%; rose 5% to $3m; $3m ($2.5m): the subject of the figure before."""
        last = before
        while last > 0 and (sentence.lower[last - 1] in _JOINS or sentence.shape[last - 1] in "(-c,"):
            last -= 1
        if last == before:
            return None
        if last > 0 and sentence.shape[last - 1] in "pa" and sentence.lower[last - 1] in ("up", "down"):
            last -= 1
        return found.get(last - 1) if last > 0 and sentence.shape[last - 1] == FIGURE else None

    def _governing(self, sentence: Sentence, before: int) -> Range | None:
        """A valuation of $80 billion, customers with more than $3m, cut costs by 5%, the fee (3%)."""
        shape, lower = sentence.shape, sentence.lower
        if before < 2:
            return None
        word = lower[before - 1]
        start = noun_phrase_before(sentence, before - 1, max(0, before - LONGEST_SEARCH))
        if start is None:
            return None
        core = _core_start(sentence, start, before - 1)
        if word in ("of", "with") or shape[before - 1] == "(":
            head = lower[before - 2]
            return None if head in self._data.amounts else _trimmed(sentence, core, before - 1)
        if word in _OBJECT_ENDS and _is_object(shape, start):
            return _trimmed(sentence, start, before - 1)
        return None

    def _of_clause(self, sentence: Sentence, before: int) -> Range | None:
        """The subject of the nearest verb before a figure, that of a clause before where it has none."""
        shape = sentence.shape
        floor = max(0, before - LONGEST_SEARCH)
        at = before
        if at > floor + 1 and shape[at - 1] == "n" and shape[at - 2] in "nNk)":
            at -= 1  # the firm employs 600 people: what stands between a noun and a figure is the verb
            subject = _before_verb(sentence, at, floor)
            if subject is not None:
                return subject
        while at > floor:
            while at > floor and shape[at - 1] not in _VERBS:
                at -= 1
            while at > floor and shape[at - 1] in _IN_VERB_GROUP:
                at -= 1
            if at <= floor:
                break
            subject = _before_verb(sentence, at, floor)
            if subject is not None and not self._is_time(sentence, subject):
                return subject
        first = subject_of(sentence, floor, before)
        if first is None or (
            shape[first[0] - 1 : first[0]] == "p" and _VERBS.isdisjoint(shape[first[1] : before])
        ):
            return None
        subject = _trimmed(sentence, *first)
        return None if subject is None or self._is_time(sentence, subject) else subject


def _is_subject(sentence: Sentence, before: int, at: int) -> bool:
    """He said that 416 motorists died: whether what a figure counts is itself the subject of its clause."""
    opens = before > 0 and sentence.lower[before - 1] in _CLAUSE_OPENINGS
    return opens and sentence.shape[at + 1 : at + 2] in _VERBS


def _heading(sentence: Sentence, before: int) -> Range | None:
    """Attendance: 12,500."""
    if before < 2 or sentence.shape[before - 1] != ":":
        return None
    start = noun_phrase_before(sentence, before - 1, max(0, before - 8))
    return None if start is None else _trimmed(sentence, start, before - 1)


def _listed(sentence: Sentence, before: int, kind: StatisticKind) -> Range | None:
    """Dow +0.2% Nasdaq +0.8%; Acme, up 3%: a name between two figures or marks, without any verb."""
    shape = sentence.shape
    end = before
    marked = end > 1 and sentence.lower[end - 1] in _MOVES
    if marked:
        end -= 2 if shape[end - 2] == "," else 1
    start = noun_phrase_before(sentence, end, max(0, end - LONGEST_LISTED))
    if start is None:
        return None
    beginning = start == 0 or shape[start - 1] in _LIST_MARKS
    if not marked and not (beginning and kind in (StatisticKind.PERCENT, StatisticKind.MONEY)):
        return None
    return _trimmed(sentence, start, end)


def _of_clause_behind(sentence: Sentence, at: int) -> Range | None:
    """Over the next five years, sales will double: the subject of the clause that a figure opens."""
    comma = sentence.shape.find(",", at, at + LONGEST_LISTED)
    first = subject_of(sentence, comma + 1, len(sentence.shape)) if comma > 0 else None
    return None if first is None else _trimmed(sentence, *first)


def _before_verb(sentence: Sentence, verb: int, floor: int) -> Range | None:
    """The noun phrase that ends before a verb, or the one that a relative pronoun there stands for."""
    shape = sentence.shape
    end = verb
    while end > floor and shape[end - 1] in _SKIPPED:
        opening = shape.rfind("(", max(floor, end - LONGEST_ASIDE), end) if shape[end - 1] == ")" else -1
        end = opening if opening > floor else end - 1
    if end > floor and shape[end - 1] in "wh":
        end -= 1
        if end > floor and shape[end - 1] == ",":
            end -= 1
    elif end > floor and shape[end - 1] == ",":
        opening = shape.rfind(",", max(floor, end - LONGEST_ASIDE), end - 1)
        end = opening if opening > floor and shape[opening - 1] in HEAD else end
    start = noun_phrase_before(sentence, end, floor) if end > floor else None
    if start is None or _is_predicate(sentence, start, end):
        return None
    return _trimmed(sentence, start, end)


def _is_predicate(sentence: Sentence, start: int, end: int) -> bool:
    """You are able to find 300: an adjective behind a form of "be"."""
    return (
        end - start == 1 and start > 0 and sentence.shape[start - 1] == "x" and sentence.shape[start] == "n"
    )


def _is_object(shape: str, start: int) -> bool:
    """Whether the phrase that begins at `start` stands behind a verb: cut costs, will boost the range."""
    at = start
    if at and shape[at - 1] == "n":
        at -= 1
        while at and shape[at - 1] == "a":
            at -= 1
        return at > 0 and shape[at - 1] in "tx"
    return at > 0 and shape[at - 1] in "vVeGg"


def _core_start(sentence: Sentence, start: int, end: int) -> int:
    """Where the last noun phrase of a phrase with prepositions begins."""
    at = end
    while at > start and sentence.shape[at - 1] not in "pft":
        at -= 1
    return at


def _phrase_from(sentence: Sentence, at: int) -> Range | None:
    match = _PHRASE.match(sentence.shape, at)
    return None if match is None else _trimmed(sentence, at, match.end())


def _trimmed(sentence: Sentence, start: int, end: int) -> Range | None:
    """A phrase without its determiners; None where it is a pronoun, a figure or nothing."""
    while start < end and (sentence.shape[start] in "dac" or sentence.lower[start] in _NOT_FIRST):
        start += 1
    while end > start and sentence.shape[end - 1] not in HEAD:
        end -= 1
    if start >= end or FIGURE in sentence.shape[start:end]:
        return None
    return sentence.range(start, end)
