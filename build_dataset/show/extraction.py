"""An extraction to read: the text with its quotes marked, then the records in tables.

    ⟦1 direct · Ana Ruiz: Rain will come on Monday,⟧

is quote 1 of the table below it; colours are added on a terminal.
"""

from collections.abc import Sequence

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from build_dataset.examine.extraction import ExtractedRecords
from build_dataset.schema import Article, Quote, QuoteType, Speaker, Statistic
from build_dataset.show.rows import Cells, filled_columns, quote_rows, statistic_rows
from build_dataset.show.terminal import one_line, visible

STYLES = {QuoteType.DIRECT: "green", QuoteType.MIXED: "cyan", QuoteType.INDIRECT: "yellow"}
FIGURE = "underline"
MARK = "dim"
CELL_WIDTH = 48
"""Longer words in a table are cut: the text above it has them in full."""
SHORT = ("", "type", "kind", "qualifier", "sure", "quote", "quotes", "value")
"""Columns that a narrow terminal does not break."""
WIDE = {"text": 18, "name": 12, "role": 10}
"""How many columns of the terminal others keep at least."""


def display(records: ExtractedRecords, console: Console) -> None:
    """Print the articles one after the other, each with its records."""
    names = {speaker.speaker_id: speaker.name for speaker in records.speakers}
    for article in records.articles:
        quotes = [quote for quote in records.quotes if quote.article_id == article.article_id]
        statistics = [one for one in records.statistics if one.article_id == article.article_id]
        console.print(_heading(article), soft_wrap=True)
        console.print(marked_text(article, quotes, statistics, names), soft_wrap=True)
        numbers = {quote.quote_id: str(number) for number, quote in enumerate(quotes, start=1)}
        print_rows(console, "Quotes", quote_rows(quotes, numbers, names))
        print_rows(console, "Statistics", statistic_rows(statistics, numbers))
    print_rows(console, "Speakers", _speakers(records.speakers))


def _heading(article: Article) -> Text:
    byline = ", ".join(f"{by.name} ({by.role})" if by.role else by.name for by in article.byline)
    stated = {
        "source": article.source,
        "language": article.language,
        "title": article.title,
        "published": article.published and article.published.isoformat(),
        "byline": byline,
        "publisher": article.publisher,
        "license": article.license,
        "url": article.url,
        "flags": ", ".join(article.flags),
    }
    lines = Text()
    for name, value in stated.items():
        if value:
            lines.append(f"{name + ':':<10} ", MARK).append(f"{one_line(value)}\n")
    return lines


def marked_text(
    article: Article, quotes: Sequence[Quote], statistics: Sequence[Statistic], names: dict[str, str]
) -> Text:
    """The article's text with a mark where each span of a quote begins and ends; figures are underlined."""
    text = article.text or ""
    shown = Text()
    starts: dict[int, list[tuple[int, Text, str]]] = {}
    for number, quote in enumerate(quotes, start=1):
        speaker = names.get(quote.speaker_id or "", "nobody named")
        label = Text(f"⟦{number} {quote.type} · {one_line(speaker)}: ", MARK)
        for span in quote.spans:
            starts.setdefault(span.start, []).append((span.end, label, STYLES[quote.type]))
    figures = {position for one in statistics for position in range(one.start, one.end)}
    open_: list[tuple[int, str]] = []
    borders = {0, len(text), *starts, *(span.end for quote in quotes for span in quote.spans)}
    borders |= {one.start for one in statistics} | {one.end for one in statistics}
    places = sorted(borders)
    for place, following in zip(places, [*places[1:], len(text)], strict=True):
        for _ in [end for end, _ in open_ if end <= place]:
            shown.append("⟧", MARK)
        open_ = [(end, style) for end, style in open_ if end > place]
        for end, label, style in sorted(starts.get(place, []), key=lambda entry: -entry[0]):
            shown.append(label)
            open_.append((end, style))
        styles = [open_[-1][1]] if open_ else []
        styles += [FIGURE] if place in figures else []
        shown.append(visible(text[place:following]), " ".join(styles))
    return shown


def print_rows(console: Console, title: str, rows: Sequence[Cells]) -> None:
    """Print rows, column name → words, as a table without the columns that nothing stands in."""
    if not rows:
        console.print(f"{title}: none\n")
        return
    columns = filled_columns(rows)
    table = Table(title=title, title_justify="left", title_style="bold", box=box.SIMPLE_HEAD, padding=(0, 1))
    for column in columns:
        table.add_column(column, overflow="fold", no_wrap=column in SHORT, min_width=WIDE.get(column))
    for row in rows:
        table.add_row(*(_cell(row[column] or "") for column in columns))
    console.print(table)


def _cell(words: str) -> Text:
    cell = Text(one_line(words))
    cell.truncate(CELL_WIDTH, overflow="ellipsis")
    return cell


def _speakers(speakers: Sequence[Speaker]) -> list[Cells]:
    return [
        {
            "name": one.name,
            "also": ", ".join(alias.name for alias in one.aliases),
            "kind": one.kind,
            "role": one.role,
            "organization": one.organization,
            "quotes": str(one.quotes),
        }
        for one in sorted(speakers, key=lambda one: (-one.quotes, one.name))
    ]
