"""The real HTTP server on loopback, and clients for it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx

from assistant.api import Assistant
from assistant.server.app import create_app
from assistant.server.serving import ApiServer
from assistant.server_config import ServerConfig
from assistant.settings import Settings

KANS = "which papers replace MLPs with KANs?"
FRANCE = "What is the capital of France?"


@contextmanager
def serving(settings: Settings, **server: Any) -> Iterator[ApiServer]:
    """A running server over the library of the settings, on any free port."""
    config = ServerConfig(**{"api_port": 0, "rate_per_minute": 0, **server})
    with (
        Assistant(settings.model_copy(update={"server": config})) as assistant,
        ApiServer(create_app(assistant), config) as running,
    ):
        yield running


@contextmanager
def calling(settings: Settings, **server: Any) -> Iterator[httpx.Client]:
    """A client of such a server."""
    with serving(settings, **server) as running, client_of(running) as client:
        yield client


def client_of(server: ApiServer) -> httpx.Client:
    """A client that takes no proxy from the environment."""
    return httpx.Client(base_url=server.url, trust_env=False, timeout=60)


def error_of(reply: httpx.Response) -> dict[str, Any]:
    """The error of a reply, which has OpenAI's form."""
    error: dict[str, Any] = reply.json()["error"]
    assert error.keys() == {"message", "type", "param", "code"}
    return error
