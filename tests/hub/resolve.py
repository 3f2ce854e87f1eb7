"""The content of a file at a revision."""

from .messages import Answer, Refusal, Request, content_answer
from .repository import Commit, File, Repository
from .store import REVISION, Store, StoreRoute, commit_at


def resolve(store: Store, request: Request) -> Answer:
    repository = store.readable(request)
    commit = commit_at(repository, request.parts["revision"])
    file = commit.files.get(request.parts["path"])
    if file is None:
        raise Refusal(404, "Entry not found", "EntryNotFound", {"X-Repo-Commit": commit.id})
    headers = {
        "X-Repo-Commit": commit.id,
        "ETag": f'"{file.tag}"',
        **large_headers(store, repository, commit, file),
    }
    return content_answer(request, store.contents[file.sha256], headers)


def large_headers(store: Store, repository: Repository, commit: Commit, file: File) -> dict[str, str]:
    """What tells of content kept outside git, and where to ask for it in pieces if it came that way."""
    if not file.is_large:
        return {}
    headers = {"X-Linked-ETag": f'"{file.sha256}"', "X-Linked-Size": str(file.size)}
    xet_hash = store.xet.hash_of(file.sha256)
    if xet_hash is None:
        return headers
    address = store.api_address(repository, "xet-read-token", commit.id)
    return {**headers, "X-Xet-Hash": xet_hash, "Link": f'<{address}>; rel="xet-auth"'}


ROUTES = (
    StoreRoute(
        "GET",
        "/(?:(?P<kind>datasets|spaces)/)?(?P<namespace>[^/]+)/(?P<name>[^/]+)"
        f"/(?:resolve|raw)/{REVISION}/(?P<path>.+)",
        resolve,
    ),
)
