"""What the OpenAI-protocol server saw: every request, and whether its client stayed to the end."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(slots=True)
class RecordedRequest:
    """One request. Times are `time.monotonic()`; `json` is `None` where the body is no JSON.

    `headers` have lower-case names. `aborted` says that the client went away before the server had
    written the whole answer; `finished` is `None` while the answer is being written.
    """

    method: str
    path: str
    headers: dict[str, str]
    body: bytes
    json: Any
    arrived: float
    finished: float | None = None
    aborted: bool = False

    @property
    def authorization(self) -> str | None:
        """The `Authorization` header as sent, such as `Bearer sk-test`."""
        return self.headers.get("authorization")


class RequestLog:
    """Requests in order of arrival, shared by the server's thread and the test's threads."""

    def __init__(self) -> None:
        self._requests: list[RecordedRequest] = []
        self._changed = threading.Condition()

    def add(self, request: RecordedRequest) -> None:
        """Append a request that has just been read."""
        with self._changed:
            self._requests.append(request)
            self._changed.notify_all()

    def finish(self, request: RecordedRequest, *, aborted: bool) -> None:
        """Note that nothing more is written for `request`."""
        with self._changed:
            request.finished = time.monotonic()
            request.aborted = aborted
            self._changed.notify_all()

    def matching(
        self, keep: Callable[[RecordedRequest], bool] = lambda _: True
    ) -> tuple[RecordedRequest, ...]:
        """A snapshot of the requests that `keep` accepts."""
        with self._changed:
            return tuple(request for request in self._requests if keep(request))

    def wait_for(
        self, count: int, keep: Callable[[RecordedRequest], bool], what: str, timeout_s: float
    ) -> tuple[RecordedRequest, ...]:
        """Block until `keep` accepts `count` requests and return them; else `TimeoutError`."""
        with self._changed:
            if not self._changed.wait_for(
                lambda: sum(map(keep, self._requests)) >= count, timeout_s
            ):
                found = sum(map(keep, self._requests))
                raise TimeoutError(
                    f"{found} {what} after {timeout_s} s, not {count}; "
                    f"{len(self._requests)} requests arrived in all"
                )
            return tuple(filter(keep, self._requests))
