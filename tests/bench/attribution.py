"""Attribution on annotated political news (PolNeAR), by the scorer that comes with the corpora.

    python -m tests.bench.attribution ../shared/corpora/polnear

PolNeAR annotates more than the guidelines do (plans, perceptions, nouns as content): its recall is not the dataset's.
"""

import importlib.util
import json
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

from build_dataset.document import Document, Extraction
from build_dataset.pipeline import extract_article

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


def prediction(extraction: Extraction) -> dict[str, Any]:
    """The quotes of an article in the scorer's form; one that follows another has its source."""
    quotes = []
    for quote in extraction.quotes:
        named = quote.candidate
        while named.source is None and named.follows is not None:
            named = extraction.quotes[named.follows].candidate
        source = None if named.source is None else [[named.source.start, named.source.end]]
        quotes.append({"spans": [list(span) for span in quote.candidate.spans], "source": source})
    return {"doc_id": extraction.document.source, "quotes": quotes}


def measure(folder: Path, part: str = "dev") -> dict[str, dict[str, float]]:
    """F1 by view and figure on one part of the corpus."""
    score = scorer(folder)
    gold = score.load(folder / f"{part}.jsonl")
    found = {
        name: prediction(extract_article(Document(name, article["text"]))) for name, article in gold.items()
    }
    reports = {view: score.score(gold, found, view) for view in VIEWS}
    return {view: {figure: report[figure]["f1"] for figure in FIGURES} for view, report in reports.items()}


def main() -> None:
    """Print the scores as JSON."""
    print(json.dumps(measure(Path(sys.argv[1]), *sys.argv[2:3]), indent=1))


if __name__ == "__main__":
    main()
