"""One thread a process: what is spread over cores are articles, not the small matrices of one article."""

import os

_LIMITS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS")
"""What the matrix libraries of NumPy look for when they are first imported."""


def use_one_thread() -> None:
    """Keep the matrix routines of this process, and of those it starts, to one thread, unless told otherwise."""
    for name in _LIMITS:
        os.environ.setdefault(name, "1")
