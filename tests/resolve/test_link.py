"""One speaker across articles and languages; the cases are in tests/cases/identity.yaml."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from itertools import combinations
from pathlib import Path
from random import Random
from typing import Any

import pytest
import yaml

from build_dataset.document import LocalSpeaker
from build_dataset.resolve.link import LinkedBlock, SpeakerRecord, block_key, link_block
from build_dataset.schema import Speaker, SpeakerKind

CASES = yaml.safe_load((Path(__file__).parent.parent / "cases" / "identity.yaml").read_text(encoding="utf-8"))


def record(
    name: str,
    role: str = "",
    organization: str = "",
    alias: str = "",
    language: str = "",
    *,
    number: int = 0,
    kind: SpeakerKind = SpeakerKind.PERSON,
    published: date | None = None,
    quotes: int = 1,
) -> SpeakerRecord:
    chinese = any("\u4e00" <= character <= "\u9fff" for character in name)
    speaker = LocalSpeaker(name, kind, (alias,) if alias else (), role or None, organization or None)
    return SpeakerRecord(
        article_id=f"art_{number:020x}",
        published=published,
        language=language or ("zh-Hans" if chinese else "en"),
        index=0,
        speaker=speaker,
        quotes=quotes,
    )


def link(records: Iterable[SpeakerRecord]) -> LinkedBlock:
    """All blocks of a corpus, one after the other, as the driver does it."""
    blocks = defaultdict(list)
    for entry in records:
        blocks[block_key(entry)].append(entry)
    linked = [link_block(blocks[key]) for key in sorted(blocks)]
    ids = {source: identifier for block in linked for source, identifier in block.ids.items()}
    return LinkedBlock(tuple(speaker for block in linked for speaker in block.speakers), ids)


def corpus(case: dict[str, Any]) -> tuple[list[SpeakerRecord], list[int]]:
    """The sources of a case and the number of the speaker that each of them is."""
    records: list[SpeakerRecord] = []
    numbers: list[int] = []
    for number, forms in enumerate(case["speakers"]):
        for form in forms:
            parts = [part.strip() for part in form.split("|")]
            kind = SpeakerKind(case.get("kind", "person"))
            records.append(record(*parts, number=len(records), kind=kind))
            numbers.append(number)
    return records, numbers


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["says"])
def test_who_is_the_same(case: dict[str, Any]) -> None:
    records, numbers = corpus(case)

    ids = link(records).ids

    groups = defaultdict(list)
    for entry, number in zip(records, numbers, strict=True):
        groups[number].append(ids[entry.article_id, 0])
    assert [len(set(group)) for group in groups.values()] == [1] * len(groups), (
        "one speaker with two identifiers"
    )
    assert len({group[0] for group in groups.values()}) == len(groups), "two speakers with one identifier"


def test_pairs_of_all_cases_in_one_corpus_are_right_where_they_are_in_their_own() -> None:
    """Precision and recall over the pairs inside each case; every case is a corpus."""
    both = merged = same = 0
    for case in CASES:
        records, numbers = corpus(case)
        ids = link(records).ids
        for (first, one), (second, other) in combinations(zip(records, numbers, strict=True), 2):
            is_merged = ids[first.article_id, 0] == ids[second.article_id, 0]
            same += one == other
            merged += is_merged
            both += is_merged and one == other

    assert (both / merged, both / same) == (1.0, 1.0)


def some_records() -> list[SpeakerRecord]:
    days = [date(2024, 1, 1), None, date(2024, 3, 1), date(2023, 12, 1)]
    return [
        record("林美华", "董事长", "海港集团", number=1, published=days[0]),
        record("Lin Meihua", "founder", "Haigang Group", number=2, published=days[1], quotes=3),
        record("林美华", "创始人", "海港集团", number=3, published=days[2]),
        record("林梅花", "教授", "海港大学", number=4, published=days[3]),
        record("林美华", "店主", "河湾超市", number=5, published=days[1]),
        record("Lin Meihua", number=6, published=days[2]),
    ]


def test_the_order_of_the_records_does_not_matter() -> None:
    expected = link(some_records())
    for seed in range(20):
        records = some_records()
        Random(seed).shuffle(records)

        assert link(records) == expected


def test_newer_articles_do_not_change_identifiers() -> None:
    before = link(some_records()).ids
    newer = [
        record("林美华", "董事长", "海港集团", number=20, published=date(2025, 1, 1)),
        record("林眉画", "学生", number=21, published=date(2025, 1, 2)),
        record("Meihua Lin", "founder", "Haigang Group", number=22, published=date(2025, 1, 3)),
    ]

    after = link([*some_records(), *newer]).ids

    assert {source: after[source] for source in before} == before


def only(linked: LinkedBlock) -> Speaker:
    (speaker,) = linked.speakers
    return speaker


def test_a_speaker_has_what_most_articles_say() -> None:
    speaker = only(
        link(
            [
                record("林美华", "董事长", "海港集团", number=1, quotes=2),
                record("林美华", "创始人", "海港集团", number=2, quotes=1),
                record("林美华", "创始人", "海港集团", "美华", number=3, quotes=4),
                record("Lin Meihua", "founder", "Haigang Group", number=4, quotes=1),
            ]
        )
    )

    assert (speaker.name, speaker.role, speaker.organization) == ("林美华", "创始人", "海港集团")
    assert [(alias.language, alias.name) for alias in speaker.aliases] == [
        ("en", "Lin Meihua"),
        ("zh-Hans", "美华"),
    ]
    assert (speaker.articles, speaker.quotes) == (4, 8)


def test_a_role_comes_from_the_language_of_the_name_where_it_has_one() -> None:
    speaker = only(
        link(
            [
                record("林美华", number=1),
                record("林美华", number=2),
                record("Lin Meihua", "founder", "Haigang Group", "林美华", number=3),
            ]
        )
    )

    assert (speaker.name, speaker.role, speaker.organization) == ("林美华", "founder", "Haigang Group")


def test_two_sources_of_one_article_can_be_one_speaker() -> None:
    first = record("DeepMind", kind=SpeakerKind.ORGANIZATION, number=1)
    second = SpeakerRecord(
        first.article_id, None, "en", 1, LocalSpeaker("Deep Mind", SpeakerKind.ORGANIZATION), quotes=2
    )

    speaker = only(link([first, second]))

    assert (speaker.articles, speaker.quotes) == (1, 3)


def test_no_records_give_no_speakers() -> None:
    assert link_block([]) == LinkedBlock((), {})
