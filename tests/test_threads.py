"""One thread a process."""

import subprocess
import sys

import pytest

from build_dataset.threads import use_one_thread


def test_what_the_user_set_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    import os

    monkeypatch.setenv("OMP_NUM_THREADS", "3")
    monkeypatch.delenv("OPENBLAS_NUM_THREADS", raising=False)

    use_one_thread()

    assert (os.environ["OMP_NUM_THREADS"], os.environ["OPENBLAS_NUM_THREADS"]) == ("3", "1")


def test_it_is_set_before_numpy_is_imported() -> None:
    """A library reads it only once."""
    code = "import sys, build_dataset.cli; print('numpy' in sys.modules)"

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)

    assert done.stdout.split() == [b"False"]
