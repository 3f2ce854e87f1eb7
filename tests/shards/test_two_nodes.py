"""A node of a cluster is lost, and then all of it: run by `make test-cluster`, since a cluster takes time to start."""

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.stopping import Started, finished, start
from tests.test_build import hashes, there

pytestmark = pytest.mark.cluster


class TwoNodes:
    """A cluster of a head that does no work, and two nodes with a core each."""

    def __init__(self) -> None:
        from ray.cluster_utils import Cluster

        self.cluster: Any = Cluster(initialize_head=True, head_node_args={"num_cpus": 0})
        self.nodes = [self.cluster.add_node(num_cpus=1) for _ in range(2)]
        self.cluster.wait_for_nodes()

    def build(self, news: Path, out: Path, pause: float = 0.0) -> Started:
        """Start a build on it, a part a shard."""
        arguments = ("--engine", "ray", "--ray-address", self.cluster.address)
        return start(news, out, *arguments, workers=2, parts=1, pause=pause)

    def lose(self, node: int) -> None:
        """Kill all processes of a node."""
        self.cluster.remove_node(self.nodes.pop(node), allow_graceful=False)

    def end(self) -> None:
        """Kill all of them."""
        self.cluster.shutdown()


@pytest.fixture
def clusters() -> Iterator[list[TwoNodes]]:
    """Those that a test starts are ended after it."""
    pytest.importorskip("ray", reason="the extra ray is not installed")
    started: list[TwoNodes] = []
    yield started
    for cluster in started:
        cluster.end()


def test_a_node_that_is_lost_costs_no_byte(
    news: Path, undisturbed: dict[str, str], clusters: list[TwoNodes], tmp_path: Path
) -> None:
    clusters.append(TwoNodes())
    run = clusters[0].build(news, tmp_path / "out", pause=0.2)
    run.wait_for("extract", 4)
    clusters[0].lose(0)
    report = run.result()

    assert (report["lost"], report["resumed"]) == ([], 0)
    assert hashes(tmp_path / "out") == undisturbed
    assert there(tmp_path) == ["out", "out.at"]


def test_a_cluster_that_is_lost_with_its_driver_costs_no_finished_shard(
    news: Path, undisturbed: dict[str, str], clusters: list[TwoNodes], tmp_path: Path
) -> None:
    out = tmp_path / "out"
    clusters.append(TwoNodes())
    run = clusters[0].build(news, out, pause=0.3)
    run.wait_for("extract", 5)
    run.kill()
    clusters[0].end()
    time.sleep(1)
    known = finished(out)
    assert 3 <= len(known) < 19

    clusters.append(TwoNodes())
    report = clusters[1].build(news, out).result()
    assert report["resumed"] == len(known)
    assert hashes(out) == undisturbed
    assert there(tmp_path) == ["out", "out.at"]
