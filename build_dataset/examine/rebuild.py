"""Whether a dataset can be built again: from its manifest and the sources, to the same bytes."""

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from build_dataset import __version__
from build_dataset.build import build
from build_dataset.errors import DatasetError
from build_dataset.examine.diff import Comparison, compare
from build_dataset.options import Options
from build_dataset.progress import Progress, no_progress
from build_dataset.write.manifest import read_manifest
from build_dataset.write.release import apply_release, read_release
from build_dataset.write.sources import read_sources


@dataclass(frozen=True, slots=True)
class SourceDifferences:
    """Sources that are not what the manifest says, by name."""

    changed: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    added: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rebuild:
    """A dataset, built again."""

    recorded_version: str
    """Of the tool that built it; `running_version` is that of this one."""
    running_version: str
    sources: SourceDifferences
    comparison: Comparison
    """Of the dataset with what was built now."""

    @property
    def identical(self) -> bool:
        """Whether every file has the same bytes."""
        return not self.comparison.files

    def as_json(self) -> dict[str, Any]:
        """The result as a JSON object, without the records that differ."""
        return {
            "identical": self.identical,
            "version": {"recorded": self.recorded_version, "running": self.running_version},
            "sources": asdict(self.sources),
            **self.comparison.as_json(),
        }


def other_version(folder: Path) -> str | None:
    """What to say if another version of the tool built a dataset folder; None if it was this one.

    Raises:
        DatasetError: it is no dataset folder.
    """
    recorded = _recorded_version(read_manifest(folder))
    if recorded == __version__:
        return None
    return (
        f"{folder}: built with build-dataset {recorded}, and this is {__version__}: records may differ. "
        f"`pip install build-dataset=={recorded}` for the same version"
    )


def _recorded_version(manifest: Mapping[str, Any]) -> str:
    return str(manifest.get("built_with", {}).get("build-dataset", "unknown"))


@contextmanager
def rebuild(
    folder: Path,
    inputs: Sequence[Path | str],
    *,
    workers: int = 1,
    limit: int | None = None,
    progress: Progress = no_progress,
) -> Iterator[Rebuild]:
    """Build a dataset again with the options that its manifest records, and compare.

    Every article is read again: results of earlier builds are not used.

    Args:
        folder: the dataset folder.
        inputs: files, folders, patterns with the sources that it was built from.
        workers: number of processes.
        limit: how many records of each kind of change in each table can be listed at most.
        progress: told how far the build is.

    Yields:
        The result; records that differ can be read until the context ends.

    Raises:
        DatasetError: it is no dataset folder, or none of its sources is in `inputs`.
    """
    manifest = read_manifest(folder)
    with tempfile.TemporaryDirectory(prefix="build-dataset-") as aside:
        options = Options.read(manifest.get("options", {}))
        report = build(
            inputs,
            Path(aside, "rebuilt"),
            workers=workers,
            options=options,
            without=folder,
            progress=progress,
        )
        if report.findings:
            raise DatasetError(f"the records built now break the rules: {report.findings[0]}")
        recorded, found = _sources(folder), _sources(report.folder)
        if recorded and recorded.keys().isdisjoint(found):
            given = ", ".join(map(str, inputs))
            raise DatasetError(
                f"none of the {len(recorded):,} sources of {folder} is in {given}; name where they are with --inputs"
            )
        release = read_release(folder)
        if release is not None:
            apply_release(report.folder, release)
        with compare(folder, report.folder, limit) as comparison:
            yield Rebuild(
                _recorded_version(manifest), __version__, compare_sources(recorded, found), comparison
            )


def _sources(folder: Path) -> dict[str, str]:
    """The sources that a dataset folder was built from: name → SHA-256."""
    return {entry["source"]: entry["sha256"] for entry in read_sources(folder, read_manifest(folder))}


def compare_sources(then: Mapping[str, str], now: Mapping[str, str]) -> SourceDifferences:
    """Compare sources with those that a manifest lists, both as name → SHA-256."""
    return SourceDifferences(
        changed=tuple(name for name, digest in then.items() if now.get(name, digest) != digest),
        missing=tuple(name for name in then if name not in now),
        added=tuple(name for name in now if name not in then),
    )
