"""Our steps as LlamaIndex spans, seen by a handler such as any LlamaIndex user may attach."""

import asyncio
import inspect
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from llama_index_instrumentation import get_dispatcher
from llama_index_instrumentation.span import BaseSpan, active_span_id
from llama_index_instrumentation.span_handlers import BaseSpanHandler
from pydantic import Field

from assistant import Assistant
from assistant.settings import AnswerConfig
from tests.support.assistants import citing, llm_settings
from tests.support.openai_errors import unauthorized
from tests.support.openai_replies import Reply
from tests.support.openai_server import OpenAIServer

QUESTION = "What accuracy does PetalMixer reach on ImageNet-1K?"
FINE = citing("PetalMixer reaches 81.4% top-1 accuracy on ImageNet-1K {petalmixer}.")
LONG = Reply("PetalMixer reaches 81.4% top-1 accuracy. " * 50, pause_after=8)


class Recorder(BaseSpanHandler[BaseSpan]):
    """Keeps the parent of every span that began, and how each ended."""

    parents: dict[str, str | None] = Field(default_factory=dict)
    ended: dict[str, str] = Field(default_factory=dict)

    def new_span(
        self,
        id_: str,
        bound_args: inspect.BoundArguments,
        instance: Any = None,
        parent_span_id: str | None = None,
        tags: dict[str, Any] | None = None,
        **kwargs: Any,
    ) -> BaseSpan:
        self.parents[id_] = parent_span_id
        return BaseSpan(id_=id_, parent_id=parent_span_id)

    def prepare_to_exit_span(self, id_: str, *args: Any, **kwargs: Any) -> BaseSpan:
        self.ended[id_] = "whole"
        return self.open_spans[id_]

    def prepare_to_drop_span(self, id_: str, *args: Any, **kwargs: Any) -> BaseSpan:
        self.ended[id_] = str(kwargs["err"])
        return self.open_spans[id_]

    def named(self, name: str) -> list[str]:
        return [id_ for id_ in self.parents if id_.startswith(f"{name}-")]

    def children(self, id_: str) -> Counter[str]:
        """How many spans of each name lie directly inside one."""
        return Counter(
            child.partition("-")[0] for child, parent in self.parents.items() if parent == id_
        )


@pytest.fixture
def recorder() -> Iterator[Recorder]:
    recorder, root = Recorder(), get_dispatcher()
    root.add_span_handler(recorder)
    yield recorder
    root.span_handlers.remove(recorder)


@pytest.fixture
def assistant(small_library_path: Path, openai_server: OpenAIServer) -> Iterator[Assistant]:
    settings = llm_settings(small_library_path, openai_server, AnswerConfig(cache_size=0))
    with Assistant(settings) as assistant:
        yield assistant


def test_the_readers_own_spans_stay_the_readers(
    assistant: Assistant, openai_server: OpenAIServer, recorder: Recorder
) -> None:
    openai_server.always(FINE)
    for _ in assistant.stream(QUESTION):
        assert active_span_id.get() is None
    (answer,) = recorder.named("Answer")
    assert recorder.children(answer) == {"Retrieve": 1, "Chat": 1}
    assert set(recorder.ended.values()) == {"whole"}


def test_a_callers_span_is_the_parent(
    assistant: Assistant, openai_server: OpenAIServer, recorder: Recorder
) -> None:
    openai_server.always(FINE)
    get_dispatcher("a.caller").span(assistant.ask)(QUESTION)
    (answer,) = recorder.named("Answer")
    assert (recorder.parents[answer] or "").startswith("Assistant.ask-")


def test_a_stream_that_is_left_ends_its_spans(
    assistant: Assistant, openai_server: OpenAIServer, recorder: Recorder
) -> None:
    openai_server.queue(LONG)
    events = assistant.stream(QUESTION)
    next(events)
    assert recorder.named("Chat")[0] not in recorder.ended
    events.close()  # type: ignore[attr-defined]
    assert set(recorder.ended) == set(recorder.parents)
    assert set(recorder.ended.values()) == {"whole"}


async def test_a_cancelled_question_ends_its_spans(
    assistant: Assistant, openai_server: OpenAIServer, recorder: Recorder
) -> None:
    openai_server.queue(LONG)
    task = asyncio.create_task(assistant.aask(QUESTION))
    await asyncio.to_thread(openai_server.wait_for_requests, 1)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert set(recorder.ended) == set(recorder.parents)


def test_a_failed_call_says_why(
    assistant: Assistant, openai_server: OpenAIServer, recorder: Recorder
) -> None:
    openai_server.always(unauthorized())
    assert assistant.ask(QUESTION).status == "degraded"
    (answer,), (chat,) = recorder.named("Answer"), recorder.named("Chat")
    assert "PAPERS_LLM__API_KEY" in recorder.ended[chat]
    assert recorder.ended[answer] == "whole"


def test_many_at_a_time_keep_their_steps_apart_in_threads(
    assistant: Assistant, openai_server: OpenAIServer, recorder: Recorder
) -> None:
    openai_server.always(FINE)
    with ThreadPoolExecutor(12) as pool:
        list(pool.map(assistant.ask, [QUESTION] * 12))
    assert_apart(recorder, 12)


async def test_and_in_an_event_loop(
    assistant: Assistant, openai_server: OpenAIServer, recorder: Recorder
) -> None:
    openai_server.always(FINE)
    await asyncio.gather(*(assistant.aask(QUESTION) for _ in range(12)))
    assert_apart(recorder, 12)


def assert_apart(recorder: Recorder, count: int) -> None:
    answers = recorder.named("Answer")
    assert len(answers) == count
    for answer in answers:
        assert recorder.children(answer) == {"Retrieve": 1, "Chat": 1}
    assert not recorder.open_spans
