"""What a test hub holds, and who may read and change it."""

from dataclasses import dataclass, field
from typing import Literal
from urllib.parse import quote

from .messages import Refusal, Request, Route
from .repository import Commit, Contents, Repository, UnknownRevisionError
from .xet import XetStore

WRITE_TOKEN = "hf_write"
READ_TOKEN = "hf_read"

REPOSITORY = r"(?P<kind>models|datasets|spaces)/(?P<namespace>[^/]+)/(?P<name>[^/]+)"
REVISION = r"(?P<revision>[^/]+)"


@dataclass(frozen=True)
class Account:
    """The holder of a token: what it is for, and the organisations that it belongs to."""

    name: str
    role: Literal["read", "write"]
    organisations: tuple[str, ...] = ()

    def belongs_to(self, namespace: str) -> bool:
        return namespace in (self.name, *self.organisations)


@dataclass
class Store:
    """Repositories, content and accounts of a hub at an address."""

    endpoint: str
    accounts: dict[str, Account]
    page_size: int
    part_size: int | None
    contents: Contents = field(default_factory=Contents)
    repositories: dict[tuple[str, str], Repository] = field(default_factory=dict)
    parts: dict[tuple[str, int], bytes] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.xet = XetStore(self.contents)

    def account(self, request: Request) -> Account | None:
        """Who asks; None for somebody without a token.

        Raises:
            Refusal: 401, for a token that the hub does not know.
        """
        if not request.token:
            return None
        if request.token not in self.accounts:
            raise Refusal(401, "Invalid credentials in Authorization header")
        return self.accounts[request.token]

    def require_writer(self, request: Request, namespace: str) -> Account:
        """Who asks, if the account may write in a namespace.

        Raises:
            Refusal: 401 without a token, 403 without the right.
        """
        account = self.account(request)
        if account is None:
            raise Refusal(401, "Invalid username or password.")
        if account.role != "write":
            raise Refusal(403, "Forbidden: you must use a write token to upload to a repository.")
        if not account.belongs_to(namespace):
            raise Refusal(403, f'You don\'t have the rights to write under the namespace "{namespace}"')
        return account

    def readable(self, request: Request) -> Repository:
        """The repository of a path, if whoever asks may see it. A private one looks like one that is missing.

        Raises:
            Refusal: 404 with a token, 401 without, as the real hub has it.
        """
        account = self.account(request)
        namespace = request.parts["namespace"]
        kind = (request.parts["kind"] or "models").removesuffix("s")
        repository = self.repositories.get((kind, f"{namespace}/{request.parts['name']}"))
        if repository is None or (
            repository.is_private and not (account is not None and account.belongs_to(namespace))
        ):
            raise Refusal(404 if account else 401, "Repository not found", "RepoNotFound")
        return repository

    def writable(self, request: Request) -> Repository:
        """The repository of a path, if whoever asks may write to it.

        Raises:
            Refusal: 401, 403 or 404.
        """
        repository = self.readable(request)
        if self.account(request) is None:
            # The client takes it for a missing repository by its address, if that begins with https: the code
            # has it do so here, too.
            raise Refusal(401, "Invalid username or password.", "RepoNotFound")
        self.require_writer(request, request.parts["namespace"])
        return repository

    def address(self, repository: Repository) -> str:
        """Where people see a repository."""
        folder = "" if repository.kind == "model" else f"{repository.kind}s/"
        return f"{self.endpoint}/{folder}{repository.name}"

    def api_address(self, repository: Repository, *parts: str) -> str:
        path = "/".join(quote(part, safe="") for part in parts if part)
        return f"{self.endpoint}/api/{repository.kind}s/{repository.name}/{path}"


def commit_at(repository: Repository, revision: str) -> Commit:
    """The commit of a revision.

    Raises:
        Refusal: 404, if there is none.
    """
    try:
        return repository.at(revision)
    except UnknownRevisionError:
        raise Refusal(404, f"Invalid rev id: {revision}", "RevisionNotFound") from None


StoreRoute = Route[Store]
