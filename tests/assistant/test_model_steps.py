"""Work that asks a model now and then, with and without an event loop."""

import asyncio
from collections.abc import Callable

import pytest
from llama_index.core.llms import ChatMessage

from assistant.llms import ChatClient
from assistant.model_steps import Ask, Steps, arun_steps, run_steps
from ingest.endpoint_errors import EndpointError
from tests.assistant.llms.calls import client_of
from tests.support.openai_errors import unauthorized
from tests.support.openai_replies import Hang, Reply
from tests.support.openai_server import OpenAIServer

Run = Callable[[Steps[str], ChatClient], str]


def arun(steps: Steps[str], chat: ChatClient) -> str:
    return asyncio.run(arun_steps(steps, chat))


both = pytest.mark.parametrize("run", [run_steps, arun])


def ask(text: str) -> Ask:
    return Ask([ChatMessage(role="user", content=text)])


def twice() -> Steps[str]:
    first = yield ask("one")
    second = yield ask(f"after {first.text}")
    return f"{first.text}, {second.text}"


@both
def test_replies_go_back_in(openai_server: OpenAIServer, run: Run) -> None:
    openai_server.queue(Reply("red"), Reply("blue"))
    assert run(twice(), client_of(openai_server)) == "red, blue"
    _, second = openai_server.requests
    assert second.json["messages"][0]["content"] == "after red"


@both
def test_without_a_question_no_call_is_made(openai_server: OpenAIServer, run: Run) -> None:
    def nothing() -> Steps[str]:
        return "done"
        yield ask("never")

    assert run(nothing(), client_of(openai_server)) == "done"
    assert openai_server.requests == ()


@both
def test_a_failed_call_can_be_caught(openai_server: OpenAIServer, run: Run) -> None:
    def careful() -> Steps[str]:
        try:
            yield ask("one")
        except EndpointError as error:
            return error.kind
        return "answered"

    openai_server.queue(unauthorized())
    assert run(careful(), client_of(openai_server)) == "auth"


@both
def test_or_comes_out(openai_server: OpenAIServer, run: Run) -> None:
    openai_server.queue(unauthorized())
    with pytest.raises(EndpointError):
        run(twice(), client_of(openai_server))


async def test_cancelling_stops_the_model(openai_server: OpenAIServer) -> None:
    openai_server.queue(Hang())
    task = asyncio.create_task(arun_steps(twice(), client_of(openai_server)))
    await asyncio.to_thread(openai_server.wait_for_requests, 1)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert (await asyncio.to_thread(openai_server.wait_for_abort)).aborted
