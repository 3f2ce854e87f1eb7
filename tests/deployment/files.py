"""The page and the files beside it, and the commands in them."""

import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "build_dataset" / "docs"
PAGE = (DOCS / "cluster.md").read_text(encoding="utf-8")
EXTERNAL = {"&&", "||", "#"}
"""Words that end a command: what follows is another, or a remark."""


def documents(name: str) -> list[Any]:
    """What a YAML file holds."""
    return list(yaml.safe_load_all((DOCS / name).read_text(encoding="utf-8")))


def ray_job() -> Any:
    """The specification of the job for KubeRay."""
    (job,) = documents("ray-job.yaml")
    return job["spec"]


def ray_groups() -> list[Any]:
    """The head and the groups of workers of its cluster."""
    cluster = ray_job()["rayClusterSpec"]
    return [cluster["headGroupSpec"], *cluster["workerGroupSpecs"]]


def container(job: Any) -> Any:
    """The one container of a Job."""
    (one,) = job["spec"]["template"]["spec"]["containers"]
    return one


def commands() -> Iterator[list[str]]:
    """Each command of ours in the page and in the YAML files, as words."""
    for block in re.findall(r"```(?:console|bash)\n(.*?)```", PAGE, re.DOTALL):
        yield from map(ours, filter(is_ours, block.splitlines()))
    yield from (ours(line) for line in re.findall(r"`([^`\n]*)`", PAGE) if is_ours(line))
    yield ours(ray_job()["entrypoint"])
    yield from (container(job)["args"] for job in documents("indexed-job.yaml"))


def is_ours(line: str) -> bool:
    """Whether there is a command of ours in a line."""
    return re.search(r"build-dataset (build|validate|publish) ", line) is not None


def ours(line: str) -> list[str]:
    """The command of ours in a line, as words."""
    words = shlex.split(line)
    words = words[words.index("build-dataset") :]
    end = next((place for place, word in enumerate(words) if word in EXTERNAL), len(words))
    return words[:end]
