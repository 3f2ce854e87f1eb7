"""A few articles and their dataset, for the commands."""

from pathlib import Path

import pytest

from tests.commands import call

HARBOUR = """Harbour to open in May

The new harbour will open in May, Maria Lopez, the mayor of Santander, told reporters on Monday.

“We have waited 12 years for this day,” she said. According to the port authority, the work cost €30 million.
"""
SCHOOL = "“The school will stay,” said Tom Berg, the head teacher. About 450 pupils attend it.\n"


@pytest.fixture(scope="package")
def news(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("input") / "news"
    folder.mkdir()
    (folder / "harbour.txt").write_text(HARBOUR, encoding="utf-8")
    (folder / "school.txt").write_text(SCHOOL, encoding="utf-8")
    (folder / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n")
    return folder


@pytest.fixture(scope="package")
def dataset(news: Path) -> Path:
    out = news.parent / "dataset"
    assert call("build", news, "--out", out).exit_code == 0
    return out
