"""Where content begins and ends beside a cue, read off the class letters."""

from dataclasses import dataclass

from build_dataset.document import Range
from build_dataset.lang.en.attribution.lexicon import Lexicon
from build_dataset.lang.en.attribution.phrases import has_finite_verb
from build_dataset.lang.en.attribution.sources import SourceReader
from build_dataset.lang.en.attribution.units import Unit

TIME_NOUNS = frozenset(
    [
        "afternoon",
        "day",
        "evening",
        "month",
        "morning",
        "night",
        "summer",
        "week",
        "weekend",
        "winter",
        "year",
        "spring",
        "autumn",
    ]
)
_OPENING_ADVERBS = frozenset(["even", "now", "once", "only", "perhaps", "there", "today"])
"""Adverbs that can be the first word of what somebody says."""
_CIRCUMSTANCE = frozenset(["after", "as", "before", "once", "since", "until", "when", "while"])
"""Words that begin a clause of what a report happened under, not of what it says."""
_PREPOSITION = frozenset(["at", "by", "during", "following", "from", "in", "on", "under", "with"])
"""Words that do so unless a clause follows them: "At least 12 people died, she said"."""
_TRAILING = " \t\n,;:.、，。；：-–—"


@dataclass(frozen=True, slots=True)
class Right:
    """What stands behind a cue: where content can begin, what says so, and where the attribution's own words end."""

    start: int | None
    evidence: str
    end: int


class Borders:
    """Reads the surroundings of a cue."""

    def __init__(self, lexicon: Lexicon, reader: SourceReader) -> None:
        self._lexicon = lexicon
        self._reader = reader

    def right(self, unit: Unit, at: int, uses: frozenset[str]) -> Right:
        """What follows a cue, its addressee and its adverbials."""
        spoken_to = self._skip_addressee(unit, at, uses)
        at = self._skip_adverbials(unit, spoken_to)
        shape = unit.shape
        if at >= len(shape) or shape[at] in ".)":
            return Right(None, "end", at)
        letter = shape[at]
        if letter == "h":
            return Right(at + 1, "that", at + 1)
        if letter == ",":
            if shape[at + 1 : at + 2] == "h":
                return Right(at + 2, "that", at + 2)
            return Right(at + 1, "comma", at + 1)
        if letter == ":":
            return Right(at + 1, "colon", at + 1)
        if letter in 'QT"':
            return Right(at, "quotation", at)
        if (
            at == spoken_to
            and unit.lower[at] in self._lexicon.words.question
            and uses & {"ask", "clause", "that", "addressee"}
        ):
            return Right(at, "question", at)
        if letter == "t" and uses & {"infinitive", "object_infinitive"}:
            return Right(at, "infinitive", at)
        if "object_infinitive" in uses and self._object_acts(unit, at):
            return Right(at, "infinitive", at)
        if self._is_clause(unit, at, uses):
            return Right(at, "clause", at)
        if ("share" in uses and _is_share(unit, at)) or (
            "figure" in uses and _figure_follows(unit, at, level="level" in uses)
        ):
            return Right(at, "figure", at)
        link = self._linked_later(unit, at) if letter == "p" else None
        return Right(None, "none", at) if link is None else Right(link, "that", link)

    def _object_acts(self, unit: Unit, at: int) -> bool:
        """Whether an object and its infinitive follow: "expects sales to grow"."""
        end = at + 1 if unit.shape[at] in "oi" else self._reader.phrase_end(unit, at)
        return (
            end > at
            and unit.shape[end : end + 1] == "t"
            and unit.shape[end + 1 : end + 2] not in ("d", "N", "0", "")
        )

    def _linked_later(self, unit: Unit, at: int) -> int | None:
        """Where content begins behind adverbials and "that": "tweeted in the early hours that …"."""
        link = unit.shape.find("h", at, at + 12)
        return link + 1 if link > at and not has_finite_verb(unit.shape[at:link]) else None

    def _skip_addressee(self, unit: Unit, at: int, uses: frozenset[str]) -> int:
        shape = unit.shape
        if at < len(shape) and shape[at] == "t" and at + 1 < len(shape):
            end = at + 2 if shape[at + 1] in "oi" else self._reader.phrase_end(unit, at + 1)
            if end > at + 1 and (end >= len(shape) or shape[end] in 'h:,.QT"p'):
                return end
        if "addressee" not in uses or at >= len(shape):
            return at
        if shape[at] in "oi" or unit.lower[at] in ("her", "you", "it"):
            end = at + 1
        else:
            end = self._reader.phrase_end(unit, at)
        if end > at and (
            end >= len(shape)
            or shape[end] in 'htq:,.QT"pya'
            or ("clause" not in uses and shape[end] in "diN")
        ):
            return end
        return at

    def _skip_adverbials(self, unit: Unit, at: int) -> int:
        """Adverbs, days and occasions between cue and content: "on Tuesday", "in a statement", "last week"."""
        shape = unit.shape
        while at < len(shape):
            letter = shape[at]
            if letter in "ay" and unit.lower[at] not in _OPENING_ADVERBS and shape[at + 1 : at + 2] != "u":
                at += 1
            elif letter == "p" and at + 1 < len(shape):
                end = self._adverbial_end(unit, at)
                if end == at:
                    return at
                at = end
            elif (
                letter == "d"
                and at + 1 < len(shape)
                and unit.lower[at] in ("this", "last", "that", "the")
                and unit.lower[at + 1] in TIME_NOUNS
            ) or (
                unit.lower[at] == "last"
                and at + 1 < len(shape)
                and (unit.lower[at + 1] in TIME_NOUNS or shape[at + 1] == "y")
            ):
                at += 2
            else:
                return at
        return at

    def _adverbial_end(self, unit: Unit, at: int) -> int:
        shape = unit.shape
        if shape[at + 1] == "y":
            end = at + 2
            while (
                end < len(shape)
                and shape[end] in "y0,."
                and (shape[end] in "y0" or shape[end + 1 : end + 2] == "0")
            ):
                end += 1
            return end
        end = self._reader.phrase_end(unit, at + 1)
        if end == at + 1:
            return at
        words = unit.lower[at + 1 : end]
        stops = end >= len(shape) or shape[end] in 'h,:.Q"p'
        occasion = any(word in self._lexicon.sources.occasion for word in words) and unit.lower[at] != "about"
        if stops:
            return end
        for position, word in enumerate(words, at + 2):
            if word in self._lexicon.sources.occasion and occasion:
                while position < len(shape) and unit.lower[position] in self._lexicon.sources.occasion:
                    position += 1
                return self._participle_end(unit, position)
        return at

    def _participle_end(self, unit: Unit, at: int) -> int:
        """One past "issued to the press" behind "in a statement"; `at` if nothing like it stands there."""
        if unit.shape[at : at + 1] != "e" or unit.shape[at + 1 : at + 2] not in ("p", "t", "f"):
            return at
        end = self._reader.phrase_end(unit, at + 2)
        return end if end > at + 2 else at

    def _is_clause(self, unit: Unit, at: int, uses: frozenset[str]) -> bool:
        """Whether content begins at `at` without any linking word."""
        shape = unit.shape
        stop = at
        while stop < len(shape) and shape[stop] not in ',;:."w' and stop - at < 24:
            stop += 1
        stretch = shape[at:stop]
        if stretch[:1] in "fcp":
            return False
        if "speech" in uses:
            if has_finite_verb(stretch[1:]):
                return True
            return len(shape) - at > 3 and (stretch[0] != "n" or stretch[1:2] not in "ptf")
        if "clause" in uses or "addressee" in uses:
            return len(stretch) >= 3 and (stretch[0] == "i" or has_finite_verb(stretch[1:]))
        if "that" in uses:
            start = stretch[:6].partition("h")[0]  # "the notion that …" is a phrase
            return (start[:1] in ("i", "N") and any(letter in "xv" for letter in start[1:])) or (
                start[:1] == "d" and "x" in start[1:5]
            )
        return False

    def before(
        self, unit: Unit, first: int, *, comma_needed: bool = True, clausal: bool = True
    ) -> Range | None:
        """The content in front of an attribution clause that begins at token `first`.

        A comma or quotation has to separate the two, and what stands there has to be a clause (unless it goes on
        behind the attribution) or hold a quotation.
        """
        shape = unit.shape
        if first <= 0:
            return None
        last = shape[first - 1]
        if comma_needed and last not in ',QT"-':
            return None
        start = 0
        for position in range(first - 1, -1, -1):
            if shape[position] in ';"' and position < first - 1:
                start = position + 1
                break
        stretch = shape[start:first]
        circumstance = (
            unit.lower[start] in _CIRCUMSTANCE
            or (unit.lower[start] in _PREPOSITION and not any(letter in "xvi" for letter in stretch))
            or (start == 0 and shape[0] in "GgeV")
        )
        if clausal and circumstance and "Q" not in stretch and "," not in stretch[:-1]:
            return None  # "Asked about the plan, she said nothing"
        if clausal and "Q" not in stretch and "T" not in stretch and not _is_clausal(stretch):
            return None
        return self.span(unit, start, first)

    def quotation_beside(self, unit: Unit, first: int) -> bool:
        """Whether a quotation stands right before token `first`, a comma between them or not."""
        return first > 0 and (
            unit.shape[first - 1] in "QT" or unit.shape[max(0, first - 2) : first] in ("Q,", "T,")
        )

    def quotation_at(self, unit: Unit, at: int | None) -> bool:
        """Whether token `at` is a quotation or opens one."""
        return at is not None and at < len(unit.shape) and unit.shape[at] in 'QT"'

    def span(self, unit: Unit, first: int, last: int) -> Range | None:
        """The text of tokens `[first, last)` without the punctuation at its ends."""
        if first >= last or first >= len(unit.tokens):
            return None
        return trim(unit.text, unit.start(first), unit.end(last))


def _is_clausal(stretch: str) -> bool:
    """Whether a stretch is a clause: it has a finite verb, or is too long to be an adverbial."""
    return len(stretch) >= 4 and (has_finite_verb(stretch) or (len(stretch) >= 7 and stretch[0] not in "ps"))


def trim(text: str, start: int, end: int) -> Range | None:
    """A range without blanks and separating marks at its ends; None if nothing is left."""
    return Range(start, end).stripped(text, _TRAILING)


LONGEST_ESTIMATED = 14
"""Tokens of what is estimated before its figure."""


def _is_share(unit: Unit, at: int) -> bool:
    """Found 40 percent of adults own a bicycle."""
    return unit.shape[at] == "0" and unit.lower[at + 1 : at + 2] in (("%",), ("percent",), ("per",))


def _figure_follows(unit: Unit, at: int, *, level: bool) -> bool:
    """Whether what is estimated follows with its figure: "revenue of $3 million", "the cost at $5 million".

    Args:
        unit: the sentence.
        at: where the noun phrase would begin.
        level: whether "at" has to stand before the figure ("put the cost at $5 million").
    """
    if unit.shape[at] in "pft":
        return False
    for place in range(at, min(at + LONGEST_ESTIMATED, len(unit.shape))):
        letter = unit.shape[place]
        if letter == "0":
            return not level or "at" in unit.lower[at:place]
        if letter in ",;:.bhxiQ":
            return False
    return False
