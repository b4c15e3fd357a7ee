"""A running server over the small library."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from assistant.server.serving import ApiServer
from tests.support.api_server import client_of, serving
from tests.support.assistants import extractive_settings


@pytest.fixture(scope="session")
def server(small_library_path: Path) -> Iterator[ApiServer]:
    """The extractive answerer over the small library; do not write to it."""
    with serving(extractive_settings(small_library_path)) as running:
        yield running


@pytest.fixture(scope="session")
def client(server: ApiServer) -> Iterator[httpx.Client]:
    """A client of that server."""
    with client_of(server) as client:
        yield client
