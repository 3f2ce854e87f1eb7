"""What a language pack must provide, and what happens when its data is wrong."""

from pathlib import Path

import pytest
from pydantic import BaseModel, ConfigDict

from build_dataset.errors import LanguagePackError
from build_dataset.lang import pack


class Words(BaseModel):
    model_config = ConfigDict(extra="forbid")
    words: list[str]


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder in the place of `build_dataset/lang`."""
    (tmp_path / "xx").mkdir()
    monkeypatch.setattr(pack, "files", lambda package: tmp_path)
    return tmp_path / "xx" / "words.yaml"


def test_every_pack_has_every_part() -> None:
    """English and Chinese are there and load."""
    assert list(pack.codes()) == ["en", "zh"]
    for code in pack.codes():
        assert pack.load_pack(code).code == code


def test_words_that_yaml_takes_for_truth_values_stay_words(data: Path) -> None:
    """`no`, `on`, `yes` stand in word lists."""
    data.write_text("words: [no, on, yes, off]")
    assert pack.load_data(Words, "xx", "words").words == ["no", "on", "yes", "off"]


def test_a_mistyped_key_is_named_with_its_file(data: Path) -> None:
    data.write_text("words: [a]\nwordz: [b]")
    with pytest.raises(LanguagePackError, match=r"lang/xx/words\.yaml: wordz: "):
        pack.load_data(Words, "xx", "words")


def test_a_file_that_cannot_be_read_is_named(data: Path) -> None:
    data.write_text("words: [a")
    with pytest.raises(LanguagePackError, match=r"lang/xx/words\.yaml cannot be read"):
        pack.load_data(Words, "xx", "words")
