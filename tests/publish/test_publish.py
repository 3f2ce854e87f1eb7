"""A dataset folder goes to the hub and comes back, with the real client, through xet and through git-lfs."""

import json
import re
import shlex
import shutil
from hashlib import sha256
from pathlib import Path

from build_dataset.build import build
from tests.conftest import write_corpus
from tests.hub.client import ROOT, run_client
from tests.hub.server import Hub
from tests.publish.conftest import BY_DEFAULT, REPO, Command
from tests.test_build import hashes, rows

CONSUMERS = """
import json, pandas
from datasets import load_dataset
from huggingface_hub import snapshot_download
quotes = load_dataset("org/news", "quotes", split="train", revision=REVISION)
frame = pandas.read_parquet(f"hf://datasets/org/news@{REVISION}/quotes")
folder = snapshot_download("org/news", repo_type="dataset", revision=REVISION)
articles = load_dataset("org/news", split="train", revision=REVISION)
print(json.dumps([list(quotes["quote_id"]), list(frame["quote_id"]), folder, len(articles)]))
"""


def consume(hub: Hub, home: Path, xet: bool, revision: str) -> tuple[list[str], list[str], Path, int]:
    """Load a revision in three ways: quotes by two of them, the downloaded folder, the number of articles."""
    done = run_client(hub, f"REVISION = {revision!r}\n{CONSUMERS}", home=home, xet=xet)
    assert done.returncode == 0, done.stderr
    by_datasets, by_pandas, folder, articles = json.loads(done.stdout.splitlines()[-1])
    return by_datasets, by_pandas, Path(folder), articles


def test_from_a_folder_to_the_hub_and_back(hub: Hub, command: Command, xet: bool, tmp_path: Path) -> None:
    """Publish, load in three ways, rebuild from there, grow, publish again, release, load the old release."""
    news = write_corpus(tmp_path / "news")
    out = build([news], tmp_path / "out").folder

    first = command("publish", out, "--repo", REPO, "--tag", "v1.0.0")
    assert first.returncode == 0, first.stderr
    assert 'datasets.load_dataset("org/news", "quotes", revision="v1.0.0", split="train")' in first.stdout
    there = hub.repository(REPO)
    assert set(there.tags) == {"v1.0.0"}
    assert there.files("v1.0.0").items() - hashes(out).items() == {
        (".gitattributes", there.files()[".gitattributes"])
    }

    quotes = [row["quote_id"] for row in rows(out, "quotes")]
    by_datasets, by_pandas, folder, articles = consume(hub, tmp_path / "one", xet, "v1.0.0")
    assert by_datasets == by_pandas == quotes
    assert articles == 5

    valid = command("validate", folder)
    assert valid.returncode == 0, valid.stdout
    again = command("rebuild", f"hf://datasets/{REPO}@v1.0.0", "--inputs", news)
    assert (again.returncode, again.stdout) == (
        0,
        "hf://datasets/org/news@v1.0.0: identical, byte for byte\n",
    )

    assert command("validate", out).returncode == 0
    assert command("rebuild", out, "--inputs", news).returncode == 0
    assert "org/news is up to date" in command("publish", out, "--repo", REPO).stdout

    (news / "more.txt").write_text("The ferries will carry 900 people, said Maria Olsen.", encoding="utf-8")
    out = build([news], tmp_path / "out").folder
    second = command("publish", out, "--repo", REPO, "--tag", "v1.1.0")
    assert second.returncode == 0, second.stderr
    changes = command("diff", f"hf://datasets/{REPO}@v1.0.0", f"hf://datasets/{REPO}@v1.1.0", "--json")
    tables = json.loads(changes.stdout)["tables"]
    assert (tables["articles"]["added"], tables["quotes"]["added"], tables["quotes"]["removed"]) == (1, 1, 0)

    old, _, _, articles = consume(hub, tmp_path / "two", xet, "v1.0.0")
    assert (old, articles) == (quotes, 5)
    new, _, _, articles = consume(hub, tmp_path / "three", xet, "v1.1.0")
    assert (len(new), articles) == (len(quotes) + 1, 6)


@BY_DEFAULT
def test_the_three_commands_of_the_readme(hub: Hub, xet: bool, tmp_path: Path) -> None:
    """With a token that was put aside by logging in."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    block = re.findall(r"in three commands:\n\n```console\n(.*?)```", readme, re.DOTALL)[0]
    corpus = write_corpus(tmp_path / "my-articles")
    lines = block.replace("my-articles", str(corpus)).replace("my-dataset", str(tmp_path / "out"))
    commands = [line.removeprefix("$ ").replace("ORG/NAME", REPO) for line in lines.splitlines()]
    assert [line.split()[:2] for line in commands[1:]] == [["hf", "auth"], ["build-dataset", "publish"]]
    for line in commands:
        program, *arguments = shlex.split(line)
        module = {"build-dataset": "build_dataset", "hf": "huggingface_hub.cli.hf"}[program]
        more = ["--token", hub.token] if program == "hf" else []
        done = run_client(hub, ["-m", module, *arguments, *more], home=tmp_path / "home", xet=xet, token=None)
        assert done.returncode == 0, (line, done.stderr)

    assert set(hub.repository(REPO).tags) == {"v1.0.0"}


@BY_DEFAULT
def test_what_is_published_is_what_was_built(
    hub: Hub, command: Command, dataset: Path, tmp_path: Path
) -> None:
    """A checkout with git's and the client's own files beside it is the same dataset."""
    command("publish", dataset, "--repo", REPO)
    copy = shutil.copytree(dataset, tmp_path / "copy")
    for path, digest in hub.repository(REPO).files("main").items():
        content = hub.repository(REPO).read(path, "main")
        assert sha256(content).hexdigest() == digest
        (copy / path).write_bytes(content)

    assert command("validate", copy).returncode == 0
