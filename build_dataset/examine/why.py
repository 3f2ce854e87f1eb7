"""Why each quote is one, and why something that looked like one is none."""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from build_dataset.document import DroppedQuote, Evidence, Extraction, Range, SourceMention
from build_dataset.schema import Quote

_LONGEST_PLACE = 60
"""Characters of the text shown behind a cue that nothing was found beside."""


class Why(NamedTuple):
    """One quote, or one thing that was dropped.

    `rule` is what made it: the tagger, a rule of the grammar, or both. `evidence` is what the tagger said of it, as
    log-odds.
    """

    source: str
    quote_id: str | None
    cue: str | None
    speaker: str | None
    content: str
    rule: str
    evidence: Evidence | None
    reason: str | None

    def as_json(self) -> dict[str, Any]:
        """The fields, what is not known left out."""
        fields = self._asdict() | {"evidence": None}
        if self.evidence is not None:
            rounded = {name: round(value, 2) for name, value in self.evidence._asdict().items()}
            fields["evidence"] = rounded | {"asserted": self.evidence.asserted}
        return {name: value for name, value in fields.items() if value is not None}


def explain(extraction: Extraction, quotes: Sequence[Quote]) -> Iterator[Why]:
    """Why the quotes of an article are there, in order, then why others are not.

    Args:
        extraction: what the article gave.
        quotes: its records.
    """
    text, source = extraction.document.text, extraction.document.source
    by_spans = {tuple((span.start, span.end) for span in quote.spans): quote.quote_id for quote in quotes}
    for one in extraction.quotes:
        candidate = one.candidate
        yield Why(
            source=source,
            quote_id=by_spans.get(tuple((start, end) for start, end in candidate.spans)),
            cue=_words(text, candidate.cue),
            speaker=_name(candidate.source),
            content=" ".join(text[start:end] for start, end in candidate.spans),
            rule=candidate.rule,
            evidence=candidate.evidence,
            reason=None,
        )
    yield from (_dropped(text, source, one) for one in extraction.dropped)


def _dropped(text: str, source: str, one: DroppedQuote) -> Why:
    frame = one.frame
    spans = one.spans or tuple(part for part in (frame.before, frame.after) if part is not None)
    words = " ".join(text[start:end] for start, end in spans)
    return Why(
        source=source,
        quote_id=None,
        cue=_words(text, frame.cue),
        speaker=_name(frame.source),
        content=words or text[frame.clause.end : frame.clause.end + _LONGEST_PLACE].strip() + " …",
        rule=frame.rule,
        evidence=frame.evidence,
        reason=one.reason.value,
    )


def _words(text: str, place: Range | None) -> str | None:
    return None if place is None else text[place.start : place.end]


def _name(mention: SourceMention | None) -> str | None:
    return None if mention is None else mention.name
