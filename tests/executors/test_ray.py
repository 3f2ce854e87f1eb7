"""A Ray cluster does tasks as processes of this machine do; a dead worker costs its own task alone."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from build_dataset.errors import DatasetError
from build_dataset.executors.executor import ATTEMPTS, Executor
from build_dataset.executors.ray_tasks import ray_tasks
from tests.executors.test_local import die, die_once, fail, loop, square

pytest.importorskip("ray", reason="the extra ray is not installed")


def test_without_the_extra_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ray", None)
    with pytest.raises(DatasetError, match=r"pip install 'build-dataset\[ray\]'"), ray_tasks(2, None):
        pass


@pytest.fixture(scope="module")
def ray() -> Iterator[Executor]:
    with ray_tasks(2, None) as executor:
        yield executor


def test_every_task_has_its_result(ray: Executor) -> None:
    results: dict[int, int] = {}

    assert ray.run(square, range(5), results.__setitem__) == []
    assert results == {number: number * number for number in range(5)}


def test_an_exception_comes_through(ray: Executor) -> None:
    with pytest.raises(ValueError, match="no 7"):
        ray.run(fail, [7], lambda task, result: None)


def test_a_task_that_kills_its_worker_is_tried_again_and_then_named(ray: Executor, tmp_path: Path) -> None:
    results: list[int] = []
    tasks = [(tmp_path, number) for number in range(5)]
    (failure,) = ray.run(die, tasks, lambda task, result: results.append(result))

    assert failure.task == (tmp_path, 3)
    assert failure.reason.startswith("its worker was lost: The worker died unexpectedly")
    assert sorted(results) == [0, 1, 2, 4]
    attempts = {path.name: len(path.read_text(encoding="utf-8")) for path in tmp_path.iterdir()}
    assert attempts == {"0": 1, "1": 1, "2": 1, "3": ATTEMPTS, "4": 1}


def test_a_worker_that_is_killed_by_chance_costs_nothing(ray: Executor, tmp_path: Path) -> None:
    results: list[int] = []
    tasks = [(tmp_path, number) for number in range(2)]

    assert ray.run(die_once, tasks, lambda task, result: results.append(result)) == []
    assert sorted(results) == [0, 1]


def test_the_time_limit_of_an_article_holds_there(ray: Executor) -> None:
    """It is a signal to the main thread of a process."""
    said: list[str] = []
    ray.run(loop, [0.2], lambda task, result: said.append(result))

    assert said == ["took more than 0.2 seconds"]
