"""A hub for a test, and a client to ask. Import them in the conftest of the tests that want them."""

import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from .client import run_client
from .server import Hub

Ask = Callable[..., Any]

NAME = "org/news"

PRELUDE = f"""
import json
from pathlib import Path
from huggingface_hub import *
REPO = dict(repo_id={NAME!r}, repo_type="dataset")
api = HfApi()

def commit(*operations, **more):
    return api.create_commit(**REPO, operations=operations, commit_message="Change", **more)

def add(path, content):
    return CommitOperationAdd(path, content)

def failure(function, *arguments, **named):
    try:
        function(*arguments, **named)
    except Exception as error:
        return [type(error).__name__, getattr(getattr(error, "response", None), "status_code", None)]

def answer(**values):
    print(json.dumps(values))
"""


@pytest.fixture
def hub() -> Iterator[Hub]:
    with Hub() as running:
        yield running


@pytest.fixture(params=[True, False], ids=["xet", "lfs"])
def xet(request: pytest.FixtureRequest) -> bool:
    """Both ways to upload and download large files."""
    return bool(request.param)


@pytest.fixture
def ask(hub: Hub, tmp_path: Path, xet: bool) -> Ask:
    """Runs code of a client after the prelude, with `files` of a content, and gives what it answers."""

    def run(program: str, files: Sequence[bytes] = (), home: str = "home", **settings: Any) -> Any:
        paths = [tmp_path / f"{number}.parquet" for number in range(len(files))]
        for path, content in zip(paths, files, strict=True):
            path.write_bytes(content)
        code = f"{PRELUDE}\nfiles = {[str(path) for path in paths]!r}\n{program}"
        ended = run_client(hub, code, home=tmp_path / home, xet=xet, **settings)
        assert ended.returncode == 0, ended.stderr
        return json.loads(ended.stdout.splitlines()[-1])

    return run
