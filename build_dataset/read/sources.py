"""From what a user names (files, folders, patterns, addresses) to the files to read.

The list does not depend on the order of the inputs, and a file that is reached in two ways is read once.
Hidden files and folders inside a named folder are left out, as a shell's `*` does.
"""

import glob
import os
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath

from build_dataset.errors import DatasetError
from build_dataset.read.location import find_files, is_address, trouble
from build_dataset.read.reader import SkippedSource, SourceFile


@dataclass(frozen=True, slots=True)
class Sources:
    """What is to be read, sorted by name, and what cannot be, with the reason."""

    files: tuple[SourceFile, ...]
    skipped: tuple[SkippedSource, ...]


@dataclass(frozen=True, slots=True)
class _Found:
    """A file under an input's root; `real` is where it lies without symbolic links."""

    location: str
    real: str
    relative: PurePath
    named: bool
    trouble: str | None = None


def find_sources(inputs: Iterable[str | Path], without: Path | None = None) -> Sources:
    """List the files of files, folders and patterns (`news/**/*.txt`).

    Args:
        inputs: what the user names.
        without: a folder to leave out, such as the one that is written.

    Raises:
        DatasetError: an input does not exist, or a pattern matches nothing.
    """
    by_real_path: dict[str, _Found] = {}
    outside = os.path.join(os.path.realpath(without), "") if without else None  # noqa: PTH118 - a prefix, with its /
    for given in inputs:
        for found in _expand(given):
            if outside and found.real.startswith(outside):
                continue
            known = by_real_path.get(found.real)
            if known is None or _preference(found) < _preference(known):
                by_real_path[found.real] = found
    listed = sorted(
        (_file(found, source) for found, source in _named_apart(list(by_real_path.values()))),
        key=lambda file: file.source,
    )
    return Sources(
        tuple(file for file in listed if isinstance(file, SourceFile)),
        tuple(skip for skip in listed if isinstance(skip, SkippedSource)),
    )


def _preference(found: _Found) -> tuple[int, str, bool]:
    """Of two ways to one file, the one that gives it the longer name: the order of the inputs is nothing."""
    return -len(found.relative.parts), str(found.relative), not found.named


def _expand(given: str | Path) -> Iterator[_Found]:
    if is_address(str(given)):
        for address, relative in find_files(str(given)):
            yield _Found(address, address, PurePath(relative), False)
        return
    path = Path(given)
    if os.path.lexists(path):
        yield from (
            _walk(path)
            if path.is_dir()
            else [_Found(str(path), os.path.realpath(path), PurePath(path.name), True)]
        )
        return
    pattern = str(given)
    matches = glob.glob(pattern, recursive=True) if glob.has_magic(pattern) else []  # noqa: PTH207 - Path.glob wants a root
    if not matches:
        raise DatasetError(f"{given}: no such file or folder")
    root = _pattern_root(path)
    for match in map(Path, matches):
        if not match.is_dir():
            yield _Found(str(match), os.path.realpath(match), match.relative_to(root), True)


def _pattern_root(pattern: Path) -> Path:
    """The folder in front of a pattern's first wildcard."""
    fixed = []
    for part in pattern.parts[:-1]:
        if glob.has_magic(part):
            break
        fixed.append(part)
    return Path(*fixed)


def _walk(root: Path) -> Iterator[_Found]:
    """The files under a folder; symbolic links are followed, each folder is entered once."""
    entered: set[str] = set()
    waiting = [(root, os.path.realpath(root))]
    while waiting:
        folder, real_folder = waiting.pop()
        if real_folder in entered:
            continue
        entered.add(real_folder)
        try:
            with os.scandir(folder) as listing:
                entries = sorted(listing, key=lambda entry: entry.name)
        except OSError as error:
            yield _Found(str(folder), real_folder, folder.relative_to(root), False, trouble(error))
            continue
        for entry in entries:
            if entry.name.startswith("."):
                continue
            path = folder / entry.name
            real = os.path.realpath(path) if entry.is_symlink() else os.path.join(real_folder, entry.name)  # noqa: PTH118 - a real path is a string here
            if _is_folder(entry):
                waiting.append((path, real))
            else:
                yield _Found(str(path), real, path.relative_to(root), False)


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a link to itself
        return False


def _named_apart(found: Sequence[_Found]) -> Iterator[tuple[_Found, str]]:
    """Each file with its name: the path under its input's root, longer where two files would share one."""
    groups: dict[str, list[_Found]] = defaultdict(list)
    for one in found:
        groups[_printable(one.relative)].append(one)
    for name, same in groups.items():
        if len(same) == 1:
            yield same[0], name
            continue
        for one, parts in zip(
            same, _shortest_endings([PurePath(one.real).parts for one in same]), strict=True
        ):
            yield one, _printable(PurePath(*parts))


def _shortest_endings(paths: Sequence[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """The shortest endings of different paths by which all of them differ."""
    length = 1
    while len({path[-length:] for path in paths}) < len(paths):
        length += 1
    return [path[-length:] for path in paths]


def _printable(path: PurePath) -> str:
    """A path as it is published: with `/`, and with bytes that are not UTF-8 written out."""
    return os.fsencode(path.as_posix()).decode("utf-8", "backslashreplace")


def _file(found: _Found, source: str) -> SourceFile | SkippedSource:
    if found.trouble:
        return SkippedSource(source, found.trouble)
    if not is_address(found.location):
        path = Path(found.location)
        try:
            regular = path.is_file()
        except OSError as error:
            return SkippedSource(source, trouble(error))
        if not regular:
            reason = "a link that leads nowhere" if path.is_symlink() else "not a regular file"
            return SkippedSource(source, reason)
    return SourceFile(found.location, source, found.relative.name, found.named)
