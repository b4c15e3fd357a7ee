"""Parameters that an endpoint refuses are left out, with one warning."""

import logging

import pytest

from tests.assistant.llms.calls import QUESTION, Hear, ahear, both, client_of, hear
from tests.support.openai_errors import error_body, invalid_request, refused_parameter
from tests.support.openai_records import RecordedRequest
from tests.support.openai_replies import Answer, HttpReply, Reply
from tests.support.openai_server import OpenAIServer


@both
@pytest.mark.parametrize("name", ["seed", "temperature", "stream_options"])
def test_a_refused_parameter_is_left_out_from_then_on(
    openai_server: OpenAIServer, listen: Hear, name: str, caplog: pytest.LogCaptureFixture
) -> None:
    openai_server.refuse_parameters(name)
    client = client_of(openai_server)
    with caplog.at_level(logging.WARNING):
        answers = [listen(client), listen(client)]
    assert [heard.error for heard in answers] == [None, None]
    assert [name in request.json for request in openai_server.requests] == [True, False, False]
    assert client.warnings == [
        f"{openai_server.base_url} refuses the parameter {name}; it is left out"
    ]
    assert [record.getMessage() for record in caplog.records] == client.warnings


@both
def test_several_are_left_out_one_by_one(openai_server: OpenAIServer, listen: Hear) -> None:
    openai_server.refuse_parameters("seed", "temperature", "stream_options", "max_tokens")
    client = client_of(openai_server)
    heard = listen(client)
    assert heard.error is None
    assert heard.estimated
    assert set(openai_server.requests[-1].json) == {
        "model",
        "messages",
        "stream",
        "max_completion_tokens",
    }
    assert len(client.warnings) == 4


@both
def test_max_tokens_takes_its_newer_name(openai_server: OpenAIServer, listen: Hear) -> None:
    openai_server.refuse_parameters("max_tokens")
    client = client_of(openai_server)
    assert listen(client).error is None
    assert listen(client, max_tokens=5).error is None
    sizes = [request.json.get("max_completion_tokens") for request in openai_server.requests]
    assert sizes == [None, 50, 5]
    assert "max_completion_tokens is sent instead" in client.warnings[0]


@both
def test_neither_name_is_taken(openai_server: OpenAIServer, listen: Hear) -> None:
    openai_server.refuse_parameters("max_tokens", "max_completion_tokens")
    client = client_of(openai_server)
    assert listen(client).error is None
    assert len(openai_server.requests) == 3
    assert not {"max_tokens", "max_completion_tokens"} & set(openai_server.requests[-1].json)


@both
def test_an_endpoint_that_does_not_stream(openai_server: OpenAIServer, listen: Hear) -> None:
    """OpenAI refuses `stream` to organisations that it has not verified."""

    def refuse_true(request: RecordedRequest) -> Answer | None:
        return refused_parameter("stream") if request.json.get("stream") else Reply("whole answer")

    openai_server.always(refuse_true)
    heard = listen(client_of(openai_server))
    assert heard.pieces == ["whole answer"]
    assert (heard.finish_reason, heard.usage.completion_tokens) == ("stop", 2)


@both
@pytest.mark.parametrize(
    "body",
    [
        error_body("Unrecognized request argument supplied: seed", "x", None, None),
        {"detail": [{"loc": ["body", "seed"], "msg": "Extra inputs", "type": "extra_forbidden"}]},
    ],
)
def test_other_dialects_name_it_elsewhere(
    openai_server: OpenAIServer, listen: Hear, body: object
) -> None:
    openai_server.queue(HttpReply(422, body))
    assert listen(client_of(openai_server)).error is None
    assert "seed" not in openai_server.requests[-1].json


@both
@pytest.mark.parametrize("name", ["messages", "model", "top_k"])
def test_what_is_needed_or_was_not_sent_is_not_left_out(
    openai_server: OpenAIServer, listen: Hear, name: str
) -> None:
    openai_server.queue(invalid_request("No.", name))
    heard = listen(client_of(openai_server), response_format={"type": "json_object"})
    assert (heard.failure.kind, heard.failure.retryable) == ("bad_request", False)
    assert len(openai_server.requests) == 1


@both
def test_a_format_that_the_endpoint_refuses_is_left_out(
    openai_server: OpenAIServer, listen: Hear
) -> None:
    """The prompts ask for the format too, and the reply is validated either way."""
    openai_server.refuse_parameters("response_format")
    heard = listen(client_of(openai_server), response_format={"type": "json_object"})
    assert heard.error is None
    first, second = openai_server.requests
    assert "response_format" in first.json
    assert "response_format" not in second.json


def test_what_one_call_learns_serves_both_kinds(openai_server: OpenAIServer) -> None:
    openai_server.refuse_parameters("seed")
    client = client_of(openai_server)
    assert hear(client).error is None
    assert ahear(client).error is None
    assert client.complete(QUESTION).text
    assert len(openai_server.requests) == 4
    assert len(client.warnings) == 1
