"""The hub that is published to, and the command line as a client of it."""

from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest

from tests.hub.client import run_client
from tests.hub.fixtures import hub, xet
from tests.hub.server import Hub

__all__ = ["command", "hub", "xet"]

Command = Callable[..., CompletedProcess[str]]


@pytest.fixture
def command(hub: Hub, xet: bool, tmp_path: Path) -> Command:
    """Runs `build-dataset …` with the hub of the test, and gives what it printed."""

    def run(*arguments: str | Path, **settings: Any) -> CompletedProcess[str]:
        program = ["-m", "build_dataset", *map(str, arguments)]
        return run_client(hub, program, home=tmp_path / "home", xet=xet, **settings)

    return run
