"""The main job: sources in, a validated dataset folder out.

    plan → extract, shard by shard → link speakers → write files → validate → put in place

This module knows nothing of extraction: it plans shards, hands them to an executor, and describes the result.
Everything is written into a hidden folder beside the target and put in place in one step at the end.
"""

import os
from collections.abc import Sequence
from pathlib import Path

from build_dataset.errors import DatasetError
from build_dataset.executors.engine import WorkerPool, executor
from build_dataset.executors.local import local
from build_dataset.job import Job, NothingError
from build_dataset.options import Options
from build_dataset.planning import make_plan
from build_dataset.progress import Progress, Stages, no_progress
from build_dataset.report import BuildReport, PlanReport, SliceReport
from build_dataset.shards.extraction import ShardRun
from build_dataset.shards.plan import ShardTask
from build_dataset.shards.store import TEMPORARY, Store
from build_dataset.write.folder import put_in_place, staged
from build_dataset.write.target import check_replaceable, written

MOST_NEAR = 8
"""Processes of the driver's machine that put shards together: a cluster has more workers than that has memory for."""


def build(
    inputs: Sequence[Path | str],
    out: Path,
    *,
    workers: int | WorkerPool = 1,
    options: Options = Options(),  # noqa: B008 - immutable
    cache: Path | None = None,
    without: Path | None = None,
    work: str | None = None,
    only_finish: bool = False,
    progress: Progress = no_progress,
) -> BuildReport:
    """Read, extract, link, validate, and put a dataset folder in place whole or not at all.

    Args:
        inputs: files, folders, patterns.
        out: the dataset folder; one of ours that is there is replaced.
        workers: who extracts, or in how many processes; the result is the same for any.
        options: what decides the records beside the sources.
        cache: a folder for results of extraction, used again by later builds; None: nothing is kept.
        without: a folder that is no source, though it may lie in an input; None: `out`.
        work: a folder or an address such as s3://… where finished shards are kept; None: a hidden one beside `out`.
        only_finish: whether every shard must be there already, done by `build_slice`.
        progress: told how far it is.

    Raises:
        DatasetError: an input is missing, no source gives an article, `out` is something else than a dataset
            folder, another build writes into it, or a shard is missing that should be there. Nothing is written.
    """
    pool = WorkerPool(workers) if isinstance(workers, int) else workers
    stages = Stages(progress)
    stages.tell("plan", 0, 1)
    plan = make_plan(inputs, out, options, work=work, cache=cache, without=without)
    target, store = plan.target, plan.store
    stages.tell("start", 0, 1)
    with written(target), store.locked(shared=False), staged(target) as staging, executor(pool) as everywhere:
        run = ShardRun(plan.tasks, store, everywhere, stages)
        _clear(store, TEMPORARY)
        run.resume()
        if only_finish and run.left:
            raise DatasetError(_missing(run.left, len(plan.tasks)))
        # The later stages work in `staging`: workers on other machines see it where they see the shards beside it.
        near = everywhere if work is None else local(min(pool.number, os.cpu_count() or 1, MOST_NEAR))
        job = Job(staging, options, near, stages)
        job.take_over(plan.tasks, plan.files, run.run(), plan.skipped)
        del plan, run  # of very many sources, a good part of the memory
        try:
            report = job.publish(target)
        except NothingError:  # there is nothing to go on from
            _clear(store)
            raise
        if not report.findings:
            check_replaceable(target)
            put_in_place(job.dataset, target)
        _clear(store)
    return report


def _clear(store: Store, ending: str = "") -> None:
    """Remove what lies in a store, or what of it has a name with some ending.

    Shards of another plan stay until there is a dataset: who meant that plan has only left an option out this time.
    """
    for name in store.names():
        if name.endswith(ending):
            store.remove(name)


def plan_build(
    inputs: Sequence[Path | str],
    out: Path,
    *,
    options: Options = Options(),  # noqa: B008 - immutable
    cache: Path | None = None,
    work: str | None = None,
) -> PlanReport:
    """Say what `build` would do, with the same arguments. Nothing is written.

    Raises:
        DatasetError: as for `build`.
    """
    plan = make_plan(inputs, out, options, work=work, cache=cache)
    return plan.report()


def build_slice(
    inputs: Sequence[Path | str],
    out: Path,
    *,
    index: int,
    count: int,
    workers: int = 1,
    options: Options = Options(),  # noqa: B008 - immutable
    cache: Path | None = None,
    work: str | None = None,
    progress: Progress = no_progress,
) -> SliceReport:
    """Do every `count`-th shard of a build, from `index` on: each of several machines does its own.

    No dataset is made: that is for `build` with `only_finish`, once all slices are done.

    Args:
        inputs: as for `build`, the same on all machines.
        out: the dataset folder that it is for.
        index: of this slice, from 0.
        count: of all slices.
        workers: number of processes.
        options: as for `build`, the same on all machines.
        cache: as for `build`.
        work: as for `build`; all machines must see it.
        progress: told how far it is.

    Raises:
        DatasetError: as for `build`; or the dataset is being put together at this time.
    """
    plan = make_plan(inputs, out, options, work=work, cache=cache)
    tasks = plan.tasks[index::count]
    with written(plan.target), plan.store.locked(shared=True):
        run = ShardRun(tasks, plan.store, local(workers), Stages(progress))
        run.resume()
        done = run.run()
    return SliceReport(
        shards=len(tasks),
        resumed=done.resumed,
        of=len(plan.tasks),
        plan=plan.key,
        rows=dict(done.rows),
        skipped=tuple(done.skipped),
        lost=tuple(done.lost),
    )


SHOWN = 20
"""So many missing shards are named."""


def _missing(left: Sequence[ShardTask], shards: int) -> str:
    """What to say of shards that are not finished though all should be."""
    numbers = ", ".join(str(task.number) for task in left[:SHOWN]) + (", …" if len(left) > SHOWN else "")
    return (
        f"{len(left):,} of {shards:,} shards are not finished: {numbers}. With --num-shards N, number K is done by "
        "--shard-index K modulo N: run those again. Without --finish what is missing is done here."
    )
