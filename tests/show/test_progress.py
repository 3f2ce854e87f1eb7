"""How far a build is: one bar on a terminal, a line a minute elsewhere."""

from itertools import pairwise

import pytest

from build_dataset.progress import Stages, State
from build_dataset.show.progress import SHARES, Lines, share_done

FOUND = {"articles": 1200, "quotes": 3400, "statistics": 560}


class Clock:
    """A clock that goes when it is told to."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_the_shares_of_the_stages_are_one_bar_from_0_to_1() -> None:
    assert sum(SHARES.values()) == pytest.approx(1)
    ends = [share_done(State(stage, done, 4)) for stage in SHARES for done in (0, 4)]
    assert ends[0] == 0
    assert ends[-1] == pytest.approx(1)
    assert all(a is not None and b is not None and a <= b for a, b in pairwise(ends))
    assert share_done(State("resume", 1, 2)) is None


def test_a_line_a_minute(capsys: pytest.CaptureFixture[str]) -> None:
    clock = Clock()
    lines = Lines(clock)
    for second in range(0, 200, 10):
        clock.now = second
        lines(
            State("extract", second, 400, {"articles": 12 * second, "quotes": second}, skipped=second // 100)
        )

    assert capsys.readouterr().err.splitlines() == [
        "extract: 15%: 720 articles, 60 quotes (12 articles a second)",
        "extract: 30%: 1,440 articles, 120 quotes, 1 skipped (12 articles a second)",
        "extract: 45%: 2,160 articles, 180 quotes, 1 skipped (12 articles a second)",
    ]


def test_what_an_earlier_run_finished_counts_for_no_rate(capsys: pytest.CaptureFixture[str]) -> None:
    clock = Clock()
    lines = Lines(clock)
    lines(State("resume", 3, 5))
    lines(State("extract", 60, 100, FOUND))
    clock.now = 60.0
    lines(State("extract", 80, 100, {"articles": 1800}))
    clock.now = 130.0
    lines(State("write", 1, 2, FOUND))

    assert capsys.readouterr().err.splitlines() == [
        "3 of 5 shards were finished by an earlier run",
        "extract: 80%: 1,800 articles (10 articles a second)",
        "write: 50%: 1,200 articles, 3,400 quotes, 560 statistics",
    ]


def test_every_stage_is_timed_to_the_beginning_of_the_next() -> None:
    told: list[State] = []
    stages = Stages(told.append)
    for stage in ("plan", "extract", "extract", "link", "extract"):
        stages.tell(stage, 1, 2)
    seconds = stages.end()

    assert [state.stage for state in told] == ["plan", "extract", "extract", "link", "extract"]
    assert list(seconds) == ["plan", "extract", "link"]
    assert all(value >= 0 for value in seconds.values())
