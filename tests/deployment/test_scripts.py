"""The scripts for Slurm hand on what they were given, and count from 0."""

from pathlib import Path

import pytest

from tests.deployment.slurm import ONE_TASK, SAY, put_on_path, run, run_array

WORDS = ["news/**/*.jsonl", "--out", "my set"]


@pytest.mark.parametrize("array", [range(4), range(1, 5), range(2, 9, 2), range(7, 8)])
def test_an_array_counts_from_0(array: range, tmp_path: Path) -> None:
    environment = put_on_path(tmp_path / "bin", "build-dataset", SAY)

    given = [done.stdout.splitlines() for done in run_array(WORDS, environment, array)]

    of = ["--num-shards", str(len(array))]
    shares = [["--workers", "1", "--shard-index", str(index), *of] for index in range(len(array))]
    assert given == [["build", *WORDS, *share] for share in shares]


def test_what_finishes_has_the_same_words(tmp_path: Path) -> None:
    environment = put_on_path(tmp_path / "bin", "build-dataset", SAY)

    given = run("finish.sbatch", WORDS, environment | {"SLURM_CPUS_PER_TASK": "4"})

    assert given.stdout.splitlines() == ["build", *WORDS, "--workers", "4", "--finish"]


@pytest.mark.parametrize("script", ["array.sbatch", "finish.sbatch"])
def test_a_failure_is_told(script: str, tmp_path: Path) -> None:
    environment = put_on_path(tmp_path / "bin", "build-dataset", "exit 2")

    assert run(script, WORDS, environment | ONE_TASK).returncode == 2


def test_both_are_submitted_in_order(tmp_path: Path) -> None:
    """`sbatch --parsable` prints the number of the job, and the cluster if there are several."""
    environment = put_on_path(tmp_path / "bin", "sbatch", f"{SAY} >> {tmp_path}/given; echo '17;big'")

    run("submit.sh", WORDS, environment)

    given = (tmp_path / "given").read_text(encoding="utf-8").splitlines()
    array, finish = given[: len(WORDS) + 2], given[len(WORDS) + 2 :]
    assert array[0] == "--parsable"
    assert Path(array[1]).name == "array.sbatch"
    assert finish[0] == "--dependency=afterany:17"
    assert Path(finish[1]).name == "finish.sbatch"
    assert array[2:] == finish[2:] == WORDS
