"""Why there are these quotes and no others, to read."""

from collections.abc import Sequence

from rich.console import Console

from build_dataset.document import Evidence
from build_dataset.examine.why import Why
from build_dataset.show.extraction import print_rows


def display_why(reasons: Sequence[Why], console: Console) -> None:
    """Print what made each quote, then what was dropped and why."""
    kept = [one for one in reasons if one.reason is None]
    dropped = [one for one in reasons if one.reason is not None]
    print_rows(
        console, "Why these", [{"": str(number), **_row(one)} for number, one in enumerate(kept, start=1)]
    )
    print_rows(console, "Why not these", [{**_row(one), "reason": one.reason} for one in dropped])


def _row(one: Why) -> dict[str, str | None]:
    return {
        "rule": one.rule,
        "cue": one.cue,
        "speaker": one.speaker,
        "text": one.content,
        "tagger": None if one.evidence is None else _evidence(one.evidence),
    }


def _evidence(evidence: Evidence) -> str:
    """The log-odds that the tagger gave: of the cue, of saying, of content and source."""
    parts = [f"cue {evidence.cue:.1f}", f"saying {evidence.saying:.1f}"]
    if evidence.content:
        parts += [f"content {evidence.content:.0f}", f"source {evidence.source:.0f}"]
    return ", ".join(parts)
