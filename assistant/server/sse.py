"""Server-sent events (https://html.spec.whatwg.org/multipage/server-sent-events.html)."""

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

from fastapi.sse import EventSourceResponse, format_sse_event

PING_S = 10.0
HEADERS = {"Cache-Control": "no-cache", "X-Accel-Buffering": "no"}
DESCRIPTION = "Server-sent events where the request asks for them."


def event(data: Any, name: str | None = None) -> bytes:
    """An event whose data is a JSON document."""
    return format_sse_event(data_str=json.dumps(data, ensure_ascii=False), event=name)


def stream(events: AsyncIterator[bytes]) -> EventSourceResponse:
    """The response that sends events as they come."""
    return EventSourceResponse(with_pings(events), headers=HEADERS)


async def with_pings(events: AsyncIterator[bytes], every_s: float = PING_S) -> AsyncIterator[bytes]:
    """The events, and a comment wherever none came for so long, so that no proxy hangs up.

    Closing it, as the server does when the client leaves, cancels what makes the events.
    """
    queue: asyncio.Queue[bytes | None] = asyncio.Queue(maxsize=16)

    async def feed() -> None:
        try:
            async for item in events:
                await queue.put(item)
        finally:
            await queue.put(None)

    feeding = asyncio.create_task(feed())
    try:
        while True:
            try:
                item = await asyncio.wait_for(queue.get(), every_s)
            except TimeoutError:
                yield format_sse_event(comment="ping")
                continue
            if item is None:
                break
            yield item
        await feeding
    finally:
        feeding.cancel()
