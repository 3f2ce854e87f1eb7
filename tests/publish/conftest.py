"""The hub that is published to, and the command line as a client of it."""

from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest

from tests.hub.client import run_client
from tests.hub.fixtures import hub, xet
from tests.hub.server import Hub

__all__ = ["BY_DEFAULT", "REPO", "command", "hub", "xet"]

REPO = "org/news"
BY_DEFAULT = pytest.mark.parametrize("xet", [True], indirect=True, ids=["xet"])
"""Of what does not depend on how large files travel."""

Command = Callable[..., CompletedProcess[str]]


@pytest.fixture
def command(hub: Hub, xet: bool, tmp_path: Path) -> Command:
    """Runs `build-dataset …` with the hub of the test, and gives what it printed."""

    def run(*arguments: str | Path, **settings: Any) -> CompletedProcess[str]:
        program = ["-m", "build_dataset", *map(str, arguments)]
        return run_client(hub, program, home=tmp_path / "home", xet=xet, **settings)

    return run
