"""How likely a quote is right: content and speaker both.

A logistic model over what is known of a quote when it has been resolved: the rule that made it, its type, the sort of
its source, whether marks were broken, and how sure a tagger was. Its weights stand in `confidence.yaml`, fitted by
`tests/bench/calibrate.py` on annotated articles; a feature that the articles did not show weighs nothing.
"""

import math
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from importlib.resources import files

import yaml
from pydantic import BaseModel, ConfigDict

from build_dataset.document import Evidence, LocalSpeaker, QuoteCandidate, ResolvedQuote

_BESIDE = 6
"""Characters between cue and content that belong to the cue: a link ("that")."""
_DIGITS = 3
"""Digits of a confidence: what lies beyond would differ between the mathematical libraries of machines."""


class Weights(BaseModel):
    """`confidence.yaml`: the logarithm of the odds at the start, and what each feature adds to it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    bias: float
    features: dict[str, float]


def quote_features(text: str, quote: ResolvedQuote, speakers: Sequence[LocalSpeaker]) -> list[str]:
    """What the model looks at, as names (`rule=verb_that`, `type=direct`, `speaker=reference` …)."""
    candidate = quote.candidate
    kind = "nobody" if quote.speaker is None else speakers[quote.speaker].kind.value
    if candidate.source is not None and candidate.source.kind is None:
        kind = "reference" if quote.speaker is not None else "unresolved"
    length = sum(span.end - span.start for span in candidate.spans)
    return [
        f"rule={candidate.rule}",
        f"type={candidate.type.value}",
        f"speaker={kind}",
        f"length={min(4, length // 60)}",
        f"edges={_edges(text, candidate)}",
        *(f"flag={flag.value}" for flag in candidate.flags),
        *(_evidence_features(candidate.evidence) if candidate.evidence is not None else ()),
    ]


def _edges(text: str, candidate: QuoteCandidate) -> str:
    """Whether the content is cut out of a clause: a word stands right before or behind it."""
    start, end = candidate.spans[0].start, candidate.spans[-1].end
    goes_on = text[end : end + 1] == " " and text[end + 1 : end + 2].isalnum()
    cue = candidate.cue
    led = start > 1 and text[start - 1] == " " and text[start - 2].isalnum()
    led = led and (cue is None or start - cue.end > _BESIDE)
    return f"{'word' if led else 'mark'}-{'word' if goes_on else 'mark'}"


def _evidence_features(evidence: Evidence) -> list[str]:
    """How sure the tagger was, in a few steps."""
    return [
        f"cue={_step(evidence.cue, 1, 0, 8)}",
        f"saying={_step(evidence.saying, 2, -3, 6)}",
        f"content={_step(evidence.content, 15, 0, 4)}",
        f"source={_step(evidence.source, 2, -1, 4)}",
    ]


def _step(value: float, width: float, lowest: int, highest: int) -> int:
    return max(lowest, min(highest, math.floor(value / width)))


def with_confidence(
    text: str, quotes: Sequence[ResolvedQuote], speakers: Sequence[LocalSpeaker]
) -> tuple[ResolvedQuote, ...]:
    """The quotes, each with its confidence between 0 and 1."""
    weights = _weights()
    return tuple(
        replace(quote, confidence=confidence(quote_features(text, quote, speakers), weights))
        for quote in quotes
    )


def confidence(features: Sequence[str], weights: Weights) -> float:
    """The logistic function of the summed weights, rounded."""
    odds = weights.bias + sum(weights.features.get(name, 0.0) for name in features)
    return round(1 / (1 + math.exp(-odds)), _DIGITS)


@cache
def _weights() -> Weights:
    file = files("build_dataset.extract").joinpath("confidence.yaml")
    return Weights.model_validate(yaml.safe_load(file.read_text(encoding="utf-8")))
