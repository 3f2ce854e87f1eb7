"""What a large build takes, in one process, in two, on Ray and as an array, and what still larger ones would.

    python -m tests.bench.scale [--articles N] [--runs one,local,ray,array] [--save FILE]

The corpus is made when it runs, like that of `tests.bench.growth`: JSON Lines of 1,000 articles a file, dated over two
years, from PolNeAR's articles and some Chinese pages. Each run is a tree of processes of its own, one after the other;
all have to give the same bytes. `--save` keeps what was measured, `python -m tests.bench.readme scale` writes it.
"""

import argparse
import json
import os
import platform
import shlex
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import date, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.markdown import Markdown

from build_dataset.document import Document
from tests.bench.corpus import documents, texts
from tests.bench.growth import ROOT, contents
from tests.bench.process_tree import Usage, watch
from tests.bench.scale_page import CORES, FINISH, SHARES, Measured, page

SHARED = ROOT.parent / "shared"
ENGLISH = SHARED / "corpora" / "polnear" / "train.jsonl"
PAGES = SHARED / "inputs" / "html"
CHINESE = PAGES / "zh_*.html.gz"
SAVED = Path(__file__).with_name("scale.json")

FIRST_DAY = date(2023, 1, 1)
DAYS = 2 * 365
A_FILE = 1000
"""Articles in a file."""
RUNS: dict[str, list[str]] = {
    "one": ["--workers", "1"],
    "local": ["--workers", str(CORES)],
    "ray": ["--engine", "ray", "--workers", str(CORES)],
}
ARRAY = "array"
"""A run of two commands: the shares, two at a time, and what puts them together."""


def models() -> Iterator[Document]:
    """The articles whose sentences are shuffled.

    Raises:
        SystemExit: they are not at hand.
    """
    if not ENGLISH.exists() or not PAGES.exists():
        raise SystemExit(f"no articles to make the corpus of: {ENGLISH} and {CHINESE} are not there")
    yield from documents(ENGLISH)
    yield from documents(str(CHINESE))


def write_corpus(folder: Path, articles: int) -> int:
    """Write so many articles; returns their size in bytes."""
    folder.mkdir()
    made = enumerate(islice(texts(models()), articles))
    for first in range(0, articles, A_FILE):
        lines = [line(number, text, articles) for number, text in islice(made, A_FILE)]
        (folder / f"{first // A_FILE:05}.jsonl").write_text("".join(lines), encoding="utf-8")
    return sum(file.stat().st_size for file in folder.iterdir())


def line(number: int, text: str, articles: int) -> str:
    """An article as a line of JSON."""
    day = FIRST_DAY + timedelta(days=number * DAYS // articles)
    url = f"https://news.example.org/{day:%Y/%m/%d}/{number}"
    title = " ".join(text[:80].split())
    entry = {"text": text, "title": title, "date": day.isoformat(), "url": url}
    return f"{json.dumps(entry, ensure_ascii=False)}\n"


def command(news: Path, out: Path, options: Sequence[str]) -> list[str]:
    """A build that keeps no results of extraction."""
    build = [sys.executable, "-m", "build_dataset", "build", str(news), "--out", str(out)]
    return [*build, "--no-cache", "--json", *options]


def run(name: str, news: Path, out: Path) -> dict[str, Usage]:
    """Build in one of the ways; returns what each of its commands took."""
    if name != ARRAY:
        return {name: watch(command(news, out, RUNS[name]))}
    of = ["--num-shards", str(CORES), "--shard-index"]
    first, second = (shlex.join(command(news, out, [*of, str(index)])) for index in range(CORES))
    both = f"{first} & {second} && wait $!"
    finish = command(news, out, ["--workers", str(CORES), "--finish"])
    return {SHARES: watch(["bash", "-c", both]), FINISH: watch(finish)}


def start_of_ray(place: Path) -> float:
    """Seconds that a build of two articles takes longer on Ray than with workers."""
    write_corpus(place / "two", 2)
    seconds = {
        name: run(name, place / "two", place / f"two-{name}")[name].seconds for name in ("local", "ray")
    }
    return seconds["ray"] - seconds["local"]


def seconds_a_page() -> float:
    """CPU seconds that one saved page takes to be read, on average; what is loaded once does not count."""
    for _ in range(2):
        begun = time.process_time()
        read = sum(1 for _ in documents(str(PAGES / "*.html.gz")))
        seconds = time.process_time() - begun
    return seconds / read


def measure(articles: int, runs: Sequence[str], place: Path) -> Measured:
    """Make the corpus and build it in each way.

    Raises:
        SystemExit: there are no articles to make it of, or a build failed.
    """
    news = place / "news"
    load = os.getloadavg()[1]
    size = write_corpus(news, articles)
    measured = Measured(articles, size, processor(), load, seconds_a_page())
    for name in runs:
        took = run(name, news, place / f"out-{name}")
        measured.runs |= took
        same = contents(place / f"out-{name}") == contents(place / f"out-{runs[0]}")
        assert same, f"{name} gives other bytes than {runs[0]}"
        print(f"{name}: {took}", file=sys.stderr, flush=True)
    if "ray" in runs:
        measured.ray_start = start_of_ray(place)
    return measured


def processor() -> str:
    """What kind of processor this is."""
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    names = [line.partition(": ")[2] for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()


def save(measured: Measured, file: Path) -> None:
    """Keep what was measured."""
    file.write_text(json.dumps(asdict(measured), indent=2) + "\n", encoding="utf-8")


def load(file: Path = SAVED) -> Measured:
    """What was measured and kept."""
    kept: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    runs = {
        name: Usage(one["seconds"], one["cpu"], tuple(one["quarters"])) for name, one in kept["runs"].items()
    }
    return Measured(**{**kept, "runs": runs})


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="What a large build takes, and what larger ones would.")
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--runs", type=lambda names: names.split(","), default=[*RUNS, ARRAY])
    parser.add_argument("--save", type=Path, metavar="FILE")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        measured = measure(options.articles, options.runs, Path(place))
    if options.save:
        save(measured, options.save)
    Console().print(Markdown(page(measured)))


if __name__ == "__main__":
    main()
