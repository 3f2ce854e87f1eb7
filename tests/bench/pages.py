"""How well article pages are read: titles, days, authors and bodies, beside plain trafilatura on the same pages.

    python -m tests.bench.pages [--pages FOLDER] [--half development|held-out] [--errors]

The pages are real and belong to their publishers, so the repository does not carry them: FOLDER has for every page
`NAME.html.gz`, `NAME.json` with what a careful reader gets from it, and one line of `index.jsonl` with its encoding.
Rules were made looking at the errors of one half of the pages only; the other half says what they are worth elsewhere.
What counts is what a build publishes, so ours is measured on the metadata of the whole extraction.
"""

import argparse
import gzip
import hashlib
import json
import re
import sys
import time
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich import box
from rich.console import Console
from rich.table import Table

from build_dataset.document import Document
from build_dataset.errors import SourceError
from build_dataset.pipeline import extract_article
from build_dataset.read.html import read_page

PAGES = Path("../shared/inputs/html")
WRITERS = {"author", "reporter"}
"""The roles that the expected authors have."""
_TOKEN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]|[^\W_\u3400-\u4dbf\u4e00-\u9fff]+")
_DELETED = re.compile(r"[^\w]+")


@dataclass(frozen=True, slots=True)
class Expected:
    """A page with what a careful reader gets from it."""

    name: str
    html: str
    url: str | None
    answers: dict[str, Any]

    @property
    def language(self) -> str:
        """`en` or `zh`."""
        return str(self.answers["language"])[:2]

    @property
    def held_out(self) -> bool:
        """Whether the page belongs to the half that nobody looks at when making rules."""
        return hashlib.sha256(self.name.encode()).digest()[0] % 2 == 1


@dataclass(frozen=True, slots=True)
class Answer:
    """What a reader made of a page."""

    title: str = ""
    authors: tuple[str, ...] = ()
    date: str = ""
    body: str = ""


Reader = Callable[[Expected], Answer]


def load_pages(folder: Path) -> list[Expected]:
    """All pages of a folder, in the order of its index."""
    pages = []
    for line in (folder / "index.jsonl").read_text(encoding="utf-8").splitlines():
        entry = json.loads(line)
        content = gzip.decompress((folder / entry["file"]).read_bytes())
        answers = json.loads((folder / entry["expected"]).read_text(encoding="utf-8"))
        name = entry["file"].removesuffix(".html.gz")
        html = content.decode(entry["encoding"], "replace")
        pages.append(Expected(name, html, entry["url"], answers))
    return pages


def ours(page: Expected) -> Answer:
    """What this package publishes of a page."""
    try:
        read = read_page(page.html, page.url)
    except SourceError:
        return Answer()
    metadata = extract_article(Document(page.name, read.text, read.metadata, read.flags)).metadata
    writers = (byline.name for byline in metadata.byline if byline.role in WRITERS)
    day = metadata.published.isoformat() if metadata.published else ""
    return Answer(metadata.title or "", tuple(writers), day, read.text)


def plain_trafilatura(page: Expected) -> Answer:
    """What trafilatura gives as it comes, without comments."""
    from trafilatura import bare_extraction

    found = bare_extraction(page.html, url=page.url, include_comments=False, with_metadata=True)
    if found is None or isinstance(found, dict):
        return Answer()
    authors = tuple(name.strip() for name in (found.author or "").split(";") if name.strip())
    return Answer(found.title or "", authors, found.date or "", found.text or "")


# ── scores ──


def tokens(text: str) -> Counter[str]:
    """Words of scripts that part them by blanks, characters of those that do not."""
    return Counter(_TOKEN.findall(unicodedata.normalize("NFKC", text).casefold()))


def body_f1(text: str, blocks: Iterable[str]) -> float:
    """The harmonic mean of precision and recall of tokens."""
    found, expected = tokens(text), tokens("\n".join(blocks))
    common = (found & expected).total()
    return 2 * common / (found.total() + expected.total()) if common else 0.0


def same(one: str, other: str) -> bool:
    """Whether two titles or names are the same but for marks, blanks and case."""
    return folded(one) == folded(other)


def folded(words: str) -> str:
    """Letters and digits alone."""
    return _DELETED.sub("", unicodedata.normalize("NFKC", words).casefold())


def score(page: Expected, answer: Answer) -> dict[str, float]:
    """1 or 0 for title, date and authors, the F1 of the body; what nobody knows of a page is left out."""
    answers = page.answers
    scores: dict[str, float] = {}
    if answers["title"] is not None:
        titles = [answers["title"], *answers.get("title_also", [])]
        scores["title"] = any(same(answer.title, title) for title in titles)
    if answers["date"] is not None:
        scores["date"] = answer.date == answers["date"]
    if answers["authors"] is not None:
        scores["authors"] = sorted(map(folded, answer.authors)) == sorted(map(folded, answers["authors"]))
    if answers.get("body"):
        scores["body"] = body_f1(answer.body, answers["body"])
    else:
        found = "".join(answer.body.split())
        for key in ("must_have", "must_not_have"):
            parts = ["".join(part.split()) for part in answers.get(key, [])]
            if parts:
                kept = sum(part in found for part in parts) / len(parts)
                scores[key] = kept if key == "must_have" else 1 - kept
    return scores


MEASURES = ("title", "date", "authors", "body", "must_have", "must_not_have")
GROUPS: dict[str, Callable[[Expected], bool]] = {
    "en": lambda page: page.language == "en",
    "zh": lambda page: page.language == "zh",
    "all": lambda page: True,
}


@dataclass(frozen=True, slots=True)
class Measured:
    """The scores of a reader for each page, and how many pages it reads a second."""

    scores: dict[str, dict[str, float]]
    answers: dict[str, Answer]
    rate: float

    def mean(self, pages: Iterable[Expected], measure: str) -> float | None:
        """The mean of a measure over the pages that have it."""
        values = [self.scores[page.name][measure] for page in pages if measure in self.scores[page.name]]
        return sum(values) / len(values) if values else None


def measure(pages: Sequence[Expected], reader: Reader) -> Measured:
    """Read all pages, the first one twice: what is loaded once is not counted."""
    reader(pages[0])
    started = time.process_time()
    answers = {page.name: reader(page) for page in pages}
    rate = len(pages) / (time.process_time() - started)
    return Measured({page.name: score(page, answers[page.name]) for page in pages}, answers, rate)


def report(pages: Sequence[Expected], readers: dict[str, Measured]) -> Table:
    """Every measure by language, reader beside reader."""
    first, *others = readers.values()
    ratio = ", ".join(f"{first.rate / other.rate:.2f} times as fast" for other in others)
    table = Table(box=box.SIMPLE_HEAD, title=f"{len(pages)} pages; {ratio}")
    table.add_column("")
    for name in readers:
        for group in GROUPS:
            table.add_column(f"{name}\n{group}", justify="right")
    for each in MEASURES:
        row = []
        for measured in readers.values():
            for belongs in GROUPS.values():
                mean = measured.mean(filter(belongs, pages), each)
                row.append("–" if mean is None else f"{mean:.3f}")
        table.add_row(each, *row)
    return table


def errors(pages: Iterable[Expected], measured: Measured) -> Iterable[str]:
    """A line for each wrong answer."""
    for page in pages:
        answer = measured.answers[page.name]
        for each, value in measured.scores[page.name].items():
            if each in ("title", "date", "authors") and not value:
                yield f"{page.name}: {each} {getattr(answer, each)!r}, expected {page.answers[each]!r}"
            elif value < 0.95:
                yield f"{page.name}: {each} {value:.3f}"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--pages", type=Path, default=PAGES)
    parser.add_argument("--half", choices=["development", "held-out"])
    parser.add_argument("--errors", action="store_true", help="print a line for each wrong answer")
    options = parser.parse_args()
    if not (options.pages / "index.jsonl").is_file():
        sys.exit(f"{options.pages}: no index.jsonl there; name the folder of the pages with --pages")
    pages = load_pages(options.pages)
    readers = {
        "ours": measure(pages, ours),
        "trafilatura": measure(pages, plain_trafilatura),
    }
    halves = {
        "development": [page for page in pages if not page.held_out],
        "held-out": [page for page in pages if page.held_out],
    }
    console = Console(width=110)
    for half, chosen in halves.items():
        if options.half in (None, half):
            console.print(f"[bold]{half} half[/bold]")
            console.print(report(chosen, readers))
            if options.errors:
                console.print("\n".join(errors(chosen, readers["ours"])), markup=False)
    if options.half is None:
        console.print(report(pages, readers))


if __name__ == "__main__":
    main()
