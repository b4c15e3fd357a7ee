"""The test server's faults reach the real `openai` client and httpx as what they stand for."""

import json
from collections.abc import Iterator
from typing import Any

import httpx
import openai
import pytest

from tests.support.openai_errors import (
    context_overflow,
    quota_exhausted,
    rate_limited,
    server_error,
)
from tests.support.openai_replies import (
    Answer,
    BadChunk,
    BrokenBody,
    CutStream,
    ErrorChunk,
    Hang,
    HttpReply,
    Reply,
    ResetInHeader,
)
from tests.support.openai_server import DEFAULT_TEXT, OpenAIServer

QUESTION: Any = [{"role": "user", "content": "what is a KAN?"}]


def client_of(server: OpenAIServer, api_key: str = "sk-test", retries: int = 0) -> openai.OpenAI:
    return openai.OpenAI(base_url=server.base_url, api_key=api_key, max_retries=retries)


@pytest.fixture
def client(openai_server: OpenAIServer) -> Iterator[openai.OpenAI]:
    with client_of(openai_server) as client:
        yield client


def ask(client: openai.OpenAI, **options: Any) -> str | None:
    text: str | None = (
        client.chat.completions.create(model="m", messages=QUESTION, **options)
        .choices[0]
        .message.content
    )
    return text


def refusal(client: openai.OpenAI, error: type[openai.APIStatusError], **options: Any) -> Any:
    """The JSON with which the server refuses, which the client must raise as `error`."""
    with pytest.raises(error) as caught:
        ask(client, **options)
    return caught.value.response.json()


def read_until_failure(client: openai.OpenAI, error: type[Exception]) -> list[str]:
    """The content that arrives before the stream raises `error`, which it must."""
    seen: list[str] = []
    chunks = client.chat.completions.create(model="m", messages=QUESTION, stream=True)
    with pytest.raises(error):
        for chunk in chunks:
            seen.append(chunk.choices[0].delta.content or "")
    return seen


def test_rate_limit_with_retry_after_is_retried(openai_server: OpenAIServer) -> None:
    openai_server.queue(rate_limited(), rate_limited(), Reply("at last"))
    assert ask(client_of(openai_server, retries=2)) == "at last"
    assert len(openai_server.requests) == 3


def test_rate_limit_and_quota_differ_in_code(
    openai_server: OpenAIServer, client: openai.OpenAI
) -> None:
    openai_server.queue(rate_limited(retry_after_s=20), rate_limited(None), quota_exhausted())
    errors = []
    for _ in range(3):
        with pytest.raises(openai.RateLimitError) as caught:
            ask(client)
        errors.append(caught.value)
    assert [error.response.headers.get("retry-after") for error in errors] == ["20", None, None]
    assert [error.code for error in errors] == ["rate_limit_exceeded"] * 2 + ["insufficient_quota"]


@pytest.mark.parametrize("dialect", ["openai", "vllm"])
def test_server_error(openai_server: OpenAIServer, client: openai.OpenAI, dialect: Any) -> None:
    openai_server.queue(server_error(503, dialect), server_error(dialect=dialect))
    codes = [refusal(client, openai.InternalServerError)["error"]["code"] for _ in range(2)]
    assert codes == ([503, 500] if dialect == "vllm" else [None, None])


def test_only_the_right_key_is_let_in() -> None:
    with OpenAIServer(api_key="sk-right") as server:
        body = refusal(client_of(server, "sk-wrong"), openai.AuthenticationError)
        assert body["error"]["code"] == "invalid_api_key"
        assert ask(client_of(server, "sk-right")) == DEFAULT_TEXT
        assert httpx.get(f"{server.base_url}/models").status_code == 401
        assert httpx.get(f"{server.url}/health").status_code == 200


def test_vllm_refuses_a_wrong_key_with_a_bare_string() -> None:
    with OpenAIServer(api_key="sk-right", dialect="vllm") as server:
        body = refusal(client_of(server, "sk-wrong"), openai.AuthenticationError)
    assert body == {"error": "Unauthorized"}


@pytest.mark.parametrize(("dialect", "code"), [("openai", "model_not_found"), ("vllm", 404)])
def test_unknown_model(dialect: Any, code: Any) -> None:
    with OpenAIServer(models=["other"], dialect=dialect) as server:
        assert refusal(client_of(server), openai.NotFoundError)["error"]["code"] == code


@pytest.mark.parametrize(("dialect", "key"), [("openai", "error"), ("vllm", "detail")])
def test_unknown_route_and_method(dialect: Any, key: str) -> None:
    with OpenAIServer(dialect=dialect) as server:
        missing = httpx.post(f"{server.base_url}/v1/chat/completions", json={})
        assert (missing.status_code, list(missing.json())) == (404, [key])
        wrong_method = httpx.get(f"{server.base_url}/chat/completions")
        assert (wrong_method.status_code, wrong_method.headers["allow"]) == (405, "POST")


def test_context_overflow_in_both_dialects(
    openai_server: OpenAIServer, client: openai.OpenAI
) -> None:
    openai_server.queue(context_overflow(), context_overflow(dialect="vllm"))
    assert refusal(client, openai.BadRequestError)["error"]["code"] == "context_length_exceeded"
    error = refusal(client, openai.BadRequestError)["error"]
    assert (error["code"], error["param"]) == (400, "input_tokens")


@pytest.mark.parametrize(("dialect", "code"), [("openai", "unsupported_parameter"), ("vllm", 400)])
def test_refused_parameter_leaves_the_queue_alone(dialect: Any, code: Any) -> None:
    with OpenAIServer(dialect=dialect) as server, client_of(server) as client:
        server.refuse_parameters("seed", "logit_bias")
        server.queue(Reply("without a seed"))
        error = refusal(client, openai.BadRequestError, seed=7, temperature=0)["error"]
        assert (error["param"], error["code"]) == ("seed", code)
        assert ask(client, temperature=0) == "without a seed"


@pytest.mark.parametrize(
    ("body", "param"),
    [
        (b"{", None),
        (b"[]", None),
        (b'{"messages": []}', "model"),
        (b'{"model": "m", "messages": []}', "messages"),
        (b'{"model": "m", "messages": ["x"]}', "messages"),
        (
            b'{"model": "m", "messages": [{"role": "user"}], "stream_options": {}}',
            "stream_options",
        ),
    ],
)
def test_bad_request_is_400(openai_server: OpenAIServer, body: bytes, param: str | None) -> None:
    answer = httpx.post(f"{openai_server.base_url}/chat/completions", content=body)
    assert answer.status_code == 400
    assert answer.json()["error"]["param"] == param


@pytest.mark.parametrize(
    "body", [{"model": "r", "documents": []}, {"model": "r", "query": "q", "documents": "d"}]
)
def test_bad_rerank_request_is_400(openai_server: OpenAIServer, body: Any) -> None:
    assert httpx.post(f"{openai_server.url}/rerank", json=body).status_code == 400


def test_html_from_a_proxy(openai_server: OpenAIServer, client: openai.OpenAI) -> None:
    openai_server.queue(HttpReply(502, b"<h1>Bad gateway</h1>", {"server": "proxy"}))
    with pytest.raises(openai.InternalServerError) as caught:
        ask(client)
    assert caught.value.response.headers["content-type"] == "text/html"
    assert caught.value.response.headers["server"] == "proxy"
    assert caught.value.response.text == "<h1>Bad gateway</h1>"


@pytest.mark.parametrize("silence", [Hang(), Reply(delay_s=30), HttpReply(200, {}, delay_s=30)])
def test_time_out(openai_server: OpenAIServer, client: openai.OpenAI, silence: Answer) -> None:
    openai_server.queue(silence)
    with pytest.raises(openai.APITimeoutError):
        ask(client, timeout=0.1)
    assert openai_server.wait_for_abort().json["messages"] == QUESTION


def test_hang_for_some_time_then_the_default_answer(
    openai_server: OpenAIServer, client: openai.OpenAI
) -> None:
    openai_server.queue(Hang(seconds=0.01))
    assert ask(client) == DEFAULT_TEXT


@pytest.mark.parametrize("streaming", [False, True])
def test_reset_in_the_header(
    openai_server: OpenAIServer, client: openai.OpenAI, streaming: bool
) -> None:
    openai_server.queue(ResetInHeader())
    with pytest.raises(openai.APIConnectionError) as caught:
        client.chat.completions.create(model="m", messages=QUESTION, stream=streaming)
    assert isinstance(caught.value.__cause__, httpx.ReadError)
    openai_server.wait_until_idle()
    assert [request.aborted for request in openai_server.requests] == [False]


@pytest.mark.parametrize(
    ("how", "error"), [("close", httpx.RemoteProtocolError), ("reset", httpx.ReadError)]
)
def test_stream_cut_after_two_chunks(
    openai_server: OpenAIServer, client: openai.OpenAI, how: Any, error: type[Exception]
) -> None:
    openai_server.queue(Reply("one two three", trouble=CutStream(after=2, how=how)))
    seen = read_until_failure(client, error)
    assert seen == ["", "one ", "two "]
    openai_server.wait_until_idle()
    assert not openai_server.requests[0].aborted
    assert ask(client) == DEFAULT_TEXT


def test_stream_that_ends_without_done_looks_complete_to_the_client(
    openai_server: OpenAIServer, client: openai.OpenAI
) -> None:
    openai_server.queue(Reply("one two three", trouble=CutStream(after=1, how="no_done")))
    chunks = list(client.chat.completions.create(model="m", messages=QUESTION, stream=True))
    assert [chunk.choices[0].delta.content for chunk in chunks] == ["", "one "]
    assert chunks[-1].choices[0].finish_reason is None


@pytest.mark.parametrize(
    ("how", "error"), [("close", httpx.RemoteProtocolError), ("reset", httpx.ReadError)]
)
def test_cut_without_streaming(
    openai_server: OpenAIServer, client: openai.OpenAI, how: Any, error: type[Exception]
) -> None:
    openai_server.queue(Reply("one two", trouble=CutStream(after=0, how=how)))
    with pytest.raises(openai.APIConnectionError) as caught:
        ask(client)
    assert isinstance(caught.value.__cause__, error)


def test_broken_json_body(openai_server: OpenAIServer, client: openai.OpenAI) -> None:
    openai_server.queue(BrokenBody(), Reply(trouble=BadChunk(after=0)))
    for _ in range(2):
        with pytest.raises(json.JSONDecodeError):
            ask(client)


def test_broken_json_in_a_stream_that_goes_on(
    openai_server: OpenAIServer, client: openai.OpenAI
) -> None:
    reply = Reply("one two", trouble=BadChunk(after=1, data="{broken"))
    openai_server.queue(reply, reply)
    assert read_until_failure(client, json.JSONDecodeError) == ["", "one "]
    body = {"model": "m", "messages": QUESTION, "stream": True}
    events = httpx.post(f"{openai_server.base_url}/chat/completions", json=body).text.split("\n\n")
    assert events[2] == "data: {broken"
    assert json.loads(events[3].removeprefix("data: "))["choices"][0]["delta"] == {"content": "two"}
    assert events[5] == "data: [DONE]"


def test_error_event_in_a_stream(openai_server: OpenAIServer, client: openai.OpenAI) -> None:
    reply = Reply("one two", trouble=ErrorChunk(after=1))
    openai_server.queue(reply, reply)
    assert read_until_failure(client, openai.APIError) == ["", "one "]
    with pytest.raises(openai.InternalServerError):
        ask(client)
