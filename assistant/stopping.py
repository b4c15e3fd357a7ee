"""Ending an ingest that runs in another thread."""

import threading
from collections.abc import Callable


class StoppedError(Exception):
    """Raised within an ingest that was told to stop; what was committed by then stays."""


class Stoppable:
    """An `on_progress` that passes on what it is told, and ends the ingest once `stop` was called.

    An ingest reports after every paper, so it ends within a paper or two.
    """

    def __init__(self, on_progress: Callable[[int], None] = lambda _: None) -> None:
        self._on_progress = on_progress
        self._stop = threading.Event()

    @property
    def stopped(self) -> bool:
        """Whether `stop` was called."""
        return self._stop.is_set()

    def stop(self) -> None:
        """End the ingest at its next paper."""
        self._stop.set()

    def __call__(self, papers: int) -> None:
        """Note papers that are done; StoppedError after `stop`."""
        if self._stop.is_set():
            raise StoppedError
        self._on_progress(papers)
