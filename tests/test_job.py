"""What a build counts."""

from build_dataset.job import skipped_by_reason
from build_dataset.read import SkippedSource


def test_what_was_skipped_is_counted_by_reason_without_its_details() -> None:
    reasons = [
        "empty: there is no text in it",
        "field text is missing; the fields are title",
        "left out quote at 12–40: text: too short",
        "field text is missing; the fields are id, name",
        "left out quote at 7–9: text: too short",
        "field text is missing; the fields are a",
    ]
    skipped = [SkippedSource(f"{number}.txt", reason) for number, reason in enumerate(reasons)]

    assert skipped_by_reason(skipped) == {
        "field text is missing": 3,
        "left out quote at …–…": 2,
        "empty": 1,
    }
