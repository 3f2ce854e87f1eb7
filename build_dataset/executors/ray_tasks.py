"""Tasks on a Ray cluster, so many at a time (https://docs.ray.io/en/latest/ray-core/tasks.html).

Ray starts a task again whose worker or node is lost. A task is no more than the call of a function that is imported
where it runs: all nodes need this package, in the same version.
"""

import logging
import os
import socket
import sys
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, redirect_stdout, suppress
from typing import Any

from build_dataset.errors import DatasetError
from build_dataset.executors.executor import ATTEMPTS, Failure, Result, Task

OBJECT_STORE_BYTES = 100 << 20
"""Of a Ray that is started here: results are small, rows never pass through it."""


SECONDS_TO_CONNECT = 10


class RayTasks:
    """Tasks on the cluster that this process is connected to, so many at a time."""

    def __init__(self, workers: int) -> None:
        self.workers = workers

    def run(
        self,
        function: Callable[[Task], Result],
        tasks: Sequence[Task],
        on_result: Callable[[Task, Result], None],
    ) -> list[Failure[Task]]:
        """Call `function` with each task, wherever there is a free core."""
        import ray

        remote = ray.remote(num_cpus=1, max_retries=ATTEMPTS - 1)(function)
        waiting = deque(tasks)
        running: dict[Any, Task] = {}
        failures: list[Failure[Task]] = []
        try:
            while waiting or running:
                while waiting and len(running) < self.workers:
                    task = waiting.popleft()
                    running[remote.remote(task)] = task
                ready, _ = ray.wait(list(running), num_returns=1)
                task = running.pop(ready[0])
                answer = _answer(ready[0])
                if isinstance(answer, _Death):
                    failures.append(Failure(task, str(answer)))
                else:
                    on_result(task, answer)
        finally:
            for left in running:
                with suppress(ray.exceptions.RayError):
                    ray.cancel(left, force=True)
        return failures


class _Death(str):
    """How a worker died."""


def _answer(reference: Any) -> Any:
    """What a task gave, or how its last worker died.

    Raises:
        Exception: what the function raised there.
        DatasetError: the cluster is gone.
    """
    import ray
    from ray.exceptions import NodeDiedError, OutOfMemoryError, RayError, RayTaskError, WorkerCrashedError

    try:
        return ray.get(reference)
    except RayTaskError as error:
        raise error.cause from error
    except (NodeDiedError, OutOfMemoryError, WorkerCrashedError) as error:
        return _Death(f"its worker was lost: {_first_sentence(error)}")
    except RayError as error:
        raise DatasetError(f"Ray: {_first_sentence(error)}; run the same command again to go on") from error


def _first_sentence(error: Exception) -> str:
    return str(error).strip().partition("\n")[0].partition(". ")[0].rstrip(".")


def _reach(address: str | None) -> None:
    """See whether anybody listens at HOST:PORT: Ray itself would ask for minutes.

    Raises:
        OSError: nobody does.
    """
    host, _, port = (address or "").rpartition(":")
    if host and port.isdigit() and "/" not in host:
        socket.create_connection((host, int(port)), SECONDS_TO_CONNECT).close()


@contextmanager
def ray_tasks(workers: int, address: str | None) -> Iterator[RayTasks]:
    """An executor on a Ray cluster.

    Args:
        workers: how many tasks at a time.
        address: of a cluster that runs; None: one is started on this machine, with so many cores as there are
            workers, and ended afterwards.

    Raises:
        DatasetError: Ray is not installed, or there is no cluster at that address.
    """
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")  # Ray would tell its makers of the cluster
    try:
        import ray
    except ImportError as error:
        raise DatasetError("--engine ray is an extra; pip install 'build-dataset[ray]'") from error
    own: dict[str, Any] = {
        "num_cpus": workers,
        "include_dashboard": False,
        "object_store_memory": OBJECT_STORE_BYTES,
    }
    try:
        _reach(address)
        ray.init(
            address=address or "local",
            logging_level=logging.WARNING,
            log_to_driver=False,
            **({} if address else own),
        )
    except (OSError, RuntimeError, ValueError, ray.exceptions.RayError) as error:
        where = address or "this machine"
        raise DatasetError(f"{where}: no Ray cluster to work on: {_first_sentence(error)}") from error
    with redirect_stdout(sys.stderr):  # where Ray says what it has lost; results go to the other
        try:
            yield RayTasks(workers)
        finally:
            ray.shutdown()
