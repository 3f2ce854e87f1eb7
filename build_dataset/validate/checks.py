"""What is always true of an article with its quotes and statistics: one function a check.

A check looks at one `Block` and yields a `Violation` for each thing that is wrong. Its name is the code of
the finding, its docstring says what it protects. The text of an article may be missing (a build can leave
texts out, or all but an excerpt); then what needs it is not checked.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from pydantic import ValidationError

from build_dataset.schema import TABLES, ArticleFlag, ChangeRole
from build_dataset.schema.derived import KEYS
from build_dataset.schema.identifiers import (
    article_identifier,
    quote_identifier,
    statistic_identifier,
    text_sha256,
)

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Block:
    """An article and the rows that belong to it, as they were read from the files."""

    article: Row
    quotes: Sequence[Row]
    statistics: Sequence[Row]
    text: str | None
    """The whole text, which offsets count in; None where the build left it out and nobody holds it."""


class Violation(NamedTuple):
    """What is wrong with one row."""

    table: str
    record: str
    message: str


Check = Callable[[Block], Iterator[Violation]]
CHECKS: list[Check] = []
"""All checks of a block, in the order in which they are defined."""


def check(function: Check) -> Check:
    """Register a check."""
    CHECKS.append(function)
    return function


def misfit(table: str, row: Row) -> Violation | None:
    """What keeps a row from being a record of its table: a pattern, a range, a value not in the list."""
    try:
        TABLES[table].model_validate(row)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        field = ".".join(str(part) for part in first["loc"])
        return Violation(table, str(row[KEYS[table]]), f"{field}: {first['msg']}")
    return None


@check
def records_fit_the_schema(block: Block) -> Iterator[Violation]:
    """Every value is one that the record types allow: enumerations, patterns, ranges."""
    for table, rows in (
        ("articles", [block.article]),
        ("quotes", block.quotes),
        ("statistics", block.statistics),
    ):
        for row in rows:
            violation = misfit(table, row)
            if violation:
                yield violation


@check
def articles_are_identified_by_their_text(block: Block) -> Iterator[Violation]:
    """The same text has the same identifier and hash in every build."""
    article = block.article
    if not article["text_sha256"].startswith(article["article_id"].removeprefix("art_")):
        yield Violation("articles", article["article_id"], "article_id is not what text_sha256 gives")
    if block.text is None:
        return
    if article["text_sha256"] != text_sha256(block.text):
        yield Violation("articles", article["article_id"], "text_sha256 is not the hash of text")
    if article["article_id"] != article_identifier(block.text):
        yield Violation("articles", article["article_id"], "article_id is not what the text gives")


@check
def sources_are_listed(block: Block) -> Iterator[Violation]:
    """All sources of a text can be found, each once, and the one that it is named by is the first of them."""
    article = block.article
    if article["sources"][:1] != [article["source"]]:
        yield Violation("articles", article["article_id"], "sources does not begin with source")
    if len(set(article["sources"])) != len(article["sources"]):
        yield Violation("articles", article["article_id"], "sources names one twice")


@check
def excerpts_are_beginnings(block: Block) -> Iterator[Violation]:
    """What a build leaves of a text is its beginning, so that offsets into it still hold."""
    article = block.article
    part, whole = article["text"], block.text
    if part is None or ArticleFlag.EXCERPT not in article["flags"]:
        return
    if len(part) >= max(article["characters"], 1) or (whole is not None and not whole.startswith(part)):
        yield Violation("articles", article["article_id"], "text is no excerpt of the whole text")


@check
def characters_are_counted(block: Block) -> Iterator[Violation]:
    """Lengths are in the unit that spans count in: code points."""
    article = block.article
    if block.text is not None and article["characters"] != len(block.text):
        message = f"characters is {article['characters']}, but text has {len(block.text)}"
        yield Violation("articles", article["article_id"], message)


@check
def quotes_are_grounded(block: Block) -> Iterator[Violation]:
    """The text of a quote is exactly what its spans cut out of the article, joined with one space."""
    if block.text is None:
        return
    for quote in block.quotes:
        spans = [(span["start"], span["end"]) for span in quote["spans"]]
        problem = _misplaced(spans, len(block.text))
        if problem:
            yield Violation("quotes", quote["quote_id"], problem)
        elif quote["text"] != " ".join(block.text[start:end] for start, end in spans):
            yield Violation("quotes", quote["quote_id"], "text is not what spans cut out of the article")


def _misplaced(spans: Sequence[tuple[int, int]], length: int) -> str | None:
    """What is wrong with the order or the borders of spans."""
    last = 0
    for start, end in spans:
        if not last <= start < end <= length:
            return f"span {start}–{end} is empty, out of order or outside the text of {length} characters"
        last = end
    return None


@check
def mentions_and_cues_are_grounded(block: Block) -> Iterator[Violation]:
    """The words that name the source and those that attribute stand where the record says."""
    if block.text is None:
        return
    for quote in block.quotes:
        for part in ("mention", "cue"):
            mention = quote[part]
            if mention and mention["text"] != block.text[mention["start"] : mention["end"]]:
                yield Violation(
                    "quotes", quote["quote_id"], f"{part}: text is not what the article has there"
                )


@check
def contexts_are_grounded(block: Block) -> Iterator[Violation]:
    """A context is a passage of the article, near the record that it is the context of."""
    if block.text is None:
        return
    for quote in block.quotes:
        if not quote["spans"]:
            continue
        first, last = quote["spans"][0]["start"], quote["spans"][-1]["end"]
        if not _is_context(block.text, quote, first, last):
            yield Violation(
                "quotes", quote["quote_id"], "context does not stand round the quote in the article"
            )
    for row in block.statistics:
        if not _is_context(block.text, row, row["start"], row["end"]):
            yield Violation("statistics", row["statistic_id"], "context does not stand round the figure")


def _is_context(text: str, row: Row, start: int, end: int) -> bool:
    """Whether the context touches a range; a build may leave no more of it than the record's own words.

    Looks no further than the length of the context.
    """
    context = row["context"]
    near = text.find(context, max(0, start - len(context)), end + len(context)) >= 0
    return near or context == row["text"]


@check
def quotes_are_identified_by_their_content(block: Block) -> Iterator[Violation]:
    """The same quote has the same identifier in every build."""
    for quote in block.quotes:
        spans = [(span["start"], span["end"]) for span in quote["spans"]]
        if quote["quote_id"] != quote_identifier(quote["article_id"], spans):
            yield Violation("quotes", quote["quote_id"], "quote_id is not what article and spans give")


@check
def quotes_have_the_language_of_their_article(block: Block) -> Iterator[Violation]:
    """The language in a quote's row can be trusted without looking at its article."""
    for quote in block.quotes:
        if quote["language"] != block.article["language"]:
            yield Violation(
                "quotes", quote["quote_id"], f"language is {quote['language']}, the article's another"
            )


@check
def statistics_are_grounded(block: Block) -> Iterator[Violation]:
    """The published text of a statistic is exactly what its span cuts out of the article."""
    if block.text is None:
        return
    for row in block.statistics:
        problem = _misplaced([(row["start"], row["end"])], len(block.text))
        if problem:
            yield Violation("statistics", row["statistic_id"], problem)
        elif row["text"] != block.text[row["start"] : row["end"]]:
            yield Violation(
                "statistics", row["statistic_id"], "text is not what the span cuts out of the article"
            )


@check
def words_about_statistics_are_grounded(block: Block) -> Iterator[Violation]:
    """Subject, period and comparison of a statistic stand where the record says."""
    if block.text is None:
        return
    for row in block.statistics:
        places = {
            "subject": (row["subject"], row["subject_span"]),
            **{part: (row[part] and row[part]["text"], row[part]) for part in ("period", "comparison")},
        }
        for part, (words, place) in places.items():
            there = block.text[place["start"] : place["end"]] if place else None
            if words != there:
                message = f"{part}: text is not what the article has there"
                yield Violation("statistics", row["statistic_id"], message)


@check
def changes_are_whole(block: Block) -> Iterator[Violation]:
    """A figure of a change says what it is in it, and a change has one beginning, one end and one direction."""
    seen: set[tuple[str, str]] = set()
    directions: dict[str, str | None] = {}
    for row in block.statistics:
        change, role = row["change_id"], row["change_role"]
        if (change is None) != (role is None) or (change is None and row["change_direction"] is not None):
            message = "change_id and change_role belong together"
        elif change is None:
            continue
        elif role != ChangeRole.BY and (change, role) in seen:
            message = f"{change} has two figures for {role}"
        elif directions.setdefault(change, row["change_direction"]) != row["change_direction"]:
            message = f"{change} goes both ways"
        else:
            seen.add((change, role))
            continue
        yield Violation("statistics", row["statistic_id"], message)


@check
def statistics_are_identified_by_their_content(block: Block) -> Iterator[Violation]:
    """The same statistic has the same identifier in every build."""
    for row in block.statistics:
        if row["statistic_id"] != statistic_identifier(row["article_id"], row["start"], row["end"]):
            yield Violation(
                "statistics", row["statistic_id"], "statistic_id is not what article and span give"
            )


@check
def statistics_lie_in_their_quotes(block: Block) -> Iterator[Violation]:
    """A statistic with a quote lies inside one of its spans and has its speaker; without one, it has none."""
    quotes = {quote["quote_id"]: quote for quote in block.quotes}
    for row in block.statistics:
        if row["quote_id"] is None:
            if row["speaker_id"] is not None:
                yield Violation("statistics", row["statistic_id"], "speaker_id without quote_id")
            continue
        quote = quotes.get(row["quote_id"])
        if quote is None:
            message = f"quote_id {row['quote_id']} is no quote of the article"
        elif not any(span["start"] <= row["start"] and row["end"] <= span["end"] for span in quote["spans"]):
            message = f"does not lie inside {row['quote_id']}"
        elif row["speaker_id"] != quote["speaker_id"]:
            message = f"speaker_id is not that of {row['quote_id']}"
        else:
            continue
        yield Violation("statistics", row["statistic_id"], message)


@check
def ranges_are_ordered(block: Block) -> Iterator[Violation]:
    """The lower end of a range is `value`, the upper `value_max`."""
    for row in block.statistics:
        if row["value_max"] is not None and row["value"] > row["value_max"]:
            message = f"value {row['value']} is greater than value_max {row['value_max']}"
            yield Violation("statistics", row["statistic_id"], message)


@check
def identifiers_are_unique(block: Block) -> Iterator[Violation]:
    """A key names one row. Those of quotes and statistics need be unique only in their article."""
    for table, rows in (("quotes", block.quotes), ("statistics", block.statistics)):
        seen: set[str] = set()
        for row in rows:
            key = row[KEYS[table]]
            if key in seen:
                yield Violation(table, key, "stands in the table twice")
            seen.add(key)
