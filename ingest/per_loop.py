"""One value for each running event loop.

A pool of asynchronous connections belongs to the loop that opened them: used from a second
`asyncio.run` it fails with "Event loop is closed".
"""

import asyncio
from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")


class PerLoop(Generic[T]):
    """Makes the value at first use in a loop and forgets it once the loop is closed.

    The value commonly refers to its loop, so weak keys would keep both for ever.
    """

    def __init__(self, make: Callable[[], T]) -> None:
        self._make = make
        self._values: dict[asyncio.AbstractEventLoop, T] = {}

    def get(self) -> T:
        """The running loop's value; RuntimeError outside a loop."""
        loop = asyncio.get_running_loop()
        if loop not in self._values:
            for other in [known for known in list(self._values) if known.is_closed()]:
                self._values.pop(other, None)
            self._values[loop] = self._make()
        return self._values[loop]

    def pop(self) -> T | None:
        """Take the running loop's value out, for the caller to close."""
        return self._values.pop(asyncio.get_running_loop(), None)
