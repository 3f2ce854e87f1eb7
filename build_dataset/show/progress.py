"""How far a build is: one bar on a terminal, anywhere else a line a minute."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from build_dataset.progress import Progress, State
from build_dataset.show.terminal import log, logs

SHARES = {
    "plan": 0.01,
    "start": 0.0,
    "extract": 0.92,
    "fetch": 0.01,
    "link": 0.01,
    "write": 0.03,
    "validate": 0.02,
}
"""Of the time of a build, roughly."""

SECONDS_BETWEEN_LINES = 60.0


@contextmanager
def progress() -> Iterator[Progress]:
    """Give a function to be told how far a build is."""
    console = logs()
    if not console.is_terminal:
        yield Lines()
        return
    from rich.progress import BarColumn, TaskProgressColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeRemainingColumn())
    with Bar(*columns, console=console, transient=True) as bar:
        job = bar.add_task("", total=1.0)
        rate = _Rate(time.monotonic)

        def tell(state: State) -> None:
            _tell_resumed(state)
            done = share_done(state)
            if done is not None:
                bar.update(job, completed=done, description=f"{state.stage}{rate.of(state)}")

        yield tell


def share_done(state: State) -> float | None:
    """How much of the whole build is done, from 0 to 1; None where that cannot be said."""
    if state.stage not in SHARES:
        return None
    before = 0.0
    for stage, share in SHARES.items():
        if stage == state.stage:
            return before + share * state.done / max(state.total, 1)
        before += share
    return None


class Lines:
    """Prints a line now and then, where there is no terminal to draw on."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._last = clock()
        self._rate = _Rate(clock)

    def __call__(self, state: State) -> None:
        """Print a line, if it is time for one."""
        _tell_resumed(state)
        rate, now = self._rate.of(state), self._clock()
        if now - self._last >= SECONDS_BETWEEN_LINES and state.stage in SHARES:
            self._last = now
            found = ", ".join(f"{number:,} {table}" for table, number in state.rows.items())
            skipped = f", {state.skipped:,} skipped" if state.skipped else ""
            share = state.done / max(state.total, 1)
            log(f"{state.stage}: {share:.0%}{': ' if found else ''}{found}{skipped}{rate}")


class _Rate:
    """Articles a second since the extraction began, without those that an earlier run had read."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._begun: tuple[float, int] | None = None

    def of(self, state: State) -> str:
        """In brackets; nothing where nothing is extracted yet."""
        articles = state.rows.get("articles", 0)
        if state.stage != "extract":
            return ""
        if self._begun is None:
            self._begun = self._clock(), articles
        begun, before = self._begun
        seconds = self._clock() - begun
        return (
            f" ({(articles - before) / seconds:,.0f} articles a second)"
            if seconds and articles > before
            else ""
        )


def _tell_resumed(state: State) -> None:
    if state.stage == "resume":
        log(f"{state.done:,} of {state.total:,} shards were finished by an earlier run")
