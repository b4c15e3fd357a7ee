"""Which LLM the settings make."""

import pytest
from llama_index.llms.openai import OpenAI
from llama_index.llms.openai_like import OpenAILike
from pydantic import SecretStr

from assistant.llms import make_chat_client, make_llm
from assistant.llms.registry import PROVIDERS
from assistant.settings import LLMConfig
from ingest.endpoint_errors import EndpointError
from tests.assistant.llms.calls import QUESTION
from tests.support.openai_replies import HttpReply
from tests.support.openai_server import OpenAIServer

KEY = SecretStr("sk-secret")


def test_every_provider_of_the_settings_is_made() -> None:
    named = set(LLMConfig.model_fields["provider"].annotation.__args__)  # type: ignore[union-attr]
    assert set(PROVIDERS) == named - {"auto", "extractive"}


def test_extractive_needs_no_llm() -> None:
    assert make_llm(LLMConfig()) is None
    assert make_chat_client(LLMConfig()) is None


def test_openai_with_a_known_model() -> None:
    llm = make_llm(LLMConfig(api_key=KEY, temperature=0.5, seed=3, max_tokens=99, timeout_s=11))
    assert type(llm) is OpenAI
    assert llm.model == "gpt-4.1-mini"
    assert llm.api_base == "https://api.openai.com/v1"
    assert (llm.temperature, llm.max_tokens, llm.timeout, llm.max_retries) == (0.5, 99, 11.0, 0)
    assert llm.additional_kwargs == {"seed": 3}


def test_openai_with_a_model_that_llamaindex_does_not_know() -> None:
    llm = make_llm(LLMConfig(api_key=KEY, model="gpt-from-next-year", context_window=5000))
    assert isinstance(llm, OpenAILike)
    assert llm.metadata.context_window == 5000
    assert llm.metadata.is_chat_model


def test_openai_without_a_key() -> None:
    with pytest.raises(EndpointError, match="PAPERS_LLM__API_KEY"):
        make_llm(LLMConfig(provider="openai"))


def test_openai_with_a_model_of_another_interface() -> None:
    with pytest.raises(EndpointError, match="PAPERS_LLM__MODEL") as caught:
        make_llm(LLMConfig(api_key=KEY, model="gpt-5.2-pro"))
    assert caught.value.kind == "model"


def test_compatible_with_a_model_asks_nobody(openai_server: OpenAIServer) -> None:
    llm = make_llm(LLMConfig(base_url=openai_server.base_url + "/", model="smollm2", seed=None))
    assert isinstance(llm, OpenAILike)
    assert (llm.model, llm.api_base) == ("smollm2", openai_server.base_url)
    assert llm.additional_kwargs == {}
    assert openai_server.requests == ()


def test_compatible_without_a_model_takes_the_first() -> None:
    with OpenAIServer(models=["first", "second"]) as server:
        llm = make_llm(LLMConfig(base_url=server.base_url))
    assert llm is not None
    assert llm.model == "first"


def test_compatible_that_lists_no_model(openai_server: OpenAIServer) -> None:
    openai_server.always(HttpReply(200, {"object": "list", "data": []}), endpoint="/models")
    with pytest.raises(EndpointError, match="PAPERS_LLM__MODEL"):
        make_llm(LLMConfig(base_url=openai_server.base_url))


@pytest.mark.parametrize("base_url", [None, "127.0.0.1:8000/v1"])
def test_compatible_without_an_address(base_url: str | None) -> None:
    with pytest.raises(EndpointError, match="PAPERS_LLM__BASE_URL"):
        make_llm(LLMConfig(provider="openai-compatible", base_url=base_url))


def test_the_environment_does_not_redirect(
    openai_server: OpenAIServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """LlamaIndex and openai read variables of their own, which are no settings of ours."""
    monkeypatch.setenv("OPENAI_API_BASE", "http://127.0.0.1:9/v1")
    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:9/v1")
    monkeypatch.setenv("OPENAI_API_KEY", "sk-from-elsewhere")
    client = make_chat_client(LLMConfig(base_url=openai_server.base_url, model="m"))
    assert client is not None
    assert client.complete(QUESTION).text
    assert "sk-from-elsewhere" not in (openai_server.requests[0].authorization or "")


def test_the_llm_serves_llamaindex_by_itself(openai_server: OpenAIServer) -> None:
    llm = make_llm(LLMConfig(base_url=openai_server.base_url, model="m"))
    assert llm is not None
    assert llm.chat(QUESTION).message.content == "This is the default reply."


def test_policy_and_parameters_come_from_the_settings(openai_server: OpenAIServer) -> None:
    config = LLMConfig(
        base_url=openai_server.base_url, model="m", deadline_s=9, max_attempts=2, max_tokens=33
    )
    client = make_chat_client(config)
    assert client is not None
    assert (client.policy.deadline_s, client.policy.max_attempts) == (9.0, 2)
    client.complete(QUESTION)
    assert openai_server.requests[0].json["max_tokens"] == 33
