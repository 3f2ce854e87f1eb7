"""Floors for what is read from real pages, which belong to their publishers and are not part of the repository."""

from pathlib import Path

import pytest

from tests.bench.pages import GROUPS, load_pages, measure, ours

PAGES = Path(__file__).parents[3] / ".." / "shared" / "inputs" / "html"
FLOORS = {
    "en": {"title": 0.95, "date": 0.95, "authors": 0.85, "body": 0.97},
    "zh": {"title": 0.95, "date": 0.95, "authors": 0.85, "body": 0.96},
}


@pytest.mark.skipif(not PAGES.is_dir(), reason="the shared folder with real pages is not here")
def test_what_is_read_from_real_pages() -> None:
    pages = load_pages(PAGES)
    measured = measure(pages, ours)

    for group, floors in FLOORS.items():
        for measure_, floor in floors.items():
            mean = measured.mean(filter(GROUPS[group], pages), measure_)
            assert mean is not None
            assert mean >= floor, (group, measure_)
