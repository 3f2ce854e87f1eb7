"""Offices: which words of a phrase say what somebody is, and where."""

from build_dataset.lang.en.attribution.lexicon import Lexicon
from build_dataset.lang.en.attribution.units import Unit

_OFFICE_PREPOSITIONS = frozenset(("at", "for", "of", "with"))


class RoleReader:
    """Reads role and organization beside a name."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._sources = lexicon.sources
        self._be = lexicon.words.be

    def is_role(self, unit: Unit, index: int) -> bool:
        """Whether a token names an office or profession."""
        word = unit.lower[index]
        return word in self._sources.role or word in self._sources.abbreviated_role

    def in_front(self, unit: Unit, first: int, name: int) -> tuple[str | None, str | None]:
        """Role and organization in "former Tesla co-founder Jane Roe": modifiers and office, names before them."""
        shape = unit.shape
        begin = name - 1
        while begin > first and (
            self.is_role(unit, begin - 1)
            or unit.lower[begin - 1] in self._sources.role_modifier
            or shape[begin - 1] in "c-"
        ):
            begin -= 1
        role = unit.text[unit.start(begin) : unit.end(name)]
        at = begin
        while at > first and shape[at - 1] == "n":
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
        if self._sources.is_demonym(unit.lower[end - 1]):
            return False
        return bool(
            self._sources.organization.intersection(unit.lower[start:end])
            or len(words) == 1
            or any(not word.isalpha() or word[1:] != word[1:].lower() for word in words)
        )

    def behind(self, unit: Unit, span: tuple[int, int] | None) -> tuple[str | None, str | None]:
        """Role and organization in "founder and chairman of Acme Group", "a professor at X University".

        Args:
            unit: the sentence.
            span: the apposition's tokens (half-open), or None.
        """
        core = None if span is None else self._core(unit, *span)
        if core is None:
            return None, None
        first, last = core
        stop = first
        while stop < last and not (unit.shape[stop] in "fp,(" and stop > first):
            stop += 1
        if not any(self.is_role(unit, index) for index in range(first, stop)):
            return None, None
        role = unit.text[unit.start(first) : unit.end(stop)].strip()
        if stop >= last or unit.shape[stop] in ",(":
            return self._possessed(unit, first, stop, role)
        if unit.lower[stop] not in _OFFICE_PREPOSITIONS:
            return role, None
        return self._office(unit, first, stop, last, role)

    def _core(self, unit: Unit, first: int, last: int) -> tuple[int, int] | None:
        """An apposition without article, age and relative clause ("a", "45", "who is", ", who lives in Leeds")."""
        shape = unit.shape
        if shape[first] == "w":
            if unit.lower[first + 1] not in self._be:
                return None
            first += 2
        while first < last and (shape[first] in "da0,-" or unit.lower[first] in ("year-old", "aged")):
            first += 1
        while last > first and shape[last - 1] in ",w":
            last -= 1
        relative = shape.find("w", first, last)
        return (first, relative) if relative > first else (first, last)

    def _office(self, unit: Unit, first: int, stop: int, last: int, role: str) -> tuple[str, str | None]:
        """Role and organization where a preposition at `stop` links them."""
        shape = unit.shape
        office = unit.lower.index("at", stop + 1, last) if "at" in unit.lower[stop + 1 : last] else stop
        if shape[stop] == "f" and not any(letter in ",c" for letter in shape[stop:office]):
            role = unit.text[unit.start(first) : unit.end(office)]  # "head of research at Acme Bank"
            stop = office
        at = stop + 1
        if at < last and unit.lower[at] == "the":
            at += 1
            if "N" not in shape[at:last] and last - at <= 2:
                return role, None  # "chairman of the company": which one is not said
        second = self._second_post(unit, at, last)
        end = last if second is None else second
        organization = unit.text[unit.start(at) : unit.end(end)].strip(" ,") if at < end else ""
        if second is not None:
            role = unit.text[unit.start(first) : unit.end(last)].strip(" ,")
        return role, organization or None

    def _possessed(self, unit: Unit, first: int, stop: int, role: str) -> tuple[str, str | None]:
        """Reads "Acme's chief economist": the possessor is the organization."""
        clitic = unit.shape.find("u", first, stop)
        if clitic <= first:
            return role, None
        owner = unit.text[unit.start(first) : unit.end(clitic)]
        return unit.text[unit.start(clitic + 1) : unit.end(stop)], owner

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
                    and self.is_role(unit, following)
                    and "f" in shape[following : following + 4]
                ):
                    return at
        return None
