"""How many requests a client may make in a minute."""

import math
import time

from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import SlidingWindowCounterRateLimiter
from starlette.types import ASGIApp, Receive, Scope, Send

from assistant.server.guard.replies import error_response
from assistant.server.guard.tokens import OPEN_PATHS


class RateLimit:
    """Answers 429 with Retry-After to a client above `per_minute` (0: no limit).

    A client is an address; who sends a wrong token is counted too, which slows guessing down.
    """

    def __init__(self, app: ASGIApp, per_minute: int) -> None:
        self.app = app
        self._item = RateLimitItemPerMinute(per_minute) if per_minute else None
        self._limiter = SlidingWindowCounterRateLimiter(MemoryStorage())

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, or tell the client to wait."""
        counted = scope["type"] in ("http", "websocket") and scope["path"] not in OPEN_PATHS
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
