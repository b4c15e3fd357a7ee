"""How many requests a client may make in a minute."""

import math
import time
from collections.abc import Sequence

from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import SlidingWindowCounterRateLimiter
from starlette.types import ASGIApp, Receive, Scope, Send

from assistant.server.guard.replies import error_response
from assistant.server.guard.tokens import HEALTH_PATHS


class RateLimit:
    """Answers 429 with Retry-After to a client above `per_minute` (0: no limit).

    A client is an address; who sends a wrong token is counted too. Reading the files of a page,
    which lie below `page`, does not count: it has hundreds.
    """

    def __init__(self, app: ASGIApp, per_minute: int, page: Sequence[str] = ()) -> None:
        self.app = app
        self._page = tuple(page)
        self._item = RateLimitItemPerMinute(per_minute) if per_minute else None
        self._limiter = SlidingWindowCounterRateLimiter(MemoryStorage())

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, or tell the client to wait."""
        counted = scope["type"] in ("http", "websocket") and not self._is_free(scope)
        client = scope["client"][0] if counted and scope.get("client") else ""
        if not counted or self._item is None or self._limiter.hit(self._item, client):
            await self.app(scope, receive, send)
            return
        reset = self._limiter.get_window_stats(self._item, client).reset_time
        wait = max(1, math.ceil(reset - time.time()))
        refusal = error_response(
            429,
            f"more than {self._item.amount} requests in a minute; try again in {wait} s",
            "rate_limit_error",
            code="rate_limit_exceeded",
            headers={"Retry-After": str(wait)},
        )
        await refusal(scope, receive, send)

    def _is_free(self, scope: Scope) -> bool:
        path, reads = scope["path"], scope.get("method") == "GET"
        return path in HEALTH_PATHS or (reads and path.startswith(self._page))
