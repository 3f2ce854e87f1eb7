"""Memory that is given back: a build holds a megabyte of text at a time, and shall take no more for having done so."""

import ctypes
import os


def use_system_allocator() -> None:
    """Let Arrow allocate as the rest of this process does, and those that it starts, unless told otherwise.

    What Arrow reads when it is first imported. Its own allocator keeps what is freed: a hundred megabytes in a build.
    """
    os.environ.setdefault("ARROW_DEFAULT_MEMORY_POOL", "system")


def give_back() -> None:
    """Return to the system what is free in this process; without it the peaks of all stages add up.

    The GNU C library can; elsewhere nothing is done.
    """
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)
