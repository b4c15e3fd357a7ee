"""Time by the clock, and the time that the process itself was at work."""

import time
from collections.abc import Iterator
from contextlib import contextmanager


class Stopwatch:
    """Sums seconds and, of all threads together, CPU seconds.

    On a machine that does other work too, the clock tells more of that work than of this.
    """

    def __init__(self) -> None:
        self.seconds = 0.0
        self.cpu_seconds = 0.0
        self._started: float | None = None

    @property
    def so_far(self) -> float:
        """Seconds by the clock, those that are running included."""
        running = 0.0 if self._started is None else time.perf_counter() - self._started
        return self.seconds + running

    @contextmanager
    def running(self) -> Iterator[None]:
        """Count what happens inside."""
        self._started, cpu = time.perf_counter(), time.process_time()
        try:
            yield
        finally:
            self.seconds, self._started = self.so_far, None
            self.cpu_seconds += time.process_time() - cpu
