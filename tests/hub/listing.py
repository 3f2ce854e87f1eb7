"""The files of a revision: the tree, page by page, and single paths."""

import hashlib
from urllib.parse import parse_qs, urlencode

from .messages import Answer, Refusal, Request, json_answer
from .repository import Commit, File, Repository
from .store import REPOSITORY, REVISION, Store, StoreRoute, commit_at

Entry = dict[str, object]


def tree(store: Store, request: Request) -> Answer:
    repository = store.readable(request)
    commit = commit_at(repository, request.parts["revision"])
    entries = entries_of(store, commit)
    folder = request.parts["path"].strip("/")
    if folder and folder not in entries:
        message = f'{folder} does not exist on "{request.parts["revision"]}"'
        raise Refusal(404, message, "EntryNotFound", {"X-Repo-Commit": commit.id})
    paths = children(entries, folder, deep=request.is_set("recursive"))
    start = int(request.parameters.get("cursor", ["0"])[0])
    stop = start + store.page_size
    headers = {"X-Repo-Commit": commit.id}
    if stop < len(paths):
        headers["Link"] = f'<{next_page(store, request, repository, stop)}>; rel="next"'
    page = [entries[path] for path in paths[start:stop]]
    return json_answer(expanded(repository, commit, page, request.is_set("expand")), headers=headers)


def paths_information(store: Store, request: Request) -> Answer:
    repository = store.readable(request)
    commit = commit_at(repository, request.parts["revision"])
    form = parse_qs(request.body.decode())
    entries = entries_of(store, commit)
    wanted = [path.strip("/") for path in form.get("paths", [])]
    found = [entries[path] for path in wanted if path in entries]
    return json_answer(expanded(repository, commit, found, form.get("expand") == ["true"]))


def entries_of(store: Store, commit: Commit) -> dict[str, Entry]:
    """All files and folders of a commit by path."""
    entries = {path: file_entry(store, path, file) for path, file in commit.files.items()}
    for path in commit.files:
        names = path.split("/")[:-1]
        for depth in range(1, len(names) + 1):
            folder = "/".join(names[:depth])
            entries[folder] = folder_entry(folder, commit)
    return dict(sorted(entries.items()))


def file_entry(store: Store, path: str, file: File) -> Entry:
    entry: Entry = {"type": "file", "path": path, "size": file.size, "oid": file.git_hash}
    if file.is_large:
        entry["lfs"] = {"oid": file.sha256, "size": file.size, "pointerSize": file.pointer_size}
        if (xet_hash := store.xet.hash_of(file.sha256)) is not None:
            entry["xetHash"] = xet_hash
    return entry


def folder_entry(folder: str, commit: Commit) -> Entry:
    """A folder, with an id that changes as its files do."""
    files = sorted(
        (path, file.git_hash) for path, file in commit.files.items() if path.startswith(f"{folder}/")
    )
    return {
        "type": "directory",
        "path": folder,
        "size": 0,
        "oid": hashlib.sha1(repr(files).encode()).hexdigest(),
    }


def children(entries: dict[str, Entry], folder: str, deep: bool) -> list[str]:
    """The paths in a folder, with those of the folders in it if `deep`."""
    prefix = f"{folder}/" if folder else ""
    inside = [path for path in entries if path.startswith(prefix)]
    return inside if deep else [path for path in inside if "/" not in path.removeprefix(prefix)]


def next_page(store: Store, request: Request, repository: Repository, cursor: int) -> str:
    address = store.api_address(
        repository, "tree", request.parts["revision"], request.parts["path"].strip("/")
    )
    parameters = {name: values[0] for name, values in request.parameters.items()}
    return f"{address}?{urlencode({**parameters, 'cursor': cursor})}"


def expanded(repository: Repository, commit: Commit, entries: list[Entry], wanted: bool) -> list[Entry]:
    """The entries, each with the commit that changed it last if that is `wanted`."""
    if not wanted:
        return entries
    return [{**entry, "lastCommit": last_change(repository, commit, str(entry["path"]))} for entry in entries]


def last_change(repository: Repository, commit: Commit, path: str) -> dict[str, str]:
    """The newest commit in which a file, or any file of a folder, is not what it was in the one before."""

    def content(of: Commit) -> dict[str, str]:
        return {p: f.git_hash for p, f in of.files.items() if p == path or p.startswith(f"{path}/")}

    changed = commit
    for earlier in repository.history(commit.id):
        if content(earlier) != content(commit):
            break
        changed = earlier
    return {"id": changed.id, "title": changed.title, "date": changed.date}


ROUTES = (
    StoreRoute("GET", f"/api/{REPOSITORY}/tree/{REVISION}(?:/(?P<path>.*))?", tree),
    StoreRoute("POST", f"/api/{REPOSITORY}/paths-info/{REVISION}", paths_information),
)
