"""Memory that is given back: a build holds a megabyte of text at a time, and shall take no more for having done so."""

import os


def use_system_allocator() -> None:
    """Let Arrow allocate as the rest of this process does, and those that it starts, unless told otherwise.

    What Arrow reads when it is first imported. Its own allocator keeps what is freed: a hundred megabytes in a build.
    """
    os.environ.setdefault("ARROW_DEFAULT_MEMORY_POOL", "system")
