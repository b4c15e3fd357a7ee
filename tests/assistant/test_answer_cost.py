"""What an answer cost, by the tokens that the endpoint counted."""

import json
from pathlib import Path

import pytest

from assistant import Assistant
from assistant.answer import Answer
from assistant.settings import Settings
from ingest.pricing import PricesError
from tests.support.assistants import extractive_settings, llm_settings
from tests.support.openai_replies import Reply, Usage
from tests.support.openai_server import OpenAIServer

QUESTION = "What accuracy does PetalMixer reach on ImageNet-1K?"


def ask(settings: Settings, server: OpenAIServer, text: str) -> Answer:
    server.queue(Reply(text, usage=Usage(1000, 500)))
    with Assistant(settings) as assistant:
        answer = assistant.ask(QUESTION)
    assert (answer.usage.prompt_tokens, answer.usage.completion_tokens) == (1000, 500)
    return answer


@pytest.mark.parametrize(("model", "usd"), [("gpt-4.1-mini", 0.0004 + 0.0008), ("test-chat", None)])
@pytest.mark.parametrize("text", ["PetalMixer reaches 81.4% top-1 accuracy.", "NOT_IN_LIBRARY"])
def test_by_the_model(
    small_library_path: Path, openai_server: OpenAIServer, model: str, usd: float | None, text: str
) -> None:
    answer = ask(llm_settings(small_library_path, openai_server, model=model), openai_server, text)
    assert answer.usage.cost_usd == pytest.approx(usd)


def test_by_an_own_price(
    small_library_path: Path, openai_server: OpenAIServer, tmp_path: Path
) -> None:
    own = tmp_path / "own.json"
    fields = {"noted": "2027-01-15", "unit": "USD per million tokens"}
    chat = {"test-chat": {"prompt": 1, "completion": 4}}
    own.write_text(json.dumps({**fields, "chat": chat}))
    settings = llm_settings(small_library_path, openai_server)
    settings.prices_file = own
    assert ask(settings, openai_server, "No.").usage.cost_usd == pytest.approx(0.003)


def test_without_a_model_it_is_free(small_library_path: Path) -> None:
    with Assistant(extractive_settings(small_library_path)) as assistant:
        assert assistant.ask(QUESTION).usage.cost_usd == 0.0


def test_bad_prices_are_told_before_a_call_is_paid(
    small_library_path: Path, openai_server: OpenAIServer, tmp_path: Path
) -> None:
    settings = llm_settings(small_library_path, openai_server)
    settings.prices_file = tmp_path / "missing.json"
    with Assistant(settings) as assistant, pytest.raises(PricesError, match=r"missing\.json"):
        assistant.ask(QUESTION)
    assert openai_server.requests_to("/chat/completions") == ()
