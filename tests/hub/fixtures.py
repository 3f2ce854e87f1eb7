"""A hub for a test. Import it in the conftest of the tests that ask for it."""

from collections.abc import Iterator

import pytest

from .server import Hub


@pytest.fixture
def hub() -> Iterator[Hub]:
    with Hub() as running:
        yield running
