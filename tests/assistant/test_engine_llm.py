"""Answers by a model behind the OpenAI protocol, checked against the small library."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant import Assistant
from assistant.answer import Answer, CitationFound, Done, Event, TextDelta, Turn
from assistant.settings import AnswerConfig
from tests.support.assistants import citing, llm_settings, source_numbers
from tests.support.checks import assert_sound
from tests.support.openai_chat import prompt_text
from tests.support.openai_replies import Reply, Script, Usage
from tests.support.openai_server import OpenAIServer

QUESTION = "What accuracy does PetalMixer reach on ImageNet-1K?"
PETAL = "PetalMixer reaches 81.4% top-1 accuracy on ImageNet-1K with 19M parameters"
SPLINE = "On ImageNet-1K SplineBlock reaches 82.3% top-1 accuracy with 22M parameters"
WRONG = "PetalMixer reaches 99.9% top-1 accuracy on ImageNet-1K"


@pytest.fixture
def assistant(small_library_path: Path, openai_server: OpenAIServer) -> Iterator[Assistant]:
    with Assistant(llm_settings(small_library_path, openai_server)) as assistant:
        yield assistant


def ask(assistant: Assistant, server: OpenAIServer, script: Script) -> Answer:
    server.queue(script)
    answer = assistant.ask(QUESTION)
    assert server.unused() == 0
    assert_sound(answer)
    return answer


def shown(events: list[Event]) -> str:
    return "".join(event.text for event in events if isinstance(event, TextDelta))


def test_a_cited_answer(assistant: Assistant, openai_server: OpenAIServer) -> None:
    answer = ask(assistant, openai_server, citing(f"{PETAL} {{petalmixer}}."))
    assert (answer.status, answer.text) == ("answered", f"{PETAL}. [1]")
    assert [c.paper.id for c in answer.citations] == ["petalmixer"]
    assert answer.model == "test-chat"
    assert len(answer.prompt_hash) == 12
    assert answer.usage.llm_calls == 1
    assert answer.warnings == ()


def test_the_prompt_holds_the_sources_in_order_of_retrieval(
    assistant: Assistant, openai_server: OpenAIServer
) -> None:
    answer = ask(assistant, openai_server, citing(f"{PETAL} {{petalmixer}}."))
    (request,) = openai_server.requests_to("/chat/completions")
    numbers = source_numbers(request.json)
    titles = [source.title.split(":")[0].split()[0].lower() for source in answer.sources]
    assert sorted(numbers, key=lambda name: numbers[name]) == titles
    assert QUESTION in prompt_text(request.json)
    assert request.json["model"] == "test-chat"
    assert request.json["temperature"] == 0


def test_the_endpoints_own_count_of_tokens(
    assistant: Assistant, openai_server: OpenAIServer
) -> None:
    answer = ask(assistant, openai_server, Reply(f"{PETAL}.", usage=Usage(123, 45)))
    usage = answer.usage
    assert (usage.llm_calls, usage.prompt_tokens, usage.completion_tokens) == (1, 123, 45)


def test_numbers_no_source_has_never_reach_the_user(
    assistant: Assistant, openai_server: OpenAIServer
) -> None:
    openai_server.queue(citing(f"{PETAL} [77]{{petalmixer}}[99]."))
    events = list(assistant.stream(QUESTION))
    done = events[-1]
    assert isinstance(done, Done)
    assert_sound(done.answer)
    assert "77" not in shown(events) + done.answer.text
    assert "99" not in shown(events) + done.answer.text
    assert [c.paper.id for c in done.answer.citations] == ["petalmixer"]


def test_the_stream_shows_whole_markers_and_announces_papers(
    assistant: Assistant, openai_server: OpenAIServer
) -> None:
    openai_server.queue(citing(f"{PETAL} {{petalmixer}}. {SPLINE} {{splineblock}}."))
    *events, done = assistant.stream(QUESTION)
    assert isinstance(done, Done)
    assert_sound(done.answer)
    assert shown(events) == f"{PETAL} [1]. {SPLINE} [2]."
    announced = [(e.number, e.paper.id) for e in events if isinstance(e, CitationFound)]
    assert announced == [(1, "petalmixer"), (2, "splineblock")]
    assert not any(
        event.text.count("[") != event.text.count("]")
        for event in events
        if isinstance(event, TextDelta)
    )


def test_an_unsupported_sentence_is_marked_and_explained(
    assistant: Assistant, openai_server: OpenAIServer
) -> None:
    text = f"{PETAL} {{petalmixer}}. {WRONG} {{petalmixer}}."
    answer = ask(assistant, openai_server, citing(text))
    assert answer.text == f"{PETAL}. [1] {WRONG}. [unsupported]"
    assert [s.supported for s in answer.sentences] == [True, False]
    assert any("99.9" in warning for warning in answer.warnings)


def test_or_dropped_where_the_settings_say_so(
    small_library_path: Path, openai_server: OpenAIServer
) -> None:
    settings = llm_settings(small_library_path, openai_server, AnswerConfig(unsupported="drop"))
    with Assistant(settings) as assistant:
        text = f"{WRONG} {{petalmixer}}. {PETAL} {{petalmixer}}."
        answer = ask(assistant, openai_server, citing(text))
    assert answer.text == f"{PETAL}. [1]"
    assert "99.9" in " ".join(answer.warnings)


def test_an_answer_of_which_nothing_is_supported_gives_way_to_passages(
    assistant: Assistant, openai_server: OpenAIServer
) -> None:
    answer = ask(assistant, openai_server, citing(f"{WRONG} {{petalmixer}}."))
    assert answer.status == "degraded"
    assert (answer.model, answer.usage.llm_calls) == ("extractive (no model)", 1)
    assert "81.4%" in answer.text
    assert "99.9" not in answer.text
    assert any("nothing the model wrote" in warning for warning in answer.warnings)
    assert answer.usage.llm_calls == 1


@pytest.mark.parametrize("reply", ["NOT_IN_LIBRARY", "**NOT_IN_LIBRARY**.", "", "  \n"])
def test_a_refusal_by_the_model_is_never_shown_as_its_word(
    assistant: Assistant, openai_server: OpenAIServer, reply: str
) -> None:
    openai_server.queue(Reply(reply), Reply(reply))
    *events, done = assistant.stream(QUESTION)
    assert isinstance(done, Done)
    assert_sound(done.answer)
    assert done.answer.status in ("not_in_library", "degraded")
    assert "NOT_IN" not in shown(events) + done.answer.text


def test_what_is_missing_is_kept_without_a_citation(
    assistant: Assistant, openai_server: OpenAIServer
) -> None:
    text = f"{PETAL} {{petalmixer}}.\nMISSING: its energy use {{graphtok}}."
    answer = ask(assistant, openai_server, citing(text))
    assert answer.text.endswith("\nMISSING: its energy use.")
    assert len(answer.sentences) == 1


def test_an_answer_cut_at_its_limit_says_so(
    assistant: Assistant, openai_server: OpenAIServer
) -> None:
    answer = ask(assistant, openai_server, Reply(f"{PETAL}. Besides", finish_reason="length"))
    assert any("PAPERS_LLM__MAX_TOKENS" in warning for warning in answer.warnings)


@pytest.mark.parametrize("question", ["", "What is the capital of France?"])
def test_the_model_is_not_asked_where_nothing_bears_on_the_question(
    assistant: Assistant, openai_server: OpenAIServer, question: str
) -> None:
    answer = assistant.ask(question)
    assert_sound(answer)
    assert answer.status == "not_in_library"
    assert answer.usage.llm_calls == 0
    assert openai_server.requests_to("/chat/completions") == ()


def test_history_goes_to_the_model_without_its_numbers(
    assistant: Assistant, openai_server: OpenAIServer
) -> None:
    history = [Turn(question="What is PetalMixer?", answer="A mixer of tokens [4].")]
    alone = "What accuracy does PetalMixer reach?"
    openai_server.queue(Reply(alone), citing(f"{PETAL} {{petalmixer}}."))
    answer = assistant.ask("What accuracy does it reach?", history=history)
    assert_sound(answer)
    assert [c.paper.id for c in answer.citations] == ["petalmixer"]
    assert answer.searched == alone
    assert answer.usage.llm_calls == 2
    _, request = openai_server.requests_to("/chat/completions")
    prompt = prompt_text(request.json)
    assert "A mixer of tokens." in prompt
    assert "What accuracy does it reach?" in prompt


@pytest.mark.parametrize("history", [[], [Turn(question="What is PetalMixer?", answer="Tokens.")]])
def test_an_endless_question_is_cut_and_answered(
    assistant: Assistant, openai_server: OpenAIServer, history: list[Turn]
) -> None:
    openai_server.queue(citing(f"{PETAL} {{petalmixer}}."))
    answer = assistant.ask(QUESTION + " accuracy" * 12_000, history=history)
    assert_sound(answer)
    assert answer.status == "answered"
    assert answer.model == "test-chat"
    assert any("only its beginning" in warning for warning in answer.warnings)


def test_orders_in_a_source_do_not_leave_its_fence(
    assistant: Assistant, openai_server: OpenAIServer
) -> None:
    text = "Of 14 assistants tested, 11 obeyed an order hidden in an abstract {poisoned} [9]."
    openai_server.queue(citing(text))
    answer = assistant.ask("How many assistants obeyed an order hidden in an abstract?")
    assert_sound(answer)
    assert {c.paper.id for c in answer.citations} == {"poisoned"}
    (request,) = openai_server.requests_to("/chat/completions")
    assert "cite [9]" not in prompt_text(request.json)


@pytest.mark.parametrize("question", ["?!", "...", " - "])
def test_a_question_without_words_is_empty(
    assistant: Assistant, openai_server: OpenAIServer, question: str
) -> None:
    answer = assistant.ask(question)
    assert_sound(answer)
    assert (answer.status, answer.warnings) == ("not_in_library", ("the question is empty",))
    assert openai_server.requests == ()
