"""Each fault of a real server, met through the real clients, becomes the right EndpointError."""

import time
from email.utils import formatdate

import httpx
import openai
import pytest
from pydantic import SecretStr

from ingest.endpoint_errors import Endpoint, EndpointError
from ingest.endpoint_faults import translated
from tests.support.openai_errors import (
    context_overflow,
    error_body,
    quota_exhausted,
    rate_limited,
    refused_parameter,
    server_error,
    unauthorized,
    unknown_model,
    unknown_route,
)
from tests.support.openai_replies import Answer, BrokenBody, Hang, HttpReply, ResetInHeader
from tests.support.openai_server import OpenAIServer

KEY = "sk-very-secret"


def endpoint_at(base_url: str) -> Endpoint:
    return Endpoint(base_url, "some-model", "PAPERS_LLM", "PAPERS_LLM__CONTEXT_WINDOW", _SECRET)


_SECRET = SecretStr(KEY)


def failure(base_url: str, *, timeout_s: float = 5.0) -> EndpointError:
    """The error of one embeddings call."""
    endpoint = endpoint_at(base_url)
    client = openai.OpenAI(base_url=base_url, api_key=KEY, max_retries=0, timeout=timeout_s)
    with client, pytest.raises(EndpointError) as caught, translated(endpoint):
        client.embeddings.create(model="some-model", input=["a text"])
    return caught.value


def failure_after(server: OpenAIServer, answer: Answer, timeout_s: float = 5.0) -> EndpointError:
    server.queue(answer, endpoint="/embeddings")
    return failure(server.base_url, timeout_s=timeout_s)


FILTERED = HttpReply(400, error_body("Not that.", "invalid_request_error", "x", "content_filter"))
OLD_VLLM_OVERFLOW = HttpReply(
    400,
    error_body("This model's maximum context length is 256 tokens.", "BadRequestError", None, 400),
)
LLAMA_CPP_OVERFLOW = HttpReply(
    400, {"error": {"code": 400, "message": "too big", "type": "exceed_context_size_error"}}
)
OLLAMA_MISSING = HttpReply(
    404, error_body('model "some-model" not found, try pulling it', "api_error", None, None)
)


@pytest.mark.parametrize(
    ("answer", "kind", "retryable"),
    [
        (rate_limited(), "rate_limit", True),
        (quota_exhausted(), "rate_limit", False),
        (server_error(500), "server", True),
        (server_error(503, "vllm"), "server", True),
        (HttpReply(502, b"<html>bad gateway</html>"), "server", True),
        (HttpReply(409, {}), "server", True),
        (HttpReply(408, {}), "timeout", True),
        (unauthorized("openai"), "auth", False),
        (unauthorized("vllm"), "auth", False),
        (HttpReply(403, {"error": {"message": "No."}}), "auth", False),
        (unknown_model("some-model", "openai"), "model", False),
        (unknown_model("some-model", "vllm"), "model", False),
        (OLLAMA_MISSING, "model", False),
        (unknown_route("openai"), "bad_request", False),
        (unknown_route("vllm"), "bad_request", False),
        (context_overflow(dialect="openai"), "context", False),
        (context_overflow(dialect="vllm"), "context", False),
        (OLD_VLLM_OVERFLOW, "context", False),
        (LLAMA_CPP_OVERFLOW, "context", False),
        (HttpReply(413, b"too large"), "context", False),
        (FILTERED, "content_filter", False),
        (refused_parameter("seed"), "bad_request", False),
        (HttpReply(400, b""), "bad_request", False),
        (BrokenBody(), "bad_reply", True),
        (ResetInHeader(), "connection", True),
    ],
)
def test_kind_and_policy(
    openai_server: OpenAIServer, answer: Answer, kind: str, retryable: bool
) -> None:
    error = failure_after(openai_server, answer)
    assert (error.kind, error.retryable) == (kind, retryable)
    assert str(error).startswith(openai_server.base_url)
    assert str(error).endswith(error.remedy)


def test_time_out(openai_server: OpenAIServer) -> None:
    error = failure_after(openai_server, Hang(), timeout_s=0.05)
    assert (error.kind, error.retryable) == ("timeout", True)
    assert "PAPERS_LLM__TIMEOUT_S" in str(error)


def test_nobody_listens() -> None:
    with OpenAIServer() as server:
        url = server.base_url
    error = failure(url)
    assert (error.kind, error.retryable) == ("connection", True)
    assert "Connection refused" in str(error)
    assert "PAPERS_LLM__BASE_URL" in error.remedy


def test_httpx_errors_are_understood_too() -> None:
    endpoint = endpoint_at("http://127.0.0.1:9/v1")
    with pytest.raises(EndpointError) as caught, translated(endpoint):
        raise httpx.ReadTimeout("slow")
    assert caught.value.kind == "timeout"
    with pytest.raises(EndpointError) as caught, translated(endpoint):
        raise httpx.RemoteProtocolError("peer closed connection")
    assert caught.value.kind == "connection"


def test_other_exceptions_pass() -> None:
    with pytest.raises(ZeroDivisionError), translated(endpoint_at("http://127.0.0.1:9/v1")):
        raise ZeroDivisionError


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"retry-after": "7"}, 7.0),
        ({"retry-after": "0.25"}, 0.25),
        ({"retry-after": "0"}, 0.0),
        ({"retry-after": "9", "retry-after-ms": "1500"}, 1.5),
        ({"retry-after": "soon"}, None),
        ({"retry-after": "-3"}, None),
        ({}, None),
    ],
)
def test_retry_after(
    openai_server: OpenAIServer, headers: dict[str, str], seconds: float | None
) -> None:
    assert failure_after(openai_server, HttpReply(429, {}, headers)).retry_after_s == seconds


def test_retry_after_as_a_date(openai_server: OpenAIServer) -> None:
    header = {"retry-after": formatdate(time.time() + 1000, usegmt=True)}
    wait = failure_after(openai_server, HttpReply(503, {}, header)).retry_after_s
    assert wait is not None
    assert 900 < wait <= 1000
    past = {"retry-after": formatdate(time.time() - 1000, usegmt=True)}
    assert failure_after(openai_server, HttpReply(503, {}, past)).retry_after_s == 0.0


@pytest.mark.parametrize(
    "body",
    [
        error_body("no", "invalid_request_error", "seed", "unsupported_parameter"),
        error_body("no", "BadRequestError", "seed", 400),
        error_body("no", "invalid_request_error", "seed.value", None),
        {"detail": [{"loc": ["body", "seed"], "msg": "no", "type": "extra_forbidden"}]},
        {"object": "error", "message": {"detail": [{"loc": ["body", "seed"], "msg": "no"}]}},
    ],
)
def test_complained_parameter(openai_server: OpenAIServer, body: object) -> None:
    error = failure_after(openai_server, HttpReply(422, body))
    assert (error.kind, error.parameter, error.detail) == ("bad_request", "seed", "no")


def test_the_key_is_never_shown(openai_server: OpenAIServer) -> None:
    echo = f"Wrong key {KEY} given, " * 3
    for status in (400, 401, 404, 429, 500):
        error = failure_after(openai_server, HttpReply(status, error_body(echo, "x", None, None)))
        assert KEY not in str(error) + repr(error) + error.detail + repr(error.endpoint)


def test_a_long_message_is_cut(openai_server: OpenAIServer) -> None:
    error = failure_after(openai_server, HttpReply(500, error_body("why " * 5000, "x", None, None)))
    assert 300 <= len(error.detail) < 320
