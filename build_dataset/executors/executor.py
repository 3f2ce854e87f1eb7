"""What every executor provides."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

Task = TypeVar("Task")
Result = TypeVar("Result")

ATTEMPTS = 3
"""How often a task is started whose worker dies."""


@dataclass(frozen=True, slots=True)
class Failure(Generic[Task]):
    """A task whose worker died each time, and how."""

    task: Task
    reason: str


class Executor(Protocol):
    """Runs a function over tasks."""

    def run(
        self,
        function: Callable[[Task], Result],
        tasks: Sequence[Task],
        on_result: Callable[[Task, Result], None],
    ) -> list[Failure[Task]]:
        """Call `function` with each task and hand on each result as it comes.

        Args:
            function: importable where the workers are, as tasks and results can be pickled.
            tasks: in the order in which they are begun.
            on_result: called in this process.

        Returns:
            The tasks that killed their worker each time. An exception that `function` raises is raised here.
        """
