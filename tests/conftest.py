"""A small corpus with a bit of everything, and the dataset folder built from it, once for all tests."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from build_dataset.build import build
from build_dataset.report import BuildReport

BRIDGE = (
    "The harbor bridge will close for 12 days, the Port Authority said on Monday.\n\n"
    '"We know this will hurt the 4,300 people who cross it every day," said Maria Olsen, director of the '
    'Port Authority. "There is no other way."\n\n'
    "According to the Port Authority, repairs will cost $18.6 million, about 7% more than planned. "
    "The bridge is 640 meters long.\n"
)
SCHOOL = (
    "The city will open three schools in autumn, mayor Peter Brandt told reporters.\n\n"
    'He said that the classes would have 24 pupils on average. "No child will walk more than two '
    'kilometers," Brandt said.\n\n'
    "In 2023 the cost of school meals rose 8% to $2.7 million from $2.5 million.\n"
)
HARBOR = (
    "港务局局长陈立波表示,新码头将于明年开放,预计每年吞吐量超过300万吨。\n\n"
    "“我们需要更多的工人。”陈立波说。\n"
)


def write_corpus(folder: Path) -> Path:
    """Text files in a tree, JSON Lines with dates, a duplicate, and sources that give nothing."""
    (folder / "city").mkdir(parents=True)
    (folder / "bridge.txt").write_text(BRIDGE, encoding="utf-8")
    (folder / "city" / "school.txt").write_bytes(SCHOOL.replace("\n", "\r\n").encode("utf-8-sig"))
    (folder / "港口.txt").write_text(HARBOR, encoding="utf-16")
    lines = [
        {"text": f"A strike began.\n\n{BRIDGE}", "date": "2024-03-05", "url": "https://example.org/1"},
        {"text": BRIDGE, "date": "2024-03-04", "title": "Bridge"},
        {"title": "no text"},
        {
            "text": f"{SCHOOL}\nMore will follow, said Maria Olsen.",
            "authors": ["Ann Lee"],
            "date": "2024-03-04",
        },
    ]
    (folder / "more.jsonl").write_text("\n".join(map(json.dumps, lines)) + "\n", encoding="utf-8")
    (folder / "empty.txt").touch()
    (folder / "table.csv").write_text("title,text\n", encoding="utf-8")
    return folder


@pytest.fixture(scope="session", autouse=True)
def cache_of_its_own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """What the command line keeps between builds stays apart from what its user keeps."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("BUILD_DATASET_CACHE", str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture(scope="session")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_corpus(tmp_path_factory.mktemp("corpus") / "news")


@pytest.fixture(scope="session")
def built(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> BuildReport:
    """The report of a build. Nobody changes its folder: ask for `dataset_copy` to do so."""
    report = build([corpus], tmp_path_factory.mktemp("built") / "dataset")
    assert report.findings == ()
    return report


@pytest.fixture(scope="session")
def dataset(built: BuildReport) -> Iterator[Path]:
    before = contents(built.folder)
    yield built.folder
    assert contents(built.folder) == before, "a test changed the folder that all tests share"


def contents(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def dataset_copy(dataset: Path, tmp_path: Path) -> Path:
    """A dataset folder to break."""
    return Path(shutil.copytree(dataset, tmp_path / "dataset"))


@pytest.fixture(scope="session")
def s3() -> Iterator[dict[str, str]]:
    """The environment in which clients find an S3 server on this machine."""
    pytest.importorskip("s3fs")
    server = pytest.importorskip("moto.server").ThreadedMotoServer(ip_address="127.0.0.1", port=0)
    server.start()
    host, port = server.get_host_and_port()
    yield {
        "AWS_ENDPOINT_URL": f"http://{host}:{port}",
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
        "AWS_DEFAULT_REGION": "us-east-1",
    }
    server.stop()
