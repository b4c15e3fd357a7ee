"""When the model's endpoint misbehaves: an answer all the same, saying what happened."""

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest

from assistant import Assistant
from assistant.answer import Answer, Done, TextDelta
from assistant.settings import Settings
from tests.support.assistants import citing, llm_settings
from tests.support.checks import assert_sound
from tests.support.openai_errors import (
    context_overflow,
    quota_exhausted,
    rate_limited,
    server_error,
    unauthorized,
)
from tests.support.openai_replies import (
    BadChunk,
    BrokenBody,
    CutStream,
    ErrorChunk,
    Hang,
    Reply,
    Script,
)
from tests.support.openai_server import OpenAIServer

QUESTION = "What accuracy does PetalMixer reach on ImageNet-1K?"
PETAL = "PetalMixer reaches 81.4% top-1 accuracy on ImageNet-1K with 19M parameters"
KEY = "sk-very-secret"
CUT = Reply(f"{PETAL}.", trouble=CutStream(after=4))
RESET = Reply(f"{PETAL}.", trouble=CutStream(after=4, how="reset"))
NO_END = Reply(f"{PETAL}.", trouble=CutStream(after=4, how="no_done"))
FAILED = Reply(f"{PETAL}.", trouble=ErrorChunk(after=4))
BROKEN = Reply(f"{PETAL}.", trouble=BadChunk(after=4))


def ask(settings: Settings) -> Answer:
    with Assistant(settings) as assistant:
        return assistant.ask(QUESTION)


def ask_async(settings: Settings) -> Answer:
    async def ask_it() -> Answer:
        async with Assistant(settings) as assistant:
            return await assistant.aask(QUESTION)

    return asyncio.run(ask_it())


Ask = Callable[[Settings], Answer]
both = pytest.mark.parametrize("asked", [ask, ask_async])


def assert_degraded(answer: Answer, said: str) -> None:
    assert_sound(answer)
    assert answer.status == "degraded"
    assert "81.4%" in answer.text
    assert answer.citations[0].paper.id == "petalmixer"
    assert answer.model == "extractive (no model)"
    assert said in " ".join(answer.warnings)


@both
@pytest.mark.parametrize(
    ("scripts", "said"),
    [
        ([unauthorized()], "PAPERS_LLM__API_KEY"),
        ([quota_exhausted()], "no credit"),
        ([server_error(503), server_error(503)], "failed (HTTP 503)"),
        ([context_overflow(), context_overflow()], "PAPERS_LLM__CONTEXT_WINDOW"),
        ([BrokenBody()], "not with a stream"),
        ([CUT, CUT], "broke the connection"),
        ([NO_END, NO_END], "in the middle"),
        ([FAILED, FAILED], "failed (HTTP 500)"),
        ([Reply(f"{PETAL}.", finish_reason="content_filter")], "content filter"),
    ],
    ids=["key", "quota", "server", "context", "no-json", "cut", "no-end", "error-event", "filter"],
)
def test_passages_are_quoted_instead(
    small_library_path: Path,
    openai_server: OpenAIServer,
    asked: Ask,
    scripts: list[Script],
    said: str,
) -> None:
    openai_server.queue(*scripts)
    answer = asked(llm_settings(small_library_path, openai_server, api_key=KEY))
    assert_degraded(answer, said)
    assert KEY not in answer.model_dump_json()
    assert openai_server.unused() == 0


@both
def test_a_rate_limit_that_passes_is_not_seen(
    small_library_path: Path, openai_server: OpenAIServer, asked: Ask
) -> None:
    openai_server.queue(rate_limited(), citing(f"{PETAL} {{petalmixer}}."))
    answer = asked(llm_settings(small_library_path, openai_server))
    assert_sound(answer)
    assert (answer.status, answer.text) == ("answered", f"{PETAL}. [1]")
    assert len(openai_server.requests_to("/chat/completions")) == 2


@both
def test_an_endpoint_that_hangs_is_given_up(
    small_library_path: Path, openai_server: OpenAIServer, asked: Ask
) -> None:
    openai_server.always(Hang())
    settings = llm_settings(small_library_path, openai_server, timeout_s=0.2, max_attempts=1)
    assert_degraded(asked(settings), "PAPERS_LLM__TIMEOUT_S")


@both
@pytest.mark.parametrize("model", ["test-chat", None])
def test_an_endpoint_that_is_down_does_not_stop_answers(
    small_library_path: Path, asked: Ask, model: str | None
) -> None:
    with OpenAIServer() as server:
        settings = llm_settings(small_library_path, server, model=model, max_attempts=1)
    assert_degraded(asked(settings), "cannot be reached")


def test_an_endpoint_that_comes_back_is_used_again(small_library_path: Path) -> None:
    with OpenAIServer() as server:
        settings = llm_settings(small_library_path, server, model=None, max_attempts=1)
    with Assistant(settings) as assistant:
        assert assistant.ask(QUESTION).status == "degraded"
        with OpenAIServer(models=["test-chat"], port=server.port) as back:
            back.queue(citing(f"{PETAL} {{petalmixer}}."))
            answer = assistant.ask(QUESTION)
    assert (answer.status, answer.model) == ("answered", "test-chat")


def test_a_question_without_an_answer_is_refused_also_when_the_model_is_down(
    small_library_path: Path,
) -> None:
    with OpenAIServer() as server:
        settings = llm_settings(small_library_path, server, model=None, max_attempts=1)
    with Assistant(settings) as assistant:
        answer = assistant.ask("What is the capital of France?")
    assert_sound(answer)
    assert answer.status == "not_in_library"


@both
@pytest.mark.parametrize(
    "broken", [CUT, RESET, NO_END, FAILED, BROKEN], ids=["cut", "reset", "no-end", "error", "json"]
)
def test_a_stream_that_breaks_once_is_begun_again(
    small_library_path: Path, openai_server: OpenAIServer, asked: Ask, broken: Reply
) -> None:
    openai_server.queue(broken, citing(f"{PETAL} {{petalmixer}}."))
    answer = asked(llm_settings(small_library_path, openai_server))
    assert_sound(answer)
    assert (answer.status, answer.text) == ("answered", f"{PETAL}. [1]")
    assert answer.warnings == ()
    assert answer.usage.llm_calls == 2


def test_attempts_at_one_answer_do_not_open_the_circuit(
    small_library_path: Path, openai_server: OpenAIServer
) -> None:
    settings = llm_settings(small_library_path, openai_server, max_attempts=3, breaker_failures=2)
    openai_server.queue(CUT, CUT, CUT, citing(f"{PETAL} {{petalmixer}}."))
    with Assistant(settings) as assistant:
        assert_degraded(assistant.ask(QUESTION), "(3 attempts)")
        assert assistant.ask(QUESTION).status == "answered"


@pytest.mark.parametrize(
    ("second", "seen"),
    [
        (f"{PETAL}. It has 19M parameters.", f"{PETAL}. It has 19M parameters."),
        ("Other words. PetalMixer has 19M parameters.", "PetalMixer reaches 81.4% top-1"),
    ],
)
def test_a_second_attempt_repeats_nothing_that_was_seen(
    small_library_path: Path, openai_server: OpenAIServer, second: str, seen: str
) -> None:
    openai_server.queue(CUT, Reply(second))
    with Assistant(llm_settings(small_library_path, openai_server)) as assistant:
        *events, done = assistant.stream(QUESTION)
    assert "".join(event.text for event in events if isinstance(event, TextDelta)) == seen
    assert isinstance(done, Done)
    assert_sound(done.answer)


def test_what_was_streamed_before_a_cut_is_replaced(
    small_library_path: Path, openai_server: OpenAIServer
) -> None:
    cut = CutStream(after=3, how="no_done")
    openai_server.always(Reply("Invented words that come first.", trouble=cut))
    with Assistant(llm_settings(small_library_path, openai_server)) as assistant:
        *events, done = assistant.stream(QUESTION)
    assert any(isinstance(event, TextDelta) for event in events)
    assert isinstance(done, Done)
    assert "Invented" not in done.answer.text
    assert_degraded(done.answer, "middle")


@both
def test_all_attempts_share_one_deadline(
    small_library_path: Path, openai_server: OpenAIServer, asked: Ask
) -> None:
    """Each attempt alone would end in time; the second is not waited for."""
    openai_server.always(Reply(f"{PETAL}.", chunk_delay_s=0.15, trouble=CutStream(after=4)))
    settings = llm_settings(small_library_path, openai_server, deadline_s=1.0, max_attempts=50)
    assert_degraded(asked(settings), "given up after 1 s")
    assert len(openai_server.requests_to("/chat/completions")) < 10


def test_a_window_too_small_for_a_source_is_named(
    small_library_path: Path, openai_server: OpenAIServer
) -> None:
    settings = llm_settings(small_library_path, openai_server, context_window=512, max_tokens=500)
    answer = ask(settings)
    assert_degraded(answer, "PAPERS_LLM__")
    assert openai_server.requests_to("/chat/completions") == ()
