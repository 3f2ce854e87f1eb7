"""The words of English attribution: which class a word belongs to, and which words are cues."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from pydantic import BaseModel, ConfigDict

from build_dataset.lang.pack import load_data

NOUN_LIKE_ENDINGS = ("base", "third")
"""Forms of a verb that are spelled like the noun of the same stem ("report", "reports")."""


class CueData(BaseModel):
    """`cues.yaml`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    clause: list[str]
    speech: frozenset[str]
    evidence: frozenset[str]
    that: list[str]
    ask: list[str]
    addressee: list[str]
    infinitive: list[str]
    object_infinitive: list[str]
    figure: list[str]
    level: list[str]
    share: list[str]
    verbal: list[str]
    naming: list[str]
    noun: frozenset[str]
    view: frozenset[str]
    light: list[str]
    feeling: frozenset[str]
    noun_like: frozenset[str]
    irregular: dict[str, list[str]]


class WordData(BaseModel):
    """`words.yaml`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    determiner: list[str]
    pronoun: list[str]
    object_pronoun: list[str]
    preposition: list[str]
    of: list[str]
    to: list[str]
    and_: list[str]
    but: list[str]
    subordinator: list[str]
    that: list[str]
    relative: list[str]
    question: frozenset[str]
    auxiliary: list[str]
    be: frozenset[str]
    negation: frozenset[str]
    modal: frozenset[str]
    adverb: list[str]
    date: list[str]
    verb: list[str]


class SourceData(BaseModel):
    """`sources.yaml`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    role: frozenset[str]
    abbreviated_role: frozenset[str]
    role_modifier: frozenset[str]
    honorific: frozenset[str]
    female: frozenset[str]
    male: frozenset[str]
    people: frozenset[str]
    person: frozenset[str]
    group: frozenset[str]
    organization: frozenset[str]
    document: frozenset[str]
    channel: frozenset[str]
    occasion: frozenset[str]
    demonym: frozenset[str]
    not_demonym: frozenset[str]
    nobody: frozenset[str]
    bare: frozenset[str]
    company: frozenset[str]

    def is_demonym(self, word: str) -> bool:
        """Whether a word in lower case says where somebody comes from: "italian", "german"."""
        return word in self.demonym or (word.endswith(_DEMONYM_ENDINGS) and word not in self.not_demonym)


class CueVerb(NamedTuple):
    """What one form of a verb can introduce.

    `form` is `base`, `third`, `past` or `gerund`; `uses` are the lists of `cues.yaml` that name the verb;
    `particles` are words that must follow for it to be a cue at all ("out" in "pointed out").
    """

    lemma: str
    form: str
    uses: frozenset[str]
    particles: tuple[tuple[str, frozenset[str]], ...]


_DEMONYM_ENDINGS = ("american", "ese", "ian", "ish")
FORMS = ("base", "third", "past", "participle", "gerund")
VERB_USES = (
    "clause",
    "that",
    "ask",
    "addressee",
    "infinitive",
    "object_infinitive",
    "figure",
    "level",
    "share",
    "verbal",
    "naming",
    "light",
)


def inflect(lemma: str) -> list[str]:
    """The five forms of a regular verb: base, third person, past, past participle, gerund."""
    if lemma.endswith("y") and lemma[-2] not in "aeiou":
        stem = lemma[:-1]
        return [lemma, stem + "ies", stem + "ied", stem + "ied", lemma + "ing"]
    third = lemma + ("es" if lemma.endswith(("s", "sh", "ch", "x", "z")) else "s")
    if lemma.endswith("ee"):
        return [lemma, third, lemma + "d", lemma + "d", lemma + "ing"]
    if lemma.endswith("e"):
        return [lemma, third, lemma + "d", lemma + "d", lemma[:-1] + "ing"]
    return [lemma, third, lemma + "ed", lemma + "ed", lemma + "ing"]


def cue_verbs(data: CueData) -> dict[str, CueVerb]:
    """Every form of every cue verb."""
    uses: dict[str, set[str]] = {}
    particles: dict[str, dict[str, set[str]]] = {}
    for use in VERB_USES:
        for entry in getattr(data, use):
            lemma, _, particle = entry.partition(" ")
            if particle:
                particles.setdefault(lemma, {}).setdefault(particle, set()).add(use)
            else:
                uses.setdefault(lemma, set()).add(use)
    verbs: dict[str, CueVerb] = {}
    for lemma in sorted(uses.keys() | particles.keys()):
        forms = _forms(lemma, data.irregular)
        bound = tuple(sorted((name, frozenset(found)) for name, found in particles.get(lemma, {}).items()))
        for form, name in forms.items():
            verbs.setdefault(form, CueVerb(lemma, name, frozenset(uses.get(lemma, ())), bound))
    return verbs


def _forms(lemma: str, irregular: Mapping[str, list[str]]) -> dict[str, str]:
    spelled = irregular.get(lemma)
    if spelled is None:
        spelled = inflect(lemma)
    elif len(spelled) == 4:
        spelled = [spelled[0], spelled[1], spelled[2], spelled[2], spelled[3]]
    forms: dict[str, str] = {}
    for form, name in zip(spelled, FORMS, strict=True):
        forms.setdefault(form, name)
    if spelled[0] == spelled[2]:
        forms[spelled[0]] = "past"  # "put": no ending tells, and news tells in the past
    return forms


class Lexicon:
    """Classes of words, one letter each, and the cues.

    ==== ===================== ==== ============================ ==== =====================
    d    determiner            i    subject pronoun              o    object pronoun
    p    preposition           f    of, for                      t    to
    c    and, or               b    but, while                   s    subordinator
    h    that                  w    relative pronoun             q    question word
    x    auxiliary             a    adverb                       y    weekday, month
    v    common verb           V    cue verb                     G    cue verb in -ing
    k    cue verb or noun      e    word in -ed                  g    word in -ing
    n    other lower case      N    name                         0    number
    Q    quotation             T    a few words in marks         u    possessive ending
    "    lone quotation mark
    ==== ===================== ==== ============================ ==== =====================

    Marks stand for themselves (`, ; : . ( ) -`), masked words for `*`.
    """

    def __init__(self, cues: CueData, words: WordData, sources: SourceData) -> None:
        self.cues = cues
        self.words = words
        self.sources = sources
        self.verbs = cue_verbs(cues)
        self.known = (
            sources.people
            | sources.person
            | sources.group
            | sources.document
            | sources.role
            | sources.channel
            | sources.nobody
        )
        self._dates = frozenset(words.date)
        self._classes = self._closed_classes()
        self.memory: dict[str, tuple[str, str]] = {}
        """What `word` answered before."""

    def _closed_classes(self) -> dict[str, str]:
        words = self.words
        classes: dict[str, str] = {}
        for form, verb in self.verbs.items():
            if verb.form == "gerund":
                classes[form] = "G"
            elif verb.lemma in self.cues.noun_like and verb.form in NOUN_LIKE_ENDINGS:
                classes[form] = "k"
            else:
                classes[form] = "V"
        for noun in sorted(self.cues.noun | self.cues.view):
            classes.setdefault(noun, "n")
        order: Iterable[tuple[str, Iterable[str]]] = (
            ("v", [verb for verb in words.verb if verb not in classes]),
            ("a", [*words.adverb, *(word for word in words.negation if word not in words.auxiliary)]),
            ("p", words.preposition),
            ("f", words.of),
            ("t", words.to),
            ("d", words.determiner),
            ("b", words.but),
            ("s", words.subordinator),
            ("q", words.question),
            ("w", words.relative),
            ("c", words.and_),
            ("h", words.that),
            ("x", words.auxiliary),
            ("i", words.pronoun),
            ("o", words.object_pronoun),
        )
        for letter, members in order:
            for word in members:
                classes[word] = letter
        return classes

    def word(self, text: str) -> tuple[str, str]:
        """A token in lower case and its class where words are capitalized only if they are names."""
        lower = text.lower().replace("’", "'")
        known = lower, self._letter(text, lower)
        if len(self.memory) >= _MEMORY:
            self.memory.clear()
        self.memory[text] = known
        return known

    def initial_letter(self, lower: str, letter: str, common: frozenset[str]) -> str:
        """The class of a capitalized word at the beginning of a sentence.

        Args:
            lower: the word in lower case.
            letter: its class elsewhere.
            common: words that the article also writes in lower case.
        """
        if letter != "N":
            return letter
        known = self._classes.get(lower)
        if known is not None and known not in "Vkv":
            return known
        if lower in common or lower in self.known:
            return known or "n"
        return "a" if lower.endswith("ly") and len(lower) > 5 else "N"

    def _letter(self, word: str, lower: str) -> str:
        first = word[0]
        if first.isdigit():
            return "0"
        if not first.isalpha():
            if first in "'’" and len(word) > 1:
                return "u" if lower[1:] == "s" else "x"
            return _MARKS.get(first, "-")
        if first.isupper():
            return "y" if lower in self._dates else "i" if lower == "i" else "N"
        known = self._classes.get(lower)
        if known is not None:
            return known
        if lower in self.known:
            return "n"
        if lower.endswith("ed") and len(lower) > 3 and not lower.endswith("eed"):
            return "e"
        if lower.endswith("ing") and len(lower) > 5:
            return "g"
        return "a" if lower.endswith("ly") and len(lower) > 4 else "n"


_MEMORY = 100_000
"""Words whose class is kept: more than the vocabulary of a year of news that is not names."""
_MARKS = {
    ",": ",", ";": ";", ":": ":", ".": ".", "?": ".", "!": ".", "(": "(", ")": ")", "[": "(", "]": ")",
    "*": "*", "\N{FULLWIDTH COMMA}": ",", "\N{FULLWIDTH SEMICOLON}": ";", "\N{FULLWIDTH COLON}": ":",
    "\N{IDEOGRAPHIC FULL STOP}": ".", "\N{FULLWIDTH LEFT PARENTHESIS}": "(", "\N{FULLWIDTH RIGHT PARENTHESIS}": ")",
    "…": ".", "%": "n", "$": "0", "£": "0", "€": "0", "&": "c",
    '"': '"', "“": '"', "”": '"',
}  # fmt: skip


def load_lexicon() -> Lexicon:
    """The lexicon with the data of the English pack."""
    return Lexicon(
        load_data(CueData, "en", "cues"),
        load_data(WordData, "en", "words"),
        load_data(SourceData, "en", "sources"),
    )
