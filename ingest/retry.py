"""One policy of retries for every call to a model endpoint, by tenacity.

Transient failures are tried again after an exponentially growing, jittered wait, or after the wait
that the server asks for, until attempts or the total deadline run out. Jitter keeps clients that
failed together from coming back together (Brooker, "Exponential Backoff and Jitter", AWS 2015).
"""

import logging
import random
import time
from collections.abc import Callable
from dataclasses import dataclass

from tenacity import AsyncRetrying, RetryCallState, Retrying, before_sleep_log, retry_if_exception
from tenacity.wait import wait_exponential_jitter, wait_random

from ingest.endpoint_errors import Endpoint, EndpointError

_log = logging.getLogger(__name__)


class Deadline:
    """A moment after which a call is not worth waiting for; shared by its attempts."""

    def __init__(self, seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._end = clock() + seconds
        self.seconds = seconds

    @property
    def remaining(self) -> float:
        """Seconds left; negative when past."""
        return self._end - self._clock()

    def timeout(self, longest_s: float, endpoint: Endpoint) -> float:
        """Seconds that the next wait may take; EndpointError of kind `timeout` when none are left.

        It is not retryable: who retried would be past the deadline too.
        """
        remaining = self.remaining
        if remaining > 0:
            return min(longest_s, remaining)
        what = f"was given up after {self.seconds:g} s"
        raise EndpointError("timeout", endpoint, what, retryable=False)


@dataclass(frozen=True)
class RetryPolicy:
    """How often and how long to try.

    `base_s` is the first wait and the width of the jitter, `longest_wait_s` bounds the waits that
    the server does not ask for. A wait that would end after the deadline is not begun.
    """

    max_attempts: int = 4
    deadline_s: float = 120.0
    base_s: float = 0.5
    longest_wait_s: float = 20.0

    def deadline(self) -> Deadline:
        """A deadline that begins now."""
        return Deadline(self.deadline_s)

    def retrying(self, deadline: Deadline) -> Retrying:
        """Call it with a function; the last EndpointError is raised as it is."""
        return Retrying(
            retry=retry_if_exception(_is_transient),
            wait=self._wait,
            stop=self._stop(deadline),
            after=_count_attempts,
            before_sleep=before_sleep_log(_log, logging.INFO),
            reraise=True,
        )

    def async_retrying(self, deadline: Deadline) -> AsyncRetrying:
        """The same for a coroutine function."""
        return AsyncRetrying(
            retry=retry_if_exception(_is_transient),
            wait=self._wait,
            stop=self._stop(deadline),
            after=_count_attempts,
            before_sleep=before_sleep_log(_log, logging.INFO),
            reraise=True,
        )

    def pause(self, failures: int) -> float:
        """Seconds to wait after so many failures, for callers that repeat by themselves."""
        grown = self.base_s * float(2 ** (failures - 1))
        return min(grown, self.longest_wait_s) + random.uniform(0, self.base_s)

    def _wait(self, state: RetryCallState) -> float:
        error = _error_of(state)
        if error is not None and error.retry_after_s is not None:
            return error.retry_after_s + wait_random(0, self.base_s)(state)
        backoff = wait_exponential_jitter(
            multiplier=self.base_s, max=self.longest_wait_s, jitter=self.base_s
        )
        return backoff(state)

    def _stop(self, deadline: Deadline) -> Callable[[RetryCallState], bool]:
        def stop(state: RetryCallState) -> bool:
            late = state.upcoming_sleep >= deadline.remaining
            return late or state.attempt_number >= self.max_attempts

        return stop


def _is_transient(error: BaseException) -> bool:
    return isinstance(error, EndpointError) and error.retryable


def _error_of(state: RetryCallState) -> EndpointError | None:
    error = state.outcome.exception() if state.outcome else None
    return error if isinstance(error, EndpointError) else None


def _count_attempts(state: RetryCallState) -> None:
    error = _error_of(state)
    if error is not None:
        error.attempts = state.attempt_number
