"""Quotes, sources and cues, as the cases in tests/cases/<language>/quotes.yaml state them."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.extract.marked import Marked, found, parse

CASES = Path(__file__).parents[1] / "cases"


def cases() -> list[Any]:
    collected = []
    for file in sorted(CASES.glob("*/quotes.yaml")):
        for section, entries in yaml.safe_load(file.read_text(encoding="utf-8")).items():
            for entry in entries:
                case = entry if isinstance(entry, dict) else {"says": entry}
                name = f"{file.parent.name}-{section}-{case['says'][:40]}"
                collected.append(pytest.param(case, section, id=name))
    return collected


@pytest.mark.parametrize(("case", "section"), cases())
def test_quotes_are_found_as_marked(case: dict[str, Any], section: str) -> None:
    """What stands in brackets is attributed, to the source in angle brackets, by the cue in braces; nothing else is."""
    text, expected = parse(case["says"])
    actual, extraction = found(text)

    if section == "nobody_says":
        assert expected == [], "a case of this section marks nothing"
    assert expected == sorted(actual, key=lambda quote: expected.index(quote) if quote in expected else 99)
    if "type" in case:
        assert [case["type"]] == [quote.candidate.type.value for quote in extraction.quotes]
    if "kind" in case:
        assert [case["kind"]] == [
            extraction.speakers[quote.speaker].kind.value
            for quote in extraction.quotes
            if quote.speaker is not None
        ]
    if "speaker" in case:
        named = [
            extraction.speakers[quote.speaker].name
            for quote in extraction.quotes
            if quote.speaker is not None
        ]
        assert case["speaker"] in named
        assert Marked() not in actual
