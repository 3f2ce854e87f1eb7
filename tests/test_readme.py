"""What README says is so."""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from build_dataset.cli import app
from build_dataset.cli.extract import SchemaFormat
from tests.bench.readme import example

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
COMMANDS = sorted(
    set(
        re.findall(
            r"build-dataset ((?:build|extract|validate|schema|evaluate|review|rebuild|diff|publish)\b[^`\n]*)",
            README,
        )
    )
)


def help_of(command: str) -> str:
    return CliRunner().invoke(app, [command, "--help"]).stdout


def test_every_command_is_shown() -> None:
    shown = {line.split()[0] for line in COMMANDS}
    assert shown == set(re.findall(r"^  (\w+)  ", CliRunner().invoke(app, ["--help"]).stdout, re.MULTILINE))


@pytest.mark.parametrize("line", COMMANDS)
def test_the_options_of_a_command_exist(line: str) -> None:
    command, *words = shlex.split(line)

    assert all(word in help_of(command) for word in words if word.startswith("--"))


@pytest.mark.parametrize(
    ("command", "option"),
    [
        ("build", "--strict"),
        ("build", "--exclude-speakers FILE"),
        ("extract", "--json"),
        ("validate", "--texts FOLDER"),
        ("evaluate", "--errors N"),
        ("schema", "--format"),
        ("publish", "--dry-run"),
    ],
)
def test_an_option_named_beside_a_command_exists(command: str, option: str) -> None:
    row = next(line for line in README.splitlines() if line.startswith(f"| `build-dataset {command}"))

    assert f"`{option}" in row
    assert f"{option} " in help_of(command)


def test_every_form_of_the_schema_is_named() -> None:
    assert all(f"`{form}`" in README or f"`--format {form}`" in README for form in SchemaFormat)


def test_every_file_it_points_to_exists() -> None:
    linked = re.findall(r"\]\(((?!http)[^)#]+)\)", README)
    named = re.findall(r"`((?:build_dataset|tests)/[\w./]+)`", README)

    assert [path for path in [*linked, *named] if not (ROOT / path).exists()] == []


def test_the_make_targets_it_names_exist() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")

    assert all(
        f"\n{target}:" in makefile
        for target in re.findall(r"make (dataset|test|bench|format|train)\b", README)
    )


def test_no_number_is_left_to_be_filled_in() -> None:
    empty = re.findall(r"<!-- (\w+):begin -->\s*<!-- \1:end -->", README)

    assert empty == []


def test_the_example_is_what_extract_prints() -> None:
    """Where it is not: `python -m tests.bench.readme example` writes it anew."""
    assert example() in README


@pytest.mark.parametrize("block", re.findall(r"```python\n(.*?)```", README, re.DOTALL))
def test_its_python_runs_on_a_dataset(block: str, dataset: Path, tmp_path: Path) -> None:
    (tmp_path / "dataset").symlink_to(dataset, target_is_directory=True)
    environment = {**os.environ, "HF_HOME": str(tmp_path / "cache"), "HF_HUB_OFFLINE": "1"}

    subprocess.run([sys.executable, "-c", block], cwd=tmp_path, env=environment, check=True)
