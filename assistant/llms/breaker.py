"""A circuit breaker: an endpoint that is down is not waited for by every user in turn.

The states are those of Nygard, "Release It!" (2007): closed (calls go through), open (calls are
refused at once), and half-open (one call is let through as a probe, the others are refused).
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Lock

from ingest.endpoint_errors import Endpoint, EndpointError, Kind

_DEAD: frozenset[Kind] = frozenset({"timeout", "server", "connection"})
"""Kinds of an endpoint that is away; one that refuses a key or a request is there."""


class CircuitBreaker:
    """Opens after `failures` failed calls in a row and lets a probe through every `rest_s` seconds.

    A call counts once, however often it was retried, and lasts until its answer is whole. Safe to
    share between threads and event loops; it never blocks.
    """

    def __init__(
        self,
        failures: int = 2,
        rest_s: float = 30.0,
        now_fn: Callable[[], float] = time.monotonic,
    ) -> None:
        self._limit = failures
        self._rest_s = rest_s
        self._now = now_fn
        self._lock = Lock()
        self._failed = 0
        self._next_probe = 0.0

    @contextmanager
    def guarding(self, endpoint: Endpoint) -> Iterator[None]:
        """Let a call through and learn from its end; EndpointError at once where it is refused.

        A call that is given up by its caller says nothing about the endpoint.
        """
        self._admit(endpoint)
        try:
            yield
        except EndpointError as error:
            if error.kind in _DEAD:
                self._note_failure()
            else:
                self._note_success()
            raise
        except BaseException:
            self._note_abandoned()
            raise
        self._note_success()

    def _note_failure(self) -> None:
        with self._lock:
            self._failed += 1
            self._next_probe = self._now() + self._rest_s

    def _admit(self, endpoint: Endpoint) -> None:
        with self._lock:
            if self._failed < self._limit:
                return
            wait = self._next_probe - self._now()
            if wait <= 0:
                self._next_probe = self._now() + self._rest_s
                return
        what = f"failed {self._failed} times in a row and is not called for {max(wait, 1):.0f} s"
        raise EndpointError("connection", endpoint, what, retryable=False)

    def _note_success(self) -> None:
        with self._lock:
            self._failed = 0

    def _note_abandoned(self) -> None:
        """Give the place of a probe to the next call."""
        with self._lock:
            self._next_probe = min(self._next_probe, self._now())
