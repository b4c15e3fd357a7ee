"""The test server's record of what its clients sent, and of those who left early."""

import asyncio
import threading
import time
from collections.abc import Iterator
from typing import Any

import openai
import pytest

from tests.support.openai_replies import Hang, Reply
from tests.support.openai_server import DEFAULT_TEXT, OpenAIServer

QUESTION: Any = [{"role": "user", "content": "what is a KAN?"}]


@pytest.fixture
def client(openai_server: OpenAIServer) -> Iterator[openai.OpenAI]:
    with openai.OpenAI(base_url=openai_server.base_url, api_key="sk-7", max_retries=0) as client:
        yield client


def test_a_request_is_recorded(openai_server: OpenAIServer, client: openai.OpenAI) -> None:
    before = time.monotonic()
    client.chat.completions.create(
        model="m", messages=QUESTION, seed=3, extra_headers={"X-Trace": "abc"}
    )
    client.embeddings.create(model="e", input="kan")
    openai_server.wait_until_idle()
    chat, embedding = openai_server.requests
    assert (chat.method, chat.path) == ("POST", "/v1/chat/completions")
    assert chat.authorization == "Bearer sk-7"
    assert chat.headers["x-trace"] == "abc"
    assert chat.json == {"model": "m", "messages": QUESTION, "seed": 3}
    assert not chat.aborted
    assert chat.finished is not None
    assert before <= chat.arrived <= chat.finished <= embedding.arrived <= time.monotonic()
    assert openai_server.requests_to("/embeddings") == (embedding,)


def test_a_body_that_is_no_json_is_kept(openai_server: OpenAIServer, client: openai.OpenAI) -> None:
    with pytest.raises(openai.BadRequestError):
        client.post("/chat/completions", content=b"{oops", cast_to=object)
    (request,) = openai_server.requests
    assert (request.body, request.json) == (b"{oops", None)


def test_wait_for_requests_and_release(openai_server: OpenAIServer, client: openai.OpenAI) -> None:
    openai_server.always(Hang())
    answers: list[str | None] = []

    def ask() -> None:
        answer = client.chat.completions.create(model="m", messages=QUESTION)
        answers.append(answer.choices[0].message.content)

    threads = [threading.Thread(target=ask) for _ in range(3)]
    for thread in threads:
        thread.start()
    assert len(openai_server.wait_for_requests(3)) == 3
    assert answers == []
    openai_server.release()
    for thread in threads:
        thread.join()
    assert answers == [DEFAULT_TEXT] * 3


def test_waiting_in_vain_says_what_arrived(openai_server: OpenAIServer) -> None:
    with pytest.raises(TimeoutError, match=r"0 requests to /embeddings after 0\.01 s, not 1"):
        openai_server.wait_for_requests(1, "/embeddings", timeout_s=0.01)
    with pytest.raises(TimeoutError, match="aborted"):
        openai_server.wait_for_abort(timeout_s=0.01)


def test_a_client_that_closes_its_stream_early_has_aborted(
    openai_server: OpenAIServer, client: openai.OpenAI
) -> None:
    openai_server.queue(Reply("one two three", pause_after=1))
    chunks = client.chat.completions.create(model="m", messages=QUESTION, stream=True)
    assert [next(chunks).choices[0].delta.content for _ in range(2)] == ["", "one "]
    chunks.close()
    aborted = openai_server.wait_for_abort()
    assert aborted is openai_server.requests[0]
    client.chat.completions.create(model="m", messages=QUESTION)
    openai_server.wait_until_idle()
    assert [request.aborted for request in openai_server.requests] == [True, False]


async def test_a_cancelled_task_has_aborted() -> None:
    with OpenAIServer() as server:
        server.queue(Hang())
        async with openai.AsyncOpenAI(base_url=server.base_url, api_key="sk-test") as client:
            asking = asyncio.create_task(
                client.chat.completions.create(model="m", messages=QUESTION)
            )
            (request,) = await asyncio.to_thread(server.wait_for_requests, 1)
            asking.cancel()
            with pytest.raises(asyncio.CancelledError):
                await asking
            assert await asyncio.to_thread(server.wait_for_abort) is request


def test_stopping_during_a_stream_is_not_the_clients_abort() -> None:
    with OpenAIServer() as server:
        server.queue(Reply("one two", pause_after=1))
        client = openai.OpenAI(base_url=server.base_url, api_key="sk-test", max_retries=0)
        chunks = client.chat.completions.create(model="m", messages=QUESTION, stream=True)
        next(chunks)
    assert server.requests[0].finished is not None
    assert not server.requests[0].aborted
