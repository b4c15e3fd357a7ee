"""Ends what is written for a tab once the tab is closed, so that its model does not go on.

Gradio lets the work of a visit run to its end, whoever is there to read it. The stream by which it
sends its events ends with the tab, however that was closed.
"""

import asyncio
from collections import Counter
from collections.abc import AsyncGenerator, AsyncIterator
from typing import TypeVar
from urllib.parse import parse_qs

from starlette.types import ASGIApp, Message, Receive, Scope, Send

_EVENTS = "/gradio_api/queue/data"
_T = TypeVar("_T")


class Visits:
    """Which visits are being written for, and which have a reader. For one event loop."""

    def __init__(self) -> None:
        self._left: dict[str, set[asyncio.Event]] = {}
        self._streams: Counter[str] = Counter()

    async def while_there(self, visit: str, written: AsyncGenerator[_T, None]) -> AsyncIterator[_T]:
        """Pass on what is written until the visit's tab is closed, which closes it."""
        left = asyncio.Event()
        self._left.setdefault(visit, set()).add(left)
        leaving = asyncio.ensure_future(left.wait())
        step: asyncio.Task[_T] | None = None
        try:
            while not left.is_set():
                step = asyncio.ensure_future(anext(written))
                await asyncio.wait([step, leaving], return_when=asyncio.FIRST_COMPLETED)
                if not step.done() or isinstance(step.exception(), StopAsyncIteration):
                    return
                yield step.result()
        finally:
            leaving.cancel()
            if step is not None and not step.done():
                step.cancel()
                await asyncio.wait([step])
            await written.aclose()
            self._left[visit].discard(left)
            if not self._left[visit]:
                del self._left[visit]

    def opened(self, visit: str) -> None:
        """A stream of events has begun."""
        self._streams[visit] += 1

    def closed(self, visit: str, *, by_reader: bool) -> None:
        """A stream has ended; the tab is closed if its reader ended it and has no other."""
        self._streams[visit] -= 1
        if self._streams[visit] > 0:
            return
        del self._streams[visit]
        for left in self._left.get(visit, ()) if by_reader else ():
            left.set()


class LeavingNoticed:
    """ASGI middleware that tells `visits` of streams of events and of how they end."""

    def __init__(self, app: ASGIApp, visits: Visits) -> None:
        self._app = app
        self._visits = visits

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on; only those for a stream of events are watched."""
        if scope["type"] != "http" or not scope["path"].endswith(_EVENTS):
            await self._app(scope, receive, send)
            return
        visit = parse_qs(scope["query_string"].decode("latin-1")).get("session_hash", [""])[0]
        ended = False

        async def noting_send(message: Message) -> None:
            nonlocal ended
            ended = message["type"] == "http.response.body" and not message.get("more_body")
            await send(message)

        self._visits.opened(visit)
        try:
            await self._app(scope, receive, noting_send)
        finally:
            self._visits.closed(visit, by_reader=not ended)
