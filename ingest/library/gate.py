"""A gate that many may pass at once, but that closes for one who must be alone."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager


class Gate:
    """Shared and exclusive passage; whoever waits for exclusive passage lets nobody new in."""

    def __init__(self) -> None:
        self._free = threading.Condition()
        self._inside = 0
        self._closing = False

    @contextmanager
    def shared(self) -> Iterator[None]:
        """Pass together with others."""
        self._enter()
        try:
            yield
        finally:
            self._leave()

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Pass when everybody is out, and keep everybody out."""
        with self._free:
            self._free.wait_for(lambda: not self._closing)
            self._closing = True
            self._free.wait_for(lambda: self._inside == 0)
        try:
            yield
        finally:
            with self._free:
                self._closing = False
                self._free.notify_all()

    @contextmanager
    def alone_from_inside(self) -> Iterator[None]:
        """`alone` for one who is inside already: out, alone, and in again."""
        self._leave()
        try:
            with self.alone():
                yield
        finally:
            self._enter()

    def _enter(self) -> None:
        with self._free:
            self._free.wait_for(lambda: not self._closing)
            self._inside += 1

    def _leave(self) -> None:
        with self._free:
            self._inside -= 1
            self._free.notify_all()
