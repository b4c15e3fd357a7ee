"""Who answers, known without asking the endpoint at every visit."""

import threading
import time
from collections.abc import Callable

FRESH_SECONDS = 60.0


class ModelLabel:
    """A label that is asked for again once it is old. Safe to share between threads."""

    def __init__(self, ask: Callable[[], str], now: Callable[[], float] = time.monotonic) -> None:
        self._ask = ask
        self._now = now
        self._lock = threading.Lock()
        self._label = ""
        self._asked: float | None = None

    def __call__(self) -> str:
        """The label, at most `FRESH_SECONDS` old."""
        with self._lock:
            if self._asked is None or self._now() - self._asked > FRESH_SECONDS:
                self._label, self._asked = self._ask(), self._now()
            return self._label
