"""Before and at a commit: which files go to large file storage, and the commit itself."""

import base64
import json

from .messages import Answer, Refusal, Request, json_answer
from .repository import File, Repository
from .store import REPOSITORY, REVISION, Store, StoreRoute, commit_at


def before_upload(store: Store, request: Request) -> Answer:
    """How each file is to be uploaded, and what the hub has at its path: the client leaves out what is equal."""
    repository = store.writable(request)
    commit = commit_at(repository, request.parts["revision"])
    answers = []
    for file in request.json()["files"]:
        sample = base64.b64decode(file["sample"])
        large = repository.is_large(file["path"], file["size"], sample, commit.id)
        mode = "lfs" if large else "regular"
        answer = {"path": file["path"], "uploadMode": mode, "shouldIgnore": False}
        if (present := commit.files.get(file["path"])) is not None:
            answer["oid"] = present.tag
        answers.append(answer)
    return json_answer({"files": answers, "commitOid": commit.id})


def commit(store: Store, request: Request) -> Answer:
    """Apply all changes, or none."""
    repository = store.writable(request)
    branch = request.parts["revision"]
    base = commit_at(repository, branch)
    if branch not in repository.branches:
        raise Refusal(400, f"Cannot commit to {branch}: it is not a branch")
    lines = [json.loads(line) for line in request.body.splitlines() if line]
    header = next(line["value"] for line in lines if line["key"] == "header")
    if not base.id.startswith(header.get("parentCommit", "")):
        raise Refusal(412, "A commit has happened since. Please refresh and try again.")
    change = Change(store, dict(base.files))
    for line in lines:
        change.apply(line["key"], line["value"])
    id_ = repository.record(branch, change.files, header["summary"], header.get("description", ""))
    return commit_answer(store, repository, id_, change.received)


def commit_answer(store: Store, repository: Repository, id_: str, received: dict[str, int]) -> Answer:
    address = f"{store.address(repository)}/commit/{id_}"
    answer = json_answer({"success": True, "commitOid": id_, "commitUrl": address, "hookOutput": ""})
    return Answer(answer.status, answer.body, answer.headers, received)


class Change:
    """The files of a commit in the making, and what content came with it."""

    def __init__(self, store: Store, files: dict[str, File]) -> None:
        self.files = files
        self.received: dict[str, int] = {}
        self._store = store

    def apply(self, key: str, value: dict[str, str]) -> None:
        """One line of the request.

        Raises:
            Refusal: 400 or 404, if it does not fit the files.
        """
        match key:
            case "header":
                pass
            case "file":
                self._write(value["path"], base64.b64decode(value["content"]))
            case "lfsFile":
                self._point(value["path"], value["oid"])
            case "deletedFile":
                self._delete([path for path in self.files if path == value["path"]])
            case "deletedFolder":
                folder = value["path"].rstrip("/") + "/"
                self._delete([path for path in self.files if path.startswith(folder)])
            case _:
                raise Refusal(400, f"Unknown key in a commit: {key}")

    def _write(self, path: str, content: bytes) -> None:
        sha256, new = self._store.contents.add(content)
        self.received[sha256] = new
        self.files[path] = File.regular(content)

    def _point(self, path: str, sha256: str) -> None:
        if sha256 not in self._store.contents:
            raise Refusal(400, f"The content of {path} was not uploaded: {sha256}")
        self.files[path] = File.large(sha256, len(self._store.contents[sha256]))

    def _delete(self, paths: list[str]) -> None:
        if not paths:
            raise Refusal(404, "A file with this name doesn't exist", "EntryNotFound")
        for path in paths:
            del self.files[path]


ROUTES = (
    StoreRoute("POST", f"/api/{REPOSITORY}/preupload/{REVISION}", before_upload),
    StoreRoute("POST", f"/api/{REPOSITORY}/commit/{REVISION}", commit),
)
