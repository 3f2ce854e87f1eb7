"""How long one article may take: a text that nobody thought of must not hold up the others for ever."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from build_dataset.errors import SourceError

AGAIN = 1.0
"""Seconds until the limit is enforced once more, where something has caught the error and goes on."""


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """End what goes on inside when it has taken so many seconds of the processor.

    The processor's time counts, not the clock's: a machine that is busy with other things, or asleep, changes nothing.
    Only the main thread of a process can be interrupted; in another one there is no limit.

    Raises:
        SourceError: it took longer.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(_signal: int, _frame: FrameType | None) -> None:
        raise SourceError(f"took more than {seconds:g} seconds")

    before = signal.signal(signal.SIGPROF, stop)
    try:
        try:
            signal.setitimer(signal.ITIMER_PROF, seconds, AGAIN)
            yield
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)
    finally:  # the error may come in the line above: then the timer still runs
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
