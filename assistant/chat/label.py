"""Who answers, known without asking the endpoint at every visit."""

import logging
import threading
import time
from collections.abc import Callable

from ingest.errors import PaperAssistantError

FRESH_SECONDS = 60.0
log = logging.getLogger(__name__)


class ModelLabel:
    """A label that is asked for again once it is old. Safe to share between threads.

    Only the first call waits for the endpoint, which may take seconds to answer or to fail.
    """

    def __init__(self, ask: Callable[[], str], now: Callable[[], float] = time.monotonic) -> None:
        self._ask = ask
        self._now = now
        self._lock = threading.Lock()
        self._label = ""
        self._asked: float | None = None

    def __call__(self) -> str:
        """The label; one older than `FRESH_SECONDS` is asked for anew behind the caller's back."""
        with self._lock:
            if self._asked is None:
                self._label, self._asked = self._ask(), self._now()
            elif self._now() - self._asked > FRESH_SECONDS:
                self._asked = self._now()
                threading.Thread(target=self._renew, name="model-label", daemon=True).start()
            return self._label

    def _renew(self) -> None:
        try:
            self._label = self._ask()
        except PaperAssistantError as error:
            log.info("the model's name is not known: %s", error)
