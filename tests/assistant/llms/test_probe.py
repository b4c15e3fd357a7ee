"""What the start says about the endpoint."""

import pytest
from pydantic import SecretStr

from assistant.llms import EndpointStatus, probe
from assistant.settings import LLMConfig
from tests.support.openai_errors import server_error, unknown_route
from tests.support.openai_replies import Answer, BrokenBody, Hang, HttpReply
from tests.support.openai_server import OpenAIServer

KEY = "sk-very-secret"


def config_of(server: OpenAIServer, **fields: object) -> LLMConfig:
    return LLMConfig.model_validate(
        {"base_url": server.base_url, "model": "smollm2", "api_key": KEY} | fields
    )


def check_refusal(status: EndpointStatus, setting: str) -> None:
    assert not status.ok
    assert setting in status.remedy
    assert status.remedy in status.message
    assert status.base_url in status.message
    assert KEY not in repr(status)


def test_extractive_is_always_ready() -> None:
    status = probe(LLMConfig())
    assert (status.ok, status.provider, status.model, status.base_url) == (
        True,
        "extractive",
        "",
        "",
    )


def test_ready() -> None:
    with OpenAIServer(models=["other", "smollm2"], api_key=KEY) as server:
        status = probe(config_of(server))
        assert status.ok
        assert status.model == "smollm2"
        assert status.base_url == server.base_url
        assert status.message == f"openai-compatible: smollm2 at {server.base_url}"
        assert KEY not in repr(status)
        assert [request.path for request in server.requests] == ["/v1/models"]


def test_the_first_model_is_named_where_none_is_configured() -> None:
    with OpenAIServer(models=["first", "second"]) as server:
        status = probe(config_of(server, model=None))
    assert (status.ok, status.model) == (True, "first")


def test_ollama_adds_a_tag() -> None:
    with OpenAIServer(models=["smollm2:latest"]) as server:
        status = probe(config_of(server))
    assert (status.ok, status.model) == (True, "smollm2")


def test_a_smaller_window_than_configured_is_said(openai_server: OpenAIServer) -> None:
    listing = {"object": "list", "data": [{"id": "smollm2", "max_model_len": 4096}]}
    openai_server.always(HttpReply(200, listing), endpoint="/models")
    status = probe(config_of(openai_server))
    assert (status.ok, status.context_window) == (True, 4096)
    assert status.remedy == "Set PAPERS_LLM__CONTEXT_WINDOW to 4096."
    assert probe(config_of(openai_server, context_window=4096)).remedy == ""


def test_unreachable() -> None:
    with OpenAIServer() as server:
        config = config_of(server)
    check_refusal(probe(config), "PAPERS_LLM__BASE_URL")


def test_silent(openai_server: OpenAIServer) -> None:
    openai_server.always(Hang(), endpoint="/models")
    status = probe(config_of(openai_server), timeout_s=0.1)
    check_refusal(status, "PAPERS_LLM__TIMEOUT_S")
    assert "in time" in status.message


@pytest.mark.parametrize("dialect", ["openai", "vllm"])
def test_wrong_key(dialect: str) -> None:
    with OpenAIServer(api_key="sk-another", dialect=dialect) as server:  # type: ignore[arg-type]
        check_refusal(probe(config_of(server)), "PAPERS_LLM__API_KEY")


def test_unknown_model() -> None:
    with OpenAIServer(models=[f"model-{number}" for number in range(9)]) as server:
        status = probe(config_of(server))
    check_refusal(status, "PAPERS_LLM__MODEL")
    assert "'smollm2'" in status.message
    assert "model-0, model-1, model-2, model-3, model-4, ..." in status.message


@pytest.mark.parametrize(
    "answer",
    [
        HttpReply(200, b"<html>hello</html>"),
        HttpReply(200, {"hello": "world"}),
        HttpReply(200, []),
        HttpReply(200, {"data": "none"}),
        BrokenBody(),
    ],
)
def test_not_an_endpoint(openai_server: OpenAIServer, answer: Answer) -> None:
    openai_server.always(answer, endpoint="/models")
    check_refusal(probe(config_of(openai_server)), "PAPERS_LLM__BASE_URL")


def test_entries_that_are_no_models_are_passed_over(openai_server: OpenAIServer) -> None:
    listing = {"data": [None, {"name": "x"}, {"id": 3}, {"id": "smollm2", "max_model_len": "big"}]}
    openai_server.always(HttpReply(200, listing), endpoint="/models")
    status = probe(config_of(openai_server))
    assert (status.ok, status.model, status.context_window) == (True, "smollm2", None)


def test_no_model_at_all(openai_server: OpenAIServer) -> None:
    openai_server.always(HttpReply(200, {"object": "list", "data": []}), endpoint="/models")
    check_refusal(probe(config_of(openai_server, model=None)), "PAPERS_LLM__MODEL")


def test_ailing(openai_server: OpenAIServer) -> None:
    openai_server.always(server_error(503), endpoint="/models")
    assert "HTTP 503" in probe(config_of(openai_server)).message


def test_a_wrong_path() -> None:
    with OpenAIServer(dialect="vllm") as server:
        status = probe(config_of(server, base_url=f"{server.url}/nowhere", model=None))
        check_refusal(status, "PAPERS_LLM__BASE_URL")


def test_an_address_without_v1(openai_server: OpenAIServer) -> None:
    openai_server.always(unknown_route("vllm"), endpoint="/models")
    status = probe(config_of(openai_server, base_url=openai_server.url))
    check_refusal(status, "PAPERS_LLM__BASE_URL")
    assert "/v1" in status.remedy


def test_an_endpoint_without_a_listing_is_trusted(openai_server: OpenAIServer) -> None:
    openai_server.always(unknown_route("vllm"), endpoint="/models")
    status = probe(config_of(openai_server))
    assert status.ok
    assert "does not list its models" in status.message


@pytest.mark.parametrize(
    ("fields", "setting"),
    [
        ({"provider": "openai"}, "PAPERS_LLM__API_KEY"),
        ({"provider": "openai-compatible"}, "PAPERS_LLM__BASE_URL"),
        ({"api_key": SecretStr(f"{KEY}\n")}, "PAPERS_LLM__API_KEY"),
    ],
)
def test_settings_that_cannot_work(fields: dict[str, object], setting: str) -> None:
    check_refusal(probe(LLMConfig.model_validate(fields)), setting)
