"""Keeps readers out of the indexes while a batch is brought into them, in whichever process.

Neither index can be read while another process writes to it: Chroma filters by what its database
holds, and fails at ids whose vectors it has not loaded.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class PublishingLock:
    """Many readers or one writer, by flock(2), which ends with its process.

    Whoever enters passes a gate first. A writer keeps it closed, so that readers who come one
    after another cannot keep it waiting.
    """

    def __init__(self, folder: Path) -> None:
        self._gate = folder / "publish.gate"
        self._lock = folder / "publish.lock"

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Hold off writers."""
        with _opened(self._lock) as lock:
            with _opened(self._gate) as gate:
                _wait(gate, fcntl.LOCK_SH)
                _wait(lock, fcntl.LOCK_SH)
            yield

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Hold off readers."""
        with _opened(self._gate) as gate, _opened(self._lock) as lock:
            _wait(gate, fcntl.LOCK_EX)
            _wait(lock, fcntl.LOCK_EX)
            yield


@contextmanager
def _opened(path: Path) -> Iterator[int | None]:
    """A descriptor whose lock ends with it; None in a folder in which nobody here may write."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_CREAT, 0o666)
    except OSError:
        yield None
        return
    try:
        yield descriptor
    finally:
        os.close(descriptor)


def _wait(descriptor: int | None, how: int) -> None:
    if descriptor is not None:
        fcntl.flock(descriptor, how)
