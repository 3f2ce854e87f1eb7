"""The review page as HTML."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from jinja2 import Environment, FunctionLoader, StrictUndefined, Template

from build_dataset.errors import DatasetError
from build_dataset.examine.passages import whole_text
from build_dataset.examine.review import Review, ReviewedArticle
from build_dataset.schema import Article, Quote, Speaker, Statistic
from build_dataset.show.review.characters import on_page, seen
from build_dataset.show.review.pieces import UNSURE, Marking, Piece, doubts
from build_dataset.show.rows import Cells, filled_columns, quote_rows, statistic_rows

MOST_DOUBTS = 100
"""Doubtful records listed at the top, the least sure first."""
BEGINNING = 120
"""Characters of a quote shown where it stands in a list."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """A record that somebody should look at."""

    record: str
    """Its identifier."""
    article: int
    words: str
    reasons: str


@dataclass(frozen=True, slots=True)
class Row:
    """A record in the table below its article."""

    record: str
    """Its identifier."""
    cells: Cells
    links: Mapping[str, str]
    """Column → identifier of what its cell names."""
    doubtful: bool


@dataclass(frozen=True, slots=True)
class ArticleOnPage:
    """An article, its text in pieces and its records in rows."""

    number: int
    article: Article
    address: str | None
    """Of the article, where it is one that a browser may open."""
    whole: bool
    """Whether all of the text is there."""
    passages: list[list[Piece]]
    tables: dict[str, tuple[list[str], list[Row]]]
    """Title → columns and rows."""


@dataclass(frozen=True, slots=True)
class SpeakerOnPage:
    """Somebody who is quoted, with what is quoted on the page; None for quotes that name nobody."""

    speaker: Speaker | None
    quotes: list[tuple[str, str, str]]
    """Identifier, number and beginning of each."""


def page_path(folder: Path, out: Path | None) -> Path:
    """Where the page goes: to `out`, or beside the dataset folder.

    Raises:
        DatasetError: no file can be there, or it would be in the dataset folder, which would not be valid then.
    """
    if out is None:
        named = folder if folder.name not in ("", "..") else folder.resolve()
        return named.with_name(f"{named.name}-review.html")
    if out.resolve().is_relative_to(folder.resolve()):
        raise DatasetError(f"{out}: in the dataset folder, which lists its files; name a file outside of it")
    if out.is_dir():
        raise DatasetError(f"{out}: a folder; name a file")
    if not out.parent.is_dir():
        raise DatasetError(f"{out}: there is no folder {out.parent}")
    return out


def write_page(review: Review, path: Path) -> None:
    """Write the page: whole or not at all, and the same for the same dataset."""
    aside = path.with_name(f"{path.name}.part")
    try:
        with aside.open("w", encoding="utf-8", newline="\n") as out:
            out.writelines(_template().generate(_contents(review)))
        aside.replace(path)
    finally:
        aside.unlink(missing_ok=True)


@cache
def _template() -> Template:
    environment = Environment(
        loader=FunctionLoader(lambda name: files(__package__).joinpath(name).read_text(encoding="utf-8")),
        autoescape=True,
        finalize=on_page,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("review.html")


def _contents(review: Review) -> dict[str, Any]:
    names = {key: speaker.name for key, speaker in review.speakers.items()}
    numbers = {
        quote.quote_id: f"{place}.{number}"
        for place, one in enumerate(review.articles, start=1)
        for number, quote in enumerate(one.quotes, start=1)
    }
    doubtful = _doubtful(review.articles, numbers)
    return {
        "rows": review.rows,
        "chosen": review.chosen,
        "unsure": UNSURE,
        "doubts": doubtful[:MOST_DOUBTS],
        "more_doubts": len(doubtful[MOST_DOUBTS:]),
        "speakers": _speakers(review, numbers),
        "shown": review.as_json()["shown"],
        "headings": [(number, _heading(one)) for number, one in enumerate(review.articles, start=1)],
        "articles": (
            _article(number, one, numbers, names) for number, one in enumerate(review.articles, start=1)
        ),
    }


def _heading(one: ReviewedArticle) -> str:
    return one.article.title or one.article.source


def _doubtful(articles: Sequence[ReviewedArticle], numbers: Mapping[str, str]) -> list[Doubt]:
    found: list[tuple[float, Doubt]] = []
    for number, one in enumerate(articles, start=1):
        for quote in one.quotes:
            words = f"quote {numbers[quote.quote_id]}: {_beginning(quote.text)}"
            found.append((quote.confidence, Doubt(quote.quote_id, number, words, ", ".join(doubts(quote)))))
        for figure in one.statistics:
            reasons = ", ".join(doubts(figure))
            words = f"figure: {figure.text}"
            found.append((figure.confidence, Doubt(figure.statistic_id, number, words, reasons)))
    return [doubt for _, doubt in sorted(found, key=lambda entry: entry[0]) if doubt.reasons]


def _beginning(text: str) -> str:
    return text if len(text) <= BEGINNING else f"{text[:BEGINNING].rstrip()} …"


def _speakers(review: Review, numbers: Mapping[str, str]) -> list[SpeakerOnPage]:
    """The speakers, the most quoted first, and at the end the quotes that name nobody."""
    quoted: defaultdict[str | None, list[tuple[str, str, str]]] = defaultdict(list)
    for one in review.articles:
        for quote in one.quotes:
            entry = (quote.quote_id, numbers[quote.quote_id], _beginning(quote.text))
            quoted[quote.speaker_id].append(entry)
    nobody = quoted.pop(None, None)
    known = [SpeakerOnPage(speaker, quoted[key]) for key, speaker in sorted(review.speakers.items())]
    known.sort(key=lambda one: (-len(one.quotes), one.speaker.name if one.speaker else ""))
    return [*known, SpeakerOnPage(None, nobody)] if nobody else known


def _article(
    number: int, one: ReviewedArticle, numbers: Mapping[str, str], names: Mapping[str, str]
) -> ArticleOnPage:
    quotes = quote_rows(one.quotes, numbers, names)
    statistics = statistic_rows(one.statistics, numbers)
    return ArticleOnPage(
        number=number,
        article=one.article,
        address=_address(one.article.url),
        whole=whole_text(one.article) is not None,
        passages=Marking(one, numbers, names).passages(),
        tables={
            "Quotes": (
                filled_columns(quotes),
                [_row(*both) for both in zip(one.quotes, quotes, strict=True)],
            ),
            "Statistics": (
                filled_columns(statistics),
                [_row(*both) for both in zip(one.statistics, statistics, strict=True)],
            ),
        },
    )


def _row(record: Quote | Statistic, cells: Cells) -> Row:
    doubtful = bool(doubts(record))
    if isinstance(record, Quote):
        links = {"": f"at_{record.quote_id}", "speaker": record.speaker_id}
        identifier = record.quote_id
    else:
        links = {"text": f"at_{record.statistic_id}", "quote": record.quote_id}
        identifier = record.statistic_id
    return Row(identifier, cells, {column: to for column, to in links.items() if to}, doubtful)


def _address(url: str | None) -> str | None:
    """An address that may become a link: http or https, and no character that is not what it seems."""
    try:
        parts = urlsplit(url or "")
    except ValueError:
        return None
    opens = parts.scheme in ("http", "https") and parts.netloc and seen(url or "") == url
    return url if opens and not any(character.isspace() for character in url or "") else None
