"""Which executor runs a build."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from build_dataset.executors.executor import Executor
from build_dataset.executors.local import local


@dataclass(frozen=True, slots=True)
class WorkerPool:
    """Who does the work. It decides how long a build takes, and nothing of what it makes."""

    number: int = 1
    """How many tasks at a time."""
    ray: bool = False
    """Whether on a Ray cluster, and not in processes of this machine."""
    ray_address: str | None = None
    """Of a cluster that runs; None: one is started on this machine."""


@contextmanager
def executor(pool: WorkerPool) -> Iterator[Executor]:
    """The executor for a build, ready to run.

    Raises:
        DatasetError: there is no such cluster, or the extra for it is not installed.
    """
    if not pool.ray:
        yield local(pool.number)
        return
    from build_dataset.executors.ray_tasks import ray_tasks

    with ray_tasks(pool.number, pool.ray_address) as tasks:
        yield tasks
