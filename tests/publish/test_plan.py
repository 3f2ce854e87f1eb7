"""What has to travel: the plan for any folder and any repository leads from one to the other."""

from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from build_dataset.publish.plan import LocalFile, git_sha1, plan
from build_dataset.publish.repository import Addition, Move, RemoteFile

names = st.sampled_from(
    [f"{folder}/{number}.parquet" for folder in ("quotes", "plots") for number in range(4)]
    + ["README.md", "manifest.json"]
)
trees = st.dictionaries(names, st.sampled_from([b"", b"one", b"two", b"three"]), max_size=8)


def remote(path: str, content: bytes, folder: Path) -> RemoteFile:
    """A file as the hub describes it: Parquet with a SHA-256, the rest with git's."""
    place = folder / "remote"
    place.write_bytes(content)
    large = path.endswith(".parquet")
    return RemoteFile(path, len(content), sha256(content).hexdigest() if large else None, git_sha1(place))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(trees, trees)
def test_it_leads_from_the_repository_to_the_folder(
    tmp_path: Path, here: dict[str, bytes], there: dict[str, bytes]
) -> None:
    local = []
    for number, (path, content) in enumerate(here.items()):
        place = tmp_path / str(number)
        place.write_bytes(content)
        local.append(LocalFile.at(place, path))
    found = plan(local, [remote(path, content, tmp_path) for path, content in there.items()])

    after = dict(there)
    for operation in found.operations:
        if isinstance(operation, Addition):
            after[operation.path] = operation.local.read_bytes()
        elif isinstance(operation, Move):
            after[operation.path] = there[operation.source]
        else:
            del after[operation]
    kept = {path: content for path, content in there.items() if "/" not in path}
    assert after == kept | here
    touched = [one if isinstance(one, str) else one.path for one in found.operations]
    assert len(touched) == len(set(touched))
    assert sorted([*touched, *found.unchanged]) == sorted({*touched, *here})
    known = set(there.values())
    assert not any(
        file.local.read_bytes() in known for file in (*found.new, *found.changed) if "/" in file.path
    ) or any("/" not in path for path in there)


@pytest.mark.parametrize("path", [".gitattributes", "notes/mine.txt", "CITATION.cff", "LICENSE.md"])
def test_what_is_not_the_datasets_own_stays(tmp_path: Path, path: str) -> None:
    assert plan([], [remote(path, b"", tmp_path)]).deleted == ()


def test_git_names_a_file_as_git_does(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"hello\n")

    assert git_sha1(tmp_path / "a") == "ce013625030ba8dba906f756967f9e9ca394464a"  # git hash-object
