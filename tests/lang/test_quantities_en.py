"""English quantities that the dataset leaves out: they are read all the same, with the reason."""

from decimal import Decimal

import pytest

from build_dataset.extract.figures import Exclusion, Figure
from build_dataset.lang.pack import load_pack
from build_dataset.segment.text import segment


def figures(text: str) -> list[Figure]:
    pack = load_pack("en")
    return sorted(pack.quantities.figures(segment(text, pack)), key=lambda figure: figure.start)


@pytest.mark.parametrize(
    ("text", "read", "value", "unit", "exclusion"),
    [
        ("The plan has one flaw.", "one", 1, "flaw", Exclusion.ONE),
        ("It is worth a dollar.", "a dollar", 1, "USD", Exclusion.ARTICLE),
        ("She is 44 years old.", "44 years", 44, "year", Exclusion.AGE),
        ("The winner, at 18 months of age, slept.", "18 months", 18, "month", Exclusion.AGE),
        ("Maria Olsen, 44, agreed.", "44", 44, "year", Exclusion.AGE),
        ("It happened 20 years ago.", "20 years", 20, "year", Exclusion.PAST),
        ("The answer is seven.", "seven", 7, None, Exclusion.BARE),
        ("The two agreed.", "two", 2, None, Exclusion.BARE),
        ("The word for nothing is nil.", "nil", 0, None, Exclusion.BARE),
        ("It is a six-speed gearbox.", "six", 6, "speed", Exclusion.NAME),
        ("They slept for a few hours.", "a few hours", 3, "hour", Exclusion.VAGUE),
        ("Dozens came.", "Dozens", 12, None, Exclusion.VAGUE),
    ],
)
def test_what_is_left_out_has_its_reason(
    text: str, read: str, value: int, unit: str | None, exclusion: Exclusion
) -> None:
    """A quantity that the guidelines leave out is found, and says why it is not published."""
    (figure,) = figures(text)

    assert text[figure.start : figure.end] == read
    assert figure.low == Decimal(value)
    assert figure.unit == unit
    assert figure.exclusion is exclusion


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("minus twenty-three fifths", Decimal("-4.6")),
        ("three and a fifth", Decimal("3.2")),
        ("two and fifty-four hundredths", Decimal("2.54")),
        ("one hundred and three quarters", Decimal("100.75")),
        ("three twenty-fifths", Decimal("0.12")),
        ("two hundred twenty-fifths", Decimal(8)),
        ("six million and three quarters", Decimal(6750000)),
        ("two billion and a half million", Decimal(2000500000)),
        ("two fifths of a million", Decimal(400000)),
        ("nine point nought four", Decimal("9.04")),
        ("6.25x10^-2", Decimal("0.0625")),
        ("-4e3", Decimal(-4000)),
        ("2^10", Decimal(1024)),
        ("- 20", Decimal(-20)),
        ("2.345,67", Decimal("2345.67")),
        ("three lakh crore", Decimal(3000000000000)),
        ("5 crore and two hundred", Decimal(50000200)),
    ],
)
def test_a_number_is_read_to_its_end(text: str, value: Decimal) -> None:
    (figure,) = figures(text)

    assert (figure.start, figure.end) == (0, len(text))
    assert figure.low == value


@pytest.mark.parametrize(
    "text",
    [
        "the twenty-fifth of them",
        "a five hundredth anniversary",
        "GPT-4 and the F-16",
        "which one",
        "2024-05-17",
        "at 9 a.m.",
        "https://example.org/a?b=25%2030%",
        "on 22 June 2020",
    ],
)
def test_ordinals_names_and_dates_are_no_quantities(text: str) -> None:
    assert figures(text) == []
