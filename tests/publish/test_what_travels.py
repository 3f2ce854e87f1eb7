"""Only what changed goes to the hub, in one commit."""

import json
from pathlib import Path

import pytest

from build_dataset.build import build
from tests.hub.server import Hub
from tests.publish.conftest import BY_DEFAULT, REPO, Command
from tests.test_build import hashes
from tests.test_incremental import write_story


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
        old = hashes(out)
        write_story(news, 100)
        out = build([news], tmp_path / "out").folder
        new = hashes(out)
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
        assert set(there.files("main")) == {*hashes(out), ".gitattributes", "notes/mine.txt"}

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
        assert there.files("next").items() >= hashes(dataset).items()

    @BY_DEFAULT
    def test_a_private_repository(self, hub: Hub, command: Command, dataset: Path) -> None:
        command("publish", dataset, "--repo", REPO, "--private")

        assert hub.repository(REPO).is_private
