"""What was measured of large builds, written down: the runs, and what corpora that are known would take."""

from dataclasses import dataclass, field

from tests.bench.process_tree import Usage

CORES = 2
"""So many workers, tasks or shares at a time."""
SHARES, FINISH = "array, shares", "array, finish"

DESCRIBED = {
    "one": "one process",
    "local": "two workers",
    "ray": "Ray on this machine, two tasks at a time",
    SHARES: "an array, two shares at a time",
    FINISH: "… its shards put together",
}

PRICE = 0.05
"""Dollars for an hour of one core. An assumption: on demand, a machine with 2 virtual CPUs and 8 GB costs 0.08 to 0.10
dollars an hour (Amazon m7g.large and m7i.large, us-east-1, 2026)."""

QUOTEBANK = 196_000_000
"""English articles of 2008 to 2020: Vaucher et al., WSDM 2021, as published at https://zenodo.org/records/4277311."""

CC_NEWS_MONTH = 1_350_000_000 / 117
"""Articles in all languages, a month, on average from August 2016 to April 2026: https://arxiv.org/abs/2605.18337."""

MANY = 100
"""Cores of a cluster."""

BUSY = 0.5
"""A load above this one is told."""


@dataclass
class Measured:
    """What was measured, on a corpus of so many articles and bytes."""

    articles: int
    size: int
    processor: str
    load: float
    """How many processes of others were at work before it began, on average of five minutes."""
    page_seconds: float
    """CPU seconds to find the article in a page."""
    runs: dict[str, Usage] = field(default_factory=dict)
    """Name → what it took."""
    ray_start: float = 0
    """Seconds that Ray needs to start, beyond what workers do."""

    @property
    def efficiency(self) -> float:
        """How well two workers use two cores."""
        return self.runs["one"].seconds / (CORES * self.runs["local"].seconds)

    @property
    def ray_overhead(self) -> float:
        """What Ray takes longer than workers on the same machine once it has started."""
        return (self.runs["ray"].seconds - self.ray_start) / self.runs["local"].seconds - 1


def page(measured: Measured) -> str:
    """All of it, as Markdown."""
    return "\n".join([*runs_table(measured), "", *remarks(measured), "", *corpora_table(measured), ""])


def runs_table(measured: Measured) -> list[str]:
    """What each run took."""
    size = f"{measured.articles:,} articles ({measured.size / 1e6:,.0f} MB)"
    heads = ["minutes", "CPU minutes", "articles a second", "peak memory, MB", "by quarter of the time"]
    rows = []
    for name, usage in measured.runs.items():
        quarters = ", ".join(f"{memory / 1e6:,.0f}" for memory in usage.quarters)
        rate = measured.articles / usage.seconds
        figures = f"{usage.seconds / 60:.1f} | {usage.cpu / 60:.1f} | {rate:,.0f} | {usage.peak / 1e6:,.0f}"
        rows.append(f"| {DESCRIBED[name]} | {figures} | {quarters} |")
    return table(size, heads, rows)


def remarks(measured: Measured) -> list[str]:
    """What follows from the table, a sentence a line."""
    an_hour = 1 / core_hours(measured, 1, reading=0)
    said = [
        f"Measured on {measured.processor}, with {CORES} cores: {an_hour:,.0f} articles in an hour of one core."
    ]
    if len(measured.runs) > 1:
        said.append("All runs gave the same bytes.")
    if measured.load > BUSY:
        said.append(
            f"The machine was busy with other work (a load of {measured.load:.1f}), which makes all of it slower."
        )
    if measured.runs.keys() >= {"one", "local"}:
        times = CORES * measured.efficiency
        said.append(
            f"Two workers are {times:.2f} times as fast as one process, {measured.efficiency:.0%} of twice as fast."
        )
    if measured.runs.keys() >= {"ray", "local"}:
        said.append(
            f"Ray takes {measured.ray_start:.0f} seconds to start, and after that {measured.ray_overhead:+.0%} "
            "of the time of two workers."
        )
    return said


def corpora_table(measured: Measured) -> list[str]:
    """What larger corpora would take, at the measured rate."""
    corpora = {
        "Quotebank’s articles, as texts": (QUOTEBANK, 0.0),
        "a month of Common Crawl’s news, as pages in all languages": (CC_NEWS_MONTH, measured.page_seconds),
    }
    heads = ["articles", "core-hours", f"at ${PRICE:.2f} each"]
    spread = FINISH in measured.runs
    rows = []
    for name, (articles, reading) in corpora.items():
        hours = core_hours(measured, articles, reading)
        cells = [f"{articles / 1e6:.0f} million", f"{hours:,.0f}", f"${hours * PRICE:,.0f}"]
        cells += [f"{hours_on_many(measured, articles, reading):,.0f}"] if spread else []
        rows.append(f"| {name} | {' | '.join(cells)} |")
    return table("", [*heads, *([f"hours on {MANY} cores"] if spread else [])], rows)


def core_hours(measured: Measured, articles: float, reading: float) -> float:
    """Hours of one core for so many articles, each of which takes some seconds to be found in its page."""
    return articles * (measured.runs["one"].cpu / measured.articles + reading) / 3600


def hours_on_many(measured: Measured, articles: float, reading: float) -> float:
    """Hours on a cluster, of which one machine puts the shards together."""
    share = measured.runs[SHARES].cpu / measured.articles + reading
    finish = measured.runs[FINISH].seconds / measured.articles
    return articles * (share / MANY + finish) / 3600


def table(corner: str, heads: list[str], rows: list[str]) -> list[str]:
    """A table of figures in Markdown."""
    return [f"| {corner} | {' | '.join(heads)} |", f"| --- |{' ---: |' * len(heads)}", *rows]
