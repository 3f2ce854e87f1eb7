"""What a growing corpus costs: how much is read again, how many bytes change, how many travel.

    python -m tests.bench.growth [--articles N] [--texts FOLDER] [--workers N] [--scratch]

The corpus is made when it runs, like that of `tests.bench.speed`: one file an article, dated over three years. It is
built, and built again with one hundredth more articles, once all of them newer than the rest and once scattered over
the three years; each is published to a hub on this machine after the first. With --scratch, both are compared with a
build that uses no results of another.
"""

import argparse
import json
import random
import tempfile
from datetime import date, timedelta
from hashlib import file_digest
from pathlib import Path

from rich import box
from rich.console import Console
from rich.table import Table

from build_dataset.build import build
from build_dataset.report import BuildReport
from tests.bench.corpus import documents, texts
from tests.hub import Hub, run_client

ROOT = Path(__file__).parents[2]
FIRST_DAY = date(2022, 1, 1)
DAYS = 3 * 365
REPO = "org/news"


def write(folder: Path, number: int, day: date, text: str) -> None:
    """One article, in a folder of its month."""
    place = folder / f"{day:%Y-%m}"
    place.mkdir(parents=True, exist_ok=True)
    content = json.dumps({"text": text, "date": day.isoformat()}, ensure_ascii=False)
    (place / f"{number:07}.jsonl").write_text(f"{content}\n", encoding="utf-8")


def contents(folder: Path) -> dict[str, int]:
    """SHA-256 of each file → its size."""
    found = {}
    for path in folder.rglob("*"):
        if path.is_file():
            with path.open("rb") as stream:
                found[file_digest(stream, "sha256").hexdigest()] = path.stat().st_size
    return found


class Growth:
    """A corpus and its dataset, and what comes of adding to it."""

    def __init__(self, place: Path, articles: int, folder: Path, workers: int) -> None:
        self.place, self.articles, self.workers = place, articles, workers
        self.texts = texts(documents(folder))
        for number in range(articles):
            day = FIRST_DAY + timedelta(days=number * DAYS // articles)
            write(place / "base", number, day, next(self.texts))
        self.base = self.build("base", [place / "base"])
        self.known = contents(self.base.folder)

    def build(self, name: str, inputs: list[Path | str]) -> BuildReport:
        report = build(inputs, self.place / f"out-{name}", workers=self.workers, cache=self.place / "cache")
        assert not report.findings, report.findings[:3]
        return report

    def add(self, name: str, days: list[date]) -> BuildReport:
        """Build with one more article for each day."""
        for number, day in enumerate(days, start=self.articles):
            write(self.place / name, number, day, next(self.texts))
        return self.build(name, self.inputs(name))

    def inputs(self, name: str) -> list[Path | str]:
        return [self.place / "base", self.place / name]

    def is_as_from_scratch(self, name: str) -> bool:
        """Whether a build that uses no results of another gives the same bytes."""
        scratch = build(self.inputs(name), self.place / "scratch", workers=self.workers)
        return contents(scratch.folder) == contents(self.place / f"out-{name}")

    def uploaded(self, name: str) -> int:
        """Bytes that the hub had to store when a dataset was published after the first."""
        with Hub() as hub:
            for folder in ("base", name):
                hub.log.clear()
                command = [
                    "-m",
                    "build_dataset",
                    "publish",
                    str(self.place / f"out-{folder}"),
                    "--repo",
                    REPO,
                ]
                done = run_client(hub, command, home=self.place / "home" / name, xet=True, timeout=3600)
                assert done.returncode == 0, done.stderr
            return hub.log.new_bytes("xet") + hub.log.new_bytes("commit")


def main() -> None:
    """Print what both ways of growing cost."""
    parser = argparse.ArgumentParser(description="What a growing corpus costs.")
    parser.add_argument("--articles", type=int, default=2_000)
    parser.add_argument("--texts", type=Path, default=ROOT / "seeds")
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--scratch", action="store_true")
    options = parser.parse_args()
    more = options.articles // 100
    chance = random.Random(2)
    with tempfile.TemporaryDirectory() as place:
        growth = Growth(Path(place), options.articles, options.texts, options.workers)
        total = sum(growth.known.values())
        print(f"{options.articles:,} articles: {total:,} bytes in {len(growth.known):,} files")
        table = Table(box=box.SIMPLE_HEAD)
        for column in ("added", "read anew", "new files", "their bytes", "share", "uploaded", "share "):
            table.add_column(column, justify="right")
        ways = {
            "newer": [FIRST_DAY + timedelta(days=DAYS + n * 11 // more) for n in range(more)],
            "scattered": [FIRST_DAY + timedelta(days=chance.randrange(DAYS)) for _ in range(more)],
        }
        for name, days in ways.items():
            report = growth.add(name, days)
            now = contents(report.folder)
            fresh = {digest: size for digest, size in now.items() if digest not in growth.known}
            sent = growth.uploaded(name)
            if options.scratch:
                assert growth.is_as_from_scratch(name)
            table.add_row(
                f"1 % {name}",
                f"{report.rows['articles'] - report.reused:,}",
                f"{len(fresh):,} of {len(now):,}",
                f"{sum(fresh.values()):,}",
                f"{sum(fresh.values()) / sum(now.values()):.2%}",
                f"{sent:,}",
                f"{sent / sum(now.values()):.2%}",
            )
        Console().print(table)


if __name__ == "__main__":
    main()
