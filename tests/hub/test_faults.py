"""What the client makes of rights that it lacks, and of a hub with which something goes wrong."""

import random

import pytest

from tests.hub import Account, Hub
from tests.hub.fixtures import NAME, Ask

DATA = random.Random(2).randbytes(300_000)

LFS_ONLY = pytest.mark.parametrize("xet", [False], ids=["lfs"])

NOBODY = ["HfHubHTTPError", 401]
FORBIDDEN = ["HfHubHTTPError", 403]

ADD_TEXT = 'failure(commit, add("a.txt", b"a"))'
ADD_LARGE = 'failure(commit, add("x.parquet", files[0]))'


@pytest.mark.parametrize(
    ("token", "expected"),
    [
        ("hf_read", [None, None, FORBIDDEN, FORBIDDEN]),
        ("hf_other", [None, ["RepositoryNotFoundError", 404], FORBIDDEN, FORBIDDEN]),
        (None, [None, ["RepositoryNotFoundError", 401], ["RepositoryNotFoundError", 401], NOBODY]),
        ("hf_unknown", [NOBODY, NOBODY, NOBODY, NOBODY]),
    ],
    ids=["reader", "stranger", "anonymous", "unknown"],
)
@LFS_ONLY
def test_rights(hub: Hub, ask: Ask, token: str | None, expected: list[object]) -> None:
    hub.add_account("hf_other", Account("other", "write", ("elsewhere",)))
    hub.create(NAME)
    hub.create("org/secret", private=True)
    result = ask(
        f"""
answer(failures=[
    failure(api.repo_info, **REPO),
    failure(api.dataset_info, "org/secret"),
    {ADD_TEXT},
    failure(api.create_repo, "org/new", repo_type="dataset"),
])
""",
        token=token,
    )
    assert result["failures"] == expected


@LFS_ONLY
def test_somebody_else_commits_in_between(hub: Hub, ask: Ask) -> None:
    repository = hub.create(NAME)
    hub.before("POST", "/commit/main$", lambda: repository.commit({"theirs.txt": b"1"}))
    result = ask(
        """
parent = api.repo_info(**REPO).sha
answer(
    stale=failure(commit, add("a.txt", b"a"), parent_commit=parent),
    fresh=failure(commit, add("a.txt", b"a"), parent_commit=api.repo_info(**REPO).sha),
)
"""
    )
    assert result == {"stale": ["HfHubHTTPError", 412], "fresh": None}
    assert repository.files().keys() == {".gitattributes", "theirs.txt", "a.txt"}


@LFS_ONLY
def test_a_failing_commit_is_not_tried_again(hub: Hub, ask: Ask) -> None:
    repository = hub.create(NAME)
    statuses = [401, 403, 409, 412, 413, 429, 500, 503]
    for status in statuses:
        hub.fail("POST", "/commit/", status=status)
    hub.fail("POST", "/commit/", status=403, code="GatedRepo")
    hub.drop("POST", "/commit/")
    hub.drop("POST", "/commit/", after=20)
    result = ask(f"answer(failures=[{ADD_TEXT} for _ in range(11)])")
    assert result["failures"] == [
        *(["HfHubHTTPError", status] for status in statuses),
        ["GatedRepoError", 403],
        ["RemoteProtocolError", None],
        ["RemoteProtocolError", None],
    ]
    dropped = hub.log.matching("POST", "/commit/")[-2:]
    assert [(one.status, one.received) for one in dropped] == [(None, 0), (None, 20)]
    assert len(list(repository.history())) == 1


@LFS_ONLY
def test_a_commit_whose_answer_is_lost_is_made(hub: Hub, ask: Ask) -> None:
    repository = hub.create(NAME)
    hub.lose_answer("POST", "/commit/")
    result = ask(f"answer(first={ADD_TEXT}, second={ADD_TEXT})")
    assert result == {"first": ["RemoteProtocolError", None], "second": None}
    assert len(list(repository.history())) == 2, "the client finds that nothing is left to commit"
    assert repository.read("a.txt") == b"a"


@pytest.mark.parametrize(
    ("xet", "method", "pattern"),
    [
        (False, "PUT", "^/lfs/objects/"),
        (True, "POST", "^/v1/xorbs/"),
        (True, "POST", "^/v1/shards$"),
        (True, "GET", "/xet-write-token/"),
    ],
    ids=["lfs", "xorb", "shard", "token"],
)
def test_a_failing_upload_is_tried_again(hub: Hub, ask: Ask, method: str, pattern: str) -> None:
    repository = hub.create(NAME)
    hub.fail(method, pattern, status=503)
    hub.drop(method, pattern)
    assert ask(f"answer(failure={ADD_LARGE})", [DATA]) == {"failure": None}
    assert [one.status for one in hub.log.matching(method, pattern)] == [503, None, 200]
    assert repository.read("x.parquet") == DATA


def test_a_refused_upload_leaves_the_repository_as_it_was(hub: Hub, ask: Ask, xet: bool) -> None:
    repository = hub.create(NAME)
    head = repository.head
    method, pattern = ("POST", "^/v1/xorbs/") if xet else ("PUT", "^/lfs/")
    hub.fail(method, pattern, status=403)
    result = ask(f"answer(upload={ADD_LARGE}, again={ADD_LARGE})", [DATA])
    assert result == {"upload": ["ConnectionError" if xet else "RuntimeError", None], "again": None}
    assert len(hub.log.matching(method, pattern)) == 2
    assert [commit.id for commit in repository.history()][1:] == [head]


@LFS_ONLY
def test_downloads(hub: Hub, ask: Ask) -> None:
    """One that breaks off is begun again (or resumed, once 10 MB are there); a slow one is waited for."""
    hub.create(NAME).commit({"x.parquet": DATA})
    hub.truncate("GET", "/resolve/", after=100_000)
    hub.slow("HEAD", "/resolve/", seconds=0.3)
    result = ask(
        """
import time
start = time.monotonic()
path = hf_hub_download(**REPO, filename="x.parquet")
answer(seconds=time.monotonic() - start, size=Path(path).stat().st_size)
"""
    )
    assert result["seconds"] > 0.3
    assert result["size"] == len(DATA)
    assert [one.sent for one in hub.log.matching("GET", "/resolve/")] == [100_000, len(DATA)]
