"""Pronouns and short forms → sources that the article names, or nobody.

A pronoun goes to the nearest eligible source before it, sources of quotes before persons merely named: in news the one
who spoke last is the one who goes on speaking. A reference that nothing fits stays unresolved.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from build_dataset.document import LocalSpeaker, QuoteCandidate, ResolvedQuote, SegmentedText, SourceMention
from build_dataset.lang.pack import Attribution, Pronoun
from build_dataset.schema import SpeakerKind

_NAMESAKES = 20
"""Names of one article that share a word: where there are more, that word tells nobody from another."""
_REACH = 40
"""Entities that a pronoun looks back over."""
_NAMED = (SpeakerKind.PERSON, SpeakerKind.ORGANIZATION)


@dataclass(slots=True)
class _Entity:
    """A source of one article in the making: the names met for it, those as a quote's source, what is said of it."""

    kind: SpeakerKind
    names: Counter[str] = field(default_factory=Counter)
    speaking: Counter[str] = field(default_factory=Counter)
    roles: list[tuple[str, str | None]] = field(default_factory=list)
    quoted: bool = False
    female: bool | None = None

    def add(self, mention: SourceMention) -> None:
        self.names[mention.name] += 1
        if mention.role is not None or mention.organization is not None:
            self.roles.append((mention.role or "", mention.organization))

    def full_name(self) -> str:
        """The fullest name of a person; of anything else the fullest under which it speaks."""
        names = self.names if self.kind is SpeakerKind.PERSON or not self.speaking else self.speaking
        return max(names, key=lambda name: (len(name.split()), len(name), names[name]))


def resolve_sources(
    segmented: SegmentedText, candidates: Sequence[QuoteCandidate], attribution: Attribution
) -> tuple[tuple[ResolvedQuote, ...], tuple[LocalSpeaker, ...]]:
    """Give every quote its speaker within the article.

    Args:
        segmented: the article.
        candidates: its quotes, in order.
        attribution: the language's grammar.

    Returns:
        The quotes with the index of their speaker, and the speakers in order of their first quote.
    """
    return _Resolver(segmented, attribution).resolve(candidates)


class _Resolver:
    """The entities of one article, filled in the order of the text."""

    def __init__(self, segmented: SegmentedText, attribution: Attribution) -> None:
        self._attribution = attribution
        self._entities: dict[int, _Entity] = {}
        """By identity, those that spoke or were a sentence's subject last at the end."""
        self._seen: dict[int, _Entity] = {}
        """By identity, those named last at the end."""
        self._mentions = sorted(attribution.people(segmented))
        self._sentences = [sentence.start for sentence in segmented.sentences]
        self._noted = -1
        self._by_name: dict[str, _Entity] = {}
        self._unnamed_by_name: dict[tuple[SpeakerKind, str], _Entity] = {}
        self._by_key: dict[str, dict[str, _Entity]] = {}
        self._full_names: dict[str, SourceMention] = {}
        self._full_keys: dict[str, list[str]] = {}
        for mention in self._mentions:
            if mention.kind is SpeakerKind.PERSON and mention.name not in self._full_names:
                self._full_names[mention.name] = mention
                for key in _keys(mention.name):
                    self._full_keys.setdefault(key, []).append(mention.name)

    def resolve(
        self, candidates: Sequence[QuoteCandidate]
    ) -> tuple[tuple[ResolvedQuote, ...], tuple[LocalSpeaker, ...]]:
        """Walk over mentions and quotes together, in the order of the text."""
        owner: list[_Entity | None] = []
        at = 0
        for candidate in candidates:
            place = candidate.source.start if candidate.source is not None else candidate.spans[0].start
            while at < len(self._mentions) and self._mentions[at].start < place:
                self._note(self._mentions[at])
                at += 1
            entity = None
            if candidate.source is not None:
                entity = self._entity_of(candidate.source)
            elif candidate.follows is not None:
                entity = owner[candidate.follows]
            if entity is not None:
                entity.quoted = True
                if candidate.source is not None and candidate.source.kind is not None:
                    entity.speaking[candidate.source.name] += 1
                self._touch(entity)
            owner.append(entity)
        for mention in self._mentions[at:]:
            self._note(mention)
        return self._result(candidates, owner)

    # ── which entity ───────────────────────────────────────────────────────────────────────────────────────────

    def _note(self, mention: SourceMention) -> None:
        """A name met in the text: somebody whom a later pronoun can mean.

        The first name of a sentence is taken for its subject, which a pronoun prefers.
        """
        if mention.kind not in _NAMED:
            return
        sentence = bisect_right(self._sentences, mention.start) - 1
        entity = self._named(mention)
        if sentence != self._noted and sentence >= 0:
            self._touch(entity)
        self._noted = sentence

    def _touch(self, entity: _Entity) -> None:
        """Make an entity the one that a pronoun behind this place means first."""
        self._entities.pop(id(entity), None)
        self._entities[id(entity)] = entity

    def _entity_of(self, mention: SourceMention) -> _Entity | None:
        """The entity of a quote's source."""
        if mention.kind in _NAMED:
            return self._named(mention)
        if mention.kind is not None:
            return self._unnamed(mention, mention.kind)
        pronoun = self._attribution.pronoun(mention.name)
        entity = None if pronoun is None else self._pronoun(pronoun)
        alone = (
            pronoun is not None and len(mention.name.split()) == 1 and mention.fallback is SpeakerKind.UNNAMED
        )
        return entity if entity is not None or alone else self._description(mention)

    def _named(self, mention: SourceMention) -> _Entity:
        """The entity of that name, a longer form of it, or a shorter one met before."""
        entity = self._by_name.get(mention.name)
        if entity is None:
            same = self._same_names(mention)
            entity = same[0] if len(same) == 1 else self._new(mention)
            gender = self._attribution.female(mention.name)
            entity.female = gender if gender is not None else entity.female
        self._add(entity, mention)
        if mention.kind is SpeakerKind.PERSON:
            entity.kind = SpeakerKind.PERSON
        return entity

    def _new(self, mention: SourceMention) -> _Entity:
        """An entity that no name before was of; a full form that comes later already counts."""
        full = self._full_form(mention)
        if full is None:
            return _Entity(mention.kind or SpeakerKind.PERSON)
        entity = _Entity(SpeakerKind.PERSON)
        if full.start > mention.start:
            self._add(entity, full)
        return entity

    def _add(self, entity: _Entity, mention: SourceMention) -> None:
        entity.add(mention)
        self._seen.pop(id(entity), None)
        self._seen[id(entity)] = entity
        if mention.name not in self._by_name:
            self._by_name[mention.name] = entity
            for key in _keys(mention.name):
                self._by_key.setdefault(key, {})[mention.name] = entity

    def _same_names(self, mention: SourceMention) -> list[_Entity]:
        """The entities one of whose names is a long or short form of this one."""
        found: dict[int, _Entity] = {}
        for key in sorted(_keys(mention.name)):
            named = self._by_key.get(key, {})
            for name, entity in named.items() if len(named) <= _NAMESAKES else ():
                if id(entity) not in found and self._is_form(mention, name, entity):
                    found[id(entity)] = entity
        return list(found.values())

    def _is_form(self, mention: SourceMention, name: str, entity: _Entity) -> bool:
        """Whether a mention is a form of a name met before.

        A first name alone stands for a person named in full before it; the first word of an organization's name
        stands for nothing ("Harbor" is not the Harbor Bank).
        """
        if self._attribution.same_name(mention.name, name):
            begins = name.startswith(f"{mention.name} ")
            return not begins or entity.kind is SpeakerKind.PERSON
        if self._attribution.same_name(name, mention.name):
            return not mention.name.startswith(f"{name} ")
        return False

    def _full_form(self, mention: SourceMention) -> SourceMention | None:
        """A person named in full elsewhere in the article, if only one fits ("Lopez" before "Maria Lopez" comes)."""
        groups = (self._full_keys.get(key, ()) for key in _keys(mention.name))
        names = {name for group in groups if len(group) <= _NAMESAKES for name in group} - {mention.name}
        found = [
            name
            for name in sorted(names)
            if self._attribution.same_name(mention.name, name) and not name.startswith(f"{mention.name} ")
        ]
        return self._full_names[found[0]] if len(found) == 1 else None

    def _unnamed(self, mention: SourceMention, kind: SpeakerKind) -> _Entity:
        key = kind, mention.name.casefold()
        entity = self._unnamed_by_name.get(key)
        if entity is None:
            entity = self._unnamed_by_name[key] = _Entity(kind)
            entity.add(mention)
        return entity

    def _recent(self) -> Iterator[_Entity]:
        """Those who can be meant, the likeliest first."""
        yield from islice(reversed(self._entities.values()), _REACH)
        yield from islice(reversed(self._seen.values()), _REACH)

    def _pronoun(self, pronoun: Pronoun) -> _Entity | None:
        entity = next((entity for entity in self._recent() if self._fits(entity, pronoun)), None)
        if entity is not None and entity.kind is SpeakerKind.PERSON and entity.female is None:
            entity.female = pronoun.female
        return entity

    def _fits(self, entity: _Entity, pronoun: Pronoun) -> bool:
        if pronoun.plural:
            return entity.kind is SpeakerKind.UNNAMED or (
                entity.kind is SpeakerKind.ORGANIZATION and entity.quoted
            )
        if pronoun.person:
            if pronoun.female is not None and entity.female is not None and pronoun.female != entity.female:
                return False
            return entity.kind is SpeakerKind.PERSON or (entity.kind is SpeakerKind.UNNAMED and entity.quoted)
        if pronoun.ending is not None and not any(name.endswith(pronoun.ending) for name in entity.names):
            return False
        return entity.kind in (SpeakerKind.ORGANIZATION, SpeakerKind.DOCUMENT)

    def _description(self, mention: SourceMention) -> _Entity:
        """Reads "the company", "the professor": somebody met before who is one, else an unnamed source."""
        head = mention.name.casefold().split()[-1]
        for entity in self._recent():
            if entity.kind in _NAMED and any(head in role.casefold().split() for role, _ in entity.roles):
                return entity
            if entity.kind is SpeakerKind.ORGANIZATION and head in entity.full_name().casefold().split():
                return entity
        return self._unnamed(mention, mention.fallback)

    # ── the result ─────────────────────────────────────────────────────────────────────────────────────────────

    def _result(
        self, candidates: Sequence[QuoteCandidate], owner: Sequence[_Entity | None]
    ) -> tuple[tuple[ResolvedQuote, ...], tuple[LocalSpeaker, ...]]:
        places: dict[int, int] = {}
        speakers: list[LocalSpeaker] = []
        quotes = []
        for candidate, entity in zip(candidates, owner, strict=True):
            place = None
            if entity is not None:
                place = places.get(id(entity))
                if place is None:
                    place = places[id(entity)] = len(speakers)
                    speakers.append(_speaker(entity))
            quotes.append(ResolvedQuote(candidate, place))
        return tuple(quotes), tuple(speakers)


def _keys(name: str) -> set[str]:
    """What a name shares with each of its short forms: a word, a character of a script without blanks, its initials."""
    words = [word.casefold() for word in name.split()]
    keys = {word.removesuffix("'s").removesuffix("’s") for word in words}
    if not name.isascii():
        keys.update(name)
    if len(words) > 2:
        keys.add("".join(word[0] for word in words if word not in ("of", "the")))
    return keys


def _speaker(entity: _Entity) -> LocalSpeaker:
    name = entity.full_name()
    aliases = tuple(sorted(other for other in entity.names if other != name))
    role, organization = _fullest(entity.roles)
    return LocalSpeaker(name, entity.kind, aliases, role, organization)


def _fullest(roles: Sequence[tuple[str, str | None]]) -> tuple[str | None, str | None]:
    """The role that says most: one with an organization before one without, else the first."""
    for role, organization in roles:
        if role and organization:
            return role, organization
    for role, organization in roles:
        if role or organization:
            return role or None, organization
    return None, None
