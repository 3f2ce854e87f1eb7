"""Whether work takes time in proportion to its size: by ratio in one run, since machines differ."""

import gc
import time
from collections.abc import Callable
from typing import TypeVar

Input = TypeVar("Input")

MOST = 12
"""How many times as long ten times the input may take: a step for each pair of places would take a hundred times."""
TRIES = 5
"""A machine that does other things besides makes work slow now and then, not each time."""
LEAST = 0.004
"""Seconds that the short work counts at least: below, the clock and the parts of fixed size are what is measured."""


def assert_in_proportion(work: Callable[[Input], object], short: Input, long: Input) -> None:
    """Check that an input which is ten times as long takes at most twelve times as long."""
    shortest, longest = [LEAST], [float("inf")]
    for _ in range(TRIES):
        shortest.append(seconds(work, short))
        longest.append(seconds(work, long))
        if min(longest) <= MOST * max(shortest):
            return

    raise AssertionError(f"{min(longest):.3f} s, and {max(shortest):.3f} s for a tenth of it")


def seconds(work: Callable[[Input], object], given: Input) -> float:
    """CPU seconds of some work, without those of the collector: what it costs depends on what ran before."""
    gc.disable()
    try:
        began = time.process_time()
        work(given)
        return time.process_time() - began
    finally:
        gc.enable()
