"""Streams that are left early, and many questions at a time."""

import asyncio
import gc
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from assistant import Assistant
from assistant.answer import Answer, TextDelta
from assistant.settings import AnswerConfig
from tests.support.assistants import citing, llm_settings
from tests.support.checks import assert_sound
from tests.support.openai_chat import prompt_text
from tests.support.openai_errors import unauthorized
from tests.support.openai_records import RecordedRequest
from tests.support.openai_replies import Reply
from tests.support.openai_server import OpenAIServer

QUESTION = "What accuracy does PetalMixer reach on ImageNet-1K?"
LONG = Reply("PetalMixer reaches 81.4% top-1 accuracy. " * 50, pause_after=8)
FACTS = {
    "What accuracy does PetalMixer reach?": (
        "PetalMixer reaches 81.4% top-1 accuracy on ImageNet-1K {petalmixer}.",
        "petalmixer",
    ),
    "How much faster than a GNN is GraphTok?": (
        "GraphTok infers 35 times faster than the GNN {graphtok}.",
        "graphtok",
    ),
    "How many experts does MoonDrop remove?": (
        "MoonDrop removes 40% of the experts of a trained model {moondrop}.",
        "moondrop",
    ),
    "What does EmberNet consume?": ("EmberNet consumes 0.8 mW {embernet}.", "embernet"),
    "How many photographs does Harvest-26 hold?": (
        "Harvest-26 is a benchmark of 48,200 field photographs {harvest-26}.",
        "harvest-26",
    ),
}


@pytest.fixture
def assistant(small_library_path: Path, openai_server: OpenAIServer) -> Iterator[Assistant]:
    with Assistant(llm_settings(small_library_path, openai_server)) as assistant:
        yield assistant


@pytest.fixture
def forgetful(small_library_path: Path, openai_server: OpenAIServer) -> Iterator[Assistant]:
    """One that keeps no answers, so that every question reaches the model."""
    settings = llm_settings(small_library_path, openai_server, AnswerConfig(cache_size=0))
    with Assistant(settings) as assistant:
        yield assistant


def reply_to_its_question(request: RecordedRequest) -> Reply:
    """The fact that this request's question asks for."""
    prompt = prompt_text(request.json)
    (template,) = (text for question, (text, _) in FACTS.items() if question in prompt)
    return Reply(citing(template).text(request.json), delay_s=0.2, chunk_delay_s=0.01)


def assert_right(question: str, answer: Answer) -> None:
    assert_sound(answer)
    assert answer.question == question
    assert answer.status == "answered"
    assert [c.paper.id for c in answer.citations] == [FACTS[question][1]]


def test_closing_a_stream_stops_the_model(
    assistant: Assistant, openai_server: OpenAIServer
) -> None:
    openai_server.queue(LONG)
    events = assistant.stream(QUESTION)
    assert isinstance(next(events), TextDelta)
    events.close()  # type: ignore[attr-defined]
    assert openai_server.wait_for_abort().aborted


async def test_closing_an_async_stream_stops_the_model(
    assistant: Assistant, openai_server: OpenAIServer
) -> None:
    openai_server.queue(LONG)
    events = assistant.astream(QUESTION)
    assert isinstance(await anext(events), TextDelta)
    await events.aclose()  # type: ignore[attr-defined]
    request = await asyncio.to_thread(openai_server.wait_for_abort)
    assert request.aborted


async def test_cancelling_a_question_stops_the_model(
    assistant: Assistant, openai_server: OpenAIServer
) -> None:
    openai_server.queue(LONG)
    task = asyncio.create_task(assistant.aask(QUESTION))
    await asyncio.to_thread(openai_server.wait_for_requests, 1)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    request = await asyncio.to_thread(openai_server.wait_for_abort)
    assert request.aborted


def test_an_assistant_serves_again_after_a_stream_was_left(
    assistant: Assistant, openai_server: OpenAIServer
) -> None:
    openai_server.queue(LONG, reply_to_its_question)
    for _ in assistant.stream(QUESTION):
        break
    question = "What does EmberNet consume?"
    assert_right(question, assistant.ask(question))


def test_forty_questions_at_a_time_are_not_mixed_up(
    forgetful: Assistant, openai_server: OpenAIServer
) -> None:
    openai_server.always(reply_to_its_question)
    questions = [question for question in FACTS for _ in range(8)]
    with ThreadPoolExecutor(40) as pool:
        answers = list(pool.map(forgetful.ask, questions))
    for question, answer in zip(questions, answers, strict=True):
        assert_right(question, answer)
    assert len(openai_server.requests_to("/chat/completions")) == 40


async def test_nor_are_forty_in_one_event_loop(
    forgetful: Assistant, openai_server: OpenAIServer
) -> None:
    openai_server.always(reply_to_its_question)
    questions = [question for question in FACTS for _ in range(8)]
    answers = await asyncio.gather(*map(forgetful.aask, questions))
    for question, answer in zip(questions, answers, strict=True):
        assert_right(question, answer)
    assert len(openai_server.requests_to("/chat/completions")) == 40


def test_one_assistant_serves_one_event_loop_after_another(
    assistant: Assistant, openai_server: OpenAIServer
) -> None:
    openai_server.always(reply_to_its_question)
    question = "What does EmberNet consume?"
    for _ in range(2):
        assert_right(question, asyncio.run(assistant.aask(question)))


def test_connections_of_a_closed_event_loop_trouble_no_later_one(
    assistant: Assistant, openai_server: OpenAIServer
) -> None:
    openai_server.always(unauthorized())
    complaints: list[object] = []

    async def ask() -> None:
        asyncio.get_running_loop().set_exception_handler(lambda _, said: complaints.append(said))
        await assistant.aask("What does EmberNet consume?")
        for _ in range(2):
            gc.collect()
            await asyncio.sleep(0.02)

    for _ in range(3):
        asyncio.run(ask())
    assert complaints == []
