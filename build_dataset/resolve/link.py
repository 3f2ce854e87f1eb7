"""One speaker across articles and languages: who of the sources that single articles know is the same.

Works block by block. A block holds all that could be one speaker: the same kind and the same key of
the name (`block_key`), which a name shares in characters and in pinyin. Nothing outside a block is
needed to link it, so that a driver can keep the records of a corpus in files by hash of the key and
hold one block at a time.

Inside a block

1. names of one spelling are one speaker, unless both organizations and roles contradict each other;
2. a speaker in characters and one in letters become one where a name in brackets, an organization
   or a role says so, and only if each is the other's clearly best match (organizations need no more
   than the name);
3. other spellings of one script (张伟, 章伟) stay apart.

Identifiers: the speaker whose earliest article is the earliest of the block is identified by kind
and key alone; the others add the spelling, organization and role of their own earliest record.
"Earliest" is by day of publication (articles without one come last), then by article identifier. So
an identifier stays as it is when newer articles come.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache

from build_dataset.document import LocalSpeaker
from build_dataset.lang.detect import identity_of
from build_dataset.lang.pack import Identity
from build_dataset.schema import Alias, Speaker, SpeakerKind
from build_dataset.schema.identifiers import speaker_identifier

SPECIFIC_NAME = 8
"""A name in letters that is as long can be told apart by a role alone; `wangwei` needs its organization."""
LEAST_LETTERS = 3
"""A shorter name of an organization in letters is not taken for one in characters."""


@dataclass(frozen=True, slots=True)
class SpeakerRecord:
    """A source of one article: number `index` of `Extraction.speakers`, with how many quotes it has."""

    article_id: str
    published: date | None
    language: str
    index: int
    speaker: LocalSpeaker
    quotes: int

    @property
    def order(self) -> tuple[date, str, int]:
        """Earlier articles first."""
        return (self.published or date.max, self.article_id, self.index)


@dataclass(frozen=True, slots=True)
class LinkedBlock:
    """The speakers of a block, sorted by identifier, and which of them each record is."""

    speakers: tuple[Speaker, ...]
    ids: dict[tuple[str, int], str]
    """(article_id, index) → speaker_id."""


def block_key(record: SpeakerRecord) -> str:
    """What all records share that could be one speaker. Opaque; to bucket, hash it.

    A source that its name identifies nowhere else (unnamed, a surname alone, an untitled document) has a
    block of its own in each article.
    """
    key = _identity(record).key(record.speaker)
    parts = (key,) if key else (record.article_id, _identity(record).script(record.speaker))
    return "\x1f".join((record.speaker.kind.value, *parts))


def block_article(block: str) -> str | None:
    """The article of a block whose sources are known in no other; None where the name identifies them."""
    _, *parts = block.split("\x1f")
    return parts[0] if len(parts) > 1 else None


def link_block(records: Iterable[SpeakerRecord]) -> LinkedBlock:
    """Link the records of one block, in any order.

    Args:
        records: all records of the corpus with the same `block_key`, each once.

    Returns:
        Its speakers and the identifier of each record's speaker.
    """
    sources = sorted((_Source.of(record) for record in records), key=lambda source: source.record.order)
    if not sources:
        return LinkedBlock((), {})
    groups = sorted(
        _merge_scripts(_split_namesakes(sources)), key=lambda group: group.sources[0].record.order
    )
    identifiers = _identifiers(groups, block_key(sources[0].record))
    speakers = [_speaker(group, identifier) for group, identifier in zip(groups, identifiers, strict=True)]
    ids = {
        (source.record.article_id, source.record.index): identifier
        for group, identifier in zip(groups, identifiers, strict=True)
        for source in group.sources
    }
    return LinkedBlock(tuple(sorted(speakers, key=lambda speaker: speaker.speaker_id)), ids)


@dataclass(frozen=True, slots=True)
class _Source:
    """A record with what its name, role and organization say in comparable form."""

    record: SpeakerRecord
    reader: Identity
    spelling: str
    other_spellings: frozenset[str]
    """The spellings of aliases in other scripts."""
    roles: frozenset[str]
    organizations: frozenset[str]

    @classmethod
    def of(cls, record: SpeakerRecord) -> "_Source":
        speaker = record.speaker
        reader = _identity(record)
        return cls(
            record=record,
            reader=reader,
            spelling=reader.script(speaker),
            other_spellings=frozenset(
                identity_of(alias, record.language).script(replace(speaker, name=alias, aliases=()))
                for alias in speaker.aliases
                if identity_of(alias, record.language) is not reader
            ),
            roles=_roles(speaker.role, record.language),
            organizations=_organizations(speaker.organization, record.language),
        )


@dataclass(slots=True)
class _Group:
    """Sources that are one speaker, the earliest first, with all that is said of it."""

    sources: list[_Source] = field(default_factory=list)
    roles: set[str] = field(default_factory=set)
    organizations: set[str] = field(default_factory=set)

    def add(self, source: _Source) -> None:
        self.sources.append(source)
        self.roles |= source.roles
        self.organizations |= source.organizations

    def join(self, other: "_Group") -> None:
        for source in other.sources:
            self.add(source)
        self.sources.sort(key=lambda source: source.record.order)

    def likeness(self, source: _Source) -> int | None:
        """How well a source of the same spelling fits; None where organization and role both contradict."""
        organization = _compare(self.organizations, source.organizations)
        role = _compare(self.roles, source.roles)
        return None if organization < 0 and role < 0 else 2 * organization + role


def _compare(known: Iterable[str], other: frozenset[str]) -> int:
    """1: they share something; 0: one of them says nothing; -1: they contradict each other."""
    if not other or not known:
        return 0
    return -1 if other.isdisjoint(known) else 1


def _split_namesakes(sources: Sequence[_Source]) -> list[_Group]:
    """Groups of one spelling: each source joins the group it fits best, the older one if there are two."""
    groups: dict[str, list[_Group]] = {}
    for source in sources:
        candidates = groups.setdefault(source.spelling, [])
        fitting = [
            (likeness, group) for group in candidates if (likeness := group.likeness(source)) is not None
        ]
        if fitting:
            max(fitting, key=lambda fit: fit[0])[1].add(source)
        else:
            candidates.append(_Group())
            candidates[-1].add(source)
    return [group for candidates in groups.values() for group in candidates]


def _merge_scripts(groups: list[_Group]) -> list[_Group]:
    """Groups in different scripts that are one speaker joined, if each is the other's single best match."""
    if len({id(group.sources[0].reader) for group in groups}) < 2:
        return groups
    evidence = {
        (a, b): strength
        for a, first in enumerate(groups)
        for b, second in enumerate(groups)
        if first.sources[0].reader is not second.sources[0].reader
        and (strength := _evidence(first, second)) > 0
    }
    best: dict[int, int | None] = {}
    for a in range(len(groups)):
        ranked = sorted(((strength, b) for (one, b), strength in evidence.items() if one == a), reverse=True)
        if ranked:
            unique = len(ranked) == 1 or ranked[0][0] > ranked[1][0]
            best[a] = ranked[0][1] if unique else None
    joined = set()
    for a, b in best.items():
        if b is not None and best.get(b) == a and a < b:
            groups[a].join(groups[b])
            joined.add(b)
    return [group for number, group in enumerate(groups) if number not in joined]


def _evidence(first: _Group, second: _Group) -> int:
    """How much says that groups in different scripts are one speaker; 0: nothing, or a name denies it."""
    for group, other in ((first, second), (second, first)):
        named = {spelling for source in group.sources for spelling in source.other_spellings}
        if named:
            return 8 if named & {source.spelling for source in other.sources} else 0
    kind = first.sources[0].record.speaker.kind
    letters = _letters(first, second)
    if kind is SpeakerKind.ORGANIZATION:
        return 4 if letters >= LEAST_LETTERS else 0
    if kind is not SpeakerKind.PERSON:
        return 0
    role = any(not concept.startswith("=") for concept in first.roles & second.roles)
    if first.organizations & second.organizations:
        return 4 + 2 * role
    return 1 if role and letters >= SPECIFIC_NAME else 0


def _letters(first: _Group, second: _Group) -> int:
    """The length of the name in letters (ideographs are fewer)."""
    return max(sum(map(str.isalnum, group.sources[0].spelling)) for group in (first, second))


def _identifiers(groups: Sequence[_Group], key: str) -> list[str]:
    """The identifier of each group, the earliest first; see the module's text."""
    kind, _, identity = key.partition("\x1f")
    identifiers = []
    taken: Counter[tuple[str, ...]] = Counter()
    for group in groups:
        if group is groups[0]:
            identifiers.append(speaker_identifier(kind, identity))
            continue
        anchor = group.sources[0]
        apart = (anchor.spelling, " ".join(sorted(anchor.organizations)), " ".join(sorted(anchor.roles)))
        again = (str(taken[apart]),) if taken[apart] else ()
        taken[apart] += 1
        identifiers.append(speaker_identifier(kind, identity, *apart, *again))
    return identifiers


def _speaker(group: _Group, identifier: str) -> Speaker:
    """The published row: what most articles say, in ties the longer, then the first by alphabet."""
    records = [source.record for source in group.sources]
    names = Counter(record.speaker.name for record in records)
    quotes: Counter[str] = Counter()
    for record in records:
        quotes[record.speaker.name] += record.quotes
    name = min(names, key=lambda form: (-names[form], -quotes[form], -len(form), form))
    language = min(record.language for record in records if record.speaker.name == name)
    forms = {
        (record.language, form)
        for record in records
        for form in (record.speaker.name, *record.speaker.aliases)
        if form != name
    }
    return Speaker(
        speaker_id=identifier,
        name=name,
        aliases=[Alias(name=form, language=tag) for tag, form in sorted(forms)],
        kind=records[0].speaker.kind,
        role=_most_frequent(records, language, "role"),
        organization=_most_frequent(records, language, "organization"),
        articles=len({record.article_id for record in records}),
        quotes=sum(record.quotes for record in records),
    )


def _most_frequent(records: Sequence[SpeakerRecord], language: str, attribute: str) -> str | None:
    """What is stated most often, in the language of the canonical name where it is stated there."""
    stated = [(record.language, value) for record in records if (value := getattr(record.speaker, attribute))]
    same = Counter(value for tag, value in stated if tag == language) or Counter(value for _, value in stated)
    return min(same, key=lambda value: (-same[value], -len(value), value), default=None)


def _identity(record: SpeakerRecord) -> Identity:
    return identity_of(record.speaker.name, record.language)


@lru_cache(maxsize=1 << 14)
def _roles(role: str | None, language: str) -> frozenset[str]:
    return identity_of(role, language).roles(role) if role else frozenset()


@lru_cache(maxsize=1 << 14)
def _organizations(name: str | None, language: str) -> frozenset[str]:
    return identity_of(name, language).organization(name) if name else frozenset()
