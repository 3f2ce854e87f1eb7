"""What sentences state with their figures, as listed in tests/cases: changes, subjects, periods, and what cannot be."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from build_dataset.document import Range, StatisticCandidate
from build_dataset.extract.statistics import assemble
from build_dataset.lang.pack import load_pack
from build_dataset.segment.text import segment

CASES = Path(__file__).parents[1] / "cases"
_MARK = re.compile(r"\[([^\]]+)\]")


def cases() -> list[Any]:
    return [
        pytest.param(file.parent.name, case, id=f"{file.parent.name}-{case['says'][:48]}")
        for file in sorted(CASES.glob("*/statements.yaml"))
        for case in yaml.safe_load(file.read_text(encoding="utf-8"))
    ]


@pytest.mark.parametrize(("language", "case"), cases())
def test_a_sentence_states_what_is_listed(language: str, case: dict[str, Any]) -> None:
    text = _MARK.sub(r"\1", case["says"])
    pack = load_pack(language)
    segmented = segment(text, pack)
    found = assemble(segmented, pack.quantities.figures(segmented))

    assert [text[one.start : one.end] for one in found] == case.get("marks", _MARK.findall(case["says"]))
    changes: list[Range] = []
    for wanted, one in zip(case["expect"], found, strict=True):
        new = str(wanted.get("change")).startswith("new ")
        if new:
            wanted["change"] = wanted["change"].removeprefix("new ")
        assert wanted == {key: part(text, one, key) for key in wanted}
        if one.change is not None:
            assert changes == [] or (one.change.first in changes) is not new
            changes.append(one.change.first)


def part(text: str, one: StatisticCandidate, key: str) -> str | None:
    """What a statistic says in the words of the cases."""
    if key == "change":
        return one.change and f"{one.change.role} {one.change.direction}"
    if key == "flags":
        return ", ".join(one.flags) or None
    value = getattr(one, key)
    return text[value.start : value.end] if isinstance(value, Range) else value
