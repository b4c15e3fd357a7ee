"""How often a client may be wrong about the token, or about the password of the page."""

import math
import time

from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import SlidingWindowCounterRateLimiter
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.server.guard.replies import error_response

_SIGN_IN = "/login"


class AttemptLimit:
    """Answers 429 to who shows a token or password after `per_minute` wrong ones (0: no limit).

    The right one is not looked at then either, or the limit would not slow guessing down. Only who
    shows something is refused: a reader who has signed in goes on reading.
    """

    def __init__(self, app: ASGIApp, per_minute: int) -> None:
        self.app = app
        self._item = RateLimitItemPerMinute(per_minute) if per_minute else None
        self._limiter = SlidingWindowCounterRateLimiter(MemoryStorage())

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, count what was wrong, or tell the client to wait."""
        if self._item is None or not _is_attempt(scope):
            await self.app(scope, receive, send)
            return
        item, client = self._item, scope["client"][0] if scope.get("client") else ""
        if not self._limiter.test(item, client):
            reset = self._limiter.get_window_stats(item, client).reset_time
            await _refusal(max(1, math.ceil(reset - time.time())))(scope, receive, send)
            return

        async def counted(message: Message) -> None:
            if message["type"] == "http.response.start" and _failed(scope, message["status"]):
                self._limiter.hit(item, client)
            await send(message)

        await self.app(scope, receive, counted)


def _is_attempt(scope: Scope) -> bool:
    if scope["type"] != "http":
        return False
    return _signs_in(scope) or Headers(scope=scope).get("authorization") is not None


def _signs_in(scope: Scope) -> bool:
    path: str = scope["path"]
    return scope["method"] == "POST" and path.rstrip("/").endswith(_SIGN_IN)


def _failed(scope: Scope, status: int) -> bool:
    return status == 401 or (_signs_in(scope) and status >= 400)


def _refusal(wait: int) -> ASGIApp:
    return error_response(
        429,
        f"too many wrong tokens or passwords; try again in {wait} s",
        "rate_limit_error",
        code="too_many_attempts",
        headers={"Retry-After": str(wait)},
    )
