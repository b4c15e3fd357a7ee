"""Ends what is written for a tab once the tab is closed, so that its model does not go on.

Gradio lets the work of a visit run to its end, whoever is there to read it. The stream by which it
sends its events ends with the tab, however that was closed.
"""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator
from typing import Any, TypeVar
from urllib.parse import parse_qs

from starlette.types import ASGIApp, Message, Receive, Scope, Send

_EVENTS = "/gradio_api/queue/data"
_T = TypeVar("_T")


class Visits:
    """Which visits are being written for. For one event loop."""

    def __init__(self) -> None:
        self._waiting: dict[str, set[asyncio.Task[Any]]] = {}

    async def while_there(self, visit: str, written: AsyncGenerator[_T, None]) -> AsyncIterator[_T]:
        """Pass on what is written until `leave`, which closes it."""
        waiting = self._waiting.setdefault(visit, set())
        step: asyncio.Task[_T] | None = None
        try:
            while True:
                step = asyncio.ensure_future(anext(written))
                waiting.add(step)
                await asyncio.wait([step])
                waiting.discard(step)
                if step.cancelled() or isinstance(step.exception(), StopAsyncIteration):
                    return
                yield step.result()
        finally:
            if step is not None and not step.done():
                step.cancel()
                await asyncio.wait([step])
                waiting.discard(step)
            await written.aclose()
            if not waiting:
                self._waiting.pop(visit, None)

    def leave(self, visit: str) -> None:
        """The tab was closed."""
        for step in self._waiting.get(visit, ()):
            step.cancel()


class LeavingNoticed:
    """ASGI middleware that tells `visits` of streams of events whose reader has gone."""

    def __init__(self, app: ASGIApp, visits: Visits) -> None:
        self._app = app
        self._visits = visits

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on; only those for a stream of events are watched."""
        if scope["type"] != "http" or not scope["path"].endswith(_EVENTS):
            await self._app(scope, receive, send)
            return
        (visit,) = parse_qs(scope["query_string"].decode("latin-1")).get("session_hash", [""])
        ended = False

        async def noting_receive() -> Message:
            message = await receive()
            if message["type"] == "http.disconnect" and not ended:
                self._visits.leave(visit)
            return message

        async def noting_send(message: Message) -> None:
            nonlocal ended
            ended = message["type"] == "http.response.body" and not message.get("more_body")
            await send(message)

        await self._app(scope, noting_receive, noting_send)
