"""Tokens for the xet store, upload of xorbs and shards, and how to put a file together from xorbs."""

import time
from dataclasses import replace

from .messages import Answer, Refusal, Request, content_answer, json_answer, requested_range
from .store import REPOSITORY, REVISION, Store, StoreRoute
from .xet_format import MalformedError

HASH = "(?P<hash>[0-9a-f]{64})"
LIFETIME = 3600  # seconds that a token is for
READ, WRITE = "xet_read", "xet_write"


def read_token(store: Store, request: Request) -> Answer:
    store.readable(request)
    return token(store, READ)


def write_token(store: Store, request: Request) -> Answer:
    store.writable(request)
    return token(store, WRITE)


def token(store: Store, value: str) -> Answer:
    """The token in the body, for those who upload, and in headers, for those who download."""
    expiry = int(time.time()) + LIFETIME
    headers = {
        "X-Xet-Cas-Url": store.endpoint,
        "X-Xet-Access-Token": value,
        "X-Xet-Token-Expiration": str(expiry),
    }
    return json_answer({"accessToken": value, "exp": expiry, "casUrl": store.endpoint}, headers=headers)


def require(request: Request, *accepted: str) -> None:
    if request.token not in accepted:
        raise Refusal(403 if request.token == READ else 401, "This token of the xet store does not suffice")


def put_xorb(store: Store, request: Request) -> Answer:
    require(request, WRITE)
    hash_ = request.parts["hash"]
    try:
        new = store.xet.add_xorb(hash_, request.body)
    except MalformedError as error:
        raise Refusal(400, str(error)) from error
    return replace(json_answer({"was_inserted": new > 0}), received={hash_: new})


def put_shard(store: Store, request: Request) -> Answer:
    require(request, WRITE)
    try:
        files = store.xet.add_shard(request.body)
    except MalformedError as error:
        raise Refusal(400, str(error)) from error
    # The bytes of these files were counted with their xorbs.
    return replace(json_answer({"result": 1}), received=dict.fromkeys(files, 0))


def known_chunk(store: Store, request: Request) -> Answer:
    """What the store has together with a chunk. The client asks for few of a file, its first among them."""
    require(request, WRITE)
    shard = store.xet.shard_about(request.parts["hash"])
    if shard is None:
        raise Refusal(404, "Nobody has uploaded this chunk")
    return content_answer(request, shard)


def reconstruction(store: Store, request: Request) -> Answer:
    """What a file, or the range of it that is asked for, is made of, and where to fetch that."""
    require(request, READ, WRITE)
    file = store.xet.files.get(request.parts["hash"])
    if file is None:
        raise Refusal(404, "There is no such file")
    wanted = requested_range(request, file.size) or range(file.size)
    skipped, found = store.xet.overlapping(file, wanted)
    terms = []
    sources: dict[str, list[dict[str, object]]] = {}
    for term in found:
        chunks = {"start": term.first, "end": term.stop}
        place = store.xet.place(term)
        terms.append({"hash": term.xorb, "unpacked_length": term.size, "range": chunks})
        sources.setdefault(term.xorb, []).append(
            {
                "range": chunks,
                "url": f"{store.endpoint}/xet/xorbs/{term.xorb}",
                "url_range": {"start": place.start, "end": place.stop - 1},
            }
        )
    return json_answer({"offset_into_first_range": skipped, "terms": terms, "fetch_info": sources})


def xorb(store: Store, request: Request) -> Answer:
    stored = store.xet.xorbs.get(request.parts["hash"])
    if stored is None:
        raise Refusal(404, "There is no such xorb")
    return content_answer(request, stored.body)


ROUTES = (
    StoreRoute("GET", f"/api/{REPOSITORY}/xet-read-token/{REVISION}", read_token),
    StoreRoute("GET", f"/api/{REPOSITORY}/xet-write-token/{REVISION}", write_token),
    StoreRoute("POST", f"/v1/xorbs/default/{HASH}", put_xorb),
    StoreRoute("POST", "(?:/v1)?/shards", put_shard),
    StoreRoute("GET", f"/v1/chunks/[^/]+/{HASH}", known_chunk),
    StoreRoute("GET", f"/v1/reconstructions/{HASH}", reconstruction),
    StoreRoute("GET", f"/xet/xorbs/{HASH}", xorb),
)
