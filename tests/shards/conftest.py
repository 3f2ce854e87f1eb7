"""Some news in a source each, and the dataset that an undisturbed build makes of it."""

from pathlib import Path

import pytest

from build_dataset.build import build
from tests.conftest import write_corpus
from tests.test_build import hashes
from tests.test_incremental import write_story


@pytest.fixture(scope="session")
def news(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A bit of everything and some stories more, a source each: 19 parts."""
    folder = write_corpus(tmp_path_factory.mktemp("resume") / "news")
    for number in range(14):
        write_story(folder, number)
    return folder


@pytest.fixture(scope="session")
def undisturbed(news: Path) -> dict[str, str]:
    return hashes(build([news], news.with_name("undisturbed")).folder)
