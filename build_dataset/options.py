"""What decides the records beside the sources and the version of the tool: recorded in every manifest."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any

from build_dataset.errors import DatasetError

MEGABYTE = 1_000_000


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
class Limits:
    """Bounds on what one source may cost. A source beyond one of them is skipped and named."""

    megabytes: int = 5
    """The most that one article may come in: a text, page, line, row or record, unpacked."""
    expansion: int = 100
    """How many times its own size a packed file may become."""
    nesting: int = 512
    """How deep the elements of a page may lie in each other."""
    seconds: int = 300
    """The most of the processor's time that an article may take to be read, and again to be extracted."""

    @property
    def bytes(self) -> int:
        """`megabytes` in bytes."""
        return self.megabytes * MEGABYTE


@dataclass(frozen=True, slots=True)
class Reading:
    """How sources are read; it decides which articles there are, and is recorded in the manifest."""

    limits: Limits = field(default_factory=Limits)
    columns: tuple[tuple[str, str], ...] = ()
    """Field of an article and the column that holds it, where that is not one of the usual names."""


@dataclass(frozen=True, slots=True)
class Options:
    """The options of a build."""

    engine: Engine = Engine.FAST
    text: TextPolicy = TextPolicy.FULL
    excluded: tuple[str, ...] = ()
    """Identifiers and names of speakers who are left out."""
    reading: Reading = field(default_factory=Reading)
    """How the sources are read."""

    def recorded(self, excluded: tuple[str, ...]) -> dict[str, Any]:
        """The options as a manifest has them.

        Args:
            excluded: the identifiers of the speakers who were in fact left out: a name that was to be left out
                is not published, not even here.
        """
        return {
            "engine": self.engine.value,
            "text": self.text.value,
            "limits": asdict(self.reading.limits),
            **({"columns": dict(self.reading.columns)} if self.reading.columns else {}),
            **({"exclude_speakers": list(excluded)} if excluded else {}),
        }

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
                Reading(Limits(**recorded.get("limits", {})), tuple(recorded.get("columns", {}).items())),
            )
        except (ValueError, TypeError, AttributeError) as error:
            raise DatasetError(f"manifest.json: options: {error}; another version built it") from error
