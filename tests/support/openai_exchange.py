"""Writing one HTTP response, properly or not."""

import asyncio
import json
import socket
import struct
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

Message = dict[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]


class Exchange:
    """The response to one request, and the TCP connection under it.

    uvicorn writes without waiting unless the client reads slowly, so a response that was handed
    over whole counts as whole, whatever its client does next.
    """

    def __init__(self, send: Send, transport: asyncio.Transport) -> None:
        self._send = send
        self._transport = transport

    async def start(self, status: int, headers: Mapping[str, str]) -> None:
        """Write the status line and the header."""
        message: Message = {
            "type": "http.response.start",
            "status": status,
            "headers": [(name.lower().encode(), value.encode()) for name, value in headers.items()],
        }
        await self._send(message)

    async def write(self, data: bytes, *, last: bool = False) -> None:
        """Write a part of the body."""
        await self._send({"type": "http.response.body", "body": data, "more_body": not last})

    async def whole(self, status: int, body: bytes, headers: Mapping[str, str]) -> None:
        """Write a whole response with its length."""
        await self.start(status, {"content-length": str(len(body)), **headers})
        await self.write(body, last=True)

    async def json(self, status: int, body: Any, headers: Mapping[str, str] | None = None) -> None:
        """Write a whole JSON response."""
        header = {"content-type": "application/json", **(headers or {})}
        await self.whole(status, json.dumps(body).encode(), header)

    async def half(self, body: bytes) -> None:
        """Write a header that promises `body`, and half of it."""
        await self.start(
            200, {"content-type": "application/json", "content-length": str(len(body))}
        )
        await self.write(body[: len(body) // 2])

    def write_raw(self, data: bytes) -> None:
        """Write to the connection under HTTP."""
        self._transport.write(data)

    def close(self) -> None:
        """Close the connection after what was written."""
        self._transport.close()

    def reset(self) -> None:
        """Close the connection with a TCP reset: a socket that lingers for 0 s sends one."""
        connection = self._transport.get_extra_info("socket")
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self._transport.abort()
