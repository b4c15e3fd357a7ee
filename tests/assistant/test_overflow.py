"""A prompt that the model finds too long is sent once more with fewer sources."""

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from assistant import Assistant
from assistant.answer import Answer
from assistant.tokens import count_tokens
from tests.support.assistants import citing, llm_settings, source_numbers
from tests.support.checks import assert_sound
from tests.support.openai_chat import prompt_text
from tests.support.openai_errors import Dialect, context_overflow
from tests.support.openai_records import RecordedRequest
from tests.support.openai_replies import ErrorChunk, HttpReply, Reply
from tests.support.openai_server import OpenAIServer

QUESTION = "What accuracy does PetalMixer reach on ImageNet-1K?"
PETAL = "PetalMixer reaches 81.4% top-1 accuracy on ImageNet-1K with 19M parameters"
FINE = citing(f"{PETAL} {{petalmixer}}.")
IN_STREAM = Reply(
    "x",
    trouble=ErrorChunk(0, {"error": {"message": "too long", "type": "x", "param": "input_tokens"}}),
)


def ask(assistant: Assistant) -> Answer:
    return assistant.ask(QUESTION)


def ask_async(assistant: Assistant) -> Answer:
    return asyncio.run(assistant.aask(QUESTION))


Ask = Callable[[Assistant], Answer]
both = pytest.mark.parametrize("asked", [ask, ask_async])


def sources(server: OpenAIServer) -> list[int]:
    """How many sources each prompt held."""
    return [len(source_numbers(r.json)) for r in server.requests_to("/chat/completions")]


@both
@pytest.mark.parametrize("dialect", ["openai", "vllm"])
def test_half_of_the_sources_are_tried_next(
    small_library_path: Path, openai_server: OpenAIServer, asked: Ask, dialect: Dialect
) -> None:
    openai_server.queue(context_overflow(dialect=dialect), FINE)
    with Assistant(llm_settings(small_library_path, openai_server)) as assistant:
        answer = asked(assistant)
    assert_sound(answer)
    assert (answer.status, answer.text) == ("answered", f"{PETAL}. [1]")
    assert sources(openai_server) == [10, 5]
    assert any("5 of 10 sources" in warning for warning in answer.warnings)
    assert answer.usage.llm_calls == 1


def test_an_overflow_told_inside_the_stream(
    small_library_path: Path, openai_server: OpenAIServer
) -> None:
    openai_server.queue(IN_STREAM, FINE)
    with Assistant(llm_settings(small_library_path, openai_server)) as assistant:
        assert assistant.ask(QUESTION).status == "answered"
    assert sources(openai_server) == [10, 5]


def test_the_window_that_the_endpoint_lists_is_filled(
    small_library_path: Path, openai_server: OpenAIServer
) -> None:
    """vLLM tells `max_model_len`; its tokens may be shorter than tiktoken's, hence the margin."""
    listing = {"data": [{"id": "test-chat", "max_model_len": 2000}]}
    openai_server.always(HttpReply(200, listing), endpoint="/models")
    openai_server.queue(context_overflow(dialect="vllm"), FINE)
    with Assistant(llm_settings(small_library_path, openai_server)) as assistant:
        answer = assistant.ask(QUESTION)
    first, second = sources(openai_server)
    assert answer.status == "answered"
    assert 1 < second < first
    long, short = map(_prompt_tokens, openai_server.requests_to("/chat/completions"))
    assert short < 2000 * 0.85 - 300 < long


def _prompt_tokens(request: RecordedRequest) -> int:
    return count_tokens(prompt_text(request.json))


@both
def test_it_is_tried_only_once(
    small_library_path: Path, openai_server: OpenAIServer, asked: Ask
) -> None:
    openai_server.always(context_overflow())
    with Assistant(llm_settings(small_library_path, openai_server)) as assistant:
        answer = asked(assistant)
    assert answer.status == "degraded"
    assert sources(openai_server) == [10, 5]
    assert any("PAPERS_LLM__CONTEXT_WINDOW" in warning for warning in answer.warnings)


def test_a_single_source_cannot_be_halved(
    small_library_path: Path, openai_server: OpenAIServer
) -> None:
    openai_server.always(context_overflow())
    settings: Any = llm_settings(small_library_path, openai_server)
    settings.retrieval.sources = 1
    with Assistant(settings) as assistant:
        assert assistant.ask(QUESTION).status == "degraded"
    assert sources(openai_server) == [1]
