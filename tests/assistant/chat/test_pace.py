"""No step is lost that nothing newer follows, and nothing is read that nobody wants."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import aclosing

import pytest

from assistant.chat.pace import paced

PACE = 0.01


async def burst(count: int) -> AsyncIterator[int]:
    for step in range(count):
        yield step


async def test_a_burst_is_thinned_to_its_end() -> None:
    shown = [step async for step in paced(burst(1000), PACE)]
    assert shown[-1] == 999
    assert shown == sorted(set(shown))
    assert len(shown) < 1000


async def test_nothing_in_gives_nothing_out() -> None:
    assert [step async for step in paced(burst(0), PACE)] == []


async def test_the_step_before_a_pause_is_shown_during_it() -> None:
    shown_all = asyncio.Event()

    async def pausing() -> AsyncIterator[int]:
        yield 1
        await asyncio.sleep(0)
        yield 2
        await shown_all.wait()
        yield 3

    shown = []
    async for step in paced(pausing(), PACE):
        shown.append(step)
        if step == 2:
            shown_all.set()
    assert shown[-2:] == [2, 3]


async def test_closing_it_cancels_the_source() -> None:
    cancelled = asyncio.Event()

    async def endless() -> AsyncIterator[int]:
        try:
            yield 1
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            cancelled.set()
            raise

    async with aclosing(paced(endless(), PACE)) as steps:  # type: ignore[type-var]
        assert await anext(steps) == 1
    await asyncio.wait_for(cancelled.wait(), timeout=5)


async def test_an_error_comes_after_the_steps_before_it() -> None:
    async def failing() -> AsyncIterator[int]:
        yield 1
        await asyncio.sleep(0)
        yield 2
        raise LookupError("gone")

    shown = []
    with pytest.raises(LookupError, match="gone"):
        async for step in paced(failing(), PACE):
            shown.append(step)
    assert shown[-1] == 2
