"""A dataset folder goes to the hub and comes back, with the real client, through xet and through git-lfs."""

import json
import re
import shlex
import shutil
import subprocess
from hashlib import sha256
from pathlib import Path

import pytest

from build_dataset.build import build
from build_dataset.publish.errors import NO_TOKEN
from tests.conftest import write_corpus
from tests.hub.client import ROOT, run_client
from tests.hub.server import Hub
from tests.publish.conftest import Command
from tests.test_build import hashes
from tests.test_incremental import write_story

REPO = "org/news"
BY_DEFAULT = pytest.mark.parametrize("xet", [True], indirect=True, ids=["xet"])
"""Of what does not depend on how large files travel."""
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


def contents(folder: Path) -> dict[str, str]:
    """Path → SHA-256, as the hub has it."""
    return {path: digest for path, digest in hashes(folder).items() if not path.startswith(".")}


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

    quotes = [row["quote_id"] for row in json_rows(out, "quotes")]
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


def json_rows(folder: Path, table: str) -> list[dict[str, str]]:
    import pyarrow.parquet as pq

    return list(pq.read_table(folder / table).to_pylist())


class TestWhatTravels:
    @pytest.fixture
    def news(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
        """A hundred articles, a month each, cut into several files a table."""
        monkeypatch.setattr("build_dataset.write.cut.LEAST_BYTES", 4096)
        (tmp_path / "news").mkdir()
        for number in range(100):
            write_story(tmp_path / "news", number)
        return tmp_path / "news"

    def test_only_what_changed(
        self, hub: Hub, command: Command, xet: bool, news: Path, tmp_path: Path
    ) -> None:
        out = build([news], tmp_path / "out").folder
        assert command("publish", out, "--repo", REPO).returncode == 0
        old = contents(out)
        write_story(news, 100)
        out = build([news], tmp_path / "out").folder
        new = contents(out)
        hub.log.clear()
        done = command("publish", out, "--repo", REPO, "--json")
        plan = json.loads(done.stdout)["plan"]

        fresh = {path for path, digest in new.items() if digest not in old.values()}
        assert {one["path"] for one in plan["new"] + plan["changed"]} == fresh
        assert len([path for path in new if path.startswith("quotes/")]) > 3
        assert sum(path.startswith("quotes/") for path in fresh) <= 2
        sent = hub.log.contents("commit") | (hub.log.contents("xet") if xet else hub.log.contents("lfs"))
        if not xet:
            assert set(sent) == {new[path] for path in fresh}
        assert sum(sent.values()) <= plan["bytes"]
        assert plan["bytes"] < sum(path.stat().st_size for path in out.rglob("*.parquet"))
        assert hub.repository(REPO).files("main").items() >= new.items()

    @BY_DEFAULT
    def test_leftovers_go_in_the_same_commit_and_what_is_not_ours_stays(
        self, hub: Hub, command: Command, news: Path, tmp_path: Path
    ) -> None:
        out = build([news], tmp_path / "out").folder
        command("publish", out, "--repo", REPO)
        there = hub.repository(REPO)
        there.commit({"notes/mine.txt": b"by hand"})
        for path in sorted(news.iterdir())[30:]:
            path.unlink()
        out = build([news], tmp_path / "out").folder
        before = len(there.commits)
        done = command("publish", out, "--repo", REPO)

        assert done.returncode == 0, done.stderr
        assert "deleted" in done.stdout
        assert len(there.commits) == before + 1
        assert set(there.files("main")) == {*contents(out), ".gitattributes", "notes/mine.txt"}

    @BY_DEFAULT
    def test_nothing_where_nothing_changed(self, hub: Hub, command: Command, dataset: Path) -> None:
        command("publish", dataset, "--repo", REPO)
        head = hub.repository(REPO).head
        hub.log.clear()
        done = command("publish", dataset, "--repo", REPO)

        assert (done.returncode, "bytes to upload: 0" in done.stdout) == (0, True)
        assert hub.repository(REPO).head == head
        assert hub.log.new_bytes("commit") == hub.log.new_bytes("lfs") == hub.log.new_bytes("xet") == 0

    @BY_DEFAULT
    def test_a_dry_run_prints_the_plan_and_changes_nothing(
        self, hub: Hub, command: Command, dataset: Path
    ) -> None:
        done = command("publish", dataset, "--repo", REPO, "--dry-run", "--json")
        plan = json.loads(done.stdout)["plan"]

        assert {one["path"] for one in plan["new"]} == set(hashes(dataset))
        assert plan["bytes"] == sum(path.stat().st_size for path in dataset.rglob("*") if path.is_file())
        assert not [one for one in hub.log if one.method in ("POST", "PUT", "DELETE")]

    @BY_DEFAULT
    def test_a_branch_is_made_and_main_stays(self, hub: Hub, command: Command, dataset: Path) -> None:
        done = command("publish", dataset, "--repo", REPO, "--revision", "next", "--message", "Try this")

        assert done.returncode == 0, done.stderr
        there = hub.repository(REPO)
        assert set(there.files("main")) == {".gitattributes"}
        assert there.files("next").items() >= contents(dataset).items()

    @BY_DEFAULT
    def test_a_private_repository(self, hub: Hub, command: Command, dataset: Path) -> None:
        command("publish", dataset, "--repo", REPO, "--private")

        assert hub.repository(REPO).is_private


@BY_DEFAULT
class TestReleases:
    def test_the_changelog_and_the_card_say_what_is_new(
        self, hub: Hub, command: Command, tmp_path: Path
    ) -> None:
        news = write_corpus(tmp_path / "news")
        command("publish", build([news], tmp_path / "out").folder, "--repo", REPO, "--tag", "v1.0.0")
        (news / "bridge.txt").unlink()
        out = build([news], tmp_path / "out").folder
        done = command("publish", out, "--repo", REPO, "--tag", "v2.0.0")
        assert done.returncode == 0, done.stderr
        there = hub.repository(REPO)

        history = there.read("CHANGELOG.md", "v2.0.0").decode()
        assert history.index("## v2.0.0") < history.index("## v1.0.0")
        assert "Since v1.0.0:" in history
        card = there.read("README.md", "v2.0.0").decode()
        assert "**v2.0.0.** Since v1.0.0:" in card
        assert "v2.0.0" not in there.read("README.md", "v1.0.0").decode()
        assert json.loads(there.read("manifest.json", "v2.0.0"))["release"] == "v2.0.0"

    def test_publishing_a_release_again_does_nothing(
        self, hub: Hub, command: Command, dataset_copy: Path
    ) -> None:
        command("publish", dataset_copy, "--repo", REPO, "--tag", "v1.0.0")
        head = hub.repository(REPO).head
        done = command("publish", dataset_copy, "--repo", REPO, "--tag", "v1.0.0")

        assert (done.returncode, "up to date" in done.stdout) == (0, True)
        assert hub.repository(REPO).head == head

    def test_a_release_is_never_moved(self, hub: Hub, command: Command, tmp_path: Path) -> None:
        news = write_corpus(tmp_path / "news")
        command("publish", build([news], tmp_path / "out").folder, "--repo", REPO, "--tag", "v1.0.0")
        tags = dict(hub.repository(REPO).tags)
        (news / "bridge.txt").unlink()
        out = build([news], tmp_path / "out").folder
        done = command("publish", out, "--repo", REPO, "--tag", "v1.0.0")

        assert done.returncode == 2
        assert (
            "org/news: v1.0.0 is released already, with other contents; name a newer version" in done.stderr
        )
        assert hub.repository(REPO).tags == tags

    def test_a_dry_run_of_a_release_leaves_the_folder(
        self, hub: Hub, command: Command, dataset: Path
    ) -> None:
        before = hashes(dataset)
        done = command("publish", dataset, "--repo", REPO, "--tag", "v1.0.0", "--dry-run")

        assert "CHANGELOG.md" in done.stdout
        assert hashes(dataset) == before

    def test_a_release_whose_tag_got_lost_is_completed(
        self, hub: Hub, command: Command, dataset_copy: Path
    ) -> None:
        hub.fail("POST", "/tag/", status=500, times=5)
        assert command("publish", dataset_copy, "--repo", REPO, "--tag", "v1.0.0").returncode == 2
        head = hub.repository(REPO).head
        assert not hub.repository(REPO).tags
        hub.forget_faults()
        done = command("publish", dataset_copy, "--repo", REPO, "--tag", "v1.0.0")

        assert done.returncode == 0, done.stderr
        assert hub.repository(REPO).tags == {"v1.0.0": head}

    def test_a_tag_is_a_version(self, command: Command, dataset: Path) -> None:
        done = command("publish", dataset, "--repo", REPO, "--tag", "latest")

        assert done.returncode == 2
        assert done.stderr.strip().endswith(
            "latest: not a version; a tag is written v1.2.0 (semantic versioning)"
        )


class TestFaults:
    """The repository is as it was, the message says what to do, and running it again completes it."""

    @pytest.fixture
    def there(self, hub: Hub, dataset: Path, tmp_path: Path) -> Path:
        """A published dataset, and a folder that differs from it."""
        hub.create(REPO).commit({path: (dataset / path).read_bytes() for path in hashes(dataset)})
        news = write_corpus(tmp_path / "news")
        (news / "more.txt").write_text("The ferries will carry 900 people, said Maria Olsen.")
        return build([news], tmp_path / "more").folder

    def fails(self, hub: Hub, command: Command, folder: Path, **settings: str | None) -> str:
        """Publish, in vain; what it says."""
        before = dict(hub.repository(REPO).files("main"))
        done = command("publish", folder, "--repo", REPO, **settings)
        assert done.returncode == 2, (done.stdout, done.stderr)
        assert hub.repository(REPO).files("main") == before
        assert "Traceback" not in done.stderr
        return done.stderr.strip().splitlines()[-1]

    def succeeds(self, hub: Hub, command: Command, folder: Path) -> None:
        hub.forget_faults()
        done = command("publish", folder, "--repo", REPO)
        assert done.returncode == 0, done.stderr
        assert hub.repository(REPO).files("main").items() >= contents(folder).items()

    def test_the_connection_drops_in_the_middle_of_an_upload(
        self, hub: Hub, command: Command, xet: bool, there: Path
    ) -> None:
        hub.drop("POST" if xet else "PUT", "xorbs" if xet else "lfs", after=100)
        done = command("publish", there, "--repo", REPO)

        assert done.returncode == 0, done.stderr
        assert hub.repository(REPO).files("main").items() >= contents(there).items()

    @BY_DEFAULT
    def test_no_upload_gets_through(self, hub: Hub, command: Command, there: Path) -> None:
        hub.drop("POST", "xorbs", after=100, times=1000)
        assert "nothing was changed" in self.fails(hub, command, there)
        self.succeeds(hub, command, there)

    def test_it_is_killed_in_the_middle_of_an_upload(
        self, hub: Hub, command: Command, xet: bool, there: Path
    ) -> None:
        before = dict(hub.repository(REPO).files("main"))
        hub.slow("POST" if xet else "PUT", "xorbs" if xet else "lfs", seconds=60)
        with pytest.raises(subprocess.TimeoutExpired):  # SIGKILL
            command("publish", there, "--repo", REPO, timeout=6)

        assert hub.log.matching("POST", "/preupload/")
        assert hub.repository(REPO).files("main") == before
        self.succeeds(hub, command, there)

    @BY_DEFAULT
    def test_the_hub_fails_for_a_while(self, hub: Hub, command: Command, there: Path) -> None:
        hub.fail("POST", "/commit/", status=500, times=2)
        done = command("publish", there, "--repo", REPO)

        assert done.returncode == 0, done.stderr
        assert hub.repository(REPO).files("main").items() >= contents(there).items()

    @BY_DEFAULT
    @pytest.mark.parametrize("pattern", ["/commit/", "/preupload/"])
    def test_the_hub_fails_for_long(self, hub: Hub, command: Command, there: Path, pattern: str) -> None:
        hub.fail("POST", pattern, status=500, times=1000)
        assert "the hub failed" in self.fails(hub, command, there)
        self.succeeds(hub, command, there)

    @BY_DEFAULT
    def test_the_answer_to_the_commit_gets_lost(self, hub: Hub, command: Command, there: Path) -> None:
        hub.lose_answer("POST", "/commit/", times=3)
        before = len(hub.repository(REPO).commits)
        done = command("publish", there, "--repo", REPO)

        assert done.returncode == 0, done.stderr
        assert len(hub.repository(REPO).commits) == before + 1

    @BY_DEFAULT
    def test_somebody_else_commits_in_between(self, hub: Hub, command: Command, there: Path) -> None:
        theirs = {"README.md": b"---\nlicense: mit\n---\nTheirs.\n"}
        hub.before("POST", "/commit/", lambda: hub.repository(REPO).commit(theirs))
        done = command("publish", there, "--repo", REPO)

        assert done.returncode == 2
        assert "somebody else changed it meanwhile; nothing was overwritten" in done.stderr
        assert hub.repository(REPO).read("README.md", "main") == theirs["README.md"]
        self.succeeds(hub, command, there)

    @BY_DEFAULT
    @pytest.mark.parametrize("status", [409, 412])
    def test_the_revision_moved(self, hub: Hub, command: Command, there: Path, status: int) -> None:
        hub.fail("POST", "/commit/", status=status)
        assert "nothing was overwritten" in self.fails(hub, command, there)

    @BY_DEFAULT
    def test_the_hub_is_slow(self, hub: Hub, command: Command, there: Path) -> None:
        hub.slow("POST", "/commit/", seconds=3)
        self.succeeds(hub, command, there)

    @BY_DEFAULT
    def test_a_token_that_is_none(self, hub: Hub, command: Command, there: Path) -> None:
        said = self.fails(hub, command, there, token="hf_wrong")
        assert said == (
            "build-dataset: org/news: the hub does not accept the token for this; "
            "run `hf auth login` for one that may write there"
        )

    @BY_DEFAULT
    def test_a_token_that_may_only_read(self, hub: Hub, command: Command, there: Path) -> None:
        said = self.fails(hub, command, there, token=hub.read_token)
        assert "org/news: this token may not do that" in said
        assert "use one that may write there" in said

    @BY_DEFAULT
    def test_no_token(self, hub: Hub, command: Command, there: Path) -> None:
        said = self.fails(hub, command, there, token=None)
        assert said == f"build-dataset: {NO_TOKEN}"

    @BY_DEFAULT
    def test_a_file_that_is_too_large(self, hub: Hub, command: Command, there: Path) -> None:
        hub.fail("POST", "/commit/", status=413)
        assert "a file is too large for the hub" in self.fails(hub, command, there)

    @BY_DEFAULT
    def test_the_token_is_never_printed(self, hub: Hub, command: Command, there: Path) -> None:
        hub.fail("POST", "/commit/", status=400)
        done = command("publish", there, "--repo", REPO, "--debug")

        assert done.returncode != 0
        assert hub.token not in done.stdout + done.stderr


@BY_DEFAULT
class TestOtherErrors:
    def test_no_network(self, command: Command, dataset: Path) -> None:
        done = command("publish", dataset, "--repo", REPO, environment={"HF_ENDPOINT": "http://127.0.0.1:9"})

        assert done.returncode == 2
        assert (
            "org/news: http://127.0.0.1:9 cannot be reached (ConnectError); check the network" in done.stderr
        )

    def test_a_folder_that_breaks_the_rules_is_not_published(
        self, hub: Hub, command: Command, dataset_copy: Path
    ) -> None:
        (dataset_copy / "notes.txt").write_text("a stray")
        done = command("publish", dataset_copy, "--repo", REPO)

        assert done.returncode == 1
        assert "notes.txt: not in manifest.json" in done.stderr
        assert not hub.log

    @pytest.mark.parametrize(
        ("given", "said"),
        [
            ("hf://datasets/org/none", "no such folder here, and no such repository or revision on the hub"),
            ("nowhere", "no such folder; a dataset on the hub is hf://datasets/ORG/NAME[@REVISION]"),
        ],
    )
    def test_a_dataset_that_is_not_there(self, command: Command, given: str, said: str) -> None:
        done = command("rebuild", given)

        assert done.returncode == 2
        assert said in done.stderr

    def test_a_name_that_is_none(self, command: Command, dataset: Path) -> None:
        done = command("publish", dataset, "--repo", "a b c")

        assert done.returncode == 2
        assert "a b c: not the name of a repository; write ORG/NAME" in done.stderr


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
