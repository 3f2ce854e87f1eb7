"""Which pack a text belongs to; the cases are in tests/cases/languages.yaml."""

from pathlib import Path

import pytest
import yaml

from build_dataset.lang.detect import detect, is_mixed
from build_dataset.lang.pack import load_part

CASES = yaml.safe_load(
    (Path(__file__).parent.parent / "cases" / "languages.yaml").read_text(encoding="utf-8")
)
ENGLISH = "The council said that the bridge will open in May and that it has cost more than was planned.\n"
CHINESE = "市议会表示，大桥将于五月通车，费用超过了原来的计划，市民对此有不同的看法。\n"
FRENCH = (
    "Le conseil a déclaré que le pont ouvrira en mai et qu'il a coûté plus cher que prévu par la ville.\n"
)


@pytest.mark.parametrize(("pack", "text"), [(case["pack"], text) for case in CASES for text in case["texts"]])
def test_a_text_belongs_to_the_pack_of_its_language_or_to_none(pack: str | None, text: str) -> None:
    assert detect(text) == pack


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("市议会表示，新桥将于五月通车，旧桥会关闭。", "zh-Hans"),
        ("市議會表示，新橋將於五月通車，舊橋會關閉。", "zh-Hant"),
        ("他说“頭髮”這個词是繁体字，这里其余都是简体字，没有别的。", "zh-Hans"),
    ],
)
def test_the_script_is_part_of_the_tag(text: str, tag: str) -> None:
    assert load_part("zh", "segmentation").tag(text) == tag


@pytest.mark.parametrize(
    ("text", "code", "mixed"),
    [
        (ENGLISH * 10, "en", False),
        (CHINESE * 10, "zh", False),
        (ENGLISH * 6 + FRENCH * 4, "en", True),
        (ENGLISH * 6 + CHINESE * 4, "en", True),
        (CHINESE * 6 + ENGLISH * 4, "zh", True),
        (ENGLISH * 10 + FRENCH, "en", False),
        (
            "DeepMind、Mistral、Microsoft、Apple都发布了Claude、Phi、Copilot、Llama等模型，引起关注。\n" * 5,
            "zh",
            False,
        ),
    ],
)
def test_a_text_is_mixed_where_a_good_part_is_in_another_language(text: str, code: str, mixed: bool) -> None:
    assert detect(text) == code
    assert is_mixed(text, code) is mixed
