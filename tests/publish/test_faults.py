"""What can go wrong on the way: the repository stays as it was, and a sentence says what to do."""

import subprocess
from pathlib import Path

import pytest

from build_dataset.build import build
from build_dataset.publish.errors import NO_TOKEN
from tests.conftest import write_corpus
from tests.hub.server import Hub
from tests.publish.conftest import BY_DEFAULT, REPO, Command
from tests.test_build import hashes


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
        assert hub.repository(REPO).files("main").items() >= hashes(folder).items()

    def test_the_connection_drops_in_the_middle_of_an_upload(
        self, hub: Hub, command: Command, xet: bool, there: Path
    ) -> None:
        hub.drop("POST" if xet else "PUT", "xorbs" if xet else "lfs", after=100)
        done = command("publish", there, "--repo", REPO)

        assert done.returncode == 0, done.stderr
        assert hub.repository(REPO).files("main").items() >= hashes(there).items()

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
        assert hub.repository(REPO).files("main").items() >= hashes(there).items()

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
