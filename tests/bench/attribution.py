"""Attribution on annotated political news (PolNeAR), by the scorer that comes with the corpora.

    python -m tests.bench.attribution FOLDER [PART [ENGINE]]

reads `FOLDER/PART.jsonl` (`dev` unless named). PolNeAR annotates more than the guidelines count: scores are given with
and
without the plans, perceptions and phrases that the tagger finds and the dataset leaves out.
"""

import importlib.util
import json
import re
import sys
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

from build_dataset.document import Document, DropReason, Extraction, Range, ResolvedQuote, SourceMention
from build_dataset.options import Engine
from build_dataset.pipeline import extract_article

_THAT = re.compile(r"\bthat\W*\Z")
VIEWS = ("all", "speech", "direct")
FIGURES = ("exact", "match", "joint")


def scorer(folder: Path) -> ModuleType:
    """The corpus's own `score.py`."""
    sys.path.insert(0, str(folder))
    spec = importlib.util.spec_from_file_location("score", folder / "score.py")
    if spec is None or spec.loader is None:
        raise SystemExit(f"{folder}/score.py is not there; name the folder of the corpus")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def prediction(extraction: Extraction, *, wide: bool = True) -> dict[str, Any]:
    """What was found in an article in the scorer's form; `wide` adds attributions that the guidelines don't count."""
    found = by_cue(extraction)
    for dropped in extraction.dropped if wide else ():
        if dropped.reason is DropReason.NO_REPORT:
            _add(found, dropped.frame.cue, dropped.frame.source, dropped.spans, extraction.document.text)
    return {"doc_id": extraction.document.source, "quotes": list(found.values())}


def by_cue(extraction: Extraction) -> dict[Any, dict[str, Any]]:
    """The quotes of an article put the way PolNeAR puts attributions, by cue.

    What the guidelines count as several quotes of one cue, a paraphrase and a direct quote, is one attribution. "That"
    and what something is called are part of the content, appositions part of the source. A quote that follows
    another has its source.
    """
    found: dict[Any, dict[str, Any]] = {}
    for number, quote in enumerate(extraction.quotes):
        candidate = named = quote.candidate
        while named.source is None and named.follows is not None:
            named = extraction.quotes[named.follows].candidate
        spans = candidate.spans
        if (
            candidate.cue is not None
            and candidate.rule.endswith("naming")
            and spans[0].start > candidate.cue.end
        ):
            spans = (Range(candidate.cue.end, spans[0].end), *spans[1:])
        _add(found, key_of(quote, number), named.source, spans, extraction.document.text)
    return found


def key_of(quote: ResolvedQuote, number: int) -> Any:
    """What quotes of one attribution share: the cue, where there is one."""
    return quote.candidate.cue or number


def _add(
    found: dict[Any, dict[str, Any]],
    key: Any,
    source: SourceMention | None,
    spans: Sequence[Range],
    text: str,
) -> None:
    named = None if source is None else [list(source.phrase or source[:2])]
    one = found.setdefault(key, {"spans": [], "source": named})
    one["spans"] += [[_with_that(text, start), end] for start, end in spans]


def _with_that(text: str, start: int) -> int:
    """Where content begins if "that" before it is part of it."""
    found = _THAT.search(text, 0, start)
    return start if found is None else found.start()


def measure(
    folder: Path, part: str = "dev", *, wide: bool = True, engine: Engine = Engine.FAST
) -> dict[str, dict[str, float]]:
    """F1 by view and figure on one part of the corpus, with or without what the dataset leaves out."""
    score = scorer(folder)
    gold = score.load(folder / f"{part}.jsonl")
    found = {
        name: prediction(extract_article(Document(name, article["text"]), engine), wide=wide)
        for name, article in gold.items()
    }
    reports = {view: score.score(gold, found, view) for view in VIEWS}
    return {view: {figure: report[figure]["f1"] for figure in FIGURES} for view, report in reports.items()}


def main() -> None:
    """Print the scores as JSON: of all that is found, and of what is in the dataset."""
    folder, part = Path(sys.argv[1]), (sys.argv[2] if len(sys.argv) > 2 else "dev")
    engine = Engine(sys.argv[3]) if len(sys.argv) > 3 else Engine.FAST
    scores = {
        "all that is found": measure(folder, part, engine=engine),
        "in the dataset": measure(folder, part, wide=False, engine=engine),
    }
    print(json.dumps(scores, indent=1))


if __name__ == "__main__":
    main()
