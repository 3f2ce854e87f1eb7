"""Accounts and repositories as a whole: who am I, create, delete, information, branches, tags, history."""

from .messages import Answer, Refusal, Request, json_answer
from .repository import File, Repository
from .store import REPOSITORY, REVISION, Store, StoreRoute, commit_at


def who_am_i(store: Store, request: Request) -> Answer:
    account = store.account(request)
    if account is None:
        raise Refusal(401, "Invalid credentials in Authorization header")
    return json_answer(
        {
            "type": "user",
            "id": account.name,
            "name": account.name,
            "fullname": account.name,
            "isPro": False,
            "orgs": [
                {"type": "org", "name": name, "roleInOrg": account.role} for name in account.organisations
            ],
            "auth": {
                "type": "access_token",
                "accessToken": {"displayName": account.name, "role": account.role},
            },
        }
    )


def validate_card(store: Store, request: Request) -> Answer:
    """No check of the card's metadata: that is for the hub itself to do."""
    store.account(request)
    return json_answer({"errors": [], "warnings": []})


def create_repository(store: Store, request: Request) -> Answer:
    wanted = request.json()
    kind, name = named_repository(store, request)
    repository = store.repositories.get((kind, name))
    if repository is not None:
        exists = Refusal(409, f"You already created this {kind} repo: {name}")
        return exists.answer(url=store.address(repository))
    repository = Repository(kind, name, store.contents, is_private=wanted.get("visibility") == "private")
    store.repositories[kind, name] = repository
    return json_answer({"url": store.address(repository), "name": name, "id": name})


def delete_repository(store: Store, request: Request) -> Answer:
    if store.repositories.pop(named_repository(store, request), None) is None:
        raise Refusal(404, "Repository not found", "RepoNotFound")
    return json_answer({})


def named_repository(store: Store, request: Request) -> tuple[str, str]:
    """Kind and full name of the repository in a body, if whoever asks may write there."""
    wanted = request.json()
    account = store.account(request)
    namespace = wanted.get("organization") or (account.name if account else "")
    store.require_writer(request, namespace)
    return wanted.get("type") or "model", f"{namespace}/{wanted['name']}"


def information(store: Store, request: Request) -> Answer:
    repository = store.readable(request)
    commit = commit_at(repository, request.parts.get("revision") or "main")
    described = request.is_set("blobs")
    return json_answer(
        {
            "_id": repository.name,
            "id": repository.name,
            "author": repository.name.split("/")[0],
            "sha": commit.id,
            "private": repository.is_private,
            "gated": False,
            "disabled": False,
            "tags": [],
            "downloads": 0,
            "likes": 0,
            "createdAt": list(repository.history())[-1].date,
            "lastModified": commit.date,
            "siblings": [sibling(path, file, described) for path, file in sorted(commit.files.items())],
        }
    )


def sibling(path: str, file: File, described: bool) -> dict[str, object]:
    """A file as the information of a repository lists it."""
    if not described:
        return {"rfilename": path}
    entry: dict[str, object] = {"rfilename": path, "size": file.size, "blobId": file.git_hash}
    if file.is_large:
        entry["lfs"] = {"sha256": file.sha256, "size": file.size, "pointerSize": file.pointer_size}
    return entry


def references(store: Store, request: Request) -> Answer:
    repository = store.readable(request)

    def described(names: dict[str, str], folder: str) -> list[dict[str, str]]:
        return [{"name": n, "ref": f"refs/{folder}/{n}", "targetCommit": id_} for n, id_ in names.items()]

    return json_answer(
        {
            "branches": described(repository.branches, "heads"),
            "tags": described(repository.tags, "tags"),
            "converts": [],
            "pullRequests": [],
        }
    )


def commits(store: Store, request: Request) -> Answer:
    repository = store.readable(request)
    revision = commit_at(repository, request.parts["revision"]).id
    return json_answer(
        [
            {
                "id": commit.id,
                "title": commit.title,
                "message": commit.message,
                "date": commit.date,
                "authors": [{"user": "somebody"}],
            }
            for commit in repository.history(revision)
        ]
    )


def create_tag(store: Store, request: Request) -> Answer:
    repository = store.writable(request)
    commit = commit_at(repository, request.parts["revision"])
    return create_reference(repository.tags, request.json()["tag"], commit.id)


def create_branch(store: Store, request: Request) -> Answer:
    repository = store.writable(request)
    commit = commit_at(repository, request.json().get("startingPoint", "main"))
    return create_reference(repository.branches, request.parts["revision"], commit.id)


def create_reference(names: dict[str, str], name: str, commit: str) -> Answer:
    if name in names:
        raise Refusal(409, f"Reference already exists: {name}")
    names[name] = commit
    return json_answer({})


def delete_tag(store: Store, request: Request) -> Answer:
    return delete_reference(store.writable(request).tags, request.parts["revision"])


def delete_branch(store: Store, request: Request) -> Answer:
    if request.parts["revision"] == "main":
        raise Refusal(403, "The branch main cannot be deleted")
    return delete_reference(store.writable(request).branches, request.parts["revision"])


def delete_reference(names: dict[str, str], name: str) -> Answer:
    if names.pop(name, None) is None:
        raise Refusal(404, f"Invalid rev id: {name}", "RevisionNotFound")
    return json_answer({})


ROUTES = (
    StoreRoute("GET", "/api/whoami-v2", who_am_i),
    StoreRoute("POST", "/api/validate-yaml", validate_card),
    StoreRoute("POST", "/api/repos/create", create_repository),
    StoreRoute("DELETE", "/api/repos/delete", delete_repository),
    StoreRoute("GET", f"/api/{REPOSITORY}(?:/revision/{REVISION})?", information),
    StoreRoute("GET", f"/api/{REPOSITORY}/refs", references),
    StoreRoute("GET", f"/api/{REPOSITORY}/commits/{REVISION}", commits),
    StoreRoute("POST", f"/api/{REPOSITORY}/tag/{REVISION}", create_tag),
    StoreRoute("DELETE", f"/api/{REPOSITORY}/tag/{REVISION}", delete_tag),
    StoreRoute("POST", f"/api/{REPOSITORY}/branch/{REVISION}", create_branch),
    StoreRoute("DELETE", f"/api/{REPOSITORY}/branch/{REVISION}", delete_branch),
)
