"""The command line as people and scripts use it: help, exit statuses, streams, errors, start-up."""

import subprocess
import sys
from pathlib import Path

import pytest

from build_dataset import __version__
from tests.cli.conftest import SCHOOL
from tests.commands import call, process

COMMANDS = ("build", "extract", "validate", "schema", "evaluate", "review")


class TestHelp:
    @pytest.mark.parametrize("arguments", [["--help"], ["-h"], *([name, "--help"] for name in COMMANDS)])
    def test_is_a_result(self, arguments: list[str]) -> None:
        result = call(*arguments)

        assert result.exit_code == 0
        assert result.stdout.startswith("Usage: ")
        assert result.stderr == ""

    def test_names_every_command(self) -> None:
        assert all(f"\n  {name} " in call("--help").stdout for name in COMMANDS)

    def test_version(self) -> None:
        assert call("--version").stdout == f"build-dataset {__version__}\n"


class TestAWrongCall:
    @pytest.mark.parametrize(
        "arguments",
        [
            [],
            ["bild"],
            ["--verbos"],
            ["build"],
            ["build", "--out"],
            ["build", "--out", "x", "--workers", "0"],
            ["extract"],
            ["extract", "a.txt", "--format", "xml"],
            ["validate"],
            ["schema", "--format", "sql"],
            ["evaluate", "x"],
        ],
        ids=" ".join,
    )
    def test_exits_with_2_and_says_so_on_stderr(self, arguments: list[str]) -> None:
        result = call(*arguments)

        assert result.exit_code == 2
        assert result.stdout == ""
        assert result.stderr.strip()

    def test_names_a_missing_file_in_a_sentence(self, tmp_path: Path) -> None:
        missing = tmp_path / "missing.txt"

        calls: list[list[str | Path]] = [
            ["extract", missing],
            ["build", missing, "--out", tmp_path / "out"],
            ["validate", missing],
        ]
        for arguments in calls:
            result = call(*arguments)
            assert result.exit_code == 2
            assert result.stdout == ""
            assert str(missing) in result.stderr
            assert result.stderr.count("\n") == 1
            assert "Traceback" not in result.stderr
        assert not (tmp_path / "out").exists()

    @pytest.mark.parametrize("before", [True, False])
    def test_has_a_traceback_with_debug_only(self, tmp_path: Path, before: bool) -> None:
        words = ["extract", str(tmp_path / "missing.txt")]

        plain = process(*words)
        debug = process(*(["--debug", *words] if before else [*words, "--debug"]))

        assert (plain.returncode, b"Traceback" in plain.stderr) == (2, False)
        assert b"Traceback" in debug.stderr
        assert debug.returncode != 0


class TestStartUp:
    HEAVY = ("pyarrow", "datasets", "pandas", "huggingface_hub", "polars", "duckdb", "matplotlib", "jinja2")

    @pytest.mark.parametrize(
        "arguments", [["--help"], ["extract", "-"], ["extract", "-", "--json"]], ids=" ".join
    )
    def test_imports_nothing_heavy_for_it(self, arguments: list[str]) -> None:
        code = (
            "import sys\n"
            f"sys.argv = ['build-dataset', *{arguments!r}]\n"
            "from build_dataset.cli import main\n"
            "try:\n"
            "    main()\n"
            "except SystemExit as end:\n"
            f"    heavy = [name for name in {self.HEAVY!r} if name in sys.modules]\n"
            "    print(end.code, *heavy, file=sys.stderr)\n"
        )

        done = subprocess.run(
            [sys.executable, "-c", code], input=SCHOOL.encode(), capture_output=True, check=True
        )

        assert done.stderr.decode().split() in (["0"], ["None"])


@pytest.mark.parametrize(
    ("command", "place", "said"),
    [
        (
            ["build", "seeds", "--out", "x"],
            "build_dataset.build.build",
            "Stopped. What is finished is kept; run the same command again to go on.\n",
        ),
        (["validate", "x"], "build_dataset.validate.validate", "Stopped.\n"),
    ],
)
def test_a_command_that_is_interrupted_says_so(
    command: list[str], place: str, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(place, interrupt)
    done = call(*command)

    assert (done.exit_code, done.stderr) == (130, said)
