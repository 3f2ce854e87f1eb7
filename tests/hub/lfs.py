"""Large file storage as git-lfs has it: ask for a place, put the content there whole or in parts, verify."""

import hashlib
from dataclasses import replace

from .messages import Answer, Refusal, Request, json_answer
from .store import Store, StoreRoute

OBJECT = r"/lfs/objects/(?P<sha256>[0-9a-f]{64})"


def batch(store: Store, request: Request) -> Answer:
    """Where to put each content. One that the hub has gets no actions: the client leaves it out."""
    store.writable(request)
    wanted = [(item["oid"], item["size"]) for item in request.json()["objects"]]
    objects = [
        {"oid": sha256, "size": size, **({} if sha256 in store.contents else actions(store, sha256, size))}
        for sha256, size in wanted
    ]
    return json_answer({"transfer": "basic", "objects": objects})


def actions(store: Store, sha256: str, size: int) -> dict[str, object]:
    address = f"{store.endpoint}/lfs/objects/{sha256}"
    upload: dict[str, object] = {"href": address}
    if store.part_size is not None and size > store.part_size:
        count = -(-size // store.part_size)
        parts = {str(number): f"{address}/{number}" for number in range(1, count + 1)}
        upload = {"href": f"{address}/complete", "header": {"chunk_size": str(store.part_size), **parts}}
    return {"actions": {"upload": upload, "verify": {"href": f"{address}/verify"}}}


def put(store: Store, request: Request) -> Answer:
    return accept(store, request.parts["sha256"], request.body)


def put_part(store: Store, request: Request) -> Answer:
    store.parts[request.parts["sha256"], int(request.parts["number"])] = request.body
    return Answer(headers={"ETag": f'"{hashlib.md5(request.body).hexdigest()}"'})


def complete(store: Store, request: Request) -> Answer:
    sha256 = request.parts["sha256"]
    numbers = sorted(part["partNumber"] for part in request.json()["parts"])
    return accept(store, sha256, b"".join(store.parts.pop((sha256, number)) for number in numbers))


def accept(store: Store, sha256: str, content: bytes) -> Answer:
    """Keep content that is what it was announced to be.

    Raises:
        Refusal: 400, if it is not.
    """
    if hashlib.sha256(content).hexdigest() != sha256:
        raise Refusal(400, f"The content is not that of {sha256}")
    _, new = store.contents.add(content)
    return replace(json_answer({}), received={sha256: new})


def verify(store: Store, request: Request) -> Answer:
    sha256 = request.parts["sha256"]
    if sha256 not in store.contents or len(store.contents[sha256]) != request.json()["size"]:
        raise Refusal(404, f"There is no content {sha256} of this size")
    return json_answer({})


ROUTES = (
    StoreRoute(
        "POST",
        r"/(?:(?P<kind>datasets|spaces)/)?(?P<namespace>[^/]+)/(?P<name>[^/]+)\.git/info/lfs/objects/batch",
        batch,
    ),
    StoreRoute("PUT", OBJECT, put),
    StoreRoute("PUT", OBJECT + r"/(?P<number>\d+)", put_part),
    StoreRoute("POST", OBJECT + "/complete", complete),
    StoreRoute("POST", OBJECT + "/verify", verify),
)
