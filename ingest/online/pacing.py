"""One request at a time to a service, with a pause between two, across threads and processes."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock


class Pace:
    """Gives turns; the time of the last one is that of a file, which every process sees."""

    def __init__(self, folder: Path, name: str, pause_s: float) -> None:
        """`folder` must exist; `name` tells services apart."""
        self._lock = FileLock(folder / f"{name}.lock")
        self._last = folder / f"{name}.last"
        self._pause_s = pause_s

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Wait for the others and for the pause; the next pause begins when the block ends."""
        with self._lock:
            time.sleep(self._remaining())
            try:
                yield
            finally:
                self._last.touch()

    def _remaining(self) -> float:
        """Seconds of the pause that are left; a clock that was set back costs one pause at most."""
        try:
            passed = time.time() - self._last.stat().st_mtime
        except FileNotFoundError:
            return 0.0
        return min(max(self._pause_s - passed, 0.0), self._pause_s)
