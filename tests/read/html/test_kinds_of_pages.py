"""Made-up pages as the usual systems and portals make them: each read as a careful reader would."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from build_dataset.document import Document
from build_dataset.errors import SourceError
from build_dataset.pipeline import extract_article
from build_dataset.read.html import read_page

PAGES = Path(__file__).parents[2] / "cases" / "pages"
EXPECTED: dict[str, dict[str, Any]] = yaml.safe_load((PAGES / "expected.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", EXPECTED)
def test_a_page(name: str) -> None:
    expected = dict(EXPECTED[name])
    page = read_page((PAGES / f"{name}.html").read_text(encoding="utf-8"))
    published = extract_article(Document(name, page.text, page.metadata, page.flags)).metadata

    assert page.text.split("\n\n") == expected.pop("text")
    assert published.title == expected.pop("title")
    assert published.published == expected.pop("published")
    writers = [one.name for one in published.byline if one.role in ("author", "reporter")]
    assert writers == expected.pop("writers")
    assert {name: getattr(page.metadata, name) for name in expected} == expected


@pytest.mark.parametrize("page", sorted(PAGES.glob("no_article_*.html")), ids=lambda path: path.stem)
def test_a_page_without_an_article(page: Path) -> None:
    with pytest.raises(SourceError, match="no article text in it"):
        read_page(page.read_text(encoding="utf-8"))


def test_every_page_is_used() -> None:
    files = {path.stem for path in PAGES.glob("*.html")}

    assert {name for name in files if not name.startswith("no_article_")} == EXPECTED.keys()
