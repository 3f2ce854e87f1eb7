"""The hub as the real client sees it, through xet and through git-lfs."""

import hashlib
import json
import random
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.hub import Hub, run_client
from tests.hub.fixtures import NAME, PRELUDE, Ask

DATA = random.Random(1).randbytes(1_200_000)
EDITED = DATA[:400_000] + b"a few words more" + DATA[400_000:]


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def test_what_is_committed_is_what_is_read(hub: Hub, ask: Ask, xet: bool) -> None:
    result = ask(
        """
first = api.create_repo(**REPO)
again = api.create_repo(**REPO, exist_ok=True)
exists = failure(api.create_repo, **REPO)
one = commit(add("README.md", b"# News"), add("data/x.parquet", files[0]), add("old.txt", b"old"))
two = commit(add("data/x.parquet", files[1]), CommitOperationDelete("old.txt"), parent_commit=one.oid)
tree = list(api.list_repo_tree(**REPO, recursive=True, expand=True))
folder = Path(snapshot_download(**REPO))
answer(
    name=api.whoami()["name"], urls=[first, again], exists=exists, oid=two.oid, url=two.commit_url,
    hashes={f.path: f.lfs.sha256 for f in tree if getattr(f, "lfs", None)},
    changed={f.path: f.last_commit.oid for f in tree},
    size=Path(hf_hub_download(**REPO, filename="data/x.parquet", revision=one.oid)).stat().st_size,
    read=sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()),
    same=(folder / "data/x.parquet").read_bytes() == Path(files[1]).read_bytes(),
    commits=[c.commit_id for c in api.list_repo_commits(**REPO)],
    missing=failure(hf_hub_download, **REPO, filename="no.txt"),
    unknown=failure(api.dataset_info, "org/no"),
    revision=failure(api.dataset_info, "org/news", revision="no"),
)
""",
        [DATA, EDITED],
    )
    repository = hub.repository(NAME)
    newest, first, initial = (commit.id for commit in repository.history())
    address = f"{hub.endpoint}/datasets/{NAME}"
    assert result["name"] == "writer"
    assert result["urls"] == [address, address]
    assert result["exists"] == ["HfHubHTTPError", 409]
    assert (result["oid"], result["url"]) == (newest, f"{address}/commit/{newest}")
    assert result["hashes"] == {"data/x.parquet": sha256(EDITED)}
    assert result["changed"] == {
        ".gitattributes": initial,
        "README.md": first,
        "data": newest,
        "data/x.parquet": newest,
    }
    assert result["size"] == len(DATA)
    assert result["read"] == [".gitattributes", "README.md", "data/x.parquet"] == sorted(repository.files())
    assert result["same"] and repository.read("data/x.parquet") == EDITED
    assert result["commits"] == [newest, first, initial]
    assert result["missing"] == ["RemoteEntryNotFoundError", 404]
    assert result["unknown"] == ["RepositoryNotFoundError", 404]
    assert result["revision"] == ["RevisionNotFoundError", 404]
    assert (hub.log.new_bytes("lfs") == 0) is xet
    assert (hub.log.new_bytes("xet") == 0) is not xet


def test_tags_and_branches_keep_what_they_name(hub: Hub, ask: Ask) -> None:
    hub.create(NAME).commit({"x.parquet": DATA, "y.txt": b"1"})
    result = ask(
        """
api.create_tag(**REPO, tag="v1.0.0", tag_message="First")
api.create_branch(**REPO, branch="dev/next", revision="v1.0.0")
commit(add("x.parquet", files[0]))
commit(CommitOperationDelete("y.txt"), revision="dev/next")
folder = Path(snapshot_download(**REPO, revision="v1.0.0"))
refs = api.list_repo_refs(**REPO)
answer(
    same=(folder / "x.parquet").read_bytes() == Path(files[1]).read_bytes(),
    branches={b.name: b.target_commit for b in refs.branches}, tags={t.name: t.target_commit for t in refs.tags},
    files=api.list_repo_files(**REPO, revision="dev/next"),
    taken=[failure(api.create_tag, **REPO, tag="v1.0.0"), failure(api.create_branch, **REPO, branch="dev/next")],
    onto_tag=failure(commit, add("z.txt", b"z"), revision="v1.0.0"),
    deleted=[api.delete_branch(**REPO, branch="dev/next"), api.delete_tag(**REPO, tag="v1.0.0")],
    gone=failure(api.delete_tag, **REPO, tag="v1.0.0"),
)
api.delete_repo(**REPO)
""",
        [EDITED, DATA],
    )
    assert result["same"]
    assert result["tags"].keys() == {"v1.0.0"}
    assert len({*result["branches"].values(), *result["tags"].values()}) == 3
    assert result["files"] == [".gitattributes", "x.parquet"]
    assert result["taken"] == [["HfHubHTTPError", 409]] * 2
    assert result["onto_tag"] == ["BadRequestError", 400]
    assert result["gone"] == ["RevisionNotFoundError", 404]
    with pytest.raises(KeyError):
        hub.repository(NAME)


def test_a_copy_moves_no_large_content(hub: Hub, ask: Ask) -> None:
    repository = hub.create(NAME)
    first = repository.commit({"x.parquet": DATA, "y.txt": b"text"})
    repository.commit({"x.parquet": EDITED})
    ask(
        f"""
commit(
    CommitOperationCopy("x.parquet", "data/new.parquet"),
    CommitOperationCopy("x.parquet", "data/old.parquet", src_revision="{first}"),
    CommitOperationCopy("y.txt", "z.txt"),
    CommitOperationDelete("x.parquet"),
)
answer()
"""
    )
    files = repository.files()
    assert files["data/new.parquet"] == sha256(EDITED)
    assert files["data/old.parquet"] == sha256(DATA)
    assert repository.read("z.txt") == b"text"
    assert "x.parquet" not in files
    assert hub.log.new_bytes("lfs") == hub.log.new_bytes("xet") == 0
    assert sum(exchange.sent for exchange in hub.log) < 10_000


def test_checksums_are_verified(hub: Hub, ask: Ask, tmp_path: Path) -> None:
    hub.create(NAME).commit({"x.parquet": DATA, "y.txt": b"1", "z.txt": b"2"})
    folder = tmp_path / "local"
    folder.mkdir()
    (folder / "x.parquet").write_bytes(EDITED)
    (folder / "y.txt").write_bytes(b"1")
    result = ask(
        f"""
found = api.verify_repo_checksums(**REPO, local_dir={str(folder)!r})
answer(wrong=[(m["path"], m["expected"]) for m in found.mismatches], missing=found.missing_paths)
"""
    )
    assert result["wrong"] == [["x.parquet", sha256(DATA)]]
    assert result["missing"] == [".gitattributes", "z.txt"]


def test_content_that_the_hub_has_is_not_stored_again(hub: Hub, ask: Ask) -> None:
    hub.create(NAME)
    program = 'commit(add("x.parquet", files[0]), add("README.md", {!r}))\nanswer()'
    ask(program.format(b"1"), [DATA])
    hub.log.clear()
    ask(program.format(b"2"), [DATA], home="another machine")
    assert hub.log.new_bytes("lfs") == hub.log.new_bytes("xet") == 0
    assert hub.log.new_bytes("commit") == 1
    assert hub.repository(NAME).read("README.md") == b"2"
    assert hub.repository(NAME).read("x.parquet") == DATA


@pytest.mark.parametrize("home", ["home", "another machine"])
@pytest.mark.parametrize("xet", [True], ids=["xet"])
def test_an_edit_costs_the_chunks_around_it(hub: Hub, ask: Ask, home: str) -> None:
    hub.create(NAME)
    program = 'commit(add("x.parquet", files[0]))\nanswer()'
    ask(program, [DATA])
    assert len(DATA) < hub.log.new_bytes("xet") < len(DATA) * 1.01
    hub.log.clear()
    ask(program, [EDITED], home=home)
    assert 0 < hub.log.new_bytes("xet") < len(DATA) / 4
    assert hub.repository(NAME).read("x.parquet") == EDITED


def test_pages_and_parts(tmp_path: Path) -> None:
    paths = [f"data/{number}.txt" for number in range(5)]
    with Hub(page_size=2, part_size=500_000) as hub:
        hub.create(NAME).commit(dict.fromkeys(paths, b"x"))
        program = f"""{PRELUDE}
commit(add("x.parquet", {str(tmp_path / "x.parquet")!r}))
answer(paths=[entry.path for entry in api.list_repo_tree(**REPO, recursive=True)])
"""
        (tmp_path / "x.parquet").write_bytes(DATA)
        ended = run_client(hub, program, home=tmp_path, xet=False)
        assert json.loads(ended.stdout)["paths"] == [".gitattributes", "data", *paths, "x.parquet"]
        assert [part.received for part in hub.log.matching("PUT", "")] == [500_000, 500_000, 200_000]
        assert hub.log.contents("lfs") == {sha256(DATA): len(DATA)}
        assert hub.repository(NAME).read("x.parquet") == DATA


CARD = b"""---
configs:
- config_name: quotes
  default: true
  data_files: quotes/*.parquet
- config_name: speakers
  data_files: speakers/*.parquet
---
# News
"""


def parquet(**columns: list[object]) -> bytes:
    sink = pa.BufferOutputStream()
    pq.write_table(pa.table(columns), sink)
    return bytes(sink.getvalue())


def test_readers_of_datasets(hub: Hub, ask: Ask) -> None:
    """Published through the client, so that in xet mode, there is something to be read through xet."""
    quotes, speakers = parquet(text=["No", "Yes"], id=[1, 2]), parquet(name=["Ann Lee"])
    hub.create(NAME).commit({"README.md": CARD})
    result = ask(
        """
commit(add("quotes/0.parquet", files[0]), add("speakers/0.parquet", files[1]))
api.create_tag(**REPO, tag="v1")
commit(CommitOperationDelete("speakers/", is_folder=True))
import datasets, pandas
answer(
    quotes=datasets.load_dataset("org/news", split="train").to_list(),
    speakers=datasets.load_dataset("org/news", "speakers", revision="v1")["train"].to_list(),
    streamed=list(datasets.load_dataset("org/news", "quotes", split="train", streaming=True)),
    frame=pandas.read_parquet("hf://datasets/org/news/quotes/0.parquet").to_dict("records"),
    pinned=pandas.read_parquet("hf://datasets/org/news@v1/speakers/0.parquet").to_dict("records"),
)
""",
        [quotes, speakers],
    )
    rows = [{"text": "No", "id": 1}, {"text": "Yes", "id": 2}]
    assert result["quotes"] == result["streamed"] == result["frame"] == rows
    assert result["speakers"] == result["pinned"] == [{"name": "Ann Lee"}]
