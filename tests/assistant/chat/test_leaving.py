"""What is written for a visit ends when its reader ends the last stream of events."""

import asyncio
from collections.abc import AsyncGenerator

from assistant.chat.leaving import Visits

WAIT_S = 10


class Writing:
    """Gives 0 at once and 1 when it is released; notes whether it was closed before."""

    def __init__(self) -> None:
        self.released = asyncio.Event()
        self.cut_off = False

    async def numbers(self) -> AsyncGenerator[int, None]:
        try:
            yield 0
            await self.released.wait()
            yield 1
        except (GeneratorExit, asyncio.CancelledError):
            self.cut_off = True
            raise


async def begun(visits: Visits, writing: Writing) -> "asyncio.Task[list[int]]":
    async def read() -> list[int]:
        return [number async for number in visits.while_there("v", writing.numbers())]

    task = asyncio.create_task(read())
    await asyncio.sleep(0.01)
    return task


async def test_who_ends_the_stream_ends_what_is_written() -> None:
    visits, writing = Visits(), Writing()
    visits.opened("v")
    reading = await begun(visits, writing)
    visits.closed("v", by_reader=True)
    assert await asyncio.wait_for(reading, WAIT_S) == [0]
    assert writing.cut_off


async def test_who_leaves_between_two_steps_has_left_too() -> None:
    visits, writing = Visits(), Writing()
    visits.opened("v")
    passed = visits.while_there("v", writing.numbers())
    assert await anext(passed) == 0
    visits.closed("v", by_reader=True)
    assert await asyncio.wait_for(anext(passed, None), WAIT_S) is None
    assert writing.cut_off


async def test_a_stream_that_the_server_ends_or_one_of_two_is_no_leaving() -> None:
    visits, writing = Visits(), Writing()
    visits.opened("v")
    visits.opened("v")
    reading = await begun(visits, writing)
    visits.closed("v", by_reader=True)
    visits.closed("v", by_reader=False)
    await asyncio.sleep(0.01)
    assert not reading.done()
    writing.released.set()
    assert await asyncio.wait_for(reading, WAIT_S) == [0, 1]
    assert not writing.cut_off


async def test_stopping_closes_what_is_written() -> None:
    visits, writing = Visits(), Writing()
    reading = await begun(visits, writing)
    reading.cancel()
    await asyncio.wait([reading])
    assert reading.cancelled()
    assert writing.cut_off
