"""An id, a line of log and a count for every request.

The log holds neither queries nor headers: questions are private, and headers hold the token.
"""

import logging
import re
import time
import uuid

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.logs import under_request
from assistant.server.metrics import Metrics

HEADER = "X-Request-ID"
_log = logging.getLogger("assistant.server")
_ACCEPTABLE = re.compile(r"[A-Za-z0-9._-]{1,64}")


class RequestLog:
    """Gives each request an id, the caller's own where it is a plain one, and tells its end."""

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self.app = app
        self.metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and watch its response."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        given = Headers(scope=scope).get(HEADER, "")
        request_id = given if _ACCEPTABLE.fullmatch(given) else uuid.uuid4().hex
        scope.setdefault("state", {})["request_id"] = request_id
        started, status = time.perf_counter(), 0

        async def watched(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                MutableHeaders(scope=message)[HEADER] = request_id
            await send(message)

        with self.metrics.in_flight():
            try:
                with under_request(request_id):
                    await self.app(scope, receive, watched)
            finally:
                seconds = time.perf_counter() - started
                route = route_of(scope)
                self.metrics.request(scope["method"], route, status, seconds)
                _log.info(
                    "%s %s %s %d %.0f ms", request_id, scope["method"], route, status, seconds * 1e3
                )


def route_of(scope: Scope) -> str:
    """The path as the server declares it, so that ids and nonsense stay out of logs and metrics."""
    return getattr(scope.get("route"), "path", None) or "(no route)"
