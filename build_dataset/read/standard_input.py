"""Standard input as a source: what comes is kept in a file while it is read, so that it can be of any format."""

import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

STDIN = "-"
"""How a user names it, and its name in the dataset."""


@contextmanager
def standard_input_as_file(inputs: Sequence[str]) -> Iterator[list[str]]:
    """The inputs, with the path of a file in place of each `-`.

    Raises:
        OSError: there is no room for it.
    """
    if STDIN not in inputs:
        yield list(inputs)
        return
    with tempfile.TemporaryDirectory(prefix="build-dataset-") as folder:
        kept = Path(folder, STDIN)
        with kept.open("wb") as out:
            shutil.copyfileobj(sys.stdin.buffer, out)
        yield [str(kept) if given == STDIN else given for given in inputs]
