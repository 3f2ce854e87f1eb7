"""Where a dataset is: a folder, or a revision on the hub."""

from pathlib import Path

import pytest

from build_dataset.errors import DatasetError
from build_dataset.publish.location import HubLocation, Location, parse_location


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("hf://datasets/org/news", HubLocation("org/news", "main")),
        ("hf://datasets/org/news/", HubLocation("org/news", "main")),
        ("hf://datasets/org/news@v1.0.0", HubLocation("org/news", "v1.0.0")),
        ("hf://datasets/org/news@refs/pr/1", HubLocation("org/news", "refs/pr/1")),
        ("org/news.en@v1.0.0", HubLocation("org/news.en", "v1.0.0")),
    ],
)
def test_on_the_hub(given: str, expected: Location) -> None:
    assert parse_location(given) == expected


def test_a_folder_goes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "org" / "news").mkdir(parents=True)
    monkeypatch.chdir(tmp_path)

    assert parse_location("org/news") == Path("org/news")
    assert parse_location("hf://datasets/org/news") == HubLocation("org/news")


@pytest.mark.parametrize("given", ["nowhere", "/no/such/folder", "hf://org/news", "hf://datasets/news", ""])
def test_neither(given: str) -> None:
    with pytest.raises(DatasetError, match=r"no such folder; a dataset on the hub is hf://datasets/ORG/NAME"):
        parse_location(given)
