"""A build that is killed, interrupted, and out of space: what it costs, and that it ends in the same bytes.

    python -m tests.bench.crash [--articles N] [--kills N] [--texts FOLDER] [--workers N]

The corpus is made when it runs, like that of `tests.bench.growth`, of articles of about 4 KB. It is built undisturbed.
Then it is built into another folder and disturbed: interrupted with Ctrl-C in each stage, in one process and with
workers, and killed (-9) at random moments, half of the times in a stage after the extraction, until it is let through.
Last it is built on a disk that is too small, which is made larger when it is full; to mount one takes the rights of
root.
"""

import argparse
import random
import subprocess
import tempfile
import time
from datetime import timedelta
from pathlib import Path

from tests.bench.corpus import documents, texts
from tests.bench.growth import DAYS, FIRST_DAY, ROOT, contents, write
from tests.stopping import STAGES, finished, start

CHARACTERS = 4096
"""An article is cut after so many."""


class Crash:
    """A corpus, its dataset, and how long it took to build."""

    def __init__(self, place: Path, articles: int, folder: Path, workers: int) -> None:
        self.place, self.workers = place, workers
        self.news = place / "news"
        for number, text in zip(range(articles), texts(documents(folder)), strict=False):
            day = FIRST_DAY + timedelta(days=number * DAYS // articles)
            write(self.news, number, day, text[:CHARACTERS])
        begun = time.monotonic()
        self.report = start(self.news, place / "undisturbed", workers=workers).result()
        self.seconds = time.monotonic() - begun
        self.expected = contents(place / "undisturbed")
        print(
            f"{articles:,} articles in {self.report['shards']} shards, undisturbed in {self.seconds:.0f} s",
            flush=True,
        )

    def is_same(self, out: Path) -> bool:
        """Whether a dataset has the bytes of the undisturbed one, and nothing else is left."""
        names = {path.name for path in out.parent.iterdir() if path.name.startswith(f".{out.name}.")}
        return contents(out) == self.expected and not names

    def disturb(self, kills: int) -> None:
        """Interrupt and kill a build; what is finished stays, and is not done again."""
        chance, out = random.Random(3), self.place / "disturbed"
        begun = time.monotonic()
        for workers in (1, self.workers):
            self.interrupt(out, "extract", workers)
        known = finished(out)
        for number in range(kills):
            run = start(self.news, out, workers=self.workers)
            left = self.seconds * (1 - len(known) / self.report["shards"])
            if number >= kills // 2 and not left:
                run.wait_for(chance.choice(STAGES[1:]))
                moment = chance.uniform(0, self.seconds / 100)
            else:
                run.wait_for("extract")
                moment = chance.uniform(0, min(3 * self.seconds / kills, left))
            time.sleep(moment)
            stage = run.told()[-1]
            if run.process.poll() is not None:
                print("it ended before it was killed", flush=True)
                return
            run.kill()
            assert not run.orphans()
            assert finished(out).items() >= known.items(), "a finished shard was done again"
            known = finished(out)
            print(f"killed in {stage:8}: {len(known)} shards are finished", flush=True)
        for workers in (1, self.workers):
            for stage in STAGES[1:]:
                self.interrupt(out, stage, workers)
        known = finished(out)
        report = start(self.news, out, workers=self.workers).result()
        assert report["resumed"] == len(known)
        print(
            f"let through: {report['resumed']} of {report['shards']} shards were finished; with all disturbances "
            f"{time.monotonic() - begun:.0f} s; same bytes: {self.is_same(out)}"
        )

    def interrupt(self, out: Path, stage: str, workers: int) -> None:
        """Press Ctrl-C in a stage."""
        run = start(self.news, out, workers=workers)
        run.wait_for(stage, 2 if stage == "extract" else 1)
        time.sleep(self.seconds / 200)
        seconds, said = run.interrupt()
        clean = run.process.returncode == 130 and "Traceback" not in said and not run.orphans()
        print(f"Ctrl-C in {stage:8}, workers {workers}: {seconds:.2f} s, clean: {clean}", flush=True)

    def fill(self) -> None:
        """Build on a disk that is too small, and grow it each time it is full."""
        disk = self.place / "disk"
        disk.mkdir()
        size = sum(self.expected.values()) // 1000
        mount = ["mount", "-t", "tmpfs", "-o", f"size={size}k", "tmpfs", str(disk)]
        if subprocess.run(mount, capture_output=True, check=False).returncode:
            print("a full disk: not tried, no disk can be mounted here")
            return
        try:
            for more in range(2, 20):
                run = start(self.news, disk / "out", workers=self.workers)
                _, said = run.process.communicate()
                print(f"{size:,} kB: exit {run.process.returncode} {said.strip()}")
                if not run.process.returncode:
                    break
                print(f"    {len(finished(disk / 'out'))} shards finished")
                size = size * more // (more - 1)
                subprocess.run(["mount", "-o", f"remount,size={size}k", disk], check=True)
            print(f"same bytes: {self.is_same(disk / 'out')}")
        finally:
            subprocess.run(["umount", disk], check=True)


def main() -> None:
    """Print what happens."""
    parser = argparse.ArgumentParser(description="A build that is killed, interrupted, and out of space.")
    parser.add_argument("--articles", type=int, default=2_000)
    parser.add_argument("--kills", type=int, default=10)
    parser.add_argument("--texts", type=Path, default=ROOT / "seeds")
    parser.add_argument("--workers", type=int, default=2)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        crash = Crash(Path(place), options.articles, options.texts, options.workers)
        crash.disturb(options.kills)
        crash.fill()


if __name__ == "__main__":
    main()
