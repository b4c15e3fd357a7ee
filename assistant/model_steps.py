"""Work that needs a model now and then, written once and run with or without an event loop.

A generator yields what it wants to ask and is sent the reply; it does no input or output itself
("sans I/O"). In an event loop its own computing runs in a thread, and cancelling stops the model.
"""

import asyncio
from collections.abc import Callable, Generator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from llama_index.core.base.llms.types import ChatMessage

from assistant.llms.chat import ChatClient, Completion
from ingest.endpoint_errors import EndpointError

T = TypeVar("T")


@dataclass(frozen=True)
class Ask:
    """A call to the model; EndpointError is thrown into the generator where it fails."""

    messages: Sequence[ChatMessage]
    options: Mapping[str, Any] = field(default_factory=dict)


Steps = Generator[Ask, Completion, T]


@dataclass(frozen=True)
class _Ended:
    value: Any


def run_steps(steps: Steps[T], chat: ChatClient) -> T:
    """Run to the end; returns what the generator returns."""
    now: Ask | _Ended = _next(lambda: next(steps))
    while isinstance(now, Ask):
        try:
            reply = chat.complete(now.messages, **now.options)
        except EndpointError as error:
            now = _thrown(steps, error)
        else:
            now = _sent(steps, reply)
    result: T = now.value
    return result


async def arun_steps(steps: Steps[T], chat: ChatClient) -> T:
    """The same in an event loop."""
    now: Ask | _Ended = await asyncio.to_thread(_next, lambda: next(steps))
    while isinstance(now, Ask):
        try:
            reply = await chat.acomplete(now.messages, **now.options)
        except EndpointError as error:
            now = await asyncio.to_thread(_thrown, steps, error)
        else:
            now = await asyncio.to_thread(_sent, steps, reply)
    result: T = now.value
    return result


def _sent(steps: Steps[T], reply: Completion) -> Ask | _Ended:
    return _next(lambda: steps.send(reply))


def _thrown(steps: Steps[T], error: EndpointError) -> Ask | _Ended:
    return _next(lambda: steps.throw(error))


def _next(advance: Callable[[], Ask]) -> Ask | _Ended:
    """The next request; a future cannot carry StopIteration, so the end becomes a value."""
    try:
        return advance()
    except StopIteration as stop:
        return _Ended(stop.value)
