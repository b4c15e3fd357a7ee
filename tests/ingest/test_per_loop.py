"""Values that belong to one event loop."""

import asyncio

import pytest

from ingest.per_loop import PerLoop


def test_one_value_a_loop() -> None:
    values: PerLoop[object] = PerLoop(object)

    async def twice() -> tuple[object, object]:
        return values.get(), values.get()

    first, again = asyncio.run(twice())
    other, _ = asyncio.run(twice())
    assert first is again
    assert other is not first


def test_popped_value_is_made_anew() -> None:
    values: PerLoop[object] = PerLoop(object)

    async def around_pop() -> tuple[object, object | None, object]:
        return values.get(), values.pop(), values.get()

    first, popped, later = asyncio.run(around_pop())
    assert popped is first
    assert later is not first


def test_needs_a_loop() -> None:
    with pytest.raises(RuntimeError):
        PerLoop(object).get()
