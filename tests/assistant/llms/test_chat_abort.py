"""Whoever stops reading stops the server."""

import asyncio

import pytest

from tests.assistant.llms.calls import QUESTION, client_of
from tests.support.openai_replies import Hang, Reply
from tests.support.openai_server import OpenAIServer

ENDLESS = Reply(chunks=["one ", "two ", "three"], pause_after=2)


def test_leaving_the_loop(openai_server: OpenAIServer) -> None:
    openai_server.queue(ENDLESS)
    for piece in client_of(openai_server).stream(QUESTION):
        assert piece == "one "
        break
    assert openai_server.wait_for_abort()


def test_closing(openai_server: OpenAIServer) -> None:
    openai_server.queue(ENDLESS)
    with client_of(openai_server).stream(QUESTION) as stream:
        pieces = iter(stream)
        assert next(pieces) == "one "
    assert openai_server.wait_for_abort()
    stream.close()


def test_closing_the_generator_that_reads_it(openai_server: OpenAIServer) -> None:
    openai_server.queue(ENDLESS)
    pieces = iter(client_of(openai_server).stream(QUESTION))
    next(pieces)
    pieces.close()  # type: ignore[attr-defined]
    assert openai_server.wait_for_abort()


async def test_cancelling_a_task_that_waits_for_text(openai_server: OpenAIServer) -> None:
    openai_server.queue(ENDLESS)
    seen: list[str] = []
    two = asyncio.Event()

    async def read() -> None:
        async for piece in client_of(openai_server).astream(QUESTION):
            seen.append(piece)
            if len(seen) == 2:
                two.set()

    task = asyncio.create_task(read())
    await two.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert await asyncio.to_thread(openai_server.wait_for_abort)
    assert len(openai_server.requests) == 1


@pytest.mark.parametrize("whole", [True, False])
async def test_cancelling_before_the_first_token(
    openai_server: OpenAIServer, *, whole: bool
) -> None:
    openai_server.queue(Hang())
    client = client_of(openai_server)
    reading = client.acomplete(QUESTION) if whole else anext(aiter(client.astream(QUESTION)))
    task = asyncio.ensure_future(reading)
    await asyncio.to_thread(openai_server.wait_for_requests, 1)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert await asyncio.to_thread(openai_server.wait_for_abort)
    assert len(openai_server.requests) == 1


async def test_leaving_an_async_with(openai_server: OpenAIServer) -> None:
    openai_server.queue(ENDLESS)
    async with client_of(openai_server).astream(QUESTION) as stream:
        async for piece in stream:
            assert piece == "one "
            break
    assert await asyncio.to_thread(openai_server.wait_for_abort)
    await stream.aclose()


async def test_leaving_an_async_loop(openai_server: OpenAIServer) -> None:
    openai_server.queue(ENDLESS)
    async for _ in client_of(openai_server).astream(QUESTION):
        break
    assert await asyncio.to_thread(openai_server.wait_for_abort)
