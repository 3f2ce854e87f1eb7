"""Texts by their hash: for a dataset that was published without them, and somebody who holds them."""

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from build_dataset.document import Document
from build_dataset.options import Reading
from build_dataset.read.contents import parts, read_part
from build_dataset.read.reader import Part
from build_dataset.read.sources import find_sources
from build_dataset.schema.identifiers import text_sha256


class HeldTexts:
    """The texts in some files, folders and patterns; only where each stands is kept in memory."""

    def __init__(
        self,
        inputs: Sequence[Path | str],
        reading: Reading = Reading(),  # noqa: B008 - immutable
    ) -> None:
        """List the texts.

        Args:
            inputs: where they are.
            reading: how they are read: as the build did that the dataset is from.

        Raises:
            DatasetError: an input does not exist.
        """
        self._reading = reading
        self._places: dict[str, Part] = {}
        for file in find_sources(inputs).files:
            for part in parts(file):
                if isinstance(part, Part):
                    self._places |= dict.fromkeys(_texts(part, reading), part)

    def __call__(self, digest: str) -> str | None:
        """The text with a `text_sha256`, or None."""
        part = self._places.get(digest)
        return _texts(part, self._reading).get(digest) if part else None


@lru_cache(maxsize=8)
def _texts(part: Part, reading: Reading) -> dict[str, str]:
    found = read_part(part, reading)
    return {text_sha256(one.text): one.text for one in found if isinstance(one, Document)}
