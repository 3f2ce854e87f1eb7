"""Shards kept in a real S3 server on this machine: committed record last, fetched whole, taken over by a later run."""

from pathlib import Path
from typing import Any

import fsspec
import pytest

from build_dataset.build import build, build_slice
from build_dataset.errors import DatasetError
from build_dataset.options import Options
from build_dataset.read import find_sources
from build_dataset.read.location import file_system
from build_dataset.shards import plan, shard
from build_dataset.shards.finished import finished_shard
from build_dataset.shards.object_store import ObjectStore
from build_dataset.shards.plan import ShardTask
from build_dataset.shards.store import RECORD
from tests.stopping import start
from tests.test_build import hashes, there


@pytest.fixture
def bucket(s3: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The address of a new bucket."""
    for name, value in s3.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(plan, "TASK_PARTS", 2)
    name = tmp_path.name.replace("_", "-")
    fsspec.filesystem("s3", skip_instance_cache=True).mkdir(name)
    return f"s3://{name}"


def objects(bucket: str) -> list[str]:
    """The paths of what lies in a bucket."""
    system: Any = fsspec.filesystem("s3", skip_instance_cache=True, use_listings_cache=False)
    name = bucket.removeprefix("s3://")
    return sorted(path.removeprefix(f"{name}/") for path in system.find(name))


def tasks(news: Path, bucket: str) -> list[ShardTask]:
    store = ObjectStore(f"{bucket}/kept/out.shards")
    return plan.plan_shards(find_sources([news]).files, store, Options())[0]


def test_machines_that_share_nothing_else_make_the_same_bytes(
    news: Path, undisturbed: dict[str, str], bucket: str, tmp_path: Path
) -> None:
    for index in range(2):
        host = tmp_path / f"host{index}"
        build_slice([news], host / "out", index=index, count=2, work=f"{bucket}/kept/")
        assert not host.exists()
    assert len([path for path in objects(bucket) if path.endswith(RECORD)]) == 10
    report = build([news], tmp_path / "host2" / "out", work=f"{bucket}/kept", only_finish=True)

    assert report.resumed == 10
    assert hashes(report.folder) == undisturbed
    assert objects(bucket) == []
    assert there(tmp_path / "host2") == ["out"]


def test_a_driver_that_is_killed_costs_no_finished_shard(
    news: Path, undisturbed: dict[str, str], bucket: str, tmp_path: Path
) -> None:
    work = ("--work", f"{bucket}/kept")
    run = start(news, tmp_path / "out", *work, workers=2, parts=2, pause=0.2)
    run.wait_for("extract", 4)
    run.kill()
    known = [path for path in objects(bucket) if path.endswith(RECORD)]

    assert run.orphans() == []
    assert 1 <= len(known) < 10
    report = start(news, tmp_path / "out", *work, workers=2, parts=2).result()
    assert report["resumed"] == len(known)
    assert hashes(tmp_path / "out") == undisturbed
    assert objects(bucket) == []


def test_a_shard_without_its_record_is_not_there(news: Path, bucket: str) -> None:
    """As when a worker is killed while it uploads: the rows come first."""
    one = tasks(news, bucket)[3]
    told = shard.run_shard(one)
    names = [path.rpartition("/")[2] for path in objects(bucket)]
    system: Any = fsspec.filesystem("s3", skip_instance_cache=True)
    root = f"{one.store}/{one.name}"

    assert names == [
        "articles.arrow",
        "index.arrow",
        "local_speakers.arrow",
        "quotes.arrow",
        RECORD,
        "statistics.arrow",
    ]
    assert finished_shard(one) == told
    assert shard.run_shard(one) == told  # a second worker with the same task
    system.rm_file(f"{root}/{RECORD}")
    assert finished_shard(one) is None
    shard.run_shard(one)
    system.rm_file(f"{root}/quotes.arrow")
    assert finished_shard(one) is None


def test_a_record_that_comes_last(news: Path, bucket: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever upload is the last before the worker dies, the shard is there whole or not at all."""
    one = tasks(news, bucket)[0]
    system, _ = file_system(bucket, fresh=True)
    upload = system.put_file
    for allowed in range(6):
        left = iter(range(allowed))

        def some(*arguments: Any, left: Any = left) -> None:
            if next(left, None) is None:
                raise ConnectionError("the worker is gone")
            upload(*arguments)

        monkeypatch.setattr(system, "put_file", some)
        with pytest.raises(ConnectionError):
            shard.run_shard(one)
        assert finished_shard(one) is None
    assert len(objects(bucket)) == 5


def test_what_is_damaged_is_noticed_and_done_again(
    news: Path, undisturbed: dict[str, str], bucket: str, tmp_path: Path
) -> None:
    build_slice([news], tmp_path / "out", index=0, count=1, work=bucket)
    (damaged,) = [path for path in objects(bucket) if "000003-" in path and path.endswith("quotes.arrow")]
    fsspec.filesystem("s3").pipe_file(f"{bucket}/{damaged}", b"rubbish")
    with pytest.raises(DatasetError, match=r"000003-\w+: damaged in the store, and removed; run the same"):
        build([news], tmp_path / "out", work=bucket)

    assert build([news], tmp_path / "out", work=bucket).resumed == 9
    assert hashes(tmp_path / "out") == undisturbed


def test_a_bucket_that_is_not_there_is_an_error(news: Path, bucket: str, tmp_path: Path) -> None:
    with pytest.raises(DatasetError, match="cannot be written: The specified bucket does not exist"):
        build([news], tmp_path / "out", work="s3://no-such-bucket/kept")

    assert there(tmp_path) == []
