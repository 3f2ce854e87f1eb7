"""A line is an article, and a bad line is named and stops nothing."""

import json
from datetime import date
from pathlib import Path

import pytest

from build_dataset.document import Document, SourceMetadata
from build_dataset.read import SkippedSource, SourceFile, jsonl, read_file
from build_dataset.schema import Byline


def read(path: Path, content: str | bytes) -> list[Document | SkippedSource]:
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return list(read_file(SourceFile(path, "a.jsonl", "jsonl")))


def test_the_fields_become_metadata(tmp_path: Path) -> None:
    line = json.dumps(
        {
            "text": "He left.\r\nShe stayed.",
            "title": " A \n title ",
            "authors": ["Ann Lee", "", 3],
            "date": "2024-03-04T23:30:00+08:00",
            "url": "https://example.org/a?b",
            "publisher": "The Paper",
            "license": "CC BY 4.0",
            "id": "../../x",
        }
    )

    assert read(tmp_path / "a", line) == [
        Document(
            "a.jsonl#1",
            "He left.\nShe stayed.",
            SourceMetadata(
                url="https://example.org/a?b",
                title="A title",
                byline=(Byline(name="Ann Lee", role="author"),),
                published=date(2024, 3, 4),
                publisher="The Paper",
                license="CC BY 4.0",
            ),
        )
    ]


@pytest.mark.parametrize(
    "fields",
    [
        {"date": "32 Foctober"},
        {"date": 20240304},
        {"url": "javascript:alert(1)"},
        {"title": ["x"]},
        {"authors": {}},
    ],
)
def test_a_field_that_is_not_what_it_should_be_is_as_if_it_were_not_there(
    tmp_path: Path, fields: dict[str, object]
) -> None:
    assert read(tmp_path / "a", json.dumps({"text": "x", **fields})) == [Document("a.jsonl#1", "x")]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b'{"text": "a"', "not JSON: Expecting ',' delimiter at column 13"),
        (b"[1]", 'not a JSON object; write {"text": …}'),
        (b"null", 'not a JSON object; write {"text": …}'),
        (b"{}", "field text is missing"),
        (b'{"text": null}', "field text is null, not a string"),
        (b'{"text": 42}', "field text is a number, not a string"),
        (b'{"text": ["a"]}', "field text is a list, not a string"),
        (b'{"text": " "}', "empty: there is no text in it"),
        (b'{"text": "a\\ud83d"}', "half of a surrogate pair at character 1; repair it"),
        (b'{"text": "a\\u0000"}', "not text: character 1 is NUL; remove it"),
        (b'{"text": "\xff"}', "not UTF-8 at byte 10 of the line; save it as UTF-8"),
        (b"[" * 200_000, None),
        (b'{"text": "a", "n": ' + b"9" * 5000 + b"}", None),
    ],
)
def test_a_bad_line_is_named_and_the_others_go_on(tmp_path: Path, line: bytes, reason: str | None) -> None:
    before, bad, after = read(tmp_path / "a", b'{"text": "1"}\n\n' + line + b'\r\n{"text": "4"}')

    assert (before, after) == (Document("a.jsonl#1", "1"), Document("a.jsonl#4", "4"))
    assert isinstance(bad, SkippedSource)
    assert bad.source == "a.jsonl#3"
    assert reason is None or bad.reason == reason


def test_an_empty_file_is_reported(tmp_path: Path) -> None:
    assert read(tmp_path / "a", "") == [SkippedSource("a.jsonl", "empty: there is no line in it")]


def test_a_large_file_is_read_in_parts_and_lines_keep_their_numbers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jsonl, "PART_BYTES", 40)
    lines = "".join(f'{{"text": "{number}"}}\n' for number in range(1, 21))
    found = read(tmp_path / "a", lines)

    parts = list(jsonl.JsonLines().parts(SourceFile(tmp_path / "a", "a.jsonl", "jsonl")))
    assert len(parts) > 5
    assert found == [Document(f"a.jsonl#{number}", str(number)) for number in range(1, 21)]
