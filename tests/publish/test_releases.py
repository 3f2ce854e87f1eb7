"""A release is a tag that never moves, and says what is new."""

import json
from pathlib import Path

from build_dataset.build import build
from tests.conftest import write_corpus
from tests.hub.server import Hub
from tests.publish.conftest import BY_DEFAULT, REPO, Command
from tests.test_build import hashes


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
