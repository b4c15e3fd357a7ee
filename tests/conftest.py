"""Fixtures for every test."""

from collections.abc import Iterator

import pytest

from tests.support.openai_server import OpenAIServer


@pytest.fixture
def openai_server() -> Iterator[OpenAIServer]:
    """A running server with no key, any model, OpenAI's dialect; script it in the test."""
    with OpenAIServer() as server:
        yield server
