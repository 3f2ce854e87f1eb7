"""The side of the hub that speaks HTTP: reads requests, writes answers, and lets things go wrong."""

import socket
import time
import traceback
from http.server import BaseHTTPRequestHandler
from typing import Protocol
from urllib.parse import unquote, urlsplit

from .faults import Fault
from .log import Exchange
from .messages import Answer, Refusal, Request


class Handler(Protocol):
    """Who knows the answers."""

    def fault(self, method: str, path: str) -> Fault | None: ...

    def handle(self, request: Request) -> Answer: ...

    def record(self, exchange: Exchange) -> None: ...


class Connection(BaseHTTPRequestHandler):
    """One connection, for as many requests as the client sends over it."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # else head and body of an answer wait for each other, 40 ms a request
    handler: Handler

    @classmethod
    def to(cls, handler: Handler) -> type["Connection"]:
        """The class of connections to a hub: the server makes the objects itself."""
        return type("HubConnection", (cls,), {"handler": handler})

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - as its base names it
        """Not on standard error: the hub has its own log."""

    def respond(self) -> None:
        address = urlsplit(self.path)
        path = unquote(address.path)
        fault = self.handler.fault(self.command, path) or Fault(self.command, "", 0)
        body = self._read(fault.read)
        if fault.read is not None:
            self._hang_up()
            self.handler.record(Exchange(self.command, path, None, len(body), 0))
            return
        request = Request(self.command, address.path, address.query, self.headers, body)
        answer = self._answer(request, fault)
        is_answered = fault.send is None or fault.send >= 0
        content = b"" if self.command == "HEAD" else answer.body[: fault.send]
        # Noted before it is sent: whoever has the answer finds it in the log.
        status = answer.status if is_answered else None
        sent = len(content) if is_answered else 0
        self.handler.record(Exchange(self.command, path, status, len(body), sent, answer.received))
        if is_answered:
            self._write(answer, content)
        if fault.send is not None:
            self._hang_up()

    do_GET = do_HEAD = do_POST = do_PUT = do_DELETE = respond  # noqa: N815 - as the base class names them

    def _answer(self, request: Request, fault: Fault) -> Answer:
        time.sleep(fault.delay)
        if fault.before is not None:
            fault.before()
        if fault.refusal is not None:
            return fault.refusal.answer()
        try:
            return self.handler.handle(request)
        except Exception:  # a mistake in the test hub: the test shall see it
            return Refusal(501, traceback.format_exc(limit=-1).strip().splitlines()[-1]).answer()

    def _read(self, limit: int | None) -> bytes:
        """The body, up to a limit."""
        if self.headers.get("Transfer-Encoding", "").lower() == "chunked":
            return self._read_chunked(limit)
        size = int(self.headers.get("Content-Length", 0))
        return self.rfile.read(size if limit is None else min(size, limit))

    def _read_chunked(self, limit: int | None) -> bytes:
        body = b""
        while (limit is None or len(body) < limit) and (
            size := int(self.rfile.readline().split(b";")[0], 16)
        ):
            body += self.rfile.read(size)
            self.rfile.readline()
        if limit is None:
            self.rfile.readline()
        return body[:limit]

    def _write(self, answer: Answer, content: bytes) -> None:
        self.send_response(answer.status)
        for name, value in {**answer.headers, "Content-Length": str(len(answer.body))}.items():
            self.send_header(name, value)
        self.end_headers()
        try:
            self.wfile.write(content)
        except OSError:  # the client has heard enough
            self.close_connection = True

    def _hang_up(self) -> None:
        """Close in both directions at once: a client in the middle of its request shall notice."""
        self.close_connection = True
        self.wfile.flush()
        self.connection.shutdown(socket.SHUT_RDWR)
