"""How far a build is, as a bar on a terminal; anywhere else only where it begins, if that is not the beginning."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from build_dataset.show.terminal import log, logs


def _tell_resumed(stage: str, done: int, total: int) -> None:
    if stage == "resume":
        log(f"{done:,} of {total:,} shards were finished by an earlier run")


@contextmanager
def progress() -> Iterator[Callable[[str, int, int], None]]:
    """Give a function to call with a stage, how much of it is done, and how much there is."""
    console = logs()
    if not console.is_terminal:
        yield _tell_resumed
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True) as bars:
        stages: dict[str, TaskID] = {}

        def tell(stage: str, done: int, total: int) -> None:
            _tell_resumed(stage, done, total)
            if stage == "resume":
                return
            if stage not in stages:
                stages[stage] = bars.add_task(stage)
            bars.update(stages[stage], completed=done, total=total)

        yield tell
