"""plots/*.svg of a dataset folder: quotes over time, by language and type, kinds of statistics, top speakers."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from unicodedata import east_asian_width

from build_dataset.schema import QuoteType
from build_dataset.write.counts import Counts
from build_dataset.write.drawing import isolated, svg

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

FOLDER = "plots"

COLORS = dict(zip(QuoteType, ("#0072b2", "#e69f00", "#009e73"), strict=True))
"""Of the palette by Okabe and Ito, which people with any kind of colour vision tell apart."""
COLOR = COLORS[QuoteType.DIRECT]
"""Where there is only one."""

WIDTH = 8.0
ROW, HEAD, FOOT = 0.27, 0.5, 0.14
"""Inches: a row of a bar chart, what stands above the rows, and below."""
NAMES, NUMBERS = 2.6, 0.9
"""Inches to the left and to the right of the bars."""

NAME_COLUMNS = 26
"""A longer name is shortened; a Chinese character takes two columns."""
LANGUAGES = 12
LABEL_SPACE = 76
"""Characters of labels under the bars of a plot over time, the space between them included."""


@dataclass(frozen=True, slots=True)
class Plot:
    """A picture in the dataset folder."""

    path: str
    """Relative to the dataset folder, with `/`."""
    description: str
    """What it shows, for those who can't see it."""


def write_plots(folder: Path, counts: Counts) -> tuple[Plot, ...]:
    """Write the plots that have something to show into `plots/` of a dataset folder."""
    drawers = [drawer for shows, drawer in _PLOTS if shows(counts)]
    if not drawers:
        return ()
    (folder / FOLDER).mkdir(exist_ok=True)
    with isolated():
        return tuple(_write(folder, *drawer(counts)) for drawer in drawers)


def _write(folder: Path, name: str, description: str, figure: "Figure") -> Plot:
    path = f"{FOLDER}/{name}.svg"
    (folder / path).write_bytes(svg(figure))
    return Plot(path, description)


Drawn = tuple[str, str, "Figure"]
"""The name of the file, what it shows, and the picture."""


def quotes_over_time(counts: Counts) -> Drawn:
    """Quotes by day, month, year or decade and by type, as stacked columns."""
    from matplotlib.figure import Figure

    names = [period.name for period in counts.periods]
    figure = Figure((WIDTH, 3.2))
    axes = figure.add_axes((0.08, 0.12, 0.9, 0.62))
    for label, color, numbers, floor in _stacked([period.quotes for period in counts.periods]):
        # clipping each would double the file
        axes.bar(range(len(names)), numbers, 0.8, floor, color=color, label=label, clip_on=False)
    _time(axes, names)
    unit = {4: "year", 5: "decade", 7: "month", 10: "day"}[len(names[-1])]
    _head(axes, f"Quotes by {unit} of publication", legend=True)
    text = f"Quotes by {unit} of publication and type, from {names[0]} to {names[-1]}."
    return "quotes_over_time", text, figure


def _time(axes: "Axes", names: Sequence[str]) -> None:
    """Names below the columns, as many as there is room for, and round numbers beside them."""
    from matplotlib.ticker import MaxNLocator

    step = -(-len(names) * (max(map(len, names)) + 2) // LABEL_SPACE)
    axes.set_xticks(range(0, len(names), step), names[::step])
    axes.set_xlim(-0.6, max(len(names), 6) - 0.4)  # a few columns don't fill the width
    axes.yaxis.set_major_locator(MaxNLocator(4, integer=True))
    axes.yaxis.set_major_formatter("{x:,.0f}")
    axes.grid(axis="y")


def quotes_by_language(counts: Counts) -> Drawn:
    """Quotes by language and type, as stacked bars."""
    languages = dict(list(counts.language_types.items())[:LANGUAGES])
    figure, axes = _bars(list(languages), [sum(types.values()) for types in languages.values()], head=0.28)
    for label, color, numbers, floor in _stacked(list(languages.values())):
        axes.barh(range(len(languages)), numbers, 0.7, floor, color=color, label=label)
    _head(axes, "Quotes by language", legend=True)
    return "quotes_by_language", f"Quotes by language and type: {_listed(counts.quote_types)}.", figure


def _stacked(rows: Sequence[Mapping[str, int]]) -> Iterator[tuple[str, str, list[int], list[int]]]:
    """For each type of quote its name, its colour, its number in each row, and where that begins."""
    floor = [0] * len(rows)
    for quote_type, color in COLORS.items():
        numbers = [row.get(quote_type.value, 0) for row in rows]
        yield quote_type.value, color, numbers, floor
        floor = [low + number for low, number in zip(floor, numbers, strict=True)]


def statistics_by_kind(counts: Counts) -> Drawn:
    """Statistics by kind, as bars."""
    kinds = counts.statistic_kinds
    figure, axes = _bars(list(kinds), list(kinds.values()))
    axes.barh(range(len(kinds)), list(kinds.values()), 0.7, color=COLOR)
    _head(axes, "Statistics by kind")
    return "statistics_by_kind", f"Statistics by kind: {_listed(kinds)}.", figure


def top_speakers(counts: Counts) -> Drawn:
    """The most quoted, as bars."""
    numbers = [speaker.quotes for speaker in counts.speakers]
    names = [shortened(speaker.name, NAME_COLUMNS) for speaker in counts.speakers]
    figure, axes = _bars(names, numbers)
    axes.barh(range(len(names)), numbers, 0.7, color=COLOR)
    _head(axes, "Most quoted, by number of quotes")
    text = "The most quoted speakers with their number of quotes; the table below lists them."
    return "top_speakers", text, figure


_PLOTS: tuple[tuple[Callable[[Counts], object], Callable[[Counts], Drawn]], ...] = (
    # one column alone says nothing over time
    (lambda counts: len(counts.periods) > 1 and any(one.quotes for one in counts.periods), quotes_over_time),
    (lambda counts: counts.language_types, quotes_by_language),
    (lambda counts: counts.statistic_kinds, statistics_by_kind),
    (lambda counts: counts.speakers, top_speakers),
)
"""Whether there is something to show, and how."""


def _bars(names: Sequence[str], numbers: Sequence[int], head: float = 0.0) -> tuple["Figure", "Axes"]:
    """An empty chart for a horizontal bar each, its name to the left and its number to the right.

    Args:
        names: of the bars, from the top.
        numbers: how long they are.
        head: inches to add above.
    """
    from matplotlib.figure import Figure

    bars = ROW * len(names)
    height = HEAD + head + bars + FOOT
    figure = Figure((WIDTH, height))
    axes = figure.add_axes((NAMES / WIDTH, FOOT / height, (WIDTH - NAMES - NUMBERS) / WIDTH, bars / height))
    axes.set_xlim(0, max(numbers))
    axes.set_ylim(len(names) - 0.5, -0.5)
    axes.set_yticks(range(len(names)), names)
    axes.set_xticks([])
    axes.spines["bottom"].set_visible(False)
    beside = (4, 0)
    for place, number in enumerate(numbers):
        axes.annotate(
            f"{number:,}", (number, place), beside, textcoords="offset points", va="center_baseline"
        )
    return figure, axes


def _head(axes: "Axes", title: str, legend: bool = False) -> None:
    """What stands above: flush with the left edge of the picture, not of the bars."""
    figure = axes.get_figure(root=True)
    assert figure is not None
    width, height = figure.get_size_inches()
    figure.text(0.12 / width, 1 - 0.3 / height, title, size=12, weight="bold")
    if legend:
        place = (0, 1 - 0.36 / height)
        figure.legend(loc="upper left", bbox_to_anchor=place, ncols=len(COLORS), columnspacing=1.6)


def shortened(name: str, columns: int) -> str:
    """A name as one line of so many columns at most."""
    line = " ".join("".join(char if char.isprintable() else " " for char in name).split())
    taken, kept = 0, 0
    for char in line:
        taken += 2 if east_asian_width(char) in "WF" else 1
        kept += taken < columns
    return line if taken <= columns else line[:kept].rstrip() + "…"


def _listed(numbers: Mapping[str, int]) -> str:
    return ", ".join(f"{number:,} {name}" for name, number in numbers.items())
