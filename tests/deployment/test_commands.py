"""What the page, the YAML files and the scripts call is there, and gives the same bytes as a plain build."""

import re
import subprocess
from pathlib import Path

import pytest
import typer.main

from build_dataset.cli import app
from build_dataset.command import Commands
from build_dataset.shards.plan import TASK_PARTS
from tests.deployment.files import ROOT, commands
from tests.deployment.slurm import ONE_TASK, SAY, put_on_path, run, run_array, with_this_tool

COMMANDS = sorted({tuple(words) for words in commands()})


def parse(words: list[str]) -> None:
    """Let our command line read a command, without running it."""
    group = typer.main.get_command(app)
    assert isinstance(group, Commands)
    name, *arguments = words
    group.commands[name].make_context(name, arguments)


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_a_command_is_accepted(words: tuple[str, ...]) -> None:
    """Variables that a shell or Kubernetes puts in are numbers."""
    parse([re.sub(r"^\$\(?\w+\)?$", "0", word) for word in words[1:]])


@pytest.mark.parametrize("script", ["array.sbatch", "finish.sbatch"])
def test_what_a_script_calls_is_accepted(script: str, tmp_path: Path) -> None:
    environment = put_on_path(tmp_path / "bin", "build-dataset", SAY)

    called = run(script, ["news", "--out", "set", "--work", "s3://bucket/set"], environment | ONE_TASK)

    parse(called.stdout.splitlines())


@pytest.fixture(scope="module")
def news(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Articles enough for three shards."""
    folder = tmp_path_factory.mktemp("news")
    for number in range(2 * TASK_PARTS + 1):
        text = f"“We have {number} boats,” said Maria Lopez, the mayor of Santander.\n"
        (folder / f"{number:04}.txt").write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize("array", [range(2), range(1, 5)], ids=["fewer", "more"])
def test_an_array_gives_the_same_bytes(array: range, news: Path, tmp_path: Path) -> None:
    """Of fewer tasks than there are shards, and of more."""
    environment = with_this_tool(tmp_path / "bin")
    inputs = [str(news), "--no-cache", "--out"]
    plain, shared = tmp_path / "plain", tmp_path / "shared"
    subprocess.run(
        ["build-dataset", "build", *inputs, plain], env=environment, capture_output=True, check=True
    )

    shares = run_array([*inputs, str(shared)], environment, array)
    assert not shared.exists()
    finish = run("finish.sbatch", [*inputs, str(shared)], environment)

    assert [done.returncode for done in [*shares, finish]] == [0] * (len(array) + 1), finish.stderr
    assert contents(shared) == contents(plain)


def test_what_finishes_names_what_is_missing(tmp_path: Path) -> None:
    environment = with_this_tool(tmp_path / "bin")
    words = [str(ROOT / "seeds"), "--no-cache", "--out", str(tmp_path / "shared")]

    finish = run("finish.sbatch", words, environment)

    assert finish.returncode == 2
    assert "shard" in finish.stderr
    assert "Traceback" not in finish.stderr
    assert not (tmp_path / "shared").exists()


def contents(folder: Path) -> dict[str, bytes]:
    """Path of each file → its bytes."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}
