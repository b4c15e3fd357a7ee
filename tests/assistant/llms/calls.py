"""What the tests of chat calls share: clients of the test server, and both ways to read."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from llama_index.core.base.llms.types import ChatMessage
from llama_index.llms.openai_like import OpenAILike

from assistant.answer import Usage
from assistant.llms import ChatClient
from ingest.endpoint_errors import EndpointError
from ingest.retry import RetryPolicy
from tests.support.openai_server import OpenAIServer

QUESTION = [
    ChatMessage(role="system", content="Answer from the sources."),
    ChatMessage(role="user", content="what is a KAN?"),
]
KEY = "sk-very-secret"


def client_of(server: OpenAIServer, *, policy: RetryPolicy | None = None, **llm: Any) -> ChatClient:
    """A client that waits a millisecond where a user's would wait half a second."""
    arguments: dict[str, Any] = {
        "model": "test-chat",
        "api_base": server.base_url,
        "api_key": KEY,
        "is_chat_model": True,
        "temperature": 0.0,
        "max_tokens": 50,
        "timeout": 5.0,
        "max_retries": 0,
        "additional_kwargs": {"seed": 7},
    }
    model = OpenAILike(**(arguments | llm))
    return ChatClient(model, policy or RetryPolicy(max_attempts=4, deadline_s=30.0, base_s=0.001))


@dataclass
class Heard:
    """What one call brought: the pieces, and the error that ended it, if one did."""

    usage: Usage = field(default_factory=Usage)
    finish_reason: str | None = None
    estimated: bool = False
    pieces: list[str] = field(default_factory=list)
    error: EndpointError | None = None

    @property
    def text(self) -> str:
        return "".join(self.pieces)

    @property
    def failure(self) -> EndpointError:
        assert self.error is not None, f"no error, but {self.text!r}"
        return self.error


def hear(client: ChatClient, **options: Any) -> Heard:
    """Stream one answer."""
    heard = Heard()
    stream = client.stream(QUESTION, **options)
    try:
        for piece in stream:
            heard.pieces.append(piece)
    except EndpointError as error:
        heard.error = error
    heard.usage, heard.finish_reason = stream.usage, stream.finish_reason
    heard.estimated = stream.usage_is_estimated
    return heard


async def hear_async(client: ChatClient, **options: Any) -> Heard:
    """The same in an event loop."""
    heard = Heard()
    stream = client.astream(QUESTION, **options)
    try:
        async for piece in stream:
            heard.pieces.append(piece)
    except EndpointError as error:
        heard.error = error
    heard.usage, heard.finish_reason = stream.usage, stream.finish_reason
    heard.estimated = stream.usage_is_estimated
    return heard


def ahear(client: ChatClient, **options: Any) -> Heard:
    """The same in an event loop of its own."""
    return asyncio.run(hear_async(client, **options))


Hear = Callable[..., Heard]
both = pytest.mark.parametrize("listen", [hear, ahear])
