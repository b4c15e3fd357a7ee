"""The same question to the same model over the same library is paid for once."""

import asyncio
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from llama_index.core.llms import ChatMessage

from assistant import Assistant
from assistant.answer import Answer, CitationFound, Done, TextDelta, Turn
from assistant.answer_cache import AnswerCache, answer_key
from assistant.prompting import Prompt
from assistant.settings import AnswerConfig, LLMConfig, Settings
from ingest.config import EmbeddingConfig, LibraryConfig
from ingest.endpoint_errors import Endpoint
from ingest.pipeline import ingest_records
from tests.support.assistants import citing, llm_settings
from tests.support.checks import assert_sound
from tests.support.openai_errors import server_error
from tests.support.openai_replies import CutStream, Reply
from tests.support.openai_server import OpenAIServer
from tests.support.papers import make_papers, own_papers

QUESTION = "What accuracy does PetalMixer reach on ImageNet-1K?"
FINE = citing("PetalMixer reaches 81.4% top-1 accuracy on ImageNet-1K {petalmixer}.")


def calls(server: OpenAIServer) -> int:
    return len(server.requests_to("/chat/completions"))


def test_a_repeated_question_asks_no_model(
    small_library_path: Path, openai_server: OpenAIServer
) -> None:
    openai_server.always(FINE)
    with Assistant(llm_settings(small_library_path, openai_server)) as assistant:
        first = assistant.ask(QUESTION)
        *events, done = assistant.stream(QUESTION)
        third = asyncio.run(assistant.aask(QUESTION))
    assert isinstance(done, Done)
    assert calls(openai_server) == 1
    assert not first.cached
    for again in (done.answer, third):
        assert again.cached
        assert_sound(again)
        same = {"usage", "timings_ms", "cached"}
        assert again.model_dump(exclude=same) == first.model_dump(exclude=same)
        assert (again.usage.llm_calls, again.usage.cost_usd) == (0, 0.0)
    shown = "".join(event.text for event in events if isinstance(event, TextDelta))
    assert shown == first.text
    assert [e.number for e in events if isinstance(e, CitationFound)] == [1]


@pytest.mark.parametrize(
    ("question", "history"),
    [
        ("What accuracy does PetalMixer reach on ImageNet-1K then?", []),
        (QUESTION, [Turn(question="What is PetalMixer?", answer="A mixer.")]),
    ],
)
def test_another_question_or_history_is_asked_anew(
    small_library_path: Path, openai_server: OpenAIServer, question: str, history: list[Turn]
) -> None:
    openai_server.always(FINE)
    with Assistant(llm_settings(small_library_path, openai_server)) as assistant:
        assistant.ask(QUESTION)
        assert not assistant.ask(question, history=history).cached


ENDPOINT = Endpoint("http://127.0.0.1:1/v1", "m", "PAPERS_LLM", "PAPERS_LLM__CONTEXT_WINDOW")
PROMPT = Prompt([ChatMessage(role="user", content="Why?")], papers=(), prompt_hash="h", tokens=9)


def key(prompt: Prompt = PROMPT, endpoint: Endpoint = ENDPOINT, version: int = 1, **to: Any) -> str:
    return answer_key("why?", prompt, endpoint, version, Settings(_env_file=None, **to))


def test_a_key_is_made_of_all_that_the_answer_depends_on() -> None:
    others = [
        key(version=2),
        key(replace(PROMPT, prompt_hash="other")),
        key(replace(PROMPT, messages=[ChatMessage(role="user", content="How?")])),
        key(endpoint=replace(ENDPOINT, model="other")),
        key(llm=LLMConfig(temperature=0.5)),
        key(llm=LLMConfig(seed=8)),
        key(answer=AnswerConfig(unsupported="drop")),
    ]
    assert len({key(), *others}) == 1 + len(others)
    assert key() == key(log_level="debug")


def test_a_changed_library_is_asked_anew(tmp_path: Path, openai_server: OpenAIServer) -> None:
    library = LibraryConfig(path=tmp_path / "library")
    ingest_records(own_papers(), library, EmbeddingConfig())
    openai_server.always(FINE)
    with Assistant(llm_settings(library.path, openai_server)) as assistant:
        assistant.ask(QUESTION)
        ingest_records(make_papers(1), library, EmbeddingConfig())
        assert not assistant.ask(QUESTION).cached
        assert assistant.ask(QUESTION).cached


def test_it_can_be_switched_off(small_library_path: Path, openai_server: OpenAIServer) -> None:
    openai_server.always(FINE)
    config = AnswerConfig(cache_size=0)
    with Assistant(llm_settings(small_library_path, openai_server, config)) as assistant:
        assert [assistant.ask(QUESTION).cached for _ in range(3)] == [False] * 3
    assert calls(openai_server) == 3


@pytest.mark.parametrize(
    "trouble", [server_error(), Reply("PetalMixer is", trouble=CutStream(after=1, how="no_done"))]
)
def test_a_degraded_answer_is_not_kept(
    small_library_path: Path, openai_server: OpenAIServer, trouble: Any
) -> None:
    openai_server.queue(trouble, FINE)
    settings = llm_settings(small_library_path, openai_server, max_attempts=1)
    with Assistant(settings) as assistant:
        assert assistant.ask(QUESTION).status == "degraded"
        assert assistant.ask(QUESTION).status == "answered"
        assert assistant.ask(QUESTION).cached


def test_the_least_recently_used_goes_first() -> None:
    cache = AnswerCache(2)
    answers = {key: Answer(question=key, status="answered", text=key) for key in "abc"}
    cache.put("a", answers["a"])
    cache.put("b", answers["b"])
    assert cache.get("a") == answers["a"]
    cache.put("c", answers["c"])
    assert (cache.get("a"), cache.get("b"), cache.get("c")) == (answers["a"], None, answers["c"])
