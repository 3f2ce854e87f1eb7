"""A Hugging Face Hub on this machine, in memory."""

import threading
from collections.abc import Callable
from http.server import ThreadingHTTPServer
from types import TracebackType

from . import api, lfs, listing, resolve, upload, xet_routes
from .connection import Connection
from .faults import Fault, Faults
from .log import Exchange, Log
from .messages import Answer, Refusal, Request, dispatch
from .repository import Repository
from .store import READ_TOKEN, WRITE_TOKEN, Account, Store

ROUTES = (*api.ROUTES, *listing.ROUTES, *upload.ROUTES, *lfs.ROUTES, *resolve.ROUTES, *xet_routes.ROUTES)


class Listener(ThreadingHTTPServer):
    """Many connections at once, none of which keeps the process alive."""

    daemon_threads = True
    request_queue_size = 128


class Hub:
    """A hub that listens on a free port while the block is open.

    Args:
        organisation: the namespace in which the holders of both tokens are.
        page_size: how many files a page of a listing holds.
        part_size: content larger than this is asked for in parts; None for never.
    """

    def __init__(
        self, organisation: str = "org", *, page_size: int = 1000, part_size: int | None = None
    ) -> None:
        self.token = WRITE_TOKEN
        self.read_token = READ_TOKEN
        self.log = Log()
        self._faults = Faults()
        self._lock = threading.RLock()
        self._listener = Listener(("127.0.0.1", 0), Connection.to(self))
        self.endpoint = f"http://127.0.0.1:{self._listener.server_address[1]}"
        accounts = {
            WRITE_TOKEN: Account("writer", "write", (organisation,)),
            READ_TOKEN: Account("reader", "read", (organisation,)),
        }
        self._store = Store(self.endpoint, accounts, page_size, part_size)

    def __enter__(self) -> "Hub":
        # The interval at which it looks whether to stop: half a second otherwise, for every test.
        threading.Thread(target=self._listener.serve_forever, args=(0.01,), daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._listener.shutdown()
        self._listener.server_close()

    def add_account(self, token: str, account: Account) -> None:
        """Let one more token be known."""
        self._store.accounts[token] = account

    def create(self, name: str, *, kind: str = "dataset", private: bool = False) -> Repository:
        """A new repository, made on the hub itself, in place of any of that name."""
        repository = Repository(kind, name, self._store.contents, is_private=private)
        self._store.repositories[kind, name] = repository
        return repository

    def repository(self, name: str, *, kind: str = "dataset") -> Repository:
        """A repository.

        Raises:
            KeyError: if there is none of this name.
        """
        return self._store.repositories[kind, name]

    def fail(self, method: str, pattern: str, *, status: int = 500, code: str = "", times: int = 1) -> None:
        """Answer the next requests with an error, without handling them.

        Args:
            method: of the requests.
            pattern: a regular expression that is found in their path, without percent-encoding.
            status: of the answers.
            code: from which the client chooses its exception class, such as "GatedRepo".
            times: how many requests.
        """
        # Without this header, the client waits twice as long before each new attempt.
        refusal = Refusal(status, "This goes wrong on purpose", code, {"Retry-After": "0"})
        self._faults.add(Fault(method, pattern, times, refusal=refusal))

    def drop(self, method: str, pattern: str, *, after: int = 0, times: int = 1) -> None:
        """Close the connection of the next requests after so many bytes of their body, without handling them."""
        self._faults.add(Fault(method, pattern, times, read=after))

    def lose_answer(self, method: str, pattern: str, *, times: int = 1) -> None:
        """Handle the next requests, but close the connection instead of answering."""
        self._faults.add(Fault(method, pattern, times, send=-1))

    def truncate(self, method: str, pattern: str, *, after: int, times: int = 1) -> None:
        """Close the connection of the next requests after so many bytes of the answer's body."""
        self._faults.add(Fault(method, pattern, times, send=after))

    def slow(self, method: str, pattern: str, *, seconds: float, times: int = 1) -> None:
        """Wait before handling the next requests."""
        self._faults.add(Fault(method, pattern, times, delay=seconds))

    def before(self, method: str, pattern: str, call: Callable[[], object], *, times: int = 1) -> None:
        """Call something just before the next requests are handled."""
        self._faults.add(Fault(method, pattern, times, before=call))

    def forget_faults(self) -> None:
        """Let everything work from now on."""
        self._faults.clear()

    def fault(self, method: str, path: str) -> Fault | None:
        """What is to go wrong with a request; asked by its connection."""
        with self._lock:
            return self._faults.take(method, path)

    def handle(self, request: Request) -> Answer:
        """The answer to a request; asked by its connection. One at a time: they change what others read."""
        with self._lock:
            return dispatch(ROUTES, self._store, request)

    def record(self, exchange: Exchange) -> None:
        """Note a request and its answer; told by its connection."""
        with self._lock:
            self.log.append(exchange)
