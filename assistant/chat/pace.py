"""Showing a fast stream at a pace that a page can follow."""

import asyncio
from collections.abc import AsyncIterator
from typing import TypeVar

T = TypeVar("T")


async def paced(steps: AsyncIterator[T], seconds: float) -> AsyncIterator[T]:
    """Yield the newest of `steps`, at most one every `seconds`; the last one always comes.

    `steps` is read in a task of its own, so that no step waits for the one after it. Closing or
    cancelling this iterator cancels that task at once; an error in it comes out after its steps.
    """
    newest: list[T] = []
    changed = asyncio.Event()

    async def read() -> None:
        async for step in steps:
            newest[:] = [step]
            changed.set()

    reading = asyncio.create_task(read())
    reading.add_done_callback(lambda _: changed.set())
    try:
        while newest or not reading.done():
            await changed.wait()
            changed.clear()
            if newest:
                yield newest.pop()
                await asyncio.sleep(seconds)
        reading.result()
    finally:
        reading.cancel()
