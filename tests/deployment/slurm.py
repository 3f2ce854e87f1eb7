"""A stand-in for Slurm: the tasks of an array run one after the other, then what finishes."""

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from tests.deployment.files import DOCS, ROOT

SAY = """printf '%s\\n' "$@\""""
"""A script that prints the words that it is given, one a line."""

ONE_TASK = {"SLURM_ARRAY_TASK_ID": "0", "SLURM_ARRAY_TASK_MIN": "0", "SLURM_ARRAY_TASK_COUNT": "1"}
"""What Slurm says to the only task of an array."""


def put_on_path(folder: Path, name: str, script: str) -> dict[str, str]:
    """An environment in which a command is this script."""
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(f"#!/bin/bash\n{script}\n", encoding="utf-8")
    (folder / name).chmod(0o755)
    return {**os.environ, "PATH": f"{folder}:{os.environ['PATH']}", "PYTHONPATH": str(ROOT)}


def with_this_tool(folder: Path) -> dict[str, str]:
    """An environment in which `build-dataset` is the one that is tested."""
    return put_on_path(folder, "build-dataset", f'exec "{sys.executable}" -m build_dataset "$@"')


def run_array(
    words: Sequence[str], environment: dict[str, str], array: range
) -> list[subprocess.CompletedProcess[str]]:
    """Run `array.sbatch` for each number of an array."""
    numbers = {
        "SLURM_ARRAY_TASK_COUNT": str(len(array)),
        "SLURM_ARRAY_TASK_MIN": str(array[0]),
        "SLURM_ARRAY_TASK_STEP": str(array.step),
    }
    return [
        run("array.sbatch", words, environment | numbers | {"SLURM_ARRAY_TASK_ID": str(number)})
        for number in array
    ]


def run(name: str, words: Sequence[str], environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """Run one of the scripts."""
    command = ["bash", str(DOCS / name), *words]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
