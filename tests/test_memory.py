"""What Arrow frees is given back."""

import os
import subprocess
import sys

import pytest

from build_dataset.memory import use_system_allocator

COMMAND = "from build_dataset.memory import *; use_system_allocator(); import pyarrow; "


def test_arrow_allocates_as_the_system_does() -> None:
    code = f"{COMMAND} print(pyarrow.default_memory_pool().backend_name)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)

    assert done.stdout.split() == [b"system"]


def test_what_the_user_set_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ARROW_DEFAULT_MEMORY_POOL", "mimalloc")
    use_system_allocator()

    assert os.environ["ARROW_DEFAULT_MEMORY_POOL"] == "mimalloc"


def test_it_is_set_before_arrow_is_imported() -> None:
    code = "import sys, build_dataset.cli; print('pyarrow' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)

    assert done.stdout.split() == [b"False"]
