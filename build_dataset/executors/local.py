"""Tasks in this process, or in a process each on this machine."""

import multiprocessing
import os
import signal
import threading
import traceback
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from multiprocessing import forkserver, resource_tracker
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Any, Generic

from build_dataset.errors import DatasetError
from build_dataset.executors.executor import ATTEMPTS, Executor, Failure, Result, Task

NOT_STARTED = (
    "a worker process could not start; a script that builds with several workers has to do so under "
    'if __name__ == "__main__":'
)

PRELOADED = ["build_dataset.executors.preload"]
"""Imported once, in the process that all workers are forked from."""


class InProcess:
    """One task after the other, in this process."""

    def run(
        self,
        function: Callable[[Task], Result],
        tasks: Sequence[Task],
        on_result: Callable[[Task, Result], None],
    ) -> list[Failure[Task]]:
        """Call `function` with each task, in order; a task that kills its worker kills this process."""
        for task in tasks:
            on_result(task, function(task))
        return []


@dataclass(slots=True)
class _Running(Generic[Task]):
    process: BaseProcess
    task: Task
    attempt: int


class ProcessPerTask:
    """A process for each task, so many at a time: the exit of one names the task that is to blame."""

    def __init__(self, workers: int) -> None:
        self.workers = workers

    def run(
        self,
        function: Callable[[Task], Result],
        tasks: Sequence[Task],
        on_result: Callable[[Task, Result], None],
    ) -> list[Failure[Task]]:
        """Call `function` with each task in its own process; one whose process dies is tried again last."""
        waiting = deque((task, 1) for task in tasks)
        running: dict[Any, _Running[Task]] = {}
        failures: list[Failure[Task]] = []
        try:
            while waiting or running:
                while waiting and len(running) < self.workers:
                    task, attempt = waiting.popleft()
                    connection, process = _start(function, task)
                    running[connection] = _Running(process, task, attempt)
                ready: list[Any] = wait(running)
                for connection in ready:
                    ended = running.pop(connection)
                    answer = _answer(connection, ended.process)
                    if isinstance(answer, _Death):
                        if ended.attempt < ATTEMPTS:
                            waiting.append((ended.task, ended.attempt + 1))
                        else:
                            failures.append(Failure(ended.task, answer.reason))
                    else:
                        on_result(ended.task, answer)
        finally:
            for left in running.values():
                left.process.kill()
                left.process.join()
        return failures


@dataclass(frozen=True, slots=True)
class _Death:
    reason: str


def _start(function: Callable[[Task], Result], task: Task) -> tuple[Connection, BaseProcess]:
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(PRELOADED)
    _start_server()
    ours, theirs = context.Pipe()
    process = context.Process(target=_work, args=(theirs, function, task), daemon=True)
    process.start()
    theirs.close()
    return ours, process


def _start_server() -> None:
    """Start the process that all workers are forked from, if it does not run yet.

    Ctrl-C reaches every process of a terminal, also one that is still importing, which would print a traceback. It is
    for the driver alone: what the server inherits is that the signal is blocked, and so do its workers from it.
    """
    resource_tracker.ensure_running()  # the server starts it, and would unblock the signal
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        forkserver.ensure_running()
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _answer(connection: Connection, process: BaseProcess) -> Any:
    """What a worker sent before it ended: its result, or how it died.

    Raises:
        Exception: what the function raised there.
        DatasetError: it could not start.
    """
    try:
        result, error = connection.recv()
    except (EOFError, ConnectionError):
        process.join()
        if (process.exitcode or 0) > 0:  # not killed: it never came as far as the task
            raise DatasetError(NOT_STARTED) from None
        return _Death(f"its process ended with exit code {process.exitcode}")
    finally:
        connection.close()
    process.join()
    if error is not None:
        raise error
    return result


def _work(connection: Connection, function: Callable[[Task], Result], task: Task) -> None:
    """The worker: answer, or end with the process that waits for the answer."""
    threading.Thread(target=_end_with_driver, args=(connection,), daemon=True).start()
    try:
        answer = function(task), None
    except Exception as error:  # whatever it is, it is raised again where the answer is awaited
        error.add_note(f"in a worker process:\n{traceback.format_exc()}")
        answer = None, error  # type: ignore[assignment]
    connection.send(answer)


def _end_with_driver(connection: Connection) -> None:
    """End this process when the driver's end of the pipe closes: a killed driver leaves nobody at work."""
    try:
        connection.recv()
    except (EOFError, OSError):
        os._exit(1)


def local(workers: int) -> Executor:
    """The executor for a number of processes on this machine."""
    return InProcess() if workers == 1 else ProcessPerTask(workers)
