"""Requests and answers of the test hub, free of sockets."""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from email.message import Message
from typing import Any, Generic, TypeVar
from urllib.parse import parse_qs, unquote

State = TypeVar("State")


@dataclass(frozen=True)
class Request:
    """What a client asks. `path` is still percent-encoded; `parts` are the decoded groups of its route."""

    method: str
    path: str
    query: str
    headers: Message
    body: bytes
    parts: Mapping[str, str] = field(default_factory=dict)

    @property
    def token(self) -> str:
        """The bearer token; empty for somebody without."""
        return str(self.headers.get("Authorization", "")).removeprefix("Bearer ")

    @property
    def parameters(self) -> dict[str, list[str]]:
        return parse_qs(self.query)

    def is_set(self, parameter: str) -> bool:
        return self.parameters.get(parameter, ["false"])[0].lower() in ("true", "1")

    def json(self) -> Any:
        return json.loads(self.body or b"{}")


@dataclass(frozen=True)
class Answer:
    """What the hub replies, and for the log: which content came with the request.

    `received` maps the hash of each content to the bytes that the hub had to store for it: 0 for content
    that it had before.
    """

    status: int = 200
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    received: Mapping[str, int] = field(default_factory=dict)


class Refusal(Exception):  # noqa: N818 - not an error of the hub: an answer it gives
    """An answer other than success, with the code from which the client chooses its exception class."""

    def __init__(self, status: int, message: str, code: str = "", headers: Mapping[str, str] | None = None):
        super().__init__(message)
        self.status = status
        self.message = message
        self.headers = {
            **({"X-Error-Code": code} if code else {}),
            "X-Error-Message": message,
            **(headers or {}),
        }

    def answer(self, **fields: str) -> Answer:
        return json_answer({"error": self.message, **fields}, self.status, self.headers)


def json_answer(value: object, status: int = 200, headers: Mapping[str, str] | None = None) -> Answer:
    return Answer(status, json.dumps(value).encode(), {"Content-Type": "application/json", **(headers or {})})


@dataclass(frozen=True)
class Route(Generic[State]):
    """A method and a pattern for the whole encoded path, and the function that answers."""

    method: str
    pattern: str
    respond: Callable[[State, Request], Answer]

    def match(self, request: Request) -> Request | None:
        """The request with the parts of its path, if it is for this route. HEAD is GET without a body."""
        if self.method != ("GET" if request.method == "HEAD" else request.method):
            return None
        match = re.fullmatch(self.pattern, request.path)
        if match is None:
            return None
        return replace(request, parts={name: unquote(part or "") for name, part in match.groupdict().items()})


def dispatch(routes: Sequence[Route[State]], state: State, request: Request) -> Answer:
    """The answer of the first route that fits."""
    for route in routes:
        if (matched := route.match(request)) is not None:
            try:
                return route.respond(state, matched)
            except Refusal as refusal:
                return refusal.answer()
    return Refusal(404, f"The test hub has no route for {request.method} {request.path}").answer()


def requested_range(request: Request, size: int) -> range | None:
    """The bytes of `size` that a Range header asks for; None without one.

    Raises:
        Refusal: 416, if the range begins after the end.
    """
    match = re.fullmatch(r"bytes=(\d*)-(\d*)", request.headers.get("Range", ""))
    if match is None:
        return None
    first, last = match.groups()
    if not first:
        return range(max(0, size - int(last)), size)
    if int(first) >= size:
        raise Refusal(416, "Range Not Satisfiable", headers={"Content-Range": f"bytes */{size}"})
    return range(int(first), min(int(last or size), size - 1) + 1)


def content_answer(request: Request, content: bytes, headers: Mapping[str, str] | None = None) -> Answer:
    """All of `content`, or the range of it that was asked for."""
    shared = {"Content-Type": "application/octet-stream", "Accept-Ranges": "bytes", **(headers or {})}
    wanted = requested_range(request, len(content))
    if wanted is None:
        return Answer(200, content, shared)
    place = f"bytes {wanted.start}-{wanted.stop - 1}/{len(content)}"
    return Answer(206, content[wanted.start : wanted.stop], {**shared, "Content-Range": place})
