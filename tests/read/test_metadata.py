"""What a text says of itself, in both languages; the cases are in tests/cases/<language>/metadata.yaml."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from build_dataset.document import ArticleMetadata, Document, SourceMetadata
from build_dataset.lang.detect import detect
from build_dataset.lang.pack import load_part
from build_dataset.read.masked_words import has_masked_words
from build_dataset.schema import Byline

CASES = Path(__file__).parent.parent / "cases"
SHARED = Path(__file__).parents[3] / "shared"
BODY = {
    "en": (
        "The city council has voted for a new bridge over the harbor, after years of dispute about its cost.",
        "It will have four lanes and a path for bicycles.",
        "Work begins in the summer, and the old bridge will stay open until the new one is ready.",
    ),
    "zh": (
        "经过多年争论，市议会昨天投票决定在海港上修建一座新桥，费用由市政府和省政府共同承担。",
        "新桥有四条车道和一条自行车道。",
        "工程将于今年夏天开始，在新桥建成之前，旧桥将继续通行。",
    ),
}


def cases(language: str) -> list[Any]:
    content = yaml.safe_load((CASES / language / "metadata.yaml").read_text(encoding="utf-8"))
    return [pytest.param(language, case, id=f"{language}: {case['says']}") for case in content]


def article(language: str, case: dict[str, Any]) -> str:
    """The lines of a case round the same body; `joined` ones on the lines of the first and last paragraph."""
    body = list(BODY[language])
    if case.get("joined"):
        body[0] = case["head"] + body[0]
    elif "head" in case:
        body.insert(0, case["head"])
    body[-1] += case.get("tail_joined", "")
    if "tail" in case:
        body.append(case["tail"])
    return "\n".join(body) + "\n"


def read(text: str, metadata: SourceMetadata | None = None, language: str = "en") -> ArticleMetadata:
    document = Document("x.txt", text, metadata or SourceMetadata())
    found: ArticleMetadata = load_part(language, "metadata").read(document)
    return found


@pytest.mark.parametrize(("language", "case"), [*cases("en"), *cases("zh")])
def test_an_article_says_of_itself(language: str, case: dict[str, Any]) -> None:
    text = article(language, case)

    found = read(text, language=language)

    stated = {
        "title": found.title,
        "byline": [[byline.name, byline.role] for byline in found.byline],
        "published": found.published,
        "publisher": found.publisher,
        "license": found.license,
        "flags": [str(flag) for flag in found.flags],
        "excluded": [text[start:end] for start, end in found.excluded],
    }
    nothing: dict[str, Any] = {
        "title": None,
        "byline": [],
        "published": None,
        "publisher": None,
        "license": None,
    }
    assert stated == {**nothing, "flags": [], "excluded": [], **case["expect"]}


def test_what_the_container_says_wins() -> None:
    given = SourceMetadata(
        url="https://example.org/bridge",
        title="A bridge",
        byline=(Byline(name="Ann Poe", role="author"),),
        published=date(2023, 1, 1),
        publisher="Harbor Daily",
        license="CC0",
    )
    text = article(
        "en", {"head": "Bridge voted\n\nBy Jane Roe | March 4, 2024", "tail": "Licensed under CC BY 4.0."}
    )

    found = read(text, given)

    assert (found.url, found.title, found.byline, found.published, found.publisher, found.license) == (
        given.url,
        given.title,
        given.byline,
        given.published,
        given.publisher,
        given.license,
    )


def test_an_empty_text_says_nothing() -> None:
    assert read("  \n\n") == ArticleMetadata(language="en")


@pytest.mark.parametrize(
    "text",
    [
        "(" * 30_000,
        "a" + " " * 50_000 + "b" + " " * 50_000,
        "." * 50_000,
        "a (" * 20_000,
        "　" * 50_000 + "（完）",
        "某报" * 20_000,
        "**a" * 20_000,
        "Jane " * 20_000,
        "By " + "Jane Roe, " * 10_000,
        "记者" * 20_000,
        "\n".join(["Author |"] * 10_000),
        "2024-03-04 " * 5_000,
        "《" * 20_000 + "协议",
    ],
)
def test_odd_texts_take_no_longer_than_others(text: str) -> None:
    """Linear in the text: a pattern that backtracks would not come back from these."""
    for language in ("en", "zh"):
        read(text, language=language)


@pytest.mark.parametrize(
    ("line", "masked"),
    [
        ("a high-quality ** film", True),
        ("social **X**X", True),
        ("D**e Clark", True),
        ("f***ing", True),
        ("这个＊＊很好", True),
        ("**bold** and *italic* and ***both***", False),
        ("* a list\n* of things", False),
        ("***\n* * *", False),
        ("5 * 3 = 15", False),
        ("a note*", False),
    ],
)
def test_asterisks_in_the_place_of_words(line: str, masked: bool) -> None:
    assert has_masked_words(line) is masked


def gold() -> list[Path]:
    return sorted((SHARED / "annotation" / "gold").glob("*.json"))


@pytest.mark.skipif(not gold(), reason="the shared annotations are not beside this checkout")
def test_the_annotated_seeds_say_of_themselves_what_a_reader_finds() -> None:
    for file in gold():
        annotation = json.loads(file.read_text(encoding="utf-8"))
        text = (SHARED / "seeds" / annotation["source"]).read_text(encoding="utf-8")

        found = read(text, language=detect(text) or "und")

        stated = {
            "title": found.title,
            "published": found.published and found.published.isoformat(),
            "byline": [byline.model_dump() for byline in found.byline],
            "publisher": found.publisher,
            "license": found.license,
        }
        assert stated == annotation["article"], file.name


def pages() -> list[Path]:
    return sorted((SHARED / "inputs" / "html").glob("*.json"))


@pytest.mark.skipif(not pages(), reason="the shared pages are not beside this checkout")
def test_bodies_of_real_pages_give_no_false_names() -> None:
    """Only what stands in the paragraphs; a page's headline and byline are beside them."""
    found = {}
    for file in pages():
        page = json.loads(file.read_text(encoding="utf-8"))
        text = "\n".join(page["body"] or [])
        if text:
            metadata = read(text, language=detect(text) or "und")
            assert metadata.language == page["language"], file.name
            assert metadata.title is None, file.name
            assert metadata.published is None, file.name
            found[file.stem] = ([byline.name for byline in metadata.byline], metadata.publisher)

    assert {name: facts for name, facts in found.items() if facts != ([], None)} == {
        "en_aeb_usatoday_c58aa507": (["Kristine Phillips"], None),
        "en_apnews_20230428": ([], "AP"),
        "en_apnews_20240903": ([], "AP"),
        "zh_163_covid_control": ([], "新华社"),
        "zh_cna_tyre_fire": (["邱俊欽"], "中央社"),
    }
