import json

import pytest

from build_dataset.show.terminal import as_json, one_line, visible

OBEYED = {
    "escape": "\x1b[31m",
    "bell": "\x07",
    "carriage return": "\r",
    "delete": "\x7f",
    "C1 control sequence introducer": "\x9b31m",
    "right-to-left override": "\u202e",
    "line separator": "\u2028",
    "unpaired surrogate": "\ud83d",
    "invisible tag": "\U000e0041",
}


@pytest.mark.parametrize("sequence", OBEYED.values(), ids=OBEYED)
def test_what_a_terminal_would_obey_is_shown_instead(sequence: str) -> None:
    assert sequence[0] not in visible(f"a{sequence}b")
    assert visible(f"a{sequence}b").startswith("a")


@pytest.mark.parametrize("sequence", OBEYED.values(), ids=OBEYED)
def test_json_escapes_it_and_means_the_same(sequence: str) -> None:
    printed = as_json({"text": sequence})

    assert sequence[0] not in printed
    assert json.loads(printed) == {"text": sequence}


def test_other_text_stays_as_it_is() -> None:
    text = "Zoë said:\n\t“周鸿祎” – 50 %\N{ZERO WIDTH JOINER}"

    assert visible(text) == text
    assert json.loads(as_json(text)) == text
    assert "周鸿祎" in as_json(text)


def test_one_line_has_single_blanks() -> None:
    assert one_line(" a\n\n  b\x1b ") == "a b␛"
