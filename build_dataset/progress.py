"""How far a build is: told while it runs, and summed up at its end."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class State:
    """How far a build is."""

    stage: str
    """`resume` is told once, in shards, if an earlier run finished any; `extract` counts bytes, the others tasks."""
    done: int
    total: int
    """Of the stage."""
    rows: Mapping[str, int] = field(default_factory=dict)
    """Table → rows so far, before copies of an article are put together."""
    skipped: int = 0
    """Sources and records that were left out so far."""


Progress = Callable[[State], None]


def no_progress(state: State) -> None:
    """Tell nobody."""


class Stages:
    """Tells how far the stages of a build are, and remembers how long each took, to the beginning of the next."""

    def __init__(self, progress: Progress) -> None:
        self.progress = progress
        self.rows: Mapping[str, int] = {}
        self.skipped = 0
        self.seconds: dict[str, float] = {}
        self._stage = ""
        self._begun = time.monotonic()

    def tell(self, stage: str, done: int, total: int) -> None:
        """Tell how much of a stage is done."""
        self._count(stage)
        self.progress(State(stage, done, total, self.rows, self.skipped))

    def end(self) -> dict[str, float]:
        """Seconds by stage, the last one included."""
        self._count("")
        return self.seconds

    def _count(self, stage: str) -> None:
        if stage != self._stage:
            now = time.monotonic()
            if self._stage:
                self.seconds[self._stage] = self.seconds.get(self._stage, 0.0) + now - self._begun
            self._stage, self._begun = stage, now
