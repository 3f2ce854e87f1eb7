"""Who: from the words before or behind a cue to a source with its role and organization."""

from typing import NamedTuple

from build_dataset.document import SourceMention
from build_dataset.lang.en.attribution.lexicon import Lexicon
from build_dataset.lang.en.attribution.phrases import HEAD, has_finite_verb, noun_phrase_before
from build_dataset.lang.en.attribution.units import Unit
from build_dataset.schema import SpeakerKind

_LONGEST_APPOSITION = 40
"""Tokens: beyond that, what stands between two commas is no apposition."""
_PHRASE_PREPOSITIONS = frozenset(("at", "by", "from", "in", "with"))
_HEAD_ENDS = frozenset(
    "about among around at behind by close familiar for from in involved near of on to who with within".split()
)
"""Words behind the head of a noun phrase."""
_DEMONYM_ENDINGS = ("american", "ese", "ian", "ish")
_LONGEST_BRACKET = 10
"""Tokens: beyond that, what stands in brackets is no remark on the name before them."""


class Source(NamedTuple):
    """A source and the tokens it takes, apposition included (half-open)."""

    mention: SourceMention
    first: int
    last: int


class SourceReader:
    """Reads sources off a unit."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._sources = lexicon.sources
        self._be = lexicon.words.be

    # ── where a source stands ──────────────────────────────────────────────────────────────────────────────────

    def named(self, source: Source | None) -> Source | None:
        """The source, if its words name anything: bare figures do not, nor masked words, nor a channel behind them."""
        if source is None:
            return None
        name = source.mention.name
        words = name.strip("* ").casefold()
        if "*" in name and (not words or words in self._sources.channel):
            return None
        return None if words.removeprefix("relevant ").removeprefix("the ") in self._sources.bare else source

    def speaks(self, source: Source) -> bool:
        """Whether a source is somebody, or something with words in it, and no mere fact ("the rise in sales")."""
        mention = source.mention
        if mention.kind is not SpeakerKind.UNNAMED:
            return mention.name.lower() not in ("it", "this", "that", "these", "those", "which")
        words = mention.name.casefold().split()
        stop = next((at for at, word in enumerate(words) if at and word in _HEAD_ENDS), len(words))
        known = self._sources
        return any(
            words[stop - 1] in names
            for names in (known.people, known.person, known.role, known.group, known.channel)
        )

    def before(self, unit: Unit, end: int, floor: int = 0) -> Source | None:
        """The source that ends right before token `end`: a pronoun, a noun phrase, or one with an apposition."""
        shape = unit.shape
        if end <= floor:
            return None
        last = shape[end - 1]
        if last == "i":
            return Source(self.pronoun(unit, end - 1), end - 1, end)
        if last == "w":
            return self._antecedent(unit, end - 1, floor)
        if last == "," or last in ")-":
            return self._with_apposition(unit, end, floor)
        start = noun_phrase_before(unit, end, floor)
        if start is None:
            return None
        if start > floor and unit.lower[start - 1] == "whose":
            return None
        if start > floor and shape[start - 1] == "w":  # "a reader who follows the industry" told us
            antecedent = self._antecedent(unit, start - 1, floor)
            if antecedent is not None:
                return self._extended(unit, antecedent, end)
        return Source(self.describe(unit, start, end, None), start, end)

    def after(self, unit: Unit, start: int) -> Source | None:
        """The source that begins at token `start`, with the apposition behind it."""
        shape = unit.shape
        if start >= len(shape):
            return None
        if shape[start] in "io":
            return Source(self.pronoun(unit, start), start, start + 1)
        end = self.phrase_end(unit, start)
        if end == start:
            return None
        behind = self.bracket_end(unit, end)
        stop = self.apposition_end(unit, behind)
        apposition = (behind + 1, stop) if stop > behind else None
        return Source(self.describe(unit, start, end, apposition), start, max(stop, behind))

    def bracket_end(self, unit: Unit, end: int) -> int:
        """One past a short remark in brackets behind a name: "Roe (D-Ohio)"."""
        if unit.shape[end : end + 1] != "(":
            return end
        closing = unit.shape.find(")", end, end + 12)
        return closing + 1 if closing > end else end

    def phrase_end(self, unit: Unit, start: int) -> int:
        """One past the noun phrase that begins at `start`, "of" phrases and "at the ministry" included."""
        shape = unit.shape
        at = start
        end = start
        while at < len(shape):
            letter = shape[at]
            if letter in HEAD:
                end = at + 1
            elif letter == "d" and end == at > start:
                break  # another phrase begins: "told the Daily Planet the talks …"
            elif letter == "c":
                if not (at + 1 < len(shape) and shape[at + 1] == "N" and shape[at - 1] == "N"):
                    break
            elif letter not in "degufG" and not (letter == "p" and unit.lower[at] in _PHRASE_PREPOSITIONS):
                break
            at += 1
        return end

    def _antecedent(self, unit: Unit, relative: int, floor: int) -> Source | None:
        """The source that a relative pronoun refers to: "Lopez, who said", "a man who said"."""
        end = relative
        if end > floor and unit.shape[end - 1] == ",":
            inner = (
                self._with_apposition(unit, end, floor) if self._closes_apposition(unit, end, floor) else None
            )
            if inner is not None:
                return inner
            end -= 1
        start = noun_phrase_before(unit, end, floor)
        return None if start is None else Source(self.describe(unit, start, end, None), start, end)

    def _closes_apposition(self, unit: Unit, comma: int, floor: int) -> bool:
        return unit.shape.rfind(",", floor, comma - 1) > floor

    def _extended(self, unit: Unit, source: Source, end: int) -> Source:
        """An unnamed source keeps its relative clause as part of its name."""
        mention = source.mention
        if mention.kind is not SpeakerKind.UNNAMED:
            return Source(mention, source.first, end)
        stop = unit.end(end)
        return Source(mention._replace(end=stop, name=unit.text[mention.start : stop]), source.first, end)

    def _with_apposition(self, unit: Unit, end: int, floor: int) -> Source | None:
        """The name before one or several phrases in commas, brackets or dashes that end at `end`."""
        shape = unit.shape
        closing = shape[end - 1]
        opening = {",": ",", ")": "(", "-": "-"}[closing]
        best: Source | None = None
        comma = end - 1
        for _ in range(4):
            comma = shape.rfind(opening, max(floor, end - _LONGEST_APPOSITION), comma)
            if comma <= floor or not self._is_apposition(unit, comma + 1, end - 1):
                break
            start = noun_phrase_before(unit, comma, floor)
            if start is None:
                continue
            best = Source(self.describe(unit, start, comma, (comma + 1, end - 1)), start, end)
            if shape[start] == "N":
                break
        return best

    def _is_apposition(self, unit: Unit, start: int, end: int) -> bool:
        if start >= end:
            return False
        shape = unit.shape[start:end]
        if unit.shape[start - 1] == "(":
            return len(shape) <= _LONGEST_BRACKET
        if shape[0] in "wpgGeaft0" or unit.lower[start] in ("formerly", "aged", "then"):
            return ";" not in shape and ":" not in shape
        return not has_finite_verb(shape.replace("e", "")) and not any(mark in shape for mark in ";:.")

    def apposition_end(self, unit: Unit, end: int) -> int:
        """One past the appositions behind a name that ends at `end` ("Lopez, 45, head of X, …"); `end` if there are none."""
        stop = end
        while True:
            following = self._one_apposition_end(unit, stop)
            if following == stop:
                return stop
            stop = following

    def _one_apposition_end(self, unit: Unit, end: int) -> int:
        shape = unit.shape
        if end + 1 >= len(shape) or shape[end] != ",":
            return end
        stop = end + 1
        while stop < len(shape) and shape[stop] not in ',;:."Q':
            stop += 1
        if shape[end + 1 : stop] == "0" or unit.lower[end + 1] == "aged" or shape[end + 1] == "w":
            return stop
        first = end + 1
        while first < stop and (shape[first] == "d" or unit.lower[first] in self._sources.role_modifier):
            first += 1
        titled = any(unit.lower[index] in self._sources.role for index in range(first, min(first + 5, stop)))
        if not titled or has_finite_verb(shape[end + 1 : stop].replace("e", "")):
            return end
        return stop

    # ── what it is ─────────────────────────────────────────────────────────────────────────────────────────────

    def pronoun(self, unit: Unit, index: int) -> SourceMention:
        token = unit.tokens[index]
        return SourceMention(token.start, token.end, token.text, None)

    def describe(
        self, unit: Unit, first: int, last: int, apposition: tuple[int, int] | None
    ) -> SourceMention:
        """Name, kind, role and organization of the phrase `[first, last)` with the apposition beside it.

        The mention of a named source is the name alone; an unnamed source keeps its whole phrase.
        """
        role, organization = self._apposition(unit, apposition)
        named = self._named_part(unit, first, last)
        if named is None:
            return self._common(unit, first, last, role, organization)
        start, end, before_role, before_organization = named
        while end - 1 > start and _is_masked(unit, end - 1):
            end -= 1
        text = unit.text[unit.start(start) : unit.end(end)]
        role, organization = role or before_role, organization or before_organization
        kind = self._kind_of_name(unit, start, end, first, role)
        if kind is not SpeakerKind.PERSON:
            role = organization = None
        return SourceMention(unit.start(start), unit.end(end), text, kind, role, organization)

    def _named_part(
        self, unit: Unit, first: int, last: int
    ) -> tuple[int, int, str | None, str | None] | None:
        """The tokens of the name in a phrase, and the role and organization in front of it."""
        shape = unit.shape
        end = first
        while end < last and shape[end] not in "fptw(,":
            end += 1
        if self._names_whole_phrase(unit, first, last):
            end = last
        roles = [index for index in range(first, end) if self._is_role(unit, index)]
        start = first
        role = organization = None
        if roles and roles[-1] + 1 < end and "N" in shape[roles[-1] + 1 : end]:
            start = roles[-1] + 1
            role, organization = self._role_in_front(unit, first, start)
        while start < end and shape[start] in "dakG":
            start += 1
        if start >= end or shape[start] not in "N0" or "N" not in shape[start:end]:
            return None
        if any(letter in "neg" for letter in shape[start:end]) and not self._names_whole_phrase(
            unit, first, last
        ):
            return self._name_behind_words(unit, start, end, role, organization)
        if end < last and shape[end] == "u":
            return None
        return start, end, role, organization

    def _name_behind_words(
        self, unit: Unit, start: int, end: int, role: str | None, organization: str | None
    ) -> tuple[int, int, str | None, str | None] | None:
        """ "Tesla founder Elon Musk" without a known role word: the capitalized run at the end is the name."""
        at = end
        while at > start and unit.shape[at - 1] == "N":
            at -= 1
        return (at, end, role, organization) if at < end and end - at >= 2 else None

    def _names_whole_phrase(self, unit: Unit, first: int, last: int) -> bool:
        """ "the Department of Justice", "University of Leeds": an organization's name runs over "of"."""
        shape = unit.shape[first:last].lstrip("d")
        if (
            not shape.startswith("N")
            or set(shape) - set("Nfdc&-")
            or "f" not in shape
            or not shape.endswith("N")
        ):
            return False
        head = unit.lower[first + (last - first - len(shape)) : first + unit.shape[first:last].index("f")]
        return bool(head) and (head[-1] in self._sources.organization or head[-1] in self._sources.group)

    def _is_role(self, unit: Unit, index: int) -> bool:
        word = unit.lower[index]
        return word in self._sources.role or word in self._sources.abbreviated_role

    def _role_in_front(self, unit: Unit, first: int, name: int) -> tuple[str | None, str | None]:
        """Role and organization in "former Tesla co-founder Jane Roe": modifiers and office, names before them."""
        shape = unit.shape
        begin = name - 1
        while begin > first and (
            self._is_role(unit, begin - 1)
            or unit.lower[begin - 1] in self._sources.role_modifier
            or shape[begin - 1] in "c-"
        ):
            begin -= 1
        role = unit.text[unit.start(begin) : unit.end(name)]
        at = begin
        while at > first and shape[at - 1] in "n":
            at -= 1
        stop = at
        if stop > first and shape[stop - 1] == "u":
            stop -= 1
        start = stop
        while start > first and shape[start - 1] in "N0":
            start -= 1
        organization = None
        if start < stop and at == begin and self._looks_like_organization(unit, start, stop):
            organization = unit.text[unit.start(start) : unit.end(stop)]
        return role, organization

    def _looks_like_organization(self, unit: Unit, start: int, end: int) -> bool:
        words = [unit.tokens[index].text for index in range(start, end)]
        if unit.lower[end - 1] in self._sources.demonym or unit.lower[end - 1].endswith(_DEMONYM_ENDINGS):
            return False
        return bool(
            self._sources.organization.intersection(unit.lower[start:end])
            or len(words) == 1
            or any(not word.isalpha() or word[1:] != word[1:].lower() for word in words)
        )

    def _kind_of_name(self, unit: Unit, start: int, end: int, first: int, role: str | None) -> SpeakerKind:
        words = [unit.tokens[index].text for index in range(start, end)]
        lower = unit.lower[start:end]
        if lower[0] in self._sources.honorific or role is not None:
            return SpeakerKind.PERSON
        if self._sources.organization.intersection(lower) or "f" in unit.shape[start:end]:
            return SpeakerKind.ORGANIZATION
        if start > first and unit.shape[start - 1] == "d":
            return SpeakerKind.ORGANIZATION
        plain = all(
            word.isalpha() and word[0].isupper() and (word[1:].islower()) or _is_name_part(word)
            for word in words
        )
        return SpeakerKind.PERSON if plain and 2 <= len(words) <= 4 else SpeakerKind.ORGANIZATION

    def _common(
        self, unit: Unit, first: int, last: int, role: str | None, organization: str | None
    ) -> SourceMention:
        """A source without a name: people, a document, "the company"."""
        start, end = unit.start(first), unit.end(last)
        name = unit.text[start:end]
        head = self._head(unit, first, last)
        if head in self._sources.document:
            return SourceMention(start, end, name, SpeakerKind.DOCUMENT)
        definite = unit.lower[first] in ("the", "this", "that", "its", "their", "his", "her")
        short = last - first <= 3 and "N" not in unit.shape[first:last]
        if definite and short and (head in self._sources.group or head in self._sources.role):
            group = head in self._sources.group
            return SourceMention(
                start, end, name, None, fallback=SpeakerKind.ORGANIZATION if group else SpeakerKind.UNNAMED
            )
        if head in self._sources.group and "N" in unit.shape[first:last]:
            return SourceMention(start, end, name, SpeakerKind.ORGANIZATION)
        return SourceMention(start, end, name, SpeakerKind.UNNAMED, role, organization)

    def _head(self, unit: Unit, first: int, last: int) -> str:
        """The head word: the last before the first preposition or relative pronoun."""
        shape = unit.shape
        at = first
        while at < last and not (shape[at] in "pftw,(" and at > first):
            at += 1
        return unit.lower[at - 1]

    def _apposition(self, unit: Unit, span: tuple[int, int] | None) -> tuple[str | None, str | None]:
        """Role and organization in "founder and chairman of Acme Group", "a professor at X University"."""
        if span is None:
            return None, None
        first, last = span
        shape = unit.shape
        if shape[first] == "w":
            first += 1
            if not unit.lower[first : first + 1] or unit.lower[first] not in self._be:
                return None, None
            first += 1
        while first < last and (shape[first] in "da0,-" or unit.lower[first] in ("year-old", "aged")):
            first += 1
        while last > first and shape[last - 1] in ",w":
            last -= 1
        relative = shape.find("w", first, last)
        if relative > first:
            last = relative
        stop = first
        while stop < last and not (shape[stop] in "fp,(" and stop > first):
            stop += 1
        if not any(self._is_role(unit, index) for index in range(first, stop)):
            return None, None
        role = unit.text[unit.start(first) : unit.end(stop)].strip()
        if stop >= last or shape[stop] in ",(":
            return self._possessed(unit, first, stop, role)
        if unit.lower[stop] not in ("of", "at", "for", "with"):
            return role, None
        office = next((at for at in range(stop + 1, last) if unit.lower[at] == "at"), stop)
        if shape[stop] == "f" and office > stop and not any(letter in ",c" for letter in shape[stop:office]):
            role = unit.text[unit.start(first) : unit.end(office)]  # "head of research at Acme Bank"
            stop = office
        at = stop + 1
        definite = at < last and unit.lower[at] == "the"
        if definite:
            at += 1
        if definite and "N" not in shape[at:last] and last - at <= 2:
            return role, None  # "chairman of the company": which one is not said
        second = self._second_post(unit, at, last)
        organization = unit.text[unit.start(at) : unit.end(second if second is not None else last)].strip(
            " ,"
        )
        if second is not None:
            role = unit.text[unit.start(first) : unit.end(last)].strip(" ,")
        return role, organization or None

    def _possessed(self, unit: Unit, first: int, stop: int, role: str) -> tuple[str, str | None]:
        """ "Acme's chief economist": the possessor is the organization."""
        clitic = unit.shape.find("u", first, stop)
        if clitic <= first:
            return role, None
        return unit.text[unit.start(clitic + 1) : unit.end(stop)], unit.text[
            unit.start(first) : unit.end(clitic)
        ]

    def _second_post(self, unit: Unit, first: int, last: int) -> int | None:
        """Where "and" begins a second post with an organization of its own ("president of A and founder of B")."""
        shape = unit.shape
        for at in range(first, last - 1):
            if shape[at] in "c,":
                following = at + 1
                while following < last and (
                    shape[following] in "dac" or unit.lower[following] in self._sources.role_modifier
                ):
                    following += 1
                if (
                    following < last
                    and self._is_role(unit, following)
                    and "f" in shape[following : following + 4]
                ):
                    return at
        return None


def _is_masked(unit: Unit, index: int) -> bool:
    """Whether a token stands for words that were cut out."""
    return unit.shape[index] == "*"


def _is_name_part(word: str) -> bool:
    """Parts of personal names that are not one capital and small letters: "J.", "McCain", "O'Brien", "Caspers-Roemer"."""
    pieces = word.replace("’", "'").replace(".", "").replace("-", "'").split("'")
    return all(
        piece == ""
        or (
            piece[0].isupper()
            and piece.isalpha()
            and (len(piece) == 1 or sum(map(str.isupper, piece)) <= 2 and not piece.isupper())
        )
        for piece in pieces
    )
