"""Noun phrases of a unit, read off its class letters."""

from build_dataset.lang.en.attribution.units import Unit

HEAD = frozenset("nNkT0*")
"""Letters of words that can be the head of a noun phrase."""
_MODIFIER = frozenset("nNkT0*eGgu")
_PREPOSITION = frozenset("pft")
_FINITE = frozenset("xvV")


def noun_phrase_before(unit: Unit, end: int, floor: int = 0) -> int | None:
    """Where the noun phrase that ends right before token `end` begins, its prepositional phrases included.

    Args:
        unit: the unit.
        end: index one past the phrase's last token.
        floor: index before which nothing is looked at.

    Returns:
        The index of its first token; None where no noun phrase ends there.
    """
    shape = unit.shape
    start: int | None = None
    at = end
    while True:
        core = _core_before(shape, at, floor)
        if core is None:
            return start
        start = core
        preposition = _preposition_before(shape, start, floor)
        if preposition is not None:
            at = preposition
        elif start - 2 >= floor and shape[start - 1] == "c" and _coordinates(shape, start):
            at = start - 1
        else:
            return start


def _core_before(shape: str, end: int, floor: int) -> int | None:
    if end <= floor or shape[end - 1] not in HEAD:
        return None
    at = end - 1
    while at > floor and shape[at - 1] in _MODIFIER:
        at -= 1
    while at < end - 1 and shape[at] in "eGgu" and not (at > floor and shape[at - 1] == "d"):
        at += 1  # a participle without determiner in front of it is the verb of another clause
    at = _behind_verb(shape, at, end)
    if at > floor and shape[at - 1] == "t" and shape[at] == "n" and at + 1 < end:
        at += 1  # "to placate nervous voters": the word behind "to" is a verb
    while at > floor and (shape[at - 1] == "d" or (shape[at - 1] in "ac" and shape[at - 2 : at - 1] == "d")):
        at -= 1
    return at


def _behind_verb(shape: str, start: int, end: int) -> int:
    """Where the phrase begins if a verb in -ed stands between two phrases: "the paper interviewed Lopez"."""
    for at in range(end - 2, start, -1):
        if shape[at] == "e" and shape[at + 1] == "N" and shape[at - 1] in "nNk":
            return at + 1
    return start


def _preposition_before(shape: str, start: int, floor: int) -> int | None:
    """The end of the phrase that a prepositional phrase before `start` belongs to, or None."""
    at = start - 1
    if at <= floor or shape[at] not in _PREPOSITION:
        return None
    if shape[at - 1] in HEAD or shape[at - 1] == "d":
        return at
    participle = shape[at - 1] in "eg" and at - 2 >= floor and shape[at - 2] in HEAD
    return at - 1 if participle else None


def _coordinates(shape: str, start: int) -> bool:
    """Whether "and" before `start` joins two phrases of one kind: two names, or two common nouns."""
    left, right = shape[start - 2], shape[start]
    if left == "N":
        return right == "N"
    return (
        left in "nk"
        and right in "ndk"
        and not any(letter in _FINITE for letter in shape[max(0, start - 5) : start])
    )


def clause_start(unit: Unit, before: int) -> int:
    """The index of the first token of the clause in which token `before` stands."""
    shape = unit.shape
    at = before
    while at > 0 and shape[at - 1] not in ';:"b(':
        at -= 1
    return at


def subject_of(unit: Unit, start: int, end: int) -> tuple[int, int] | None:
    """The first noun phrase of a clause that stands before a finite verb, as token indexes (half-open).

    Args:
        unit: the unit.
        start: where the clause begins.
        end: where to stop looking.
    """
    shape = unit.shape
    at = start
    while at < end:
        if shape[at] == "i":
            return at, at + 1
        if shape[at] in "dnNkT0*":
            last = at
            while (
                last < end
                and shape[last] in "dnNkT0*uf"
                and not (shape[last] == "n" and _verb_follows(shape, last, end))
            ):
                last += 1
            while last > at and shape[last - 1] not in HEAD:
                last -= 1
            if last > at and not _is_adverbial(shape, start, at, last, end):
                return at, last
            at = max(last, at + 1)
            continue
        at += 1
    return None


def _verb_follows(shape: str, at: int, end: int) -> bool:
    """A lower-case word between a name and what only follows a verb is the verb ("Musk praises the …")."""
    return at > 0 and shape[at - 1] == "N" and at + 1 < end and shape[at + 1] in "dioNh"


def _is_adverbial(shape: str, start: int, first: int, last: int, end: int) -> bool:
    """Whether the phrase is an adverbial before the subject: behind a preposition and followed by a comma."""
    return first > start and shape[first - 1] in "pft" and last < end


def has_finite_verb(shape: str) -> bool:
    """Whether a stretch of class letters holds a word that can only be a finite verb (or is most likely one)."""
    return any(letter in "xvVei" for letter in shape)
