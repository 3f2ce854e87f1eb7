"""The file of speakers who are to be left out: an identifier or a name a line."""

from pathlib import Path

from build_dataset.errors import DatasetError


def read_excluded_speakers(path: Path) -> tuple[str, ...]:
    """The identifiers (`spk_…`) and names in a file; what follows a `#`, and blank lines, are notes.

    Raises:
        DatasetError: the file cannot be read, or is not UTF-8.
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "not UTF-8"
        raise DatasetError(f"{path}: the speakers to leave out cannot be read: {reason}") from error
    entries = (" ".join(line.partition("#")[0].split()) for line in lines)
    return tuple(entry for entry in entries if entry)
