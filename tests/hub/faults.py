"""What a test has go wrong with the requests to come."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from .messages import Refusal


@dataclass
class Fault:
    """What happens to the next `times` requests with this method whose decoded path has the pattern in it.

    Attributes:
        before: called before the request is handled.
        delay: seconds to wait before that.
        refusal: answer this instead of handling the request.
        read: close the connection after so many bytes of the request's body.
        send: close the connection after so many bytes of the answer's body; with -1 before the answer begins.
    """

    method: str
    pattern: str
    times: int
    before: Callable[[], object] | None = None
    delay: float = 0
    refusal: Refusal | None = None
    read: int | None = None
    send: int | None = None

    def is_for(self, method: str, path: str) -> bool:
        return self.times > 0 and self.method == method and re.search(self.pattern, path) is not None


class Faults:
    """The faults set, each used up by the requests that it is for; the oldest first."""

    def __init__(self) -> None:
        self._faults: list[Fault] = []

    def add(self, fault: Fault) -> None:
        self._faults.append(fault)

    def clear(self) -> None:
        self._faults.clear()

    def take(self, method: str, path: str) -> Fault | None:
        """The fault of a request, if there is one."""
        for fault in self._faults:
            if fault.is_for(method, path):
                fault.times -= 1
                return fault
        return None
