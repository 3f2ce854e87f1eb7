"""A line is an article, and a bad line is named and stops nothing."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from build_dataset.document import Document, SourceMetadata
from build_dataset.options import Limits, Reading
from build_dataset.read import SkippedSource, SourceFile, jsonl, read_file
from build_dataset.schema import Byline


def read(path: Path, content: str | bytes) -> list[Document | SkippedSource]:
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return list(read_file(SourceFile(str(path), "a.jsonl", "a.jsonl")))


def article(number: int, text: str, metadata: SourceMetadata = SourceMetadata()) -> Document:  # noqa: B008
    return Document(f"a.jsonl#{number}", text, metadata, encoding="utf-8")


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
        article(
            1,
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
    ("fields", "warning"),
    [
        ({"date": "32 Foctober"}, "field date is '32 Foctober', not a date such as 2024-03-05: left out"),
        ({"date": True}, "field date is True, not a date such as 2024-03-05: left out"),
        (
            {"url": "javascript:alert(1)"},
            "field url is 'javascript:alert(1)', not an http or https address: left out",
        ),
        ({"title": ["x"]}, "field title is a list, not a string: left out"),
        ({"authors": [3]}, "field authors is a list, not a name or a list of names: left out"),
    ],
)
def test_a_field_that_is_not_what_it_should_be_is_left_out_with_a_remark(
    tmp_path: Path, fields: dict[str, object], warning: str
) -> None:
    (found,) = read(tmp_path / "a", json.dumps({"text": "x", **fields}))

    assert found == replace(article(1, "x"), warnings=(warning,))


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b'{"text": "a"', "not JSON: Expecting ',' delimiter at column 13"),
        (b"[1]", 'not a JSON object; write {"text": …}'),
        (b"null", 'not a JSON object; write {"text": …}'),
        (b"{}", "field text is missing; the fields are none: name it with --column text=NAME"),
        (b'{"story": "x"}', "field text is missing; the fields are story: name it with --column text=NAME"),
        (b'{"text": "a", "text": "b"}', "field text is there twice; leave one of them out"),
        (b'{"text": null}', "field text is null, not a string"),
        (b'{"text": 42}', "field text is a number, not a string"),
        (b'{"text": ["a"]}', "field text is a list, not a string"),
        (b'{"text": " "}', "empty: there is no text in it"),
        (b'{"text": "a\\ud83d"}', "half of a surrogate pair at character 1; repair it"),
        (b'{"text": "a\\u0000"}', "not text: character 1 is NUL; remove it"),
        (b'{"text": "' + bytes(range(128, 256)) + b'"}', "cannot tell its encoding; save it as UTF-8"),
        (b"[" * 200_000, None),
        (b'{"text": "a", "n": ' + b"9" * 5000 + b"}", None),
    ],
)
def test_a_bad_line_is_named_and_the_others_go_on(tmp_path: Path, line: bytes, reason: str | None) -> None:
    before, bad, after = read(tmp_path / "a", b'{"text": "1"}\n\n' + line + b'\r\n{"text": "4"}')

    assert (before, after) == (article(1, "1"), article(4, "4"))
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

    with (tmp_path / "a").open("rb") as stream:
        parts = list(jsonl.JsonLines().parts(SourceFile("", "a.jsonl", "a.jsonl"), stream, len(lines)))
    assert len(parts) > 5
    assert [part.end for part in parts[:-1]] == [part.start for part in parts[1:]]
    assert found == [article(number, str(number)) for number in range(1, 21)]


def test_a_line_that_is_too_long_is_passed_over_without_being_held(tmp_path: Path) -> None:
    long = '{"text": "' + "a" * 3_000_000 + '"}'
    (tmp_path / "a").write_text(f'{{"text": "1"}}\n{long}\n{{"text": "3"}}\n')
    file = SourceFile(str(tmp_path / "a"), "a.jsonl", "a.jsonl")

    assert list(read_file(file, Reading(Limits(megabytes=1)))) == [
        article(1, "1"),
        SkippedSource("a.jsonl#2", "larger than 1 MB; raise --max-megabytes to read it"),
        article(3, "3"),
    ]
