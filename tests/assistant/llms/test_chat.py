"""Chat calls that go well, and what is sent for them."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from llama_index.core.base.llms.types import ChatMessage

from assistant.answer import Usage
from assistant.llms import ChatClient
from tests.assistant.llms.calls import KEY, QUESTION, Hear, Heard, both, client_of, hear, hear_async
from tests.support import openai_replies as replies
from tests.support.openai_errors import server_error
from tests.support.openai_replies import CutStream, Reply
from tests.support.openai_server import OpenAIServer


@both
def test_text_usage_and_end(openai_server: OpenAIServer, listen: Hear) -> None:
    openai_server.queue(
        Reply(chunks=["A KAN", "", " is ", "a net [1]."], usage=replies.Usage(31, 9))
    )
    heard = listen(client_of(openai_server))
    assert heard.pieces == ["A KAN", " is ", "a net [1]."]
    assert heard.usage == Usage(llm_calls=1, prompt_tokens=31, completion_tokens=9, cost_usd=None)
    assert heard.finish_reason == "stop"
    assert not heard.estimated


@both
def test_what_is_sent(openai_server: OpenAIServer, listen: Hear) -> None:
    listen(client_of(openai_server), max_tokens=9)
    (request,) = openai_server.requests
    assert request.authorization == f"Bearer {KEY}"
    assert request.json == {
        "model": "test-chat",
        "messages": [
            {"role": "system", "content": "Answer from the sources."},
            {"role": "user", "content": "what is a KAN?"},
        ],
        "temperature": 0.0,
        "seed": 7,
        "max_tokens": 9,
        "stream": True,
        "stream_options": {"include_usage": True},
    }


def test_nothing_is_sent_before_the_stream_is_read(openai_server: OpenAIServer) -> None:
    client_of(openai_server).stream(QUESTION)
    assert openai_server.requests == ()


def test_a_stream_is_read_once(openai_server: OpenAIServer) -> None:
    stream = client_of(openai_server).stream(QUESTION)
    assert stream.read()
    with pytest.raises(RuntimeError):
        stream.read()


@both
def test_usage_is_estimated_where_the_endpoint_counts_nothing(
    openai_server: OpenAIServer, listen: Hear
) -> None:
    """5 + 6 tokens of text, 4 around each message, 3 before the answer; "hello world" is 2."""
    openai_server.queue(Reply("hello world", report_usage=False))
    heard = listen(client_of(openai_server))
    assert heard.estimated
    assert heard.usage.completion_tokens == 2
    assert heard.usage.prompt_tokens == 5 + 6 + 2 * 4 + 3


@both
def test_length_is_noted_and_is_no_error(openai_server: OpenAIServer, listen: Hear) -> None:
    openai_server.queue(Reply("cut by the", finish_reason="length"))
    heard = listen(client_of(openai_server))
    assert (heard.text, heard.finish_reason, heard.error) == ("cut by the", "length", None)


@both
def test_an_empty_answer_is_an_answer(openai_server: OpenAIServer, listen: Hear) -> None:
    openai_server.queue(Reply(""))
    heard = listen(client_of(openai_server))
    assert (heard.pieces, heard.finish_reason, heard.error) == ([], "stop", None)


def _echo(request: dict[str, Any]) -> str:
    """The last message's text, as many words as its number says."""
    word = request["messages"][-1]["content"]
    return " ".join([word] * int(word))


def _ask(client: ChatClient, number: int) -> tuple[str, Usage]:
    stream = client.stream([ChatMessage(role="user", content=str(number))])
    return "".join(stream), stream.usage


async def _aask(client: ChatClient, number: int) -> tuple[str, Usage]:
    stream = client.astream([ChatMessage(role="user", content=str(number))])
    return "".join([piece async for piece in stream]), stream.usage


def _check_unmixed(answers: list[tuple[str, Usage]]) -> None:
    for number, (text, usage) in enumerate(answers, 1):
        assert text == " ".join([str(number)] * number)
        assert (usage.prompt_tokens, usage.completion_tokens) == (1, number)


def test_concurrent_calls_do_not_mix_in_threads() -> None:
    with OpenAIServer(default=_echo) as server, ThreadPoolExecutor(12) as pool:
        client = client_of(server)
        _check_unmixed(list(pool.map(lambda number: _ask(client, number), range(1, 41))))


def test_concurrent_calls_do_not_mix_in_a_loop() -> None:
    async def all_at_once(client: ChatClient) -> list[tuple[str, Usage]]:
        return await asyncio.gather(*(_aask(client, number) for number in range(1, 41)))

    with OpenAIServer(default=_echo) as server:
        _check_unmixed(asyncio.run(all_at_once(client_of(server))))


def test_one_client_serves_several_loops(openai_server: OpenAIServer) -> None:
    client = client_of(openai_server)

    async def twice() -> list[Heard]:
        return [await hear_async(client), await hear_async(client)]

    answers = [heard for _ in range(2) for heard in asyncio.run(twice())]
    assert [heard.error for heard in answers] == [None] * 4


def test_complete_restarts_a_cut_stream(openai_server: OpenAIServer) -> None:
    openai_server.queue(
        Reply("half of it", trouble=CutStream(after=2)), server_error(), Reply("all of it")
    )
    completion = client_of(openai_server).complete(QUESTION)
    assert (completion.text, completion.finish_reason) == ("all of it", "stop")
    assert completion.usage.completion_tokens == 3


async def test_acomplete_restarts_a_cut_stream(openai_server: OpenAIServer) -> None:
    openai_server.queue(
        Reply("half of it", trouble=CutStream(after=2, how="no_done")), Reply("all of it")
    )
    completion = await client_of(openai_server).acomplete(QUESTION)
    assert (completion.text, completion.finish_reason) == ("all of it", "stop")


async def test_closing_a_client(openai_server: OpenAIServer) -> None:
    client = client_of(openai_server)
    assert hear(client).error is None
    assert (await hear_async(client)).error is None
    await client.aclose()
    assert (await hear_async(client)).error is None
    await client.aclose()
