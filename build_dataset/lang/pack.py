"""What a language must provide. Everything that differs between languages is behind these interfaces.

A pack is a subpackage of `build_dataset.lang` with one module or package a part, each part's words in YAML beside it:

============== ==========================================================================================
part           what it knows
============== ==========================================================================================
segmentation   words, sentence ends, how much of a text is in this language
metadata       how bylines, date lines, publishers and licences are worded
attribution    cues and their sources and contents; people with their roles; pronouns
quantities     numerals, units, qualifiers, the counted noun, the subject of a figure
identity       the key under which two written names can be one person
============== ==========================================================================================

Each has a function `load()`; that of attribution takes the engine which articles are read with. Where a part is a
package (metadata, quantities, English attribution), its docstring lists its modules; Chinese attribution is
`attribution.py` with the modules `attribution_*.py` beside it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib import import_module
from importlib.resources import files
from typing import Any, NamedTuple, Protocol, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from build_dataset.document import (
    ArticleMetadata,
    Document,
    Frame,
    LocalSpeaker,
    Range,
    SegmentedText,
    SourceMention,
    Token,
)
from build_dataset.errors import LanguagePackError
from build_dataset.extract.figures import Figure
from build_dataset.options import Engine
from build_dataset.schema import QuoteType


class Segmentation(Protocol):
    """Words and sentence ends of a language."""

    def evidence(self, text: str) -> float:
        """How many words of `text` are surely of this language (a number to compare packs by)."""

    def tag(self, text: str) -> str:
        """The BCP 47 tag of a text in this language (`zh-Hans`, `zh-Hant`)."""

    def tokens(self, text: str) -> list[Token]:
        """The words, numbers and marks of `text`, in order, blanks left out."""

    def words(self, tokens: Sequence[Token]) -> int:
        """How many of the tokens are words."""

    def sentence_ends(self, text: str, paragraph: Range) -> list[int]:
        """Where the sentences of a paragraph end: offsets one past the last character, closing marks included."""


class Metadata(Protocol):
    """How articles of a language word what they say of themselves."""

    def read(self, document: Document) -> ArticleMetadata:
        """Title, byline, date, publisher and licence as far as the text states them, and the lines that hold them."""


class Pronoun(NamedTuple):
    """What a pronoun can stand for; None where it does not say.

    `ending` is how the name of what is meant has to end, where the pronoun repeats its last word.
    """

    plural: bool
    person: bool | None
    female: bool | None
    ending: str | None = None


class Attribution(Protocol):
    """The grammar of reported speech and thought."""

    def frames(self, segmented: SegmentedText) -> list[Frame]:
        """Every cue of the text with its source and where its content can stand, in order of the text."""

    def people(self, segmented: SegmentedText) -> list[SourceMention]:
        """Every person or organization named in the text, with role and organization where an apposition says them."""

    def pronoun(self, mention: str) -> Pronoun | None:
        """What a mention can stand for if it is a pronoun, else None."""

    def female(self, name: str) -> bool | None:
        """What a courtesy title in a name says of the gender; None where there is none."""

    def same_name(self, short: str, full: str) -> bool:
        """Whether `short` can be a short form of the name `full` within one article ("Mr. Feng", "Feng Wei")."""

    def is_term(self, text: str, quoted: Range) -> bool:
        """Whether the words in quotation marks at `quoted` are a name or term, nobody's own words."""

    def first_person(self, text: str) -> bool:
        """Whether a passage speaks in the first person."""

    def reports(self, text: str, frame: Frame, kind: QuoteType, spans: Sequence[Range]) -> bool:
        """Whether a frame reports this content as somebody's words or thoughts, which makes it a quote.

        Args:
            text: the article's text.
            frame: what attributes the content.
            kind: whose words the content is in.
            spans: where the content stands.
        """


class Quantities(Protocol):
    """Numbers, units, and what they are figures of."""

    def figures(self, segmented: SegmentedText) -> list[Figure]:
        """Every quantity of the text, in order; those that the guidelines leave out carry the reason."""


class Identity(Protocol):
    """What makes two written names one speaker."""

    def key(self, speaker: LocalSpeaker) -> str:
        """A key that all spellings of the name share, in every language: speakers of different keys are different.

        Empty where the name identifies nobody outside its article (a surname alone, "many people", "the report").
        """

    def writes(self, name: str) -> bool:
        """Whether the name is written in this language's script."""

    def script(self, speaker: LocalSpeaker) -> str:
        """The name in the form in which two spellings of one script are equal (simplified, case folded)."""

    def roles(self, role: str) -> frozenset[str]:
        """Language-neutral concepts in the wording of a role (`founder`, `chair`); else its own words, marked `=`."""

    def organization(self, name: str) -> frozenset[str]:
        """Language-neutral distinctive words of an organization's name ("360 Group" → {"360"})."""


@dataclass(frozen=True, slots=True)
class LanguagePack:
    """A language: its code (`en`, `zh`) and its parts."""

    code: str
    segmentation: Segmentation
    metadata: Metadata
    attribution: Attribution
    quantities: Quantities
    identity: Identity


PARTS = ("segmentation", "metadata", "attribution", "quantities", "identity")

Data = TypeVar("Data", bound=BaseModel)


def load_data(model: type[Data], language: str, name: str) -> Data:
    """Read and check one YAML file of a language pack.

    Args:
        model: what the file must hold; unknown keys are errors.
        language: the pack's code.
        name: the file's name without `.yaml`.

    Raises:
        LanguagePackError: the file is missing or does not fit the model; the message names file and key.
    """
    file = files("build_dataset.lang").joinpath(language, f"{name}.yaml")
    try:
        content: Any = yaml.load(file.read_text(encoding="utf-8"), Loader=_Words)
        return model.model_validate(content)
    except (OSError, yaml.YAMLError) as error:
        raise LanguagePackError(f"lang/{language}/{name}.yaml cannot be read: {error}") from error
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(str(part) for part in first["loc"])
        raise LanguagePackError(f"lang/{language}/{name}.yaml: {key}: {first['msg']}") from error


class _Words(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]  # libyaml where compiled in
    """YAML in which `no`, `on`, `off` and `yes` are words, not truth values (they stand in our word lists)."""


_Words.yaml_implicit_resolvers = {
    first: [
        (tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:bool" or first in "tTfF"
    ]
    for first, resolvers in _Words.yaml_implicit_resolvers.items()
}


@cache
def load_pack(code: str, engine: Engine = Engine.FAST) -> LanguagePack:
    """The language pack of that code, each of its parts what `load()` of `lang/<code>/<part>` returns."""
    if engine is Engine.FAST:
        return LanguagePack(code=code, **{part: load_part(code, part) for part in PARTS})
    attribution = import_module(f"build_dataset.lang.{code}.attribution").load(engine)
    return replace(load_pack(code), attribution=attribution)


@cache
def load_part(code: str, part: str) -> Any:
    """One part of a pack, for what needs no more than that of every pack (telling languages apart, comparing names)."""
    return import_module(f"build_dataset.lang.{code}.{part}").load()


@cache
def codes() -> tuple[str, ...]:
    """The codes of all packs that are installed, sorted."""
    packages = files("build_dataset.lang").iterdir()
    return tuple(sorted(entry.name for entry in packages if entry.joinpath("segmentation.py").is_file()))
