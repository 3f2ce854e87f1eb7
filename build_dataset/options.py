"""What decides the records beside the sources and the version of the tool: recorded in every manifest."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from build_dataset.errors import DatasetError


class Engine(StrEnum):
    """What reads attributions where a language has a choice; the records are of the same kind."""

    FAST = "fast"
    """A small network in exact arithmetic: the same records on every machine."""
    ACCURATE = "accurate"
    """A pretrained encoder, fine-tuned: better, slower, and equal to the last byte only on processors of one kind."""


class TextPolicy(StrEnum):
    """What of the articles' text is published. Offsets always count in the full text."""

    FULL = "full"
    """All of it."""
    EXCERPT = "excerpt"
    """The beginning of each article, and the sentences that quotes and figures stand in."""
    NONE = "none"
    """Nothing but the quotes and figures themselves."""


@dataclass(frozen=True, slots=True)
class Options:
    """The options of a build."""

    engine: Engine = Engine.FAST
    text: TextPolicy = TextPolicy.FULL
    excluded: tuple[str, ...] = ()
    """Identifiers and names of speakers who are left out."""

    def recorded(self, excluded: tuple[str, ...]) -> dict[str, Any]:
        """The options as a manifest has them.

        Args:
            excluded: the identifiers of the speakers who were in fact left out: a name that was to be left out
                is not published, not even here.
        """
        options: dict[str, Any] = {"engine": self.engine.value, "text": self.text.value}
        return options | ({"exclude_speakers": list(excluded)} if excluded else {})

    @classmethod
    def read(cls, recorded: Mapping[str, Any]) -> "Options":
        """The options that a manifest records; an older one that lacks one has its default.

        Raises:
            DatasetError: a value that this version does not know.
        """
        try:
            return cls(
                Engine(recorded.get("engine", Engine.FAST)),
                TextPolicy(recorded.get("text", TextPolicy.FULL)),
                tuple(map(str, recorded.get("exclude_speakers", ()))),
            )
        except (ValueError, TypeError) as error:
            raise DatasetError(f"manifest.json: options: {error}; another version built it") from error
